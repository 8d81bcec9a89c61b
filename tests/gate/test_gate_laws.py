"""The laws of the gate on absurd pages: generated from everything that parsers read in more than one way."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from support.gate_laws import broken
from support.golden import CASES, SETTINGS
from support.oracle import loadable

from shariff_py.gate import Gated, gate_html
from shariff_py.gate.rewrite.context import RewriteContext
from shariff_py.gate.rewrite.rewriter import gated
from shariff_py.gate.rewrite.streaming import GateStream

pytestmark = pytest.mark.slow

HOSTS = ["www.facebook.com", "connect.facebook.net", "fb.watch", "m.me", "scontent.xx.fbcdn.net"]

PLACES = [
    "iframe src", "img src", "script src", "embed src", "object data", "img srcset", "link rel=stylesheet href", "video poster", "source src",
    "image href", "image xlink:href", "use href", "feImage href", "input type=image src", "body background", "a ping", "iframe data-src",
    "base href", "frame src", "track src", "amp-iframe src", "set attributeName=href to", "script href", "form action", "a href", "meta content",
]  # fmt: skip

RAW = [
    "style",
    "title",
    "textarea",
    "xmp",
    "noscript",
    "noembed",
    "noframes",
    "iframe",
    "script",
    "template",
    "plaintext",
    "select",
    "option",
]
FOREIGN = [
    "svg",
    "math",
    "foreignObject",
    "desc",
    "annotation-xml encoding=text/html",
    "mtext",
    "mglyph",
    "title",
    "annotation-xml",
]
ORDINARY = [
    "p",
    "div",
    "table",
    "td",
    "form",
    "a",
    "b",
    "button",
    "head",
    "body",
    "frameset",
    "ul",
    "li",
    "h1",
    "pre",
    "details",
]

BETWEEN = [
    "<!--", "-->", "--!>", "<!-->", "<!--->", "<![CDATA[", "]]>", "<!", "<?", "</", "<", ">", "/>", "'", '"', "=", "&lt;", "&gt;", "&quot;",
    "</>", "\0", "\r", "\f", "\ufeff", "\u2028", "<!DOCTYPE html>", "<br/>", "Text & mehr ", "<svg/>", "<script/>", "<style/>", "]]",
]  # fmt: skip


@st.composite
def address(draw: st.DrawFn) -> str:
    """A platform's address in one of the spellings that browsers accept."""
    host = draw(st.sampled_from(HOSTS))
    if draw(st.integers(0, 3)) == 0:
        at = draw(st.integers(0, len(host) - 1))
        letter = host[at]
        ways = [
            f"&#{ord(letter)};",
            f"%{ord(letter):02x}",
            letter.upper(),
            f"\t{letter}",
            f"{letter}\n",
            f"\\{ord(letter):x} ",
            f"{letter}\u00ad",
        ]
        host = host[:at] + draw(st.sampled_from(ways)) + host[at + 1 :]
    start = draw(st.sampled_from(["https://", "//", "HTTP://", "https:\\\\", " https://", "\\/", "//x@"]))
    return f"{start}{host}/plugins/post.php?href=https://www.facebook.com/leinau/posts/1"


@st.composite
def element(draw: st.DrawFn) -> str:
    """An element that loads, or only seems to."""
    place, quote = draw(st.sampled_from(PLACES)), draw(st.sampled_from(['"', "'", ""]))
    found = f"<{place}={quote}{draw(address())}{quote}>"
    form = draw(st.sampled_from(["{}", "{}", "{}</iframe>", "<style>@import '{1}'</style>", "<p style='background:url({1})'>", "<style>a{{b:url({1})}}</style>",
        "<script>import('{1}')</script>", '<i title="{0}">', "<i title='{0}'>", "<iframe srcdoc='{0}'></iframe>", "<iframe src='data:text/html,{0}'></iframe>",
        "<div><template shadowrootmode=open>{0}</template></div>", "<svg>{0}</svg>", "<noscript>{0}</noscript>", "<meta http-equiv=refresh content='0;url={1}'>",
        "<div class=fb-post data-href='{1}'>{0}</div>"]))  # fmt: skip
    return form.format(found, draw(address()))


def tags(names: list[str]) -> st.SearchStrategy[str]:
    opened = st.sampled_from(names)
    return st.one_of(opened.map("<{}>".format), opened.map(lambda name: f"</{name.partition(' ')[0]}>"))


pieces = st.one_of(element(), tags(FOREIGN), tags(RAW), tags(ORDINARY), st.sampled_from(BETWEEN), st.text(max_size=6))
pages = st.lists(pieces, max_size=9).map("".join)
sources = [case.source for case in CASES.values()]


