"""A link that opens a window shows it by an arrow, and says it to whoever hears the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from support.paths import ROOT

from shariff_py.consent_ui.frame import closed_document, frame_document
from shariff_py.consent_ui.gate import gate
from shariff_py.consent_ui.share import share_bar
from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.registry import REGISTRY
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES

POST = "https://www.facebook.com/leinau/posts/123"
WINDOW = 'target="_blank"'


def settings(state: str = "released") -> Settings:
    return Settings.from_mapping(
        {
            "frame": {"secrets": ["only for these tests"]},
            "releases": {name: {"state": state} for name, record in REGISTRY.items() if not record.is_local},
            "controllers": {"city": {"name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}},
        }
    )  # fmt: skip


def made(what: str) -> str:
    using, english, post = settings(), LANGUAGES["en"], recognise(POST)
    match what:
        case "gate":
            return gate(using, english, post)
        case "closed":
            return gate(settings("suspended"), english, post)
        case "frame":
            return frame_document(using, english, post).html
        case "closed frame":
            return closed_document(settings("suspended"), english, post).html
    return share_bar(using, english, url="https://www.leinau.example/fest", services=list(REGISTRY), counts={})


@pytest.mark.parametrize("what", ["gate", "closed", "frame", "closed frame", "share bar"])
def test_it_is_seen_and_heard(what: str) -> None:
    links = BeautifulSoup(made(what), "html.parser").select("a[target=_blank]")

    assert links
    assert [str(link) for link in links if not link.select_one(".shariff-away")] == []
    assert [link.get_text() for link in links if "opens a new window" not in link.get_text()] == []


def without_arrow(folder: Path) -> list[str]:
    texts = {file.name: file.read_text(encoding="utf-8") for file in folder.rglob("*.html")}
    return sorted(
        name
        for name, text in texts.items()
        if WINDOW in text and not {"shariff-away", "shariff-spoken"} <= set(text.replace('"', " ").split())
    )


def test_every_template_that_opens_one_shows_it() -> None:
    assert [without_arrow(ROOT / folder) for folder in ("shariff_py", "demo_app")] == [[], []]


def test_one_that_does_not_would_be_noticed(tmp_path: Path) -> None:
    (tmp_path / "link.html").write_text(f'<a href="https://example.org/" {WINDOW}>Example</a>')

    assert without_arrow(tmp_path) == ["link.html"]
