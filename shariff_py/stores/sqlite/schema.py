"""The tables of a SQLite store, and the upgrades from earlier versions."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from shariff_py.errors import StoreError
from shariff_py.stores.sqlite.failures import Damaged

VERSION = 6
APPLICATION_ID = 0x53685079
"""In the header of every store of ours, so that a corrupt one can be told from another program's file. It spells "ShPy"."""

REPORTS = """
    CREATE TABLE reports (
        blocked TEXT NOT NULL, directive TEXT NOT NULL, page TEXT NOT NULL, enforced INTEGER NOT NULL,
        times INTEGER NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL,
        PRIMARY KEY (blocked, directive, page, enforced)
    ) WITHOUT ROWID
    """
LEASE = """
    CREATE TABLE lease (
        id INTEGER PRIMARY KEY CHECK (id = 1), holder TEXT NOT NULL, ends_at REAL NOT NULL, fence INTEGER NOT NULL
    )
    """
FREE_LEASE = "INSERT INTO lease VALUES (1, '', 0, 0)"
PLATFORM_STATES = "CREATE TABLE platform_states (platform TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID"
SCHEMA = (
    """
    CREATE TABLE pages (
        id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, seen_at REAL NOT NULL, worth INTEGER NOT NULL DEFAULT 0,
        tracked_at REAL NOT NULL, changed_at REAL NOT NULL
    )
    """,
    "CREATE INDEX pages_by_worth ON pages (worth, seen_at)",
    """
    CREATE TABLE counts (
        page INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE, platform TEXT NOT NULL,
        value INTEGER, as_of REAL NOT NULL, tried_at REAL NOT NULL, reason TEXT NOT NULL, next_at REAL NOT NULL,
        PRIMARY KEY (page, platform)
    ) WITHOUT ROWID
    """,
    LEASE,
    FREE_LEASE,
    REPORTS,
    PLATFORM_STATES,
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {VERSION}",
)
"""``worth`` is `shariff_py.stores.count_store.NUMBER` and ``LISTED``, added."""

UPGRADES = {
    1: (
        "ALTER TABLE pages RENAME COLUMN registered_at TO seen_at",
        "ALTER TABLE pages ADD COLUMN has_number INTEGER NOT NULL DEFAULT 0",
        "UPDATE pages SET has_number = 1 WHERE id IN (SELECT page FROM readings WHERE value IS NOT NULL)",
        "CREATE INDEX pages_by_worth ON pages (has_number, seen_at)",
        "PRAGMA user_version = 2",
    ),
    2: (REPORTS, "PRAGMA user_version = 3"),
    3: (
        "ALTER TABLE pages RENAME COLUMN has_number TO kept",
        "ALTER TABLE pages ADD COLUMN registered_at REAL NOT NULL DEFAULT 0",
        "ALTER TABLE pages ADD COLUMN changed_at REAL NOT NULL DEFAULT 0",
        "UPDATE pages SET registered_at = seen_at, changed_at = seen_at",
        "ALTER TABLE readings ADD COLUMN next_at REAL NOT NULL DEFAULT 0",
        "UPDATE readings SET next_at = tried_at + 3600",
        "DROP TABLE lease",
        LEASE,
        FREE_LEASE,
        "CREATE TABLE standings (platform TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID",
        "PRAGMA user_version = 4",
    ),
    4: (
        "UPDATE pages SET kept = id IN (SELECT page FROM readings WHERE value > 0)",
        "PRAGMA user_version = 5",
    ),
    5: (
        "ALTER TABLE pages RENAME COLUMN kept TO worth",
        "ALTER TABLE pages RENAME COLUMN registered_at TO tracked_at",
        "ALTER TABLE readings RENAME TO counts",
        PLATFORM_STATES,
        """
        INSERT INTO platform_states SELECT platform, json_object(
            'window', json_object('minutes', json(coalesce(json_extract(content, '$.lately'), '[]'))),
            'bucket', json_object('tat', coalesce(json_extract(content, '$.whole_at'), 0)),
            'quota', json_object('used', coalesce(json_extract(content, '$.used'), 0), 'cost', coalesce(json_extract(content, '$.cost'), 0),
                'reported_at', coalesce(json_extract(content, '$.told_at'), 0)),
            'backoff', json_object('retry_at', coalesce(json_extract(content, '$.rest_until'), 0)),
            'breaker', json_object('failures', coalesce(json_extract(content, '$.failures'), 0), 'reason', coalesce(json_extract(content, '$.reason'), ''),
                'failed_at', coalesce(json_extract(content, '$.failed_at'), 0), 'succeeded_at', coalesce(json_extract(content, '$.succeeded_at'), 0)),
            'fingerprint', coalesce(json_extract(content, '$.key'), '')
        ) FROM standings WHERE json_valid(content) AND json_type(content) = 'object'
        """,
        "DROP TABLE standings",
        "PRAGMA user_version = 6",
    ),
}
"""The statements that upgrade a file by one version. All that is lost is a lease of seconds and, until a sitemap is imported again, that
a page is in it."""


OF_EVERY_VERSION = frozenset({"pages", "lease"})
"""Tables that every version has."""

TABLES = OF_EVERY_VERSION | {"counts", "reports", "platform_states"}

OTHER_FILE = "Name another file in counts.store, or move that one away."


def is_header_ours(header: bytes, *, file_noted: bool, place_noted: bool) -> bool:
    """Whether a file that cannot be read is a store of ours: by its header; where that is older than our number, because it was noted
    that this file is one; where it has none of SQLite, because there was one in its place."""
    if not header.startswith(b"SQLite format 3\0"):
        return place_noted
    application_id = int.from_bytes(header[68:72], "big")
    return application_id == APPLICATION_ID or (application_id == 0 and file_noted)


def check_ours(db: sqlite3.Connection, path: Path) -> None:
    """Raises `StoreError` for a file that is another program's or of a later version, and `Damaged` for a store of ours without its
    tables. Nothing is written."""
    application_id, version = (
        int(db.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("application_id", "user_version")
    )
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if application_id == APPLICATION_ID and version > VERSION:
        raise StoreError(
            f"{str(path)!r} holds a store of version {version}; this version of shariff_py uses version {VERSION}.",
            cure="Install the version of shariff_py that wrote it, or name another file in counts.store.",
        )
    if application_id not in {0, APPLICATION_ID} or (application_id == 0 and not _is_earlier(version, tables)):
        raise StoreError(
            f"{str(path)!r} holds something else than counts; it was left as it is, and nothing is kept.",
            cure=OTHER_FILE,
        )
    if application_id == APPLICATION_ID and version == VERSION and not tables >= TABLES:
        raise Damaged(f"tables are missing: {', '.join(sorted(TABLES - tables))}")


def upgrade(db: sqlite3.Connection) -> None:
    """Create the tables in an empty file, bring those of an earlier version up to date; to be run in a transaction, after `check_ours`."""
    if db.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
        for statement in SCHEMA:
            db.execute(statement)
        return
    while (version := _version(db)) in UPGRADES:
        for statement in UPGRADES[version]:
            db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def is_up_to_date(db: sqlite3.Connection) -> bool:
    """Whether there is nothing to upgrade."""
    return _version(db) == VERSION and db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


def _is_earlier(version: int, tables: set[str]) -> bool:
    """Whether a file without our number is empty, or a store of ours from before there was one."""
    return not tables if version == 0 else version <= VERSION and tables >= OF_EVERY_VERSION


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])
