"""The store every site starts with: one SQLite file, shared by all threads and processes of one machine."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple
from datetime import date
from pathlib import Path

from shariff_py.counts.refresh_policy import FURTHEST, KnownPage
from shariff_py.counts.standing import Standing
from shariff_py.errors import LeaseLost, StoreError
from shariff_py.platforms.cached_count import NEVER_FETCHED, CachedCount, CountResult
from shariff_py.stores.protocol import (
    FURTHER,
    LISTED,
    LONGEST_LEASE,
    NOT_PUT_OFF,
    NUMBER,
    REPORTS_KEPT,
    SEEN_PRECISION,
    SOON,
    UNSEEN,
    Finding,
    Reported,
    StoreSummary,
)
from shariff_py.stores.schema import PATIENCE_MS, all_or_nothing, prepare

TRIAL = "(trial)"
"""What is written to see whether anything can be. No platform is called so."""

_stores: weakref.WeakSet[SQLiteStore] = weakref.WeakSet()
_left_behind: list[sqlite3.Connection] = []


class SQLiteStore:
    """See `shariff_py.stores.protocol.Store`. Holds at most ``most_pages`` pages; the file and its folder are created when needed.

    One connection per process, used by one thread at a time: a read takes some ten microseconds. ``clock`` is what leases run by.
    """

    def __init__(self, path: Path, *, most_pages: int = 50_000, clock: Callable[[], float] = time.time) -> None:
        self.path = path
        self._most_pages = most_pages
        self._clock = clock
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._dropped = 0
        _stores.add(self)

    def __repr__(self) -> str:
        return f"SQLiteStore({str(self.path)!r})"

    def track(self, page: str, now: float) -> None:
        with self._open() as db:
            seen = db.execute("SELECT seen_at FROM pages WHERE address = ?", (page,)).fetchone()
            if seen is not None and abs(now - seen[0]) < SEEN_PRECISION:
                return
            with all_or_nothing(db):
                if db.execute("UPDATE pages SET seen_at = ? WHERE address = ?", (now, page)).rowcount == 0:
                    self._make_room(db, for_pages=1)
                    _insert(db, page, now, now, worth=0)

    def import_pages(self, pages: Mapping[str, float | None], now: float) -> tuple[int, int]:
        new = []
        with self._open() as db, all_or_nothing(db):
            for page, changed_at in pages.items():
                row = db.execute("SELECT id, changed_at FROM pages WHERE address = ?", (page,)).fetchone()
                if row is None:
                    new.append(page)
                    continue
                after = row[1] if changed_at is None else changed_at
                db.execute(
                    "UPDATE pages SET kept = kept | ?, seen_at = ?, changed_at = ? WHERE id = ?",
                    (LISTED, now, after, row[0]),
                )
                if after > row[1]:
                    db.execute("UPDATE readings SET next_at = min(next_at, ?) WHERE page = ?", (now + SOON, row[0]))
            room = self._make_room(db, for_pages=len(new), unseen=now - UNSEEN)
            for page in new[:room]:
                changed_at = pages[page]
                _insert(db, page, now, now if changed_at is None else changed_at, worth=LISTED)
        return len(new[:room]), len(new[room:])

    def read(self, page: str) -> dict[str, CachedCount]:
        with self._open() as db:
            rows = db.execute(
                "SELECT platform, value, as_of, tried_at, reason FROM readings JOIN pages ON id = page WHERE address = ?",
                (page,),
            ).fetchall()
        return {platform: CachedCount(*reading) for platform, *reading in rows}

    def due(self, platform: str, now: float, most: int, *, furthest: float = FURTHEST) -> list[KnownPage]:
        with self._open() as db:
            rows = db.execute(
                "SELECT address, changed_at, value, as_of, tried_at, reason, coalesce(next_at, registered_at) AS due_at "
                "FROM pages LEFT JOIN readings ON page = id AND platform = ? "
                "WHERE due_at <= ? OR due_at > ? ORDER BY due_at, id LIMIT ?",
                (platform, now, now + furthest, most),
            ).fetchall()
        return [
            KnownPage(address, changed_at, NEVER_FETCHED if reading[2] is None else CachedCount(*reading))
            for address, changed_at, *reading, _ in rows
        ]

    def record(
        self,
        platform: str,
        readings: Mapping[str, CountResult],
        now: float,
        *,
        next_at: Mapping[str, float] = NOT_PUT_OFF,
        fence: int | None = None,
    ) -> None:
        with self._open() as db, all_or_nothing(db):
            _check(db, fence)
            for page, reading in readings.items():
                row = db.execute(
                    "SELECT id, value, as_of, tried_at, reason FROM pages LEFT JOIN readings ON page = id AND platform = ? "
                    "WHERE address = ?",
                    (platform, page),
                ).fetchone()
                if row is None:
                    continue
                known = NEVER_FETCHED if row[3] is None else CachedCount(*row[1:])
                after = known.after(reading, now)
                db.execute(
                    "INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (row[0], platform, after.value, after.as_of, after.tried_at, after.reason, next_at.get(page, now)),
                )
                if after.value and not known.value:
                    db.execute("UPDATE pages SET kept = kept | ? WHERE id = ?", (NUMBER, row[0]))

    def lease(self, holder: str, seconds: float) -> int:
        now = self._clock()
        with self._open() as db:
            # Asking in vain is what most processes do every few seconds: it reads, and waits for no writer.
            if not _is_free(db, holder, now):
                return 0
            with all_or_nothing(db):
                if not _is_free(db, holder, now):
                    return 0
                db.execute(
                    "UPDATE lease SET fence = fence + (holder <> ?), holder = ?, ends_at = ?",
                    (holder, holder, now + seconds),
                )
                return _fence(db)

    def load_state(self, platform: str) -> Standing:
        with self._open() as db:
            row = db.execute("SELECT content FROM standings WHERE platform = ?", (platform,)).fetchone()
        return Standing.from_json(row[0]) if row else Standing()

    def save_state(self, platform: str, standing: Standing, fence: int | None = None) -> None:
        with self._open() as db, all_or_nothing(db):
            _check(db, fence)
            db.execute("INSERT OR REPLACE INTO standings VALUES (?, ?)", (platform, standing.to_json()))

    def all_counts(self, platforms: Sequence[str]) -> dict[str, dict[str, CachedCount]]:
        with self._open() as db:
            rows = db.execute(
                "SELECT address, platform, value, as_of, tried_at, reason FROM readings JOIN pages ON id = page "
                "WHERE value IS NOT NULL AND platform IN (SELECT value FROM json_each(?))",
                (json.dumps(list(platforms)),),
            ).fetchall()
        found: dict[str, dict[str, CachedCount]] = {}
        for address, platform, *reading in rows:
            found.setdefault(address, {})[platform] = CachedCount(*reading)
        return found

    def report(self, findings: Iterable[Finding], day: date, most: int) -> None:
        with self._open() as db, all_or_nothing(db):
            db.execute("DELETE FROM reports WHERE last < ?", ((day - REPORTS_KEPT).isoformat(),))
            for finding in findings:
                if not _counted_again(db, finding, day):
                    (rows,) = db.execute("SELECT count(*) FROM reports WHERE blocked <> ?", (FURTHER,)).fetchone()
                    new = finding if rows < most else Finding(FURTHER, "", "", finding.enforced)
                    if new is finding or not _counted_again(db, new, day):
                        row = (*astuple(new), 1, day.isoformat(), day.isoformat())
                        db.execute("INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def reports(self) -> list[Reported]:
        if not os.path.exists(self.path):  # noqa: PTH110 - raises nothing
            return []
        with self._open() as db:
            rows = db.execute("SELECT * FROM reports ORDER BY times DESC, blocked, page, directive").fetchall()
        return [
            Reported(
                blocked, directive, page, bool(enforced), times, date.fromisoformat(first), date.fromisoformat(last)
            )
            for blocked, directive, page, enforced, times, first, last in rows
        ]

    def check_writable(self) -> None:
        # What is rolled back never reaches the disk, so this is two transactions.
        with self._open() as db:
            with all_or_nothing(db):
                db.execute("INSERT OR REPLACE INTO standings VALUES (?, '')", (TRIAL,))
            with all_or_nothing(db):
                db.execute("DELETE FROM standings WHERE platform = ?", (TRIAL,))

    def summary(self) -> StoreSummary:
        with self._open() as db:
            (pages,) = db.execute("SELECT count(*) FROM pages").fetchone()
            numbers = db.execute("SELECT platform, count(value) FROM readings GROUP BY platform").fetchall()
        return StoreSummary(pages, self._dropped, dict(numbers))

    def close(self) -> None:
        with self._lock:
            self._drop()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The connection, for one thread at a time; whatever fails is a `StoreError` with the file's name."""
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = self._connect()
                yield self._connection
            except (sqlite3.Error, OSError) as error:
                self._drop()
                raise StoreError(
                    f"the store {str(self.path)!r} cannot be used: {error}. Check that the file and its folder can be written "
                    "by the user the application runs as, and that the disk is not full."
                ) from error

    def _make_room(self, db: sqlite3.Connection, *, for_pages: int, unseen: float | None = None) -> int:
        """Drop the least pages; where it says since when, only those worth nothing and those not seen since. Returns the room there is."""
        (pages,) = db.execute("SELECT count(*) FROM pages").fetchone()
        if pages + for_pages > self._most_pages:
            dropped = db.execute(
                "DELETE FROM pages WHERE id IN ("
                "SELECT id FROM pages WHERE ?1 IS NULL OR kept = 0 OR seen_at < ?1 ORDER BY kept, seen_at, id LIMIT ?2)",
                (unseen, pages + for_pages - self._most_pages),
            ).rowcount
            self._dropped += dropped
            pages -= dropped
        return max(0, self._most_pages - int(pages))

    def _leave_behind(self) -> None:
        if self._connection is not None:
            _left_behind.append(self._connection)
        self._connection, self._lock = None, threading.Lock()

    def _drop(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self.path, timeout=PATIENCE_MS / 1000, isolation_level=None, check_same_thread=False)
        try:
            prepare(db, self.path)
        except BaseException:
            db.close()
            raise
        return db


