"""Counts in a SQLite file."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from math import inf
from pathlib import Path

from shariff_py.counts.platform_state import PlatformState
from shariff_py.counts.refresh_policy import LONGEST_HORIZON, KnownPage
from shariff_py.errors import LeaseLost
from shariff_py.platforms.count_sources.cached_count import NEVER_FETCHED, CachedCount, CountResult
from shariff_py.stores.count_store import (
    AGREED,
    DUE_AT_ONCE,
    LEASE_LOST,
    LISTED,
    LONGEST_LEASE,
    NUMBER,
    SEEN_PRECISION,
    SOON,
    UNSEEN,
    StoreSummary,
)
from shariff_py.stores.sqlite.connection import Connection, transaction
from shariff_py.stores.sqlite.reports import SQLiteReports
from shariff_py.stores.sqlite.salvage import ADD_COUNT

TRIAL = "(trial)"
"""The platform name under which something is written to see whether anything can be. No platform has it."""

CHECKPOINT = "(checkpoint) "
"""What the names of journals begin with among those of platforms: one more table would be one more version of the file."""


class SQLiteStore:
    """See `shariff_py.stores.count_store.CountStore`. Holds at most ``most_pages`` pages; ``clock`` is what leases run by.

    A read takes some twenty microseconds, a quarter of them to see that the file is still the same. What happens to a file that is removed,
    exchanged or corrupt is told at `Connection`; without ``mends`` a corrupt one stays where it is.
    """

    def __init__(
        self, path: Path, *, most_pages: int = 50_000, clock: Callable[[], float] = time.time, mends: bool = True
    ) -> None:
        self.path = path
        self._connection = Connection(path, mends=mends)
        self.reports = SQLiteReports(self._connection)
        self._most_pages = most_pages
        self._clock = clock
        self._dropped = 0

    def __repr__(self) -> str:
        return f"SQLiteStore({str(self.path)!r})"

    @property
    def epoch(self) -> int:
        return self._connection.epoch

    def look(self) -> None:
        with self._connection.reading():
            pass

    def track(self, page: str, now: float, *, due_at: float | None = None) -> None:
        first_at = now if due_at is None else due_at
        with self._connection.reading() as db:
            seen = db.execute("SELECT seen_at FROM pages WHERE address = ?", (page,)).fetchone()
            if seen is not None and abs(now - seen[0]) < SEEN_PRECISION:
                return
            with transaction(db):
                if db.execute("UPDATE pages SET seen_at = ? WHERE address = ?", (now, page)).rowcount == 0:
                    self._make_room(db, for_pages=1)
                    _insert(db, page, now, first_at, first_at, worth=0)

    def import_pages(self, pages: Mapping[str, float | None], now: float) -> tuple[int, int]:
        new = []
        with self._connection.writing() as db:
            (agreed,) = db.execute("SELECT max(seen_at) FROM pages WHERE seen_at <= ?", (now - AGREED,)).fetchone()
            for page, changed_at in pages.items():
                row = db.execute("SELECT id, changed_at, tracked_at FROM pages WHERE address = ?", (page,)).fetchone()
                if row is None:
                    new.append(page)
                    continue
                after = (now if row[2] > now else row[1]) if changed_at is None else changed_at
                db.execute(
                    "UPDATE pages SET worth = worth | ?, seen_at = ?, changed_at = ?, tracked_at = min(tracked_at, ?) WHERE id = ?",
                    (LISTED, now, after, now, row[0]),
                )
                if after > row[1] or row[2] > now:
                    db.execute("UPDATE counts SET next_at = min(next_at, ?) WHERE page = ?", (now + SOON, row[0]))
            room = self._make_room(db, for_pages=len(new), unseen=-inf if agreed is None else agreed - UNSEEN)
            for page in new[:room]:
                changed_at = pages[page]
                _insert(db, page, now, now, now if changed_at is None else changed_at, worth=LISTED)
        return len(new[:room]), len(new[room:])

    def read(self, page: str) -> dict[str, CachedCount]:
        with self._connection.reading() as db:
            rows = db.execute(
                "SELECT platform, value, as_of, tried_at, reason FROM counts JOIN pages ON id = page WHERE address = ?",
                (page,),
            ).fetchall()
        return {platform: CachedCount(*cached) for platform, *cached in rows}

    def due(self, platform: str, now: float, most: int, *, furthest: float = LONGEST_HORIZON) -> list[KnownPage]:
        with self._connection.reading() as db:
            rows = db.execute(
                "SELECT address, changed_at, worth, value, as_of, tried_at, reason, coalesce(next_at, tracked_at) AS due_at "
                "FROM pages LEFT JOIN counts ON page = id AND platform = ? "
                "WHERE due_at <= ? OR due_at > ? ORDER BY due_at, address LIMIT ?",
                (platform, now, now + furthest, most),
            ).fetchall()
        return [
            KnownPage(
                address, changed_at, NEVER_FETCHED if cached[2] is None else CachedCount(*cached), bool(worth & LISTED)
            )
            for address, changed_at, worth, *cached, _ in rows
        ]

    def record(
        self,
        platform: str,
        results: Mapping[str, CountResult],
        now: float,
        *,
        next_at: Mapping[str, float] = DUE_AT_ONCE,
        fence: int | None = None,
    ) -> None:
        with self._connection.writing() as db:
            _check(db, fence)
            for page, result in results.items():
                row = db.execute(
                    "SELECT id, value, as_of, tried_at, reason FROM pages LEFT JOIN counts ON page = id AND platform = ? "
                    "WHERE address = ?",
                    (platform, page),
                ).fetchone()
                if row is None:
                    continue
                before = NEVER_FETCHED if row[3] is None else CachedCount(*row[1:])
                after = before.after(result, now)
                db.execute(
                    "INSERT OR REPLACE INTO counts VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (row[0], platform, after.value, after.as_of, after.tried_at, after.reason, next_at.get(page, now)),
                )
                if after.value and not before.value:
                    db.execute("UPDATE pages SET worth = worth | ? WHERE id = ?", (NUMBER, row[0]))

    def restore(
        self, known: Mapping[str, Mapping[str, CachedCount]], now: float, *, due_at: float | None = None
    ) -> None:
        with self._connection.writing() as db:
            for page, counts in known.items():
                if db.execute("SELECT 1 FROM pages WHERE address = ?", (page,)).fetchone() is None:
                    self._make_room(db, for_pages=1)
                    first_at = now if due_at is None else due_at
                    _insert(db, page, now, first_at, first_at, worth=0)
                for platform, cached in counts.items():
                    next_at = max(now, cached.tried_at + SOON) if due_at is None else due_at
                    db.execute(
                        ADD_COUNT,
                        (platform, cached.value, cached.as_of, cached.tried_at, cached.reason, next_at, page),
                    )
                    if cached.value:
                        db.execute("UPDATE pages SET worth = worth | ? WHERE address = ?", (NUMBER, page))

    def lease(self, holder: str, seconds: float) -> int:
        self._connection.check()
        now = self._clock()
        with self._connection.reading() as db:
            # Most processes try in vain every few seconds: that only reads, and waits for no writer.
            if not _is_free(db, holder, now):
                return 0
            with transaction(db):
                if not _is_free(db, holder, now):
                    return 0
                # Milliseconds since 1970 where that is more: it grows even if the file was exchanged in between.
                db.execute(
                    "UPDATE lease SET fence = CASE WHEN holder = :holder THEN fence ELSE max(fence + 1, :least) END, "
                    "holder = :holder, ends_at = :end",
                    {"holder": holder, "least": int(now * 1000), "end": now + seconds},
                )
                return _fence(db)

    def load_state(self, platform: str) -> PlatformState:
        with self._connection.reading() as db:
            row = db.execute("SELECT content FROM platform_states WHERE platform = ?", (platform,)).fetchone()
        return PlatformState.from_json(row[0]) if row else PlatformState()

    def save_state(self, platform: str, state: PlatformState, fence: int | None = None) -> None:
        with self._connection.writing() as db:
            _check(db, fence)
            db.execute("INSERT OR REPLACE INTO platform_states VALUES (?, ?)", (platform, state.to_json()))

    def load_checkpoint(self, journal: str) -> str:
        if not os.path.exists(self.path):  # noqa: PTH110 - raises nothing
            return ""
        with self._connection.reading() as db:
            row = db.execute(
                "SELECT content FROM platform_states WHERE platform = ?", (CHECKPOINT + journal,)
            ).fetchone()
        return str(row[0]) if row else ""

    def save_checkpoint(self, journal: str, text: str) -> None:
        with self._connection.writing() as db:
            db.execute("INSERT OR REPLACE INTO platform_states VALUES (?, ?)", (CHECKPOINT + journal, text))

    def all_counts(self, platforms: Sequence[str]) -> dict[str, dict[str, CachedCount]]:
        with self._connection.reading() as db:
            rows = db.execute(
                "SELECT address, platform, value, as_of, tried_at, reason FROM counts JOIN pages ON id = page "
                "WHERE value IS NOT NULL AND platform IN (SELECT value FROM json_each(?))",
                (json.dumps(list(platforms)),),
            ).fetchall()
        found: dict[str, dict[str, CachedCount]] = {}
        for address, platform, *cached in rows:
            found.setdefault(address, {})[platform] = CachedCount(*cached)
        return found

    def check_writable(self) -> None:
        # What is rolled back never reaches the disk, so this is two transactions.
        with self._connection.writing() as db:
            db.execute("INSERT OR REPLACE INTO platform_states VALUES (?, '')", (TRIAL,))
        with self._connection.writing() as db:
            db.execute("DELETE FROM platform_states WHERE platform = ?", (TRIAL,))

    def summary(self) -> StoreSummary:
        with self._connection.reading() as db:
            (pages,) = db.execute("SELECT count(*) FROM pages").fetchone()
            numbers = db.execute("SELECT platform, count(value) FROM counts GROUP BY platform").fetchall()
        return StoreSummary(pages, self._dropped, dict(numbers), tuple(self._connection.files.set_aside_before()))

    def waiting(self, now: float) -> int:
        with self._connection.reading() as db:
            return int(db.execute("SELECT count(*) FROM pages WHERE tracked_at > ?", (now,)).fetchone()[0])

    def close(self) -> None:
        self._connection.close()

    def _make_room(self, db: sqlite3.Connection, *, for_pages: int, unseen: float | None = None) -> int:
        """Drop the pages of the least worth; with ``unseen`` only those worth nothing and those not seen since. Returns the room there
        is."""
        (pages,) = db.execute("SELECT count(*) FROM pages").fetchone()
        if pages + for_pages > self._most_pages:
            dropped = db.execute(
                "DELETE FROM pages WHERE id IN ("
                "SELECT id FROM pages WHERE :unseen IS NULL OR worth = 0 OR seen_at < :unseen"
                " ORDER BY worth, seen_at, id LIMIT :surplus)",
                {"unseen": unseen, "surplus": pages + for_pages - self._most_pages},
            ).rowcount
            self._dropped += dropped
            pages -= dropped
        return max(0, self._most_pages - int(pages))


def _insert(db: sqlite3.Connection, page: str, now: float, first_at: float, changed_at: float, *, worth: int) -> None:
    db.execute(
        "INSERT INTO pages (address, seen_at, worth, tracked_at, changed_at) VALUES (?, ?, ?, ?, ?)",
        (page, now, worth, first_at, changed_at),
    )


def _is_free(db: sqlite3.Connection, holder: str, now: float) -> bool:
    """Whether a holder may acquire the lease: it holds it, the lease is free, or its end was written by a clock that was wrong."""
    row = db.execute("SELECT holder, ends_at FROM lease").fetchone()
    return row[0] == holder or not now < row[1] <= now + LONGEST_LEASE


def _fence(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT fence FROM lease").fetchone()[0])


def _check(db: sqlite3.Connection, fence: int | None) -> None:
    if fence is not None and fence != _fence(db):
        raise LeaseLost(LEASE_LOST)
