"""The central overview of all official channels: HTML for people, a mapping for programs. Neither loads anything from a platform."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from shariff_py.channels.model import Alternative, Channel, Register, Status
from shariff_py.consent_ui.addresses import reachable
from shariff_py.consent_ui.wording import day
from shariff_py.settings.model import Settings
from shariff_py.settings.words import LocalizedText, Words, in_language
from shariff_py.texts import Language

PUBLIC = (
    "id", "platform", "handle", "url", "title", "purpose", "languages", "unit", "controller", "imprint_url", "privacy_url",
    "netiquette_url", "portal_page_url", "alternatives", "service_hours", "response_target_hours", "status", "opened_on", "closed_on",
)  # fmt: skip
"""The fields of a channel that may be published. All other fields are internal."""

LOWEST_HEADING = 6
"""HTML has no heading below it."""

SHOWN = frozenset({Status.ACTIVE, Status.DORMANT})

_TEMPLATES = Environment(
    loader=PackageLoader("shariff_py.channels"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def overview(register: Register, settings: Settings, language: Language, *, level: int = 2) -> Markup:
    """The overview as an HTML fragment: open channels by unit in the order of the register, closed ones at the end.

    ``level`` is the heading level of the units and of closed channels, open ones are one below; give the level that follows the
    heading above the fragment. Channels that have only been requested or approved are not shown: they do not exist yet.
    """
    shown = [channel for channel in register.channels if channel.status in SHOWN]
    closed = [channel for channel in register.channels if channel.status is Status.CLOSED]

    def localized(words: Words) -> LocalizedText | None:
        return in_language(words, language.code, settings.site.language)

    def link(channel: Channel) -> str:
        return reachable(settings, channel.url)

    template = _TEMPLATES.get_template("overview.html")
    html = template.render(
        units=_by_unit(shown),
        closed=closed,
        say=language.say,
        localized=localized,
        day=lambda value: day(value, language),
        link=link,
        level=min(max(level, 1), LOWEST_HEADING),
        below=min(max(level, 1) + 1, LOWEST_HEADING),
    )
    return Markup(html)  # noqa: S704 - rendered with autoescaping


def public(register: Register) -> dict[str, Any]:
    """What ``channels.json`` says: the same channels as the overview, `PUBLIC` fields only, days as ``2026-11-23``.

    Texts are objects by language. Addresses that start with a slash are pages of the site.
    """
    published = SHOWN | {Status.CLOSED}
    return {"channels": [_public(channel) for channel in register.channels if channel.status in published]}


def _public(channel: Channel) -> dict[str, Any]:
    return {name: _plain(getattr(channel, name)) for name in PUBLIC}


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(entry) for entry in value]
        case Alternative():
            return {"title": dict(value.title), "url": value.url}
        case Mapping():
            return dict(value)
    return value


def _by_unit(channels: list[Channel]) -> list[tuple[Mapping[str, str], list[Channel]]]:
    groups: list[tuple[Mapping[str, str], list[Channel]]] = []
    for channel in channels:
        known = next((members for unit, members in groups if unit == channel.unit), None)
        if known is None:
            groups.append((channel.unit, [channel]))
        else:
            known.append(channel)
    return groups
