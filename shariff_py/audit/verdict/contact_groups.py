"""Contacts grouped by endpoint: what a report shows in one line. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from shariff_py.audit.evidence.contact import Channel, Contact, significant
from shariff_py.audit.verdict.companies import company_of
from shariff_py.audit.verdict.policy import Allowed, AuditPolicy
from shariff_py.platforms.registry import platform_of
from shariff_py.platforms.third_parties.record import ThirdParty
from shariff_py.platforms.third_parties.register import third_parties_on, third_party_at
from shariff_py.urls import parse

MOST_URLS = 50
"""Addresses kept of one endpoint; the single contacts are all in the evidence."""


@dataclass(frozen=True, slots=True)
class ContactGroup:
    """All contacts with one endpoint in one phase.

    ``platform`` is the registry's name for it or empty, ``company`` its operator or empty, ``country`` that company's seat,
    ``data_may_go_to`` the countries outside the European Economic Area that data may go to, ``unconfirmed`` which of the
    three no public source was found for (``name``, ``country``, ``data_may_go_to``). ``third_parties`` are those of the register of
    what is no content, where an address or the host alone tells which one it is. ``first`` is the time of the first contact in seconds since 1970, ``count`` their number, ``sent`` whether any of them is known to have left the browser.
    ``urls`` are the requested addresses, as logged and without repetition; ``causes`` the elements and scripts behind them, ``carried``
    what was sent besides the IP address: ``referrer``, ``cookies``, ``parameters``. ``gates`` are the numbers of the gates pressed
    before. ``why`` is the reason of a finding: ``unallowed``, ``expired``, ``phase``, ``visit``, ``headers`` or ``host``; ``rule`` the exception
    that allowed it.
    """

    phase: str
    endpoint: str
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
    data_may_go_to: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    third_parties: tuple[ThirdParty, ...] = ()

    @property
    def named(self) -> str:
        """The endpoint with what it is and who runs it, as far as that is known."""
        known = ", ".join(filter(None, (*(third_party.title for third_party in self.third_parties), self.company)))
        return f"{self.endpoint} ({known})" if known else self.endpoint


def contact_groups(
    phase: str, contacts: Iterable[Contact], policy: AuditPolicy | None = None
) -> tuple[ContactGroup, ...]:
    """The contacts grouped by endpoint, in the order in which the endpoints were first contacted."""
    by_endpoint = sorted(contacts, key=lambda contact: (contact.endpoint, contact.time))
    groups = [contact_group(phase, list(some), policy) for _, some in groupby(by_endpoint, key=lambda c: c.endpoint)]
    return tuple(sorted(groups, key=lambda group: group.first))


def contact_group(phase: str, contacts: list[Contact], policy: AuditPolicy | None) -> ContactGroup:
    """All contacts with one endpoint as one group; ``contacts`` are at least one, in order of time."""
    first = contacts[0]
    platform = platform_of(first.host)
    company = company_of(first.host, policy.companies if policy else ())
    urls = tuple(dict.fromkeys(contact.url for contact in contacts if contact.url))
    carried = {
        "referrer": any(contact.referrer for contact in contacts),
        "cookies": any(contact.cookies for contact in contacts),
        "parameters": any("?" in url for url in urls),
    }
    return ContactGroup(
        phase,
        first.endpoint,
        platform.name if platform else "",
        company.name if company else "",
        significant(tuple(contact.channel for contact in contacts)),
        urls[:MOST_URLS],
        len(contacts),
        first.time,
        any(contact.sent for contact in contacts),
        company.country if company else "",
        tuple(dict.fromkeys(contact.cause for contact in contacts if contact.cause))[:MOST_URLS],
        tuple(name for name, went in carried.items() if went),
        tuple(sorted({contact.gate for contact in contacts if contact.gate})),
        data_may_go_to=company.data_may_go_to if company else (),
        unconfirmed=company.unconfirmed if company else (),
        third_parties=_third_parties(first.host, urls),
    )


def _third_parties(host: str, urls: Iterable[str]) -> tuple[ThirdParty, ...]:
    """The third parties that were contacted: by the addresses; without any, by the host where nothing else can be meant."""
    found = [third_party_at(host, parts.path) for url in urls if (parts := parse(url))]
    if not found:
        found = [third_party_at(host)] if len(third_parties_on(host)) == 1 else []
    return tuple(dict.fromkeys(third_party for third_party in found if third_party))
