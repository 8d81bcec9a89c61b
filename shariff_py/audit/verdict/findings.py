"""Contacts counted per place: what a report says in one line. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from shariff_py.audit.evidence.contact import Channel, Contact, telling
from shariff_py.audit.verdict.companies import company_of
from shariff_py.audit.verdict.policy import Allowed, AuditPolicy
from shariff_py.platforms.registry import platform_of

MOST_URLS = 50
"""Addresses kept of one place; the single contacts are all in the evidence."""


@dataclass(frozen=True, slots=True)
class Tally:
    """All contacts with one place in one phase.

    ``platform`` is the register's name for it or empty, ``company`` its operator or empty, ``country`` that company's seat. ``first`` is the
    time of the first contact in seconds since 1970, ``count`` their number, ``sent`` whether any of them is known to have left the browser.
    ``urls`` are the addresses asked for, as logged and without repetition; ``causes`` the elements and scripts behind them, ``carried``
    what went along besides the IP address: ``referrer``, ``cookies``, ``parameters``. ``gates`` are the numbers of the gates pressed
    before. ``why`` is the reason of a finding: ``unallowed``, ``expired``, ``phase``, ``visit``, ``headers`` or ``host``; ``rule`` the exception
    that allowed it.
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
    country: str = ""
    causes: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    gates: tuple[int, ...] = ()
    why: str = ""
    rule: Allowed | None = None


def tallies(phase: str, contacts: Iterable[Contact], policy: AuditPolicy | None = None) -> tuple[Tally, ...]:
    """The contacts counted per place, in the order in which the places were first contacted."""
    by_place = sorted(contacts, key=lambda contact: (contact.place, contact.time))
    groups = [tally(phase, list(group), policy) for _, group in groupby(by_place, key=lambda c: c.place)]
    return tuple(sorted(groups, key=lambda one: one.first))


def tally(phase: str, contacts: list[Contact], policy: AuditPolicy | None) -> Tally:
    """One line for all contacts with one place."""
    first = contacts[0]
    platform = platform_of(first.host)
    company = company_of(first.host, policy.companies if policy else ())
    urls = tuple(dict.fromkeys(contact.url for contact in contacts if contact.url))
    carried = {
        "referrer": any(contact.referrer for contact in contacts),
        "cookies": any(contact.cookies for contact in contacts),
        "parameters": any("?" in url for url in urls),
    }
    return Tally(
        phase,
        first.place,
        platform.name if platform else "",
        company.name if company else "",
        telling(tuple(contact.channel for contact in contacts)),
        urls[:MOST_URLS],
        len(contacts),
        first.time,
        any(contact.sent for contact in contacts),
        company.country if company else "",
        tuple(dict.fromkeys(contact.cause for contact in contacts if contact.cause))[:MOST_URLS],
        tuple(name for name, went in carried.items() if went),
        tuple(sorted({contact.gate for contact in contacts if contact.gate})),
    )
