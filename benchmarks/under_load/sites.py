"""What the measured servers serve: one site behind each middleware, and as a Flask application with the extension.

They run in a process of their own, so their settings come from the environment: ``LOAD_FOLDER`` is where their store and journal are,
``LOAD_STAND_IN`` (JSON) is the setting ``stand_in``, ``LOAD_SPEED`` how many times faster than the real one their scheduler's clock runs.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response
from portal_page import EMBEDS, portal_page

from shariff_py import Shariff
from shariff_py.service import Scheduler, Service
from shariff_py.settings import Settings
from shariff_py.web.asgi import ShariffMiddleware as AsgiMiddleware
from shariff_py.web.wsgi import ShariffMiddleware as WsgiMiddleware

ORIGIN = "https://www.leinau.example"
PAGES = 300
"""How many articles the site has."""
SMALL, LONG = 30_000, 400_000
"""Characters of a page that is buffered, and of one that is streamed."""
CYCLE_SECONDS = 60.0
HTML = "text/html; charset=utf-8"


def settings() -> Settings:
    """The site's settings."""
    folder = os.environ["LOAD_FOLDER"]
    return Settings.from_mapping(
        {
            "site": {"origin": ORIGIN},
            "frame": {"secrets": ["only for measuring how servers behave under load"]},
            "releases": {"facebook": {"state": "released"}, "vk": {"state": "released"}},
            "platforms": {"facebook": {"token": "only-for-measuring", "per_hour": 1_000_000}},
            "controllers": {
                "city": {
                    "name": "Stadt Leinau",
                    "contact_url": "/kontakt",
                    "privacy_url": "/datenschutz",
                    "alternative_url": "/aktuelles",
                }
            },
            "counts": {"store": f"sqlite:///{folder}/counts.sqlite", "scheduler": "outside"},
            "journal": {"path": f"{folder}/outgoing.jsonl"},
            "stand_in": json.loads(os.environ["LOAD_STAND_IN"]),
        }
    )


KINDS = {"a": portal_page(EMBEDS, size=SMALL), "b": portal_page(size=SMALL), "c": portal_page(EMBEDS, size=LONG)}
"""The pages by the first part of their path: with three embeds, with none, and long."""


def body(path: str) -> bytes:
    """The page at a path of the site, ``/a/17``. None is kept: what is measured is not what the site itself holds."""
    return KINDS[path[1:2]].replace("Stadt Leinau", f"Stadt Leinau {path}", 1).encode()


def wsgi() -> WSGIApplication:
    """The site behind the WSGI middleware."""

    def site(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        page = body(environ["PATH_INFO"])
        start_response("200 OK", [("Content-Type", HTML)])
        return (page[place : place + 65_536] for place in range(0, len(page), 65_536))

    own = settings()
    _refresh(own)
    return WsgiMiddleware(site, settings=own)


def asgi() -> Any:
    """The site behind the ASGI middleware."""

    async def site(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise RuntimeError("This site has no lifespan.")
        page = body(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", HTML.encode())]})
        for place in range(0, len(page), 65_536):
            more = place + 65_536 < len(page)
            await send({"type": "http.response.body", "body": page[place : place + 65_536], "more_body": more})

    own = settings()
    _refresh(own)
    return AsgiMiddleware(site, settings=own)


def flask() -> WSGIApplication:
    """A Flask application with the extension: a share bar and gates on each page."""
    app = Flask("leinau")
    own = settings()
    Shariff(app, settings=own)
    parts = "".join(f"{{{{ {text!r}|gate }}}}" for text in EMBEDS)
    template = app.jinja_env.from_string(
        f"<!doctype html><title>{{{{ title }}}}</title>{{{{ shariff.share() }}}}{parts}"
    )

    @app.get("/<kind>/<int:number>")
    def page(kind: str, number: int) -> Response:
        return Response(template.render(title=f"{kind} {number}"), content_type=HTML)

    _refresh(own)
    return app


def _refresh(own: Settings) -> None:
    """Fetch the counts of all pages in a thread of this process, on a clock that runs faster than the real one."""
    began, speed = time.time(), float(os.environ["LOAD_SPEED"])
    Path(os.environ["LOAD_FOLDER"]).mkdir(parents=True, exist_ok=True)
    service = Service(own, clock=lambda: began + (time.time() - began) * speed)
    service.import_pages(dict.fromkeys(f"{ORIGIN}/{kind}/{number}" for kind in "abc" for number in range(PAGES)))
    scheduler = Scheduler(service, seconds=CYCLE_SECONDS / speed)
    # An application would leave the decision to `counts.scheduler`; here it runs beside one that has none.
    threading.Thread(target=scheduler.run, daemon=True).start()
