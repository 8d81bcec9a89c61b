"""Scripts of which other origins may read ``GET counts``."""

from __future__ import annotations

import pytest
from support.counting import SITE, Site
from support.counting_proxy import Proxy

pytestmark = pytest.mark.slow

OTHER = "https://app.example.net"


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


@pytest.mark.parametrize("origin", ["https://app.example.net/", "app.example.net", "*", "https://APP.example.net"])
def test_origins_that_could_never_match_are_refused_with_a_cure(site: Site, origin: str) -> None:
    with pytest.raises(Exception, match=r"counts\.origins.*Write"):
        Proxy(site, origins=(origin,))
