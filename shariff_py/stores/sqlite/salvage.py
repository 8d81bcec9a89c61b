"""What one store holds is taken over into another: out of a file that was exchanged beneath the process, or is corrupt."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

from shariff_py.stores.sqlite.schema import SCHEMA

ADD_PAGE = """
    INSERT INTO pages (address, seen_at, worth, tracked_at, changed_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (address) DO UPDATE SET seen_at = max(seen_at, excluded.seen_at), worth = worth | excluded.worth,
        tracked_at = min(tracked_at, excluded.tracked_at), changed_at = max(changed_at, excluded.changed_at)
    """

ADD_COUNT = """
    INSERT INTO counts SELECT id, ?, ?, ?, ?, ?, ? FROM pages WHERE address = ?
    ON CONFLICT (page, platform) DO UPDATE SET
        value = CASE WHEN excluded.value IS NOT NULL AND (value IS NULL OR excluded.as_of > as_of) THEN excluded.value ELSE value END,
        as_of = CASE WHEN excluded.value IS NOT NULL AND (value IS NULL OR excluded.as_of > as_of) THEN excluded.as_of ELSE as_of END,
        reason = CASE WHEN excluded.tried_at > tried_at THEN excluded.reason ELSE reason END,
        next_at = CASE WHEN excluded.tried_at > tried_at THEN excluded.next_at ELSE next_at END,
        tried_at = max(tried_at, excluded.tried_at)
    """
"""The newer number and the newer attempt stay, whichever store they were in."""

WHOLE_TABLES = ("reports", "platform_states")
"""Tables whose rows stand alone. The lease is in none: who held it in the other store has to acquire it here."""

TYPES: Mapping[str, type | tuple[type, ...]] = {"TEXT": str, "INTEGER": int, "REAL": (float, int)}

PAGE_SIZE, SIZE_FIELD = 4096, slice(28, 32)
"""Of a file: the bytes of a page, and where in the first one the number of pages is (sqlite.org/fileformat2.html, 1.3)."""

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How much was taken over. ``complete``: everything could be read."""

    pages: int = 0
    counts: int = 0
    reports: int = 0
    complete: bool = True

    def __str__(self) -> str:
        return f"pages: {self.pages}, counts: {self.counts}, reports: {self.reports}"


def copy_of(held: sqlite3.Connection) -> sqlite3.Connection:
    """What can be read through an open connection, in memory: a whole copy, or where that fails whatever rows can be read."""
    copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        held.backup(copy)
    except sqlite3.Error:
        copy.close()
        copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        for statement in SCHEMA:
            copy.execute(statement)
        salvage(held, copy)
    return copy


def salvage_file(path: Path, target: sqlite3.Connection) -> Salvaged:
    """Take over what can be read in a file, into ``target`` and in its transaction. The file is not written to.

    Where nothing can, because its first page with the list of its tables is gone, it is read with that of a new store, which has its tables
    in the same places. Rows that come out of a wrong place are no sound ones.
    """
    found = _salvage_at(path, target)
    if found.pages or found.reports or path.stat().st_size <= PAGE_SIZE:
        return found
    with TemporaryDirectory(dir=path.parent) as folder:
        copy, model = Path(folder) / "copy", Path(folder) / "model"
        copyfile(path, copy)
        with closing(sqlite3.connect(model, isolation_level=None)) as db:
            for statement in SCHEMA:
                db.execute(statement)
        first = bytearray(model.read_bytes()[:PAGE_SIZE])
        first[SIZE_FIELD] = (path.stat().st_size // PAGE_SIZE).to_bytes(4, "big")
        with copy.open("r+b") as file:
            file.write(first)
        return replace(_salvage_at(copy, target), complete=False)


def _salvage_at(path: Path, target: sqlite3.Connection) -> Salvaged:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as source:
            return salvage(source, target)
    except sqlite3.Error:
        return Salvaged(complete=False)


def salvage(source: sqlite3.Connection, target: sqlite3.Connection) -> Salvaged:
    """Take over what can be read through ``source``. Rows that no store of ours could have written are left out."""
    whole: list[str] = []
    addresses: dict[int, str] = {}

    def pages() -> Iterator[Row]:
        for page, *row in _rows(source, target, "pages", whole):
            addresses[page] = row[0]
            yield tuple(row)

    target.executemany(ADD_PAGE, pages())
    counts = target.executemany(
        ADD_COUNT,
        ((*row, addresses[page]) for page, *row in _rows(source, target, "counts", whole) if page in addresses),
    ).rowcount
    # Where a process has led in the new store meanwhile, what it wrote is the newer.
    conflict = "IGNORE" if _fence(target) > _fence(source) else "REPLACE"
    for table in WHOLE_TABLES:
        places = ", ".join("?" for _ in target.execute(f"PRAGMA table_info({table})"))
        target.executemany(f"INSERT OR {conflict} INTO {table} VALUES ({places})", _rows(source, target, table, whole))  # noqa: S608 - names above
    (reports,) = target.execute("SELECT count(*) FROM reports").fetchone()
    return Salvaged(len(addresses), counts, reports, complete=len(whole) == 2 + len(WHOLE_TABLES))


def _fence(db: sqlite3.Connection) -> int:
    with suppress(sqlite3.Error):
        return int(db.execute("SELECT fence FROM lease").fetchone()[0])
    return 0


def _rows(source: sqlite3.Connection, target: sqlite3.Connection, table: str, whole: list[str]) -> Iterator[Row]:
    """The sound rows of a table: from its start, and from its end where something between them cannot be read.

    Adds the table's name to ``whole`` if all of it could be read.
    """
    columns = target.execute(f"PRAGMA table_info({table})").fetchall()
    names = [name for _, name, *_ in columns]
    key = [name for _, name, *_, primary in columns if primary]
    sound: dict[tuple[type, ...], bool] = {}
    source.text_factory = _text
    for direction in ("ASC", "DESC"):
        order = ", ".join(f"{name} {direction}" for name in key)
        try:
            for row in source.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY {order}"):  # noqa: S608 - our own names
                kinds = tuple(map(type, row))
                if kinds not in sound:
                    sound[kinds] = all(map(_is_sound, row, columns))
                if sound[kinds]:
                    yield row
            whole.append(table)
            return
        except sqlite3.Error:
            continue


def _is_sound(value: object, column: tuple[int, str, str, int, object, int]) -> bool:
    _, _, kind, required, _, _ = column
    return not required if value is None else isinstance(value, TYPES[kind])


def _text(written: bytes) -> object:
    """Text, or bytes that no column takes."""
    try:
        return written.decode()
    except UnicodeDecodeError:
        return written
