"""What every store keeps of a page: its counts with their age, and the state of each platform."""

from __future__ import annotations

import threading

import pytest
from support import redis_servers
from support.constants import NOW, PAGE
from support.stores import OpenStore, addresses, failed, record

from shariff_py.counts.backoff import Backoff
from shariff_py.counts.circuit_breaker import CircuitBreaker
from shariff_py.counts.platform_state import PlatformState
from shariff_py.counts.refresh_policy import KnownPage
from shariff_py.counts.sliding_window import SlidingWindow
from shariff_py.counts.token_bucket import TokenBucket
from shariff_py.counts.upstream_quota import UpstreamQuota
from shariff_py.platforms.count_sources.cached_count import CachedCount, Count, Unavailable
from shariff_py.stores import StoreSummary
from shariff_py.stores.count_store import SEEN_PRECISION


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

    def test_a_state_that_cannot_be_read_is_that_of_a_new_platform(self) -> None:
        later = '{"breaker": {"failures": 2, "of a later version": 1}, "of a later version": {}}'

        assert PlatformState.from_json(later) == failed(2)
        unreadable = ("", "[]", "{", "null", "7", '{"breaker": 7}', '{"window": {"minutes": 7}}')
        assert {PlatformState.from_json(text) for text in unreadable} == {PlatformState()}

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
