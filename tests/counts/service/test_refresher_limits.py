"""How much a refresh cycle asks for: batches, the hourly limit, the platform's own quota, old pages rarely."""

from __future__ import annotations

from collections import Counter

import pytest
from support.counting import PAGE, SITE, Site, requested_pages, status

from shariff_py.service import RefreshResult

pytestmark = pytest.mark.slow


def test_a_thousand_addresses_are_twenty_requests(site: Site) -> None:
    for n in range(1000):
        site.service.track(f"{PAGE}/{n}")

    result = site.service.refresh()

    assert result == RefreshResult(True, requests=20, pages=1000, counts=1000)
    assert len(site.stand_in.received) == 20


def test_what_is_beyond_the_hourly_limit_waits_until_the_limit_refills(site: Site) -> None:
    service = site.again(platforms={"facebook": {"token": "t", "per_hour": 60}})
    for n in range(100):
        service.track(f"{PAGE}/{n}")

    rounds = [service.refresh().pages]
    for _ in range(7):
        site.clock.step(minutes=10)
        rounds.append(service.refresh().pages)

    # After ten minutes the pages requested first would be due again as well: no hour has more than sixty.
    assert rounds == [60, 0, 0, 0, 0, 0, 0, 60]
    assert status(service)["quota"] == {"pages_per_hour": 60, "left_now": 0, "used_percent": 2}


def test_requests_stop_before_the_upstream_quota_is_used_up(site: Site) -> None:
    site.stand_in.allowance = 200
    for n in range(1000):
        site.service.track(f"{PAGE}/{n}")

    first = site.service.refresh()
    report = status(site.service)
    resting = site.later(minutes=9)
    trial = site.later(minutes=1)

    assert 150 < first.pages <= 180
    assert first.failures == {}
    assert report["breaker"] == "closed"
    assert report["resting_until"] is not None
    assert report["quota"]["used_percent"] == 90
    assert resting.requests == 0
    assert (trial.requests, trial.pages) == (1, 1), "one page tells how much is left by now"
    assert all(b"limit reached" not in received.body for received in site.stand_in.received)


def test_no_address_is_requested_more_than_ten_times_in_any_hour_however_hard_the_site_tries(site: Site) -> None:
    hasty = site.again(counts={"refresh_minutes": 1, "slowest_hours": 1})
    hasty.track(PAGE)
    times = []
    for minute in range(300):
        # Every other hour the platform fails, so that failed attempts are among them.
        site.stand_in.behave(**({"status": 500, "on": "graph"} if minute // 60 % 2 else {}))
        if hasty.refresh().requests:
            times.append(minute)
        site.clock.step(minutes=1)

    assert len(times) > 20
    assert max(sum(begin <= time < begin + 60 for time in times) for begin in times) <= 10


def test_pages_of_today_are_refreshed_often_and_those_of_last_year_rarely(site: Site) -> None:
    year = site.now() - 365 * 86_400
    site.service.import_pages({f"{SITE}/today": site.now(), f"{SITE}/last-year": year})
    requested: Counter[str] = Counter()
    for _ in range(2 * 24 * 6):
        site.stand_in.clear()
        site.service.refresh()
        requested.update(page for received in site.stand_in.received for page in requested_pages(received))
        site.clock.step(minutes=10)

    assert requested[f"{SITE}/last-year"] == 1
    assert requested[f"{SITE}/today"] > 40
