"""The status of the service: every part, what is missing, what went wrong, as new as it says."""

from __future__ import annotations

import pytest
from support.counting import PAGE, Site

from shariff_py.errors import StoreError
from shariff_py.service import Service
from shariff_py.service.status import SNAPSHOT_SECONDS
from shariff_py.stores import MemoryStore, StoreSummary


def test_status_reports_every_part(site: Site) -> None:
    site.stand_in.allowance = 100
    site.service.track(PAGE)
    site.service.refresh()

    report = site.service.status()

    assert report.pop("platforms")["facebook"] == {
        "state": "released",
        "released": True,
        "configured": True,
        "host": "graph.facebook.com",
        "pages_with_number": 1,
        "last_success": "2026-11-23T08:00:00+00:00",
        "last_error": None,
        "breaker": "closed",
        "resting_until": None,
        "quota": {"pages_per_hour": 1000, "left_now": 999, "used_percent": 1},
        "version": "v26.0",
        "version_ends": None,
        "stand_in": True,
    }
    assert report == {
        "software": site.stand_in.received[0].headers["user-agent"],
        "store": {"state": "working", "pages": 1, "dropped_pages": 0, "set_aside": 0},
        "journal": {"state": "working", "records": 2, "head": site.service.journal.verify().head},
        "policy": {"mode": "enforce", "findings": 0, "last_reported": None},
        "scheduler": {
            "mode": "inside",
            "running": False,
            "leader": False,
            "last_round": "2026-11-23T08:00:00+00:00",
            "last_error": None,
        },
    }


def test_status_reports_what_is_missing_and_what_went_wrong(site: Site) -> None:
    site.service.track(PAGE)
    site.stand_in.behave(status=503)
    site.service.refresh()
    pinned = site.again(platforms={"facebook": {"version": "v25.0"}})

    facebook = site.service.status()["platforms"]["facebook"]
    unconfigured = pinned.status()["platforms"]["facebook"]

    assert facebook["last_error"] == {"when": "2026-11-23T08:00:00+00:00", "reason": "temporary"}
    assert (unconfigured["configured"], unconfigured["version_ends"]) == (False, "2028-07-29")


class Scanned(MemoryStore):
    """A store that counts how often it is looked through, and can be made to fail."""

    scans = 0
    fails = False

    def summary(self) -> StoreSummary:
        self.scans += 1
        if self.fails:
            raise StoreError("The disk is gone.")
        return super().summary()


def test_many_requests_for_the_status_read_the_store_once(site: Site) -> None:
    store = Scanned()
    service = Service(site.settings(), store=store, clock=site.clock, random=lambda: 0.0)

    report = [service.status() for _ in range(50)]

    assert store.scans == 1
    assert report == [report[0]] * 50


@pytest.mark.parametrize("seconds", [SNAPSHOT_SECONDS, -1])
def test_the_status_is_as_new_as_it_says_also_after_the_clock_was_set_back(site: Site, seconds: float) -> None:
    store = Scanned()
    service = Service(site.settings(), store=store, clock=site.clock, random=lambda: 0.0)
    service.status()
    service.track(PAGE)

    site.clock.step(seconds=seconds)

    assert service.status()["store"]["pages"] == 1


def test_the_status_shows_a_refresh_cycle_as_soon_as_it_is_done(site: Site) -> None:
    site.service.track(PAGE)
    before = site.service.status()["platforms"]["facebook"]["pages_with_number"]

    site.service.refresh()

    assert (before, site.service.status()["platforms"]["facebook"]["pages_with_number"]) == (0, 1)


def test_a_store_that_fails_is_not_tried_again_for_each_status_request(site: Site) -> None:
    store = Scanned()
    store.fails = True
    service = Service(site.settings(), store=store, clock=site.clock, random=lambda: 0.0)

    states = [service.status()["store"]["state"] for _ in range(50)]
    store.fails = False
    site.clock.step(seconds=SNAPSHOT_SECONDS)

    assert (states, store.scans) == (["unavailable"] * 50, 1)
    assert service.status()["store"]["state"] == "working"


def test_a_tampered_journal_shows_in_the_status(site: Site) -> None:
    site.service.track(PAGE)
    site.service.refresh()
    journal = site.folder / "outgoing.jsonl"

    journal.write_bytes(journal.read_bytes().replace(b'"status":200', b'"status":404'))

    assert site.service.status()["journal"]["state"] == "broken"
