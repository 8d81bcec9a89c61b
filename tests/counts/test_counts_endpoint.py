"""What ``GET counts`` returns: heise's format line by line, the Wrapper's, strict errors, caches and other origins."""

from __future__ import annotations

import json
from contextlib import nullcontext
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from support import redis_servers
from support.counting import PAGE, SITE, Site
from werkzeug.test import TestResponse as Answer

from shariff_py import Shariff
from shariff_py.service import RefreshResult, Service, counts_updated

pytestmark = pytest.mark.slow

SIX = ("facebook", "reddit", "pinterest", "bluesky", "hatena", "vk")
OTHER = "https://app.example.net"


class Proxy:
    """The proxy on its own, as a site's administrator sets it up, with six platforms."""

    def __init__(self, site: Site, **counts: Any) -> None:
        self.site = site
        released = {name: {"state": "released"} for name in SIX}
        tokens = {"facebook": {"token": "t"}, "reddit": {"token": "an-id:secret"}}
        self.service = Service(
            site.settings(
                releases=released,
                platforms=tokens,
                frame={"secrets": ["only for these tests"]},
                counts={"scheduler": "outside", "learn": "asked", **counts},
            ),
            clock=site.clock,
            random=lambda: 0.0,
        )
        self.app = Flask("proxy")
        Shariff(self.app, settings=self.service.settings, service=self.service)
        self.client: FlaskClient = self.app.test_client()

    def fetch(
        self, url: str | None = PAGE, method: str = "GET", headers: dict[str, str] | None = None, **more: str
    ) -> Answer:
        query = more if url is None else {"url": url, **more}
        return self.client.open("/shariff/counts", method=method, query_string=query, headers=headers)

    def counted(self, number: int | None = 17, page: str = PAGE) -> None:
        """Ask about a page, so that its numbers are in the store."""
        self.site.stand_in.counts[page] = number
        self.service.track(page)
        self.service.refresh()


@pytest.fixture
def proxy(site: Site) -> Proxy:
    return Proxy(site)


# heise's dialect, line by line


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


def test_an_unknown_page_is_discovered_by_a_request_and_known_after_the_next_refresh_cycle(proxy: Proxy) -> None:
    proxy.site.stand_in.counts[PAGE] = 17

    first = proxy.fetch()
    connections = proxy.site.stand_in.connections
    proxy.service.refresh()

    assert (first.json, connections) == ({}, 0)
    assert proxy.fetch().json == dict.fromkeys(SIX, 17)


# Strict


@pytest.mark.parametrize(
    ("url", "status", "code"),
    [
        (None, 400, "missing-url"),
        ("", 400, "missing-url"),
        ("news", 400, "not-an-address"),
        ("ftp://www.example.org/", 400, "not-an-address"),
        ("https://user:pw@www.example.org/", 400, "not-an-address"),
        ("https://www.foreign.example/?q=canary", 403, "not-our-page"),
        ("https://www.example.org:8443/", 403, "not-our-page"),
    ],
)
def test_strict_requests_get_an_error_that_says_what_is_wrong(
    proxy: Proxy, url: str | None, status: int, code: str
) -> None:
    response = proxy.fetch(url, strict="1")

    assert (response.status_code, response.content_type) == (status, "application/problem+json")
    assert response.json is not None
    assert set(response.json) == {"type", "title", "status", "detail", "code"}
    assert (response.json["status"], response.json["code"]) == (status, code)
    assert response.json["detail"].endswith(".")
    assert "canary" not in response.text


@pytest.mark.parametrize("dialect", [{"strict": "1"}, {"services": "facebook"}])
@pytest.mark.parametrize("match", ["own", "*"])
def test_an_error_stays_one_whatever_the_client_has_cached(proxy: Proxy, dialect: dict[str, str], match: str) -> None:
    first = proxy.fetch("https://www.foreign.example/", **dialect)
    kept = first.headers["ETag"] if match == "own" else match

    again = proxy.fetch("https://www.foreign.example/", headers={"If-None-Match": kept}, **dialect)

    assert first.status_code in {400, 403}
    assert (again.status_code, again.data) == (first.status_code, first.data)