TOGETHER = [
    *(CASES[name].source for name in ("frame-post-www", "sdk-html5-post", "sdk-html5-video", "img-src", "ordinary-link", "json-ld-same-as",
        "url-in-text", "comment-only", "style-url", "noscript-frame", "event-handler-load", "frame-single-quotes")),
    "<form action=/suche>", "</form>", "<p>", "</p>", "<div class=x>", "</div>", "<blockquote>", "<script>", "</script>", "<!--", "-->", "<style>",
    "</style>", "<textarea>", "</textarea>", "<noscript>", "</noscript>", "<svg>", "</svg>", "<select>", "</select>", "<base href=/b/>",
]  # fmt: skip


CODE = re.compile(
    r"<(script|style)\b.*?</\1|\s(?:on\w+|style|f\w+|stroke|mask|cursor|clip-path|marker-\w+)=(?:\"[^\"]*\"|'[^']*')"
    r"|(?:javascript:|data:)[^\"'>]*",
    re.I | re.S,
)
"""Scripts, style sheets and URLs that hold them. With something put into it, code does something else, which the oracle does not tell."""


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A golden case with something else put into its markup somewhere, or something taken out."""
    source = draw(st.sampled_from(sources))
    code = [found.span() for found in CODE.finditer(source)]
    places = [at for at in range(len(source) + 1) if not any(start < at + 3 and at < end for start, end in code)]
    at = draw(st.sampled_from(places or [0]))
    return source[:at] + draw(pieces) + source[at + draw(st.integers(0, 3)) :]


@effort(max_examples=600)
@given(pages)
def test_the_laws_hold_on_any_page(html: str) -> None:
    assert broken(html) == []


@effort(max_examples=300, derandomize=True)
@given(damaged())
def test_the_laws_hold_on_damaged_cases(html: str) -> None:
    assert broken(html) == []


def read_by_element(html: str) -> Gated:
    """The page gated without asking its text first."""
    context = RewriteContext.of(SETTINGS)
    return Gated(gated(html, context, use_prefilter=False), tuple(context.findings))


@pytest.mark.parametrize("source", sources, ids=list(CASES))
def test_a_case_comes_out_the_same_with_and_without_the_prefilter(source: str) -> None:
    assert gate_html(source, SETTINGS).html == read_by_element(source).html


@effort(max_examples=400)
@given(st.one_of(pages, damaged(), st.lists(st.sampled_from(TOGETHER), max_size=8).map("".join)))
def test_a_page_comes_out_the_same_with_and_without_the_prefilter(html: str) -> None:
    with_prefilter, read = gate_html(html, SETTINGS), read_by_element(html)

    assert with_prefilter.html == read.html
    assert sorted(map(str, with_prefilter.findings)) == sorted(map(str, read.findings))


@effort(max_examples=150)
@given(html=damaged(), at=st.lists(st.integers(0, 4000), max_size=4))
def test_pages_in_pieces_are_gated_like_whole_ones(html: str, at: list[int]) -> None:
    cuts = sorted({0, len(html), *(place for place in at if place < len(html))})
    stream = GateStream(SETTINGS)

    arrived = "".join(stream.feed(html[start:end]) for start, end in pairwise(cuts)) + stream.close()

    assert arrived == gate_html(html, SETTINGS).html


ENCODINGS = [
    "utf-8",
    "iso-8859-1",
    "windows-1252",
    "iso-8859-15",
    "utf-16",
    "utf-16-be",
    "shift_jis",
    "iso-2022-jp",
    "gb18030",
    "euc-kr",
    "koi8-r",
]


@effort(max_examples=200)
@given(data=st.binary(max_size=60), html=pages, encoding=st.sampled_from(ENCODINGS), declared=st.booleans())
def test_bytes_of_any_kind_are_gated_without_an_error(data: bytes, html: str, encoding: str, declared: bool) -> None:
    start = f'<meta charset="{encoding}">' if declared else ""
    page = (
        start.encode(encoding)
        + data
        + html.encode(encoding, "xmlcharrefreplace" if not _lone(html) else "replace")
        + data
    )

    assert broken(page.decode(encoding, "replace")) == []
    assert broken(page.decode("utf-8", "surrogateescape")) == []


def _lone(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


@effort(max_examples=150)
@given(st.binary(max_size=200))
def test_random_text_stays_byte_for_byte(data: bytes) -> None:
    html = data.decode("utf-8", "surrogateescape")

    result = gate_html(html, SETTINGS)

    assert result.findings or result.html is html


@pytest.mark.parametrize("html", ["<img src=https://www.facebook.com/x>", "<svg><style><img src=//fb.watch/x>"])
def test_a_page_that_is_not_gated_breaks_the_laws(html: str) -> None:
    assert loadable(html)
