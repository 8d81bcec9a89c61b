"""What becomes of a refresh cycle when something goes wrong: breaker, rests, pages left out, processes that end in the middle."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from support.counting import PAGE, Site, requested_pages, status, wait_until

from shariff_py.platforms.count_sources.cached_count import Unavailable
from shariff_py.service import RefreshResult, Service
from shariff_py.stores.sqlite import SQLiteStore

pytestmark = pytest.mark.slow


def test_a_breaker_opens_after_three_failures_lets_one_page_through_and_closes_when_it_succeeds(site: Site) -> None:
    for n in range(60):
        site.service.track(f"{PAGE}/{n}")
    site.stand_in.behave(status=503)
    states = []
    for _ in range(3):
        site.later(minutes=20)
        states.append(status(site.service)["breaker"])
    site.stand_in.clear()

    still_open = site.service.refresh()
    site.clock.step(minutes=20)
    half_open = status(site.service)["breaker"]
    site.stand_in.behave()
    result = site.service.refresh()

    assert (states, half_open) == (["closed", "closed", "open"], "half-open")
    assert still_open == RefreshResult(True, failures={"facebook": "temporary"})
    assert len(requested_pages(site.stand_in.received[0])) == 1
    assert result.counts > 1
    assert status(site.service)["breaker"] == "closed"


def test_new_credentials_are_tried_at_once_where_the_old_ones_were_refused(site: Site) -> None:
    site.service.track(PAGE)
    site.stand_in.behave(error={"code": 190})
    site.service.refresh()
    site.stand_in.behave()
    site.clock.step(hours=1)
    assert site.service.refresh().requests == 0

    exchanged = site.again(platforms={"facebook": {"token": "another-token"}})

    assert exchanged.refresh().counts == 1


def test_a_platform_that_says_how_long_to_wait_gets_no_request_before_that(site: Site) -> None:
    site.service.track(PAGE)
    site.stand_in.behave(status=429, retry_after="1800")
    site.service.refresh()
    site.stand_in.behave()

    rounds = [site.later(minutes=minutes).requests for minutes in (20, 9, 1)]

    assert rounds == [0, 0, 1]


def test_a_page_its_platform_does_not_accept_is_left_out_and_the_rest_goes_on(site: Site) -> None:
    refused = '{"error":{"message":"…","code":100}}'
    answers = [{"code": 400, "body": refused}, {"code": 200, "body": '{"og_object":{"engagement":{"count":5}}}'}]
    for name in "ab":
        site.clock.step(seconds=1)
        site.service.track(f"{PAGE}/{name}")
    site.stand_in.behave(body=json.dumps(answers).encode())

    result = site.service.refresh()

    assert result == RefreshResult(True, requests=1, pages=2, counts=1)
    assert site.service.counts(f"{PAGE}/a")["facebook"].reason == "bad-address"
    assert status(site.service)["breaker"] == "closed"


def test_what_a_killed_process_may_have_requested_is_not_requested_again_too_early(site: Site) -> None:
    """A process that ends between request and reply: here it is still waiting while its lease is gone."""
    site.service.track(PAGE)
    site.stand_in.behave(silent=True)
    threading.Thread(target=site.service.refresh, daemon=True).start()
    wait_until(lambda: site.stand_in.received)
    other = site.again(counts={"store": f"sqlite:///{site.folder}/counts.sqlite"})
    site.stand_in.behave()

    # What is kept while the process lives is gone when it is killed.
    assert other.store.lease("the-next-one", 60) == 0
    known = other.counts(PAGE)["facebook"]
    due_now = other.store.due("facebook", site.now(), 10)
    due_then = other.store.due("facebook", site.now() + 600, 10)
    site.stand_in.stop()

    assert (known.value, known.reason) == (None, "under-way")
    assert due_now == []
    assert [page.page for page in due_then] == [PAGE]


class Forgetful(SQLiteStore):
    """A store that does not keep what is noted before a request: what ours would be without that note."""

    def record(self, platform: str, results: Any, now: float, **options: Any) -> None:
        if all(result != Unavailable("under-way") for result in results.values()):
            super().record(platform, results, now, **options)


def test_without_the_note_before_a_request_the_same_page_would_be_requested_twice(site: Site) -> None:
    """The guard shown failing: the leader dies, and another process takes over what is due."""
    due: dict[str, int] = {}
    for kind in (Forgetful, SQLiteStore):
        store = kind(site.folder / f"{kind.__name__}.sqlite")
        service = Service(site.settings(), store=store, clock=site.clock, random=lambda: 0.0)
        service.track(PAGE)
        site.stand_in.clear()
        site.stand_in.behave(silent=True)
        threading.Thread(target=service.refresh, daemon=True).start()
        wait_until(lambda: site.stand_in.received)
        due[kind.__name__] = len(SQLiteStore(store.path).due("facebook", site.now(), 10))

    site.stand_in.stop()
    assert due == {"Forgetful": 1, "SQLiteStore": 0}


def test_a_clock_that_ran_ahead_once_silences_a_page_no_longer_than_the_site_lets_counts_get_old(site: Site) -> None:
    site.service.track(PAGE)
    site.clock.step(days=20)
    site.service.refresh()
    site.clock.step(days=-20)

    assert site.later(seconds=1).pages == 1
    assert site.later(minutes=1).pages == 0
