"""Page views read what is known and note their page; they ask no platform and wait for none."""

from __future__ import annotations

import threading

import pytest
from support.counting import PAGE, SITE, Site, wait_until

from shariff_py.errors import AddressRefused
from shariff_py.platforms.count_sources.cached_count import CachedCount
from shariff_py.service import RefreshResult


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
