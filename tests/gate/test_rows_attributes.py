"""Each attribute that names what a browser, or another tool's script, fetches: one small document, and what is left of it."""

from __future__ import annotations

import pytest
from support.rows import FILE, POST, REMOVED, gated, loads, silenced

from shariff_py.gate import Outcome

LAZY = [
    "data-src", "data-lazy-src", "data-lazy", "data-original", "data-ezsrc", "data-cmplz-src", "data-src-cmplz",
    "data-cookieblock-src", "data-cmp-src", "data-litespeed-src", "data-consent-src", "data-iframe-src", "data-url-src",
    "data-rocket-src", "data-rocket-lazy-src", "data-phast-src", "data-pagespeed-lazy-src", "pagespeed_lazy_src",
    "nitro-lazy-src", "data-suppressedsrc", "suppressedsrc", "uc-src", "data-uc-src", "consent-original-src-_",
    "data-borlabs-cookie-script-blocker-src", "data-borlabs-script-blocker-src",
]  # fmt: skip
LAZY_LISTS = ["data-srcset", "data-lazy-srcset", "data-cmplz-srcset", "data-original-set"]
LAZY_BACKGROUNDS = ["data-bg", "data-background", "data-background-image", "data-lazy-background"]

FETCHED = ["src", "poster", "background", "manifest"]
FETCHED_ONCE = ["longdesc", "classid", "codebase", "archive"]
"""Browsers fetch nothing for these any more; older ones did."""

DRAWN = [
    "altglyph", "animate", "animatecolor", "animatemotion", "animatetransform", "color-profile", "cursor", "feimage", "filter",
    "font-face-uri", "glyphref", "image", "lineargradient", "mpath", "pattern", "radialgradient", "set", "textpath", "tref", "use",
]  # fmt: skip
DRAWN_ONCE = {"animatecolor", "animatemotion", "animatetransform"}
"""Elements whose ``href`` only our own reading of SVG 1.1 takes for an address; the oracle does not."""

ANIMATIONS = ["animate", "animatecolor", "animatemotion", "animatetransform", "set"]
STYLED = [
    "style",
    "fill",
    "stroke",
    "filter",
    "mask",
    "clip-path",
    "cursor",
    "marker-start",
    "marker-mid",
    "marker-end",
]
QUIET = ["alternate", "author", "bookmark", "canonical", "help", "license", "me", "publisher", "shortlink", "tag"]
LOUD = [
    "dns-prefetch", "icon", "manifest", "modulepreload", "next", "pingback", "preconnect", "prefetch", "preload", "prerender",
    "stylesheet", "anything-new",
]  # fmt: skip


@pytest.mark.parametrize("name", [*LAZY_BACKGROUNDS, *FETCHED])
def test_an_attribute_that_names_something_fetched_goes(name: str) -> None:
    assert silenced(f'<p {name}="{FILE}">x</p>') == "<p>x</p>"


@pytest.mark.parametrize("name", FETCHED_ONCE)
def test_an_attribute_for_which_older_browsers_fetched_goes(name: str) -> None:
    assert gated(f'<p {name}="{FILE}">x</p>').html == "<p>x</p>"


@pytest.mark.parametrize("tag", ["video", "audio", "amp-img"])
@pytest.mark.parametrize("name", LAZY)
def test_an_address_that_scripts_write_to_its_element_goes(tag: str, name: str) -> None:
    assert silenced(f'<{tag} {name}="{FILE}">') == f"<{tag}>"


OTHERS = ["div", "p", "section", "li", "td", "button", "my-player", "blockquote"]
"""Elements that have no address for such scripts to write to."""


@pytest.mark.parametrize("tag", OTHERS)
@pytest.mark.parametrize("name", [*LAZY, *LAZY_LISTS])
def test_an_address_kept_on_an_element_without_one_stays(tag: str, name: str) -> None:
    document = f'<table><tr><{tag} {name}="{FILE}">x</{tag}></table>'

    assert gated(document).html is document


@pytest.mark.parametrize("name", ["srcset", "imagesrcset"])
def test_an_attribute_that_lists_pictures_goes(name: str) -> None:
    assert silenced(f'<p {name}="/own.png 1x, {FILE} 2x">x</p>') == "<p>x</p>"


@pytest.mark.parametrize("name", LAZY_LISTS)
def test_a_list_that_scripts_write_to_its_picture_goes(name: str) -> None:
    assert silenced(f'<img src="/own.png" {name}="/own.png 1x, {FILE} 2x">') == '<img src="/own.png">'


def test_the_ping_attribute_of_a_link_goes() -> None:
    assert silenced(f'<a href="/x" ping="/own {FILE}">x</a>') == '<a href="/x">x</a>'


