"""How long a response of ``GET counts`` may be kept, when it has changed, and that it is the same for everybody."""

from __future__ import annotations

import pytest
from support.counting import PAGE, Site
from support.counting_proxy import SIX, Proxy

pytestmark = pytest.mark.slow


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


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(proxy: Proxy, method: str) -> None:
    assert proxy.fetch(method=method).status_code == 405


def test_a_site_that_sets_cookies_on_everything_still_gets_its_counts(proxy: Proxy) -> None:
    proxy.app.after_request(lambda response: (response.set_cookie("session", "1"), response)[1])
    proxy.counted()

    assert [proxy.fetch().json for _ in range(2)] == [dict.fromkeys(SIX, 17)] * 2
