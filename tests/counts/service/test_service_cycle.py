"""A refresh cycle of the service: batches, when a page is asked for again, what a failure leaves, one process at a time."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from support.counting import PAGE, Site, requested_pages, wait_until

from shariff_py.platforms.count_sources.cached_count import CachedCount
from shariff_py.service import RefreshResult, Service
from shariff_py.stores.sqlite import SQLiteStore


def test_pages_are_requested_in_batches_of_the_platforms_size(site: Site) -> None:
    for n in range(120):
        site.service.track(f"{PAGE}/{n}")

    assert site.service.refresh() == RefreshResult(True, requests=3, pages=120, counts=120)
    assert len(site.stand_in.received) == 3


def test_a_page_is_requested_again_when_its_number_is_old_and_not_before(site: Site) -> None:
    site.service.track(PAGE)
    site.service.refresh()

    facebook = [site.later(minutes=minutes).requests for minutes in (1, 28, 1)]

    assert facebook == [0, 0, 1]


def test_a_failed_attempt_keeps_the_number_and_is_repeated_after_the_platforms_shortest_interval(site: Site) -> None:
    site.stand_in.counts[PAGE] = 17
    site.service.track(PAGE)
    site.service.refresh()
    read_at = site.now()
    site.stand_in.behave(status=500)

    site.later(minutes=35)
    failed_at = site.now()
    site.stand_in.behave()
    too_soon = site.later(minutes=9)

    assert too_soon.requests == 0
    assert site.service.counts(PAGE) == {"facebook": CachedCount(17, read_at, failed_at, "temporary")}
    assert site.later(minutes=1).counts == 1


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ({"silent": True}, "timeout"),
        ({"drop": True}, "connection"),
        ({"huge": True}, "too-large"),
        ({"redirect": "https://www.example.com/"}, "redirect"),
        ({"status": 429}, "rate-limited"),
        ({"status": 429, "retry_after": "60"}, "rate-limited"),
        ({"status": 500}, "temporary"),
        ({"garbage": True}, "malformed"),
        ({"html": True}, "malformed"),
        ({"error": {"code": 190}}, "token"),
        ({"body": b'[{"code":200,"body":"{\\"og_object\\":{\\"engagement\\":{\\"count\\":' + b"9" * 30 + b'}}}"}]'}, "malformed"),
    ],
)  # fmt: skip
def test_a_platforms_failure_is_a_reason_and_never_a_number(site: Site, day: dict[str, Any], reason: str) -> None:
    service = site.again(counts={"timeout_seconds": 0.5}) if "silent" in day else site.service
    service.track(PAGE)
    site.stand_in.behave(**day)

    result = service.refresh()

    assert result == RefreshResult(True, requests=1, pages=1, counts=0, failures={"facebook": reason})
    assert service.counts(PAGE) == {"facebook": CachedCount(None, 0.0, site.now(), reason)}


def test_a_batch_without_any_result_ends_the_platforms_cycle(site: Site) -> None:
    for n in range(120):
        site.service.track(f"{PAGE}/{n}")
    site.stand_in.behave(status=429)

    result = site.service.refresh()

    assert (result.requests, result.pages) == (1, 50)
    assert len(site.stand_in.received) == 1


def test_after_a_failure_one_page_is_the_trial_and_those_that_were_left_out_come_first(site: Site) -> None:
    for n in range(60):
        site.clock.step(seconds=0.01)
        site.service.track(f"{PAGE}/{n}")
    site.stand_in.behave(status=429)
    site.service.refresh()
    site.stand_in.behave()

    resting = site.later(minutes=11)
    result = site.later(minutes=1)

    assert resting == RefreshResult(True, failures={"facebook": "rate-limited"})
    assert requested_pages(site.stand_in.received[1]) == [f"{PAGE}/50"]
    assert requested_pages(site.stand_in.received[2])[:9] == [f"{PAGE}/{n}" for n in range(51, 60)]
    assert result.requests >= 2


def test_while_one_process_refreshes_another_does_not(site: Site) -> None:
    other = site.again()
    site.service.track(PAGE)
    site.stand_in.behave(silent=True)
    asking = threading.Thread(target=site.service.refresh)
    asking.start()
    wait_until(lambda: site.stand_in.received)

    result = other.refresh()
    site.stand_in.stop()
    asking.join()

    assert result == RefreshResult(is_leader=False)
    assert len(site.stand_in.received) == 1


def test_after_a_refresh_cycle_another_process_may_lead_at_once_and_finds_nothing_due(site: Site) -> None:
    other = site.again()
    site.service.track(PAGE)
    site.service.refresh()

    assert other.refresh() == RefreshResult(is_leader=True)


def test_a_refresh_cycle_that_lost_its_lease_stops_and_writes_nothing_more(site: Site) -> None:
    for n in range(120):
        site.service.track(f"{PAGE}/{n}")
    assert isinstance(site.service.store, SQLiteStore)
    path = site.service.store.path

    class TakenOver(SQLiteStore):
        """The same file, of which a process whose clock is ahead takes the lease after the first request."""

        def record(self, *arguments: Any, **options: Any) -> None:
            if site.stand_in.received:
                SQLiteStore(path, clock=lambda: time.time() + 60).lease("somebody-else", 60)
            super().record(*arguments, **options)

    losing = Service(site.settings(), store=TakenOver(path), clock=site.clock, random=lambda: 0.0)

    result = losing.refresh()

    assert result.failures == {"facebook": "lease-lost"}
    assert len(site.stand_in.received) == 1
    assert {site.service.counts(page)["facebook"].reason for page in requested_pages(site.stand_in.received[0])} == {
        "under-way"
    }


def test_numbers_older_than_keep_days_are_dropped(site: Site) -> None:
    site.service.track(PAGE)
    site.service.refresh()
    site.clock.step(days=30)
    assert site.service.counts(PAGE)["facebook"].value is not None

    site.clock.step(seconds=1)

    assert site.service.counts(PAGE)["facebook"].value is None
    assert site.service.counts(PAGE)["facebook"].reason == "too-old"


def test_a_suspended_platform_is_neither_fetched_nor_shown(site: Site) -> None:
    site.service.track(PAGE)
    site.service.refresh()
    site.clock.step(hours=4)

    suspended = site.again(releases={"facebook": {"state": "suspended"}})

    assert suspended.counts(PAGE) == {}
    assert suspended.refresh() == RefreshResult(is_leader=True)
    assert len(site.stand_in.received) == 1


def test_a_site_without_counts_needs_no_store(site: Site) -> None:
    without = site.again(platforms={}, counts={"store": f"sqlite:///{site.folder}/unused/counts.sqlite"})

    without.track(PAGE)
    without.counts(PAGE)
    without.refresh()
    without.status()

    assert not (site.folder / "unused").exists()
