"""One record of the journal: its format, and its place in the hash chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shariff_py.errors import UNREADABLE, JournalBroken

BEGINNING = "0" * 64
"""The ``previous`` of the first record."""

RETENTION = "retention"
"""The kind of record that says where the chain begins once older months were removed."""

LISTS = frozenset({"pages", "headers"})
NUMBERS = frozenset({"sequence", "of", "status", "bytes", "milliseconds"})
"""The fields of a record that are not text."""

CHANGED = "is not a record of this journal: the line was changed or does not belong here."


@dataclass(frozen=True, slots=True)
class Entry:
    """One record.

    ``kind`` is ``request`` (about to be sent), ``outcome`` (of the request ``of``), ``blocked`` (refused, nothing was sent), ``torn``
    (the line before was written in part, as after a power cut; ``bytes`` and ``sha256`` are the fragment's) or ``retention`` (the records
    up to ``of``, whose hash was ``sha256``, were removed because they were old).
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
        known = {name: value for name, value in record.items() if name in cls.__dataclass_fields__}
        known["when"] = datetime.fromisoformat(record["time"])
        for name in ("pages", "headers"):
            known[name] = tuple(record.get(name, ()))
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Verified:
    """A valid chain: the number of records, and the hash of the last one, to be noted for a later comparison.

    ``torn`` are the sequence numbers before which a line was written in part; no complete record is missing there.
    ``since`` is the number of the first record that is still kept; a record says that those before were removed by retention.
    """

    records: int
    head: str
    torn: tuple[int, ...] = ()
    since: int = 1


@dataclass(slots=True)
class ChainPosition:
    """The position of a reader in the chain: after the record ``sequence``, whose hash is ``hash``."""

    sequence: int = 0
    hash: str = BEGINNING
    since: int = 1
    unexplained: tuple[int, str] | None = None

    def check(self, record: Mapping[str, Any], held: bytes) -> None:
        """Raise `JournalBroken` unless the record is where it belongs. ``held`` are the lines before it that are not records."""
        if self.sequence == 0 and record["sequence"] > 1 and (not held or record["kind"] == "torn"):
            self.sequence, self.hash, self.since = record["sequence"] - 1, record["previous"], record["sequence"]
            self.unexplained = (self.sequence, self.hash)
        check(record, self.sequence + 1, self.hash, held)

    def advance(self, record: Mapping[str, Any]) -> None:
        """Move past a record that was checked."""
        if record["kind"] == RETENTION and (record.get("of"), record.get("sha256")) == self.unexplained:
            self.unexplained = None
        self.sequence, self.hash = record["sequence"], record["hash"]

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


def parse(line: bytes) -> dict[str, Any] | None:
    """The record in a line: canonical JSON with a correct hash of its own. ``None`` for anything else."""
    try:
        record = json.loads(line)
        if not isinstance(record, dict) or canonical(record) != line.removesuffix(b"\n"):
            return None
        content = {name: value for name, value in record.items() if name != "hash"}
        if record["hash"] != sha256(canonical(content)):
            return None
        datetime.fromisoformat(record["time"])
        return record if {"sequence", "kind", "previous"} <= record.keys() and _has_valid_types(record) else None
    except (*UNREADABLE, KeyError, TypeError):
        return None


def _has_valid_types(record: Mapping[str, Any]) -> bool:
    """Whether every field has the type that the journal writes: text, integer or list of text."""
    for name in Entry.__dataclass_fields__.keys() & record.keys():
        value = record[name]
        if name in LISTS:
            fits = isinstance(value, list) and all(isinstance(entry, str) for entry in value)
        elif name in NUMBERS:
            fits = type(value) is int or (value is None and name != "sequence")
        else:
            fits = isinstance(value, str)
        if not fits:
            return False
    return True


def canonical(record: Mapping[str, Any]) -> bytes:
    """One spelling per record: names sorted, no spaces, ASCII."""
    return json.dumps(record, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
