"""The journal of outgoing requests: what this server sent out, to whom, why, and what came of it.

One JSON object per line, appended and brought to the disk before the request is sent. Each record holds the SHA-256 of the record
before it, so a changed, removed, inserted or swapped line is found. Whoever can write the file could still cut off its end or
write it all anew; an officer who noted the head of the chain on an earlier day finds that out too (``verify(head=...)``).

Nothing of a visitor is ever in it: no address, browser, cookie, time of a visit; nor a token (GDPR Art. 5(1)(c), Art. 32).
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from filelock import FileLock, Timeout

from shariff_py.errors import JournalBroken, JournalError

BEGINNING = "0" * 64
"""What the first record holds in place of the hash of a record before it."""

PATIENCE_SECONDS = 10.0
"""How long to wait for another process that is writing. A record takes a few milliseconds."""

LISTS = frozenset({"pages", "headers"})
NUMBERS = frozenset({"sequence", "of", "status", "bytes", "milliseconds"})
"""Fields of a record that are no text."""

CHUNK = 65_536
CHANGED = "is no record of this journal: the line was changed or does not belong here."


@dataclass(frozen=True, slots=True)
class Entry:
    """One record.

    ``kind`` is ``request`` (about to be sent), ``outcome`` (what came of the request ``of``), ``blocked`` (refused, nothing was sent)
    or ``torn`` (the line before was cut short, as by a power cut; ``bytes`` and ``sha256`` are the fragment's).
    Fields that do not belong to a kind are empty. ``headers`` are names, never values; ``body_sha256`` is taken without secrets;
    ``origin`` is where it was sent: the host itself, or its stand-in.
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
        """The entry of a record as it stands in the file. Fields that a later version may have added are left out."""
        known = {name: value for name, value in record.items() if name in cls.__dataclass_fields__}
        known["when"] = datetime.fromisoformat(record["time"])
        for name in ("pages", "headers"):
            known[name] = tuple(record.get(name, ()))
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Verified:
    """A chain that holds: how many records, and the hash of the last one, to be noted for a later comparison.

    ``torn`` are the sequence numbers at whose place a line was cut short while it was written; nothing whole is missing there.
    """

    records: int
    head: str
    torn: tuple[int, ...] = ()


class Journal:
    """The journal in one file, shared by all threads and processes of a machine. ``clock`` gives Unix seconds.

    The file and its folder are created with the first record. Every method raises `JournalError` where the file cannot be used.
    """

    def __init__(self, path: str | Path, *, clock: Callable[[], float] = time.time) -> None:
        self.path = Path(path)
        self._clock = clock

    def __repr__(self) -> str:
        return f"Journal({str(self.path)!r})"

    def append(self, kind: str, facts: Mapping[str, Any]) -> int:
        """Add a record and return its sequence number. When this returns, the record is on the disk.

        Raises `JournalError` when it is not, and `JournalBroken` when the file's last record does not hold: nothing is added to a
        journal that was tampered with.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # A lock of its own for each record: one that is kept could not be used in a forked child.
            with FileLock(f"{self.path}.lock", timeout=PATIENCE_SECONDS):
                return self._append(kind, facts)
        except (OSError, Timeout) as error:
            why = "another process has been writing for too long" if isinstance(error, Timeout) else error
            raise JournalError(
                f"the journal {str(self.path)!r} cannot be written: {why}. Check that the file and its folder can be written by "
                "the user the application runs as, and that the disk is not full."
            ) from error

    def entries(self) -> Iterator[Entry]:
        """All records, oldest first. Raises `JournalBroken` at the first one that does not hold."""
        for record in self._chain():
            if isinstance(record, dict):
                yield Entry.from_record(record)

    def exchanges(self) -> list[tuple[Entry, Entry | None]]:
        """Every attempt, oldest first, with its outcome: ``None`` for what was blocked, is under way or was interrupted."""
        found = list(self.entries())
        outcomes = {entry.of: entry for entry in found if entry.kind == "outcome"}
        return [(entry, outcomes.get(entry.sequence)) for entry in found if entry.kind in {"request", "blocked"}]

    def verify(self, *, head: str | None = None) -> Verified:
        """Check the whole chain.

        ``head`` is the head noted on an earlier day: a journal that does not contain it was cut off or written anew since.
        Raises `JournalBroken` with the sequence number of the first record that does not hold.
        """
        records, last, torn = 0, BEGINNING, []
        found = head is None or head == BEGINNING
        for record in self._chain():
            if isinstance(record, _Fragment):
                torn.append(records + 1)
                continue
            records, last = record["sequence"], record["hash"]
            found = found or last == head
        if not found:
            raise JournalBroken(
                records + 1,
                f"the chain ends without the head noted earlier ({head}): records were cut off or written anew.",
            )
        return Verified(records, last, tuple(torn))

    def head(self) -> tuple[int, str]:
        """Sequence number and hash of the last whole record; ``(0, BEGINNING)`` for an empty journal. Reads only the file's end."""
        with self._reading() as file:
            return _Tail.of(file).head

    def _append(self, kind: str, facts: Mapping[str, Any]) -> int:
        with self.path.open("a+b", buffering=0) as file:
            tail = _Tail.of(file)
            sequence, previous = tail.head
            lines = b"" if tail.finished else b"\n"
            if tail.fragment:
                sequence, previous, line = self._record(sequence, previous, "torn", _description(tail.fragment))
                lines += line
            sequence, previous, line = self._record(sequence, previous, kind, facts)
            _write_all(file.fileno(), lines + line)
            os.fsync(file.fileno())
        if sequence == 1:
            _sync_folder(self.path.parent)
        return sequence

    def _record(self, sequence: int, previous: str, kind: str, facts: Mapping[str, Any]) -> tuple[int, str, bytes]:
        when = datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="milliseconds")
        record = {**facts, "sequence": sequence + 1, "time": when, "kind": kind, "previous": previous}
        record["hash"] = _sha256(_canonical(record))
        return sequence + 1, record["hash"], _canonical(record) + b"\n"

    def _chain(self) -> Iterator[dict[str, Any] | _Fragment]:
        """The file's records, each checked against the one before it, and the fragments that are accounted for."""
        sequence, previous, held = 0, BEGINNING, b""
        with self._reading() as file:
            for line in file:
                record = _parse(line)
                if record is None:
                    held += line
                    continue
                _check(record, sequence + 1, previous, held)
                if held:
                    yield _Fragment()
                sequence, previous, held = record["sequence"], record["hash"], b""
                yield record
        if held.endswith(b"\n"):
            raise JournalBroken(sequence + 1, CHANGED)
        if held:
            yield _Fragment()

    @contextmanager
    def _reading(self) -> Iterator[BinaryIO]:
        """The file; an empty one where there is none yet. Whatever keeps it from being read is a `JournalError`."""
        try:
            with self.path.open("rb") if self.path.exists() else io.BytesIO() as file:
                yield file
        except OSError as error:
            raise JournalError(f"the journal {str(self.path)!r} cannot be read: {error}.") from error


