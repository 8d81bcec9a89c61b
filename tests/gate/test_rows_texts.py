"""Texts for people that begin with the address of a frame or quote one: their element stays. What is no text by its name is an address as before."""

from __future__ import annotations

import html

import pytest
from support.rows import POST, gated
from support.stored import gated_in_stores

from shariff_py.gate import Outcome

WRITTEN = html.escape(POST)
PAGE = "https://www.facebook.com/leinau"

TEXTS = {
    "begins with it": f"{WRITTEN} is our post",
    "begins with it, on two lines": f"{WRITTEN}\nis our post",
    "begins with it, without a breaking space": f"{WRITTEN}&nbsp;is our post",
    "quotes it": f"Our post '{WRITTEN}' of Monday",
    "quotes it between double quotes": f"Our post &quot;{WRITTEN}&quot;",
    "is a quotation": f"'{WRITTEN}'",
    "is encoded, and goes on": f"{WRITTEN.replace('://', '%3A%2F%2F')} is our post",
    "has no scheme": f"{WRITTEN.removeprefix('https://')} is our post",
    "has a backslash": f"Our post '{WRITTEN.replace('/', chr(92) + '/')}'",
    "names the page": f"{PAGE} is our page",
    "quotes the page": f"Our page '{PAGE}' and more",
}

ORDINARY = ["title", "alt", "aria-label"]
"""Names that the readers of data pass over."""
NAMES = [
    "aria-description", "aria-placeholder", "aria-roledescription", "aria-valuetext", "placeholder", "label", "summary", "abbr", "standby",
    "data-text", "data-title", "data-caption", "data-description", "data-desc", "data-label", "data-alt", "data-tooltip", "data-placeholder",
    "data-original-title", "data-bs-title", "data-video-caption", "data-src-title", "data-lazy-alt", "data-image_title", "data-titel",
    "data-beschreibung", "caption", "subtitle", "x-text", "v-text", ":title", "v-bind:title", "x-bind:alt", ":aria-label", "[title]",
    "[attr.aria-label]", "ng-attr-title",
]  # fmt: skip
ADDRESSES = [
    "data-src", "data-lazy-src", "data-cmp-src", "data-url", "data-href", "data-embed", "data-iframe", "data-original", "data-src-cmplz", "data-x",
    ":src", "v-bind:src", "x-bind:src", "[src]", "ng-src", "data-ng-src", "data-title-src", "data-caption-url", "data-text-href", "src-text-src",
    "data-context", "data-default", "data-name", "data-content", "data-titles", ":[title]", "v-bind:[title]", "name", "x-data", "@update:title",
    "x-on:new-title", "v-on:title", "(title)", "on-title", "ontext",
]  # fmt: skip
"""Names whose value a script may take for an address, or evaluate: also those in which the word for a text is not the last, or is a variable or an event."""


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("source", ['src="/own"', 'src="about:blank"', ""])
def test_a_frame_stays_whose_text_names_a_platforms_frame(source: str, text: str) -> None:
    for name in [*ORDINARY, *NAMES]:
        document = f'<iframe {source} {name}="{text}"></iframe>'

        assert gated(document).html == document
        assert [found.outcome for found in gated(document).findings] in ([], [Outcome.REPORTED])


@pytest.mark.parametrize(("tag", "source"), [("object", "data"), ("embed", "src"), ("amp-iframe", "src")])
def test_other_frames_stay_for_their_texts(tag: str, source: str) -> None:
    for text in TEXTS.values():
        document = f'<{tag} {source}="/own" title="{text}" data-title="{text}"></{tag}>'

        assert gated(document).html == document


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["div", "figure", "section", "span", "p", "article", "x-y"])
def test_an_empty_element_stays_whose_text_begins_with_the_address_of_a_frame(tag: str) -> None:
    for text in TEXTS.values():
        for name in [*ORDINARY, *NAMES]:
            document = f'<{tag} {name}="{text}"></{tag}>'

            assert gated(document).html == document
            assert gated_in_stores(document).html.count("<") == document.count("<")


@pytest.mark.parametrize("name", ["data-text", "data-caption", "data-description", "summary"])
def test_no_text_of_an_element_becomes_a_link_where_stores_are_gated(name: str) -> None:
    document = f'<figure {name}="{WRITTEN} is our post">x</figure>'

    assert gated_in_stores(document).html == document
    whole = gated_in_stores(f'<figure {name}="{WRITTEN}">x</figure>')
    assert [found.outcome for found in whole.findings] == [Outcome.LINKED]


@pytest.mark.parametrize("name", ["aria-label", "aria-description", "aria-valuetext"])
def test_what_is_read_aloud_is_no_data_of_a_script(name: str) -> None:
    for text in (*TEXTS.values(), WRITTEN):
        document = f'<b {name}="{text}">x</b>'

        assert gated_in_stores(document).html == document
        assert gated_in_stores(document).findings == ()


@pytest.mark.parametrize("page", ['<script type="application/json">{}</script>', "<div data-options='{}'>x</div>"])
def test_no_text_in_json_becomes_a_link_where_stores_are_gated(page: str) -> None:
    texts = page.replace("{}", f'{{"title": "{POST} is our post", "data-text" :\n"{POST} is"}}')
    address = page.replace("{}", f'{{"title": "x", "src": "{POST}&t=a b", "titles": ["{POST} b"]}}')
    listed = page.replace("{}", f'{{"list": [{{"title": "x"}}, "{POST} b"]}}')

    assert gated_in_stores(texts).html == texts
    assert [found.outcome for found in gated_in_stores(texts).findings] == [Outcome.REPORTED]
    for data in (address, listed):
        result = gated_in_stores(data)
        assert {found.outcome for found in result.findings} == {Outcome.LINKED}
        assert "facebook.com/plugins" not in result.html


@pytest.mark.parametrize("rest", ["&amp;title=Neues, heute", " x", "&amp;t=a\tb c"])
@pytest.mark.parametrize("name", ADDRESSES)
def test_a_space_hides_no_address_in_an_attribute_that_is_no_text(name: str, rest: str) -> None:
    found = gated(f'<iframe src="/own" {name}="{WRITTEN}{rest}"></iframe>').findings

    assert [(f.outcome, f.found) for f in found] == [(Outcome.GATED, "iframe")]


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_string_hides_no_address_in_an_attribute_that_is_no_text(name: str) -> None:
    for code in (f"open ? '{WRITTEN}' : ''", f"{{&quot;src&quot;: &quot;{WRITTEN}&quot;}}", f"f.src = '{WRITTEN}'"):
        found = gated(f'<iframe src="/own" {name}="{code}"></iframe>').findings

        assert [(f.outcome, f.found) for f in found] == [(Outcome.GATED, "iframe")]


@pytest.mark.parametrize("name", [*ORDINARY, *NAMES])
def test_a_text_that_is_an_address_and_nothing_else_is_one_for_a_frame(name: str) -> None:
    found = gated(f'<iframe src="/own" {name}=" {WRITTEN}\n"></iframe>').findings

    assert [(f.outcome, f.found) for f in found] == [(Outcome.GATED, "iframe")]


def test_a_text_hides_no_address_in_another_attribute() -> None:
    for name in ("data-src", "data-embed", "x"):
        for tag in ("iframe", "div", "x-y"):
            element = f'<{tag} title="{WRITTEN} is" data-text="{WRITTEN} is" {name}="{WRITTEN}"></{tag}>'

            assert [found.outcome for found in gated(element).findings] == [Outcome.GATED]
