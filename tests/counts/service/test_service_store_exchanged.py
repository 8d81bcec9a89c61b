"""A store that is exchanged or emptied beneath a service: who led stops, limits stay, and what was known is written back."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from support import redis_servers
from support.constants import HOUR
from support.counting import PAGE, SITE, Site, requested_pages
from support.store_faults import number, remove

from shariff_py.platforms.count_sources.cached_count import CachedCount
from shariff_py.service import Service, counts_updated
from shariff_py.stores import MemoryStore


def store_of(site: Site) -> Path:
    return site.folder / "counts.sqlite"


def led(site: Site) -> Service:
    """A service that leads, with a number of a page."""
    site.stand_in.counts[PAGE] = 17
    site.service.track(PAGE)
    site.service.refresh(keep_lease=True)
    assert number(site.service) == 17
    return site.service


def test_a_leader_whose_store_is_exchanged_in_the_middle_of_a_cycle_sends_nothing_more(site: Site) -> None:
    for n in range(120):
        site.service.track(f"{SITE}/{n}")
    other = site.again()
    taken: list[bool] = []

    def exchange(*_: object, **__: object) -> None:
        if not taken:
            remove(store_of(site))
            taken.append(other.lead())

    with counts_updated.connected_to(exchange):
        result = site.service.refresh()

    assert len(site.stand_in.received) == 1
    assert taken == [True]
    assert result.failures == {"facebook": "lease-lost"}
    assert other.lead()
    assert not site.service.lead()
    asked = requested_pages(site.stand_in.received[0])
    due = {known.page for known in other.store.due("facebook", site.now(), 200)}
    assert len(due) == 70
    assert due.isdisjoint(asked), "what was asked about is not asked about again by the next leader"


def test_the_loss_is_logged_once_with_what_to_do(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    service = led(site)
    remove(store_of(site))

    with caplog.at_level(logging.WARNING, "shariff_py"):
        for _ in range(5):
            service.lead()
            site.clock.step(seconds=6)
            service.counts(PAGE)

    assert len(caplog.records) == 1
    assert "was removed, restored or replaced" in caplog.text
    assert "pages: 1, counts: 1" in caplog.text
    assert "stop the application and remove its -wal and -shm" in caplog.text


class Forgetful(MemoryStore):
    """A store that can be emptied, as a Redis server without its disk."""

    emptied = 0

    @property
    def epoch(self) -> int:
        return self.emptied

    def empty(self) -> None:
        self._pages.clear()
        self._states.clear()
        self.emptied += 1


def forgetful(site: Site) -> tuple[Forgetful, Service]:
    store = Forgetful()
    service = Service(site.settings(), store=store, clock=site.clock, random=lambda: 0.0)
    site.stand_in.counts[PAGE] = 17
    service.track(PAGE)
    service.refresh()
    assert number(service) == 17
    return store, service


def test_every_number_a_process_knows_is_written_back_in_the_round_and_not_asked_for_at_once(site: Site) -> None:
    store, service = forgetful(site)
    began = site.now()
    store.empty()
    site.clock.step(seconds=10)

    service.lead()

    assert store.read(PAGE) == {"facebook": CachedCount(17, began, began)}
    assert service.refresh().requests == 0
    assert [known.page for known in store.due("facebook", began + 25 * HOUR, 10)] == [PAGE]


def test_what_was_used_of_a_platforms_limits_stays_used(site: Site) -> None:
    store, service = forgetful(site)
    before = store.load_state("facebook")
    store.empty()
    service.track(f"{PAGE}/another")

    service.refresh()

    assert sum(pages for _, pages in before.window.minutes) == 1
    assert sum(pages for _, pages in store.load_state("facebook").window.minutes) == 2


def test_without_a_scheduler_the_pages_that_are_viewed_write_the_others_back(site: Site) -> None:
    store, service = forgetful(site)
    service.track(f"{PAGE}/viewed")
    store.empty()
    site.clock.step(seconds=6)

    service.counts(f"{PAGE}/viewed")

    assert store.read(PAGE)["facebook"].value == 17


def test_a_number_that_the_store_has_newer_is_not_overwritten(site: Site) -> None:
    store, service = forgetful(site)
    store.restore({PAGE: {"facebook": CachedCount(18, site.now() + 5, site.now() + 5)}}, site.now() + 5)
    store.emptied += 1
    site.clock.step(seconds=6)

    service.lead()

    assert store.read(PAGE)["facebook"].value == 18
    assert number(service) == 18


def test_a_number_of_a_clock_that_ran_wrong_is_not_written_back(site: Site) -> None:
    store = Forgetful()
    service = Service(site.settings(), store=store, clock=site.clock, random=lambda: 0.0)
    store.restore({PAGE: {"facebook": CachedCount(99, site.now() + 1e9, site.now() + 1e9)}}, site.now())
    service.counts(PAGE)
    store.empty()
    site.clock.step(seconds=6)

    service.lead()

    assert store.read(PAGE) == {}


@pytest.mark.subprocess
def test_pages_are_registered_again_at_their_next_view_after_a_redis_was_emptied(site: Site) -> None:
    with redis_servers.Server("redis") as server:
        service = site.again(counts={"store": server.url, "scheduler": "outside"})
        pages = [f"{SITE}/{n}" for n in range(20)]
        for page in pages:
            service.track(page)
        server.stop()
        server.start()
        site.clock.step(seconds=6)

        for page in pages:
            service.track(page)

        assert service.store.summary().pages == 20
        service.store.close()
