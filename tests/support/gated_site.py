"""A Flask site with pasted code of platforms, whose requests of browsers go to a mock server."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from flask import Flask, render_template_string

from shariff_py import Shariff
from shariff_py.testing import StandIn

PAGE = """<!doctype html><html lang="de"><meta charset="utf-8"><title>Fest</title><link rel="icon" href="data:,">
{{ shariff.widget() }}<body><p>Davor</p>{{ pasted|gate }}<p>Danach</p>"""


def gated_site(
    stand_in: StandIn,
    folder: Path,
    pages: Mapping[str, str],
    platforms: Iterable[str],
    *,
    hosts: Mapping[str, str] | None = None,
    addresses: bool = False,
    platforms_settings: Mapping[str, Any] | None = None,
) -> Flask:
    """A site with a page for each path, with the code pasted there, or with ``addresses`` the content at an address. ``platforms`` are
    released, ``hosts`` is the setting ``stand_in``, ``platforms_settings`` the setting ``platforms``.
    """
    app = Flask("gated_site")
    app.config["SHARIFF"] = {
        "site": {"origin": "https://www.leinau.example", "hosts": ["127.0.0.1", "www.leinau.example"]},
        "releases": {name: {"state": "released"} for name in platforms},
        "controllers": {
            "city": {"name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}
        },
        "counts": {"store": f"sqlite:///{folder}/counts.sqlite", "scheduler": "outside"},
        "journal": {"path": str(folder / "outgoing.jsonl")},
        "frame": {"secrets": ["only for these tests"]},
        "stand_in": dict(hosts or stand_in.settings),
        "platforms": dict(platforms_settings or {}),
    }
    Shariff(app)
    for path, pasted in pages.items():
        page = PAGE.replace("pasted|gate", "shariff.embed(pasted)") if addresses else PAGE
        app.add_url_rule(path, path, lambda page=page, pasted=pasted: render_template_string(page, pasted=pasted))
    return app


def reports(stand_in: StandIn) -> list[dict[str, Any]]:
    """What the documents of the mock server reported of themselves to it, oldest first."""
    return [json.loads(received.body) for received in stand_in.received if received.path == "/stand-in/seen"]
