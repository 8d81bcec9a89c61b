"""In every store a page waits for its first request as long as was decided when it was added."""

from __future__ import annotations

from support.constants import DAY, HOUR, NOW, PAGE
from support.stores import OpenStore, addresses, record

from shariff_py.platforms.count_sources.cached_count import CachedCount, Count
from shariff_py.stores import Store


def due(store: Store, now: float, platform: str = "facebook") -> list[str]:
    return [known.page for known in store.due(platform, now, 10)]


class TestAnyStore:
    def test_a_page_is_due_on_every_platform_when_its_wait_is_over(self, opened: OpenStore) -> None:
        store = opened()
        assert due(store, NOW, "vk") == []

        store.track(PAGE, NOW, due_at=NOW + 5 * HOUR)

        for platform in ("facebook", "vk", "reddit"):
            assert due(store, NOW + 5 * HOUR - 1, platform) == []
            assert due(store, NOW + 5 * HOUR, platform) == [PAGE]

    def test_the_first_decision_stands(self, opened: OpenStore) -> None:
        store, other = opened(), opened()
        store.track(PAGE, NOW, due_at=NOW + 5 * HOUR)

        for seen_at in (NOW, NOW + HOUR, NOW + 3 * HOUR):
            store.track(PAGE, seen_at, due_at=seen_at)
            store.track(PAGE, seen_at, due_at=NOW + 20 * HOUR)

        assert due(store, NOW + 5 * HOUR - 1) == []
        assert due(store, NOW + 5 * HOUR) == [PAGE]
        assert other.summary().pages in {0, 1}

    def test_its_age_counts_from_then(self, opened: OpenStore) -> None:
        store = opened()

        store.track(PAGE, NOW, due_at=NOW + 5 * HOUR)

        assert [known.changed_at for known in store.due("facebook", NOW + DAY, 10)] == [NOW + 5 * HOUR]

    def test_a_sitemap_ends_the_wait_and_makes_it_like_any_other_of_its_pages(self, opened: OpenStore) -> None:
        store = opened()
        due(store, NOW)
        store.track(PAGE + "seen", NOW, due_at=NOW + 9 * HOUR)
        store.track(PAGE + "waiting", NOW, due_at=NOW + 9 * HOUR)
        store.track(PAGE + "asked", NOW - DAY)
        record(store, {PAGE + "asked": Count(1)}, NOW, next_at=NOW + 9 * HOUR)

        store.import_pages({PAGE + name: None for name in ("seen", "unseen", "asked")}, NOW + HOUR)

        known = store.due("facebook", NOW + HOUR, 10)
        assert sorted((one.page, one.changed_at, one.listed) for one in known) == [
            (PAGE + "seen", NOW + HOUR, True),
            (PAGE + "unseen", NOW + HOUR, True),
        ]

    def test_a_store_tells_which_pages_are_listed(self, opened: OpenStore) -> None:
        store = opened()
        store.track(PAGE + "seen", NOW)
        store.track(PAGE + "both", NOW)
        store.import_pages({PAGE + "listed": None, PAGE + "both": None}, NOW)
        record(store, {PAGE + "both": Count(7), PAGE + "seen": Count(7)}, NOW, next_at=NOW)

        assert {known.page: known.listed for known in store.due("facebook", NOW, 10)} == {
            PAGE + "seen": False, PAGE + "both": True, PAGE + "listed": True
        }  # fmt: skip

    def test_what_is_given_back_to_a_store_waits_as_it_was_decided_until_a_sitemap_lists_it(
        self, opened: OpenStore
    ) -> None:
        store = opened()
        old = CachedCount(17, NOW - 9 * DAY, NOW - 9 * DAY)
        store.restore({PAGE + "a": {"facebook": old}, PAGE + "b": {"facebook": old}}, NOW, due_at=NOW + 5 * HOUR)
        waiting = [due(store, NOW + 5 * HOUR - 1, platform) for platform in ("facebook", "vk")]

        store.import_pages({PAGE + "b": None}, NOW + HOUR)

        assert waiting == [[], []]
        assert due(store, NOW + 2 * HOUR) == [PAGE + "b"]
        assert sorted(due(store, NOW + 5 * HOUR)) == [PAGE + "a", PAGE + "b"]
        assert store.read(PAGE + "a") == {"facebook": old}

    def test_pages_that_wait_are_counted(self, opened: OpenStore) -> None:
        store = opened()
        store.track(PAGE + "a", NOW)
        store.track(PAGE + "b", NOW, due_at=NOW + HOUR)

        assert (store.waiting(NOW), store.waiting(NOW + HOUR), store.summary().pages) == (1, 0, 2)
        assert sorted(addresses(store)) == [PAGE + "a", PAGE + "b"]

    def test_in_which_order_pages_of_a_sitemap_are_due_does_not_tell_which_of_them_somebody_saw(
        self, opened: OpenStore
    ) -> None:
        store = opened()
        due(store, NOW)
        store.track(PAGE + "c", NOW, due_at=NOW + 9 * HOUR)

        store.import_pages({PAGE + name: None for name in "bcda"}, NOW + HOUR)

        assert due(store, NOW + HOUR) == [PAGE + name for name in "abcd"]
        assert [known.page for known in store.due("facebook", NOW + HOUR, 2)] == [PAGE + "a", PAGE + "b"]
