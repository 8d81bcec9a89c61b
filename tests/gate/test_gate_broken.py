"""Markup that is broken or that parsers read differently: nothing hides in it, and the gate neither fails nor runs away."""

from __future__ import annotations

import tracemalloc
from html import escape

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from support.golden import SETTINGS
from support.pasted import PASTED, loadable

from shariff_py.gate import Outcome, gate_html


@pytest.mark.parametrize("html", PASTED.values(), ids=PASTED)
@pytest.mark.parametrize("before", ["<", "</", "<i", "<!", "<<span id=fb-root>"])
def test_what_is_taken_out_does_not_let_the_rest_grow_together(before: str, html: str) -> None:
    rest = (
        'iframe src="https://www.facebook.com/plugins/post.php?href=https://www.facebook.com/leinau/posts/1"></iframe>'
    )

    once = gate_html(f"{before}{html.strip()}{rest}", SETTINGS).html

    assert loadable(once) == []
    assert loadable(gate_html(once, SETTINGS).html) == []


def test_a_tag_left_open_at_the_end_cannot_swallow_what_follows() -> None:
    fragment = '<p>Text</p><iframe src="https://www.facebook.com/plugins/page.php?href=x'

    result = gate_html(fragment, SETTINGS)

    assert result.html == "<p>Text</p>"
    assert [f.outcome for f in result.findings] == [Outcome.DROPPED]


@pytest.mark.slow
@pytest.mark.parametrize("megabytes", [2, pytest.param(10, marks=pytest.mark.full)])
def test_megabytes_of_broken_html_are_gated_without_an_error(megabytes: int) -> None:
    broken = (
        '<div class="fb-post" data-href=javascript:1><iframe src="https://www.facebook.com/plugins/like.php?' * 8
    )[:-3]
    html = "<table><p></b></>\r<![CDATA[<" * (35_000 * megabytes) + broken

    result = gate_html(html, SETTINGS)

    assert len(html) > 950_000 * megabytes
    assert "facebook.com/plugins" not in result.html


def test_memory_does_not_hold_a_tree_of_the_page() -> None:
    page = "<p>" + "Ein Absatz mit <a href=/x>Verweis</a>.</p>\n" * 20_000
    tracemalloc.start()

    gate_html(page, SETTINGS)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12 * len(page)


FRAGMENTS = st.sampled_from(
    [*PASTED.values(), "<", "<noscript>", "</noscript>", "<form>", "<p>", "</p>", "<script>", "</script>", "<!--", "-->", "<textarea>", "</>", "\r", "\f", "\0", "<title>",
     "<template>", "<a href='", "'>", "&amp;", "é", "<iframe src=", "<plaintext>", "]]>", "<![CDATA["]
)  # fmt: skip


@pytest.mark.slow
@effort(max_examples=300, deadline=None)
@given(st.lists(FRAGMENTS | st.text(max_size=12), max_size=10).map("".join))
def test_no_input_makes_the_gate_fail_or_change_its_mind(html: str) -> None:
    once = gate_html(html, SETTINGS)

    again = gate_html(once.html, SETTINGS)

    assert [f for f in again.findings if f.outcome not in {Outcome.DROPPED, Outcome.REPORTED}] == []
    assert loadable(once.html) == []


HIDDEN = [
    '<svg><iframe title="</svg>"><script src=https://connect.facebook.net/x.js></script></iframe></svg>',
    "<svg><style><img src=https://www.facebook.com/tr></style></svg>",
    "<svg><title><img src=https://www.facebook.com/tr></title></svg>",
    "<svg><![CDATA[><!--]]><img src=https://www.facebook.com/tr>-->",
    '<svg><style><a title="</style><!--"><img src=https://www.facebook.com/tr>-->',
    "<svg></body><textarea><use href=https://www.facebook.com/x />",
    "<div><svg><desc></div></desc><textarea><use href=https://www.facebook.com/x />",
    "<math><img src=https://www.facebook.com/tr><textarea><img src=https://www.facebook.com/tr></textarea>",
    "<math></p><textarea><img src=https://www.facebook.com/tr></textarea>",
    "<select><style></select><img src=https://www.facebook.com/tr></style></select>",
    "<select><style><select><iframe src=https://www.facebook.com/plugins/post.php></iframe></style></select>",
    "<select><style><input><iframe src=https://www.facebook.com/plugins/post.php></iframe></style></select>",
    "<table><tr><td><select><style><td><iframe src=https://www.facebook.com/plugins/post.php></iframe></style></select></table>",
    "<select><td><style><img src=https://www.facebook.com/tr></style></select>",
    "<svg><style>a<h1><select><style><script src=https://connect.facebook.net/de_DE/sdk.js></script>",
    "<math><mi><title>a</mi><p><select><option>a<noframes><script src=https://connect.facebook.net/de_DE/sdk.js></script>",
    "<svg><textarea><div><select><xmp><script src=https://connect.facebook.net/de_DE/sdk.js></script>",
    '<svg><style>a<h1>N</h1><select><style><script src="https://connect.facebook.net/sdk.js?<iframe a="></script>',
    '<svg><style>a<h1>N</h1><select><style><script src="https://connect.facebook.net/sdk.js?<xmp a="></script>',
    '<noscript><link rel=stylesheet href="https://static.xx.fbcdn.net/x.css?></noscript>a"><p>b',
    "<noscript><img src='https://www.facebook.com/tr?<p></noscript>a'><p>b",
    "<noscript><p a=b='><img src='https://www.facebook.com/tr?></noscript>a'><p>b",
    "<noscript><p '><img src='https://www.facebook.com/tr?></noscript>a'><p>b",
    "</frameset><select><xmp><input type=image src=https://www.facebook.com/tr>",
    "<frameset><style><frame src=https://www.facebook.com/plugins/page.php></style></frameset>",
]
"""Markup that one parser takes for text and another for elements, around something of a platform."""


@pytest.mark.parametrize("page", HIDDEN)
def test_what_parsers_read_differently_hides_nothing(page: str) -> None:
    gated = gate_html(page, SETTINGS)

    assert gated.findings
    assert [f for f in gate_html(gated.html, SETTINGS).findings if f.outcome is not Outcome.REPORTED] == []
    assert loadable(gated.html) == []


def test_pages_within_pages_cost_as_much_as_they_are_long_however_they_end() -> None:
    page = '<img src="https://www.facebook.com/x">'
    for _ in range(30):
        page = f'<iframe srcdoc="{escape(page)}"></iframe><a'

    gated = gate_html(page, SETTINGS)

    assert "facebook" not in gated.html
    assert {found.found for found in gated.findings} == {"page within pages", "unfinished tag"}
