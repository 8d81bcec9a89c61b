"""What SQLite's errors mean, and what to do about each."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from shariff_py.errors import StoreError

CORRUPT = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

PASSING = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CONSTRAINT})
"""After these the connection is still good, and reading goes on."""

PERMISSIONS = (
    "Check that the file, those beside it and their folder can be written by the user the application runs as."
)
READ_ONLY = f"{PERMISSIONS} A file system that was mounted read-only after an error has to be checked and mounted anew."
MAKE_ROOM = "Make room on the disk, or raise the user's quota; what was there before is still there."

AGAIN = "It is tried again."

CURES = {
    sqlite3.SQLITE_ERROR: "Another program has changed its tables; it is looked at again with the next call.",
    sqlite3.SQLITE_BUSY: f"Another process is writing for longer than usual. {AGAIN}",
    sqlite3.SQLITE_FULL: MAKE_ROOM,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: PERMISSIONS,
    sqlite3.SQLITE_PERM: PERMISSIONS,
    sqlite3.SQLITE_IOERR: "Check the disk and the system's log, and that the disk is not full.",
    sqlite3.SQLITE_NOTADB: "It is no SQLite file, and was left as it is. Name another file in counts.store, or move that one away.",
}
"""By SQLite's error code."""


class Damaged(sqlite3.DatabaseError):
    """The file can be read and is not what it has to be."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


CORRUPT_CURE = (
    "Check the disk and the system's log, and that no other program writes to the file or restores it while the application runs. The kept "
    "file can then be deleted."
)


def code(error: Exception) -> int:
    """SQLite's primary error code; 0 for other errors."""
    return int(getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def as_store_error(path: Path, error: Exception) -> StoreError:
    """The error of a call that failed, with the cure."""
    return StoreError(
        f"the store {str(path)!r} cannot be used: {str(error).rstrip('.')}.", cure=CURES.get(code(error), PERMISSIONS)
    )


def corrupt(path: Path, error: Exception, kept: Sequence[str]) -> StoreError:
    """The error of a corrupt store that is not set aside: the caller only looks, or as many as these were ``kept`` before."""
    problem = f"the store {str(path)!r} is corrupt: {error}."
    if kept:
        return StoreError(f"{problem} It was so before, see {', '.join(kept)}.", cure=CORRUPT_CURE)
    return StoreError(
        problem, cure="The application keeps it under another name at its next use, and starts a new one."
    )
