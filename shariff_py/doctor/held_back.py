"""Hosts that the policy of the site's pages held back, by the reports of browsers: what each is, the line that allows it, and what to do
instead. Pure.

Anybody can post made-up reports: a row here is a hint.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from shariff_py.errors import ConfigurationError
from shariff_py.platforms.registry import platform_of, platforms_on
from shariff_py.platforms.third_parties.record import ThirdParty
from shariff_py.platforms.third_parties.register import third_parties_on, third_party_at
from shariff_py.service.reports import CONNECTIONS
from shariff_py.settings import Settings
from shariff_py.settings.address_forms import check_host
from shariff_py.stores.report_store import FURTHER, UNNAMED, Reported
from shariff_py.texts import findings_language
from shariff_py.urls import host_allowed, parse

MOST_PAGES = 3
"""Pages named for one host."""

OF_A_PLATFORM = 'Gate its content: "shariff-py scan" finds it.'
NO_HOST = "It is no host: the site's own policy decides about it."
IS_ALLOWED = "gate.allow names it: the site's own policy holds it back, or did so before it was named."
OWN = "It is a host of the site: its scheme, its port or the site's own policy keeps it back."
OTHER_POLICY = "The policy of this library has no such directive: the site's own decides about it."
NOT_KEPT = "Its name was not kept, as it may belong to a person."
NO_ROOM = "Reports for which there was no room."

WITHOUT_NAME = {UNNAMED: NOT_KEPT, FURTHER: NO_ROOM}

OURS = re.compile(rf"[a-z-]+-src(?:-elem|-attr)?|{CONNECTIONS}")
"""The directives that this library's headers have, or that fall back to one of them."""


@dataclass(frozen=True, slots=True)
class HeldBack:
    """One origin, or a word such as ``inline``.

    ``titles`` are the services that it may be, ``certain`` whether nothing else comes from this host. ``enforced`` is false where the policy
    would only have held it back. ``allow`` is the line of the configuration that lets it through, empty where none does; ``instead`` says in
    the site's language what it is and what to do instead, or why no line helps.
    """

    blocked: str
    titles: tuple[str, ...]
    certain: bool
    directives: tuple[str, ...]
    pages: tuple[str, ...]
    times: int
    last: date
    enforced: bool
    allow: str
    instead: tuple[str, ...]

    @property
    def named(self) -> str:
        """What was blocked, with what it is."""
        if not self.titles:
            return self.blocked
        titles = self.titles if self.certain else (*self.titles, "another service of this host")
        *others, final = titles
        return f"{self.blocked} ({', '.join(others)} or {final})" if others else f"{self.blocked} ({final})"


def held_back(settings: Settings, rows: Iterable[Reported]) -> list[HeldBack]:
    """What was held back, one entry for each origin, most frequent first. Where both happened, what was enforced counts."""
    by_origin = groupby(sorted(rows, key=attrgetter("blocked")), key=attrgetter("blocked"))
    found = [_held_back(settings, blocked, list(some)) for blocked, some in by_origin]
    return sorted(found, key=lambda one: (-one.times, one.blocked))


def instead_of(settings: Settings, third_party: ThirdParty) -> str:
    """Which third party it is, what that is and what to do instead, in the site's language."""
    texts = findings_language(settings.site.language)
    what, instead = texts.say(f"what.{third_party.what}"), texts.say(f"instead.{third_party.instead}")
    return texts.say("line.named", platform=third_party.title, outcome=what, reason=instead)


def _held_back(settings: Settings, blocked: str, rows: Sequence[Reported]) -> HeldBack:
    parts = parse(blocked)
    host = parts.host if parts else ""
    platform = platform_of(host) if host else None
    third_parties = third_parties_on(host) if host and platform is None else ()
    sharing = [record.title for record in platforms_on(host)] if platform is None else []
    told = dict.fromkeys(instead_of(settings, third_party) for third_party in third_parties)
    directives = tuple(sorted({row.directive for row in rows if row.directive}))
    allow, why = ("", OF_A_PLATFORM) if platform else _line(settings, blocked, host, directives)
    most = sorted(rows, key=lambda row: -row.times)
    return HeldBack(
        blocked,
        (platform.title,) if platform else (*(third_party.title for third_party in third_parties), *sharing),
        platform is not None or (third_party_at(host) is not None and not sharing),
        directives,
        tuple(dict.fromkeys(row.page for row in most if row.page))[:MOST_PAGES],
        sum(row.times for row in rows),
        max(row.last for row in rows),
        any(row.enforced for row in rows),
        allow,
        (*told, *((why,) if why else ())),
    )


def _line(settings: Settings, blocked: str, host: str, directives: Iterable[str]) -> tuple[str, str]:
    """The line that allows a host, or why there is none."""
    if blocked in WITHOUT_NAME or not host:
        return "", WITHOUT_NAME.get(blocked, NOT_KEPT if "://" in blocked else NO_HOST)
    if settings.owns(host):
        return "", OWN
    if host_allowed(host, settings.gate.allow):
        return "", IS_ALLOWED
    if not any(map(OURS.fullmatch, directives)):
        return "", OTHER_POLICY
    try:
        check_host(host, "gate.allow")
    except ConfigurationError:
        return "", NOT_KEPT
    return f"gate.allow = {json.dumps([*settings.gate.allow, host], ensure_ascii=False)}", ""
