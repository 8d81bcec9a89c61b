"""Frames by whichever attribute names their content, and empty elements that a script of the page puts a frame into."""

from __future__ import annotations

import html
from urllib.parse import quote

import pytest
from support.golden import SETTINGS
from support.rows import POST, gated

from shariff_py.gate import Outcome
from shariff_py.gate.rewrite.streaming import CHUNK, GateStream

WRITTEN = html.escape(POST)
GATE = '<div class="shariff-block"><shariff-gate'

SHOWING = ["article", "aside", "center", "div", "figure", "main", "oembed", "p", "section", "span", "lite-embed", "x-y"]
NAMES = ["data-embed-src", "data-url", "data-iframe", "url", "src", "href", "data-src", "embed", "x"]
FRAMES = ["iframe", "embed", "object", "amp-iframe"]
WORDS = ["title", "id", "alt", "name", "class", "longdesc", "data-any", "aria-label"]

SPELLED = [
    POST, f" {POST}\n", POST.removeprefix("https:"), POST.replace("https", "HTTP"), POST.removeprefix("https://"), quote(POST, safe=""),
    quote(POST.removeprefix("https:"), safe="").lower(), POST.replace("www.", "m."), POST.replace("/plugins", "/v19.0/plugins"),
    POST.replace("plugins/post", "PLUGINS/Post"),
]  # fmt: skip

EMPTY = [
    "", " \n", "&nbsp;", "<!-- lädt -->", '<i class="spinner"></i>', "<div><span></span></div>", f'<noscript><iframe src="{WRITTEN}"></iframe></noscript>',
    "<script>lade()</script>", "<style>i{color:red}</style>", "<template><b>x</b></template>",
]  # fmt: skip
FILLED = [
    "Film", "&copy;", '<img src="/a.png" alt="">', "<a href=/x></a>", "<div><button></button></div>", "<b>x</b>", "<svg></svg>", "<audio></audio>",
    "<amp-img></amp-img>", "<canvas></canvas>", "<embed>", "<form></form>", "<iframe></iframe>", "<input>", "<math></math>", "<meter></meter>",
    "<object></object>", "<picture></picture>", "<progress></progress>", "<select></select>", "<textarea></textarea>", "<video></video>",
]  # fmt: skip
CLOSING = [
    "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset", "figcaption", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "main", "menu", "nav", "ol", "pre", "search", "section", "table", "ul",
]  # fmt: skip
"""Elements that close an open paragraph."""


def outcomes(document: str) -> list[tuple[str, str, str]]:
    return [(found.outcome, found.found, found.kind) for found in gated(document).findings]


@pytest.mark.parametrize("sign", ["'", "{id}", "<b>", "|", "^", "\\", "`", " x", '"'])
def test_an_address_in_an_empty_element_is_one_whatever_a_browser_escapes_in_it(sign: str) -> None:
    written = html.escape(f"{POST}{sign}1")

    assert outcomes(f'<div data-src="{written}"></div>') == [(Outcome.GATED, "div[data-src]", "post")]


@pytest.mark.parametrize("value", [f"{POST} 1x, {POST} 2x", f"{POST}\n//a.example/", f"['{POST}']", f"Seite: {POST}"])
def test_a_list_or_a_text_with_addresses_is_none(value: str) -> None:
    assert [found for found in outcomes(f'<div data-src="{html.escape(value)}"></div>') if found[0] == "gated"] == []


@pytest.mark.parametrize("text", ["style", "title"])
def test_an_empty_element_that_only_some_parsers_see_becomes_text(text: str) -> None:
    found = gated(f'<svg><{text}><div data-src="{WRITTEN}"></div></svg>')

    assert found.html == f'<svg><{text}>&lt;div data-src="{WRITTEN}"></div></svg>'
    assert [(f.outcome, f.found) for f in found.findings] == [(Outcome.REMOVED, "hidden markup")]


def test_one_with_content_stays_there() -> None:
    page = f'<svg><style><div data-src="{WRITTEN}">Ein Film</div></svg>'

    assert gated(page).html == page


