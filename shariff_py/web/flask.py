"""The Flask extension: ``Shariff(app)``, or ``shariff.init_app(app)``.

Every view is a delegation. The state of one application lives in ``app.extensions["shariff"]``; several applications per process
are fine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from flask import Blueprint, Flask, Response, current_app, jsonify, request, send_from_directory
from markupsafe import Markup

from shariff_py.channels.model import Register
from shariff_py.channels.overview import overview, public
from shariff_py.errors import AddressRefused, ConfigurationError, DescriptionRefused, EmbedRefused, ShariffError
from shariff_py.gate import Finding, Gated, gate_html, read_snippet
from shariff_py.markup import frame as frames
from shariff_py.markup.gate import gate, link_instead
from shariff_py.markup.notice import notice
from shariff_py.markup.prose import linked
from shariff_py.markup.share import share_bar
from shariff_py.platforms.exchange import StoredReading
from shariff_py.platforms.recognition import kind_of_frame, recognise
from shariff_py.platforms.register import platform_of
from shariff_py.service import Scheduler, Service
from shariff_py.settings import Settings, load, read_channels
from shariff_py.texts import Language, language
from shariff_py.urls import canonical, parse
from shariff_py.web.assets import static_folder

KEY = "shariff"
A_DAY = 86_400
LARGEST_DESCRIPTION = 16_384
"""Bytes a press may post. A description is a few hundred."""


@dataclass(frozen=True, slots=True)
class Site:
    """What one application has: its settings, its service, its channels, and how to tell the language of the page being made."""

    settings: Settings
    service: Service
    channels: Register
    page_language: Callable[[], str]

    def language(self, tag: str | None = None) -> Language:
        """The language of the page, by tag or as the application tells it."""
        return language(tag or self.page_language(), self.settings.site.language)

    def page_place(self) -> str:
        """Where the page being made stands: the site's origin and the path. Empty outside a request."""
        if not request:
            return ""
        return (self.settings.site.origin or request.host_url.rstrip("/")) + request.root_path + request.path

    def page_address(self) -> str:
        """The page's canonical address, with only the query allowed by name. Raises `AddressRefused` for one that cannot be used."""
        query = request.query_string.decode("ascii", "replace")
        address = self.page_place() + (f"?{query}" if query else "")
        return canonical(address, query_allow=self.settings.site.query_allow)


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
        app.extensions[KEY] = Site(
            settings=settings,
            service=service,
            channels=Register.from_mapping(read_channels(settings), language=settings.site.language),
            page_language=self._page_language or (lambda: settings.site.language),
        )
        app.register_blueprint(_blueprint, url_prefix=settings.frame.prefix)
        app.after_request(without_lookups)
        app.jinja_env.globals["shariff"] = TemplateNames()
        app.jinja_env.filters["gate"] = gate_filter
        Scheduler(service).start()


class TemplateNames:
    """What templates call: ``{{ shariff.share() }}``, ``{{ shariff.embed(url) }}`` and so on."""

    def share(self, url: str | None = None, title: str = "", lang: str | None = None) -> Markup:
        """The share bar of this page (or of ``url``), with the counts the store holds. Asks nobody anything.

        For an address that cannot be shared there is no bar, and a warning in the application's log says why.
        """
        site = _site()
        try:
            address = canonical(url, query_allow=site.settings.site.query_allow) if url else site.page_address()
        except AddressRefused as refused:
            current_app.logger.warning("No share bar: %s", refused)
            return Markup("")
        return share_bar(site.settings, site.language(lang), url=address, title=title, counts=_known(site, address))

    def embed(
        self,
        url: str,
        title: str = "",
        text: str = "",
        alternative: str | None = None,
        controller: str | None = None,
        lang: str | None = None,
        level: int = 2,
        **options: Any,
    ) -> Markup:
        """The gate before a post, page or video.

        ``url`` is its public address; embed code from the platform's own dialogue is taken, too. ``title`` and ``text`` say in plain words what the content is, for everybody who does not load it. ``alternative`` is where the
        same information is found, ``controller`` the id of who answers for this page, ``level`` the heading's level. Everything else
        is a frame parameter (``show_text=False``, ``tabs="events"``).

        An address that cannot be shown becomes text and an ordinary link, and a warning in the application's log says why.
        """
        site = _site()
        words = site.language(lang)
        try:
            if "<" in url:
                embed, quote = read_snippet(url)
                text = text or quote
            else:
                embed = recognise(url, {name: str(value).lower() for name, value in options.items()})
        except EmbedRefused as refused:
            current_app.logger.warning("Not shown as an embed: %s", refused)
            return _refused(site, words, url, title)
        closed = site.settings.policy.reason_closed(embed.record, controller)
        if closed is not None:
            return link_instead(
                site.settings,
                words,
                address=embed.address,
                platform_title=embed.record.title,
                reason_key=closed,
                title=title,
            )
        return gate(
            site.settings,
            words,
            embed,
            title=title,
            quote=linked(text),
            controller=controller,
            alternative=alternative,
            nth=next(_gate_numbers()),
            level=level,
        )

    def channels(self, lang: str | None = None, level: int = 2) -> Markup:
        """The overview of all official channels. ``level`` is that of its headings."""
        site = _site()
        return overview(site.channels, site.settings, site.language(lang), level=level)

    def notice(self, lang: str | None = None, controller: str | None = None, level: int = 2) -> Markup:
        """The passage for the privacy notice, one section for each released platform; see `shariff_py.markup.notice`."""
        site = _site()
        return notice(site.settings, site.language(lang), controller=controller, level=level)