def _leave_parents_connections() -> None:
    """After a fork: a child must neither use nor close its parent's connections (sqlite.org/howtocorrupt.html, section 2.6)."""
    for store in list(_stores):
        store._leave_behind()


os.register_at_fork(after_in_child=_leave_parents_connections)


def _insert(db: sqlite3.Connection, page: str, now: float, changed_at: float, *, worth: int) -> None:
    db.execute(
        "INSERT INTO pages (address, seen_at, kept, registered_at, changed_at) VALUES (?, ?, ?, ?, ?)",
        (page, now, worth, now, changed_at),
    )


def _is_free(db: sqlite3.Connection, holder: str, now: float) -> bool:
    """Whether a holder may take the lease: it has it, nobody has, or it ends at a time that no working clock wrote."""
    row = db.execute("SELECT holder, ends_at FROM lease").fetchone()
    return row[0] == holder or not now < row[1] <= now + LONGEST_LEASE


def _fence(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT fence FROM lease").fetchone()[0])


def _check(db: sqlite3.Connection, fence: int | None) -> None:
    if fence is not None and fence != _fence(db):
        raise LeaseLost("another process asks by now; what this one learned was left out.")


def _counted_again(db: sqlite3.Connection, finding: Finding, day: date) -> bool:
    """Count a finding once more, if it is known."""
    known = db.execute(
        "UPDATE reports SET times = times + 1, last = max(last, ?) "
        "WHERE blocked = ? AND directive = ? AND page = ? AND enforced = ?",
        (day.isoformat(), *astuple(finding)),
    )
    return known.rowcount == 1
