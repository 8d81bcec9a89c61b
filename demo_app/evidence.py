"""What was really sent: by browsers, as the mock server recorded it, and by this server, as its journal says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Flask

from shariff_py.errors import JournalError
from shariff_py.journal import Entry
from shariff_py.testing import Received, StandIn

WATCHED = ("Referer", "Cookie")
"""Headers whose absence is worth seeing: the page's address, and anything that would identify the visitor."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One request of a browser. ``moment`` is when, in Unix seconds; ``absent`` are the `WATCHED` headers it did not carry."""

    moment: float
    when: datetime
    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """One request of this server. ``answer`` is the status of the reply or what went wrong, empty while there is neither."""

    when: datetime
    method: str
    target: str
    pages: tuple[str, ...]
    answer: str
    blocked: bool


@dataclass(frozen=True, slots=True)
class Account:
    """The journal: every request, oldest first, and whether its chain is intact. A broken journal gives no requests."""

    entries: tuple[Sent, ...]
    holds: bool

    @property
    def went_out(self) -> int:
        """How many requests were sent, the blocked ones left out."""
        return sum(not entry.blocked for entry in self.entries)


def contacts(stand_in: StandIn | None) -> list[Contact]:
    """What browsers sent to the platform, oldest first."""
    received = stand_in.received if stand_in else []
    return [_contact(record) for record in received if record.host_role == "frame"]


def requests_received(stand_in: StandIn) -> int:
    """How many requests of servers the mock server has received."""
    return sum(record.host_role == "counts" for record in stand_in.received)


def sent(app: Flask) -> Account:
    """What this server sent, as its journal says."""
    try:
        exchanges = app.extensions["shariff"].service.journal.exchanges()
        return Account(tuple(_sent(request, outcome) for request, outcome in exchanges), holds=True)
    except JournalError:
        return Account((), holds=False)


def _contact(record: Received) -> Contact:
    return Contact(
        moment=record.when,
        when=datetime.fromtimestamp(record.when).astimezone(),
        method=record.method,
        target=record.path + (f"?{record.query}" if record.query else ""),
        headers=tuple((name.title(), value) for name, value in record.headers.items()),
        absent=tuple(name for name in WATCHED if name.lower() not in record.headers),
    )


def _sent(request: Entry, outcome: Entry | None) -> Sent:
    return Sent(
        when=request.when.astimezone(),
        method=request.method,
        target=request.host + request.path,
        pages=request.pages,
        answer=str(outcome.status or outcome.error) if outcome else "",
        blocked=request.kind == "blocked",
    )
