"""A store that fails is in the log once a minute, whatever works in between."""

from __future__ import annotations

import itertools
import logging
import threading
from collections.abc import Iterator

import pytest
from support.counting import PAGE, Site

from shariff_py.errors import StoreError
from shariff_py.platforms.count_sources.cached_count import CachedCount
from shariff_py.service import Service
from shariff_py.stores import MemoryStore

MANY = 100


class Failing(MemoryStore):
    """A store whose reads fail while ``fails`` is set. ``reads`` counts them."""

    fails = False
    reads = 0

    def read(self, page: str) -> dict[str, CachedCount]:
        self.reads += 1
        if self.fails:
            raise StoreError("The disk is gone.")
        return super().read(page)


class Slow(MemoryStore):
    """A store that answers when all have asked, every second of them with an error."""

    def __init__(self) -> None:
        super().__init__()
        self._all_have_asked = threading.Barrier(MANY, timeout=10)
        self._numbers = itertools.count()

    def read(self, page: str) -> dict[str, CachedCount]:
        self._all_have_asked.wait()
        if next(self._numbers) % 2:
            raise StoreError("The disk is slow.")
        return super().read(page)


@pytest.fixture(autouse=True)
def _errors_are_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    with caplog.at_level(logging.ERROR, "shariff_py"):
        yield


def service_over(store: MemoryStore, site: Site) -> Service:
    return Service(site.settings(), store=store, clock=site.clock, random=lambda: 0.0)


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records]


def view(service: Service, site: Site, store: Failing, *, fails: bool) -> None:
    """A page that nobody has seen before, six seconds after the last."""
    store.fails = fails
    service.counts(f"{PAGE}/{site.clock.step(seconds=6)}")


def test_a_hundred_views_at_once_of_a_slow_store_are_one_line(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    service = service_over(Slow(), site)
    threads = [threading.Thread(target=service.counts, args=(f"{PAGE}/{n}",)) for n in range(MANY)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert lines(caplog) == ["The store failed; pages show the last known counts or none: The disk is slow."]


def test_what_works_in_between_makes_no_more_lines(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    store = Failing()
    service = service_over(store, site)

    for _ in range(5):
        view(service, site, store, fails=True)
        view(service, site, store, fails=False)

    assert lines(caplog) == ["The store failed; pages show the last known counts or none: The disk is gone."]


def test_the_next_line_says_how_often_it_failed_since_the_last(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    store = Failing()
    service = service_over(store, site)
    first = "The store failed; pages show the last known counts or none: The disk is gone."

    for _ in range(10):
        view(service, site, store, fails=True)
    assert lines(caplog) == [first]
    view(service, site, store, fails=True)
    assert lines(caplog)[1:] == ["The store failed (9 more since the last such line); pages show the last known counts or none: The disk is gone."]  # fmt: skip

    view(service, site, store, fails=False)
    site.clock.step(hours=1)
    view(service, site, store, fails=True)
    assert lines(caplog)[2:] == [first]


def test_a_failure_after_the_clock_was_set_back_is_logged(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    store = Failing()
    service = service_over(store, site)
    view(service, site, store, fails=True)

    site.clock.step(days=-1)
    view(service, site, store, fails=True)

    assert len(lines(caplog)) == 2


def test_the_store_rests_after_a_failure_and_is_used_at_once_after_it_worked(site: Site) -> None:
    store = Failing()
    service = service_over(store, site)

    view(service, site, store, fails=True)
    service.counts(f"{PAGE}/another")
    assert store.reads == 1

    view(service, site, store, fails=False)
    service.counts(f"{PAGE}/another")
    assert store.reads == 3
