"""One record of the journal: its format, and its place in the hash chain."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shariff_py.errors import UNREADABLE, JournalBroken

BEGINNING = "0" * 64
"""The ``previous`` of the first record."""

RETENTION = "retention"
"""The kind of record that says where the chain begins once older months were removed."""

CLOCK = "clock"
"""The kind of record by which a person says that the clock is right, however far from the records before."""

CHECKPOINT = "checkpoint"
"""The kind of record that names a checkpoint which the journal does not contain, before a new one replaces it."""

LISTS = frozenset({"pages", "headers"})
NUMBERS = frozenset({"sequence", "of", "status", "bytes", "milliseconds"})
"""The fields of a record that are not text."""

REQUIRED = frozenset({"sequence", "kind", "previous", "hash", "time"})

SEQUENCE = re.compile(rb',"sequence":([0-9]{1,18}),')

CHANGED = "is not a record of this journal: the line was changed or does not belong here."


@dataclass(frozen=True, slots=True)
class Entry:
    """One record.

    ``kind`` is ``request`` (about to be sent), ``outcome`` (of the request ``of``), ``blocked`` (refused, nothing was sent), ``torn``
    (the line before was written in part, as after a power cut; ``bytes`` and ``sha256`` are the fragment's), ``retention`` (the records
    up to ``of``, whose hash was ``sha256``, were removed because they were old), ``clock`` (a person said that the clock is right) or
    ``checkpoint`` (a checkpoint of record ``of`` with the hash ``sha256`` was replaced, which the journal does not contain).
    Fields that do not belong to a kind are empty. ``headers`` are names, never values; ``body_sha256`` is computed without secrets;
    ``origin`` is where it was sent: the host itself, or its mock server.
    """

    sequence: int
    when: datetime
    kind: str
    previous: str
    hash: str
    trigger: str = ""
    purpose: str = ""
    platform: str = ""
    method: str = ""
    host: str = ""
    path: str = ""
    origin: str = ""
    pages: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    body_sha256: str = ""
    of: int | None = None
    status: int | None = None
    bytes: int | None = None
    milliseconds: int | None = None
    error: str = ""
    sha256: str = ""
    software: str = ""

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Entry:
        """The entry of a record in the file. Fields that a later version may have added are left out."""
        known = {name: value for name, value in record.items() if name in FIELDS}
        for name in LISTS & known.keys():
            known[name] = tuple(known[name])
        return cls(when=datetime.fromisoformat(record["time"]), **known)


@dataclass(frozen=True, slots=True)
class Verified:
    """A valid chain: the number of records, and the hash of the last one, to be noted for a later comparison.

    ``torn`` are the sequence numbers before which a line was written in part; no complete record is missing there.
    ``since`` is the number of the first record that is still kept; a record says that those before were removed by retention.
    ``first`` is its time, ``removed`` that of the record which says so; both empty while all are kept.
    ``missing`` are the records asked for, each by number and hash, that are not in the chain.
    """

    records: int
    head: str
    torn: tuple[int, ...] = ()
    since: int = 1
    first: str = ""
    removed: str = ""
    missing: tuple[tuple[int, str], ...] = ()


@dataclass(slots=True)
class ChainPosition:
    """The position of a reader in the chain: after the record ``sequence``, whose hash is ``hash``; ``before`` is that of the one before it."""

    sequence: int = 0
    hash: str = BEGINNING
    before: str = BEGINNING
    since: int = 1
    first: str = ""
    removed: str = ""
    unexplained: tuple[int, str] | None = None

    def check(self, record: Mapping[str, Any], held: bytes) -> None:
        """Raise `JournalBroken` unless the record is where it belongs. ``held`` are the lines before it that are not records."""
        if self.sequence == 0 and record["sequence"] > 1 and (not held or record["kind"] == "torn"):
            self.sequence, self.hash, self.since = record["sequence"] - 1, record["previous"], record["sequence"]
            self.first = record["time"]
            self.unexplained = (self.sequence, self.hash)
        check(record, self.sequence + 1, self.hash, held)

    def advance(self, record: Mapping[str, Any]) -> None:
        """Move past a record that was checked. Only one that continues the chain explains what is missing before it: the first one
        that is there could be anybody's."""
        explains = record["kind"] == RETENTION and record["sequence"] > self.since
        if explains and (record.get("of"), record.get("sha256")) == self.unexplained:
            self.unexplained, self.removed = None, record["time"]
        self.sequence, self.hash, self.before = record["sequence"], record["hash"], record["previous"]

    def finish(self) -> None:
        """Raise `JournalBroken` where the beginning is missing and no record explains it."""
        if self.unexplained:
            raise JournalBroken(
                1,
                f"record {self.since} is in its place, and no record says that those before were removed by retention.",
            )


