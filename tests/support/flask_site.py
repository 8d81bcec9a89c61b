"""A site made with the Flask extension: its settings, a page from a template, the press of a gate's button."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from support.golden import CONFIGURATION

FACEBOOK_POST = "https://www.facebook.com/stadt.leinau/posts/1"
PLUGIN = "https://www.facebook.com/plugins/"


def configuration(folder: Path, **over: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "site": {"origin": "https://www.leinau.example", "query_allow": ["id"]},
        # Copies, because tests change them.
        "releases": deepcopy(CONFIGURATION["releases"]),
        "controllers": deepcopy(CONFIGURATION["controllers"]),
        "counts": {"store": f"sqlite:///{folder}/counts.sqlite", "scheduler": "outside"},
        "platforms": {"facebook": {"token": "a token"}},
        "journal": {"path": str(folder / "outgoing.jsonl")},
    }
    return {**values, **over}


def page(client: FlaskClient, template: str, **values: str) -> BeautifulSoup:
    reply = client.post("/show", json={"template": template, "values": values})
    assert reply.status_code == 200
    return BeautifulSoup(reply.text, "html.parser")


def press(client: FlaskClient, soup: BeautifulSoup, **headers: str) -> Any:
    """Post what the button of the page's only gate posts."""
    form = soup.find("form")
    assert form is not None
    fields = {str(field["name"]): str(field["value"]) for field in form.find_all("input", attrs={"name": True})}
    return client.post(str(form["action"]), data=fields, headers=headers)
