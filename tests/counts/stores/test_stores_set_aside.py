"""A corrupt SQLite store is kept under another name; a new one is started with what can be read in it, and the log says what to do."""

from __future__ import annotations

import logging
import re
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest
from support.constants import NOW, PAGE
from support.store_faults import backup, checkpointed, overwrite, remove
from support.stores import DAY, FRAME, failed, record, reported

from shariff_py.errors import StoreError
from shariff_py.platforms.count_sources.cached_count import CachedCount, Count
from shariff_py.stores import StoreSummary, open_store
from shariff_py.stores.sqlite import SQLiteStore

PAGES = {f"{PAGE}{n}": Count(n) for n in range(400)}


def filled(path: Path) -> SQLiteStore:
    """A store with four hundred pages, a report and the state of a platform."""
    store = SQLiteStore(path)
    store.import_pages(dict.fromkeys(PAGES), NOW)
    record(store, PAGES, NOW)
    store.reports.add([FRAME], DAY, 10)
    store.save_state("facebook", failed(2))
    return store


def root_of(path: Path, table: str) -> int:
    db = sqlite3.connect(path)
    (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    db.close()
    return int(page)


def test_what_can_be_read_in_a_corrupt_store_is_in_the_new_one(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "counts.sqlite"
    store = filled(path)
    checkpointed(path)
    store.close()
    overwrite(path, 4096 * (root_of(path, "pages_by_worth") - 1), 4096)

    with pytest.raises(StoreError, match="is kept as"):
        store.lease("first", 30)

    assert store.read(f"{PAGE}399") == {"facebook": CachedCount(399, NOW, NOW)}
    assert store.reports.all() == [reported(FRAME, 1)]
    assert store.load_state("facebook") == failed(2)
    kept = store.summary().set_aside
    assert store.summary() == StoreSummary(400, 0, {"facebook": 400}, kept)
    assert [re.sub(r"\d", "0", name) for name in kept] == ["counts.sqlite.corrupt-00000000-000000"]
    assert kept[0] in caplog.text
    assert "pages: 400, counts: 400, reports: 1" in caplog.text
    assert "Check the disk and the system's log" in caplog.text
    store.close()


@pytest.mark.parametrize("gone", [16, 100, 4096])
def test_a_store_whose_header_or_first_page_is_gone_loses_nothing(tmp_path: Path, gone: int) -> None:
    path = tmp_path / "counts.sqlite"
    store = filled(path)
    store.close()
    overwrite(path, 0, gone)

    with pytest.raises(StoreError, match="is kept as"):
        store.summary()

    assert store.summary().with_number == {"facebook": 400}
    assert store.read(f"{PAGE}200") == {"facebook": CachedCount(200, NOW, NOW)}
    assert store.reports.all() == [reported(FRAME, 1)]
    assert store.load_state("facebook") == failed(2)
    assert sorted(found.name[:22] for found in tmp_path.iterdir()) == [
        "counts.sqlite",
        "counts.sqlite-lock",
        "counts.sqlite-note",
        "counts.sqlite-shm",
        "counts.sqlite-wal",
        "counts.sqlite.corrupt-",
    ]
    store.close()


def test_of_a_table_with_a_hole_both_ends_are_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    store = filled(path)
    checkpointed(path)
    store.close()
    pages = [
        n for n in range(1, path.stat().st_size // 4096) if b"example.org/200" in path.read_bytes()[4096 * n :][:4096]
    ]
    overwrite(path, 4096 * pages[0], 4096)

    with pytest.raises(StoreError, match="is kept as"):
        store.lease("first", 30)

    assert store.read(f"{PAGE}0")["facebook"].value == 0
    assert store.read(f"{PAGE}399")["facebook"].value == 399
    assert store.reports.all() == [reported(FRAME, 1)]
    store.close()


def test_a_store_that_is_corrupt_again_and_again_is_left_at_last_and_the_disk_named(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    store = SQLiteStore(path)
    store.track(PAGE, NOW)
    for _ in range(5):
        store.close()
        overwrite(path, 0, 100)
        with pytest.raises(StoreError, match="is kept as"):
            store.track(PAGE, NOW)
    store.close()
    overwrite(path, 0, 100)

    for _ in range(2):
        with pytest.raises(StoreError, match=r"It was so before, see .* Check the disk"):
            store.track(PAGE, NOW)

    assert len(list(tmp_path.glob("counts.sqlite.corrupt-*"))) == 5


def test_who_only_looks_leaves_a_corrupt_store_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    store = filled(path)
    store.close()
    overwrite(path, 0, 100)
    before = path.read_bytes()
    looking = open_store(f"sqlite:///{path}", mends=False)

    for _ in range(2):
        with pytest.raises(StoreError, match="The application keeps it under another name at its next use"):
            looking.summary()

    assert path.read_bytes() == before


def test_two_processes_that_find_the_same_corrupt_store_set_it_aside_once(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    first, second = filled(path), SQLiteStore(path)
    second.track(PAGE, NOW)
    checkpointed(path)
    overwrite(path, 4096, path.stat().st_size - 4096)

    for store in (first, second, first, second):
        with suppress(StoreError):
            store.lease("first", 30)
    for store in (first, second):
        store.track(PAGE, NOW)

    assert len(first.summary().set_aside) == 1
    first.close()
    second.close()


def test_a_store_that_is_only_busy_or_full_is_not_set_aside(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "counts.sqlite"
    store = filled(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with caplog.at_level(logging.WARNING), pytest.raises(StoreError, match="Another process is writing"):
        store.check_writable()
    other.execute("ROLLBACK")
    other.close()

    assert (store.summary().set_aside, store.epoch, caplog.text) == ((), 0, "")
    store.close()


def test_what_was_written_by_a_leader_after_an_exchange_is_the_newer(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    before, after = filled(path), SQLiteStore(path)
    before.lease("first", 30)
    remove(path)
    after.lease("second", 30)
    after.save_state("facebook", failed(5))

    assert before.load_state("facebook") == failed(5)
    assert before.summary().pages == 400
    before.close()
    after.close()


def test_what_a_process_held_is_newer_than_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    store = filled(path)
    store.lease("first", 30)
    older = backup(path)
    store.save_state("facebook", failed(5))
    store.reports.add([FRAME], DAY, 10)

    older.replace(path)

    assert store.load_state("facebook") == failed(5)
    assert store.reports.all() == [reported(FRAME, 2)]
    store.close()
