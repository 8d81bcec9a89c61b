"""A platform's address in random spellings comes out the same whether the page's text is asked first or every element is read."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from support.golden import SETTINGS

from shariff_py.gate import gate_html
from shariff_py.gate.rewrite.context import RewriteContext
from shariff_py.gate.rewrite.rewriter import gated

pytestmark = pytest.mark.slow

URL = "https://www.facebook.com/plugins/post.php?href=1"
NAMED = {".": "&period;", "/": "&sol;", ":": "&colon;", "?": "&quest;", "=": "&equals;"}
IGNORED = ["\t", "\n", "\r", "&Tab;", "&NewLine;", "&#13;", "\u00ad", "&shy;", "\u200b", "&NoBreak;"]

FORMS = [
    "<img src='{}'>", "<img srcset='a.png 1x, {} 2x'>", "<p style='background:url({})'>x</p>", "<style>a{{b:url({})}}</style>",
    "<svg><image href='{}'/></svg>", "<meta http-equiv=refresh content='0;url={}'>", "<base href='{}'><img src=x>", "<object data='{}'></object>",
    "<embed src='{}'>", "<link rel=preconnect href='{}'>", "<iframe srcdoc='<img src={}>'></iframe>", "<iframe src='data:text/html,<img src={}>'></iframe>",
    "<script>fetch('{}')</script>", "<script>// x{}\rfetch('{}')</script>", "<div class='fb-post' data-href='{}'></div>", "<a href='{}'>x</a>",
    "<svg><a><set attributeName=href to='{}' /></a></svg>", "<video><source src='{}'></video>", "<textarea>{}</textarea>", "<!-- {} -->",
]  # fmt: skip


@st.composite
def spelled(draw: st.DrawFn) -> str:
    """The address with some of its letters written in another way."""
    letters = list(URL)
    for place in draw(st.lists(st.integers(0, len(letters) - 1), max_size=6, unique=True)):
        letter = URL[place]
        code = ord(letter)
        ways = [
            f"&#{code};", f"&#{code}", f"&#x{code:x};", f"&#000{code};", f"%{code:02x}", f"\\{code:x} ", f"\\{letter}", letter.upper(),
            NAMED.get(letter, chr(code + 0xFEE0)), draw(st.sampled_from(IGNORED)) + letter,
        ]  # fmt: skip
        letters[place] = draw(st.sampled_from(ways))
    return draw(st.sampled_from(["", "\x01", " "])) + "".join(letters)


@effort(max_examples=200)
@given(st.sampled_from(FORMS), spelled(), st.sampled_from(["", "<p>ä</p>", "<p>日本</p>", "<h1>x"]))
@example("<div class='fb-post' data-href='{}'></div>", "https://www.facebook.com/&#112;lugins/post.php?href=1", "")
def test_a_spelling_comes_out_the_same_with_and_without_the_prefilter(form: str, address: str, before: str) -> None:
    page = before + form.format(address, address)
    context = RewriteContext.of(SETTINGS)

    once = gate_html(page, SETTINGS)

    assert once.html == gated(page, context, use_prefilter=False)
    assert sorted(map(str, once.findings)) == sorted(map(str, context.findings))
