"""What ``GET counts`` returns in heise's format, line by line, also where platforms or the store fail."""

from __future__ import annotations

import json
from contextlib import nullcontext
from typing import Any

import pytest
from flask import render_template_string
from support import redis_servers
from support.counting import PAGE, Site
from support.counting_proxy import SIX, Proxy

from shariff_py.service import RefreshResult

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "url",
    [
        None, "", "news", "/news", "www.example.org/news", "https://", "https://www.foreign.example/",
        "https://www.example.org@evil.example/", "https://evil.example/?https://www.example.org/",
        "https://www.example.org.evil.example/", "https://www.example.org:8443/", "https://user:pw@www.example.org/",
        "ftp://www.example.org/", "javascript://www.example.org/%0aalert(1)", "//www.example.org/", "x" * 70_000,
    ],
)  # fmt: skip
def test_no_address_a_foreign_one_another_port_a_user_or_another_scheme_is_null(proxy: Proxy, url: str | None) -> None:
    response = proxy.fetch(url)

    assert (response.status_code, response.data, response.content_type) == (200, b"null", "application/json")
    assert proxy.service.store.summary().pages == 0


@pytest.mark.parametrize(
    "url",
    [
        "https://WWW.EXAMPLE.ORG/news", "https://www.example.org./news", "https://www.example.org:443/news",
        "https://www.example.org/a/../news", "https://www.example.org/n%65ws", "https://www.example.org/news?utm_source=x#top",
    ],
)  # fmt: skip
def test_every_spelling_of_a_page_is_that_page(proxy: Proxy, url: str) -> None:
    proxy.counted()

    assert proxy.fetch(url).json == dict.fromkeys(SIX, 17)


def test_an_international_address_is_accepted_however_it_is_written(site: Site) -> None:
    proxy = Proxy(site)
    service = site.again(site={"origin": "https://xn--mnchen-3ya.example"})

    assert service.track("https://MÜNCHEN.example/Straße") == "https://xn--mnchen-3ya.example/Stra%C3%9Fe"
    assert service.track("https://xn--mnchen-3ya.example/Stra%c3%9fe").endswith("/Stra%C3%9Fe")
    assert proxy.fetch("https://MÜNCHEN.example/").data == b"null"


def test_all_fine_is_six_numbers(proxy: Proxy) -> None:
    proxy.counted(1452)

    assert proxy.fetch().json == dict.fromkeys(SIX, 1452)


def test_zero_is_returned_and_unknown_is_left_out(proxy: Proxy) -> None:
    proxy.counted(0)
    proxy.counted(None, f"{PAGE}/nobody")

    assert proxy.fetch().json == dict.fromkeys(SIX, 0)
    assert proxy.fetch(f"{PAGE}/nobody").json == {"bluesky": 0, "hatena": 0, "reddit": 0, "vk": 0}


@pytest.mark.parametrize(
    "day", [{"status": 500}, {"status": 429}, {"status": 403}, {"html": True}, {"body": b""}, {"body": b"{}"}]
)
def test_where_everything_fails_there_is_an_empty_object_and_later_the_last_good_numbers(
    proxy: Proxy, day: dict[str, Any]
) -> None:
    proxy.site.stand_in.behave(**day)
    proxy.counted()
    assert proxy.fetch().data == b"{}"

    proxy.site.stand_in.behave()
    proxy.site.clock.step(days=1)
    proxy.service.refresh()
    assert proxy.fetch().json == dict.fromkeys(SIX, 17)

    proxy.site.stand_in.behave(**day)
    proxy.site.clock.step(days=1)
    proxy.service.refresh()
    assert proxy.fetch().json == dict.fromkeys(SIX, 17)


def test_where_one_platform_fails_the_others_are_returned_and_its_last_number_too(proxy: Proxy) -> None:
    proxy.site.stand_in.behave(error={"code": 2}, status=400, times=1)
    proxy.counted()
    first = proxy.fetch().json
    proxy.site.stand_in.behave()
    proxy.site.clock.step(days=1)
    proxy.service.refresh()
    second = proxy.fetch().json

    assert [name for name in SIX if name not in first] == ["bluesky"]
    assert second == dict.fromkeys(SIX, 17)


def test_a_platform_without_its_key_is_left_out_and_the_status_says_so(site: Site) -> None:
    service = site.again(releases={"facebook": {"state": "released"}, "vk": {"state": "released"}}, platforms={})
    site.stand_in.counts[PAGE] = 17
    service.track(PAGE)
    service.refresh()

    assert {name: reading.value for name, reading in service.counts(PAGE).items()} == {"vk": 17}
    assert service.status()["platforms"]["facebook"]["configured"] is False


def test_an_unknown_page_is_discovered_by_a_request_and_known_a_day_later(proxy: Proxy) -> None:
    proxy.site.stand_in.counts[PAGE] = 17

    first = proxy.fetch()
    proxy.service.refresh()
    connections = proxy.site.stand_in.connections
    proxy.site.clock.step(days=1)
    proxy.service.refresh()

    assert (first.json, connections) == ({}, 0)
    assert proxy.fetch().json == dict.fromkeys(SIX, 17)


def test_responses_are_plain_json_for_every_reader(proxy: Proxy) -> None:
    proxy.counted(2**53 - 1)

    assert json.loads(proxy.fetch().data)["vk"] == 2**53 - 1
    assert isinstance(proxy.service.refresh(), RefreshResult)


@pytest.mark.subprocess
@pytest.mark.parametrize("trouble", ["stopped", "full", "hanging"])
def test_a_page_and_its_counts_survive_a_redis_that_is_down_full_or_hangs(site: Site, trouble: str) -> None:
    with redis_servers.Server("redis") as server:
        proxy = Proxy(site, store=server.url)
        proxy.app.add_url_rule("/page", view_func=lambda: render_template_string("{{ shariff.share(url) }}!", url=PAGE))
        proxy.counted()
        proxy.client.get("/page")
        site.clock.step(minutes=1)
        if trouble == "stopped":
            server.stop()
        if trouble == "full":
            server.command("config", "set", "maxmemory", "1")

        with server.hanging() if trouble == "hanging" else nullcontext():
            known, unknown = proxy.fetch(), proxy.fetch(f"{PAGE}/unknown")
            page = proxy.client.get("/page")
            state = proxy.client.get("/shariff/status").json["store"]["state"]  # type: ignore[index]

    assert (known.status_code, known.json) == (200, dict.fromkeys(SIX, 17))
    assert (unknown.status_code, unknown.json) == (200, {})
    assert page.status_code == 200
    assert page.text.endswith("!")
    assert "17" in page.text, "what was last known is shown"
    # A full server still serves its counts, and takes nothing new.
    assert state == ("read-only" if trouble == "full" else "unavailable")