def without_lookups(response: Response) -> Response:
    """Keep browsers from looking up the names of links before anybody follows them.

    On pages served over plain http Chromium does so for every link by itself, and the look-up tells which platforms a page
    mentions (measured in Chromium 156). An application that sets the header itself is left alone.
    """
    response.headers.setdefault("X-DNS-Prefetch-Control", "off")
    return response


def gate_filter(html: str, lang: str | None = None, controller: str | None = None) -> Markup:
    """The ``|gate`` filter: HTML that editors pasted, with every platform's code turned into placeholders."""
    return Markup(gated(html, lang=lang, controller=controller).html)  # noqa: S704 - the site's own HTML, gated


def gated(html: str, *, lang: str | None = None, controller: str | None = None) -> Gated:
    """As the filter, with the findings. Needs an application context."""
    site = _site()
    return gate_html(
        str(html),
        site.settings,
        language_tag=lang or site.page_language(),
        page=site.page_place(),
        controller=controller,
        numbers=_gate_numbers(),
    )


def findings(html: str) -> tuple[Finding, ...]:
    """What the filter finds in a piece of HTML."""
    return gated(html).findings


_blueprint = Blueprint(KEY, __name__)


@_blueprint.get("/counts")
def counts() -> Response:
    """The counts of a page as heise's Shariff clients expect them: ``{"facebook": 17}``; ``null`` for an address that is not ours."""
    site = _site()
    try:
        address = site.service.register(request.args.get("url", ""))
    except AddressRefused:
        return jsonify(None)
    known = site.service.counts(address)
    return jsonify({name: reading.value for name, reading in known.items() if reading.value is not None})


@_blueprint.post("/frame")
def frame() -> Response:
    """The gate frame. Only a press on our own page gets content; everything else gets a text, never a platform's frame."""
    site = _site()
    request.max_content_length = LARGEST_DESCRIPTION
    words = site.language(request.form.get("lang"))
    try:
        if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            raise DescriptionRefused("the press came from another site.")
        embed = frames.unseal(request.form.get("what", ""), site.settings)
        if site.settings.policy.reason_closed(embed.record) is not None:
            raise DescriptionRefused(f"{embed.record.title} is not released.")
    except DescriptionRefused as refused:
        current_app.logger.warning("The gate frame stays closed: %s", refused)
        return _document(frames.refused_document(site.settings, words))
    return _document(frames.frame_document(site.settings, words, embed))


@_blueprint.get("/frame")
def restored() -> Response:
    """What a browser gets that restores a frame by its address, as after a restart: a sentence, never content without a press."""
    site = _site()
    response = _document(frames.removed_document(site.settings, site.language()))
    response.status_code = 405
    response.headers["Allow"] = "POST"
    return response


@_blueprint.get("/frame/removed")
def removed() -> Response:
    """What the frame shows once its content was removed without script."""
    site = _site()
    return _document(frames.removed_document(site.settings, site.language(request.args.get("lang"))))


@_blueprint.get("/static/<path:name>")
def static_file(name: str) -> Response:
    """The widget's files."""
    response = send_from_directory(static_folder(), name, max_age=A_DAY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@_blueprint.get("/status")
def status() -> Response:
    """How the proxy is doing, per platform. Holds no secret and nothing of any visitor."""
    return jsonify(_site().service.status())


@_blueprint.get("/channels.json")
def channels_json() -> Response:
    """The public form of the register of channels."""
    return jsonify(public(_site().channels))


def _known(site: Site, address: str) -> Mapping[str, StoredReading]:
    """What the store knows of a page; nothing of pages that are not the site's own."""
    try:
        return site.service.counts(site.service.register(address))
    except AddressRefused as refused:
        current_app.logger.debug("No counts: %s", refused)
        return {}


def _document(document: frames.FrameDocument) -> Response:
    return Response(document.html, document.status, document.headers, content_type="text/html; charset=utf-8")


def _refused(site: Site, words: Language, url: str, title: str) -> Markup:
    """Text, and a link where the address leads somewhere a reader would want to go: not to a widget that shows nothing."""
    parts = parse(url.strip())
    platform = platform_of(parts.host) if parts else None
    readable = parts is not None and not (platform and kind_of_frame(platform, parts))
    return link_instead(
        site.settings,
        words,
        address=url if readable else "",
        platform_title=platform.title if platform else "",
        reason_key="closed.refused",
        title=title,
    )


def _gate_numbers() -> Iterator[int]:
    """The numbers of the gates on the page being made, however they come onto it: each frame needs a name of its own."""
    if not request:
        return count(1)
    numbers: Iterator[int] = request.environ.setdefault("shariff.gates", count(1))
    return numbers


def _site() -> Site:
    site = current_app.extensions.get(KEY)
    if not isinstance(site, Site):
        raise ShariffError("This application has no Shariff extension: call Shariff(app) or init_app(app) first.")
    return site


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
