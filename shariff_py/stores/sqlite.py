"""The store every site starts with: one SQLite file, shared by all threads and processes of one machine."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from shariff_py.counts.due import ANSWERS, KnownPage
from shariff_py.errors import StoreError
from shariff_py.platforms.exchange import NEVER_READ, Reading, StoredReading
from shariff_py.stores.protocol import LONGEST_LEASE, SEEN_PRECISION, PlatformState, StoreState

SCHEMA_VERSION = 2
SCHEMA = (
    """
    CREATE TABLE pages (
        id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, seen_at REAL NOT NULL, has_number INTEGER NOT NULL DEFAULT 0
    )
    """,
    "CREATE INDEX pages_by_worth ON pages (has_number, seen_at)",
    """
    CREATE TABLE readings (
        page INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE, platform TEXT NOT NULL,
        value INTEGER, as_of REAL NOT NULL, tried_at REAL NOT NULL, reason TEXT NOT NULL,
        PRIMARY KEY (page, platform)
    ) WITHOUT ROWID
    """,
    "CREATE TABLE lease (id INTEGER PRIMARY KEY CHECK (id = 1), holder TEXT NOT NULL, ends_at REAL NOT NULL)",
    f"PRAGMA user_version = {SCHEMA_VERSION}",
)

UPGRADES = {
    1: (
        "ALTER TABLE pages RENAME COLUMN registered_at TO seen_at",
        "ALTER TABLE pages ADD COLUMN has_number INTEGER NOT NULL DEFAULT 0",
        "UPDATE pages SET has_number = 1 WHERE id IN (SELECT page FROM readings WHERE value IS NOT NULL)",
        "CREATE INDEX pages_by_worth ON pages (has_number, seen_at)",
        "PRAGMA user_version = 2",
    ),
}
"""What makes a file of an earlier version one of the next, losing nothing."""

PATIENCE_MS = 1000
"""How long a call waits for another process that is writing. Writes here take a few milliseconds."""

_stores: weakref.WeakSet[SQLiteStore] = weakref.WeakSet()
_left_behind: list[sqlite3.Connection] = []


class SQLiteStore:
    """See `shariff_py.stores.protocol.Store`. Holds at most ``most_pages`` pages; the file and its folder are created when needed.

    One connection per process, used by one thread at a time: a read takes some ten microseconds.
    """

    def __init__(self, path: Path, *, most_pages: int = 50_000) -> None:
        self.path = path
        self._most_pages = most_pages
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._dropped = 0
        _stores.add(self)

    def __repr__(self) -> str:
        return f"SQLiteStore({str(self.path)!r})"

    def register(self, page: str, now: float) -> None:
        with self._open() as db:
            seen = db.execute("SELECT seen_at FROM pages WHERE address = ?", (page,)).fetchone()
            if seen is not None and abs(now - seen[0]) < SEEN_PRECISION:
                return
            with _all_or_nothing(db):
                if db.execute("UPDATE pages SET seen_at = ? WHERE address = ?", (now, page)).rowcount == 0:
                    dropped = self._make_room(db)
                    db.execute("INSERT INTO pages (address, seen_at) VALUES (?, ?)", (page, now))
                    self._dropped += dropped

    def read(self, page: str) -> dict[str, StoredReading]:
        with self._open() as db:
            rows = db.execute(
                "SELECT platform, value, as_of, tried_at, reason FROM readings JOIN pages ON id = page WHERE address = ?",
                (page,),
            ).fetchall()
        return {platform: StoredReading(*reading) for platform, *reading in rows}

    def record(self, platform: str, readings: Mapping[str, Reading], now: float) -> None:
        with self._open() as db, _all_or_nothing(db):
            for page, reading in readings.items():
                row = db.execute(
                    "SELECT id, value, as_of, tried_at, reason FROM pages LEFT JOIN readings ON page = id AND platform = ? "
                    "WHERE address = ?",
                    (platform, page),
                ).fetchone()
                if row is None:
                    continue
                known = NEVER_READ if row[3] is None else StoredReading(*row[1:])
                after = known.after(reading, now)
                db.execute(
                    "INSERT OR REPLACE INTO readings (page, platform, value, as_of, tried_at, reason) VALUES (?, ?, ?, ?, ?, ?)",
                    (row[0], platform, after.value, after.as_of, after.tried_at, after.reason),
                )
                if known.value is None and after.value is not None:
                    db.execute("UPDATE pages SET has_number = 1 WHERE id = ?", (row[0],))

    def pages(self, platform: str, now: float, rest: float) -> list[KnownPage]:
        with self._open() as db:
            rows = db.execute(
                "SELECT address, value, as_of, tried_at, reason FROM pages LEFT JOIN readings ON page = id AND platform = ? "
                "WHERE tried_at IS NULL OR abs(? - tried_at) >= ? ORDER BY id",
                (platform, now, rest),
            ).fetchall()
        return [KnownPage(row[0], NEVER_READ if row[3] is None else StoredReading(*row[1:])) for row in rows]

    def lease(self, holder: str, now: float, seconds: float) -> bool:
        with self._open() as db:
            taken = db.execute(
                "INSERT INTO lease (id, holder, ends_at) VALUES (1, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, ends_at = excluded.ends_at "
                "WHERE holder = excluded.holder OR ends_at <= ? OR ends_at > ?",
                (holder, now + seconds, now, now + LONGEST_LEASE),
            )
            return taken.rowcount == 1

    def state(self) -> StoreState:
        with self._open() as db:
            (pages,) = db.execute("SELECT count(*) FROM pages").fetchone()
            good = db.execute(
                "SELECT platform, count(value), max(CASE WHEN value IS NOT NULL THEN as_of END) FROM readings GROUP BY platform"
            ).fetchall()
            # With max() the other columns are those of the same row (sqlite.org/lang_select.html, "bare columns").
            bad = db.execute(
                "SELECT platform, max(tried_at), reason FROM readings "
                "WHERE reason <> '' AND reason NOT IN (SELECT value FROM json_each(?)) GROUP BY platform",
                (json.dumps(sorted(ANSWERS)),),
            ).fetchall()
        failures = {platform: failure for platform, *failure in bad}
        platforms = {
            platform: PlatformState(numbers, success, *failures.get(platform, (None, "")))
            for platform, numbers, success in good
        }
        return StoreState(pages, self._dropped, platforms)

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

    def _make_room(self, db: sqlite3.Connection) -> int:
        """Drop as many pages as stand in the way of one more, and tell how many that were."""
        (pages,) = db.execute("SELECT count(*) FROM pages").fetchone()
        if pages < self._most_pages:
            return 0
        return db.execute(
            "DELETE FROM pages WHERE id IN (SELECT id FROM pages ORDER BY has_number, seen_at, id LIMIT ?)",
            (pages - self._most_pages + 1,),
        ).rowcount

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
            _prepare(db, self.path)
        except BaseException:
            db.close()
            raise
        return db


def _leave_parents_connections() -> None:
    """After a fork: a child must neither use nor close its parent's connections (sqlite.org/howtocorrupt.html, section 2.6)."""
    for store in list(_stores):
        store._leave_behind()


os.register_at_fork(after_in_child=_leave_parents_connections)


@contextmanager
def _all_or_nothing(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    """Set the connection up; create the tables in an empty file, bring an earlier version's up to date.

    Refuses files that are not ours or of a later version.
    """
    _write_ahead(db)
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA foreign_keys = ON")
    if _version(db) == SCHEMA_VERSION:
        return
    with _all_or_nothing(db):
        version = _version(db)
        if version == 0 and db.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            for statement in SCHEMA:
                db.execute(statement)
            return
        while version in UPGRADES:
            for statement in UPGRADES[version]:
                db.execute(statement)
            version = _version(db)
        if version != SCHEMA_VERSION:
            raise StoreError(
                f"{str(path)!r} holds {f'a store of version {version}' if version else 'something else than counts'}; this "
                f"version of shariff_py uses version {SCHEMA_VERSION}. Name another file in counts.store."
            )


def _write_ahead(db: sqlite3.Connection) -> None:
    """Let readers and a writer not wait for each other. SQLite does not wait by itself while several processes switch this on."""
    end = time.monotonic() + PATIENCE_MS / 1000
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() >= end:
                raise
        time.sleep(0.005)


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])
