"""The lease of every store: one holder at a time, and who lost it writes nothing any more."""

from __future__ import annotations

import threading
import time

import pytest
from support.constants import NOW, PAGE
from support.stores import OpenStore, failed, record

from shariff_py.errors import LeaseLost
from shariff_py.platforms.count_sources.cached_count import Count
from shariff_py.stores.count_store import LONGEST_LEASE


class TestAnyStore:
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

    def test_of_many_threads_one_gets_the_lease(self, opened: OpenStore) -> None:
        store = opened()
        got: list[bool] = []
        threads = [threading.Thread(target=lambda n=n: got.append(store.lease(str(n), 30) > 0)) for n in range(8)]

        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(got) == [False] * 7 + [True]
