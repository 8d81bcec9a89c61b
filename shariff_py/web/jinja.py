"""What templates call: the names of ``shariff`` and the ``|gate`` filter."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from shariff_py.consent_ui.addresses import own_or_open, own_picture
from shariff_py.consent_ui.closed_block import USUAL_LEVEL, closed_block, link_instead
from shariff_py.consent_ui.compliance_documents import accessibility_passage, processing_record
from shariff_py.consent_ui.consents import consents
from shariff_py.consent_ui.gate import gate
from shariff_py.consent_ui.lengths import LONGEST_CONTENT, MAX_GATE_BYTES, MAX_GATES
from shariff_py.consent_ui.notice import notice
from shariff_py.consent_ui.preview import Picture, Preview
from shariff_py.consent_ui.prose import linked
from shariff_py.consent_ui.share import share_bar, wanted_look
from shariff_py.errors import AddressRefused, ConfigurationError, EmbedRefused
from shariff_py.platforms.count_sources.cached_count import CachedCount
from shariff_py.platforms.public_links import complete, is_helper, is_plugin, public_link
from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import platform_of_address
from shariff_py.response_policy.integrity import later_elements, widget_element
from shariff_py.settings.services import check, ended
from shariff_py.texts import Language
from shariff_py.urls import canonical, parse
from shariff_py.web.page_context import PageContext

if TYPE_CHECKING:
    from shariff_py.gate import Gated
    from shariff_py.platforms.recognition import Embed
    from shariff_py.web.site import Site

log = logging.getLogger("shariff_py")

LIMITS = {
    "too_many_gates": f"A page has more than {MAX_GATES} gates: further content is a link. Divide it into several pages.",
    "too_long": f"Content became a link, because its address has more than {LONGEST_CONTENT} characters, or its placeholder more than "
    f"{MAX_GATE_BYTES} bytes. Copy the address from the content itself; shorten the title, the controller's name and addresses, or what the settings say of storage.",
    "picture": f"A gate goes without its picture, because the picture's address has more than {LONGEST_CONTENT} characters, or the gate would "
    f"have more than {MAX_GATE_BYTES} bytes. Give the picture a shorter address or a shorter alt.",
}
"""What the application's log says of a bound that was passed, by the code of a finding."""


