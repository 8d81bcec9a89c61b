"""Every store takes back what a process still knows of pages that it has lost, and nothing that it has newer itself."""

from __future__ import annotations

from support.constants import HOUR, MINUTE, NOW, PAGE
from support.stores import OpenStore, addresses, record

from shariff_py.platforms.count_sources.cached_count import CachedCount, Count, Unavailable
from shariff_py.stores.count_store import SOON


class TestAnyStore:
    def test_a_page_that_is_not_there_is_added_with_its_numbers_and_their_age(self, opened: OpenStore) -> None:
        store = opened()
        known = {
            "facebook": CachedCount(17, NOW - HOUR, NOW - MINUTE, "timeout"),
            "vk": CachedCount(0, NOW - HOUR, NOW - HOUR),
        }

        store.restore({PAGE: known}, NOW)

        assert store.read(PAGE) == known
        assert store.summary().pages == 1
        assert store.summary().with_number == {"facebook": 1, "vk": 1}

    def test_it_is_due_half_an_hour_after_its_last_attempt_and_not_at_once(self, opened: OpenStore) -> None:
        store = opened()
        early, late = f"{PAGE}early", f"{PAGE}late"

        store.restore(
            {
                late: {"facebook": CachedCount(17, NOW - HOUR, NOW - MINUTE)},
                early: {"facebook": CachedCount(17, NOW - 9 * HOUR, NOW - 9 * HOUR)},
            },
            NOW,
        )

        assert [known.page for known in store.due("facebook", NOW, 10)] == [early]
        assert [known.page for known in store.due("facebook", NOW - MINUTE + SOON - 1, 10)] == [early]
        assert [known.page for known in store.due("facebook", NOW - MINUTE + SOON, 10)] == [early, late]

    def test_a_number_and_an_attempt_that_the_store_has_newer_stay(self, opened: OpenStore) -> None:
        store = opened()
        store.track(PAGE, NOW)
        record(store, {PAGE: Count(18)}, NOW, next_at=NOW + 9 * HOUR)

        store.restore({PAGE: {"facebook": CachedCount(17, NOW - HOUR, NOW - HOUR, "timeout")}}, NOW)

        assert store.read(PAGE) == {"facebook": CachedCount(18, NOW, NOW)}
        assert store.due("facebook", NOW + 8 * HOUR, 10) == []

    def test_a_number_that_is_lost_comes_back_beside_a_later_attempt_that_failed(self, opened: OpenStore) -> None:
        store = opened()
        store.track(PAGE, NOW)
        record(store, {PAGE: Unavailable("timeout")}, NOW, next_at=NOW + 9 * HOUR)

        store.restore({PAGE: {"facebook": CachedCount(17, NOW - HOUR, NOW - HOUR)}}, NOW)

        assert store.read(PAGE) == {"facebook": CachedCount(17, NOW - HOUR, NOW, "timeout")}
        assert store.due("facebook", NOW + 8 * HOUR, 10) == []

    def test_pages_with_a_number_above_zero_are_worth_keeping_and_there_is_no_more_room_than_before(
        self, opened: OpenStore
    ) -> None:
        store = opened(most_pages=2)
        store.track(f"{PAGE}made-up", NOW)

        store.restore({f"{PAGE}{n}": {"facebook": CachedCount(n, NOW, NOW)} for n in (1, 2)}, NOW)
        store.track(f"{PAGE}made-up", NOW)

        assert len(addresses(store)) == 2
        assert f"{PAGE}made-up" in addresses(store)

    def test_of_many_pages_none_is_left_out(self, opened: OpenStore) -> None:
        store = opened()

        store.restore(
            {f"{PAGE}{n}": {"facebook": CachedCount(n, NOW, NOW), "vk": CachedCount(n, NOW, NOW)} for n in range(1200)},
            NOW,
        )

        assert store.summary().with_number == {"facebook": 1200, "vk": 1200}
        assert store.read(f"{PAGE}1199")["vk"].value == 1199

    def test_the_epoch_of_a_store_that_nothing_happens_to_stays(self, opened: OpenStore) -> None:
        first, second = opened(), opened()

        for store in (first, second):
            store.look()
            store.track(PAGE, NOW)
            store.lease("first", 30)
            store.read(PAGE)
            store.close()
            store.look()

        assert (first.epoch, second.epoch) == (0, 0)