def test_a_sum_was_last_modified_when_its_newest_part_was_read(site: Site) -> None:
    aliases = {"http://www.example.org/": f"{SITE}/"}
    before = PAGE.replace("https:", "http:")
    frame = {"secrets": ["only for these tests"]}
    service = site.again(site={"origin": SITE, "aliases": aliases}, counts={"scheduler": "outside"}, frame=frame)
    app = Flask("moved")
    Shariff(app, settings=service.settings, service=service)
    site.stand_in.counts |= {PAGE: 5, before: None}
    service.track(PAGE)
    service.refresh()
    first = app.test_client().get("/shariff/counts", query_string={"url": PAGE})
    site.clock.step(hours=1)
    site.stand_in.counts |= {PAGE: None, before: 3}
    service.refresh()

    headers = {"If-Modified-Since": first.headers["Last-Modified"]}
    response = app.test_client().get("/shariff/counts", query_string={"url": PAGE}, headers=headers)

    assert (first.json, response.status_code, response.json) == ({"facebook": 5}, 200, {"facebook": 8})
    assert response.last_modified is not None
    assert response.last_modified.timestamp() == site.now()


def test_a_valid_strict_request_gets_the_usual_response(proxy: Proxy) -> None:
    proxy.counted()

    assert proxy.fetch(strict="1").json == dict.fromkeys(SIX, 17)


# The Wrapper's dialect


def test_the_wrapper_gets_the_requested_services_with_their_total_and_when_they_were_read(proxy: Proxy) -> None:
    proxy.counted()

    response = proxy.fetch(services="facebook|pinterest|mailto|totalnumber", timestamp="1764000000")

    assert response.json == {
        "facebook": 17,
        "pinterest": 17,
        "total": 34,
        "timestamp": int(proxy.site.now()),
        "url": PAGE,
        "updated": 0,
    }


def test_a_total_of_nothing_is_no_total(proxy: Proxy) -> None:
    proxy.counted(0)

    assert proxy.fetch(services="facebook").json == {
        "facebook": 0, "timestamp": int(proxy.site.now()), "url": PAGE, "updated": 0
    }  # fmt: skip
    assert proxy.fetch(f"{PAGE}/new", services="facebook").json == {"url": f"{PAGE}/new", "updated": 0}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"url": "", "services": "facebook"}, "nourl"),
        ({"url": "undefined", "services": "facebook"}, "nourl"),
        ({"url": PAGE, "services": ""}, "noservices"),
        ({"url": PAGE, "services": "undefined"}, "noservices"),
        ({"url": "https://www.foreign.example/", "services": "facebook"}, "domainnotallowed"),
    ],
)
def test_the_wrapper_gets_its_own_error_codes(proxy: Proxy, query: dict[str, str], code: str) -> None:
    response = proxy.client.get("/shariff/counts", query_string=query)

    assert response.status_code == 400
    assert response.json is not None
    assert (response.json["code"], response.json["data"]) == (code, {"status": 400})


# Caches


def test_a_response_may_be_cached_and_served_stale_while_the_next_is_fetched(proxy: Proxy) -> None:
    proxy.counted()

    response = proxy.fetch()

    assert response.headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.last_modified is not None
    assert response.last_modified.timestamp() == proxy.site.now()
    assert "Set-Cookie" not in response.headers


def test_how_long_it_may_be_kept_is_the_sites_decision(site: Site) -> None:
    assert Proxy(site, cache_seconds=5).fetch().headers["Cache-Control"].startswith("public, max-age=5,")
    assert Proxy(site, cache_seconds=0).fetch().headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("header", ["If-None-Match", "If-Modified-Since"])
def test_what_a_browser_has_already_is_not_sent_again_until_it_changes(proxy: Proxy, header: str) -> None:
    proxy.counted()
    first = proxy.fetch()
    known = {header: first.headers["ETag" if header == "If-None-Match" else "Last-Modified"]}

    again = proxy.fetch(headers=known)
    proxy.site.clock.step(hours=1)
    proxy.counted(18)
    later = proxy.fetch(headers=known)

    assert (again.status_code, again.data) == (304, b"")
    assert "max-age=60" in again.headers["Cache-Control"]
    assert (later.status_code, later.json) == (200, dict.fromkeys(SIX, 18))


def test_a_number_dropped_for_its_age_changes_last_modified(proxy: Proxy) -> None:
    proxy.counted()
    first = proxy.fetch()
    proxy.site.clock.step(days=31)

    response = proxy.fetch(headers={"If-Modified-Since": first.headers["Last-Modified"]})

    assert (response.status_code, response.json, response.last_modified) == (200, {}, None)