class _Fragment:
    """What is left of a record whose writing was cut short. The end of the file or a ``torn`` record accounts for it."""


@dataclass(frozen=True, slots=True)
class _Tail:
    """The end of the file: number and hash of the last whole record, what was cut short after it, and whether a line break follows."""

    head: tuple[int, str]
    fragment: bytes
    finished: bool

    @classmethod
    def of(cls, file: BinaryIO) -> _Tail:
        """Read it from the end. Raises `JournalBroken` where the last line is whole, but no record."""
        after: list[bytes] = []
        head = (0, BEGINNING)
        for line in _lines_backwards(file):
            if (record := _parse(line)) is not None:
                head = (record["sequence"], record["hash"])
                break
            after.insert(0, line)
        fragment = b"\n".join(after)
        if fragment.endswith(b"\n"):
            raise JournalBroken(head[0] + 1, f"{CHANGED} Keep the file, move it aside, and a new journal is begun.")
        return cls(head, fragment, finished=after == [b""])


def _lines_backwards(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file from its end, without line breaks; first what follows the last line break, which may be nothing."""
    position = file.seek(0, os.SEEK_END)
    held = b""
    while position:
        step = min(CHUNK, position)
        position -= step
        file.seek(position)
        held, *lines = (file.read(step) + held).split(b"\n")
        yield from reversed(lines)
    yield held


def _check(record: Mapping[str, Any], sequence: int, previous: str, held: bytes) -> None:
    """Raise `JournalBroken` unless the record stands where it belongs. ``held`` are the lines before it that are none."""
    told = {name: record.get(name) for name in ("bytes", "sha256")} if record["kind"] == "torn" else None
    if held and told != _description(held.removesuffix(b"\n")):
        raise JournalBroken(sequence, CHANGED)
    if told and not held:
        raise JournalBroken(sequence, "tells of a line cut short before it, but there is none: the line was removed.")
    if record["sequence"] != sequence:
        raise JournalBroken(
            sequence, f"record {record['sequence']} stands in its place: records were removed, inserted or swapped."
        )
    if record["previous"] != previous:
        raise JournalBroken(sequence, "does not follow from the record before it: one of the two was exchanged.")


def _description(fragment: bytes) -> dict[str, Any]:
    return {"bytes": len(fragment), "sha256": _sha256(fragment)}


def _parse(line: bytes) -> dict[str, Any] | None:
    """The record in a line, if it is exactly one of ours: canonical JSON whose own hash is right."""
    try:
        record = json.loads(line)
        if not isinstance(record, dict) or _canonical(record) != line.removesuffix(b"\n"):
            return None
        content = {name: value for name, value in record.items() if name != "hash"}
        if record["hash"] != _sha256(_canonical(content)):
            return None
        datetime.fromisoformat(record["time"])
        return record if {"sequence", "kind", "previous"} <= record.keys() and _fits(record) else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _fits(record: Mapping[str, Any]) -> bool:
    """Whether every field has the form this journal writes it in: text, but for whole numbers and lists of text."""
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


def _canonical(record: Mapping[str, Any]) -> bytes:
    """One spelling per record: names sorted, no spaces, ASCII."""
    return json.dumps(record, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write_all(descriptor: int, content: bytes) -> None:
    while content:
        content = content[os.write(descriptor, content) :]


def _sync_folder(folder: Path) -> None:
    """Bring the new file's name to the disk, not only its content."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