def check(record: Mapping[str, Any], sequence: int, previous: str, held: bytes) -> None:
    """Raise `JournalBroken` unless the record is where it belongs. ``held`` are the lines before it that are not records."""
    fragment = {name: record.get(name) for name in ("bytes", "sha256")} if record["kind"] == "torn" else None
    if held and fragment != description(held.removesuffix(b"\n")):
        raise JournalBroken(sequence, CHANGED)
    if fragment and not held:
        raise JournalBroken(
            sequence, "describes an incomplete line before it, but there is none: the line was removed."
        )
    if record["sequence"] != sequence:
        raise JournalBroken(
            sequence, f"record {record['sequence']} is in its place: records were removed, inserted or swapped."
        )
    if record["previous"] != previous:
        raise JournalBroken(sequence, "does not match the hash of the record before it: one of the two was replaced.")


def description(fragment: bytes) -> dict[str, Any]:
    return {"bytes": len(fragment), "sha256": sha256(fragment)}


def is_cut(text: bytes) -> bool:
    """Whether lines at the end of a file that are no records can be what is left of one. Where a line break follows, it is the first
    character of what was to explain them, written alone: a record begins with a brace, and before its line break it ends with one."""
    line = text.removesuffix(b"\n")
    return line == text or (line.startswith(b"{") and not line.endswith((b"}", b"\r", b"\n")))


def moment(text: str) -> datetime:
    """A time as the journal writes it. Raises `ValueError` for any other text, and where the time zone is missing."""
    when = datetime.fromisoformat(text)
    if when.tzinfo is None:
        raise ValueError("it has no time zone")
    return when


def parse(line: bytes) -> dict[str, Any] | None:
    """The record in a line: canonical JSON with a correct hash of its own. ``None`` for anything else."""
    link = link_of(line)
    record = None if link is None else decode(line)
    if link is None or record is None or canonical(record) != line.removesuffix(b"\n"):
        return None
    return record if (record["sequence"], record["hash"], record["previous"]) == link else None


def decode(line: bytes) -> dict[str, Any] | None:
    """The record in a line, its fields of the types that the journal writes. Its hash and its form are not looked at."""
    try:
        record = json.loads(line.decode("ascii"))
        if not isinstance(record, dict) or not record.keys() >= REQUIRED:
            return None
        for name, value in record.items():
            # Most fields are text, and this is done a million times.
            if name in OTHER if type(value) is str else not _fits(name, value):
                return None
        moment(record["time"])
    except (*UNREADABLE, KeyError, TypeError):
        return None
    return record


def link_of(line: bytes) -> tuple[int, str, str] | None:
    """Number, hash and previous hash of the record in a line, read from its bytes: ten times as fast as decoding it.

    ``None`` where the hash is not that of the rest of the line. No text in a record contains a quotation mark without a backslash, so
    each of the names is found as a name only.
    """
    at, before, number = line.find(b'"hash":"'), line.find(b',"previous":"'), SEQUENCE.search(line)
    if at < 0 or before < 0 or number is None:
        return None
    own, previous = line[at + 8 : at + 72], line[before + 13 : before + 77]
    if hashlib.sha256(line[:at] + line[at + 74 :].removesuffix(b"\n")).hexdigest().encode() != own:
        return None
    return int(number[1]), own.decode(), previous.decode("ascii", "replace")


def _fits(name: str, value: object) -> bool:
    """Whether a field that is not text has the type that the journal writes: integer or list of text. Those of later versions have any."""
    if name in LISTS:
        return isinstance(value, list) and all(isinstance(entry, str) for entry in value)
    if name in NUMBERS:
        return type(value) is int or (value is None and name != "sequence")
    return name not in TEXT


def canonical(record: Mapping[str, Any]) -> bytes:
    """One spelling per record: names sorted, no spaces, ASCII."""
    return json.dumps(record, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


FIELDS = frozenset(Entry.__dataclass_fields__) - {"when"}
OTHER = LISTS | NUMBERS
TEXT = (FIELDS | {"time"}) - OTHER


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
