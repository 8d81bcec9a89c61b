"""What templates call: the names of ``shariff`` and the ``|gate`` filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from itertools import count
from typing import Any

from flask import Response, current_app, request
from markupsafe import Markup

from shariff_py.channels.overview import overview
from shariff_py.errors import AddressRefused, EmbedRefused
from shariff_py.gate import Finding, Gated, gate_html, read_snippet
from shariff_py.markup.gate import gate, link_instead
from shariff_py.markup.notice import notice
from shariff_py.markup.prose import linked
from shariff_py.markup.share import share_bar
from shariff_py.platforms.exchange import StoredReading
from shariff_py.platforms.recognition import kind_of_frame, recognise
from shariff_py.platforms.register import platform_of
from shariff_py.texts import Language
from shariff_py.urls import canonical, parse
from shariff_py.web.site import Site, current_site

SHOWN = "shariff.shown"
"""Where a request keeps the pages whose share bar it showed."""


class TemplateNames:
    """What templates call: ``{{ shariff.share() }}``, ``{{ shariff.embed(url) }}`` and so on."""

    def share(self, url: str | None = None, title: str = "", lang: str | None = None) -> Markup:
        """The share bar of this page (or of ``url``), with the counts the store holds. Asks nobody anything.

        For an address that cannot be shared there is no bar, and a warning in the application's log says why.
        """
        site = current_site()
        try:
            address = canonical(url, query_allow=site.settings.site.query_allow) if url else site.page_address()
        except AddressRefused as refused:
            current_app.logger.warning("No share bar: %s", refused)
            return Markup("")
        words = site.language(lang)
        return share_bar(site.settings, words, url=address, title=str(title or ""), counts=_known(site, address))

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

        ``url`` is its public address; embed code from the platform's own dialogue is taken, too. ``title`` and ``text`` say in plain
        words what the content is, for everybody who does not load it. ``alternative`` is where the same information is found, ``controller`` the id of who answers for this page, ``level`` the heading's level. Everything else
        is a frame parameter (``show_text=False``, ``tabs="events"``).

        An address that cannot be shown becomes text and an ordinary link, and a warning in the application's log says why.
        """
        site = current_site()
        words = site.language(lang)
        address, own_words = str(url or ""), str(text or "")
        wanted = {name: str(value).lower() for name, value in options.items()}
        try:
            embed, quote = read_snippet(address, wanted) if "<" in address else (recognise(address, wanted), "")
        except EmbedRefused as refused:
            current_app.logger.warning("Not shown as an embed: %s", refused)
            return _refused(site, words, address, str(title or ""))
        return gate(
            site.mounted(),
            words,
            embed,
            title=str(title or ""),
            quote=linked(own_words or quote),
            controller=controller,
            alternative=alternative,
            nth=next(_gate_numbers()),
            level=level,
        )

    def channels(self, lang: str | None = None, level: int = 2) -> Markup:
        """The overview of all official channels. ``level`` is that of its headings."""
        site = current_site()
        return overview(site.channels, site.settings, site.language(lang), level=level)

    def notice(self, lang: str | None = None, controller: str | None = None, level: int = 2) -> Markup:
        """The passage for the privacy notice, one section for each released platform; see `shariff_py.markup.notice`."""
        site = current_site()
        return notice(site.settings, site.language(lang), controller=controller, level=level)


def gate_filter(html: str, lang: str | None = None, controller: str | None = None) -> Markup:
    """The ``|gate`` filter: HTML that editors pasted, with every platform's code turned into placeholders.

    It is no sanitiser: what goes in comes out as markup, as with ``|safe``.
    """
    return Markup(gated(html, lang=lang, controller=controller).html)  # noqa: S704 - the site's own HTML, gated


def gated(html: str, *, lang: str | None = None, controller: str | None = None) -> Gated:
    """As the filter, with the findings. Needs an application context."""
    site = current_site()
    return gate_html(
        str(html or ""),
        site.mounted(),
        language_tag=lang or site.page_language(),
        page=site.page_place(),
        controller=controller,
        numbers=_gate_numbers(),
    )


def findings(html: str) -> tuple[Finding, ...]:
    """What the filter finds in a piece of HTML."""
    return gated(html).findings


def _known(site: Site, address: str) -> Mapping[str, StoredReading]:
    """What the store knows of a page; nothing of pages that are not the site's own. The page is registered once it was answered."""
    try:
        known = site.service.counts(address)
    except AddressRefused as refused:
        current_app.logger.debug("No counts: %s", refused)
        return {}
    if request:
        request.environ.setdefault(SHOWN, []).append(address)
    return known


def register_shown(response: Response) -> Response:
    """Register the pages whose share bar was shown, if the answer was a success: an address somebody made up is none of ours."""
    if response.status_code == HTTPStatus.OK:
        for address in request.environ.get(SHOWN, ()):
            current_site().service.register(address)
    return response


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
