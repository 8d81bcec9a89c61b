"""The Flask extension: ``Shariff(app)``, or ``shariff.init_app(app)``.

Every view is a delegation. The state of one application lives in ``app.extensions["shariff"]``; several applications per process
are fine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Flask, Response, current_app, jsonify, request, send_from_directory
from werkzeug.exceptions import RequestEntityTooLarge

from shariff_py.channels.model import Register
from shariff_py.channels.overview import public
from shariff_py.consent_ui import frame as frames
from shariff_py.errors import ConfigurationError, DescriptionRefused, StoreError
from shariff_py.response_policy.pages import obstacles, policy_headers
from shariff_py.service import Scheduler, Service
from shariff_py.service.reports import FORMATS, LARGEST_REPORT, Reports
from shariff_py.settings import Settings, load, read_channels
from shariff_py.web.assets import static_folder
from shariff_py.web.counts import respond
from shariff_py.web.jinja import TemplateNames, gate_filter, register_shown
from shariff_py.web.response_cache import Front
from shariff_py.web.site import KEY, Site, current_site

A_DAY = 86_400
PAGES = frozenset({"text/html", "application/xhtml+xml"})
LARGEST_DESCRIPTION = 16_384
"""Bytes a press may post. A description is a few hundred."""


class Shariff:
    """Share links, gates, channels and counts for a Flask application.

    Configuration comes from ``shariff.toml``, ``SHARIFF_*`` variables and ``app.config["SHARIFF"]`` (a mapping), later over earlier; or
    pass ``settings``. ``page_language`` tells the language of the page being made (default: the site's). ``service`` is the seam for
    tests and for applications that bring their own store.

    Raises `ConfigurationError` at start, naming the setting and the cure.
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
        """Set the application up: the addresses below the prefix, the template names, the scheduler."""
        settings = _with_secret(self._settings or load(mapping=_mapping(app)), app)
        service = self._service or Service(settings)
        service.notifier.sender = app
        scheduler = Scheduler(service)
        app.extensions[KEY] = Site(
            settings=settings,
            service=service,
            scheduler=scheduler,
            channels=Register.from_mapping(read_channels(settings), language=settings.site.language),
            page_language=self._page_language or (lambda: settings.site.language),
            reports=Reports(settings, service.store.reports, service.clock),
        )
        app.register_blueprint(_blueprint, url_prefix=settings.frame.prefix)
        app.after_request(register_shown)
        app.after_request(with_policy)
        app.jinja_env.globals["shariff"] = TemplateNames()
        app.jinja_env.filters["gate"] = gate_filter
        front = Front(app.wsgi_app, f"{settings.frame.prefix}/counts", lambda: service.generation)
        app.wsgi_app = front  # type: ignore[method-assign]
        scheduler.start()


def with_policy(response: Response) -> Response:
    """The policy headers on every page of the site, beside what it sets itself; see `shariff_py.response_policy.pages`."""
    if response.mimetype in PAGES and request.blueprint != KEY:
        site = current_site()
        settings, given = site.mounted(), list(response.headers)
        for sentence in obstacles(settings, given):
            site.warn_once(sentence)
        for name, value in policy_headers(settings, given):
            response.headers.add(name, value)
    return response


_blueprint = Blueprint(KEY, __name__)


@_blueprint.route("/counts", methods=["GET", "OPTIONS"], provide_automatic_options=False)
def counts() -> Response:
    """The counts of a page: ``{"facebook": 17}``; see `shariff_py.web.counts` for what else can be asked."""
    return respond(current_site(), request)


@_blueprint.post("/frame")
def frame() -> Response:
    """The gate frame. Only a press on our own page gets content; everything else gets a text, never a platform's frame."""
    site = current_site()
    shown = site.mounted()
    request.max_content_length = LARGEST_DESCRIPTION
    words = site.language(request.form.get("lang"))
    try:
        _from_our_own_frame(site)
        embed = frames.load_embed_token(request.form.get("what", ""), site.settings)
        if site.settings.policy.reason_closed(embed.record) is not None:
            raise DescriptionRefused(f"{embed.record.title} is not released.")
    except DescriptionRefused as refused:
        current_app.logger.warning("The gate frame stays closed: %s", refused)
        return _document(frames.refused_document(shown, words))
    return _document(frames.frame_document(shown, words, embed, login=bool(request.form.get("login"))))


@_blueprint.get("/frame")
def restored() -> Response:
    """What a browser gets that restores a frame by its address, as after a restart: a sentence, never content without a press."""
    site = current_site()
    response = _document(frames.removed_document(site.mounted(), site.language()))
    response.status_code = 405
    response.headers["Allow"] = "POST"
    return response


@_blueprint.get("/frame/removed")
def removed() -> Response:
    """What the frame shows once its content was removed without script."""
    site = current_site()
    return _document(frames.removed_document(site.mounted(), site.language(request.args.get("lang"))))


@_blueprint.get("/static/<path:name>")
def static_file(name: str) -> Response:
    """The widget's files."""
    response = send_from_directory(static_folder(), name, max_age=A_DAY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@_blueprint.post("/csp-report")
def csp_report() -> Response:
    """What a browser says the policy held back; see `shariff_py.service.reports`. Nothing of the visitor is kept."""
    site = current_site()
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return _note(HTTPStatus.FORBIDDEN, "Reports are taken from pages of this site only.")
    if request.mimetype not in FORMATS:
        return _note(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Send a report as {' or '.join(sorted(FORMATS))}.")
    if not site.reports.may_read():
        return _note(HTTPStatus.TOO_MANY_REQUESTS, "Too many reports in this minute.", retry=60)
    request.max_content_length = LARGEST_REPORT
    try:
        site.reports.take(request.get_data())
    except RequestEntityTooLarge:
        return _note(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A report has at most {LARGEST_REPORT} bytes.")
    except ValueError as refused:
        return _note(HTTPStatus.BAD_REQUEST, f"This report {refused}")
    except StoreError as error:
        site.warn_once(f"Reports of the policy are not kept: {error}")
        return _note(HTTPStatus.SERVICE_UNAVAILABLE, "Reports cannot be kept at the moment.", retry=60)
    return Response(status=HTTPStatus.NO_CONTENT)


@_blueprint.get("/status")
def status() -> Response:
    """How the proxy is doing, per platform. Holds no secret and nothing of any visitor."""
    return jsonify(current_site().service.status())


@_blueprint.get("/channels.json")
def channels_json() -> Response:
    """The public form of the register of channels."""
    return jsonify(public(current_site().channels))


def _from_our_own_frame(site: Site) -> None:
    """Refuse a press that came from another site or wants to fill a whole window: only a frame of our own page shows content.

    Browsers say so in ``Sec-Fetch-*`` on https, and in ``Origin`` everywhere (``null`` from pages that send no referrer).
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise DescriptionRefused("the press came from another site.")
    if request.headers.get("Sec-Fetch-Dest", "iframe") != "iframe":
        raise DescriptionRefused("the press did not come from a frame.")
    if request.headers.get("Origin", "null") not in {"null", site.own_origin(), site.settings.site.origin}:
        raise DescriptionRefused("the press came from another origin.")


def _note(status: HTTPStatus, sentence: str, *, retry: int | None = None) -> Response:
    headers = {} if retry is None else {"Retry-After": str(retry)}
    return Response(f"{sentence}\n", status, headers, content_type="text/plain; charset=utf-8")


def _document(document: frames.FrameDocument) -> Response:
    return Response(document.html, document.status, document.headers, content_type="text/html; charset=utf-8")


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
    """The application's own secret key signs descriptions where no other is set; without any, nothing can be gated."""
    if settings.frame.secrets:
        return settings
    key = app.secret_key
    if not key:
        raise ConfigurationError(
            "there is no secret to sign gates with.",
            setting="frame.secrets",
            cure="Set SHARIFF_FRAME__SECRETS (a JSON list), SHARIFF_FRAME__SECRETS_FILE, or app.secret_key.",
        )
    text = key.decode("latin-1") if isinstance(key, bytes) else key
    return replace(settings, frame=replace(settings.frame, secrets=(text,)))
