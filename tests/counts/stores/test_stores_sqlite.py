"""SQLite alone: processes that share a file, files that are none of ours, writers that wait, a full disk."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.constants import NOW, PAGE
from support.stores import addresses, record

from shariff_py.errors import StoreError
from shariff_py.platforms.count_sources.cached_count import CachedCount, Count
from shariff_py.stores import open_store
from shariff_py.stores.count_store import SEEN_PRECISION
from shariff_py.stores.sqlite import SQLiteStore


def test_what_is_written_outlives_the_process_that_wrote_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/counts.sqlite"
    first = open_store(url)
    first.track(PAGE, NOW)
    record(first, {PAGE: Count(17)}, NOW)
    first.close()

    second = open_store(url)

    assert second.read(PAGE) == {"facebook": CachedCount(17, NOW, NOW)}
    second.close()


PROCESS = """
import sys
from pathlib import Path
from shariff_py.platforms.count_sources.cached_count import Count
from shariff_py.stores.sqlite import SQLiteStore

path, first = Path(sys.argv[1]), int(sys.argv[2])
store = SQLiteStore(path)
print("ready", flush=True)
sys.stdin.readline()
for n in range(60):
    store.track(f"https://www.example.org/{n}", 1.0)
    store.record("facebook", {f"https://www.example.org/{n}": Count(n)}, 2.0, next_at={f"https://www.example.org/{n}": 5.0 + n})
print("leads" if store.lease(str(first), 30) else "follows")
"""


@pytest.mark.subprocess
def test_processes_that_begin_together_share_one_new_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "counts.sqlite"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, str(path), str(n)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(5)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"

    ends = []
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        ends.append(process.communicate())

    assert [errors for _, errors in ends] == [""] * 5
    assert sorted(said for said, _ in ends) == ["follows\n"] * 4 + ["leads\n"]
    store = SQLiteStore(path)
    assert [known.cached.value for known in store.due("facebook", 1e6, 100)] == list(range(60))
    store.close()


FORKING = """
import os, signal, sys, threading
from pathlib import Path
from shariff_py.platforms.count_sources.cached_count import Count
from shariff_py.stores.sqlite import SQLiteStore

class Slow(dict):
    def items(self):
        writing.set()
        forked.wait()
        return super().items()

writing, forked = threading.Event(), threading.Event()
store = SQLiteStore(Path(sys.argv[1]))
store.track("https://www.example.org/", 1.0)
results = Slow({"https://www.example.org/": Count(17)})
thread = threading.Thread(target=store.record, args=("facebook", results, 2.0))
thread.start()
writing.wait()
child = os.fork()
if child == 0:
    signal.alarm(5)
    os._exit(0 if store.read("https://www.example.org/") == {} else 1)
print("child", os.waitpid(child, 0)[1])
forked.set()
thread.join()
print("parent", store.read("https://www.example.org/")["facebook"].value)
"""


@pytest.mark.subprocess
def test_a_child_forked_in_the_middle_of_a_write_neither_waits_for_it_nor_disturbs_it(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FORKING, str(tmp_path / "counts.sqlite")], capture_output=True, text=True
    )

    assert (done.stdout, done.stderr) == ("child 0\nparent 17\n", "")


def test_a_store_that_cannot_be_opened_says_which_file_and_works_again_afterwards(tmp_path: Path) -> None:
    in_the_way = tmp_path / "var"
    in_the_way.write_text("a file where the folder should be")
    store = SQLiteStore(in_the_way / "counts.sqlite")
    with pytest.raises(StoreError, match=r"counts\.sqlite"):
        store.track(PAGE, NOW)

    in_the_way.unlink()
    store.track(PAGE, NOW)

    assert addresses(store) == [PAGE]
    store.close()


def test_a_file_that_is_no_database_is_refused_and_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    path.write_bytes(b"These are the minutes of the council meeting.\n" * 100)
    store = SQLiteStore(path)

    with pytest.raises(StoreError, match="not a database"):
        store.read(PAGE)

    assert path.read_bytes().startswith(b"These are the minutes")


def test_a_foreign_database_is_refused_and_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "members.sqlite"
    foreign = sqlite3.connect(path)
    foreign.execute("CREATE TABLE members (name TEXT)")
    foreign.close()
    store = SQLiteStore(path)

    with pytest.raises(StoreError, match="something else than counts"):
        store.track(PAGE, NOW)

    foreign = sqlite3.connect(path)
    assert foreign.execute("SELECT name FROM sqlite_master").fetchall() == [("members",)]
    foreign.close()


@contextmanager
def another_writer(path: Path) -> Iterator[None]:
    """Another process is in the middle of writing to the file."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


def test_a_view_of_a_page_seen_within_the_hour_waits_for_no_writer(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    store = SQLiteStore(path)
    store.track(PAGE, NOW)

    with another_writer(path):
        store.track(PAGE, NOW + SEEN_PRECISION - 1)
        with pytest.raises(StoreError, match="locked"):
            store.track(PAGE, NOW + SEEN_PRECISION)

    store.close()


def test_a_writer_that_never_finishes_is_an_error_and_not_a_wait_without_end(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    store = SQLiteStore(path)
    store.track(PAGE, NOW)

    with another_writer(path):
        with pytest.raises(StoreError, match="locked"):
            store.track(PAGE + "new", NOW)
        assert store.read(PAGE) == {}

    store.track(PAGE + "new", NOW)
    assert addresses(store) == [PAGE, PAGE + "new"]
    store.close()


FULL = """
import resource, signal, sys
from pathlib import Path
from shariff_py.errors import StoreError
from shariff_py.stores.sqlite import SQLiteStore

store = SQLiteStore(Path(sys.argv[1]))
store.track("https://www.example.org/", 1.0)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
unbound = resource.getrlimit(resource.RLIMIT_FSIZE)
for bound in ((0, unbound[1]), unbound):
    resource.setrlimit(resource.RLIMIT_FSIZE, bound)
    try:
        store.check_writable()
        written = True
    except StoreError:
        written = False
    resource.setrlimit(resource.RLIMIT_FSIZE, unbound)
    print(store.summary().pages, written)
"""


@pytest.mark.subprocess
def test_a_disk_that_takes_nothing_more_is_noticed_and_so_is_that_it_does_again(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, str(tmp_path / "counts.sqlite")], capture_output=True, text=True)

    assert (done.stdout, done.stderr) == ("1 False\n1 True\n", "")