def test_everybody_gets_the_same_bytes_and_the_same_tag(proxy: Proxy) -> None:
    proxy.counted()
    visitors = [
        {"User-Agent": "one", "Accept-Language": "de", "Cookie": "session=1"},
        {"User-Agent": "two", "X-Forwarded-For": "192.0.2.7", "Referer": f"{PAGE}?q=1"},
    ]

    responses = [proxy.fetch(headers=headers) for headers in visitors]

    assert responses[0].data == responses[1].data
    assert list(responses[0].headers) == list(responses[1].headers)
    assert "Cookie" not in responses[0].headers.get("Vary", "")


def test_head_is_get_without_a_body(proxy: Proxy) -> None:
    proxy.counted()
    whole, head = proxy.fetch(), proxy.fetch(method="HEAD")

    assert head.data == b""
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert head.headers["Content-Length"] == str(len(whole.data))


# Other origins


def test_scripts_of_listed_origins_may_read_it_and_others_may_not(site: Site) -> None:
    proxy = Proxy(site, origins=(OTHER,))

    allowed = {
        origin: proxy.fetch(headers={"Origin": origin}) for origin in (SITE, OTHER, "https://evil.example", "null")
    }

    assert {origin: response.headers.get("Access-Control-Allow-Origin") for origin, response in allowed.items()} == {
        SITE: SITE,
        OTHER: OTHER,
        "https://evil.example": None,
        "null": None,
    }
    assert {response.headers["Vary"] for response in [*allowed.values(), proxy.fetch()]} == {"Origin"}
    assert not any("Access-Control-Allow-Credentials" in response.headers for response in allowed.values())


def test_a_refusal_can_be_read_from_a_listed_origin_too(site: Site) -> None:
    proxy = Proxy(site, origins=(OTHER,))

    response = proxy.fetch("https://www.foreign.example/", strict="1", headers={"Origin": OTHER})

    assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (403, OTHER)


def test_a_preflight_is_answered_as_heises_client_needs_it(site: Site) -> None:
    proxy = Proxy(site, origins=(OTHER,))
    preflight = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "content-type"}

    listed = proxy.fetch(method="OPTIONS", headers={"Origin": OTHER, **preflight})
    foreign = proxy.fetch(method="OPTIONS", headers={"Origin": "https://evil.example", **preflight})

    assert (listed.status_code, listed.data) == (204, b"")
    assert listed.headers["Access-Control-Allow-Origin"] == OTHER
    assert "GET" in listed.headers["Access-Control-Allow-Methods"]
    assert "content-type" in listed.headers["Access-Control-Allow-Headers"]
    assert listed.headers["Access-Control-Max-Age"] == "86400"
    assert not [name for name, _ in foreign.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(proxy: Proxy, method: str) -> None:
    assert proxy.fetch(method=method).status_code == 405


@pytest.mark.parametrize("origin", ["https://app.example.net/", "app.example.net", "*", "https://APP.example.net"])
def test_origins_that_could_never_match_are_refused_with_a_cure(site: Site, origin: str) -> None:
    with pytest.raises(Exception, match=r"counts\.origins.*Write"):
        Proxy(site, origins=(origin,))


def test_a_site_that_sets_cookies_on_everything_still_gets_its_counts(proxy: Proxy) -> None:
    proxy.app.after_request(lambda response: (response.set_cookie("session", "1"), response)[1])
    proxy.counted()

    assert [proxy.fetch().json for _ in range(2)] == [dict.fromkeys(SIX, 17)] * 2


# The signal


def test_the_signal_names_the_application_as_its_sender(proxy: Proxy) -> None:
    heard: list[dict[str, Any]] = []

    def listen(sender: Flask, **update: Any) -> None:
        heard.append({"sender": sender, **update})

    counts_updated.connect(listen, sender=proxy.app)
    proxy.counted()

    assert {update["platform"] for update in heard} == set(SIX)
    assert all(update["sender"] is proxy.app and update["counts"] == {PAGE: 17} for update in heard)


def test_responses_are_plain_json_for_every_reader(proxy: Proxy) -> None:
    proxy.counted(2**53 - 1)

    assert json.loads(proxy.fetch().data)["vk"] == 2**53 - 1
    assert isinstance(proxy.service.refresh(), RefreshResult)


# A store that is away


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
