"""What caused a contact: joins the network log with the debugger's reports and the page's declarations. Pure.

The log names every contact, but not the element or script behind it; the debugger knows those, but misses a third of the contacts. What it
does not report is itself informative: shared workers, and messages sent while a page is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from shariff_py.audit.evidence.contact import Channel, Contact
from shariff_py.audit.evidence.declarations import Declaration

WORKER_REQUEST_KINDS = frozenset({"empty", "script"})
"""What a worker's own requests are for, in the browser's word."""


@dataclass(frozen=True, slots=True)
class ReportedRequest:
    """One request the debugger reported.

    ``kind`` is its own word for what it was for (``ping`` is a beacon), ``cause`` the element or script with its line, ``worker`` whether a
    worker sent it.
    """

    url: str
    method: str
    kind: str
    cause: str = ""
    worker: bool = False


def with_causes(
    contacts: Iterable[Contact], seen: Sequence[ReportedRequest], declared: Iterable[Declaration], own: frozenset[str]
) -> tuple[Contact, ...]:
    """The contacts with their causes, and with the channels that only the comparison reveals. ``own`` are the site's own endpoints."""
    by_address: dict[str, list[ReportedRequest]] = defaultdict(list)
    for event in seen:
        by_address[event.url].append(event)
    return tuple(_explained(contact, by_address, own) for contact in with_declared_causes(contacts, declared))


def with_declared_causes(contacts: Iterable[Contact], declared: Iterable[Declaration]) -> tuple[Contact, ...]:
    """The contacts with what the page declares of their hosts as their cause; what makes browsers act goes before what only allows it."""
    declared_at: dict[str, tuple[str, bool]] = {}
    for declaration in sorted(declared, key=lambda one: not one.acts):
        declared_at.setdefault(declaration.host, (declaration.where, declaration.acts))
    found = ((contact, *declared_at.get(contact.host, ("", False))) for contact in contacts)
    return tuple(replace(contact, cause=where, declared=acts) for contact, where, acts in found)


def _explained(contact: Contact, by_address: dict[str, list[ReportedRequest]], own: frozenset[str]) -> Contact:
    events = by_address.get(contact.url, []) if contact.url else []
    event = _match(events, contact.method)
    if event is not None:
        return replace(contact, channel=_refined(contact, event), cause=event.cause or contact.cause)
    unseen = _unseen(contact, own) if not events else contact.channel
    return replace(contact, channel=unseen)


def _match(events: list[ReportedRequest], method: str) -> ReportedRequest | None:
    """The event of a request; the last one is kept, so that repetitions (from a cache, redirected) find one too."""
    index = next((number for number, event in enumerate(events) if event.method in ("", method)), None)
    if index is None:
        return None
    return events.pop(index) if len(events) > 1 else events[index]


def _refined(contact: Contact, event: ReportedRequest) -> Channel:
    if contact.channel is not Channel.REQUEST:
        return contact.channel
    if event.kind == "ping":
        return Channel.BEACON
    return Channel.WORKER if event.worker else contact.channel


def _unseen(contact: Contact, own: frozenset[str]) -> Channel:
    """The channel of a page's request that the debugger never reported."""
    if contact.channel is not Channel.REQUEST or not contact.initiator or contact.method == "OPTIONS":
        return contact.channel
    if contact.kind not in WORKER_REQUEST_KINDS or contact.endpoint in own:
        return contact.channel
    return Channel.BEACON if contact.method == "POST" else Channel.WORKER
