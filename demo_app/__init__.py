"""The demonstration: a small portal of a city that does not exist, in German and English.

It shows what a visitor, an editor and a privacy officer see. All requests to platforms go to a mock server on this machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException

from demo_app import routes, views
from demo_app.configuration import laid_over, settings
from demo_app.languages import filters, language_of
from shariff_py import Shariff
from shariff_py.response_policy.integrity import INTEGRITY_POLICY, file_hash
from shariff_py.testing import StandIn
from shariff_py.web.flask import current_page
from shariff_py.web.jinja import gated

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
"""The policy of every page. It names no platform: what a visitor loads is in a document of its own. No script may write HTML as text or
build other scripts (Trusted Types); the widget needs neither."""

LARGEST_FORM = 250_000
"""Bytes of a posted form: the longest text a reader may paste, in the widest encoding a form gives it."""


def create_app(config: Mapping[str, Any] | None = None, *, stand_in: StandIn | None = None) -> Flask:
    """The portal as a Flask application.

    ``config`` goes over the application's configuration; its ``SHARIFF`` mapping over the demonstration's settings, table by table.
    ``stand_in`` answers in place of the platforms; without one nothing can be loaded, and the pages say so.
    """
    app = Flask(__name__)
    values = dict(config or {})
    own = values.pop("SHARIFF", {})
    app.config.from_mapping({"MAX_CONTENT_LENGTH": LARGEST_FORM, **values})
    app.config["SHARIFF"] = laid_over(settings(stand_in), own)
    app.extensions["stand_in"] = stand_in
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(filters(), gate_findings=lambda html: gated(current_page(), html).findings)
    app.jinja_env.filters["integrity"] = _integrity
    Shariff(app, page_language=lambda: language_of(request.path))
    routes.register(app)
    app.register_error_handler(HTTPException, views.error_page)
    app.after_request(_guarded)
    return app


@cache
def _integrity(name: str) -> str:
    """What a browser checks a file of the portal itself against."""
    return f"sha384-{file_hash((Path(__file__).parent / 'static' / name).read_bytes())}"


def _guarded(response: Response) -> Response:
    """Every response with the page policy, unless it has a narrower one of its own."""
    if "Content-Security-Policy" not in response.headers:
        response.headers.extend([("Content-Security-Policy", PAGE_POLICY), INTEGRITY_POLICY])
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    return response