@pytest.mark.parametrize("name", [*WORDS, "data-lazy-url", "uc-any"])
@pytest.mark.parametrize("tag", FRAMES)
def test_a_frame_is_gated_whichever_attribute_has_the_address(tag: str, name: str) -> None:
    assert outcomes(f'<{tag} {name}="{WRITTEN}"></{tag}>') == [(Outcome.GATED, tag, "post")]


@pytest.mark.parametrize(
    "inert", ["about:blank", "", "/leer.html", "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"]
)
def test_an_inert_address_of_a_frame_does_not_matter(inert: str) -> None:
    assert outcomes(f'<iframe src="{inert}" data-any="{WRITTEN}"></iframe>') == [(Outcome.GATED, "iframe", "post")]


@pytest.mark.parametrize("address", SPELLED)
def test_an_address_is_recognised_in_each_spelling_that_scripts_use(address: str) -> None:
    written = html.escape(address)

    assert outcomes(f'<iframe data-any="{written}"></iframe>') == [(Outcome.GATED, "iframe", "post")]
    assert outcomes(f'<div data-any="{written}"></div>') == [(Outcome.GATED, "div[data-any]", "post")]


def test_a_frame_with_any_address_of_a_platform_does_not_stay() -> None:
    assert outcomes('<iframe title="https://www.facebook.com/leinau"></iframe>') == [(Outcome.GATED, "iframe", "page")]
    assert outcomes('<iframe data-any="https://scontent.fbcdn.net/a"></iframe>') == [(Outcome.LINKED, "iframe", "")]


@pytest.mark.parametrize("source", ["", " ", "#", "about:blank", "data:text/html,", "javascript:void(0)"])
def test_an_address_of_a_platform_counts_where_the_frame_shows_nothing_else(source: str) -> None:
    document = f'<iframe src="{source}" data-any="https://www.facebook.com/leinau"></iframe>'

    assert outcomes(document) == [(Outcome.GATED, "iframe", "page")]


def test_a_frame_with_any_address_of_a_platform_becomes_a_link() -> None:
    assert outcomes('<iframe title="https://www.facebook.com/groups/7"></iframe>') == [(Outcome.LINKED, "iframe", "")]


@pytest.mark.parametrize(
    "document",
    [
        '<iframe src="/karte" title="Siehe https://www.facebook.com/leinau"></iframe>',
        '<iframe src="/karte" data-hosts="www.facebook.com"></iframe>',
        '<iframe src="/karte" title="https://www.facebook.com/leinau"></iframe>',
        '<iframe src="https://karten.example/" data-source="//www.facebook.com/leinau"></iframe>',
        '<iframe src="" data-src="/karte" data-page="https://www.facebook.com/leinau"></iframe>',
        '<object data="/plan.svg" data-credit="https://www.facebook.com/leinau"></object>',
        '<embed src="/plan.pdf" data-share="https://www.facebook.com/sharer/sharer.php?u=x">',
        '<iframe src="/karte" allow="fullscreen https://www.facebook.com"></iframe>',
        '<div data-any="https://www.facebook.com/leinau"></div>',
        '<div data-any="https://www.facebook.com/sharer/sharer.php?u=x"></div>',
        '<div data-any="/plugins/post.php?href=x"></div>',
        '<div data-any="https://www.leinau.example/plugins/post.php"></div>',
    ],
)
def test_what_is_no_frame_of_a_platform_stays(document: str) -> None:
    assert gated(document).html is document
    assert gated(document).findings == ()


TEXTS = ["alt", "aria-label", "cite", "class", "content", "id", "itemid", "itemtype", "name", "style", "title"]
KEEPING = ["about", "resource", "typeof"]


@pytest.mark.parametrize("name", [*TEXTS, *KEEPING])
def test_the_address_of_a_frame_as_text_or_as_a_name_makes_no_placeholder(name: str) -> None:
    document = f'<div {name}="{WRITTEN}"></div>'

    assert gated(document).html is document
    assert [found for _, found, _ in outcomes(document)] == ([f"div[{name}]"] if name in KEEPING else [])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("tag", SHOWING)
def test_an_empty_element_with_a_frames_address_is_gated(tag: str, name: str) -> None:
    result = gated(f'<{tag} class="lazy" {name}="{WRITTEN}"></{tag}>')

    assert result.html.startswith(GATE)
    assert [(f.outcome, f.found, f.kind) for f in result.findings] == [(Outcome.GATED, f"{tag}[{name}]", "post")]


