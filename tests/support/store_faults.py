"""What can happen to the store beneath two running processes, and what came of it. One table of cases for each kind of store."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from shariff_py.errors import StoreError
from shariff_py.service import Service
from support.counting import PAGE, SITE, Site

NEVER_COUNTED = f"{SITE}/never-counted"
MOST_ROUNDS = 3


@dataclass(frozen=True)
class Outcome:
    """``states``: what the status said in each round until nothing changed any more. ``leaders``: the most processes that led in a round.
    ``shown``: the number on the page in the first round; ``kept`` the one that a new process reads afterwards. ``registered``: of two
    pages, those in the store after the next view. ``set_aside``: corrupt files that are still there."""

    states: tuple[str, ...]
    leaders: int
    shown: int | None
    kept: int | None
    registered: int
    set_aside: int = 0


def outcome(site: Site, inflict: Callable[[], object], **counts: object) -> Outcome:
    """Two processes share a store, one of them leads; then something happens to the store, and they go on as before. A third one, which is
    started after that, is the first to use it."""
    first, second = site.again(counts=counts), site.again(counts=counts)
    site.stand_in.counts[PAGE] = 17
    for service in (first, second):
        for page in (PAGE, NEVER_COUNTED):
            service.track(page)
    site.clock.step(hours=1)
    first.store.track(PAGE, site.now())
    assert first.refresh(keep_lease=True).is_leader
    for service in (first, second):
        service.counts(NEVER_COUNTED)
        assert number(service) == 17
    first.store.record("facebook", {}, site.now(), fence=first.lease.acquire())
    inflict()
    states: list[str] = []
    leaders, shown = 0, number(first)
    new = site.again(counts=counts)
    for _ in range(MOST_ROUNDS):
        site.clock.step(seconds=6)
        leaders = max(leaders, sum(_leads(service) for service in (new, first, second)))
        for service in (first, second):
            shown = number(service) if shown == 17 else shown
            for page in (PAGE, NEVER_COUNTED):
                service.track(page)
        states.append(str(first.status()["store"]["state"]))
    done = Outcome(tuple(dict.fromkeys(states)), leaders, shown, *_found(site, counts))
    for service in (first, second, new):
        service.lease.release()
        service.store.close()
    return done


def number(service: Service) -> int | None:
    """The number that a page view shows."""
    cached = service.counts(PAGE).get("facebook")
    return cached.value if cached else None


def _leads(service: Service) -> bool:
    try:
        return service.lead()
    except StoreError:
        return False


def _found(site: Site, counts: Mapping[str, object]) -> tuple[int | None, int, int]:
    """What a process finds that is started now."""
    third = site.again(counts=dict(counts))
    try:
        read = third.store.read(PAGE).get("facebook")
        summary = third.store.summary()
        return (read.value if read else None), summary.pages, len(summary.set_aside)
    except StoreError:
        return None, 0, 0
    finally:
        third.store.close()


def beside(path: Path) -> tuple[Path, Path]:
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


def remove(path: Path, *, whole: bool = True) -> None:
    for file in (path, *(beside(path) if whole else ())):
        file.unlink()


def backup(path: Path) -> Path:
    """An older backup of the store: the page is known, its number was 5 then."""
    copy = path.with_name("backup.sqlite")
    copy.unlink(missing_ok=True)
    source, target = sqlite3.connect(path), sqlite3.connect(copy)
    source.backup(target)
    target.execute("UPDATE counts SET value = 5, as_of = as_of - 86400, tried_at = tried_at - 86400")
    target.execute("UPDATE lease SET fence = 1, holder = '', ends_at = 0")
    target.commit()
    source.close()
    target.close()
    return copy


def foreign(path: Path) -> Path:
    """Another program's database."""
    other = path.with_name("members.sqlite")
    db = sqlite3.connect(other)
    db.executescript("CREATE TABLE members (name TEXT); INSERT INTO members VALUES ('Erika Mustermann')")
    db.close()
    return other


def statement(path: Path, *sql: str) -> None:
    """What another program does to the file that is there."""
    db = sqlite3.connect(path, isolation_level=None)
    for one in sql:
        db.execute(one)
    db.close()


def overwrite(path: Path, at: int, length: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"\xa5" * length)


def copied_over(path: Path, other: Path) -> None:
    """The same file with another content, as ``cp`` does it."""
    path.write_bytes(other.read_bytes())


def folder_away(path: Path, *, again: bool) -> None:
    shutil.rmtree(path.parent)
    if again:
        path.parent.mkdir()


def of_later_version(path: Path) -> None:
    later = backup(path)
    statement(later, "PRAGMA user_version = 99")
    later.replace(path)


def garbled(path: Path, *, whole: bool) -> None:
    """Everything is overwritten, or all but the first page."""
    start = 0 if whole else 4096
    checkpointed(path)
    overwrite(path, start, path.stat().st_size - start)


def checkpointed(path: Path) -> None:
    statement(path, "PRAGMA wal_checkpoint(TRUNCATE)")


FAULTS: Mapping[str, Callable[[Path], object]] = {
    "the file is removed": lambda path: remove(path, whole=False),
    "the file is removed with what is beside it": remove,
    "an older backup is moved over the file": lambda path: backup(path).replace(path),
    "an older backup is put in place of all its files": lambda path: (backup(path), remove(path), path.with_name("backup.sqlite").replace(path)),
    "an older backup is copied into the file": lambda path: copied_over(path, backup(path)),
    "the file is emptied": lambda path: os.truncate(path, 0),
    "the file is cut in the middle": lambda path: (checkpointed(path), os.truncate(path, path.stat().st_size // 2 // 4096 * 4096)),
    "the file is overwritten with garbage": lambda path: garbled(path, whole=True),
    "all but the header is overwritten with garbage": lambda path: garbled(path, whole=False),
    "the header is overwritten with garbage": lambda path: (checkpointed(path), overwrite(path, 0, 100)),
    "another file is put in its place": lambda path: (remove(path), path.write_bytes(b"These are no counts.\n" * 500)),
    "its -wal is removed": lambda path: beside(path)[0].unlink(),
    "its -shm is removed": lambda path: beside(path)[1].unlink(),
    "its -wal and -shm are removed": lambda path: [file.unlink() for file in beside(path)],
    "its folder is removed": lambda path: folder_away(path, again=False),
    "its folder is removed and made again": lambda path: folder_away(path, again=True),
    "a table is dropped": lambda path: statement(path, "PRAGMA foreign_keys = OFF", "DROP TABLE counts"),
    "a store of a later version is put in its place": of_later_version,
    "another program's database is put in its place": lambda path: (remove(path), foreign(path).replace(path)),
    "its folder becomes a file": lambda path: (shutil.rmtree(path.parent), path.parent.write_text("in the way")),
}  # fmt: skip
"""Faults of SQLite by name: each is inflicted on the path of the store."""