class TemplateFunctions:
    """What templates call: ``{{ shariff.share() }}``, ``{{ shariff.embed(url) }}`` and so on. ``page`` gives the page being made."""

    def __init__(self, page: Callable[[], PageContext]) -> None:
        self._page = page

    def share(
        self,
        url: str | None = None,
        title: str = "",
        lang: str | None = None,
        services: Sequence[str] | None = None,
        media: str = "",
        subject: str = "",
        body: str = "",
        track: str = "",
        **look: Any,
    ) -> Markup:
        """The share bar of this page (or of ``url``), with the counts in the store. Sends no request.

        ``services`` are the links in order (default: the settings' own). ``look`` are the settings of ``[share]`` for this bar
        (``theme="color"``, ``orientation="vertical"``). ``media``, ``subject``, ``body`` and ``track`` are as in
        `shariff_py.consent_ui.share.Shared`.

        For an address that cannot be shared there is no bar, and a warning in the application's log says why; an unknown look
        is logged, too, and the settings' own is used. Services that are unknown or have ended are left out, and logged once.
        """
        page = self._page()
        site = page.site
        try:
            address = canonical(url, query_allow=site.settings.site.query_allow) if url else page.canonical_url()
        except AddressRefused as refused:
            if url or not page.url.startswith("/"):
                # That the host is unknown has been said once.
                log.warning("No share bar: %s", refused)
            return Markup("")
        try:
            wanted = wanted_look(site.settings, look)
        except ConfigurationError as error:
            site.warn_once(f"shariff.share(): {error}")
            wanted = site.settings.share
        if services is not None:
            _say_left_out(site, services)
        return share_bar(
            page.settings,
            page.language(lang),
            url=address,
            title=str(title or ""),
            counts=_known(page, address),
            services=services,
            look=wanted,
            media=media,
            subject=subject,
            body=body,
            track=track,
        )

    def embed(
        self,
        url: str,
        title: str = "",
        text: str = "",
        alternative: str | None = None,
        controller: str | None = None,
        lang: str | None = None,
        level: int = USUAL_LEVEL,
        sensitive: bool = False,
        picture: str = "",
        alt: str = "",
        **options: Any,
    ) -> Markup:
        """The gate before a post, page or video.

        ``url`` is its public address; embed code from the platform's own dialogue is accepted, too. ``title`` and ``text`` say in plain
        words what the content is, for visitors who do not load it. ``alternative`` is where the same information is found, ``controller`` the id of the page's controller, ``level`` the heading's level.
        ``picture`` is the address of a picture of the site's own (or on a host of ``gate.allow``), shown until the content is there, ``alt``
        what it shows in words (empty where it only decorates). A platform's picture is left out, and logged once. Where title or picture is not given, that is shown which the server keeps of the content (`shariff_py.previews`). ``sensitive`` marks a page on a sensitive matter, which loading content would reveal: then there is text and a link. Everything
        else is a frame parameter (``show_text=False``, ``tabs="events"``).

        An address that cannot be shown becomes text and an ordinary link, and a warning in the application's log says why.
        """
        page = self._page()
        site, words = page.site, page.language(lang)
        address, own_words = str(url or ""), str(text or "")
        wanted = {name: str(value).lower() for name, value in options.items()}
        try:
            embed, quote = _embed(address, wanted)
        except EmbedRefused as refused:
            log.warning("Not shown as an embed: %s", refused)
            return _refused(page, words, refused.address, str(title or ""), level)
        if sensitive:
            own = linked(own_words or quote)
            why = "unavailable.sensitive"
            return closed_block(site.settings, words, embed, why, str(title or ""), level) + own
        if site.settings.policy.controller(controller) is None:
            site.warn_once(
                f"No gate: there is no controller {controller or 'in the settings'!r}. Name one in controllers."
            )
        if alternative and not own_or_open(site.settings, alternative):
            site.warn_once(f"alternative={alternative!r} leads to a platform, or nowhere; the controller's is offered.")
        shown = _preview(page, embed, str(title or ""), _picture(page, str(picture or ""), str(alt or "")))
        return gate(
            page.settings,
            words,
            embed,
            title=shown.title,
            quote=linked(own_words or quote),
            controller=controller,
            alternative=alternative,
            nth=next(page.gate_numbers),
            level=level,
            page=page.url,
            picture=shown.picture,
            warn=lambda limit: site.warn_once(LIMITS[limit]),
        )

    def widget(self, modules: bool = False) -> Markup:
        """The elements that load the widget, for the head of a page: style sheet and script, with what browsers check them against.

        ``modules`` adds what the script loads itself where it is needed; a page that is sent with ``Integrity-Policy`` needs that.
        """
        settings = self._page().settings
        elements = [widget_element(settings, name) for name in ("shariff.min.css", "shariff.min.js")]
        return Markup("\n").join([*elements, *(later_elements(settings) if modules else ())])

    def consents(self, lang: str | None = None, level: int = 2) -> Markup:
        """The list of consents this visitor's browser remembers, with a button each; for the privacy page or the footer."""
        page = self._page()
        return consents(page.settings, page.language(lang), level=level)

    def channels(self, lang: str | None = None, level: int = 2) -> Markup:
        """The overview of all official channels. ``level`` is that of its headings."""
        from shariff_py.channels.overview import overview

        page = self._page()
        return overview(page.site.channels, page.site.settings, page.language(lang), level=level)

    def notice(self, lang: str | None = None, controller: str | None = None, level: int = 2) -> Markup:
        """The passage for the privacy notice, a section for each recipient and each service that is shared to; see `shariff_py.consent_ui.notice`."""
        page = self._page()
        return notice(page.site.settings, page.language(lang), controller=controller, level=level)

    def processing_record(self, lang: str | None = None, controller: str | None = None, level: int = 2) -> Markup:
        """The entry for the record of processing activities (GDPR Art. 30(1)), in German or English."""
        page = self._page()
        return processing_record(page.site.settings, page.language(lang), controller=controller, level=level)

    def accessibility_passage(self, lang: str | None = None, controller: str | None = None, level: int = 2) -> Markup:
        """The passage for the accessibility statement, in German or English."""
        page = self._page()
        return accessibility_passage(page.site.settings, page.language(lang), controller=controller, level=level)

    def gate(self, html: str, lang: str | None = None, controller: str | None = None) -> Markup:
        """The ``|gate`` filter: HTML that editors pasted, with every platform's code turned into placeholders.

        It does not sanitise: what goes in comes out as markup, as with ``|safe``.
        """
        return Markup(gated(self._page(), html, lang=lang, controller=controller).html)  # noqa: S704 - the site's own HTML, gated


