"""The contract of every store, and what SQLite does beyond it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shariff_py.counts.due import KnownPage
from shariff_py.errors import ConfigurationError, StoreError
from shariff_py.platforms.exchange import Count, StoredReading, Unavailable
from shariff_py.stores import MemoryStore, PlatformState, SQLiteStore, Store, StoreState, open_store
from shariff_py.stores.protocol import LONGEST_LEASE, SEEN_PRECISION

NOW = 1_800_000_000.0
PAGE = "https://www.example.org/"

OpenStore = Callable[..., Store]


def addresses(store: Store) -> list[str]:
    """All pages of a store, in the order they were registered."""
    return [known.page for known in store.pages("facebook", NOW + 1e9, 0)]


@pytest.fixture(params=["memory", "sqlite"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenStore]:
    """Opens an empty store of each kind; all are closed at the end."""
    stores: list[Store] = []

    def open_one(**options: int) -> Store:
        url = "memory:" if request.param == "memory" else f"sqlite:///{tmp_path}/below/counts.sqlite"
        stores.append(open_store(url, **options))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


class TestAnyStore:
    def test_nothing_is_known_about_a_page_that_was_never_registered(self, opened: OpenStore) -> None:
        store = opened()

        assert store.read(PAGE) == {}
        assert store.pages("facebook", NOW, 600) == []
        assert store.state() == StoreState()

    def test_registering_twice_is_registering_once(self, opened: OpenStore) -> None:
        store = opened()

        store.register(PAGE, NOW)
        store.register(PAGE, NOW + 5)
        store.register(PAGE, NOW + 5 * SEEN_PRECISION)
        assert store.pages("facebook", NOW, 600) == [KnownPage(PAGE)]

    def test_a_number_is_read_back_with_its_age(self, opened: OpenStore) -> None:
        store = opened()
        store.register(PAGE, NOW)

        store.record("facebook", {PAGE: Count(17)}, NOW + 1.5)

        assert store.read(PAGE) == {"facebook": StoredReading(17, as_of=NOW + 1.5, tried_at=NOW + 1.5)}

    def test_zero_is_a_number(self, opened: OpenStore) -> None:
        store = opened()
        store.register(PAGE, NOW)

        store.record("facebook", {PAGE: Count(0)}, NOW)

        assert store.read(PAGE)["facebook"].value == 0

    def test_a_failed_attempt_keeps_the_last_good_number_and_its_age(self, opened: OpenStore) -> None:
        store = opened()
        store.register(PAGE, NOW)
        store.record("facebook", {PAGE: Count(17)}, NOW)

        store.record("facebook", {PAGE: Unavailable("timeout")}, NOW + 60)

        assert store.read(PAGE) == {"facebook": StoredReading(17, as_of=NOW, tried_at=NOW + 60, reason="timeout")}

    def test_a_failed_first_attempt_gives_no_number(self, opened: OpenStore) -> None:
        store = opened()
        store.register(PAGE, NOW)

        store.record("facebook", {PAGE: Unavailable("malformed")}, NOW)

        assert store.read(PAGE) == {"facebook": StoredReading(None, as_of=0.0, tried_at=NOW, reason="malformed")}

    def test_platforms_do_not_touch_each_other(self, opened: OpenStore) -> None:
        store = opened()
        store.register(PAGE, NOW)
        store.record("facebook", {PAGE: Count(17)}, NOW)

        store.record("elsewhere", {PAGE: Count(3)}, NOW + 1)

        assert store.read(PAGE) == {
            "facebook": StoredReading(17, NOW, NOW),
            "elsewhere": StoredReading(3, NOW + 1, NOW + 1),
        }

    def test_a_reading_of_a_page_nobody_registered_is_left_out(self, opened: OpenStore) -> None:
        store = opened()
        store.register(PAGE, NOW)

        store.record("facebook", {PAGE: Count(1), PAGE + "foreign": Count(2)}, NOW)

        assert store.read(PAGE + "foreign") == {}
        assert store.state().pages == 1

    def test_pages_are_listed_with_their_reading_except_those_asked_about_lately(self, opened: OpenStore) -> None:
        store = opened()
        for name in ("old", "lately", "never", "future"):
            store.register(PAGE + name, NOW)
        store.record("facebook", {PAGE + "old": Count(1)}, NOW - 600)
        store.record("facebook", {PAGE + "lately": Count(2)}, NOW - 599)
        store.record("facebook", {PAGE + "future": Count(3)}, NOW + 10_000)

        found = store.pages("facebook", NOW, 600)

        assert found == [
            KnownPage(PAGE + "old", StoredReading(1, NOW - 600, NOW - 600)),
            KnownPage(PAGE + "never"),
            KnownPage(PAGE + "future", StoredReading(3, NOW + 10_000, NOW + 10_000)),
        ]

    def test_a_full_store_makes_room_by_dropping_the_page_not_seen_for_longest(self, opened: OpenStore) -> None:
        store = opened(most_pages=2)
        store.register(PAGE + "seen-again", NOW)
        store.register(PAGE + "seen-once", NOW + 1)
        store.register(PAGE + "seen-again", NOW + SEEN_PRECISION)

        store.register(PAGE + "new", NOW + SEEN_PRECISION + 1)

        assert addresses(store) == [PAGE + "seen-again", PAGE + "new"]
        assert (store.state().pages, store.state().dropped) == (2, 1)

    def test_made_up_pages_never_push_out_a_page_that_has_a_number(self, opened: OpenStore) -> None:
        store = opened(most_pages=5)
        store.register(PAGE, NOW)
        store.record("facebook", {PAGE: Count(17)}, NOW)
        store.record("facebook", {PAGE: Unavailable("timeout")}, NOW + 1)

        for n in range(20):
            store.register(f"{PAGE}made-up/{n}", NOW + 10_000 + n)
            store.record("facebook", {f"{PAGE}made-up/{n}": Unavailable("unknown-page")}, NOW + 10_000 + n)

        assert addresses(store) == [PAGE, *(f"{PAGE}made-up/{n}" for n in range(16, 20))]
        assert store.read(PAGE)["facebook"].value == 17

    def test_made_up_pages_never_keep_a_real_one_out(self, opened: OpenStore) -> None:
        store = opened(most_pages=5)
        for n in range(6):
            store.register(f"{PAGE}made-up/{n}", NOW + n)

        store.register(PAGE, NOW + 10)
        store.record("facebook", {PAGE: Count(17)}, NOW + 10)

        assert store.read(PAGE)["facebook"].value == 17

    def test_where_every_page_has_a_number_one_makes_room_and_the_rest_stay(self, opened: OpenStore) -> None:
        store = opened(most_pages=3)
        for n in range(3):
            store.register(f"{PAGE}{n}", NOW + n)
            store.record("facebook", {f"{PAGE}{n}": Count(n)}, NOW + n)

        for n in range(20):
            store.register(f"{PAGE}made-up/{n}", NOW + 10 + n)

        assert addresses(store) == [f"{PAGE}1", f"{PAGE}2", f"{PAGE}made-up/19"]

    def test_a_page_that_comes_back_knows_nothing_of_its_earlier_number(self, opened: OpenStore) -> None:
        store = opened(most_pages=1)
        store.register(PAGE, NOW)
        store.record("facebook", {PAGE: Count(17)}, NOW)

        store.register(PAGE + "other", NOW + 1)
        store.register(PAGE, NOW + 2)

        assert store.read(PAGE) == {}

    def test_only_one_holder_has_the_lease(self, opened: OpenStore) -> None:
        store = opened()

        assert store.lease("first", NOW, 30)
        assert not store.lease("second", NOW + 29, 30)
        assert store.lease("first", NOW + 29, 30)
        assert not store.lease("second", NOW + 58, 30)

    def test_a_lease_that_ran_out_can_be_taken(self, opened: OpenStore) -> None:
        store = opened()
        store.lease("first", NOW, 30)

        assert store.lease("second", NOW + 30, 30)
        assert not store.lease("first", NOW + 31, 30)

    def test_a_lease_that_is_given_back_can_be_taken_at_once(self, opened: OpenStore) -> None:
        store = opened()
        store.lease("first", NOW, 30)

        store.lease("first", NOW + 1, 0)

        assert store.lease("second", NOW + 1, 30)

    def test_somebody_else_cannot_give_a_lease_back(self, opened: OpenStore) -> None:
        store = opened()
        store.lease("first", NOW, 30)

        assert not store.lease("second", NOW + 1, 0)
        assert not store.lease("third", NOW + 2, 30)

    def test_a_lease_from_a_clock_that_ran_wrong_binds_nobody(self, opened: OpenStore) -> None:
        store = opened()
        store.lease("first", NOW + 10 * LONGEST_LEASE, 30)

        assert store.lease("second", NOW, 30)

    def test_the_state_tells_when_asking_went_well_and_wrong(self, opened: OpenStore) -> None:
        store = opened()
        for name in "abc":
            store.register(PAGE + name, NOW)
        store.record("facebook", {PAGE + "a": Count(5), PAGE + "b": Count(0)}, NOW + 10)
        store.record("facebook", {PAGE + "a": Unavailable("timeout")}, NOW + 20)
        store.record("facebook", {PAGE + "c": Unavailable("unknown-page")}, NOW + 30)

        state = store.state()

        assert state == StoreState(3, 0, {"facebook": PlatformState(2, NOW + 10, NOW + 20, "timeout")})

    def test_addresses_are_data_and_never_commands(self, opened: OpenStore) -> None:
        store = opened()
        page = 'https://www.example.org/\'; DROP TABLE pages; --?"x"=%00'

        store.register(page, NOW)
        store.record("facebook", {page: Count(9)}, NOW)

        assert store.read(page)["facebook"].value == 9

    def test_many_threads_at_once_lose_nothing(self, opened: OpenStore) -> None:
        store = opened()
        for n in range(200):
            store.register(f"{PAGE}{n}", NOW)

        def work(first: int) -> None:
            for n in range(first, 200, 8):
                store.record("facebook", {f"{PAGE}{n}": Count(n)}, NOW)
                store.read(f"{PAGE}{n}")

        threads = [threading.Thread(target=work, args=(first,)) for first in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert [store.read(f"{PAGE}{n}")["facebook"].value for n in range(200)] == list(range(200))

    def test_of_many_threads_one_gets_the_lease(self, opened: OpenStore) -> None:
        store = opened()
        got: list[bool] = []
        threads = [threading.Thread(target=lambda n=n: got.append(store.lease(str(n), NOW, 30))) for n in range(8)]

        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(got) == [False] * 7 + [True]


def test_what_is_written_outlives_the_process_that_wrote_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/counts.sqlite"
    first = open_store(url)
    first.register(PAGE, NOW)
    first.record("facebook", {PAGE: Count(17)}, NOW)
    first.close()

    second = open_store(url)

    assert second.read(PAGE) == {"facebook": StoredReading(17, NOW, NOW)}
    second.close()


PROCESS = """
import sys
from pathlib import Path
from shariff_py.platforms.exchange import Count
from shariff_py.stores import SQLiteStore

