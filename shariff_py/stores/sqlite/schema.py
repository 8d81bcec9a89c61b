"""The tables of a SQLite store, and the upgrades from earlier versions."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from shariff_py.errors import StoreError

VERSION = 6
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


def upgrade(db: sqlite3.Connection, path: Path) -> None:
    """Create the tables in an empty file, bring those of an earlier version up to date; to be run in a transaction.

    Raises `StoreError` for files that are not ours or of a later version.
    """
    version = _version(db)
    if version == 0 and db.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
        for statement in SCHEMA:
            db.execute(statement)
        return
    while version in UPGRADES:
        for statement in UPGRADES[version]:
            db.execute(statement)
        version = _version(db)
    if version != VERSION:
        raise StoreError(
            f"{str(path)!r} holds {f'a store of version {version}' if version else 'something else than counts'}; this "
            f"version of shariff_py uses version {VERSION}. Name another file in counts.store."
        )


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])
