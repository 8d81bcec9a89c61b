"""Writing and reading the journal."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from shariff_py.errors import JournalBroken, JournalError
from shariff_py.journal import months
from shariff_py.journal.record import (
    BEGINNING,
    CHANGED,
    RETENTION,
    ChainPosition,
    Entry,
    Verified,
    canonical,
    description,
    parse,
    sha256,
)
from shariff_py.journal.tail import Tail

LOCK_SECONDS = 10.0
"""How long to wait for another process that is writing. Writing a record takes a few milliseconds."""


class Journal:
    """The journal at a path, shared by all threads and processes of a machine. ``clock`` gives Unix seconds.

    The file and its folder are created with the first record. With the first record of a new month the file is renamed after the old
    one (``outgoing-2026-10.jsonl``), and months older than ``keep_months`` are removed (0: none are), which is recorded. Every method
    raises `JournalError` where the files cannot be used.
    """

    def __init__(self, path: str | Path, *, clock: Callable[[], float] = time.time, keep_months: int = 0) -> None:
        self.path = Path(path)
        self._clock = clock
        self._keep_months = keep_months

    def __repr__(self) -> str:
        return f"Journal({str(self.path)!r})"

    def append(self, kind: str, facts: Mapping[str, Any]) -> int:
        """Add a record and return its sequence number. When this returns, the record is on disk.

        Raises `JournalError` where it is not, and `JournalBroken` where the file's last record is invalid: nothing is added to a journal
        that was tampered with.
        """
        from filelock import FileLock

        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # A new lock for each record: one that is kept could not be used in a forked child.
            with FileLock(f"{self.path}.lock", timeout=LOCK_SECONDS):
                ended = self._end_month()
                sequence = self._append(kind, facts)
                if ended and self._keep_months:
                    self._remove_old_months()
                return sequence
        except OSError as error:
            why = "another process holds its lock" if isinstance(error, TimeoutError) else error
            raise JournalError(
                f"the journal {str(self.path)!r} cannot be written: {why}. Check that the file and its folder can be written by "
                "the user the application runs as, and that the disk is not full."
            ) from error

    def entries(self) -> Iterator[Entry]:
        """All records, oldest first. Raises `JournalBroken` at the first invalid one."""
        for record in self._chain(ChainPosition()):
            if isinstance(record, dict):
                yield Entry.from_record(record)

    def exchanges(self) -> list[tuple[Entry, Entry | None]]:
        """Every attempt, oldest first, with its outcome: ``None`` where it was blocked, is under way or was interrupted."""
        found = list(self.entries())
        outcomes = {entry.of: entry for entry in found if entry.kind == "outcome"}
        return [(entry, outcomes.get(entry.sequence)) for entry in found if entry.kind in {"request", "blocked"}]

    def verify(self, *, head: str | None = None) -> Verified:
        """Check the whole chain.

        ``head`` is a head that was noted earlier: a journal that does not contain it was truncated or rewritten since.
        Raises `JournalBroken` with the sequence number of the first invalid record.
        """
        place, torn = ChainPosition(), []
        found = head is None or head == BEGINNING
        for record in self._chain(place):
            if isinstance(record, _Fragment):
                torn.append(place.sequence + 1)
            else:
                found = found or head in {record["hash"], record["previous"]}
        if not found:
            kept = "" if place.since == 1 else f" (or it was noted before record {place.since}, the first that is kept)"
            raise JournalBroken(
                place.sequence + 1,
                f"the chain ends without the head noted earlier ({head}): records were removed or rewritten{kept}.",
            )
        return Verified(place.sequence, place.hash, tuple(torn), place.since)

    def head(self) -> tuple[int, str]:
        """Sequence number and hash of the last complete record; ``(0, BEGINNING)`` for an empty journal. Reads only the ends of the files."""
        with self._reading() as files:
            for file in reversed(files):
                if (tail := Tail.of(file)).sequence:
                    return tail.sequence, tail.hash
        return 0, BEGINNING

    def _append(self, kind: str, facts: Mapping[str, Any]) -> int:
        with self.path.open("a+b", buffering=0) as file:
            tail = Tail.of(file)
            sequence, previous = (tail.sequence, tail.hash) if tail.sequence else self._before()
            new = not tail.sequence
            lines = b"" if tail.finished else b"\n"
            if tail.fragment:
                sequence, previous, line = self._record(sequence, previous, "torn", description(tail.fragment))
                lines += line
            sequence, previous, line = self._record(sequence, previous, kind, facts)
            _write_all(file.fileno(), lines + line)
            os.fsync(file.fileno())
        if new:
            _sync_folder(self.path.parent)
        return sequence

    def _record(self, sequence: int, previous: str, kind: str, facts: Mapping[str, Any]) -> tuple[int, str, bytes]:
        when = self._now().isoformat(timespec="milliseconds")
        record = {**facts, "sequence": sequence + 1, "time": when, "kind": kind, "previous": previous}
        record["hash"] = sha256(canonical(record))
        return sequence + 1, record["hash"], canonical(record) + b"\n"

    def _before(self) -> tuple[int, str]:
        """Sequence number and hash of the last record of earlier months."""
        for path in reversed(months.past(self.path)):
            with path.open("rb") as file:
                if (tail := Tail.of(file)).sequence:
                    return tail.sequence, tail.hash
        return 0, BEGINNING

    def _end_month(self) -> bool:
        """Rename the file if its last record is of an earlier month. A truncated line stays in the file whose next record describes it."""
        if not self.path.exists():
            return False
        with self.path.open("rb") as file:
            tail = Tail.of(file)
        month = tail.time[:7]
        aside = months.of_month(self.path, month)
        if not month or tail.fragment or month >= f"{self._now():%Y-%m}" or aside.exists():
            return False
        self.path.rename(aside)
        return True

    def _remove_old_months(self) -> None:
        """Remove the months that are not kept any more, after a record that says where the chain begins from now on."""
        last_kept = months.before(f"{self._now():%Y-%m}", self._keep_months)
        old = [path for path in months.past(self.path) if months.label(self.path, path) < last_kept]
        if not old:
            return
        with old[-1].open("rb") as file:
            tail = Tail.of(file)
        self._append(RETENTION, {"of": tail.sequence, "sha256": tail.hash})
        for path in old:
            path.unlink()
        _sync_folder(self.path.parent)

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock(), UTC)

    def _chain(self, place: ChainPosition) -> Iterator[dict[str, Any] | _Fragment]:
        """The records of all files, each checked against the one before it, and the fragments that are explained."""
        with self._reading() as files:
            for file in files:
                held = b""
                for line in file:
                    record = parse(line)
                    if record is None:
                        held += line
                        continue
                    place.check(record, held)
                    if held:
                        yield _Fragment()
                    held = b""
                    place.advance(record)
                    yield record
                if held.endswith(b"\n") or (held and file is not files[-1]):
                    raise JournalBroken(place.sequence + 1, CHANGED)
                if held:
                    yield _Fragment()
        place.finish()

    @contextmanager
    def _reading(self) -> Iterator[Sequence[BinaryIO]]:
        """The files, none where nothing was written yet. Raises `JournalError` where they cannot be read."""
        try:
            with months.opened(self.path) as files:
                yield files
        except OSError as error:
            raise JournalError(f"the journal {str(self.path)!r} cannot be read: {error}.") from error


class _Fragment:
    """What is left of a record that was written in part. It is at the end of the file, or a ``torn`` record describes it."""


def _write_all(descriptor: int, content: bytes) -> None:
    while content:
        content = content[os.write(descriptor, content) :]


def _sync_folder(folder: Path) -> None:
    """Sync the names of files to disk, not only their content. Windows has no such call: folders cannot be opened there."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
