"""CSS is cut by position: a refused URL's own characters are exchanged, everything else stays letter for letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from support.golden import SETTINGS

from shariff_py.gate import gate_html
from shariff_py.gate.browser_rules.character_references import ResolvedText
from shariff_py.gate.browser_rules.css_urls import refused_urls, without_urls

PIECES = [
    "url(", "URL( ", "u\\72l(", "\\75\r\nrl(", "image-set(", "@import ", "--x:", "src(", ")", "(", "{", "}", "[", "]", ";", ":", '"', "'", "//fb.me/x",
    "//f\\62 .me/x", "//f\\000062\r\n.me", "\\", "\\\n", "\\\r\n", "\r\n", "\r", "\f", "\n", " ", "\t", "/*", "*/", "<!--", "-->", "\0", "\ud800", "\x01",
    "1" * 320, "a", "U+4??", "\\3cimg src=x onerror=EVIL()//", "</b>", "&quot;", "&lt", "é", "#", "@", "%", "about:invalid",
]  # fmt: skip

sheets = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=12).map("".join)


def is_platform(url: str) -> bool:
    return "fb.me" in url


def outside(css: str, spans: list[tuple[int, int]]) -> list[str]:
    """What is around the spans."""
    edges = [0, *(edge for span in spans for edge in span), len(css)]
    return [css[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a{b:url(//fb.me/x)} c{content:'\\3cimg'}", "a{b:url(about:invalid)} c{content:'\\3cimg'}"),
        ("@import '//fb\\\r\n.me/x' print;\r\nb{c:d}", "@import 'about:invalid' print;\r\nb{c:d}"),
        ("b{c:\\75 rl(\r\n//f\\62 .me/x )}\f", "b{c:\\75 rl(about:invalid)}\f"),
        ('@import "//fb.me', '@import "about:invalid'),
        ("a{b:url('//fb.me\\", "a{b:url('about:invalid"),
        ("a{b:url(//fb.me\\)x)}", "a{b:url(about:invalid)}"),
        ("@import '//fb.me/\\'x\\\\';a", "@import 'about:invalid';a"),
        (f"z:{'1' * 310}px;@import '//fb.me/{'1' * 310}';", f"z:{'1' * 310}px;@import 'about:invalid';"),
        ('/*"*/@import "//fb.me/x";\0 url(//fb.me)', '/*"*/@import "about:invalid";\0 url(about:invalid)'),
    ],
)
def test_only_the_address_is_exchanged(css: str, expected: str) -> None:
    assert without_urls(css, is_platform) == expected


@effort(max_examples=150)
@given(sheets)
def test_whatever_the_css_is_everything_around_the_addresses_stays(css: str) -> None:
    spans = refused_urls(css, is_platform)

    after = without_urls(css, is_platform)

    assert (css if after is None else after) == "about:invalid".join(outside(css, spans))
    assert all(start <= end for start, end in spans)
    assert after is None or refused_urls(after, is_platform) == []


STYLES = {
    "<svg><style>a{b:url(//facebook.com/x)} c{content:\"\\3cimg src=x onerror=EVIL()//\"}</style></svg>":
    "<svg><style>a{b:url(about:invalid)} c{content:\"\\3cimg src=x onerror=EVIL()//\"}</style></svg>",
    "<svg><style>a{b:url(&quot//facebook.com/x&quot;)} c{content:'&lt;img src=x onerror=EVIL()&gt'}</style></svg>":
    "<svg><style>a{b:url(&quotabout:invalid&quot;)} c{content:'&lt;img src=x onerror=EVIL()&gt'}</style></svg>",
    "<svg><style>a{b:url(//faceb&#111;ok.com/x)}</style></svg>": "<svg><style>a{b:url(about:invalid)}</style></svg>",
    "<style>/* </b> */a{b:url(//facebook.com/x)}</style>": "<style>/* </b> */a{b:url(about:invalid)}</style>",
    "<p style='a:url(//facebook.com/x);b:\"\\3c i&lt;i>&amp;lt;\"'>": '<p style="a:url(about:invalid);b:&quot;\\3c i&lt;i&gt;&amp;lt;&quot;">',
    "<noscript><p style=\"a:url(//facebook.com/x);b:'&lt;/noscript>&lt;img src=x onerror=EVIL()>'\"></p></noscript>":
    "<noscript><p style=\"a:url(about:invalid);b:'&lt;/noscript&gt;&lt;img src=x onerror=EVIL()&gt;'\"></p></noscript>",
}  # fmt: skip
"""Styles where text can be markup, and what becomes of them."""


@pytest.mark.parametrize("before", STYLES)
def test_a_style_is_written_for_the_place_where_it_stands(before: str) -> None:
    assert gate_html(before, SETTINGS).html == STYLES[before]


@effort(max_examples=100)
@given(
    st.lists(
        st.sampled_from(["&amp", ";", "&notit;", "&lt", "x", "&#59;", "&#x41", "&nGt;", "&bogus;", "&", "é"]),
        max_size=8,
    ).map("".join)
)
def test_every_character_of_resolved_text_is_found_in_its_source(source: str) -> None:
    resolved = ResolvedText(source)
    places = [resolved.in_source(at, at + 1) for at in range(len(resolved.text))]

    assert all(
        ResolvedText(source[start:end]).text == resolved.text[at]
        for at, (start, end) in enumerate(places)
        if "&nGt" not in source[start:end]
    )
    assert places == sorted(places)
    assert {index for start, end in places for index in range(start, end)} == set(range(len(source)))
