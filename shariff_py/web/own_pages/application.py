"""The WSGI application below the prefix: a table of addresses and of what may be sent to each, and the cache in front of the counts.

It needs no framework. It goes in front of the site's application, so that nothing installed there changes its responses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any, NamedTuple
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, abort
from werkzeug.utils import send_from_directory
from werkzeug.wrappers import Request, Response

from shariff_py.previews import FOLDER
from shariff_py.response_policy.connections import CONNECTIONS
from shariff_py.response_policy.frames import ISOLATED_FILES
from shariff_py.response_policy.integrity import LOADED_LATER, file_version
from shariff_py.service.reports import LARGEST_REPORT
from shariff_py.urls import parse
from shariff_py.web.assets import static_folder
from shariff_py.web.own_pages import counts, csp_report, gate_frame, preview_picture
from shariff_py.web.own_pages.response_cache import ResponseCache
from shariff_py.web.request_body import BodyRefused, check_length, read_unannounced
from shariff_py.web.request_info import ascii_query, requested_host
from shariff_py.web.site import Site

STATIC = "static/"
STATIC_SECONDS = 86_400
"""How long a browser keeps a file of the widget."""

NO_CONTACT = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
OWN_HEADERS = (("Content-Security-Policy", NO_CONTACT), (CONNECTIONS, "(response-origin)"))
"""On every response that has no policy of its own. A script of the page could show it in a frame, and contact from there whom the page's
own policy and list do not name."""

LEADS_ON = "shariff-server.html"
"""The file with a link to a server which the visitor has typed in, so that no list can name it."""

OPENED_ALONE = ("Cross-Origin-Opener-Policy", "noopener-allow-popups")
"""Keeps scripts of the page that opened a document out of it: from one without a list they could contact anybody, or press its link. Like
the list it is known to Chromium alone (131 and later), and used there over https and on the own machine."""

PORT = re.compile(r":[0-9]*$")

View = Callable[[Site, Request], Response]


class Route(NamedTuple):
    """The view of one method at one path, and how many bytes a body may have there; where that is 0, none is read."""

    view: View
    most_bytes: int = 0


class OwnPages:
    """Serves every path that begins with ``below`` (``/shariff/`` by default); any other is not found. On the isolated host only what a gate
    frame there needs is served, and `answers` claims all of its requests: nothing of the site may be found there.

    Raises nothing for a bad request: the response says what is wrong with it (400 to 429).
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.below = f"{site.settings.frame.prefix}/"
        self._counts = f"{self.below}counts"
        isolated = parse(site.settings.frame.isolated_origin)
        self._isolated_host = isolated.host if isolated else ""
        self._cached = ResponseCache(self._respond, self._counts, lambda: site.service.generation)

    def answers(self, path: str, host: str) -> bool:
        """Whether a request is for us: by its path below the mount point, or by its ``Host``, for the isolated host."""
        return path.startswith(self.below) or self.is_isolated(host)

    def is_isolated(self, host: str) -> bool:
        """Whether a ``Host`` is the isolated one, with whatever port, as that is no border between sites."""
        name = host.rpartition(":")[0] if PORT.search(host) else host
        return bool(self._isolated_host) and name.lower().rstrip(".") == self._isolated_host

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        cached = environ.get("PATH_INFO", "") == self._counts and not self.is_isolated(requested_host(environ))
        return (self._cached if cached else self._respond)(environ, start_response)

    def _respond(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["QUERY_STRING"] = ascii_query(environ.get("QUERY_STRING", "").encode("latin-1"))
        request = Request(environ)
        try:
            isolated = self.is_isolated(requested_host(environ))
            route = self._route(request.method, request.path, ISOLATED_ROUTES if isolated else ROUTES)
            _limit_body(request, route.most_bytes)
            response: Any = route.view(self.site, request)
        except HTTPException as error:
            response = error.get_response(environ)
        if "Content-Security-Policy" not in response.headers:
            response.headers.extend(OWN_HEADERS)
        body: Iterable[bytes] = response(environ, start_response)
        return body

    def most_bytes(self, method: str, path: str) -> int:
        """How many bytes the body of a request may have, for servers and adapters that read it before they call this application."""
        try:
            return self._route(method, path, ROUTES).most_bytes
        except HTTPException:
            return 0

    def _route(self, method: str, path: str, table: Routes) -> Route:
        if not path.startswith(self.below):
            raise NotFound
        name = path.removeprefix(self.below)
        folder = "".join(name.partition("/")[:2])
        routes = table.get(name) or table.get(folder)
        if routes is None:
            raise NotFound
        method = "GET" if method == "HEAD" else method
        if method not in routes:
            raise MethodNotAllowed(_allowed(routes))
        return routes[method]


def _limit_body(request: Request, most_bytes: int) -> None:
    """Let no view read more, and none at all of a body that is announced as longer. Raises `HTTPException`."""
    request.max_content_length = most_bytes
    environ = request.environ
    announced = environ.get("CONTENT_LENGTH")
    if not most_bytes:
        return
    try:
        check_length(announced, most_bytes)
        if environ.get("wsgi.input_terminated") and not announced:
            # Werkzeug would cut it at the limit.
            body = read_unannounced(environ["wsgi.input"], most_bytes)
            environ |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    except BodyRefused as refused:
        abort(refused.status, str(refused))


def _allowed(routes: Iterable[str]) -> list[str]:
    return [name for method in routes for name in ((method, "HEAD") if method == "GET" else (method,))]


def static_file(site: Site, request: Request) -> Response:
    """A file of the widget."""
    name = request.path.removeprefix(f"{site.settings.frame.prefix}/{STATIC}")
    version = file_version(name)
    # A file without a version in its address, or with another one, as a page of before an update has it, would be refused after one.
    asked = request.args.get("v", "" if name in LOADED_LATER else version)
    seconds = STATIC_SECONDS if asked == version else 0
    response = send_from_directory(static_folder(), name, request.environ, max_age=seconds)
    response.headers["X-Content-Type-Options"] = "nosniff"
    # A document without an origin may load the style sheet as well, whose integrity is checked.
    response.headers["Access-Control-Allow-Origin"] = "*"
    if name == LEADS_ON:
        response.headers["Content-Security-Policy"] = f"{NO_CONTACT}; script-src 'self'"
        response.headers.add(*OPENED_ALONE)
    return response


def status(site: Site, request: Request) -> Response:
    """How the proxy is doing, per platform. Contains no secret and no visitor data."""
    return _json(site.service.status())


def channels_json(site: Site, request: Request) -> Response:
    """The public form of the register of channels."""
    from shariff_py.channels.overview import public

    return _json(public(site.channels))


Routes = Mapping[str, Mapping[str, Route]]

ROUTES: Routes = {
    "counts": {"GET": Route(counts.respond), "OPTIONS": Route(counts.preflight)},
    "frame": {"GET": Route(gate_frame.restored), "POST": Route(gate_frame.opened, gate_frame.MAX_FORM_BYTES)},
    "frame/removed": {"GET": Route(gate_frame.removed)},
    "frame/closed": {"GET": Route(gate_frame.closed)},
    "csp-report": {"POST": Route(csp_report.respond, LARGEST_REPORT)},
    "status": {"GET": Route(status)},
    "channels.json": {"GET": Route(channels_json)},
    FOLDER: {"GET": Route(preview_picture.respond)},
    STATIC: {"GET": Route(static_file)},
}
"""Each path below the prefix, with a slash at its end whatever lies below it, and what is done for each method there. ``HEAD`` is handled as ``GET``, without a body."""

ISOLATED_ROUTES: Routes = {
    "frame": {
        "GET": Route(gate_frame.restored_isolated),
        "POST": Route(gate_frame.opened_isolated, gate_frame.MAX_FORM_BYTES),
    },
    "frame/removed": {"GET": Route(gate_frame.removed_isolated)},
    **{f"{STATIC}{name}": {"GET": Route(static_file)} for name in ISOLATED_FILES},
}
"""The same for the isolated host."""


def _json(value: Any) -> Response:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return Response(f"{body}\n", content_type="application/json")
