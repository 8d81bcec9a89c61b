"""A round of asking: how much, how often, of whom, and what becomes of it when something goes wrong."""

from __future__ import annotations

import json
import logging
import threading
from collections import Counter
from typing import Any

import pytest
from support.counting import PAGE, SITE, Site, requested_pages, wait_until

from shariff_py.errors import AddressRefused, ConfigurationError, StoreError
from shariff_py.platforms.cached_count import CachedCount, Unavailable
from shariff_py.service import ImportResult, RefreshResult, Scheduler, Service, counts_updated
from shariff_py.settings import Settings
from shariff_py.stores import MemoryStore, StoreSummary
from shariff_py.stores.sqlite import SQLiteStore

pytestmark = pytest.mark.slow

KEYLESS = ("bluesky", "hackernews", "hatena", "lemmy", "odnoklassniki", "pinterest", "tumblr", "vk")


def released(*names: str) -> dict[str, Any]:
    return {name: {"state": "released"} for name in names}


REDDIT_ALONE = released("reddit") | {"facebook": {"state": "not_released"}}


def status(service: Service, platform: str = "facebook") -> dict[str, Any]:
    report: dict[str, Any] = service.status()["platforms"][platform]
    return report


# How much


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


# Of whom


def test_every_source_that_needs_no_key_is_fetched_in_the_same_cycle(site: Site) -> None:
    service = site.again(releases=released(*KEYLESS), platforms={})
    site.stand_in.counts[PAGE] = 17
    service.track(PAGE)

    result = service.refresh()

    assert result == RefreshResult(True, requests=8, pages=8, counts=8)
    assert {name: reading.value for name, reading in service.counts(PAGE).items()} == dict.fromkeys(KEYLESS, 17)
    assert {entry.platform for entry in service.journal.entries() if entry.kind == "request"} == set(KEYLESS)


def test_one_platforms_failure_does_not_affect_the_others(site: Site) -> None:
    site.stand_in.counts[PAGE] = 17
    service = site.again(releases=released("facebook", "vk"))
    service.track(PAGE)
    site.stand_in.behave(status=503, times=1)

    result = service.refresh()

    assert result == RefreshResult(True, requests=2, pages=2, counts=1, failures={"facebook": "temporary"})
    assert service.counts(PAGE)["vk"].value == 17


def test_a_token_is_requested_once_where_needed_and_written_nowhere(site: Site) -> None:
    service = site.again(releases=REDDIT_ALONE, platforms={"reddit": {"token": "an-id:canary-secret"}})
    for n in range(3):
        service.track(f"{PAGE}/{n}")

    result = service.refresh()

    assert (result.requests, result.counts, result.failures) == (3, 3, {})
    assert [received.path for received in site.stand_in.received] == ["/api/v1/access_token", *["/api/info"] * 3]
    entries = [entry for entry in service.journal.entries() if entry.kind == "request"]
    assert [(entry.purpose, entry.host) for entry in entries] == [
        ("token", "www.reddit.com"), *[("counts", "oauth.reddit.com")] * 3
    ]  # fmt: skip
    written = (site.folder / "outgoing.jsonl").read_text() + (site.folder / "counts.sqlite").read_bytes().decode(
        "latin-1"
    )
    assert not any(secret in written for secret in ("canary", "stand-in-token", "YW4taWQ6"))


