"""The connection to a SQLite file: one per process, used by one thread at a time, and always to the file that the name leads to now."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from shariff_py.errors import StoreError
from shariff_py.stores.sqlite import failures
from shariff_py.stores.sqlite.files import Files, Identity
from shariff_py.stores.sqlite.salvage import copy_of, salvage, salvage_file
from shariff_py.stores.sqlite.schema import check_ours, is_header_ours, is_up_to_date, upgrade

WRITER_WAIT_SECONDS = 1.0
"""How long a call waits for another process that is writing. Writes here take a few milliseconds."""

THREAD_WAIT_SECONDS = 3.0
"""How long a call waits for another thread: longer than that one waits for a writer."""

MOST_SET_ASIDE = 5
"""So many corrupt stores are kept. Who has as many has a disk that has to be looked at, and would soon have a full one."""

CHECKS_SHARE = 20
"""A check of the whole file is repeated, if the file has changed, after so many times what the last one took."""

MERGE_SECONDS = 5.0
"""After how long it is tried again to write what an exchanged file held into the new one."""

NOTHING: Identity = (None, None, None)

_log = logging.getLogger("shariff_py")
_connections: weakref.WeakSet[Connection] = weakref.WeakSet()
_left_behind: list[sqlite3.Connection] = []


class Connection:
    """The file and its folder are created with the first call. Whatever fails is a `StoreError` with the file's name and the cure.

    Every call compares which file the name leads to with the one that is open. Where it was removed, restored or exchanged, the new one is
    used from then on, and what only the old one had is written into it. A corrupt store is set aside and kept, and a new one is started
    with all that can be read in it; without ``mends`` it is an error. ``epoch`` grows whenever one of the two has happened.
    """

    def __init__(self, path: Path, *, mends: bool = True) -> None:
        self.path = path
        self.files = Files(path)
        self.epoch = 0
        self._mends = mends
        self._lock = threading.Lock()
        self._open_one: sqlite3.Connection | None = None
        self._held = self._stale = NOTHING
        self._left: sqlite3.Connection | None = None
        self._merge_at = 0.0
        self._checked = (0, 0.0)
        _connections.add(self)

    def __del__(self) -> None:
        # Whoever drops a store need not close it: from Python 3.13 on, a connection that is merely collected warns.
        self._drop()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for one thread at a time. A page view must not wait while another one takes over a large store."""
        lock = self._lock
        if not lock.acquire(timeout=THREAD_WAIT_SECONDS):
            raise StoreError(
                f"the store {self.files.shown} is used by another thread for longer than usual.", cure=failures.AGAIN
            )
        try:
            yield self._current()
        except (sqlite3.Error, OSError) as error:
            raise self._failed(error) from error
        finally:
            lock.release()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The same in one transaction: what is written in the block is there as a whole, or not at all."""
        with self.reading() as db, transaction(db):
            yield db

    def check(self) -> None:
        """Read the whole file, unless it was checked since it was last changed; page views do not wait for that."""
        # First the file that the name leads to now is used: another one's -wal would be played into it.
        with self.reading():
            seen = self._held
        try:
            changed_at, began = self.files.main.stat().st_mtime_ns, time.monotonic()
            if changed_at == self._checked[0] or began < self._checked[1]:
                return
            with closing(self._plain_connection()) as db:
                (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
            self._checked = changed_at, began + CHECKS_SHARE * (time.monotonic() - began)
            if found != "ok":
                raise failures.Damaged(str(found).replace("\n", " "))
        except (sqlite3.Error, OSError) as error:
            if failures.code(error) in failures.CORRUPT:
                with self._lock:
                    self._drop()
                    self._held = seen
                    raise self._failed(error) from error
            # Whatever else it is, the next call meets it as well.

    def close(self) -> None:
        """Close it. The next call opens it again."""
        with self._lock:
            self._drop()

    def _current(self) -> sqlite3.Connection:
        """The connection to the file that the name leads to now."""
        if self._open_one is not None and self.files.identity() != self._held:
            self._leave()
        if self._open_one is None:
            self._open_one = self._connect()
        if self._left is not None and time.monotonic() >= self._merge_at:
            self._merge(self._left, self._open_one)
        return self._open_one

    def _leave(self) -> None:
        """Close a file that was exchanged, and keep a copy of what it held."""
        if self._open_one is not None and self._left is None:
            with suppress(sqlite3.Error):
                self._left = copy_of(self._open_one)
        self._drop()
        self._stale, self._merge_at = self._held, 0.0
        self.epoch += 1

    def _merge(self, left: sqlite3.Connection, db: sqlite3.Connection) -> None:
        try:
            with transaction(db):
                found = salvage(left, db)
        except sqlite3.Error as error:
            self._merge_at = time.monotonic() + MERGE_SECONDS
            _log.error(
                "What the store %s held before it was exchanged is not written into it yet: %s", self.files.shown, error
            )
            return
        left.close()
        self._left = None
        _log.warning(
            "The store %s is another file than before: it was removed, restored or replaced. What the one before held and this one "
            "did not was written into it (%s). To restore one, stop the application and remove its -wal and -shm as well.",
            self.files.shown,
            found,
        )

    def _connect(self) -> sqlite3.Connection:
        files = self.files
        files.resolve()
        now = files.identity()
        if self._stale != NOTHING or now[0] is None or files.has_foreign_wal(now):
            with files.locked():
                files.remove_beside(self._stale)
                self._stale = NOTHING
                if files.identity()[0] is None:
                    files.create()
                db = self._open()
                files.note(self._held)
                return db
        db = self._open()
        if self._mends and not files.is_noted(self._held):
            with suppress(OSError), files.locked():
                files.note(self._held)
        return db

    def _open(self) -> sqlite3.Connection:
        self._held = before = self.files.identity()
        db = self._plain_connection()
        try:
            check_ours(db, self.path)
            _write_ahead(db)
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("PRAGMA foreign_keys = ON")
            if not is_up_to_date(db):
                with transaction(db):
                    upgrade(db)
            self._held = self.files.identity()
            if before[0] is not None and before[0] != self._held[0]:
                raise sqlite3.OperationalError("it was exchanged while it was opened")
        except BaseException:
            db.close()
            raise
        return db

    def _plain_connection(self) -> sqlite3.Connection:
        """A connection to a file that exists: SQLite would create one that everybody may read."""
        return sqlite3.connect(
            f"{self.files.main.as_uri()}?mode=rw",
            uri=True,
            timeout=WRITER_WAIT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )

    def _failed(self, error: Exception) -> StoreError:
        """What a call raises; a corrupt store is mended for the next one."""
        code = failures.code(error)
        if code and code not in failures.PASSING:
            with suppress(OSError):
                if self._open_one is not None and self.files.identity() != self._held:
                    self._leave()
                    return failures.as_store_error(self.path, error)
            self._drop()
        if code in failures.CORRUPT:
            try:
                return self._mend(error)
            except (sqlite3.Error, OSError) as further:
                error = further
        return failures.as_store_error(self.path, error)

    def _mend(self, error: Exception) -> StoreError:
        """Set a corrupt store aside and start a new one with what can be read in it; what is not ours is left as it is."""
        files, again = self.files, "It is used again from the next call on; nothing has to be done."
        with files.locked():
            now = files.identity()[0]
            if now is None or now != self._held[0]:
                return StoreError(
                    f"the store {files.shown} was corrupt ({error}), and was exchanged since.", cure=again
                )
            if not is_header_ours(files.header(), file_noted=files.owns(now), place_noted=files.owned()):
                return failures.as_store_error(self.path, error)
            before = files.set_aside_before()
            if not self._mends or len(before) >= MOST_SET_ASIDE:
                return failures.corrupt(files.main, error, before if self._mends else [])
            kept = files.set_aside()
            files.create()
            self._open_one = self._open()
            files.note(self._held)
            with transaction(self._open_one):
                found = salvage_file(kept, self._open_one)
        self.epoch += 1
        _log.error(
            "The store %s was corrupt (%s). It is kept as %s; a new one was started with what could be read in it (%s%s). %s",
            files.shown,
            error,
            kept.name,
            found,
            "" if found.complete else ", not everything",
            failures.CORRUPT_CURE,
        )
        return StoreError(f"the store {files.shown} was corrupt ({error}) and is kept as {kept.name!r}.", cure=again)

    def _drop(self) -> None:
        if self._open_one is not None:
            with suppress(sqlite3.Error):
                self._open_one.close()
        self._open_one = None

    def _leave_behind(self) -> None:
        for connection in (self._open_one, self._left):
            if connection is not None:
                _left_behind.append(connection)
        self._open_one, self._left, self._lock = None, None, threading.Lock()


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
