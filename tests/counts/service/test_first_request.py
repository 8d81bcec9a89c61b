"""When a page is first asked about: a random time of hours after its first view, at once if the site's sitemap lists it, and never because
of its address if that may belong to a person."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable

import pytest
from support.constants import DAY, HOUR, MINUTE
from support.counting import PAGE, SITE, Site, requested_pages

from shariff_py.counts.refresh_policy import first_request
from shariff_py.platforms.count_sources.cached_count import CachedCount, Count
from shariff_py.service import Service
from shariff_py.stores import MemoryStore
from shariff_py.stores.lost_counts import LostCounts

PERSONAL = [
    f"{SITE}/reset/8f3a91c2d4e5",
    f"{SITE}/u/max.mustermann@example.de",
    f"{SITE}/newsletter/max%40example.de",
    f"{SITE}/ruf/0511-1234567",
]


def viewed(site: Site, page: str = PAGE, how: str = "shown", roll: float = 0.0) -> Service:
    service = Service(site.settings(counts={"learn": "asked"}), clock=site.clock, random=lambda: roll)
    service.discover(page, how)
    return service


def first_asked(site: Site, service: Service, *, every: float = 10 * MINUTE) -> float:
    """How many seconds of the clock go by until the platform is asked."""
    began = site.now()
    while not site.stand_in.received:
        site.clock.step(seconds=every)
        service.refresh()
        assert site.now() < began + 3 * DAY
    return site.now() - began


def asked(site: Site) -> list[str]:
    return [page for received in site.stand_in.received for page in requested_pages(received)]


@pytest.mark.parametrize("how", ["shown", "asked"])
def test_nothing_is_asked_within_an_hour_of_a_first_view(site: Site, how: str) -> None:
    service = viewed(site, how=how)

    for _ in range(59):
        site.clock.step(minutes=1)
        service.refresh()

    assert site.stand_in.received == []


@pytest.mark.parametrize(("roll", "hours"), [(0.0, 1), (0.5, 12.5), (0.999999, 24)])
def test_a_page_waits_from_one_hour_to_a_day(site: Site, roll: float, hours: float) -> None:
    service = viewed(site, roll=roll)

    assert first_asked(site, service) == pytest.approx(hours * HOUR, abs=10 * MINUTE)


def test_further_views_restarts_and_other_processes_neither_hurry_nor_delay_it(site: Site) -> None:
    viewed(site, roll=0.5)
    for roll in (0.0, 0.9, 0.1):
        site.clock.step(hours=2)
        viewed(site, roll=roll)

    assert first_asked(site, viewed(site, roll=0.0)) == pytest.approx(6.5 * HOUR, abs=10 * MINUTE)


def test_all_addresses_of_a_page_are_asked_about_in_the_same_round(site: Site) -> None:
    rolls = iter([0.1, 0.9, 0.5])
    settings = site.settings(site={"origin": SITE, "aliases": {"http://www.example.org/": f"{SITE}/"}})
    service = Service(settings, clock=site.clock, random=lambda: next(rolls, 0.0))
    service.discover(PAGE, "shown")

    first_asked(site, service)

    assert sorted(asked(site)) == sorted([PAGE, PAGE.replace("https:", "http:")])


@pytest.mark.parametrize("hours", [1, 168])
def test_a_clock_that_is_set_back_does_not_bring_the_request_forward(site: Site, hours: int) -> None:
    short = {"refresh_minutes": 30, "slowest_hours": hours}
    service = Service(site.settings(counts=short), clock=site.clock, random=lambda: 0.99)
    service.discover(PAGE, "shown")

    site.clock.step(hours=-20)
    service.refresh()

    assert site.stand_in.received == []


def waits_of(source: Callable[[], float], views: list[float]) -> list[float]:
    """How long each of the pages waits that are first viewed at these times of a day."""
    return [first_request(at, source()) - at for at in views]


def test_the_wait_does_not_depend_on_the_time_of_the_view() -> None:
    source = random.Random(4711)
    views = [source.uniform(0, DAY) for _ in range(4000)]
    waits = waits_of(source.random, views)

    assert abs(statistics.correlation(views, waits)) < 0.05
    assert min(waits) >= HOUR
    assert max(waits) <= DAY
    quarters = [
        sum(HOUR + 23 * HOUR * n / 4 <= wait < HOUR + 23 * HOUR * (n + 1) / 4 for wait in waits) for n in range(4)
    ]
    assert all(900 < many < 1100 for many in quarters)


def test_a_wait_that_followed_the_view_would_be_noticed() -> None:
    source = random.Random(4711)
    views = [source.uniform(0, DAY) for _ in range(4000)]
    waits = waits_of(lambda: 0.5, views)

    assert [wait for wait in waits if not HOUR <= wait <= DAY] == []
    assert len({round(wait) for wait in waits}) == 1


def test_rounds_after_the_first_tell_nothing_of_the_view_either(site: Site) -> None:
    """The interval grows with the age of a page, so an age counted from the view would give it away."""
    service = viewed(site, roll=1.0)
    first_asked(site, service)
    late = service.store.due("facebook", site.now() + 30 * DAY, 1)[0]

    assert late.changed_at == pytest.approx(site.now(), abs=20 * MINUTE)


def test_a_page_of_the_sitemap_is_asked_about_at_once_whether_somebody_saw_it_or_not(site: Site) -> None:
    service = viewed(site, f"{PAGE}/seen", roll=0.9)
    site.clock.step(minutes=5)

    service.import_pages({f"{PAGE}/seen": None, f"{PAGE}/unseen": None})
    service.refresh()
    rows = service.store.due("facebook", site.now() + 30 * DAY, 10)

    assert sorted(asked(site)) == [f"{PAGE}/seen", f"{PAGE}/unseen"]
    assert {row.changed_at for row in rows} == {site.now()}


def test_with_a_list_alone_views_change_nothing(site: Site) -> None:
    service = site.again(counts={"learn": "listed"})

    service.discover(PAGE, "shown")
    site.clock.step(days=2)
    service.refresh()

    assert site.stand_in.received == []
    assert service.store.due("facebook", site.now() + 9 * DAY, 10) == []


def test_views_change_no_later_request(site: Site) -> None:
    """Two pages of a sitemap, of which one is viewed all the time: both are asked about in the same rounds."""
    service = site.again()
    service.import_pages({f"{PAGE}/viewed": None, f"{PAGE}/unviewed": None})
    for _ in range(40):
        site.clock.step(minutes=40)
        service.discover(f"{PAGE}/viewed", "shown")
        service.refresh()

    together = [sorted(requested_pages(received)) for received in site.stand_in.received]

    assert len(together) > 10
    assert together == [[f"{PAGE}/unviewed", f"{PAGE}/viewed"]] * len(together)


@pytest.mark.parametrize(("room", "later"), [(2, (2, 1, 1)), (3, (3, 0, 2)), (4, (3, 0, 2))])
def test_the_status_does_not_tell_that_a_page_was_viewed_for_the_first_time(
    site: Site, room: int, later: tuple[int, int, int]
) -> None:
    """Not where the page displaces another one, and not where it takes the last room either."""
    service = Service(site.settings(counts={"most_pages": room}), clock=site.clock, random=lambda: 0.0)
    pages = [f"{PAGE}/1", f"{PAGE}/2"]
    service.import_pages(dict.fromkeys(pages))
    service.store.record("facebook", dict.fromkeys(pages, Count(0)), site.now())

    def numbers() -> tuple[int, int, int]:
        site.clock.step(minutes=1)
        told = service.status()
        return (
            told["store"]["pages"],
            told["store"]["dropped_pages"],
            told["platforms"]["facebook"]["pages_with_number"],
        )

    assert numbers() == (2, 0, 2)
    service.discover(f"{PAGE}/3", "shown")
    assert numbers() == (2, 0, 2)
    site.clock.step(days=1)
    assert numbers() == later


def test_a_view_after_the_store_was_lost_gives_its_numbers_back_and_makes_nothing_due() -> None:
    now, last = 1e9, {"facebook": CachedCount(17, 1e9 - 5 * DAY, 1e9 - 5 * DAY)}
    store = MemoryStore()
    lost = LostCounts(store, lambda: 0.0)

    lost.compare(PAGE, {}, last, now)
    lost.give_back(now)

    assert store.read(PAGE) == last
    assert store.due("facebook", now + HOUR - 1, 10) == store.due("vk", now + HOUR - 1, 10) == []
    assert [known.page for known in store.due("facebook", now + HOUR, 10)] == [PAGE]


@pytest.mark.parametrize("page", PERSONAL)
@pytest.mark.parametrize("how", ["shown", "asked"])
def test_an_address_that_may_belong_to_a_person_is_sent_to_no_platform(site: Site, page: str, how: str) -> None:
    service = viewed(site, page, how)
    service.track(page)

    site.clock.step(days=2)
    service.refresh()

    assert site.stand_in.received == []
    assert service.store.due("facebook", site.now() + 9 * DAY, 10) == []


def test_one_that_an_earlier_version_has_stored_is_not_sent_any_more(site: Site) -> None:
    site.service.store.track(PERSONAL[0], site.now())
    site.service.store.track(PAGE, site.now())

    site.service.refresh()
    site.clock.step(days=9)
    site.service.refresh()

    assert set(asked(site)) == {PAGE}


def test_one_that_the_sitemap_lists_is_public_and_asked_about(site: Site) -> None:
    site.service.import_pages({PERSONAL[0]: None})

    site.service.refresh()

    assert asked(site) == [PERSONAL[0]]
