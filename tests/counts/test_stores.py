"""The contract of every store, and what SQLite and Redis do beyond it."""

from __future__ import annotations

import secrets
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from support import redis_servers

from shariff_py.counts.backoff import Backoff
from shariff_py.counts.circuit_breaker import CircuitBreaker
from shariff_py.counts.platform_state import PlatformState
from shariff_py.counts.refresh_policy import LONGEST_HORIZON, KnownPage
from shariff_py.counts.sliding_window import SlidingWindow
from shariff_py.counts.token_bucket import TokenBucket
from shariff_py.counts.upstream_quota import UpstreamQuota
from shariff_py.errors import ConfigurationError, LeaseLost, StoreError
from shariff_py.platforms.cached_count import NEVER_FETCHED, CachedCount, Count, CountResult, Unavailable
from shariff_py.stores import (
    Finding,
    MemoryStore,
    Reported,
    Store,
    StoreSummary,
    open_store,
    shown,
)
from shariff_py.stores.count_store import LONGEST_LEASE, SEEN_PRECISION, SOON, UNSEEN
from shariff_py.stores.redis import RedisStore
from shariff_py.stores.redis.store import AT_ONCE
from shariff_py.stores.report_store import FURTHER, KEPT_FOR
from shariff_py.stores.servers import without_prefix
from shariff_py.stores.sqlite import SQLiteStore

NOW = 1_800_000_000.0
HOUR = 3600.0
PAGE = "https://www.example.org/"

DAY = date(2026, 11, 23)
FRAME = Finding("https://www.facebook.com", "frame-src", PAGE, enforced=True)
IMAGE = Finding("https://static.xx.fbcdn.net", "img-src", PAGE, enforced=True)

OpenStore = Callable[..., Store]


def reported(finding: Finding, times: int, first: date = DAY, last: date = DAY) -> Reported:
    return Reported(finding.blocked, finding.directive, finding.page, finding.enforced, times, first, last)


def record(
    store: Store,
    results: Mapping[str, CountResult],
    now: float,
    *,
    platform: str = "facebook",
    next_at: float | None = None,
    fence: int | None = None,
) -> None:
    """Take in what an attempt gave; the pages are due again in an hour."""
    due = now + HOUR if next_at is None else next_at
    store.record(platform, results, now, next_at=dict.fromkeys(results, due), fence=fence)


def failed(times: int) -> PlatformState:
    """The state of a platform whose requests failed so often in a row."""
    return PlatformState(breaker=CircuitBreaker(failures=times))


def addresses(store: Store) -> list[str]:
    """All pages of a store, in the order they are due."""
    return [known.page for known in store.due("facebook", NOW + 1e9, 10_000)]


@pytest.fixture(params=["memory", "sqlite", *redis_servers.PARAMETERS])
def opened(request: pytest.FixtureRequest, tmp_path: Path, redis_server: redis_servers.Address) -> Iterator[OpenStore]:
    """Opens an empty store of each kind, or one more on the same; all are closed at the end."""
    stores: list[Store] = []
    prefix = secrets.token_hex(4)

    def open_one(**options: int) -> Store:
        url = {"memory": "memory:", "sqlite": f"sqlite:///{tmp_path}/below/counts.sqlite"}.get(request.param)
        url = url or f"{redis_server(request.param)}?prefix={prefix}"
        stores.append(open_store(url, **options))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


def test_the_contract_is_run_against_a_real_redis() -> None:
    assert "redis" in redis_servers.KINDS, "redis-server is missing: make test installs it from Debian's packages."


