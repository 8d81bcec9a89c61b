"""Reading while the store fails or is full: the last known counts are shown, and the status says so."""

from __future__ import annotations

from typing import Any

import pytest
from support.counting import PAGE, Site, wait_until

from shariff_py.errors import StoreError
from shariff_py.platforms.count_sources.cached_count import CachedCount
from shariff_py.service import Scheduler, Service
from shariff_py.stores import MemoryStore, StoreSummary

pytestmark = pytest.mark.slow


class Fragile(MemoryStore):
    fails = False
    full = False
    reads = 0

    def track(self, page: str, now: float) -> None:
        self._if_writable()
        super().track(page, now)

    def lease(self, holder: str, seconds: float) -> int:
        self._if_writable()
        return super().lease(holder, seconds)

    def check_writable(self) -> None:
        self._if_writable()

    def _if_writable(self) -> None:
        if self.full:
            raise StoreError("The disk is full.")

    def read(self, page: str) -> dict[str, CachedCount]:
        self.reads += 1
        return self._or_fail(super().read(page))

    def summary(self) -> StoreSummary:
        return self._or_fail(super().summary())

    def _or_fail(self, value: Any) -> Any:
        if self.fails:
            raise StoreError("The disk is gone.")
        return value


def test_while_the_store_fails_the_last_known_counts_are_shown_and_the_status_says_so(site: Site) -> None:
    store = Fragile()
    service = Service(site.settings(), store=store, clock=site.clock, random=lambda: 0.0)
    site.stand_in.counts[PAGE] = 17
    service.track(PAGE)
    service.refresh()
    known = service.counts(PAGE)

    store.fails = True
    site.clock.step(hours=5)

    assert service.counts(PAGE) == known != {}
    assert service.counts(f"{PAGE}/never-read") == {}
    assert service.status()["store"]["state"] == "unavailable"
    site.clock.step(days=31)
    assert service.counts(PAGE)["facebook"].value is None, "even then no number is older than the site wants"


def store_state(service: Service) -> str:
    return str(service.status()["store"]["state"])


def test_a_full_store_is_reported_from_the_first_failed_page_view_until_it_takes_data_again(site: Site) -> None:
    store = Fragile()
    service = Service(site.settings(), store=store, clock=site.clock, random=lambda: 0.0)
    service.track(PAGE)
    states = [store_state(service)]

    store.full = True
    service.track(f"{PAGE}/new")
    service.counts(PAGE)
    for step in (6, 6):
        site.clock.step(seconds=step)
        states.append(store_state(service))
        store.full = False

    assert states == ["working", "read-only", "working"]


def test_a_full_store_is_reported_by_the_leader(site: Site) -> None:
    store = Fragile()
    service = Service(site.settings(), store=store, clock=site.clock, random=lambda: 0.0)
    store.full = True
    scheduler = Scheduler(service, seconds=0.01)

    scheduler.start()
    wait_until(lambda: service.health.last_error)
    report = service.status()
    scheduler.stop()

    assert (report["store"]["state"], report["scheduler"]["last_error"]["reason"]) == ("read-only", "StoreError")


def test_a_page_that_is_viewed_all_the_time_is_read_from_the_store_every_few_seconds(site: Site) -> None:
    store = Fragile()
    service = Service(site.settings(), store=store, clock=site.clock, random=lambda: 0.0)
    service.track(PAGE)

    for _ in range(100):
        service.counts(PAGE)
        site.clock.step(seconds=0.1)

    assert store.reads == 2
    service.refresh()
    assert service.counts(PAGE)["facebook"].value is not None, "what this process has asked it knows at once"
