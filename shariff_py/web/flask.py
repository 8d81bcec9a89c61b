"""The Flask extension: ``Shariff(app)``, or ``shariff.init_app(app)``.

The state of one application is in ``app.extensions["shariff"]``; several applications per process are fine. Requests
below the prefix are handled in front of the application; see `shariff_py.web.own_pages`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, current_app, has_request_context, request
from werkzeug.middleware.proxy_fix import ProxyFix

from shariff_py.errors import ConfigurationError, ShariffError
from shariff_py.response_policy.pages import HTML_TYPES, gate_problems, policy_headers, size_problems
from shariff_py.service import Service
from shariff_py.settings import Settings, load, secret_strength
from shariff_py.web.jinja import TemplateFunctions
from shariff_py.web.own_pages import OwnPages
from shariff_py.web.page_context import PageContext
from shariff_py.web.request_info import RequestInfo, requested_host
from shariff_py.web.site import Site

KEY = "shariff"
"""Where an application keeps its `Site`: ``app.extensions["shariff"]``."""

PAGE = "shariff.page"
"""Where a request's environment keeps its `PageContext`."""


class Shariff:
    """Share links, gates, channels and counts for a Flask application.

    Configuration comes from ``shariff.toml``, ``SHARIFF_*`` variables and ``app.config["SHARIFF"]`` (a mapping), later over earlier; or
    pass ``settings``. ``page_language`` returns the language of the page being made (default: the site's). ``service`` is for tests and
    for applications that bring their own store.

    Raises `ConfigurationError` at start, naming the setting and the fix.
    """

    def __init__(
        self,
        app: Flask | None = None,
        *,
        settings: Settings | None = None,
        service: Service | None = None,
        page_language: Callable[[], str] | None = None,
    ) -> None:
        self._settings = settings
        self._service = service
        self._page_language = page_language
        if app is not None:
            self.init_app(app)

    def init_app(self, app: Flask) -> None:
        """Set the application up: the addresses below the prefix, the template names, the policy of its pages, the scheduler."""
        settings = _with_secret(self._settings or load(mapping=_mapping(app)), app)
        site = Site.create(settings, service=self._service, page_language=self._page_language)
        site.service.notifier.sender = app
        app.extensions[KEY] = site
        functions = TemplateFunctions(current_page)
        app.jinja_env.globals["shariff"] = functions
        app.jinja_env.filters["gate"] = functions.gate
        app.after_request(track_shared)
        app.after_request(with_policy)
        put_in_front(app, OwnPages(site))
        # Only to build addresses: url_for("shariff.static_file", name="shariff.min.js").
        app.add_url_rule(f"{settings.frame.prefix}/static/<path:name>", f"{KEY}.static_file", build_only=True)
        site.scheduler.start()


def current_site() -> Site:
    """The site of the current application. Raises `ShariffError` where the extension was not set up."""
    site = current_app.extensions.get(KEY)
    if not isinstance(site, Site):
        raise ShariffError("This application has no Shariff extension: call Shariff(app) or init_app(app) first.")
    return site


def current_page() -> PageContext:
    """The page being made: one for each request, and a new one outside of requests. Raises `ShariffError` as `current_site`."""
    site = current_site()
    if not has_request_context():
        return PageContext.of(site, None)
    page = request.environ.get(PAGE)
    if not isinstance(page, PageContext) or page.site is not site:
        page = request.environ[PAGE] = PageContext.of(site, RequestInfo.from_environ(request.environ))
    return page


def track_shared(response: Response) -> Response:
    """Note the pages whose share bar was shown, if the response was a success: a made-up address is no page of the site."""
    page = request.environ.get(PAGE)
    if isinstance(page, PageContext) and response.status_code == HTTPStatus.OK:
        for address in page.shared:
            page.site.service.discover(address, "shown")
    return response


def with_policy(response: Response) -> Response:
    """The policy headers on every page of the site, beside what it sets itself; see `shariff_py.response_policy.pages`."""
    if response.mimetype in HTML_TYPES:
        site, given = current_site(), list(response.headers)
        settings = site.mounted(request.root_path)
        for sentence in (*gate_problems(settings, given), *size_problems(settings, given)):
            site.warn_once(sentence)
        ours = policy_headers(settings, given)
        for name, value in (*ours, *_connections(site, settings, response, given, ours)):
            response.headers.add(name, value)
    return response


def _connections(
    site: Site, settings: Settings, response: Response, given: list[tuple[str, str]], ours: list[tuple[str, str]]
) -> list[tuple[str, str]]:
    if settings.headers.connections == "off" or response.status_code == HTTPStatus.NOT_MODIFIED:
        return []
    # The gate's parser is loaded where a list is made, and not with every application.
    from shariff_py.web.gated_response import MAX_BUFFERED_BYTES
    from shariff_py.web.page_connections import UNREADABLE, connection_headers, decoded

    url = site.page_url(RequestInfo.from_environ(request.environ))
    # Flask hands on its error pages as iterators, of a length that is known.
    length = response.content_length
    is_short = length is not None and length <= MAX_BUFFERED_BYTES
    streams = response.direct_passthrough or (response.is_streamed and not is_short)
    coding = response.headers.get("Content-Encoding", "")
    page = None if streams else decoded(response.get_data(), coding)
    if page is None and not streams and coding:
        site.warn_once(UNREADABLE.format(coding=coding))
        return []
    return connection_headers(settings, url, [*given, *ours], ours, page, site.warn_once)


def put_in_front(app: Flask, own: OwnPages) -> None:
    """Let ``own`` handle what is below its prefix, and the isolated host, before the application and everything installed in it.

    It goes behind a `ProxyFix`, which sets the address under which the site is reached.
    """
    outer: Any = app
    attribute = "wsgi_app"
    while isinstance(getattr(outer, attribute), ProxyFix):
        outer, attribute = getattr(outer, attribute), "app"
    rest: WSGIApplication = getattr(outer, attribute)

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        handler = own if own.answers(environ.get("PATH_INFO", ""), requested_host(environ)) else rest
        return handler(environ, start_response)

    setattr(outer, attribute, application)


def _mapping(app: Flask) -> Mapping[str, Any]:
    mapping = app.config.get("SHARIFF", {})
    if not isinstance(mapping, Mapping):
        raise ConfigurationError(
            f"is {type(mapping).__name__}, not a mapping.",
            setting='app.config["SHARIFF"]',
            cure="Write it as a dictionary.",
        )
    return mapping


def _with_secret(settings: Settings, app: Flask) -> Settings:
    """The application's own secret key signs embed tokens where no other is set; without any, nothing can be gated.

    Raises `ConfigurationError` without one, and for one that could be guessed, as for keys from any other place.
    """
    if settings.frame.secrets:
        return settings
    key = app.secret_key
    if not key:
        raise ConfigurationError(
            "there is no secret to sign gates with.",
            setting="frame.secrets",
            cure="Set SHARIFF_FRAME__SECRETS (a JSON list), SHARIFF_FRAME__SECRETS_FILE, or app.secret_key.",
        )
    text = key.decode("latin-1") if isinstance(key, bytes | bytearray) else key
    if not isinstance(text, str):
        raise ConfigurationError(
            f"is {type(text).__name__}, not text.", setting="app.secret_key", cure=secret_strength.MAKE_ONE
        )
    secret_strength.check([text], "app.secret_key", settings.own_hosts)
    return replace(settings, frame=replace(settings.frame, secrets=(text,)))