path, first = Path(sys.argv[1]), int(sys.argv[2])
store = SQLiteStore(path)
print("ready", flush=True)
sys.stdin.readline()
for n in range(60):
    store.register(f"https://www.example.org/{n}", 1.0)
    store.record("facebook", {f"https://www.example.org/{n}": Count(n)}, 2.0)
print("leads" if store.lease(str(first), 3.0, 30) else "follows")
"""


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
    assert [known.reading.value for known in store.pages("facebook", 1e6, 1)] == list(range(60))
    store.close()


FORKING = """
import os, signal, sys, threading
from pathlib import Path
from shariff_py.platforms.exchange import Count
from shariff_py.stores import SQLiteStore

class Slow(dict):
    def items(self):
        writing.set()
        forked.wait()
        return super().items()

writing, forked = threading.Event(), threading.Event()
store = SQLiteStore(Path(sys.argv[1]))
store.register("https://www.example.org/", 1.0)
readings = Slow({"https://www.example.org/": Count(17)})
thread = threading.Thread(target=store.record, args=("facebook", readings, 2.0))
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
        store.register(PAGE, NOW)

    in_the_way.unlink()
    store.register(PAGE, NOW)

    assert addresses(store) == [PAGE]
    store.close()


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    path.write_bytes(b"These are the minutes of the council meeting.\n" * 100)
    store = SQLiteStore(path)

    with pytest.raises(StoreError, match="not a database"):
        store.read(PAGE)

    assert path.read_bytes().startswith(b"These are the minutes")


