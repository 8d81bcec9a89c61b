"""Requests and what came of them, read as a stream: a journal of any size in the same memory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO

from shariff_py.errors import JournalBroken
from shariff_py.journal.chain import Fragment, walk
from shariff_py.journal.months import Beginning
from shariff_py.journal.record import CHANGED, ChainPosition, decode, moment

WAITING = 4096
"""An outcome is looked for in so many records after its request. In between are only those of other requests under way."""

Record = Mapping[str, Any]
"""One record as it is in the file: the fields of `Entry`, ``time`` as text, only those that the record has."""

Exchange = tuple[Record, Record | None]
"""An attempt and its outcome: ``None`` where it was blocked, is under way or was interrupted."""

OUTCOME, TIME, OF = b'"kind":"outcome"', re.compile(rb',"time":"([^"]+)"'), re.compile(rb',"of":([0-9]+),')
REQUEST, BLOCKED = b'"kind":"request"', b'"kind":"blocked"'

BEGINNING_OF_TIME, END_OF_TIME = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which attempts are wanted: from ``since`` on, before ``until``, to a host, for a purpose, for a platform. Empty: all.

    Only the files are read that may hold something of the period. A record whose clock was wrong counts to the nearest end of its file.
    """

    since: datetime = BEGINNING_OF_TIME
    until: datetime = END_OF_TIME
    host: str = ""
    purpose: str = ""
    platform: str = ""

    def fields(self) -> tuple[bytes, ...]:
        """What is in the line of each attempt that is wanted."""
        wanted = {"host": self.host, "purpose": self.purpose, "platform": self.platform}
        return tuple(f'"{name}":{json.dumps(value)}'.encode() for name, value in wanted.items() if value)


@dataclass(frozen=True, slots=True)
class _Span:
    """A file and the time it is about: from its first record to the first of the next file."""

    file: BinaryIO
    first: datetime
    last: datetime

    def overlaps(self, wanted: Selection) -> bool:
        return self.last < self.first or (self.first < wanted.until and wanted.since <= self.last)

    def holds(self, line: bytes, wanted: Selection) -> bool:
        """Whether the record in a line is of the period."""
        found = TIME.search(line)
        try:
            when = moment(found[1].decode() if found else "")
        except ValueError:
            # Reading the record says what is wrong with it.
            return True
        if self.first <= self.last:
            when = min(max(when, self.first), self.last)
        return wanted.since <= when < wanted.until


def exchanges(files: Sequence[BinaryIO], now: datetime, wanted: Selection) -> Iterator[Exchange]:
    """The attempts that are wanted, oldest first, each with its outcome. Raises `JournalBroken` where the chain breaks in the files read."""
    spans = list(_spans(files, now))
    about = [at for at, span in enumerate(spans) if span.overlaps(wanted)]
    if not about:
        return
    first, last = about[0], about[-1]
    pairs, place, fields = _Pairs(), ChainPosition(), wanted.fields()
    whole_period = wanted.since == BEGINNING_OF_TIME and wanted.until == END_OF_TIME
    for at in range(first, len(spans)):
        span = spans[at]
        for line in walk([span.file], place, strict=False, last=at == len(spans) - 1):
            if isinstance(line, Fragment):
                continue
            if pairs:
                yield from pairs.passed(place.sequence)
            if OUTCOME in line:
                pairs.close(line, place.sequence)
            elif at <= last and (REQUEST in line or BLOCKED in line) and all(field in line for field in fields):
                if whole_period or span.holds(line, wanted):
                    pairs.open(_record(line, place.sequence))
            elif at > last and not pairs:
                return
    if first == 0:
        place.finish()
    yield from pairs.rest()


def totals(found: Iterable[Exchange]) -> dict[tuple[str, str], Total]:
    """How many attempts there were, by host and purpose."""
    counted: dict[tuple[str, str], Total] = {}
    for attempt, outcome in found:
        total = counted.setdefault((attempt.get("host", ""), attempt.get("purpose", "")), Total())
        total.add(attempt, outcome)
    return counted


@dataclass(slots=True)
class Total:
    """Of the attempts at one host for one purpose: how many were ``sent``, how many of them ``failed`` (an error, or no outcome), how many
    were ``blocked``, how many ``pages`` they were about, and the ``bytes`` of all replies."""

    sent: int = 0
    failed: int = 0
    blocked: int = 0
    pages: int = 0
    bytes: int = 0

    def add(self, attempt: Record, outcome: Record | None) -> None:
        """Count one more."""
        if attempt["kind"] == "blocked":
            self.blocked += 1
            return
        self.sent += 1
        self.pages += len(attempt.get("pages", ()))
        self.failed += outcome is None or bool(outcome.get("error"))
        self.bytes += (outcome.get("bytes") or 0) if outcome else 0


class _Pairs:
    """Attempts that wait for their outcome, in their order. An outcome that never came makes those after it wait for `WAITING` records."""

    def __init__(self) -> None:
        self._waiting: dict[int, tuple[Record, Record | None, bool]] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def open(self, attempt: Record) -> None:
        self._waiting[attempt["sequence"]] = (attempt, None, attempt["kind"] == "blocked")

    def close(self, line: bytes, sequence: int) -> None:
        found = OF.search(line)
        of = int(found[1]) if found else 0
        if of in self._waiting:
            self._waiting[of] = (self._waiting[of][0], _record(line, sequence), True)

    def passed(self, sequence: int) -> Iterator[Exchange]:
        """The attempts at the front that need not wait any more when the reader is at a record."""
        while self._waiting:
            number, (attempt, outcome, done) = next(iter(self._waiting.items()))
            if not done and sequence - number <= WAITING:
                return
            del self._waiting[number]
            yield attempt, outcome

    def rest(self) -> Iterator[Exchange]:
        """All that still wait, at the end."""
        for attempt, outcome, _ in self._waiting.values():
            yield attempt, outcome


def _spans(files: Sequence[BinaryIO], now: datetime) -> Iterator[_Span]:
    beginnings = [Beginning.of(file) for file in files]
    for at, (file, beginning) in enumerate(zip(files, beginnings, strict=True)):
        end = beginnings[at + 1].when if at + 1 < len(files) else now + timedelta(days=1)
        yield _Span(file, beginning.when, end)


def _record(line: bytes, sequence: int) -> Record:
    record = decode(line)
    if record is None:
        raise JournalBroken(sequence, CHANGED)
    return record
