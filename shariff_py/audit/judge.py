"""Who was contacted that should not have been. Pure: a trace and the register go in, findings come out.

Before consent, after withdrawal and after a reload only the site itself may be contacted. After consent also the platforms
whose gate was opened, by the register's hosts and nothing wider.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from shariff_py.audit.contact import Channel, Contact, host_and_port, is_loopback, place_of
from shariff_py.audit.trace import Obstacle, PhaseName, Problem, Trace, within
from shariff_py.platforms.register import platform_of
from shariff_py.urls import host_is

BROWSER_HOSTS = frozenset(
    {
        "accounts.google.com",
        "clients2.google.com",
        "optimizationguide-pa.googleapis.com",
        "update.googleapis.com",
    }
)
"""Hosts that Chromium contacts on its own account, measured on an empty page; each run adds what it measures itself."""


class Verdict(StrEnum):
    """The outcome of an audit. Silence in an incomplete run proves nothing, so it is a result of its own."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FINDING = "finding"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Tally:
    """All contacts with one place in one phase.

    ``platform`` is the register's name for it or empty, ``company`` its operator or empty. ``first`` is the time of the first
    contact in seconds since 1970, ``count`` their number, ``sent`` whether any of them is known to have left the browser.
    ``urls`` are the addresses asked for, as logged and without repetition.
    """

    phase: str
    place: str
    platform: str
    company: str
    channels: tuple[Channel, ...]
    urls: tuple[str, ...]
    count: int
    first: float
    sent: bool


@dataclass(frozen=True, slots=True)
class PageResult:
    """The judgement of one page: ``findings`` were not allowed, ``expected`` were, ``noise`` is the browser's own."""

    trace: Trace
    verdict: Verdict
    findings: tuple[Tally, ...]
    expected: tuple[Tally, ...]
    noise: tuple[Tally, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """The judgement of all pages. ``baseline`` are the hosts contacted on an empty page, ``began`` is in seconds since 1970."""

    pages: tuple[PageResult, ...]
    baseline: tuple[str, ...]
    browser: str
    began: float
    idle_seconds: float

    @property
    def verdict(self) -> Verdict:
        """One finding decides; without one, one incomplete page does. No page at all is incomplete."""
        verdicts = {page.verdict for page in self.pages}
        if Verdict.FINDING in verdicts:
            return Verdict.FINDING
        return Verdict.PASS if verdicts == {Verdict.PASS} else Verdict.INCOMPLETE


FORM_SERVICE = "content-autofill.googleapis.com"
"""Chromium asks its maker about every form with a field to fill in. It does so for any page, in the page's name but without the page
being the initiator, and no page can prevent it (measured in Chromium 156)."""


def is_noise(contact: Contact, baseline: frozenset[str]) -> bool:
    """Whether the browser itself did this: a host it also contacts on an empty page, and not for any page's sake.

    The browser marks its own traffic with no site, or with the contacted host's own. `FORM_SERVICE` is the exception.
    """
    if contact.host == FORM_SERVICE:
        return not contact.initiator
    if contact.host not in BROWSER_HOSTS | baseline:
        return False
    return not contact.site or host_is(contact.host, host_and_port(contact.site)[0])


def outside(contacts: Iterable[Contact], own: frozenset[str], baseline: frozenset[str]) -> tuple[Contact, ...]:
    """The contacts with somebody other than the site itself, the browser's own traffic left out."""
    return tuple(c for c in contacts if c.place not in own and not is_noise(c, baseline))


def judge(trace: Trace, baseline: frozenset[str]) -> PageResult:
    """Judge one page. ``baseline`` are hosts measured on an empty page in the same browser."""
    findings: list[Tally] = []
    expected: list[Tally] = []
    for name in dict.fromkeys(phase.name for phase in trace.phases):
        contacts = within(trace.contacts, [phase for phase in trace.phases if phase.name == name])
        for tally in tallies(name, outside(contacts, trace.own, baseline)):
            allowed = name == PhaseName.AFTER and _agreed(tally.place, trace.declared)
            (expected if allowed else findings).append(tally)
    noise = [c for c in trace.contacts if c.place not in trace.own and is_noise(c, baseline)]
    problems = trace.problems if trace.whole else (*trace.problems, Problem(Obstacle.LOG_CUT))
    verdict = Verdict.FINDING if findings else Verdict.INCOMPLETE if problems else Verdict.PASS
    return PageResult(trace, verdict, tuple(findings), tuple(expected), tallies("", noise), problems)


def tallies(phase: str, contacts: Iterable[Contact]) -> tuple[Tally, ...]:
    """The contacts counted per place, in the order in which the places were first contacted."""
    by_place = sorted(contacts, key=lambda contact: (contact.place, contact.time))
    groups = [_tally(phase, place, list(group)) for place, group in groupby(by_place, key=lambda c: c.place)]
    return tuple(sorted(groups, key=lambda tally: tally.first))


def _tally(phase: str, place: str, contacts: list[Contact]) -> Tally:
    platform = platform_of(contacts[0].host)
    operator = platform.operator if platform else None
    return Tally(
        phase,
        place,
        platform.name if platform else "",
        operator.legal_name if operator else "",
        tuple(dict.fromkeys(contact.channel for contact in contacts)),
        tuple(dict.fromkeys(contact.url for contact in contacts if contact.url)),
        len(contacts),
        contacts[0].time,
        any(contact.sent for contact in contacts),
    )


def _agreed(place: str, declared: frozenset[str]) -> bool:
    """Whether a place belongs to what the visitor agreed to: a platform's hosts, or a stand-in for one on this machine."""
    host, _ = host_and_port(place)
    platform = platform_of(host)
    for origin in declared:
        named = host_and_port(origin)
        if is_loopback(named[0]) and place_of(*named) == place:
            return True
        if platform is not None and platform_of(named[0]) is platform:
            return True
    return False
