"""What stands in place of content that is not available here: what it is, why, and an ordinary link to it. Never a frame."""

from __future__ import annotations

from markupsafe import Markup

from shariff_py.consent_ui.addresses import reachable
from shariff_py.consent_ui.lengths import TITLE_BYTES, shortened
from shariff_py.consent_ui.templating import render
from shariff_py.consent_ui.wording import kind_of
from shariff_py.platforms.recognition import Embed
from shariff_py.platforms.record import Platform
from shariff_py.settings.model import Settings
from shariff_py.texts import Language
from shariff_py.urls import parse

USUAL_LEVEL = 3
"""Of the heading of a block or gate, where nothing is known of the headings around it: content stands in a section of a page."""


def closed_block(settings: Settings, language: Language, embed: Embed, reason: str, title: str, level: int) -> Markup:
    """The block in place of a gate that may not be offered; ``reason`` is the key of a text."""
    return link_instead(
        settings,
        language,
        address=embed.address,
        platform=embed.record,
        reason_key=reason,
        shown_as=embed.kind_record.shown_as,
        title=title,
        level=level,
    )


def link_instead(
    settings: Settings,
    language: Language,
    *,
    address: str,
    platform: Platform | None,
    reason_key: str,
    shown_as: str = "",
    title: str = "",
    level: int = USUAL_LEVEL,
) -> Markup:
    """Text and an ordinary link, for content that is not available.

    ``reason_key`` is the key of a text (``unavailable.suspended``), ``shown_as`` what the content is, where that is known, ``platform`` is ``None`` for one we do not know. The link names the host
    it leads to where that is not the platform's own: of an unknown one, and where anybody can run a server. An ``address`` that is not
    http(s) gives the text alone.
    """
    link = reachable(settings, address)
    parts = parse(link) if link else None
    host = parts.host if parts else ""
    shown = platform.title if platform else host
    leads_to = host if platform is None or platform.any_server else platform.title
    return render(
        "unavailable.html",
        language,
        link=link,
        leads_to=leads_to,
        platform=shown,
        kind=kind_of(platform, shown_as, language) if platform is not None and shown_as else shown,
        reason=reason_key,
        title=shortened(title, TITLE_BYTES),
        level=min(max(level, 1), 6),
    )