@pytest.mark.parametrize("content", EMPTY)
def test_an_element_without_content_of_its_own_is_empty(content: str) -> None:
    result = gated(f'vor<div data-any="{WRITTEN}">{content}</div>nach')

    assert result.html.startswith(f"vor{GATE}")
    assert result.html.endswith("</shariff-gate></div>nach")
    assert [(f.outcome, f.found) for f in result.findings] == [(Outcome.GATED, "div[data-any]")]


@pytest.mark.parametrize("content", FILLED)
def test_an_element_with_content_stays_and_is_reported(content: str) -> None:
    document = f'<div data-any="{WRITTEN}">{content}</div>'

    assert gated(document).html is document
    assert outcomes(document) == [(Outcome.REPORTED, "div[data-any]", "post")]


@pytest.mark.parametrize("tag", ["a", "button", "li", "td", "form", "label", "b", "video"])
def test_an_element_that_shows_no_frame_stays_and_is_reported(tag: str) -> None:
    document = f'<{tag} data-any="{WRITTEN}"></{tag}>'

    assert gated(document).html is document
    assert outcomes(document) == [(Outcome.REPORTED, f"{tag}[data-any]", "post")]


def test_an_element_without_end_or_once_with_content_stays() -> None:
    for document in (
        f'<div data-any="{WRITTEN}">',
        f'<div data-any="{WRITTEN}"></div><div data-any="{WRITTEN}">x</div>',
    ):
        assert gated(document).html is document


def test_a_gate_closes_the_paragraph_around_a_placeholder() -> None:
    result = gated(f'<p>vor <span data-any="{WRITTEN}"></span> nach</p><span data-other="{WRITTEN}"></span>').html

    assert result.startswith(f"<p>vor </p>{GATE}")
    assert f"</div><p> nach</p>{GATE}" in result
    assert result.count("<p> ") == 1


@pytest.mark.parametrize("tag", CLOSING)
def test_a_gate_closes_no_paragraph_that_an_element_has_closed(tag: str) -> None:
    start = f"<p>vor<{tag}></{tag}>"

    assert gated(f'{start}<span data-any="{WRITTEN}"></span>').html.startswith(f"{start}{GATE}")


def test_a_link_closes_no_paragraph_that_a_form_has_closed() -> None:
    start = "<p>vor<form>"

    assert gated(f'{start}<span data-any="{WRITTEN}"></span>').html.startswith(f'{start}<div class="shariff-block">')


def test_a_placeholder_in_a_form_becomes_a_link() -> None:
    assert outcomes(f'<form><p></p><div data-any="{WRITTEN}"></div></form><div data-b="{WRITTEN}"></div>') == [
        (Outcome.LINKED, "div[data-any]", "post"),
        (Outcome.GATED, "div[data-b]", "post"),
    ]


def test_a_placeholder_of_a_retired_kind_leaves_nothing() -> None:
    document = '<div data-any="https://www.facebook.com/plugins/like.php?href=https://www.leinau.example/"></div>'

    assert gated(document).html == "<!---->"


@pytest.mark.parametrize("before", [0, 20, 60, 130, 140, 150, 400])
def test_a_placeholder_is_gated_wherever_a_long_page_is_cut(before: int) -> None:
    stream = GateStream(SETTINGS)
    placeholder = f'<div data-any="{WRITTEN}">\n<!-- -->\n</div>'
    start = f"<p>{'x' * (CHUNK - before)}</p>{placeholder}"
    written = "".join([stream.feed(start[:CHUNK]), stream.feed(start[CHUNK:] + "<p>y</p>"), stream.close()])

    assert [(f.outcome, f.found) for f in stream.findings] == [(Outcome.GATED, "div[data-any]")]
    assert WRITTEN not in written


@pytest.mark.parametrize("letter", ["<", "|", "^", "`", "{", "\n", " "])
def test_letters_that_browsers_encode_do_not_hide_the_address_of_a_frame(letter: str) -> None:
    frame = f'<iframe data-later-src="https://www.facebook.com/{letter}plugins/x" src="about:blank"></iframe>'

    assert outcomes(frame) == [(Outcome.LINKED, "iframe", "")]
