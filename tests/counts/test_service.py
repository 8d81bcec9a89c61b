"""The service: page views read, the scheduler fetches, and neither waits for the other."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from support.counting import PAGE, SITE, TOKEN, Site, requested_pages, wait_until

from shariff_py.errors import AddressRefused, StoreError
from shariff_py.platforms.cached_count import CachedCount
from shariff_py.service import RefreshResult, Scheduler, Service
from shariff_py.service.status import SNAPSHOT_SECONDS
from shariff_py.stores import MemoryStore, StoreSummary
from shariff_py.stores.sqlite import SQLiteStore
from shariff_py.testing import StandIn


def test_a_page_is_counted_after_it_was_tracked(site: Site) -> None:
    site.stand_in.counts[PAGE] = 17
    site.service.track(PAGE)
    assert site.service.counts(PAGE) == {}

    assert site.service.refresh() == RefreshResult(True, requests=1, pages=1, counts=1)

    assert site.service.counts(PAGE) == {"facebook": CachedCount(17, as_of=site.now(), tried_at=site.now())}


def test_zero_is_a_number_and_an_unknown_page_has_none(site: Site) -> None:
    site.stand_in.counts |= {f"{PAGE}/0": 0, f"{PAGE}/unknown": None}
    site.service.track(f"{PAGE}/0")
    site.service.track(f"{PAGE}/unknown")

    site.service.refresh()

    assert site.service.counts(f"{PAGE}/0")["facebook"].value == 0
    assert site.service.counts(f"{PAGE}/unknown")["facebook"] == CachedCount(None, 0.0, site.now(), "unknown-page")


def test_all_spellings_of_an_address_are_one_page(site: Site) -> None:
    for address in (
        "HTTPS://WWW.EXAMPLE.ORG:443/news",
        f"{SITE}/a/../news",
        f"{PAGE}#comments",
        f"{PAGE}?utm_source=letter",
    ):
        assert site.service.track(address) == PAGE

    assert site.service.refresh().pages == 1


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.com/",
        "https://example.org/",
        "https://www.example.org.evil.example/",
        "https://user:secret@www.example.org/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "",
    ],
)
def test_only_pages_of_the_sites_own_hosts_are_taken(site: Site, address: str) -> None:
    with pytest.raises(AddressRefused):
        site.service.track(address)
    with pytest.raises(AddressRefused):
        site.service.counts(address)

    assert site.service.refresh().pages == 0


@pytest.mark.slow
def test_fifty_visits_while_the_platform_is_slow_and_then_silent_cause_no_request_and_wait_for_none(
    site: Site,
) -> None:
    other = site.again()
    other.track(f"{PAGE}/first")
    rounds: list[RefreshResult] = []
    for day in ({"slow": 3.0}, {"silent": True}):
        site.stand_in.clear()
        site.stand_in.behave(**day)
        site.clock.step(hours=4)
        asking = threading.Thread(target=lambda: rounds.append(other.refresh()))
        asking.start()
        wait_until(lambda: site.stand_in.received)

        for n in range(50):
            site.service.track(f"{PAGE}/{day}/{n}")
            site.service.counts(f"{PAGE}/{day}/{n}")

        # The one request of the cycle is still waiting for its reply: no page view waited for it, and none sent another.
        assert asking.is_alive()
        assert len(site.stand_in.received) == 1
        assert [entry.trigger for entry in site.service.journal.entries() if entry.kind == "request"] == [
            "schedule"
        ] * (len(rounds) + 1)
        if "silent" in day:
            site.stand_in.stop()
        asking.join()

    assert [(r.requests, r.failures) for r in rounds] == [(1, {}), (1, {"facebook": "connection"})]


def test_a_visit_opens_no_connection_at_all(site: Site) -> None:
    for n in range(50):
        site.service.track(f"{PAGE}/{n}")
        site.service.counts(f"{PAGE}/{n}")

    assert site.stand_in.connections == 0
    assert not (site.folder / "outgoing.jsonl").exists()


def test_a_visit_of_a_page_that_is_known_writes_nothing(site: Site) -> None:
    site.service.track(PAGE)
    before = [path.stat().st_mtime_ns for path in sorted(site.folder.iterdir())]

    for _ in range(100):
        site.service.track(PAGE)

    assert [path.stat().st_mtime_ns for path in sorted(site.folder.iterdir())] == before


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


def test_a_store_that_fails_makes_counts_absent_and_breaks_no_page(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    (site.folder / "var").write_text("a file where the folder should be")
    broken = site.again(counts={"store": f"sqlite:///{site.folder}/var/counts.sqlite"})

    with caplog.at_level(logging.ERROR, "shariff_py"):
        addresses = [broken.track(f"{PAGE}/{n}") for n in range(20)]
        counts = [broken.counts(f"{PAGE}/{n}") for n in range(20)]

    assert addresses == [f"{PAGE}/{n}" for n in range(20)]
    assert counts == [{}] * 20
    assert len(caplog.records) == 1
    assert "counts.sqlite" in caplog.text
    assert broken.status()["store"] == {"state": "unavailable", "pages": None, "dropped_pages": None}
    with pytest.raises(StoreError):
        broken.refresh()
    assert broken.status()["scheduler"]["last_error"]["reason"] == "StoreError"
    assert site.stand_in.connections == 0


def test_a_store_that_works_again_is_used_again(site: Site) -> None:
    in_the_way = site.folder / "var"
    in_the_way.write_text("a file where the folder should be")
    service = site.again(counts={"store": f"sqlite:///{in_the_way}/counts.sqlite"})
    service.track(PAGE)
    in_the_way.unlink()

    site.clock.step(seconds=5)
    service.track(PAGE)

    assert service.refresh().counts == 1
    assert service.counts(PAGE)["facebook"].value is not None


def test_a_journal_that_cannot_be_written_means_that_nothing_is_sent(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    (site.folder / "outgoing.jsonl").mkdir()
    site.service.track(PAGE)

    result = site.service.refresh()

    assert result == RefreshResult(True, failures={"facebook": "refused"})
    assert site.stand_in.connections == 0
    assert site.service.counts(PAGE)["facebook"].value is None
    assert site.service.status()["journal"]["state"] == "unavailable"
    assert site.service.status()["platforms"]["facebook"]["last_error"]["reason"] == "refused"
    assert "outgoing.jsonl" in caplog.text


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
        "store": {"state": "working", "pages": 1, "dropped_pages": 0},
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


def test_secrets_and_what_visitors_typed_are_nowhere_but_in_the_request_itself(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    report: list[str] = []
    impatient = site.again(counts={"timeout_seconds": 0.5})
    query = "?q=canary-search&token=canary-session#canary-fragment"
    site.service.track(f"{PAGE}{query}")
    for day in ({}, {"status": 500}, {"silent": True}, {"drop": True}, {"garbage": True}, {"error": {"code": 190}}):
        site.stand_in.behave(**day)
        site.clock.step(hours=4)
        (impatient if "silent" in day else site.service).refresh()
    broken = site.again(platforms={"facebook": {"token": f"{TOKEN}\nsecond line"}})
    site.clock.step(hours=4)
    broken.refresh()
    with pytest.raises(AddressRefused) as refused:
        site.service.track(f"https://www.example.com/{query}")
    report.append(str(refused.value))

    report += [repr(thing) for thing in (site.service, site.service.store, site.service.journal, site.service.settings)]
    report += [repr(site.service.status()), repr(broken.status()), caplog.text]
    report += [path.read_bytes().decode("latin-1") for path in site.folder.iterdir() if path.is_file()]
    sent = [repr((r.path, r.query, r.body)) for r in site.stand_in.received]

    assert [text for text in report + sent if "canary" in text] == []
    assert {r.headers["authorization"] for r in site.stand_in.received} == {f"Bearer {TOKEN}"}


def test_what_is_sent_does_not_depend_on_who_visits(tmp_path: Path, stand_in: StandIn) -> None:
    bodies = []
    for visitor, query in (("first", "?ref=canary"), ("second", "?lang=en&session=1")):
        (tmp_path / visitor).mkdir()
        service = Site(tmp_path / visitor, stand_in).service
        service.track(f"{PAGE}{query}")
        stand_in.clear()
        service.refresh()
        (received,) = stand_in.received
        bodies.append((received.method, received.path, received.query, dict(received.headers), received.body))

    assert bodies[0] == bodies[1]


class TestScheduler:
    def test_the_scheduler_refreshes_until_it_is_stopped(self, site: Site) -> None:
        site.service.track(PAGE)
        scheduler = Scheduler(site.service, seconds=0.02)

        assert scheduler.start()
        wait_until(lambda: site.service.counts(PAGE))
        assert site.service.status()["scheduler"]["running"] is True
        scheduler.stop()

        assert site.service.status()["scheduler"]["running"] is False
        assert "shariff_py scheduler" not in {thread.name for thread in threading.enumerate()}

    def test_it_survives_every_error_and_the_status_says_so(self, site: Site) -> None:
        class Failing(MemoryStore):
            fails = True

            def lease(self, holder: str, seconds: float) -> int:
                if self.fails:
                    raise ZeroDivisionError("canary")
                return super().lease(holder, seconds)

        store = Failing()
        service = Service(site.settings(), store=store, clock=site.clock, random=lambda: 0.0)
        service.track(PAGE)
        scheduler = Scheduler(service, seconds=0.02)
        scheduler.start()
        wait_until(lambda: service.status()["scheduler"]["last_error"])

        store.fails = False
        wait_until(lambda: service.counts(PAGE))
        scheduler.stop()

        assert service.status()["scheduler"]["last_error"]["reason"] == "ZeroDivisionError"
        assert "canary" not in repr(service.status())

    @pytest.mark.parametrize(
        "tables",
        [
            pytest.param({"counts": {"scheduler": "outside"}}, id="somebody else asks"),
            pytest.param({"platforms": {}}, id="no token"),
            pytest.param({"releases": {}}, id="nothing released"),
        ],
    )
    def test_it_does_not_begin_where_there_is_nothing_to_do(self, site: Site, tables: dict[str, Any]) -> None:
        assert Scheduler(site.again(**tables)).start() is False
        assert "shariff_py scheduler" not in {thread.name for thread in threading.enumerate()}

    def test_starting_twice_is_starting_once_and_stopping_twice_is_no_error(self, site: Site) -> None:
        scheduler = Scheduler(site.service, seconds=60)
        scheduler.start()
        scheduler.start()
        threads = [thread for thread in threading.enumerate() if thread.name == "shariff_py scheduler"]

        scheduler.stop()
        scheduler.stop()

        assert len(threads) == 1

    @pytest.mark.subprocess
    def test_it_runs_again_in_a_forked_child(self, site: Site) -> None:
        program = FORKING.format(stand_in=dict(site.stand_in.settings), folder=str(site.folder), token=TOKEN, site=SITE)
        done = subprocess.run([sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True)

        assert (done.stdout, done.stderr) == ("requested\n", "")


FORKING = """
import os, time
from shariff_py.service import Scheduler, Service
from shariff_py.settings import Settings

settings = Settings.from_mapping({{
    "site": {{"origin": {site!r}}},
    "releases": {{"facebook": {{"state": "released"}}}},
    "platforms": {{"facebook": {{"token": {token!r}}}}},
    "counts": {{"store": "sqlite:///" + {folder!r} + "/counts.sqlite"}},
    "journal": {{"path": {folder!r} + "/outgoing.jsonl"}},
    "stand_in": {stand_in!r},
}})
service = Service(settings)
scheduler = Scheduler(service, seconds=0.02)
assert scheduler.start()
service.track({site!r} + "/parent")
while not service.counts({site!r} + "/parent"):
    time.sleep(0.01)
child = os.fork()
if child == 0:
    end = time.monotonic() + 10
    service.track({site!r} + "/child")
    while time.monotonic() < end and service.status()["scheduler"]["running"]:
        if service.counts({site!r} + "/child"):
            os._exit(0)
        time.sleep(0.01)
    os._exit(1)
scheduler.stop()
assert os.waitpid(child, 0)[1] == 0
print("requested")
"""