def test_somebody_elses_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "members.sqlite"
    foreign = sqlite3.connect(path)
    foreign.execute("CREATE TABLE members (name TEXT)")
    foreign.close()
    store = SQLiteStore(path)

    with pytest.raises(StoreError, match="something else than counts"):
        store.register(PAGE, NOW)

    foreign = sqlite3.connect(path)
    assert foreign.execute("SELECT name FROM sqlite_master").fetchall() == [("members",)]
    foreign.close()


def test_a_store_of_a_later_version_is_refused_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    later = sqlite3.connect(path)
    later.execute("PRAGMA user_version = 7")
    later.close()
    store = SQLiteStore(path)

    with pytest.raises(StoreError, match="version 7"):
        store.state()


FIRST_VERSION = """
CREATE TABLE pages (id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, registered_at REAL NOT NULL);
CREATE TABLE readings (
    page INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE, platform TEXT NOT NULL,
    value INTEGER, as_of REAL NOT NULL, tried_at REAL NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (page, platform)
) WITHOUT ROWID;
CREATE TABLE lease (id INTEGER PRIMARY KEY CHECK (id = 1), holder TEXT NOT NULL, ends_at REAL NOT NULL);
INSERT INTO pages VALUES (1, 'https://www.example.org/counted', 1), (2, 'https://www.example.org/old', 2),
    (3, 'https://www.example.org/newer', 3);
INSERT INTO readings VALUES (1, 'facebook', 17, 5, 6, 'timeout'), (2, 'facebook', NULL, 0, 6, 'unknown-page');
INSERT INTO lease VALUES (1, 'first', 30);
PRAGMA user_version = 1;
"""