@pytest.mark.parametrize("name", LAZY)
def test_a_frame_is_gated_wherever_another_tool_keeps_its_address(name: str) -> None:
    assert [(f.outcome, f.kind) for f in gated(f'<iframe {name}="{POST}"></iframe>').findings] == [
        (Outcome.GATED, "post")
    ]


@pytest.mark.parametrize("name", LAZY)
def test_a_script_goes_wherever_another_tool_keeps_its_address(name: str) -> None:
    assert gated(f'<script {name}="{FILE}"></script>').html == REMOVED


@pytest.mark.parametrize("tag", ["a", "area"])
@pytest.mark.parametrize("name", [*LAZY, *LAZY_BACKGROUNDS])
def test_a_link_keeps_what_scripts_note_on_it(tag: str, name: str) -> None:
    document = f'<{tag} href=/x {name}="{FILE}">'

    assert gated(document).html is document


@pytest.mark.parametrize("name", ["href", "xlink:href"])
@pytest.mark.parametrize("tag", DRAWN)
def test_an_element_of_a_drawing_loses_the_address_of_what_it_draws(tag: str, name: str) -> None:
    document = f'<svg><{tag} {name}="{FILE}"></{tag}></svg>'

    assert gated(document).html == f"<svg><{tag}></{tag}></svg>"
    assert loads(document) == (tag not in DRAWN_ONCE or name == "xlink:href")


def test_a_link_inside_a_drawing_stays() -> None:
    document = f'<svg><a href="{FILE}"><text>x</text></a></svg>'

    assert gated(document).html is document


@pytest.mark.parametrize("name", ["from", "to", "by", "values"])
@pytest.mark.parametrize("tag", ANIMATIONS)
def test_an_animation_loses_the_address_it_would_set(tag: str, name: str) -> None:
    assert silenced(f'<svg><{tag} {name}="{FILE}"></{tag}></svg>') == f"<svg><{tag}></{tag}></svg>"


def test_lists_lose_nothing_where_only_another_attribute_names_a_platform() -> None:
    listed = '<p srcset="/own.png 1x, https://b.example/x 2x" '
    animated = '<set values="#a;https://b.example/x" '

    assert silenced(f'{listed}poster="{FILE}">x</p>') == f"{listed.rstrip()}>x</p>"
    assert silenced(f'<svg>{animated}from="{FILE}"></set></svg>') == f"<svg>{animated.rstrip()}></set></svg>"


def test_a_picture_goes_for_its_second_lazy_address_where_the_first_is_not_a_platforms() -> None:
    assert gated(f'<img data-src="https://b.example/x" data-lazy-src="{FILE}">').html == REMOVED


def test_an_address_with_a_scheme_but_no_slashes_on_another_host_is_not_a_platforms() -> None:
    assert gated(f'<p src="https:www.leinau.example/x" poster="{FILE}">x</p>').html == (
        '<p src="https:www.leinau.example/x">x</p>'
    )


def test_an_animation_loses_an_address_among_several_values() -> None:
    assert silenced(f'<svg><set values="/own;{FILE}"></set></svg>') == "<svg><set></set></svg>"


@pytest.mark.parametrize("name", STYLED)
def test_an_attribute_that_holds_a_style_keeps_all_but_the_address(name: str) -> None:
    document = f'<p {name}="url({FILE})">x</p>'

    assert silenced(document) == f'<p {name}="url(about:invalid)">x</p>'


@pytest.mark.parametrize(("tag", "name"), [("form", "action"), ("button", "formaction"), ("input", "formaction")])
def test_where_a_form_goes_is_reported_and_stays(tag: str, name: str) -> None:
    document = f'<{tag} {name}="{FILE}">'
    result = gated(document)

    assert result.html == document
    assert [(f.outcome, f.found) for f in result.findings] == [(Outcome.REPORTED, f"{tag}[{name}]")]


@pytest.mark.parametrize("relation", QUIET)
def test_a_link_element_for_which_nothing_is_fetched_stays(relation: str) -> None:
    document = f'<link rel="{relation}" href="{FILE}">'

    assert gated(document).html is document
    assert not loads(document)


@pytest.mark.parametrize("relation", [*LOUD, *(f"{quiet} icon" for quiet in QUIET)])
def test_a_link_element_for_which_something_may_be_fetched_goes(relation: str) -> None:
    assert silenced(f'<link rel="{relation}" href="{FILE}">') == REMOVED


@pytest.mark.parametrize("event", ["onload", "onerror", "onclick", "ontoggle", "onbeforetoggle"])
def test_a_handler_that_fetches_something_goes(event: str) -> None:
    assert silenced(f"<p {event}=\"fetch('{FILE}')\">x</p>") == "<p>x</p>"