class TestAnyStore:
    def test_nothing_is_known_about_a_page_that_was_never_tracked(self, opened: OpenStore) -> None:
        store = opened()

        assert store.read(PAGE) == {}
        assert store.due("facebook", NOW, 10) == []
        assert store.all_counts(["facebook"]) == {}
        assert store.load_state("facebook") == PlatformState()
        assert (store.summary().pages, store.summary().dropped) == (0, 0)

    def test_a_new_page_is_due_at_once_and_registering_it_twice_is_registering_it_once(self, opened: OpenStore) -> None:
        store = opened()

        store.track(PAGE, NOW)
        store.track(PAGE, NOW + 5)
        store.track(PAGE, NOW + 5 * SEEN_PRECISION)

        assert store.due("facebook", NOW, 10) == [KnownPage(PAGE, NOW)]
        assert store.due("facebook", NOW - 1, 10) == []
        assert store.summary().pages == 1

    def test_a_number_is_read_back_with_its_age(self, opened: OpenStore) -> None:
        store = opened()
        store.track(PAGE, NOW)

        record(store, {PAGE: Count(17)}, NOW + 1.123456)

        assert store.read(PAGE) == {"facebook": CachedCount(17, as_of=NOW + 1.123456, tried_at=NOW + 1.123456)}

    def test_zero_is_a_number_and_so_is_the_largest(self, opened: OpenStore) -> None:
        store = opened()
        store.track(PAGE, NOW)

        record(store, {PAGE: Count(0)}, NOW)
        zero = store.read(PAGE)["facebook"].value
        record(store, {PAGE: Count(2**53 - 1)}, NOW)

        assert (zero, store.read(PAGE)["facebook"].value) == (0, 2**53 - 1)

    def test_a_failed_attempt_keeps_the_last_good_number_and_its_age(self, opened: OpenStore) -> None:
        store = opened()
        store.track(PAGE, NOW)
        record(store, {PAGE: Count(17)}, NOW)

        record(store, {PAGE: Unavailable("timeout")}, NOW + 60)

        assert store.read(PAGE) == {"facebook": CachedCount(17, as_of=NOW, tried_at=NOW + 60, reason="timeout")}

    def test_a_number_after_a_failure_has_no_reason_any_more(self, opened: OpenStore) -> None:
        store = opened()
        store.track(PAGE, NOW)
        record(store, {PAGE: Unavailable("timeout")}, NOW)

        record(store, {PAGE: Count(17)}, NOW + 60)

        assert store.read(PAGE) == {"facebook": CachedCount(17, as_of=NOW + 60, tried_at=NOW + 60)}

    def test_a_failed_first_attempt_gives_no_number(self, opened: OpenStore) -> None:
        store = opened()
        store.track(PAGE, NOW)

        record(store, {PAGE: Unavailable("malformed")}, NOW)

        assert store.read(PAGE) == {"facebook": CachedCount(None, as_of=0.0, tried_at=NOW, reason="malformed")}

    def test_platforms_do_not_touch_each_other(self, opened: OpenStore) -> None:
        store = opened()
        store.track(PAGE, NOW)
        record(store, {PAGE: Count(17)}, NOW)

        record(store, {PAGE: Count(3)}, NOW + 1, platform="elsewhere")

        assert store.read(PAGE) == {
            "facebook": CachedCount(17, NOW, NOW),
            "elsewhere": CachedCount(3, NOW + 1, NOW + 1),
        }
        assert store.summary().with_number == {"facebook": 1, "elsewhere": 1}

    def test_the_result_of_a_page_that_is_not_tracked_is_left_out(self, opened: OpenStore) -> None:
        store = opened()
        store.track(PAGE, NOW)

        record(store, {PAGE: Count(1), PAGE + "foreign": Count(2)}, NOW)

        assert store.read(PAGE + "foreign") == {}
        assert store.summary().pages == 1

    def test_pages_are_due_when_their_time_has_come_and_those_that_waited_longest_come_first(
        self, opened: OpenStore
    ) -> None:
        store = opened()
        for at, name in enumerate(("never", "late", "later", "not-yet")):
            store.track(PAGE + name, NOW - 10 + at)
        record(store, {PAGE + "late": Count(1)}, NOW - HOUR, next_at=NOW - 60)
        record(store, {PAGE + "later": Unavailable("timeout")}, NOW - 600, next_at=NOW)
        record(store, {PAGE + "not-yet": Count(3)}, NOW - 600, next_at=NOW + 0.001)

        found = store.due("facebook", NOW, 10)

        assert found == [
            KnownPage(PAGE + "late", NOW - 9, CachedCount(1, NOW - HOUR, NOW - HOUR)),
            KnownPage(PAGE + "never", NOW - 10, NEVER_FETCHED),
            KnownPage(PAGE + "later", NOW - 8, CachedCount(None, 0.0, NOW - 600, "timeout")),
        ]
        assert store.due("facebook", NOW, 2) == found[:2]
        assert [known.page for known in store.due("elsewhere", NOW, 10)] == [
            PAGE + name for name in ("never", "late", "later", "not-yet")
        ]

    def test_a_page_that_a_clock_running_wrong_put_off_for_years_is_due(self, opened: OpenStore) -> None:
        store = opened()
        store.track(PAGE, NOW)
        record(store, {PAGE: Count(3)}, NOW, next_at=NOW + 10 * LONGEST_HORIZON)
        store.track(PAGE + "next-month", NOW)
        record(store, {PAGE + "next-month": Count(3)}, NOW, next_at=NOW + LONGEST_HORIZON)

        assert [known.page for known in store.due("facebook", NOW, 10)] == [PAGE]
        assert [known.page for known in store.due("facebook", NOW, 10, furthest=LONGEST_HORIZON - 1)] == [
            PAGE + "next-month",
            PAGE,
        ]

    def test_a_platform_added_later_has_all_pages_due_and_a_page_tracked_later_all_platforms(
        self, opened: OpenStore
    ) -> None:
        store = opened()
        store.track(PAGE + "1", NOW)
        record(store, {PAGE + "1": Count(1)}, NOW)
        assert store.due("elsewhere", NOW, 10) == [KnownPage(PAGE + "1", NOW)]

        store.track(PAGE + "2", NOW + 1)

        assert [known.page for known in store.due("facebook", NOW + 1, 10)] == [PAGE + "2"]
        assert [known.page for known in store.due("elsewhere", NOW + 1, 10)] == [PAGE + "1", PAGE + "2"]

    def test_a_full_store_makes_room_by_dropping_the_page_not_seen_for_longest(self, opened: OpenStore) -> None:
        store = opened(most_pages=2)
        store.track(PAGE + "seen-again", NOW)
        store.track(PAGE + "seen-once", NOW + 1)
        store.track(PAGE + "seen-again", NOW + SEEN_PRECISION)

        store.track(PAGE + "new", NOW + SEEN_PRECISION + 1)

        assert addresses(store) == [PAGE + "seen-again", PAGE + "new"]
        assert (store.summary().pages, store.summary().dropped) == (2, 1)

    def test_made_up_pages_never_push_out_a_page_that_has_a_number(self, opened: OpenStore) -> None:
        store = opened(most_pages=5)
        store.track(PAGE, NOW)
        record(store, {PAGE: Count(17)}, NOW)
        record(store, {PAGE: Unavailable("timeout")}, NOW + 1)

        for n in range(20):
            store.track(f"{PAGE}made-up/{n}", NOW + 10_000 + n)
            record(store, {f"{PAGE}made-up/{n}": Unavailable("unknown-page")}, NOW + 10_000 + n)

        assert addresses(store) == [PAGE, *(f"{PAGE}made-up/{n}" for n in range(16, 20))]
        assert store.read(PAGE)["facebook"].value == 17

    def test_made_up_pages_never_push_out_a_page_the_site_named(self, opened: OpenStore) -> None:
        store = opened(most_pages=3)
        store.import_pages({PAGE: None}, NOW)

        for n in range(20):
            store.track(f"{PAGE}made-up/{n}", NOW + 10_000 + n)

        assert addresses(store)[0] == PAGE

    def test_made_up_pages_never_keep_a_real_one_out(self, opened: OpenStore) -> None:
        store = opened(most_pages=5)
        for n in range(6):
            store.track(f"{PAGE}made-up/{n}", NOW + n)

        store.track(PAGE, NOW + 10)
        record(store, {PAGE: Count(17)}, NOW + 10)

        assert store.read(PAGE)["facebook"].value == 17

    def test_where_every_page_has_a_number_one_makes_room_and_the_rest_stay(self, opened: OpenStore) -> None:
        store = opened(most_pages=3)
        for n in range(3):
            store.track(f"{PAGE}{n}", NOW + n)
            record(store, {f"{PAGE}{n}": Count(n)}, NOW + n)

        for n in range(20):
            store.track(f"{PAGE}made-up/{n}", NOW + 10 + n)

        assert sorted(addresses(store)) == [f"{PAGE}1", f"{PAGE}2", f"{PAGE}made-up/19"]

    def test_a_page_that_comes_back_has_lost_its_earlier_number(self, opened: OpenStore) -> None:
        store = opened(most_pages=1)
        store.track(PAGE, NOW)
        record(store, {PAGE: Count(17)}, NOW)

        store.track(PAGE + "other", NOW + 1)
        store.track(PAGE, NOW + 2)

        assert store.read(PAGE) == {}
        assert store.all_counts(["facebook"]) == {}
        assert store.summary().with_number.get("facebook", 0) == 0

    def test_pages_the_site_names_are_known_with_when_they_last_changed(self, opened: OpenStore) -> None:
        store = opened()
        store.track(PAGE + "visited", NOW)

        new = store.import_pages(
            {PAGE + "visited": NOW - 500, PAGE + "dated": NOW - 900, PAGE + "undated": None}, NOW + 7
        )
        again = store.import_pages({PAGE + "dated": NOW - 100, PAGE + "undated": None}, NOW + 8)

        assert (new, again) == ((2, 0), (0, 0))
        assert {known.page: known.changed_at for known in store.due("facebook", NOW + 9, 10)} == {
            PAGE + "visited": NOW - 500,
            PAGE + "dated": NOW - 100,
            PAGE + "undated": NOW + 7,
        }

    def test_a_changed_page_is_due_soon_again_and_an_unchanged_one_is_not(self, opened: OpenStore) -> None:
        store = opened()
        store.import_pages({PAGE + "changed": NOW - 900, PAGE + "same": NOW - 900}, NOW)
        for name in ("changed", "same"):
            record(store, {PAGE + name: Count(1)}, NOW, next_at=NOW + 7 * 86_400)

        store.import_pages({PAGE + "changed": NOW + 50, PAGE + "same": NOW - 900}, NOW + 100)

        assert store.due("facebook", NOW + 100 + SOON - 1, 10) == []
        assert [known.page for known in store.due("facebook", NOW + 100 + SOON, 10)] == [PAGE + "changed"]

    def test_a_state_that_cannot_be_read_is_that_of_a_new_platform(self) -> None:
        later = '{"breaker": {"failures": 2, "of a later version": 1}, "of a later version": {}}'

        assert PlatformState.from_json(later) == failed(2)
        unreadable = ("", "[]", "{", "null", "7", '{"breaker": 7}', '{"window": {"minutes": 7}}')
        assert {PlatformState.from_json(text) for text in unreadable} == {PlatformState()}

    def test_a_long_list_of_pages_is_taken_whole_and_within_bounds(self, opened: OpenStore) -> None:
        store = opened(most_pages=2 * AT_ONCE)

        new = store.import_pages({f"{PAGE}{n}": None for n in range(2 * AT_ONCE + 10)}, NOW)

        assert new == (2 * AT_ONCE, 10)
        assert (store.summary().pages, store.summary().dropped) == (2 * AT_ONCE, 0)

    def test_a_list_longer_than_the_store_costs_no_page_its_number_however_often_it_is_imported(
        self, opened: OpenStore
    ) -> None:
        store = opened(most_pages=50)
        store.track(PAGE + "visited", NOW)
        record(store, {PAGE + "visited": Count(3)}, NOW)
        store.track(PAGE + "made-up", NOW)
        pages: dict[str, float | None] = {f"{PAGE}{n}": None for n in range(60)}

        imported = [store.import_pages(pages, NOW + 1)]
        for day in range(3):
            record(store, dict.fromkeys(pages, Count(0 if day else 4)), NOW + day)
            imported.append(store.import_pages(dict(reversed(pages.items())), NOW + day * 86_400))

        assert imported == [(49, 11), *[(0, 11)] * 3]
        assert sorted(store.all_counts(["facebook"])) == sorted([PAGE + "visited", *(f"{PAGE}{n}" for n in range(49))])
        assert (store.summary().pages, store.summary().dropped) == (50, 1)

    def test_a_page_unseen_for_a_month_makes_room_for_one_in_the_sitemap(self, opened: OpenStore) -> None:
        store = opened(most_pages=2)
        store.import_pages({PAGE + "gone": None, PAGE + "there": None}, NOW)
        record(store, {PAGE + "gone": Count(3), PAGE + "there": Count(4)}, NOW)

        imported = store.import_pages({PAGE + "there": None, PAGE + "new": None}, NOW + UNSEEN + 1)

        assert imported == (1, 0)
        assert sorted(addresses(store)) == [PAGE + "new", PAGE + "there"]
        assert store.read(PAGE + "there")["facebook"].value == 4

    def test_made_up_pages_with_a_count_of_zero_push_out_nothing(self, opened: OpenStore) -> None:
        store = opened(most_pages=12)
        store.import_pages({PAGE + "listed": None}, NOW)
        real = [f"{PAGE}{n}" for n in range(10)]
        for page in real:
            store.track(page, NOW)
        record(store, dict.fromkeys(real, Count(500)), NOW)
        record(store, {real[0]: Count(0)}, NOW + 1)

        for n in range(30):
            store.track(f"{PAGE}made-up/{n}", NOW + 10_000 + n)
            record(store, {f"{PAGE}made-up/{n}": Count(0)}, NOW + 10_000 + n, platform="vk")

        assert set(addresses(store)) == {PAGE + "listed", *real, f"{PAGE}made-up/29"}

    def test_of_pages_worth_keeping_those_the_site_named_stay_longest(self, opened: OpenStore) -> None:
        store = opened(most_pages=3)
        store.import_pages({PAGE + "listed": None, PAGE + "listed-with-number": None}, NOW)
        store.track(PAGE + "number", NOW + 50)
        record(store, {PAGE + "number": Count(9), PAGE + "listed-with-number": Count(1)}, NOW + 50)
        left = []
        for n in range(3):
            store.track(f"{PAGE}new/{n}", NOW + 100 + n)
            record(store, {f"{PAGE}new/{n}": Count(1)}, NOW + 100 + n)
            left.append({page.removeprefix(PAGE) for page in addresses(store)})

        assert left == [
            {"listed", "listed-with-number", "new/0"}, {"listed", "listed-with-number", "new/1"}, {"listed", "listed-with-number", "new/2"}
        ]  # fmt: skip

    def test_only_one_holder_has_the_lease_and_keeps_its_fence(self, opened: OpenStore) -> None:
        store = opened()

        fence = store.lease("first", 30)

        assert fence > 0
        assert store.lease("second", 30) == 0
        assert store.lease("first", 30) == fence

    def test_a_lease_that_ran_out_can_be_taken_under_a_higher_fence(self, opened: OpenStore) -> None:
        store = opened()
        first = store.lease("first", 0.05)
        time.sleep(0.06)

        second = store.lease("second", 30)

        assert second > first
        assert store.lease("first", 30) == 0

    def test_a_lease_that_is_given_back_can_be_taken_at_once(self, opened: OpenStore) -> None:
        store = opened()
        first = store.lease("first", 30)

        store.lease("first", 0)

        assert store.lease("second", 30) > first

    def test_a_lease_can_be_released_by_its_holder_only(self, opened: OpenStore) -> None:
        store = opened()
        store.lease("first", 30)

        assert store.lease("second", 0) == 0
        assert store.lease("third", 30) == 0

    def test_a_lease_from_a_clock_that_ran_wrong_is_ignored(self, opened: OpenStore) -> None:
        store = opened()
        store.lease("first", 10 * LONGEST_LEASE)

        assert store.lease("second", 30) > 0

    def test_a_holder_that_lost_the_lease_writes_nothing_any_more(self, opened: OpenStore) -> None:
        store = opened()
        store.track(PAGE, NOW)
        first = store.lease("first", 0.05)
        record(store, {PAGE: Count(1)}, NOW, fence=first)
        store.save_state("facebook", failed(1), first)
        time.sleep(0.06)
        # It ran out, but was not acquired: no other process can have sent a request in between.
        record(store, {PAGE: Count(2)}, NOW, fence=first)

        second = store.lease("second", 30)
        with pytest.raises(LeaseLost):
            record(store, {PAGE: Count(99)}, NOW, fence=first)
        with pytest.raises(LeaseLost):
            store.save_state("facebook", failed(99), first)
        record(store, {PAGE: Count(3)}, NOW + 1, fence=second)

        assert store.read(PAGE)["facebook"].value == 3
        assert store.load_state("facebook") == failed(1)

    def test_a_platforms_state_is_read_back_as_it_was_saved(self, opened: OpenStore) -> None:
        store = opened()
        state = PlatformState(
            SlidingWindow(((30_000_000, 50), (30_000_001, 7))),
            TokenBucket(NOW + 3),
            UpstreamQuota(0.42, 0.001, NOW),
            Backoff(NOW + 900),
            CircuitBreaker(3, "rate-limited", NOW + 0.125, NOW - 5),
            "abcdef12",
        )

        store.save_state("facebook", state)

        assert store.load_state("facebook") == state
        assert store.load_state("elsewhere") == PlatformState()

    def test_all_numbers_are_those_of_the_platforms_that_are_named(self, opened: OpenStore) -> None:
        store = opened()
        for name, facebook, elsewhere in (("a", 5, 1), ("b", 4, 4), ("c", 0, None), ("d", None, None)):
            store.track(PAGE + name, NOW)
            for platform, value in (("facebook", facebook), ("elsewhere", elsewhere)):
                result = Unavailable("timeout") if value is None else Count(value)
                record(store, {PAGE + name: result}, NOW, platform=platform)

        def found(*platforms: str) -> dict[str, dict[str, int | None]]:
            numbers = store.all_counts(platforms)
            return {page[-1]: {name: r.value for name, r in known.items()} for page, known in numbers.items()}

        facebook = {"a": 5, "b": 4, "c": 0}
        assert found("facebook") == {page: {"facebook": value} for page, value in facebook.items()}
        assert found("facebook", "elsewhere", "nowhere") == {
            "a": {"facebook": 5, "elsewhere": 1},
            "b": {"facebook": 4, "elsewhere": 4},
            "c": {"facebook": 0},
        }
        assert found() == {}
        assert store.all_counts(["facebook"])[PAGE + "a"] == {"facebook": CachedCount(5, NOW, NOW)}

    def test_writing_on_trial_leaves_nothing_behind(self, opened: OpenStore) -> None:
        store = opened()
        store.save_state("facebook", failed(1))

        store.check_writable()

        assert (store.summary(), store.reports.all(), addresses(store)) == (StoreSummary(), [], [])
        assert store.load_state("facebook") == failed(1)

    def test_a_second_store_at_the_same_address_sees_what_the_first_wrote(
        self, opened: OpenStore, request: pytest.FixtureRequest
    ) -> None:
        store, other = opened(), opened()
        store.track(PAGE, NOW)
        record(store, {PAGE: Count(17)}, NOW)

        shared = "memory" not in request.node.name
        assert (other.read(PAGE) == store.read(PAGE)) is shared

    def test_addresses_are_data_and_never_commands(self, opened: OpenStore) -> None:
        store = opened()
        page = 'https://www.example.org/\'; DROP TABLE pages; --?"x"=%00'

        store.track(page, NOW)
        record(store, {page: Count(9)}, NOW)

        assert store.read(page)["facebook"].value == 9

    def test_a_store_nothing_was_reported_to_has_no_reports(self, opened: OpenStore, tmp_path: Path) -> None:
        assert opened().reports.all() == []
        assert list(tmp_path.iterdir()) == []

    def test_reports_are_counted_by_finding_with_first_and_last_day(self, opened: OpenStore) -> None:
        store = opened()

        store.reports.add([FRAME, IMAGE, FRAME], DAY, 10)
        store.reports.add([FRAME], DAY + timedelta(days=3), 10)

        assert store.reports.all() == [reported(FRAME, 3, DAY, DAY + timedelta(days=3)), reported(IMAGE, 1)]

    def test_what_was_blocked_and_what_would_have_been_are_two_findings(self, opened: OpenStore) -> None:
        store = opened()

        store.reports.add([FRAME, replace(FRAME, enforced=False)], DAY, 10)

        assert sorted(row.enforced for row in store.reports.all()) == [False, True]

    def test_findings_there_is_no_room_for_are_counted_in_one_row(self, opened: OpenStore) -> None:
        store = opened()
        store.reports.add([FRAME], DAY, 2)

        store.reports.add([replace(IMAGE, page=f"{PAGE}{n}") for n in range(9)], DAY, 2)
        store.reports.add([FRAME], DAY, 2)

        assert [(row.blocked, row.times) for row in store.reports.all()] == [
            (FURTHER, 8), (FRAME.blocked, 2), (IMAGE.blocked, 1)
        ]  # fmt: skip

    def test_what_is_not_reported_any_more_makes_room(self, opened: OpenStore) -> None:
        store = opened()
        store.reports.add([FRAME], DAY, 1)

        store.reports.add([IMAGE], DAY + KEPT_FOR, 1)
        before = [row.blocked for row in store.reports.all()]
        store.reports.add([IMAGE], DAY + KEPT_FOR + timedelta(days=1), 1)

        assert sorted(before) == sorted([FURTHER, FRAME.blocked])
        assert sorted(row.blocked for row in store.reports.all()) == sorted([FURTHER, IMAGE.blocked])

    def test_a_clock_set_back_does_not_make_a_finding_older(self, opened: OpenStore) -> None:
        store = opened()
        store.reports.add([FRAME], DAY, 10)

        store.reports.add([FRAME], DAY - timedelta(days=2), 10)

        assert store.reports.all() == [reported(FRAME, 2)]

    def test_reports_of_many_threads_are_all_counted(self, opened: OpenStore) -> None:
        store = opened()

        def work() -> None:
            for _ in range(10):
                store.reports.add([FRAME], DAY, 9)

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert store.reports.all() == [reported(FRAME, 80)]

    def test_many_threads_at_once_lose_nothing(self, opened: OpenStore) -> None:
        store = opened()
        for n in range(200):
            store.track(f"{PAGE}{n}", NOW)

        def work(first: int) -> None:
            for n in range(first, 200, 8):
                record(store, {f"{PAGE}{n}": Count(n)}, NOW)
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
        threads = [threading.Thread(target=lambda n=n: got.append(store.lease(str(n), 30) > 0)) for n in range(8)]

        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(got) == [False] * 7 + [True]


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
from shariff_py.platforms.cached_count import Count
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
from shariff_py.platforms.cached_count import Count
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


