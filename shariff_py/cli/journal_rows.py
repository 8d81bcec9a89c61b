"""Requests of the journal as lines of a file: for spreadsheets (CSV, RFC 4180) and for programs (JSON lines)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields

from shariff_py.journal import Entry, Exchange, Total

NAMES = tuple(field.name for field in fields(Entry))

ATTEMPT = ("sequence", "time", "kind", "trigger", "purpose", "platform", "method", "host", "path", "origin", "pages")
OUTCOME = ("status", "bytes", "milliseconds", "error")
"""The columns of an export: fields of the attempt, and of its outcome."""


TOTALS = ("host", "purpose", "requests", "failed", "blocked", "pages", "bytes")


class Counted:
    """A stream of exchanges that counts how ``many`` have passed."""

    def __init__(self, exchanges: Iterable[Exchange]) -> None:
        self.many = 0
        self._exchanges = exchanges

    def __iter__(self) -> Iterator[Exchange]:
        for exchange in self._exchanges:
            self.many += 1
            yield exchange


def as_objects(entries: Iterable[Entry]) -> Iterator[str]:
    """Each record as a JSON object in a line."""
    write = json.JSONEncoder(ensure_ascii=False, default=str).encode
    for entry in entries:
        yield write({name: getattr(entry, name) for name in NAMES}) + "\n"


def total_rows(counted: Mapping[tuple[str, str], Total]) -> list[tuple[str | int, ...]]:
    """A row for each host and purpose, in the columns `TOTALS`."""
    return [
        (host, purpose, total.sent, total.failed, total.blocked, total.pages, total.bytes)
        for (host, purpose), total in sorted(counted.items())
    ]


def _csv(exchanges: Iterable[Exchange]) -> Iterator[bytes]:
    """A heading, and a line for each request."""
    line = io.StringIO()
    writer = csv.writer(line)
    for row in _rows(exchanges):
        line.seek(0)
        line.truncate()
        writer.writerow(row)
        yield line.getvalue().encode()


def _rows(exchanges: Iterable[Exchange]) -> Iterator[list[object]]:
    yield [*ATTEMPT, *OUTCOME]
    for attempt, outcome in exchanges:
        of = [attempt.get(name, "") for name in ATTEMPT[:-1]]
        yield [*of, " ".join(attempt.get("pages", ())), *((outcome or attempt).get(name, "") for name in OUTCOME)]


def _jsonl(exchanges: Iterable[Exchange]) -> Iterator[bytes]:
    """An object for each request."""
    write = json.JSONEncoder(ensure_ascii=False, default=str).encode
    for attempt, outcome in exchanges:
        of = {name: attempt.get(name) for name in ATTEMPT}
        yield (write({**of, **{name: (outcome or attempt).get(name) for name in OUTCOME}}) + "\n").encode()


FORMATS: Mapping[str, Callable[[Iterable[Exchange]], Iterator[bytes]]] = {"csv": _csv, "jsonl": _jsonl}
"""The formats of an export, by name: the first line of ``csv`` is a heading."""
