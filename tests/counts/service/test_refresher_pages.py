"""Which pages are fetched and ranked: those of the site, under all their addresses, and none it has given up."""

from __future__ import annotations

import pytest
from support.constants import DAY
from support.counting import PAGE, SITE, Site, released, requested_pages

from shariff_py.errors import AddressRefused, ConfigurationError
from shariff_py.platforms.count_sources.cached_count import CachedCount
from shariff_py.service import ImportResult, RefreshResult
from shariff_py.settings import Settings

pytestmark = pytest.mark.slow

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

    known = service.store.due("facebook", site.now() + DAY, 10)
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


def test_a_flood_of_made_up_pages_keeps_no_real_one_out_for_the_rest_of_the_hour(site: Site) -> None:
    service = site.again(counts={"learn": "asked", "new_per_hour": 60})
    for n in range(100):
        service.discover(f"{PAGE}/made-up/{n}", "asked")
    full = service.store.summary().pages

    site.clock.step(minutes=1)
    service.discover(f"{PAGE}/real", "asked")

    assert (full, service.store.summary().pages) == (60, 61)


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