def test_a_store_of_a_later_version_is_refused_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    later = sqlite3.connect(path)
    later.execute("PRAGMA user_version = 7")
    later.close()
    store = SQLiteStore(path)

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
    path = tmp_path / "counts.sqlite"
    earlier = sqlite3.connect(path)
    earlier.executescript(FIRST_VERSION)
    earlier.close()
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
    path = tmp_path / "counts.sqlite"
    earlier = sqlite3.connect(path)
    earlier.executescript(THIRD_VERSION)
    earlier.close()
    store = SQLiteStore(path)

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
    path = tmp_path / "counts.sqlite"
    earlier = sqlite3.connect(path)
    earlier.executescript(FIFTH_VERSION)
    earlier.close()
    store = SQLiteStore(path)

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
    assert store.lease("second", 30) == 8
    store.track(PAGE + "new", NOW)
    assert store.summary() == StoreSummary(4, 0, {"facebook": 3})
    store.close()


def test_pages_of_an_earlier_file_are_worth_keeping_for_a_number_above_zero(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    earlier = sqlite3.connect(path)
    earlier.executescript(FIFTH_VERSION + "PRAGMA user_version = 4")
    earlier.close()
    store = SQLiteStore(path, most_pages=3)

    store.track(PAGE + "new", NOW + 9)

    assert sorted(addresses(store)) == [f"{PAGE}1", f"{PAGE}2", PAGE + "new"]
    store.close()


def test_a_file_of_the_second_version_goes_on_and_takes_reports(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    earlier = sqlite3.connect(path)
    earlier.executescript(THIRD_VERSION + "DROP TABLE reports; PRAGMA user_version = 2")
    earlier.close()
    store = SQLiteStore(path)

    store.reports.add([FRAME], DAY, 10)

    assert (addresses(store), store.reports.all()) == ([PAGE], [reported(FRAME, 1)])
    store.close()


def test_reports_are_written_all_or_not_at_all(tmp_path: Path) -> None:
    def cut_off() -> Iterator[Finding]:
        yield FRAME
        raise OSError("The disk is gone.")

    store = SQLiteStore(tmp_path / "counts.sqlite")

    with pytest.raises(StoreError):
        store.reports.add(cut_off(), DAY, 10)

    assert store.reports.all() == []
    store.close()


def test_a_view_of_a_page_seen_within_the_hour_waits_for_no_writer(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    store = SQLiteStore(path)
    store.track(PAGE, NOW)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    store.track(PAGE, NOW + SEEN_PRECISION - 1)
    with pytest.raises(StoreError, match="locked"):
        store.track(PAGE, NOW + SEEN_PRECISION)

    other.execute("ROLLBACK")
    other.close()
    store.close()


def test_a_writer_that_never_finishes_is_an_error_and_not_a_wait_without_end(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    store = SQLiteStore(path)
    store.track(PAGE, NOW)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreError, match="locked"):
        store.track(PAGE + "new", NOW)
    assert store.read(PAGE) == {}

    other.execute("ROLLBACK")
    other.close()
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


@pytest.fixture(params=redis_servers.PARAMETERS[:-1])
def own_server(request: pytest.FixtureRequest) -> Iterator[redis_servers.Server]:
    """A server of this test alone, to be treated badly."""
    with redis_servers.Server(request.param, "--requirepass", "canary-password") as server:
        yield server


def redis_store(server: redis_servers.Server, **options: int) -> Store:
    return open_store(server.url.replace("redis://", "redis://:canary-password@"), **options)


def test_a_server_that_is_down_is_an_error_and_used_again_once_it_is_up(own_server: redis_servers.Server) -> None:
    store = redis_store(own_server)
    store.track(PAGE, NOW)
    own_server.stop()

    with pytest.raises(StoreError, match=r"redis://127\.0\.0\.1"):
        store.read(PAGE)

    own_server.start()
    store.track(PAGE, NOW)
    assert store.summary().pages == 1
    store.close()


def test_a_server_that_hangs_is_an_error_after_seconds(own_server: redis_servers.Server) -> None:
    store = redis_store(own_server)
    store.track(PAGE, NOW)

    with own_server.hanging():
        started = time.monotonic()
        with pytest.raises(StoreError, match="cannot be used"):
            store.read(PAGE)
        waited = time.monotonic() - started

    assert waited < 10
    assert store.read(PAGE) == {}
    store.close()


def test_a_full_server_takes_nothing_new_and_still_serves_its_counts(own_server: redis_servers.Server) -> None:
    store = redis_store(own_server)
    store.track(PAGE, NOW)
    record(store, {PAGE: Count(17)}, NOW)
    own_server.command("config", "set", "maxmemory", "1")

    with pytest.raises(StoreError, match="memory"):
        store.track(PAGE + "new", NOW)
    with pytest.raises(StoreError, match="memory"):
        record(store, {PAGE: Count(18)}, NOW)
    with pytest.raises(StoreError, match="memory"):
        store.check_writable()

    assert store.read(PAGE)["facebook"].value == 17
    own_server.command("config", "set", "maxmemory", "0")
    store.track(PAGE + "new", NOW)
    assert store.summary().pages == 2
    store.close()


def test_a_server_that_was_emptied_gives_a_higher_fence_than_before(own_server: redis_servers.Server) -> None:
    store = redis_store(own_server)
    first = store.lease("first", 30)
    own_server.command("flushall")

    with pytest.raises(LeaseLost):
        record(store, {PAGE: Count(1)}, NOW, fence=first)

    assert store.lease("second", 30) > first
    store.close()


def test_a_server_that_threw_pages_away_finds_them_again(own_server: redis_servers.Server) -> None:
    store = redis_store(own_server)
    store.track(PAGE, NOW)
    record(store, {PAGE: Count(1)}, NOW)
    own_server.command("del", "{shariff}:due:facebook")

    assert [known.page for known in store.due("facebook", NOW, 10)] == [PAGE]
    store.close()


def test_the_password_of_a_server_is_never_shown(own_server: redis_servers.Server) -> None:
    wrong = open_store(own_server.url.replace("redis://", "redis://:canary-wrong@"))

    with pytest.raises(StoreError) as refused:
        wrong.read(PAGE)
    with pytest.raises(ConfigurationError) as unreadable:
        open_store("redis://:canary@127.0.0.1:canary/0")

    imported = [repr(wrong), repr(redis_store(own_server)), str(refused.value), repr(refused.value.__context__)]
    assert [text for text in (*imported, str(unreadable.value)) if "canary" in text] == []


@pytest.mark.parametrize(
    ("url", "printed"),
    [
        ("redis://127.0.0.1:6379/0", "redis://127.0.0.1:6379/0"),
        ("rediss://user:canary@db.example:6379/0?ssl_cert_reqs=none", "rediss://db.example:6379/0"),
        ("unix:///run/redis.sock?password=canary", "unix:///run/redis.sock"),
        ("unix:///run/redis.sock?password=can@canary", "unix://…"),
        ("unix://:canary@/run/redis.sock", "unix:///run/redis.sock"),
        ("redis://:123/canary@host", "redis://host"),
        ("redis://:canary[@host/0", "redis://host/0"),
        ("redis://:canary?canary@host/0", "redis://…"),
        ("redis://:canary#canary@host/0", "redis://…"),
        ("sqlite:///var/counts@home.sqlite", "sqlite:///var/counts@home.sqlite"),
        ("memory:", "memory:"),
    ],
)
def test_of_an_address_all_may_be_printed_but_the_password(url: str, printed: str) -> None:
    assert shown(url) == printed


@pytest.mark.parametrize(
    "url",
    ["redis://:123/canary@host", "redis://:canary[@host/0", "redis://:canary?x@host/0", "redis://:canary#x@host/0", "unix://"],
)  # fmt: skip
def test_a_password_that_is_not_escaped_is_an_error_with_the_cure(url: str) -> None:
    with pytest.raises(ConfigurationError, match="/ is %2F") as refused:
        open_store(url)

    assert "canary" not in str(refused.value)


def test_what_else_an_address_says_reaches_the_client_as_it_is_written() -> None:
    assert without_prefix("unix:///run/redis.sock?db=1&prefix=a%20b&x=%2F") == (
        "unix:///run/redis.sock?db=1&x=%2F",
        "a b",
    )
    assert without_prefix("redis://h/0") == ("redis://h/0", "shariff")


def test_two_prefixes_in_one_database_are_two_stores(own_server: redis_servers.Server) -> None:
    url = own_server.url.replace("redis://", "redis://:canary-password@")
    one, other = open_store(f"{url}?prefix=one"), open_store(f"{url}?prefix=other")

    one.track(PAGE, NOW)

    assert (one.summary().pages, other.summary().pages) == (1, 0)
    one.close()
    other.close()


@pytest.mark.subprocess
def test_without_redis_py_the_cure_is_named() -> None:
    program = (
        "import sys; sys.modules['redis'] = None\n"
        "from shariff_py.stores import open_store\n"
        "from shariff_py.errors import ConfigurationError\n"
        "try: open_store('redis://127.0.0.1/0')\n"
        "except ConfigurationError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert "pip install 'shariff_py[redis]'" in done.stdout


def test_opening_a_redis_store_sends_nothing() -> None:
    assert isinstance(open_store("redis://127.0.0.1:9/0"), RedisStore)
