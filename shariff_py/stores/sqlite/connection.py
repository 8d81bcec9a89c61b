"""The connection to a SQLite file: one per process, used by one thread at a time."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from shariff_py.errors import StoreError
from shariff_py.stores.sqlite.schema import VERSION, upgrade

WRITER_WAIT_SECONDS = 1.0
"""How long a call waits for another process that is writing. Writes here take a few milliseconds."""

_connections: weakref.WeakSet[Connection] = weakref.WeakSet()
_left_behind: list[sqlite3.Connection] = []


class Connection:
    """The file and its folder are created with the first call. Whatever fails is a `StoreError` with the file's name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._open_one: sqlite3.Connection | None = None
        _connections.add(self)

    def __del__(self) -> None:
        # Whoever drops a store need not close it: from Python 3.13 on, a connection that is merely collected warns.
        self._drop()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for one thread at a time."""
        with self._lock:
            try:
                if self._open_one is None:
                    self._open_one = self._connect()
                yield self._open_one
            except (sqlite3.Error, OSError) as error:
                self._drop()
                raise StoreError(
                    f"the store {str(self.path)!r} cannot be used: {error}. Check that the file and its folder can be written "
                    "by the user the application runs as, and that the disk is not full."
                ) from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The same in one transaction: what is written in the block is there as a whole, or not at all."""
        with self.reading() as db, transaction(db):
            yield db

    def close(self) -> None:
        """Close it. The next call opens it again."""
        with self._lock:
            self._drop()

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self.path, timeout=WRITER_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            _write_ahead(db)
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("PRAGMA foreign_keys = ON")
            if db.execute("PRAGMA user_version").fetchone() != (VERSION,):
                with transaction(db):
                    upgrade(db, self.path)
        except BaseException:
            db.close()
            raise
        return db

    def _drop(self) -> None:
        if self._open_one is not None:
            with suppress(sqlite3.Error):
                self._open_one.close()
        self._open_one = None

    def _leave_behind(self) -> None:
        if self._open_one is not None:
            _left_behind.append(self._open_one)
        self._open_one, self._lock = None, threading.Lock()


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """One transaction: what is written in the block is there as a whole, or not at all."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _write_ahead(db: sqlite3.Connection) -> None:
    """Let readers and a writer not wait for each other. SQLite does not wait by itself while several processes switch this on."""
    end = time.monotonic() + WRITER_WAIT_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() >= end:
                raise
        time.sleep(0.005)


def _leave_parents_connections() -> None:
    """After a fork: a child must neither use nor close its parent's connections (sqlite.org/howtocorrupt.html, section 2.6)."""
    for connection in list(_connections):
        connection._leave_behind()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_leave_parents_connections)
