"""Writing and reading the journal."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from shariff_py.errors import JournalBroken, JournalError
from shariff_py.journal import exchanges, months
from shariff_py.journal.chain import Fragment, walk
from shariff_py.journal.exchanges import Exchange, Selection
from shariff_py.journal.files import LOCK_SECONDS, PRIVATE, alone, create_private, settled, sync_folder, write_all
from shariff_py.journal.housekeeping import Housekeeping
from shariff_py.journal.record import (
    BEGINNING,
    CHANGED,
    CLOCK,
    ChainPosition,
    Entry,
    Verified,
    canonical,
    decode,
    description,
    link_of,
    sha256,
)
from shariff_py.journal.tail import Tail, lines_backwards

Known = tuple[int, str]
"""A record that was noted earlier: its number and its hash."""


class Journal:
    """The journal at a path, shared by all threads and processes of a machine. ``clock`` gives Unix seconds.

    The file and its folder are created with the first record; files are readable for their owner only. A file that began in an earlier
    month is renamed after that month (``outgoing-2026-10.jsonl``), and months older than ``keep_months`` are removed (0: none are), which
    is recorded; how a wrong clock is kept from that is in `shariff_py.journal.housekeeping`. Every method raises `JournalError` where the
    files cannot be used.
    """

    def __init__(self, path: str | Path, *, clock: Callable[[], float] = time.time, keep_months: int = 0) -> None:
        self._given = Path(os.path.abspath(path))  # noqa: PTH100 - links are followed with each use
        self._clock = clock
        self._keep_months = keep_months
        self._looked_on: date | None = None

    @property
    def path(self) -> Path:
        """The current file; where its name is a symbolic link the target, so that months are beside that. A relative path is that of the
        folder in which the process was at first."""
        return Path(os.path.realpath(self._given))

    def __repr__(self) -> str:
        return f"Journal({str(self.path)!r})"

    def append(self, kind: str, facts: Mapping[str, Any]) -> int:
        """Add a record and return its sequence number. When this returns, the record is on disk.

        Raises `JournalError` where it is not, and `JournalBroken` where the file's last record is invalid: nothing is added to a journal
        that was tampered with.
        """
        from filelock import FileLock

        try:
            self._given.parent.mkdir(parents=True, exist_ok=True)
            lock = create_private(f"{self.path}.lock")
            # The file's own lock does not last beyond the end of a month, which exchanges the file. A new one for each record: one that is
            # kept could not be used in a forked child.
            with FileLock(lock, timeout=LOCK_SECONDS, mode=PRIVATE):
                now = self._now()
                if now.date() != self._looked_on:
                    done = Housekeeping(self.path, now, self._keep_months, self._append).run()
                    self._looked_on = now.date() if done else None
                return self._append(kind, facts)
        except OSError as error:
            why = "another process holds its lock" if isinstance(error, TimeoutError) else error
            raise JournalError(
                f"the journal {str(self.path)!r} cannot be written: {why}. Check that the file and its folder can be written by "
                "the user the application runs as, and that the disk is not full."
            ) from error

    def accept_clock(self) -> datetime:
        """Record that the clock is right, however far it is from the records before, and return its time: months end by it again."""
        self.append(CLOCK, {})
        self._looked_on = None
        return self._now()

    def entries(self) -> Iterator[Entry]:
        """All records, oldest first. Raises `JournalBroken` at the first invalid one."""
        place = ChainPosition()
        for line in self._chain(place, strict=False):
            if not isinstance(line, Fragment):
                record = decode(line)
                if record is None:
                    raise JournalBroken(place.sequence, CHANGED)
                yield Entry.from_record(record)

    def exchanges(self, wanted: Selection | None = None) -> Iterator[tuple[Entry, Entry | None]]:
        """Every attempt that is wanted, oldest first, with its outcome: ``None`` where it was blocked, is under way or was interrupted.

        A stream: reads only the files of the period, in constant memory. Raises `JournalBroken` where the chain breaks in them.
        """
        for attempt, outcome in self.records(wanted):
            yield Entry.from_record(attempt), None if outcome is None else Entry.from_record(outcome)

    def records(self, wanted: Selection | None = None) -> Iterator[Exchange]:
        """What `exchanges` gives, as the records are in the file: a million of them are read twice as fast."""
        with self._reading() as files:
            yield from exchanges.exchanges(files, self._now(), wanted or Selection())

    def verify(self, *, head: str | None = None, known: Collection[Known] = ()) -> Verified:
        """Check the whole chain.

        ``head`` is a head that was noted earlier: a journal that does not contain it was truncated or rewritten since. ``known`` are
        records, of which the result names those that are ``missing``.
        Raises `JournalBroken` with the sequence number of the first invalid record.
        """
        place, torn, missing = ChainPosition(), [], {one for one in known if one != (0, BEGINNING)}
        found = head is None or head == BEGINNING
        for line in self._chain(place, strict=True):
            if isinstance(line, Fragment):
                torn.append(place.sequence + 1)
                continue
            if place.sequence == place.since > 1:
                missing -= {(place.since - 1, place.before)}
            found = found or head in {place.hash, place.before}
            missing.discard((place.sequence, place.hash))
        if not found:
            kept = "" if place.since == 1 else f" (or it was noted before record {place.since}, the first that is kept)"
            raise JournalBroken(
                place.sequence + 1,
                f"the chain ends without the head noted earlier ({head}): records were removed or rewritten{kept}.",
            )
        return Verified(
            place.sequence, place.hash, tuple(torn), place.since, place.first, place.removed, tuple(sorted(missing))
        )

    def contains(self, known: Known) -> bool | None:
        """Whether a record is in the journal, or is the one before the first that is kept; (0, `BEGINNING`) is in any. ``None``: older
        than that, so nobody can tell. Reads backwards."""
        sequence, own = known
        later = False
        with self._reading() as files:
            for file in reversed(files):
                for line in lines_backwards(file):
                    link = link_of(line)
                    if link is None or link[0] > sequence + 1:
                        later = later or link is not None
                        continue
                    if link[0] == sequence + 1 and link[2] == own:
                        return True
                    return link[:2] == known
        return True if sequence == 0 else None if later else False

    def head(self) -> tuple[int, str]:
        """Sequence number and hash of the last complete record; ``(0, BEGINNING)`` for an empty journal. Reads only the ends of the files."""
        with self._reading() as files:
            for file in reversed(files):
                if (tail := Tail.of(file)).sequence:
                    return tail.sequence, tail.hash
        return 0, BEGINNING

    def _append(self, kind: str, facts: Mapping[str, Any]) -> int:
        with alone(self.path) as file:
            tail = Tail.of(file)
            sequence, previous = (tail.sequence, tail.hash) if tail.sequence else self._before()
            new = not tail.sequence
            lines = b"" if tail.finished else b"\n"
            if tail.fragment:
                sequence, previous, line = self._record(sequence, previous, "torn", description(tail.fragment))
                lines += line
            sequence, previous, line = self._record(sequence, previous, kind, facts)
            write_all(file.fileno(), lines + line)
            os.fsync(file.fileno())
        if new:
            sync_folder(self.path.parent)
        return sequence

    def _record(self, sequence: int, previous: str, kind: str, facts: Mapping[str, Any]) -> tuple[int, str, bytes]:
        when = self._now().isoformat(timespec="milliseconds")
        record = {**facts, "sequence": sequence + 1, "time": when, "kind": kind, "previous": previous}
        record["hash"] = sha256(canonical(record))
        return sequence + 1, record["hash"], canonical(record) + b"\n"

    def _before(self) -> tuple[int, str]:
        """Sequence number and hash of the last record of earlier months."""
        for month in reversed(months.past(self.path)):
            with settled(month.path) as file:
                if (tail := Tail.of(file)).sequence:
                    return tail.sequence, tail.hash
        return 0, BEGINNING

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock(), UTC)

    def _chain(self, place: ChainPosition, *, strict: bool) -> Iterator[bytes | Fragment]:
        """The lines of the records of all files, each checked against the one before it, and the fragments that are explained."""
        with self._reading() as files:
            yield from walk(files, place, strict=strict)
        place.finish()

    @contextmanager
    def _reading(self) -> Iterator[Sequence[BinaryIO]]:
        """The files, none where nothing was written yet. Raises `JournalError` where they cannot be read."""
        path = self.path
        try:
            with months.opened(path) as files:
                yield files
        except OSError as error:
            raise JournalError(f"the journal {str(path)!r} cannot be read: {error}.") from error
