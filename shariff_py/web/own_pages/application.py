"""The WSGI application below the prefix: a table of addresses, and the cache in front of the counts.

It needs no framework. It goes in front of the site's application, so that nothing installed there changes its responses.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.utils import send_from_directory
from werkzeug.wrappers import Request, Response

from shariff_py.web.assets import static_folder
from shariff_py.web.own_pages import counts, csp_report, gate_frame
from shariff_py.web.own_pages.response_cache import ResponseCache
from shariff_py.web.site import Site

STATIC = "static/"
STATIC_SECONDS = 86_400
"""How long a browser keeps a file of the widget."""

View = Callable[[Site, Request], Response]


class OwnPages:
    """Serves every path that begins with ``below`` (``/shariff/`` by default); any other is not found.

    Raises nothing for a bad request: the response says what is wrong with it (400 to 429).
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.below = f"{site.settings.frame.prefix}/"
        self._counts = f"{self.below}counts"
        self._cached = ResponseCache(self._respond, self._counts, lambda: site.service.generation)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        handler = self._cached if environ.get("PATH_INFO", "") == self._counts else self._respond
        return handler(environ, start_response)

    def _respond(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        try:
            response: Any = self._view(request)(self.site, request)
        except HTTPException as error:
            response = error.get_response(environ)
        body: Iterable[bytes] = response(environ, start_response)
        return body

    def _view(self, request: Request) -> View:
        if not request.path.startswith(self.below):
            raise NotFound
        name = request.path.removeprefix(self.below)
        views = ROUTES.get(STATIC if name.startswith(STATIC) else name)
        if views is None:
            raise NotFound
        method = "GET" if request.method == "HEAD" else request.method
        if method not in views:
            raise MethodNotAllowed(_allowed(views))
        return views[method]


def _allowed(views: Iterable[str]) -> list[str]:
    return [name for method in views for name in ((method, "HEAD") if method == "GET" else (method,))]


def static_file(site: Site, request: Request) -> Response:
    """A file of the widget."""
    name = request.path.removeprefix(f"{site.settings.frame.prefix}/{STATIC}")
    response = send_from_directory(static_folder(), name, request.environ, max_age=STATIC_SECONDS)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def status(site: Site, request: Request) -> Response:
    """How the proxy is doing, per platform. Contains no secret and no visitor data."""
    return _json(site.service.status())


def channels_json(site: Site, request: Request) -> Response:
    """The public form of the register of channels."""
    from shariff_py.channels.overview import public

    return _json(public(site.channels))


ROUTES: Mapping[str, Mapping[str, View]] = {
    "counts": {"GET": counts.respond, "OPTIONS": counts.preflight},
    "frame": {"GET": gate_frame.restored, "POST": gate_frame.opened},
    "frame/removed": {"GET": gate_frame.removed},
    "frame/closed": {"GET": gate_frame.closed},
    "csp-report": {"POST": csp_report.respond},
    "status": {"GET": status},
    "channels.json": {"GET": channels_json},
    STATIC: {"GET": static_file},
}
"""Each path below the prefix, and the view of each method there. ``HEAD`` is handled as ``GET``, without a body."""


def _json(value: Any) -> Response:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return Response(f"{body}\n", content_type="application/json")
