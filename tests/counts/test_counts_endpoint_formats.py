"""Strict requests to ``GET counts`` get errors, and the Wrapper gets its own format."""

from __future__ import annotations

import pytest
from flask import Flask
from support.counting import PAGE, SITE, Site
from support.counting_proxy import SIX, Proxy

from shariff_py import Shariff

pytestmark = pytest.mark.slow


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


@pytest.mark.parametrize("parameters", [{"strict": "1"}, {"services": "facebook"}])
@pytest.mark.parametrize("match", ["own", "*"])
def test_an_error_stays_one_whatever_the_client_has_cached(
    proxy: Proxy, parameters: dict[str, str], match: str
) -> None:
    first = proxy.fetch("https://www.foreign.example/", **parameters)
    kept = first.headers["ETag"] if match == "own" else match

    again = proxy.fetch("https://www.foreign.example/", headers={"If-None-Match": kept}, **parameters)

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
