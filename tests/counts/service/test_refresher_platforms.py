"""Whom a refresh cycle asks, with which credentials, and that one platform's trouble stops no other."""

from __future__ import annotations

import json

import pytest
from support.counting import PAGE, REDDIT_ALONE, Site, released, status

from shariff_py.service import RefreshResult

pytestmark = pytest.mark.slow

KEYLESS = ("bluesky", "hackernews", "hatena", "lemmy", "odnoklassniki", "pinterest", "tumblr", "vk")


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
