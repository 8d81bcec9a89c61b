"""The widget's files in pages: browsers check them by their hash, under an address that changes with them, and gate frames demand it."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha384
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from flask import Flask, render_template_string
from support.paths import ROOT
from werkzeug.test import Client

from shariff_py import Settings, Shariff
from shariff_py.web.assets import differing_files
from shariff_py.web.standalone import create_app
from shariff_py.web.wsgi import ShariffMiddleware

STATIC = ROOT / "static"
SDK = '<!doctype html><title>Fest</title><script src="https://connect.facebook.net/de_DE/sdk.js"></script>'
PAGE = (
    "<!doctype html><title>Fest</title>{{ shariff.widget(modules=true) }}{{ shariff.share(theme='white', services=['print', 'facebook']) }}"
    "{{ shariff.consents() }}"
)
LATER = {"shariff-fit.min.js", "shariff-opened.min.js"}


def configuration(**over: Any) -> dict[str, Any]:
    return {
        "site": {"origin": "https://www.leinau.example"}, "frame": {"secrets": ["only for these tests"]},
        "counts": {"store": "memory:", "scheduler": "outside"}, **over
    }  # fmt: skip


def elements(html: str) -> dict[str, Tag]:
    """What a page loads of the widget, by the name of the file."""
    tags = BeautifulSoup(html, "html.parser").select("link[rel=stylesheet], script")
    return {str(tag.get("href") or tag.get("src")).partition("?")[0].rpartition("/")[2]: tag for tag in tags}


def from_template(**over: Any) -> str:
    app = Flask("leinau")
    app.config["SHARIFF"] = configuration(**over)
    Shariff(app)
    app.add_url_rule("/", view_func=lambda: render_template_string(PAGE))
    return app.test_client().get("/").text


def from_middleware(**over: Any) -> str:
    app = Flask("leinau")
    app.add_url_rule("/", view_func=lambda: SDK)
    return Client(ShariffMiddleware(app, settings=Settings.from_mapping(configuration(**over)))).get("/").text


def from_frame(**over: Any) -> Any:
    return Client(create_app(Settings.from_mapping(configuration(**over)))).get("/shariff/frame/removed")


LOADED = [
    (from_template, {"shariff.min.css", "shariff.min.js", "shariff-more.min.css", "shariff-actions.min.js", "shariff-consents.min.js", *LATER}),
    (from_middleware, {"shariff-stubs.min.js"}),
    (lambda **over: from_frame(**over).text, {"shariff-frame.min.css"}),
]  # fmt: skip


@pytest.mark.parametrize(("made", "names"), LOADED)
def test_what_the_library_puts_into_pages_is_checked_by_its_hash_and_changes_its_address_with_it(
    made: Any, names: set[str]
) -> None:
    found = elements(made())

    assert found.keys() == names
    for name, tag in found.items():
        value = b64encode(sha384((STATIC / name).read_bytes()).digest()).decode()
        version = value[:8].replace("+", "-").replace("/", "_")
        address = f"/shariff/static/{name}" + ("" if name in LATER else f"?v={version}")
        assert tag["integrity"] == f"sha384-{value}"
        assert tag.get("href") or tag.get("src") == address
        assert tag.get("crossorigin") == "anonymous" or tag.get("type") == "module", (
            "an Integrity-Policy of the site's demands it"
        )


@pytest.mark.parametrize(("made", "names"), LOADED)
def test_it_can_be_switched_off_for_sites_whose_server_changes_the_files(made: Any, names: set[str]) -> None:
    found = elements(made(headers={"integrity": False}))

    assert found.keys() == names - LATER
    assert not [tag for tag in found.values() if tag.get("integrity") or "?" in str(tag.get("href") or tag.get("src"))]


def test_a_gate_frame_demands_it_unless_it_is_switched_off() -> None:
    assert from_frame().headers["Integrity-Policy"] == "blocked-destinations=(script)"
    assert "Integrity-Policy" not in from_frame(headers={"integrity": False}).headers


def test_the_sites_own_pages_are_not_made_to_demand_it() -> None:
    app = Flask("leinau")
    app.config["SHARIFF"] = configuration()
    Shariff(app)
    app.add_url_rule("/", view_func=lambda: "<p>Hallo")

    assert "Integrity-Policy" not in app.test_client().get("/").headers


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("shariff.min.js", True),
        ("shariff.min.js?v={}", True),
        ("shariff.min.js?v=ofbefore", False),
        ("shariff-opened.min.js", False),
        ("shariff-opened.min.js?v=ofbefore", False),
    ],
)
def test_a_file_is_kept_by_browsers_only_under_an_address_that_means_it(address: str, kept: bool) -> None:
    version = (
        b64encode(sha384((STATIC / "shariff.min.js").read_bytes()).digest())
        .decode()[:8]
        .replace("+", "-")
        .replace("/", "_")
    )
    client = Client(create_app(Settings.from_mapping(configuration())))

    response = client.get(f"/shariff/static/{address.format(version)}", buffered=True)

    assert response.status_code == 200
    assert ("max-age=86400" in response.headers["Cache-Control"]) == kept
    assert ("no-cache" in response.headers["Cache-Control"]) != kept


def test_a_file_that_was_changed_after_it_was_made_is_noticed(tmp_path: Path) -> None:
    for file in STATIC.glob("*.min.*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    assert differing_files(tmp_path) == []

    (tmp_path / "shariff.min.css").write_bytes((STATIC / "shariff.min.css").read_bytes().strip() + b"\n\n")
    (tmp_path / "shariff-fit.min.js").unlink()

    assert differing_files(tmp_path) == ["shariff-fit.min.js", "shariff.min.css"]
