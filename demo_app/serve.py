"""The demonstration as it is served: with its mock server, and with a store and a journal that begin anew at each start."""

from __future__ import annotations

import atexit
import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, url_for

from demo_app import create_app
from demo_app.content import EVENTS, LANGUAGES, NEWS
from demo_app.months import Month
from shariff_py.testing import StandIn

ORIGIN = "SHARIFF_DEMO_ORIGIN"
"""The variable that holds the origin under which the demonstration is reached."""


def application() -> Flask:
    """The portal with a running mock server, counts already fetched once, and a scheduler."""
    stand_in = StandIn().start()
    atexit.register(stand_in.stop)
    origin = os.environ.get(ORIGIN, "http://127.0.0.1:8000")
    folder = Path("var", f"demo-{urlsplit(origin).port}")
    shutil.rmtree(folder, ignore_errors=True)
    settings = {
        "site": {"origin": origin},
        "counts": {"store": f"sqlite:///{folder}/counts.sqlite", "scheduler": "inside", "refresh_minutes": 15},
        "journal": {"path": str(folder / "outgoing.jsonl")},
    }
    app = create_app({"SHARIFF": settings}, stand_in=stand_in)
    fetch_once(app, origin)
    return app


def fetch_once(app: Flask, origin: str) -> None:
    """Track every page that has a share bar and fetch the counts of all, so that the first reader sees figures."""
    service = app.extensions["shariff"].service
    with app.test_request_context(base_url=origin):
        for lang in LANGUAGES:
            for item in NEWS[lang]:
                service.track(origin + url_for("article", lang=lang, slug=item.slug))
            for event in EVENTS[lang]:
                month = Month.of(event.first_day)
                service.track(origin + url_for("event", lang=lang, month=month, slug=event.slug))
    service.refresh(trigger="start")