def test_credentials_that_are_refused_stop_the_platform_and_say_so_once(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    service = site.again(releases=REDDIT_ALONE, platforms={"reddit": {"token": "an-id:canary-secret"}})
    service.track(PAGE)
    site.stand_in.behave(status=401)

    rounds = [service.refresh()]
    for _ in range(5):
        site.clock.step(hours=2)
        rounds.append(service.refresh())

    assert [r.failures for r in rounds] == [{"reddit": "token"}] * 6
    assert len(site.stand_in.received) == 1
    assert status(service, "reddit")["breaker"] == "open"
    assert [record.getMessage() for record in caplog.records] == [
        "reddit refuses requests (token). No more are sent for a day, or until its settings change; see shariff-py doctor."
    ]


def test_a_token_that_ended_early_is_exchanged_once_before_the_credentials_count_as_refused(site: Site) -> None:
    service = site.again(releases=REDDIT_ALONE, platforms={"reddit": {"token": "an-id:canary-secret"}})
    service.track(f"{PAGE}/a")
    service.track(f"{PAGE}/b")
    service.refresh()
    site.clock.step(hours=2)
    site.stand_in.clear()
    site.stand_in.behave(status=401, times=1)

    ended = service.refresh()
    site.clock.step(minutes=35)
    again = service.refresh()

    assert ended.failures == {"reddit": "token-expired"}
    assert (again.counts, again.failures) == (2, {})
    assert [r.path for r in site.stand_in.received] == ["/api/info", "/api/v1/access_token", "/api/info", "/api/info"]


def test_credentials_with_which_no_token_is_worth_anything_stop_the_platform(site: Site) -> None:
    service = site.again(releases=REDDIT_ALONE, platforms={"reddit": {"token": "an-id:canary-secret"}})
    service.track(PAGE)
    service.refresh()
    failures = []
    for times in (1, None):
        site.clock.step(hours=2)
        site.stand_in.behave(status=401, times=times)
        failures.append(service.refresh().failures["reddit"])

    assert failures == ["token-expired", "token"]
    assert status(service, "reddit")["breaker"] == "open"


@pytest.mark.parametrize("code", [3, 10, 190, 200, 368, 2635])
def test_an_error_about_one_page_stops_no_platform_that_returns_the_others(site: Site, code: int) -> None:
    for n in range(3):
        site.service.track(f"{PAGE}/{n}")
    good = {"code": 200, "body": json.dumps({"id": "x", "og_object": {"engagement": {"count": 4}}})}
    bad = {"code": 400, "body": json.dumps({"error": {"code": code}})}
    site.stand_in.behave(body=json.dumps([good, bad, good]).encode())

    result = site.service.refresh()

    assert (result.counts, result.failures) == (2, {})
    assert status(site.service)["breaker"] == "closed"


# When something goes wrong


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


# Which pages


MOVED = {"http://www.example.org/": f"{SITE}/", "https://old.example.com/": f"{SITE}/"}


def test_a_page_that_moved_is_counted_under_all_its_addresses_and_they_are_added(site: Site) -> None:
    site.stand_in.counts |= {PAGE: 10, "http://www.example.org/news": 5, "https://old.example.com/news": None}
    service = site.again(site={"origin": SITE, "aliases": MOVED})

    address = service.track("https://old.example.com/news?utm_source=x")
    result = service.refresh()

    assert address == PAGE
    assert result.pages == 3
    for form in (PAGE, "http://www.example.org/news", "https://old.example.com/news"):
        assert service.counts(form) == {"facebook": CachedCount(15, site.now(), site.now())}
    assert service.ranking(10) == [(PAGE, 15)]


@pytest.mark.parametrize(
    ("aliases", "why"),
    [
        ({"http://www.example.org": f"{SITE}/"}, "Write 'http://www.example.org/'"),
        ({"HTTP://www.example.org/": f"{SITE}/"}, "Write 'http://www.example.org/'"),
        ({"ftp://www.example.org/": f"{SITE}/"}, "not the beginning of an address"),
        ({"http://www.example.org/": "https://elsewhere.example/"}, "not on one of the site's own hosts"),
        ({f"{SITE}/": f"{SITE}/blog/"}, "lie within each other"),
    ],
)
def test_aliases_that_cannot_work_are_refused_with_a_cure(aliases: dict[str, str], why: str) -> None:
    with pytest.raises(ConfigurationError, match=why):
        Settings.from_mapping({"site": {"origin": SITE, "aliases": aliases}})


@pytest.mark.parametrize(
    ("learn", "expected"),
    [
        ("listed", {"listed"}),
        ("shown", {"listed", "shown"}),
        ("asked", {"listed", "shown", "asked"}),
        ("", {"listed", "shown"}),
    ],
)
def test_which_pages_are_discovered_is_the_sites_decision(site: Site, learn: str, expected: set[str]) -> None:
    service = site.again(counts={"learn": learn})

    service.import_pages({f"{PAGE}/listed": None})
    service.discover(f"{PAGE}/shown", "shown")
    service.discover(f"{PAGE}/asked", "asked")

    known = service.store.due("facebook", site.now(), 10)
    assert {page.page.removeprefix(f"{PAGE}/") for page in known} == expected


def test_only_so_many_pages_an_hour_are_discovered_from_what_browsers_request(site: Site) -> None:
    service = site.again(counts={"learn": "asked", "new_per_hour": 5})
    service.track(f"{PAGE}/known")
    service.refresh()

    for n in range(20):
        service.discover(f"{PAGE}/{n}", "asked")
        service.discover(f"{PAGE}/known", "asked")
    one_hour = service.store.summary().pages
    site.clock.step(hours=1)
    for n in range(20):
        service.discover(f"{PAGE}/{n}", "asked")

    assert (one_hour, service.store.summary().pages) == (6, 11)


@pytest.mark.parametrize(
    "address",
    [
        f"{SITE}:8443/news",
        "http://www.example.org:8080/news",
        "ftp://www.example.org/news",
        "https://someone@www.example.org/news",
        "https://sub.www.example.org/news",
    ],
)
def test_other_ports_names_and_schemes_are_refused(site: Site, address: str) -> None:
    for call in (site.service.track, site.service.counts, lambda page: site.service.discover(page, "shown")):
        with pytest.raises(AddressRefused):
            call(address)
    assert site.service.import_pages({address: None}) == ImportResult(0, 0)


def test_sub_domains_are_allowed_by_a_wildcard_and_the_ports_of_the_sites_origin_alone(site: Site) -> None:
    service = site.again(site={"origin": "http://127.0.0.1:8000", "hosts": ("127.0.0.1", "*.example.org")})

    assert service.track("https://NEWS.example.org:443/a/../b%7E?x=1") == "https://news.example.org/b~"
    assert service.track("http://127.0.0.1:8000/") == "http://127.0.0.1:8000/"
    with pytest.raises(Exception, match="another port"):
        service.track("http://127.0.0.1:8001/")


def test_the_ranking_leaves_out_platforms_that_are_not_released_and_numbers_that_are_too_old(site: Site) -> None:
    both = site.again(releases=released("facebook", "vk"))
    site.stand_in.counts |= {f"{PAGE}/a": 30, f"{PAGE}/b": 20, f"{PAGE}/c": None}
    for name in "abc":
        both.track(f"{PAGE}/{name}")
    both.refresh()

    assert both.ranking(10) == [(f"{PAGE}/a", 60), (f"{PAGE}/b", 40), (f"{PAGE}/c", 0)]
    assert site.service.ranking(1) == [(f"{PAGE}/a", 30)]
    site.clock.step(days=31)
    assert both.ranking(10) == []


def test_the_ranking_adds_a_pages_addresses_before_it_is_cut(site: Site) -> None:
    service = site.again(site={"origin": SITE, "aliases": {"http://www.example.org/": f"{SITE}/"}})
    for name, now, before in (("both", 6, 6), ("one", 10, 0), ("other", 9, 0)):
        site.stand_in.counts |= {f"{SITE}/{name}": now, f"http://www.example.org/{name}": before}
        service.track(f"{SITE}/{name}")
    service.refresh()

    assert service.ranking(1) == [(f"{SITE}/both", 12)]
    assert service.ranking(10**20) == [(f"{SITE}/both", 12), (f"{SITE}/one", 10), (f"{SITE}/other", 9)]


def test_numbers_that_are_too_old_take_no_place_in_the_ranking(site: Site) -> None:
    site.stand_in.counts |= {f"{PAGE}/a": 100, f"{PAGE}/b": 90, f"{PAGE}/c": 5}
    for name in "ab":
        site.service.track(f"{PAGE}/{name}")
    site.service.refresh()
    site.clock.step(days=31)
    site.stand_in.counts |= {f"{PAGE}/a": None, f"{PAGE}/b": None}
    site.service.track(f"{PAGE}/c")
    site.service.refresh()

    assert site.service.ranking(1) == [(f"{PAGE}/c", 5)]


def test_a_clock_that_ran_ahead_once_silences_a_page_no_longer_than_the_site_lets_counts_get_old(site: Site) -> None:
    site.service.track(PAGE)
    site.clock.step(days=20)
    site.service.refresh()
    site.clock.step(days=-20)

    assert site.later(seconds=1).pages == 1
    assert site.later(minutes=1).pages == 0


# Pages that are the site's no more


def test_what_was_removed_from_the_settings_is_neither_refreshed_nor_ranked(site: Site) -> None:
    before = site.again(
        site={
            "origin": SITE,
            "hosts": ["www.example.org", "intranet.example.org"],
            "query_allow": ["token"],
            "aliases": {"http://old.example.com/": f"{SITE}/"},
        }
    )
    for page in (PAGE, f"{PAGE}?token=canary", "https://intranet.example.org/canary"):
        before.track(page)
    assert before.refresh().pages == 5
    site.stand_in.clear()
    site.clock.step(days=2)

    after = site.again(site={"origin": SITE, "aliases": {"http://www.example.org/": f"{SITE}/"}})
    after.track(PAGE)
    result = after.refresh()

    requested = [page for received in site.stand_in.received for page in requested_pages(received)]
    assert (result.pages, sorted(requested)) == (2, [PAGE.replace("https:", "http:"), PAGE])
    assert [page for page, _ in after.ranking(10)] == [PAGE]


def test_pages_that_left_the_site_do_not_keep_others_from_being_refreshed(site: Site) -> None:
    before = site.again(site={"origin": SITE, "hosts": ["intranet.example.org"]})
    before.import_pages({f"https://intranet.example.org/{n}": None for n in range(1200)})
    site.clock.step(seconds=1)
    site.service.track(PAGE)

    assert site.service.refresh().pages == 1
    assert site.service.refresh() == RefreshResult(True)


# Listeners, and reads while the store is away


def test_after_each_reply_a_signal_carries_the_new_numbers_and_those_before(site: Site) -> None:
    updates: list[tuple[object, dict[str, Any]]] = []

    def listen(sender: object, **report: Any) -> None:
        updates.append((sender, report))

    counts_updated.connect(listen, sender=site.service)
    site.stand_in.counts[PAGE] = 17
    site.service.track(PAGE)
    site.service.refresh()
    site.stand_in.counts[PAGE] = 18
    site.later(hours=1)
    site.stand_in.behave(status=503)
    site.later(hours=1)

    assert updates == [
        (site.service, {"platform": "facebook", "counts": {PAGE: 17}, "before": {PAGE: None}}),
        (site.service, {"platform": "facebook", "counts": {PAGE: 18}, "before": {PAGE: 17}}),
    ]


def test_a_listener_that_fails_does_not_stop_the_refresh(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    def fail(sender: object, **_: Any) -> None:
        raise ZeroDivisionError("canary")

    counts_updated.connect(fail, sender=site.service)
    site.service.track(PAGE)

    with caplog.at_level(logging.ERROR, "shariff_py"):
        result = site.service.refresh()

    assert result.counts == 1
    assert "receiver" in caplog.text


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
