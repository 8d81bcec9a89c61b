"""Each element that a browser fetches something for, and each whose inside is read in a way of its own."""

from __future__ import annotations

import pytest
from support.rows import FILE, POST, REMOVED, gated, loads, silenced

from shariff_py.gate import Outcome

PICTURE = f'<img src="{FILE}">'

FRAMES = [("iframe", "src"), ("embed", "src"), ("object", "data"), ("amp-iframe", "src")]

WHOLE = [
    ("script", "src"), ("script", "href"), ("script", "xlink:href"), ("link", "href"), ("img", "src"), ("source", "src"),
    ("track", "src"), ("base", "href"),
]  # fmt: skip

ENDED = {"script"}

PART = [
    ("audio", "src"), ("video", "src"), ("video", "poster"), ("body", "background"), ("table", "background"), ("html", "manifest"),
    ("amp-img", "src"), ("amp-video", "poster"),
]  # fmt: skip

TEXT = ["noembed", "noframes", "textarea", "title", "xmp"]
"""Elements whose content is text to every browser."""

ASLEEP = [*TEXT, "plaintext", "script", "select", "style", "template"]
"""Elements whose content is text, or inert: it would come to life if a gate stood around it in their place."""


def closed(tag: str) -> str:
    return f"</{tag}>" if tag in ENDED else ""


@pytest.mark.parametrize(("tag", "name"), FRAMES)
def test_a_frame_with_content_becomes_a_gate(tag: str, name: str) -> None:
    document = f'<{tag} {name}="{POST}"></{tag}>'

    assert "<shariff-gate" in silenced(document)
    assert [(f.outcome, f.kind, f.found) for f in gated(document).findings] == [(Outcome.GATED, "post", tag)]


@pytest.mark.parametrize(("tag", "name"), FRAMES)
def test_a_frame_with_anything_else_of_a_platform_becomes_a_link(tag: str, name: str) -> None:
    document = f'<{tag} {name}="{FILE}"></{tag}>'

    assert f'href="{FILE}"' in silenced(document)
    assert [(f.outcome, f.found) for f in gated(document).findings] == [(Outcome.LINKED, tag)]


@pytest.mark.parametrize(("tag", "name"), FRAMES[:3])
def test_a_frame_with_content_of_nobody_goes(tag: str, name: str) -> None:
    refused = "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fexample.org"

    assert gated(f'<{tag} {name}="{refused}">').html == REMOVED


@pytest.mark.parametrize(("tag", "name"), FRAMES[:3])
def test_what_stands_inside_a_frame_goes_with_it(tag: str, name: str) -> None:
    fallback = "Fallback" if tag != "embed" else ""

    assert "Fallback" not in gated(f'<{tag} {name}="{POST}">{fallback}</{tag}>').html


def test_what_stands_inside_a_frame_of_amp_stays() -> None:
    assert "Fallback" in gated(f'<amp-iframe src="{POST}">Fallback</amp-iframe>').html


@pytest.mark.parametrize(("tag", "name"), WHOLE)
def test_an_element_that_is_nothing_without_what_it_fetches_goes_as_a_whole(tag: str, name: str) -> None:
    document = f'<{tag} rel=x {name}="{FILE}">{closed(tag)}'

    assert silenced(f"{document}Text") == f"{REMOVED}Text"


@pytest.mark.parametrize(("tag", "name"), PART)
def test_an_element_that_is_something_by_itself_stays_without_the_address(tag: str, name: str) -> None:
    assert silenced(f'<{tag} {name}="{FILE}">') == f"<{tag}>"


def test_a_frame_of_a_frameset_and_a_cell_of_a_table_stay_without_the_address() -> None:
    assert silenced(f'<frameset><frame src="{FILE}"></frameset>') == "<frameset><frame></frameset>"
    assert silenced(f'<table><td background="{FILE}"></table>') == "<table><td></table>"


def test_a_frame_of_a_frameset_stays_without_the_document_in_its_address() -> None:
    assert silenced(f"<frameset><frame src='data:text/html,{PICTURE}'></frameset>") == "<frameset><frame></frameset>"


@pytest.mark.parametrize("tag", ["img", "source", "image", "link", "video"])
def test_an_element_keeps_everything_else_it_has(tag: str) -> None:
    assert gated(f'<{tag} class="a b" srcset="{FILE} 2x" title="T">').html == f'<{tag} class="a b" title="T">'


@pytest.mark.parametrize("refresh", ["refresh", "Refresh", " refresh "])
@pytest.mark.parametrize("content", ["0;url={}", "0; URL='{}'", '5,url="{}"', "0 {}", "url = {}"])
def test_a_refresh_that_leads_to_a_platform_goes(refresh: str, content: str) -> None:
    attribute = content.format(FILE).replace('"', "&quot;")

    assert gated(f'<meta http-equiv="{refresh}" content="{attribute}">').html == REMOVED


def test_a_refresh_that_leads_to_the_site_stays() -> None:
    document = f'<meta http-equiv=refresh content="0;url=/x?{FILE}">'

    assert gated(document).html == document