def gated(page: PageContext, html: str, *, lang: str | None = None, controller: str | None = None) -> Gated:
    """HTML that editors pasted, gated for the page being made, and what was found in it.

    The policy is not relied on: what a filter returns may go into a feed, a mail or a cache, where no header of this response goes.
    """
    # An application that only shares never rewrites HTML.
    from shariff_py.gate import PageInfo, gate_page

    info = PageInfo(
        language_tag=lang or page.language_tag,
        url=page.url,
        controller=controller,
        numbers=page.gate_numbers,
        previews=page.site.previews.shown,
    )
    return gate_page(str(html or ""), page.settings, info)


def _embed(address: str, options: Mapping[str, str]) -> tuple[Embed, str]:
    """The content that an address or a piece of embed code refers to, and the text of its quote. Raises `EmbedRefused`."""
    if "<" not in address:
        return recognise(address, options), ""
    from shariff_py.gate import read_snippet

    return read_snippet(address, options)


def _preview(page: PageContext, embed: Embed, title: str, picture: Picture | None) -> Preview:
    """What the page says of the content, and where it says nothing, what the server keeps of it."""
    return Preview(title, picture).completed(page.site.previews.shown(page.settings, embed))


def _picture(page: PageContext, address: str, text: str) -> Picture | None:
    """The picture of a gate, if there is one that may be shown before a consent. One that may not is logged once."""
    if not address:
        return None
    if known := own_picture(page.settings, address, page.url):
        return Picture(known, text)
    page.site.warn_once(
        f"picture={address[:LONGEST_CONTENT]!r} is not shown: it is on a platform's host, or on one that is neither the site's own (site.hosts) nor "
        "named in gate.allow. Save the picture on the site itself, if its licence allows that, and give the address there."
    )
    return None


def _say_left_out(site: Site, names: Sequence[str]) -> None:
    """Log the first time which of the names a template gives are no way to share."""
    try:
        check(names)
    except ConfigurationError as error:
        site.warn_once(f"shariff.share(): {error}")
    if phrase := ended(names):
        site.warn_once(
            f"shariff.share(): services that have ended are left out: {phrase}. Remove them from the template."
        )


def _known(page: PageContext, address: str) -> Mapping[str, CachedCount]:
    """The stored counts of a page; none for pages that are not the site's own. The page is tracked once its response was a success."""
    try:
        known = page.site.service.counts(address)
    except AddressRefused as refused:
        log.debug("No counts: %s", refused)
        return {}
    page.shared.append(address)
    return known


def _refused(page: PageContext, words: Language, url: str, title: str, level: int) -> Markup:
    """Text, and a link where the address leads somewhere a reader would want to go: not to a widget that shows nothing."""
    parts = parse(complete(url))
    platform = platform_of_address(parts) if parts else None
    address = url
    if parts is not None and platform is not None:
        shows_nothing = is_plugin(platform, parts) or is_helper(platform, parts)
        address = public_link(platform, url) or ("" if shows_nothing else url)
    return _linked_only(
        page, words, address=address, title=title, why="unavailable.refused", level=level, platform=platform
    )


def _linked_only(
    page: PageContext,
    words: Language,
    *,
    address: str,
    title: str,
    why: str,
    level: int,
    platform: Platform | None = None,
) -> Markup:
    parts = parse(address)
    platform = platform or (platform_of_address(parts) if parts else None)
    return link_instead(
        page.site.settings,
        words,
        address=address,
        platform=platform,
        reason_key=why,
        title=title,
        level=level,
    )
