"""The demonstration's pages: complete in both languages, without anything foreign, every link leading somewhere."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from support.demo_portal import demonstration, soup

import demo_app
from demo_app import PAGE_POLICY
from demo_app.content import EVENTS, LANGUAGES, NEWS
from demo_app.months import Month, months
from demo_app.routes import PAGES
from shariff_py.platforms.count_sources.cached_count import Count

FETCHED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "link": "href",
    "source": "srcset",
    "video": "src",
    "form": "action",
}


def paths() -> list[str]:
    """The path of every page that is one document, in every language."""
    found = []
    for lang in LANGUAGES:
        values = {
            "article": [{"slug": item.slug} for item in NEWS[lang]],
            "month": [{"month": str(month)} for month in months(EVENTS[lang])],
            "event": [{"month": str(Month.of(event.first_day)), "slug": event.slug} for event in EVENTS[lang]],
        }
        for page in PAGES:
            if page.name in {"event_file", "events", "received"}:
                continue
            for value in values.get(page.name, [{}]):
                path = page.paths[lang]
                for name, text in value.items():
                    path = path.replace(f"<{name}>", text)
                found.append(path)
    return found


class Reader:
    """A visitor who reads each page once, and remembers it."""

    def __init__(self, client: FlaskClient) -> None:
        self.answer = cache(client.get)
        self.page = cache(lambda path: BeautifulSoup(self.answer(path).text, "html.parser"))


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The demonstration as every test of this module finds it that changes nothing."""
    return Reader(demonstration(tmp_path_factory.mktemp("read")).test_client())


@pytest.mark.parametrize("path", paths())
def test_every_page_is_complete_and_loads_nothing_foreign(reader: Reader, path: str) -> None:
    response, page = reader.answer(path), reader.page(path)

    assert response.status_code == 200
    assert response.headers["Content-Security-Policy"] == PAGE_POLICY
    assert "Set-Cookie" not in response.headers
    assert page.html is not None
    assert page.html["lang"] == ("en" if path.startswith("/en/") else "de")
    assert len(page.find_all("h1")) == 1
    assert page.title is not None
    assert page.title.text.strip()
    for tag, attribute in FETCHED.items():
        for element in page.find_all(tag):
            address = str(element.get(attribute, ""))
            # Other languages of a page are named by their whole address, which is this site's.
            assert not urlsplit(address).netloc or element.get("hreflang"), f"{tag} {attribute}={address}"
    assert not page.find_all(style=True)
    assert not page.find_all("style")
    assert all(script.get("src") for script in page.find_all("script"))
    assert not page.find_all("link", rel=re.compile("preconnect|prefetch|preload"))


def test_the_same_check_finds_a_page_that_loads_something_foreign(app: Flask) -> None:
    """Shown failing: the assertion above on a page with one foreign picture."""

    @app.get("/undicht")
    def leaking() -> str:
        return "<html lang=de><title>x</title><h1>x</h1><img src='https://www.facebook.com/tr.gif'>"

    with pytest.raises(AssertionError, match=r"img src=https://www\.facebook\.com"):
        test_every_page_is_complete_and_loads_nothing_foreign(Reader(app.test_client()), "/undicht")


@pytest.mark.slow
def test_every_link_within_the_portal_works_and_every_anchor_exists(reader: Reader, client: FlaskClient) -> None:
    pages = {path: reader.page(path) for path in paths()}

    links = {
        str(link["href"]) if str(link["href"]).startswith("/") else path + str(link["href"])
        for path, page in pages.items()
        for link in page.find_all(["a", "link"], href=re.compile("^[/#]"))
    }

    assert len(links) > 100
    assert all(reader.answer(path).status_code == 200 for path in pages)
    for link in links:
        path, anchor = urldefrag(link)
        found = pages.get(path)
        if found is None:
            with client.get(path, follow_redirects=True) as response:
                assert response.status_code == 200, link
                found = BeautifulSoup(response.text if anchor else "", "html.parser")
        assert not anchor or found.find(id=anchor), link


@pytest.mark.parametrize("path", paths())
def test_the_other_language_of_a_page_is_one_step_away(reader: Reader, path: str) -> None:
    page = reader.page(path)
    here, other = ("en", "de") if path.startswith("/en/") else ("de", "en")

    switch = page.select_one(f"nav.languages a[hreflang={other}]")
    named = {str(link["hreflang"]): urlsplit(str(link["href"])).path for link in page.find_all("link", hreflang=True)}

    assert switch is not None
    assert named == {here: path, other: switch["href"]}
    back = reader.page(str(switch["href"])).select_one(f"nav.languages a[hreflang={here}]")
    assert back is not None
    assert back["href"] == path


def test_both_languages_say_the_same_things() -> None:
    def shape(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: shape(below) for name, below in value.items() if name != "id"}
        return [shape(below) for below in value] if isinstance(value, list) else re.findall(r"\{\w+\}", str(value))

    folder = Path(demo_app.__file__).parent / "content" / "texts"
    german, english = (tomllib.loads((folder / f"{lang}.toml").read_text(encoding="utf-8")) for lang in LANGUAGES)

    assert shape(german) == shape(english)


def test_every_page_says_that_it_is_a_demonstration(reader: Reader) -> None:
    for path in paths():
        footer = reader.page(path).footer
        assert footer is not None
        words = " ".join(footer.text.split())
        assert re.search("Die Stadt Leinau gibt es nicht|There is no city of Leinau", words)
        assert re.search("Keine echte Plattform wird kontaktiert|No real network is contacted", words)


@pytest.mark.slow
def test_figures_are_labelled_as_demonstration_data_and_nothing_else_is(app: Flask) -> None:
    service, client = app.extensions["shariff"].service, app.test_client()
    counted = [path for path in paths() if not path.startswith("/en/")]
    service.import_pages({f"https://www.leinau.example{path}": None for path in counted})
    service.store.record(
        "facebook", {f"https://www.leinau.example{path}": Count(37) for path in counted}, service.clock()
    )

    with_figures, labelled = set(), set()
    for path in paths():
        page = soup(client, path).main
        assert page is not None
        if page.select(".share_count"):
            with_figures.add(path)
        if re.search("Demodaten|Demonstration data", page.text):
            labelled.add(path)

    assert labelled == with_figures
    assert "/aussehen" in labelled
    assert "/en/looks" not in labelled


@pytest.mark.parametrize(
    ("path", "lang", "title"), [("/nix", "de", "gibt es nicht"), ("/en/nix", "en", "no such page")]
)
def test_a_missing_page_is_shown_in_the_portals_look(client: FlaskClient, path: str, lang: str, title: str) -> None:
    response = client.get(path)
    page = BeautifulSoup(response.text, "html.parser")

    assert response.status_code == 404
    assert page.html is not None
    assert page.html["lang"] == lang
    assert page.h1 is not None
    assert title in page.h1.text
    assert page.find("nav", class_="menu")


@pytest.mark.parametrize(
    "path",
    [
        "/aktuelles/nix",
        "/veranstaltungen/2026-13",
        "/veranstaltungen/2031-01",
        "/veranstaltungen/2026-12/weihnachtsmarkt",
    ],
)
def test_an_address_with_nothing_behind_it_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_fault_of_ours_shows_no_traceback(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    @app.get("/en/kaputt")
    def broken() -> str:
        raise RuntimeError("inner workings")

    response = app.test_client().get("/en/kaputt")

    assert response.status_code == 500
    assert "Something has gone wrong" in response.text
    assert "inner workings" not in response.text
    assert "inner workings" in caplog.text