def test_leave_to_look_up_names_ahead_goes_where_a_platform_is_linked() -> None:
    link = '<a href="https://www.facebook.com/leinau">x</a>'

    assert gated(f"<meta http-equiv=x-dns-prefetch-control content=on>{link}").html == f"{REMOVED}{link}"
    assert gated(off := f"<meta http-equiv=x-dns-prefetch-control content=off>{link}").html == off


@pytest.mark.parametrize("tag", TEXT)
def test_what_is_text_to_every_browser_stays(tag: str) -> None:
    document = f'<{tag}><img src="{FILE}"></{tag}>'

    assert gated(document).html == document
    assert not loads(document)


@pytest.mark.parametrize("tag", ASLEEP)
def test_what_is_text_or_inert_does_not_come_to_life_where_a_widget_stood(tag: str) -> None:
    """A class name makes no widget of an element whose content is text or inert."""
    document = f'<{tag} class=fb-post data-href="https://www.facebook.com/leinau/posts/1"><p>x</p></{tag}>'

    assert [f for f in gated(document).findings if f.outcome is Outcome.GATED] == []


@pytest.mark.parametrize("tag", ASLEEP)
def test_what_is_text_or_inert_stays_under_the_name_of_a_root_element(tag: str) -> None:
    document = f"<{tag} id=fb-root><b>x</b></{tag}>"

    assert gated(document).html == document


def test_what_stands_in_noscript_is_gated_as_markup() -> None:
    assert silenced(f'<noscript><img src="{FILE}"></noscript>') == f"<noscript>{REMOVED}</noscript>"


def test_a_style_sheet_keeps_all_but_the_address() -> None:
    assert silenced(f"<style>a{{background:url({FILE})}}</style>") == "<style>a{background:url(about:invalid)}</style>"


@pytest.mark.parametrize("around", ["svg", "math"])
@pytest.mark.parametrize(
    "tag", ["noembed", "noframes", "noscript", "style", "textarea", "title", "xmp", "script", "iframe", "plaintext"]
)
def test_markup_inside_a_drawing_that_looks_like_text_loads_nothing(around: str, tag: str) -> None:
    after = gated(f'<{around}><{tag}><img src="{FILE}"></{tag}></{around}>').html

    assert not loads(after)


def test_markup_inside_a_drawing_that_looks_like_data_loads_nothing() -> None:
    document = f'<svg><script type="application/json">{PICTURE}</script></svg>'

    assert silenced(document) == document.replace("<img", "&lt;img")


@pytest.mark.parametrize("tag", ["noembed", "noframes", "style", "title", "xmp", "iframe", "plaintext"])
def test_markup_inside_a_list_that_looks_like_text_loads_nothing(tag: str) -> None:
    """Parsers before 2025 pass over such a tag inside a list, so the picture would be one to them."""
    assert (
        gated(f'<select><{tag}><img src="{FILE}"></{tag}></select>').html
        == f'<select><{tag}>&lt;img src="{FILE}"></{tag}></select>'
    )


def test_markup_inside_a_frameset_that_looks_like_text_loads_nothing() -> None:
    assert not loads(gated(f'<frameset><style><frame src="{FILE}"></style></frameset>').html)


CLOSERS = ["select", "input", "keygen", "caption", "table", "tbody", "tfoot", "thead", "tr", "td", "th"]


@pytest.mark.parametrize("tag", CLOSERS)
def test_a_list_ends_for_older_parsers_where_such_a_tag_starts(tag: str) -> None:
    """Only to them is the title one, which ends where for all others a style goes on."""
    before, after = f"<select><xmp><{tag}><title></xmp></select><style></title>", "</style>"

    assert gated(f"{before}{PICTURE}{after}").html == f"{before}&lt;{PICTURE[1:]}{after}"


def test_a_text_field_ends_a_list_for_older_parsers() -> None:
    before, after = "<select><xmp><textarea></xmp></select><style></textarea>", "</style>"

    assert gated(f"{before}{PICTURE}{after}").html == f"{before}&lt;{PICTURE[1:]}{after}"


def test_the_language_of_a_page_applies_to_all_that_follows() -> None:
    after = gated(f'<html lang="en"><p>x</p><iframe src="{POST}"></iframe>').html

    assert '<shariff-gate lang="en"' in after


def test_the_base_of_a_page_applies_to_all_that_follows() -> None:
    page = '<base href="https://www.leinau.example/neu/"><fb:share-button></fb:share-button>'

    second = page.replace("<fb:share-button>", '<base href="https://www.leinau.example/alt/"><fb:share-button>')

    for one in (page, second):
        assert [found.address for found in gated(one).findings] == ["https://www.leinau.example/neu/"]


@pytest.mark.parametrize(
    ("size", "frame"), [('width="400"', 'width="400" height="712"'), ('height="300"', 'width="500" height="412"')]
)
def test_a_gate_is_as_large_as_the_frame_was(size: str, frame: str) -> None:
    assert frame in gated(f'<iframe src="{POST}" {size}></iframe>').html


@pytest.mark.parametrize("tag", ["fb:like", "fb:comments", "amp-facebook-like"])
def test_a_widget_without_any_attribute_goes_too(tag: str) -> None:
    assert gated(f"<{tag}></{tag}>").html == REMOVED * 2
