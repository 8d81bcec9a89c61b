"""A gate may show a picture of the site's own until the content is there; never one that is fetched from a platform."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from support.flask_site import FACEBOOK_POST, configuration, page

from shariff_py import Shariff
from shariff_py.consent_ui.addresses import own_picture
from shariff_py.consent_ui.gate import gate
from shariff_py.consent_ui.preview import Picture
from shariff_py.platforms.recognition import recognise
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES

WITH_PICTURE = "{{ shariff.embed(url, title=title, text=text, picture=picture, alt=shows) }}"
OFFERS = [{}, {"remember_days": 30}, {"offer_login": True}, {"remember_days": 30, "offer_login": True}]


def shown(client: FlaskClient, picture: str, **values: str) -> BeautifulSoup:
    given = {"url": FACEBOOK_POST, "title": "Neues Rathaus", "text": "Es ist fertig.", "shows": "Das Rathaus am Abend"}
    return page(client, WITH_PICTURE, **{**given, **values}, picture=picture)


def names(soup: BeautifulSoup) -> list[str]:
    """The parts of the gate in the order in which they are read."""
    gate = soup.find("shariff-gate")
    assert isinstance(gate, Tag)
    return [(part.get("class") or [part.name])[0] for part in gate.find_all(recursive=False)]


def settings(**more: Any) -> Settings:
    site = {"origin": "https://www.leinau.example", "hosts": ["www.leinau.example", "*.leinau.example"]}
    allowed = {"allow": ["pictures.example.org", "*.images.example.net"]}
    return Settings.from_mapping({"site": site, "gate": allowed, **more})


def test_the_picture_stands_before_the_words_and_the_button_and_has_its_place_before_it_comes(
    client: FlaskClient,
) -> None:
    soup = shown(client, "/media/rathaus.jpg")

    assert names(soup) == ["link", "shariff-picture", "shariff-heading", "shariff-quote", "form"]
    picture = soup.find("img")
    assert isinstance(picture, Tag)
    assert picture["src"] == "/media/rathaus.jpg"
    assert picture["alt"] == "Das Rathaus am Abend"
    assert (picture["width"], picture["height"], picture["loading"]) == ("640", "360", "lazy")
    assert picture["data-when"] == "asking"


def test_a_picture_that_only_decorates_has_an_empty_alternative_text(client: FlaskClient) -> None:
    picture = shown(client, "/media/rathaus.jpg", shows="").find("img")

    assert isinstance(picture, Tag)
    assert picture["alt"] == ""


def test_without_a_picture_the_gate_loads_no_further_style_sheet(client: FlaskClient) -> None:
    soup = shown(client, "")

    assert soup.find(["img", "link"]) is None
    assert soup.find("shariff-gate") is not None


@pytest.mark.parametrize(
    "picture",
    [
        "https://scontent.xx.fbcdn.net/v/a.jpg",
        "//www.facebook.com/a.jpg",
        "\t/\\/www.facebook.com/a.jpg",
        "/.//www.facebook.com/a.jpg",
        "https://i.ytimg.com/vi/abc/hqdefault.jpg",
        "https://pictures.example.com/a.jpg",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        "https://user:word@www.leinau.example/a.jpg",
        "https://www.leinau.example:8443/a.jpg",
    ],
)
def test_a_picture_that_may_not_be_shown_is_logged_once_and_the_gate_goes_without(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, picture: str
) -> None:
    with caplog.at_level(logging.WARNING):
        first, second = shown(client, picture), shown(client, picture)

    for soup in (first, second):
        assert soup.find("img") is None
        assert soup.find("shariff-gate") is not None
    said = [record.getMessage() for record in caplog.records if "is not shown" in record.getMessage()]
    assert len(said) == 1
    assert "gate.allow" in said[0]


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("/media/a.jpg", "/media/a.jpg"),
        ("a.jpg?size=2#top", "/news/a.jpg?size=2"),
        ("../a b.jpg", "/a%20b.jpg"),
        (" /media/a.jpg\n", "/media/a.jpg"),
        ("https://www.leinau.example/a.jpg", "/a.jpg"),
        ("//www.leinau.example/a.jpg", "/a.jpg"),
        ("https://media.leinau.example/a.jpg", "https://media.leinau.example/a.jpg"),
        ("https://pictures.example.org/a.jpg", "https://pictures.example.org/a.jpg"),
        ("https://b.images.example.net/a.jpg", "https://b.images.example.net/a.jpg"),
        ("https://pictures.example.org:8443/a.jpg", ""),
        ("https://example.org/a.jpg", ""),
    ],
)
def test_a_picture_is_on_the_sites_own_hosts_or_on_one_that_it_allows(given: str, written: str) -> None:
    assert own_picture(settings(), given, "https://www.leinau.example/news/today") == written
    assert own_picture(settings(), given, "/news/today") == written


def test_a_platforms_host_is_refused_even_where_the_site_allows_it() -> None:
    allowed = settings(gate={"allow": ["i.vimeocdn.com"]})

    assert own_picture(allowed, "https://i.vimeocdn.com/video/1.jpg") == ""


@pytest.mark.parametrize("offers", OFFERS, ids=" ".join)
@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_a_gate_goes_without_its_picture_before_it_goes_without_a_choice(code: str, offers: dict[str, Any]) -> None:
    city = {"name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a", **offers}
    released = settings(
        releases={"facebook": {"state": "released"}},
        controllers={"city": city},
        frame={"secrets": ["only-for-these-tests-0123456789abcdef"]},
    )
    for address, text in (("/media/rathaus.jpg", "Rathaus"), (f"/{'a' * 299}", "Ä" * 300), (f"/{'a' * 300}", "")):
        said: list[str] = []
        embed = recognise(FACEBOOK_POST)

        plain = gate(released, LANGUAGES[code], embed)
        with_picture = gate(released, LANGUAGES[code], embed, picture=Picture(address, text), warn=said.append)

        assert len(with_picture.encode()) <= 12_000
        if "<img" in with_picture:
            assert said == []
            assert ("data-days" in with_picture) == ("remember_days" in offers)
        else:
            assert (with_picture, said) == (plain, ["picture"])
        if address == "/media/rathaus.jpg" and code in {"de", "en", "fr"}:
            assert "<img" in with_picture
    assert said == ["picture"]


def test_a_page_where_no_gate_may_be_shows_no_picture_either(tmp_path: Path) -> None:
    app = Flask("leinau")
    app.secret_key = "only for these tests"
    app.config["SHARIFF"] = configuration(tmp_path, releases={"facebook": {"state": "suspended"}})
    Shariff(app)

    with app.test_request_context("/"):
        html = app.jinja_env.from_string("{{ shariff.embed(url, picture='/media/a.jpg') }}").render(url=FACEBOOK_POST)

    assert "<img" not in html
