"""Which pages every store says are due, and in which order."""

from __future__ import annotations

from support.constants import HOUR, NOW, PAGE
from support.stores import OpenStore, record

from shariff_py.counts.refresh_policy import LONGEST_HORIZON, KnownPage
from shariff_py.platforms.count_sources.cached_count import NEVER_FETCHED, CachedCount, Count, Unavailable
from shariff_py.stores.count_store import SOON


class TestAnyStore:
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
