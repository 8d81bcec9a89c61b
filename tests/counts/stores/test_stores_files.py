"""The files of a SQLite store: who may read them, and what a process that is killed in the middle of making them leaves behind."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from stat import S_IMODE

import pytest
from support.constants import NOW, PAGE
from support.store_faults import backup, foreign, overwrite
from support.stores import record

from shariff_py.errors import StoreError
from shariff_py.platforms.count_sources.cached_count import Count
from shariff_py.stores.sqlite import SQLiteStore


@pytest.fixture(params=[0o000, 0o022, 0o277])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    return {path.name: oct(S_IMODE(path.stat().st_mode)) for path in (folder, *folder.iterdir())}


@pytest.mark.usefixtures("umask")
def test_whatever_is_created_is_for_its_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "var" / "below" / "counts.sqlite"
    store = SQLiteStore(path)

    store.track(PAGE, NOW)

    assert modes(path.parent) == {
        "below": "0o700",
        "counts.sqlite": "0o600",
        "counts.sqlite-wal": "0o600",
        "counts.sqlite-shm": "0o600",
        "counts.sqlite-lock": "0o600",
        "counts.sqlite-note": "0o600",
    }
    assert S_IMODE((tmp_path / "var").stat().st_mode) == 0o700
    store.close()


def test_a_corrupt_store_that_others_could_read_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    store = SQLiteStore(path)
    store.track(PAGE, NOW)
    store.close()
    path.chmod(0o644)
    overwrite(path, 0, 4096)

    with pytest.raises(StoreError):
        store.track(PAGE, NOW)
    store.track(PAGE, NOW)

    assert {mode for name, mode in modes(tmp_path).items() if name.startswith("counts")} == {"0o600"}
    store.close()


def test_what_root_creates_belongs_to_the_owner_of_the_folder_and_everybody_elses_to_them(tmp_path: Path) -> None:
    owner = os.geteuid(), os.getegid()
    if os.geteuid() == 0:
        owner = 1234, 5678
        os.chown(tmp_path, *owner)
    store = SQLiteStore(tmp_path / "counts.sqlite")

    store.track(PAGE, NOW)

    owners = {(path.stat().st_uid, path.stat().st_gid) for path in tmp_path.glob("counts.sqlite*")}
    assert (len(list(tmp_path.glob("counts.sqlite*"))), owners) == (5, {owner})
    store.close()


def test_the_mode_that_an_operator_gave_a_store_stays(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    store = SQLiteStore(path)
    store.track(PAGE, NOW)
    store.close()
    path.chmod(0o640)

    store.track(PAGE + "new", NOW)

    assert (modes(tmp_path)["counts.sqlite"], modes(tmp_path)["counts.sqlite-wal"]) == ("0o640", "0o640")
    store.close()


WRITER = """
import os, sys
from pathlib import Path
from shariff_py.platforms.count_sources.cached_count import Count
from shariff_py.stores.sqlite import SQLiteStore

store = SQLiteStore(Path(sys.argv[1]))
store.track("https://www.example.org/", 1.0)
store.record("facebook", {"https://www.example.org/": Count(17)}, 2.0)
print("written", flush=True)
sys.stdin.readline()
"""


def killed_writer(path: Path) -> None:
    """A process that has written to the store is killed: its -wal stays."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "written\n"
        process.send_signal(signal.SIGKILL)


@pytest.mark.subprocess
def test_a_backup_that_is_restored_is_not_mixed_with_the_wal_of_the_store_before(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    first = SQLiteStore(path)
    first.track(PAGE, NOW)
    record(first, {PAGE: Count(5)}, NOW)
    first.close()
    restored = backup(path)
    path.unlink()
    killed_writer(path)
    assert path.with_name("counts.sqlite-wal").stat().st_size > 0

    restored.replace(path)
    store = SQLiteStore(path)

    assert store.read(PAGE)["facebook"].value == 5
    assert store.lease("first", 30) > 0
    assert store.summary().set_aside == ()
    store.close()


@pytest.mark.subprocess
def test_what_a_killed_process_wrote_is_there(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    killed_writer(path)
    store = SQLiteStore(path)

    assert store.read(PAGE)["facebook"].value == 17
    store.close()


def _nothing_but_the_lock(path: Path) -> None:
    path.unlink()


def _an_empty_file(path: Path) -> None:
    path.write_bytes(b"")


def _an_empty_file_and_an_old_wal(path: Path) -> None:
    path.write_bytes(b"")
    path.with_name("counts.sqlite-wal").write_bytes(b"of another file" * 500)


def _a_wal_alone(path: Path) -> None:
    path.unlink()
    path.with_name("counts.sqlite-wal").write_bytes(b"of another file" * 500)
    path.with_name("counts.sqlite-shm").write_bytes(b"of another file" * 500)


def _set_aside_and_nothing_new(path: Path) -> None:
    path.rename(path.with_name("counts.sqlite.corrupt-20261130-010000"))


def _a_new_file_without_tables(path: Path) -> None:
    path.unlink()
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode = WAL")
    db.close()


def _an_unreadable_note(path: Path) -> None:
    path.with_name("counts.sqlite-note").write_bytes(b"\xff\x00 half a no")


@pytest.mark.parametrize(
    "left",
    [
        _nothing_but_the_lock,
        _an_empty_file,
        _an_empty_file_and_an_old_wal,
        _a_wal_alone,
        _set_aside_and_nothing_new,
        _a_new_file_without_tables,
        _an_unreadable_note,
    ],
)
def test_whatever_a_killed_process_leaves_is_a_store_that_opens(tmp_path: Path, left: Callable[[Path], None]) -> None:
    path = tmp_path / "counts.sqlite"
    before = SQLiteStore(path)
    before.track(PAGE, NOW)
    before.close()
    left(path)
    store = SQLiteStore(path)

    store.track(PAGE, NOW)

    assert store.summary().pages == 1
    assert store.lease("first", 30) > 0
    store.close()


def test_a_foreign_database_keeps_every_byte_and_gets_no_file_beside_it(tmp_path: Path) -> None:
    path = foreign(tmp_path / "counts.sqlite")
    before = path.read_bytes()
    store = SQLiteStore(path)

    for call in (store.summary, store.check_writable, lambda: store.lease("first", 30)):
        with pytest.raises(StoreError, match=r"Name another file in counts\.store"):
            call()

    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["members.sqlite"]


def test_a_foreign_database_that_is_corrupt_is_not_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    store = SQLiteStore(path)
    store.track(PAGE, NOW)
    store.close()
    foreign(path).replace(path)
    overwrite(path, 100, 3000)
    before = path.read_bytes()

    for _ in range(3):
        with pytest.raises(StoreError):
            store.track(PAGE, NOW)

    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.glob("*.corrupt*")] == []
