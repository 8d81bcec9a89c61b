"""What the register of channels shows to visitors, and what it keeps to itself."""

from __future__ import annotations

import dataclasses
import json
import re

import pytest
from bs4 import BeautifulSoup
from support.channel_register import LEINAU, channel, portal, register

from shariff_py.channels import Channel, overview, public
from shariff_py.channels.overview import PUBLIC
from shariff_py.platforms.registry import platform_of
from shariff_py.texts import LANGUAGES
from shariff_py.urls import parse

PRIVATE = {"mailbox", "deputy_unit", "upkeep_hours", "last_checked_on", "approval"}


def soup_of(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def test_every_field_is_either_public_or_private() -> None:
    fields = {field.name for field in dataclasses.fields(Channel)}

    assert fields == set(PUBLIC) | PRIVATE
    assert not PRIVATE & set(PUBLIC)


@pytest.mark.parametrize("language", ["de", "en"])
def test_nothing_private_is_in_the_overview_or_in_channels_json(language: str) -> None:
    html = str(overview(LEINAU, portal(), LANGUAGES[language]))
    published = json.dumps(public(LEINAU), ensure_ascii=False)

    for private in ("presse@leinau.example", "bibliothek@leinau.example", "Büro der", "Oberbürgermeisterin", "Drs."):
        assert private not in html
        assert private not in published


def test_the_overview_and_channels_json_have_the_same_channels() -> None:
    html = overview(LEINAU, portal(), LANGUAGES["de"])

    shown = [name.get_text(" ", strip=True) for name in soup_of(html).select(".shariff-channel-name")]
    published = [entry["title"] for entry in public(LEINAU)["channels"]]

    assert len(shown) == len(published) == 3
    assert all(text.startswith(title) for text, title in zip(shown, published, strict=True))


def test_a_channel_that_does_not_exist_yet_is_not_shown() -> None:
    assert "Mastodon" not in overview(LEINAU, portal(), LANGUAGES["de"])
    assert "city-mastodon" not in {entry["id"] for entry in public(LEINAU)["channels"]}


def test_channels_are_grouped_by_unit_with_closed_ones_at_the_end() -> None:
    page = soup_of(overview(LEINAU, portal(), LANGUAGES["de"], level=3))

    outline = [(heading.name, heading.get_text(strip=True)) for heading in page.select("h1, h2, h3, h4, h5, h6")]
    last = page.select(".shariff-channel")[-1]

    assert outline == [
        ("h3", "Pressestelle"),
        ("h4", "Stadt Leinau auf Facebook"),
        ("h3", "Stadtbibliothek"),
        ("h4", "Stadtbibliothek Leinau auf Facebook"),
        ("h3", "Tierpark Leinau auf Facebook, geschlossen am 16. November 2026"),
    ]
    assert last.select('a[href*="facebook.com"]') == []


def test_two_channels_of_one_unit_are_below_one_heading() -> None:
    both = register(channel(), channel(id="city-events", title="Veranstaltungen", url="https://www.facebook.com/feste"))

    page = soup_of(overview(both, portal(), LANGUAGES["de"]))

    assert [heading.get_text(strip=True) for heading in page.select("h2, h3")] == [
        "Pressestelle",
        "Stadt Leinau auf Facebook",
        "Veranstaltungen auf Facebook",
    ]


def test_a_channel_without_a_purpose_is_listed_without_one() -> None:
    text = "Lesungen, neue Medien, geänderte Öffnungszeiten."
    listed = [
        overview(register(channel(purpose=purpose)), portal(), LANGUAGES["de"]) for purpose in (text, {"de": ""}, None)
    ]

    assert [text in html for html in listed] == [True, False, False]
    assert all("Stadt Leinau" in html for html in listed)


@pytest.mark.parametrize(("level", "names"), [(0, {"h1", "h2"}), (5, {"h5", "h6"}), (6, {"h6"}), (9, {"h6"})])
def test_headings_are_of_a_level_that_html_has(level: int, names: set[str]) -> None:
    page = soup_of(overview(LEINAU, portal(), LANGUAGES["de"], level=level))

    assert {tag.name for tag in page.find_all(re.compile(r"h[0-9]+"))} == names


def test_links_to_platforms_disclose_no_page_and_hand_over_no_window() -> None:
    page = soup_of(overview(LEINAU, portal(), LANGUAGES["de"]))

    foreign = [a for a in page.select("a") if (parts := parse(str(a["href"]))) and platform_of(parts.host)]

    assert len(foreign) == 2
    assert all(a["rel"] == ["noopener", "noreferrer"] for a in foreign)


def loads(html: str) -> list[str]:
    """Every address a browser would ask for by itself when it shows the fragment."""
    return [
        str(tag[name])
        for tag in soup_of(html).find_all(True)
        for name in (
            "src",
            "srcset",
            "data",
            "poster",
            "background",
            "style",
            *(["href"] if tag.name == "link" else []),
        )
        if tag.has_attr(name)
    ]


def test_the_overview_loads_nothing() -> None:
    assert loads(overview(LEINAU, portal(), LANGUAGES["de"])) == []
    assert loads('<img src="https://www.facebook.com/tr">') == ["https://www.facebook.com/tr"]


def test_a_text_in_another_language_than_the_page_says_so() -> None:
    page = soup_of(overview(LEINAU, portal(), LANGUAGES["en"]))

    german = [tag.text for tag in page.select('[lang="de"]')]

    assert "Lesungen, neue Medien, geänderte Öffnungszeiten." in german
    assert page.find("h2", string="City library") is not None


def test_markup_in_a_field_is_shown_as_text() -> None:
    evil = '<img src="https://www.facebook.com/tr" onerror="alert(1)">'
    read = register(
        channel(title=evil, handle=evil, purpose=evil, unit=evil, alternatives=[{"title": evil, "url": "/"}])
    )

    html = overview(read, portal(), LANGUAGES["de"])

    assert soup_of(html).find("img") is None
    assert html.count("&lt;img") == 5


def test_an_empty_register_says_that_there_is_no_channel() -> None:
    assert LANGUAGES["de"].say("channels.none") in overview(register(), portal(), LANGUAGES["de"])
    assert public(register()) == {"channels": []}


def test_channels_json_is_plain_data() -> None:
    city = json.loads(json.dumps(public(LEINAU)))["channels"][0]

    assert city["opened_on"] == "2026-11-02"
    assert city["alternatives"][0] == {
        "title": {"de": "Nachrichten im Portal", "en": "News in the portal"},
        "url": "/nachrichten",
    }