def test_a_file_of_the_first_version_goes_on_with_all_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    earlier = sqlite3.connect(path)
    earlier.executescript(FIRST_VERSION)
    earlier.close()
    store = SQLiteStore(path, most_pages=3)

    store.register(PAGE + "new", NOW)

    assert addresses(store) == [PAGE + "counted", PAGE + "newer", PAGE + "new"]
    assert store.read(PAGE + "counted") == {"facebook": StoredReading(17, 5, 6, "timeout")}
    assert not store.lease("second", 29, 30)
    store.close()
    again = SQLiteStore(path, most_pages=3)
    assert addresses(again) == [PAGE + "counted", PAGE + "newer", PAGE + "new"]
    again.close()


def test_a_view_of_a_page_seen_within_the_hour_waits_for_no_writer(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    store = SQLiteStore(path)
    store.register(PAGE, NOW)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    store.register(PAGE, NOW + SEEN_PRECISION - 1)
    with pytest.raises(StoreError, match="locked"):
        store.register(PAGE, NOW + SEEN_PRECISION)

    other.execute("ROLLBACK")
    other.close()
    store.close()


def test_a_writer_that_never_finishes_is_an_error_and_not_a_wait_without_end(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    store = SQLiteStore(path)
    store.register(PAGE, NOW)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreError, match="locked"):
        store.register(PAGE + "new", NOW)
    assert store.read(PAGE) == {}

    other.execute("ROLLBACK")
    other.close()
    store.register(PAGE + "new", NOW)
    assert addresses(store) == [PAGE, PAGE + "new"]
    store.close()


@pytest.mark.parametrize("url", ["postgres://db/counts", "sqlite:counts.sqlite", "sqlite:///", ""])
def test_an_address_of_no_store_names_the_setting_and_the_cure(url: str) -> None:
    with pytest.raises(ConfigurationError, match=r"counts\.store.*sqlite:///var/shariff\.sqlite"):
        open_store(url)


def test_opening_a_store_touches_no_file(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/below/counts.sqlite")

    assert isinstance(store, SQLiteStore)
    assert list(tmp_path.iterdir()) == []


def test_memory_is_chosen_by_its_address() -> None:
    assert isinstance(open_store("memory:"), MemoryStore)
