"""Which page makes room in a store that is full: never one the site named or that has a number before one that was made up."""

from __future__ import annotations

import pytest
from support.constants import NOW, PAGE
from support.stores import OpenStore, addresses, record

from shariff_py.platforms.count_sources.cached_count import Count, Unavailable
from shariff_py.stores.count_store import AGREED, SEEN_PRECISION, UNSEEN
from shariff_py.stores.redis.store import AT_ONCE


class TestAnyStore:
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

        store.import_pages({PAGE + "there": None}, NOW + UNSEEN + 1)
        imported = store.import_pages({PAGE + "there": None, PAGE + "new": None}, NOW + UNSEEN + AGREED + 1)

        assert imported == (1, 0)
        assert sorted(addresses(store)) == [PAGE + "new", PAGE + "there"]
        assert store.read(PAGE + "there")["facebook"].value == 4

    @pytest.mark.parametrize("ahead", [31 * 86_400.0, 73 * 365 * 86_400.0])
    def test_a_sitemap_that_is_imported_by_a_clock_that_is_wrong_pushes_out_no_page_with_a_number(
        self, opened: OpenStore, ahead: float
    ) -> None:
        store = opened(most_pages=3)
        pages = [f"{PAGE}{n}" for n in range(3)]
        for page in pages:
            store.track(page, NOW)
        record(store, dict.fromkeys(pages, Count(17)), NOW)

        for n in range(3):
            store.import_pages({PAGE + "0": None, PAGE + "new": None}, NOW + ahead + n)

        assert sorted(addresses(store)) == pages
        assert [store.read(page)["facebook"].value for page in pages] == [17, 17, 17]

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
