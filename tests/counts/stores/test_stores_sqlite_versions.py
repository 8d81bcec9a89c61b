"""Files of earlier versions go on in SQLite with all they hold; one of a later version is refused."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from support.constants import HOUR, NOW, PAGE
from support.stores import DAY, FRAME, addresses, reported

from shariff_py.counts.backoff import Backoff
from shariff_py.counts.circuit_breaker import CircuitBreaker
from shariff_py.counts.platform_state import PlatformState
from shariff_py.counts.refresh_policy import KnownPage
from shariff_py.counts.sliding_window import SlidingWindow
from shariff_py.counts.token_bucket import TokenBucket
from shariff_py.counts.upstream_quota import UpstreamQuota
from shariff_py.errors import StoreError
from shariff_py.platforms.count_sources.cached_count import CachedCount
from shariff_py.stores import StoreSummary
from shariff_py.stores.sqlite import SQLiteStore


def file_made_by(script: str, folder: Path) -> Path:
    """A file as another version left it."""
    path = folder / "counts.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()
    return path


def test_a_store_of_a_later_version_is_refused_by_its_number(tmp_path: Path) -> None:
    store = SQLiteStore(file_made_by("PRAGMA application_id = 0x53685079; PRAGMA user_version = 7", tmp_path))

    with pytest.raises(StoreError, match="version 7"):
        store.summary()


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
    path = file_made_by(FIRST_VERSION, tmp_path)
    store = SQLiteStore(path, most_pages=3)

    store.track(PAGE + "new", NOW)

    assert sorted(addresses(store)) == [PAGE + "counted", PAGE + "new", PAGE + "newer"]
    assert store.read(PAGE + "counted") == {"facebook": CachedCount(17, 5, 6, "timeout")}
    assert store.lease("second", 30) > 0
    store.close()
    again = SQLiteStore(path, most_pages=3)
    assert sorted(addresses(again)) == [PAGE + "counted", PAGE + "new", PAGE + "newer"]
    again.close()


THIRD_VERSION = """
CREATE TABLE pages (
    id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, seen_at REAL NOT NULL, has_number INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX pages_by_worth ON pages (has_number, seen_at);
CREATE TABLE readings (
    page INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE, platform TEXT NOT NULL,
    value INTEGER, as_of REAL NOT NULL, tried_at REAL NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (page, platform)
) WITHOUT ROWID;
CREATE TABLE lease (id INTEGER PRIMARY KEY CHECK (id = 1), holder TEXT NOT NULL, ends_at REAL NOT NULL);
CREATE TABLE reports (
    blocked TEXT NOT NULL, directive TEXT NOT NULL, page TEXT NOT NULL, enforced INTEGER NOT NULL,
    times INTEGER NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL,
    PRIMARY KEY (blocked, directive, page, enforced)
) WITHOUT ROWID;
INSERT INTO pages VALUES (1, 'https://www.example.org/', 1000, 1);
INSERT INTO readings VALUES (1, 'facebook', 17, 900, 950, '');
INSERT INTO lease VALUES (1, 'first', 1e12);
INSERT INTO reports VALUES ('https://www.facebook.com', 'frame-src', 'https://www.example.org/', 1, 4, '2026-11-23', '2026-11-23');
PRAGMA user_version = 3;
"""


def test_a_file_of_the_third_version_goes_on_and_its_pages_are_due_within_the_hour(tmp_path: Path) -> None:
    store = SQLiteStore(file_made_by(THIRD_VERSION, tmp_path))

    due = store.due("facebook", 950 + HOUR, 10)

    assert due == [KnownPage(PAGE, 1000, CachedCount(17, 900, 950))]
    assert store.due("facebook", 950 + HOUR - 1, 10) == []
    assert store.reports.all() == [reported(FRAME, 4)]
    assert store.lease("second", 30) > 0
    store.close()


FIFTH_VERSION = """
CREATE TABLE pages (
    id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, seen_at REAL NOT NULL, kept INTEGER NOT NULL DEFAULT 0,
    registered_at REAL NOT NULL, changed_at REAL NOT NULL
);
CREATE INDEX pages_by_worth ON pages (kept, seen_at);
CREATE TABLE readings (
    page INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE, platform TEXT NOT NULL,
    value INTEGER, as_of REAL NOT NULL, tried_at REAL NOT NULL, reason TEXT NOT NULL, next_at REAL NOT NULL,
    PRIMARY KEY (page, platform)
) WITHOUT ROWID;
CREATE TABLE lease (
    id INTEGER PRIMARY KEY CHECK (id = 1), holder TEXT NOT NULL, ends_at REAL NOT NULL, fence INTEGER NOT NULL
);
INSERT INTO lease VALUES (1, 'first', 30, 7);
CREATE TABLE reports (
    blocked TEXT NOT NULL, directive TEXT NOT NULL, page TEXT NOT NULL, enforced INTEGER NOT NULL,
    times INTEGER NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL,
    PRIMARY KEY (blocked, directive, page, enforced)
) WITHOUT ROWID;
CREATE TABLE standings (platform TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO pages VALUES (1, 'https://www.example.org/0', 9, 1, 5, 5), (2, 'https://www.example.org/1', 8, 1, 5, 6),
    (3, 'https://www.example.org/2', 7, 1, 5, 5);
INSERT INTO readings VALUES (1, 'facebook', 0, 5, 6, '', 100), (2, 'facebook', 1, 5, 6, 'timeout', 200),
    (3, 'facebook', 2, 5, 6, '', 300);
INSERT INTO standings VALUES ('(trial)', ''), ('vk', '{}'), ('facebook', '{"failures": 2, "reason": "timeout", "failed_at": 20.5,
    "succeeded_at": 10, "rest_until": 30, "whole_at": 40, "used": 0.5, "cost": 0.25, "told_at": 15, "key": "abcdef12",
    "lately": [[1, 50], [2, 7]]}');
PRAGMA user_version = 5;
"""


def test_a_file_of_the_fifth_version_goes_on_with_its_pages_counts_and_states(tmp_path: Path) -> None:
    store = SQLiteStore(file_made_by(FIFTH_VERSION, tmp_path))

    assert store.due("facebook", 200, 10) == [
        KnownPage(PAGE + "0", 5, CachedCount(0, 5, 6)),
        KnownPage(PAGE + "1", 6, CachedCount(1, 5, 6, "timeout")),
    ]
    assert store.load_state("facebook") == PlatformState(
        SlidingWindow(((1, 50), (2, 7))),
        TokenBucket(40),
        UpstreamQuota(0.5, 0.25, 15),
        Backoff(30),
        CircuitBreaker(2, "timeout", 20.5, 10),
        "abcdef12",
    )
    assert store.load_state("vk") == PlatformState()
    assert store.lease("second", 30) > 7
    store.track(PAGE + "new", NOW)
    assert store.summary() == StoreSummary(4, 0, {"facebook": 3})
    store.close()


def test_pages_of_an_earlier_file_are_worth_keeping_for_a_number_above_zero(tmp_path: Path) -> None:
    store = SQLiteStore(file_made_by(FIFTH_VERSION + "PRAGMA user_version = 4", tmp_path), most_pages=3)

    store.track(PAGE + "new", NOW + 9)

    assert sorted(addresses(store)) == [f"{PAGE}1", f"{PAGE}2", PAGE + "new"]
    store.close()


def test_a_file_of_the_second_version_goes_on_and_takes_reports(tmp_path: Path) -> None:
    store = SQLiteStore(file_made_by(THIRD_VERSION + "DROP TABLE reports; PRAGMA user_version = 2", tmp_path))

    store.reports.add([FRAME], DAY, 10)

    assert (addresses(store), store.reports.all()) == ([PAGE], [reported(FRAME, 1)])
    store.close()
