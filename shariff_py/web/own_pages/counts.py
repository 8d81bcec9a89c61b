"""``GET counts?url=``: read from the store, in one of three formats, cacheable, open to the origins that are listed (CORS)."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from http import HTTPStatus

from werkzeug.wrappers import Request, Response

from shariff_py.errors import AddressRefused
from shariff_py.settings import Settings
from shariff_py.web.own_pages import count_formats
from shariff_py.web.own_pages.count_formats import FormattedCounts, Known
from shariff_py.web.own_pages.response_cache import CANONICAL
from shariff_py.web.site import Site

STALE_SECONDS = 600
"""How long a cache may serve a stale response while it fetches the next."""

FAILED_SECONDS = 86_400
"""How long it may do so where this server does not respond."""

PREFLIGHT_SECONDS = 86_400
METHODS = "GET, HEAD, OPTIONS"
PARAMETERS = frozenset({"url", "services", "strict", "timestamp"})
"""What the clients of either format ask with."""

ALLOWED_HEADERS = "accept, content-type, if-modified-since, if-none-match"
"""What a page of another origin may send along. heise's client sends ``Content-Type``, which makes browsers send a preflight."""


def respond(site: Site, request: Request) -> Response:
    """The counts of a page. Sends no request; the page is tracked where ``counts.learn`` says so."""
    formatted, known = _format_counts(site, request)
    response = _cacheable(formatted, known, site.settings)
    if formatted.status == HTTPStatus.OK:
        # Conditions are for what would else be a success (RFC 9110, section 13.2.1): an error stays one.
        response.make_conditional(request.environ)
    return _with_cors(response, site.settings, request)


def preflight(site: Site, request: Request) -> Response:
    """The reply to a preflight, which a browser sends before a request by a script of another origin (Fetch, CORS preflight)."""
    response = Response(status=HTTPStatus.NO_CONTENT)
    response.headers["Allow"] = METHODS
    return _with_cors(response, site.settings, request)


def _format_counts(site: Site, request: Request) -> tuple[FormattedCounts, Known]:
    url, services = request.args.get("url", ""), request.args.get("services")
    known: Known = {}
    refused: AddressRefused | None = None
    page = ""
    try:
        page = site.service.canonical(url)
        site.service.discover(page, "asked")
        known = site.service.counts(page)
        # Only what is asked for as it is kept is worth keeping: spellings of one page, and pages of nobody, are without number.
        request.environ[CANONICAL] = url == page and set(request.args) <= PARAMETERS
    except AddressRefused as error:
        refused = error
    if services is not None:
        wrong = count_formats.wrapper_problem(url, services, refused)
        return wrong or count_formats.wrapper(known, services.split("|"), page), known
    if refused is None:
        return count_formats.heise(known), known
    strict = request.args.get("strict") == "1"
    return count_formats.problem(url, refused) if strict else count_formats.heise_refused(), known


def _cacheable(formatted: FormattedCounts, known: Known, settings: Settings) -> Response:
    """The response with the headers a cache needs. The tag is made of the content alone, so it is the same for all clients."""
    body = json.dumps(formatted.content, separators=(",", ":")).encode()
    response = Response(body, formatted.status, content_type=formatted.content_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = _cache_control(settings.counts.cache_seconds)
    response.set_etag(hashlib.sha256(body).hexdigest()[:16])
    # A number that was dropped for its age has changed the content, at an unknown time.
    if (times := [count.newest_at for count in known.values() if count.value is not None]) and not any(
        count.reason == "too-old" for count in known.values()
    ):
        response.last_modified = datetime.fromtimestamp(max(times), UTC)
    return response


def _cache_control(seconds: int) -> str:
    if not seconds:
        return "no-cache"
    return f"public, max-age={seconds}, stale-while-revalidate={STALE_SECONDS}, stale-if-error={FAILED_SECONDS}"


def _with_cors(response: Response, settings: Settings, request: Request) -> Response:
    """Let the scripts of listed origins read it, without cookies (Fetch, CORS protocol). ``Vary`` in any case: caches serve it to others."""
    origins = {settings.site.origin, *settings.counts.origins} - {""}
    if not origins:
        return response
    response.vary.add("Origin")
    origin = request.headers.get("Origin", "")
    if origin in origins:
        response.headers["Access-Control-Allow-Origin"] = origin
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = METHODS
            response.headers["Access-Control-Allow-Headers"] = ALLOWED_HEADERS
            response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
    return response
