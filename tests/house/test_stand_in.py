"""The mock server: it replies as the platforms do, records requests, and can produce every failure."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from dataclasses import FrozenInstanceError
from operator import attrgetter
from typing import Any

import pytest

from shariff_py.counts.targets import target_of
from shariff_py.platforms.count_sources.cached_count import Count, CountResult, Unavailable
from shariff_py.platforms.count_sources.credentials import Credentials
from shariff_py.platforms.count_sources.exchange import Reply
from shariff_py.platforms.known.facebook.count_source import build_request, parse_quota, read
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY
from shariff_py.platforms.stub import number_for
from shariff_py.settings import Settings
from shariff_py.testing import StandIn, SteppingClock

PAGE = "https://www.example.org/"


def fetch(
    stand_in: StandIn, path: str, *, method: str = "GET", body: bytes = b"", headers: dict[str, str] | None = None
) -> Reply:
    connection = http.client.HTTPConnection("127.0.0.1", stand_in.port, timeout=5)
    try:
        connection.request(method, path, body or None, headers or {})
        response = connection.getresponse()
        received: dict[str, str] = {}
        for name, value in response.getheaders():
            received[name.lower()] = ", ".join(filter(None, [received.get(name.lower()), value]))
        return Reply(response.status, received, response.read())
    finally:
        connection.close()


def fetch_counts(stand_in: StandIn, *pages: str, token: str = "a-token") -> dict[str, Any]:
    request = build_request(pages, Credentials("graph.facebook.com", token, "v26.0"))
    reply = fetch(stand_in, request.path, method="POST", body=request.body, headers=dict(request.headers))
    return dict(read(request, reply))


def test_its_replies_are_read_by_the_platforms_reader(stand_in: StandIn) -> None:
    stand_in.counts |= {PAGE + "a,b?x=1": 17, PAGE + "0": 0, PAGE + "unknown": None}

    results = fetch_counts(stand_in, PAGE + "a,b?x=1", PAGE + "0", PAGE + "unknown", PAGE + "other")

    assert results == {
        PAGE + "a,b?x=1": Count(17),
        PAGE + "0": Count(0),
        PAGE + "unknown": Unavailable("unknown-page"),
        PAGE + "other": Count(number_for(PAGE + "other")),
    }


def test_a_page_without_a_given_number_has_the_same_one_every_time() -> None:
    numbers = [number_for(f"{PAGE}{n}") for n in range(200)]

    assert numbers == [number_for(f"{PAGE}{n}") for n in range(200)]
    assert len(set(numbers)) > 50
    assert min(numbers) == 1
    assert sorted(numbers)[-3:] == [311, 321, 329]


def test_without_a_token_it_refuses_every_request(stand_in: StandIn) -> None:
    request = build_request([PAGE], Credentials("graph.facebook.com", "", "v26.0"))

    reply = fetch(
        stand_in,
        request.path,
        method="POST",
        body=request.body,
        headers={"content-type": "application/x-www-form-urlencoded"},
    )

    assert reply.status == 400
    assert json.loads(reply.body)["error"]["code"] == 104


def test_more_than_fifty_questions_in_a_batch_are_refused(stand_in: StandIn) -> None:
    fifty = fetch_counts(stand_in, *(f"{PAGE}{n}" for n in range(50)))
    assert {type(result) for result in fifty.values()} == {Count}

    results = fetch_counts(stand_in, *(f"{PAGE}{n}" for n in range(51)))

    assert set(results.values()) == {Unavailable("refused")}


@pytest.mark.parametrize(
    ("path", "status", "piece"),
    [
        ("/v26.0/?id=https://www.example.org/&fields=og_object{engagement}", 200, '"engagement": {"count": 17'),
        ("/v26.0/?id=https://www.example.org/&fields=engagement", 200, '"share_count": 0'),
        ("/v26.0/?fields=engagement", 400, "The parameter id is required"),
        ("/v26.0/me/accounts", 400, "Unknown path components"),
    ],
)
def test_a_question_about_one_page_is_answered_as_the_platform_would(
    stand_in: StandIn, path: str, status: int, piece: str
) -> None:
    stand_in.counts[PAGE] = 17

    reply = fetch(stand_in, path, headers={"host": "graph.facebook.com", "authorization": "Bearer a-token"})

    assert reply.status == status
    assert piece in reply.body.decode()


@pytest.mark.parametrize("batch", [b"", b"batch=one", b"batch={}"])
def test_a_batch_that_is_no_list_is_refused(stand_in: StandIn, batch: bytes) -> None:
    reply = fetch(stand_in, "/v26.0/", method="POST", body=batch, headers={"authorization": "Bearer a-token"})

    assert reply.status == 400
    assert "batch parameter must be a JSON array" in reply.body.decode()


def test_it_gives_reddits_client_the_token_that_it_takes_itself(stand_in: StandIn) -> None:
    given = json.loads(fetch(stand_in, "/api/v1/access_token", method="POST").body)
    bearer = {"authorization": f"Bearer {given['access_token']}"}

    assert fetch(stand_in, f"/api/info?url={PAGE}", headers=bearer).status == 200


def test_what_was_received_is_remembered_whole_and_cannot_be_changed() -> None:
    with StandIn(clock=SteppingClock()) as stand_in:
        fetch(stand_in, "/stand-in/seen?a=1", method="POST", body=b'{"referrer":""}', headers={"Referer": "x"})

        (received,) = stand_in.received
        assert (received.method, received.path, received.query, received.body) == (
            "POST",
            "/stand-in/seen",
            "a=1",
            b'{"referrer":""}',
        )
        assert received.headers["referer"] == "x"
        assert (received.when, received.host_role) == (SteppingClock()(), "frame")
        with pytest.raises(FrozenInstanceError):
            received.path = "/"  # type: ignore[misc]
        stand_in.clear()
        assert stand_in.received == []


def test_a_connection_without_any_request_is_counted(stand_in: StandIn) -> None:
    with socket.create_connection(("127.0.0.1", stand_in.port)):
        fetch(stand_in, "/stand-in/ping")

    assert stand_in.connections == 2
    assert len(stand_in.received) == 1


def test_it_listens_on_one_address_of_this_machine_and_not_on_all(stand_in: StandIn) -> None:
    # 127.0.0.2 is this machine too: a server on all interfaces would respond there.
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.2", stand_in.port), timeout=0.5)


def test_localhost_reaches_it_whichever_address_it_means(stand_in: StandIn) -> None:
    for family, *_, address in socket.getaddrinfo("localhost", stand_in.port, type=socket.SOCK_STREAM):
        with socket.socket(family) as connection:
            connection.connect(address)
            assert connection.getpeername()[1] == stand_in.port


@pytest.mark.parametrize(
    ("day", "status", "begins"),
    [
        ({"status": 429, "retry_after": "60"}, 429, b"<!DOCTYPE"),
        ({"status": 500}, 500, b"<!DOCTYPE"),
        ({"html": True}, 200, b"<!DOCTYPE"),
        ({"garbage": True}, 200, b"\x00\x01\x02"),
        ({"error": {"code": 4}}, 200, b'{"error": {"code": 4}}'),
        ({"body": b"exactly this"}, 200, b"exactly this"),
        ({"redirect": "https://www.example.com/"}, 302, b""),
    ],
)
def test_a_failure_is_as_configured(stand_in: StandIn, day: dict[str, Any], status: int, begins: bytes) -> None:
    stand_in.behave(**day)

    reply = fetch(stand_in, "/v26.0/")

    assert (reply.status, reply.body[: len(begins)]) == (status, begins)
    assert reply.headers.get("retry-after") == day.get("retry_after")
    assert reply.headers.get("location") == day.get("redirect")


def test_a_failure_can_be_limited_to_servers_or_browsers_and_to_a_number_of_requests(stand_in: StandIn) -> None:
    stand_in.behave(status=503, on="frame", times=1)

    statuses = [fetch(stand_in, path).status for path in ("/v26.0/?id=x", "/stand-in/ping", "/stand-in/ping")]

    assert statuses == [400, 503, 200]


def test_a_dropped_connection_ends_without_a_reply(stand_in: StandIn) -> None:
    stand_in.behave(drop=True)

    with pytest.raises(http.client.RemoteDisconnected):
        fetch(stand_in, "/stand-in/ping")


def test_a_hundred_megabytes_are_a_hundred_megabytes(stand_in: StandIn) -> None:
    stand_in.behave(huge=True)

    assert len(fetch(stand_in, "/v26.0/").body) == 100_000_000


def test_stopping_ends_every_thread_whatever_it_is_waiting_for() -> None:
    before = set(threading.enumerate())
    stand_in = StandIn().start()
    connections = []
    for day in ({"silent": True}, {"slow": 60.0}, {"drip": "body"}, {}):
        stand_in.behave(**day)
        connection = http.client.HTTPConnection("127.0.0.1", stand_in.port)
        connection.request("GET", "/plugins/page.php?href=x")
        connections.append(connection)

    stand_in.stop()

    assert set(threading.enumerate()) == before
    for connection in connections:
        connection.close()
    with pytest.raises(RuntimeError, match="not running"):
        stand_in.origin  # noqa: B018


def test_it_can_be_started_again_on_the_same_port() -> None:
    with StandIn() as first:
        port = first.port
        fetch(first, "/stand-in/ping")

    with StandIn(port=port) as second:
        assert fetch(second, "/stand-in/ping").status == 200
        assert second.port == port


@pytest.mark.parametrize("platform", [record for record in REGISTRY.values() if record.counts], ids=attrgetter("name"))
def test_it_replies_in_place_of_every_source_as_the_source_reads_it(stand_in: StandIn, platform: Platform) -> None:
    stand_in.counts |= {PAGE: 17, f"{PAGE}zero": 0, f"{PAGE}nobody": None}
    target = target_of(platform, Settings.from_mapping({"platforms": {platform.name: {"token": "stand-in-token"}}}))
    assert target is not None

    def reading(page: str) -> CountResult:
        request = target.source.build_request([page], target.credentials)
        reply = fetch(stand_in, request.path, method=request.method, body=request.body, headers=dict(request.headers))
        return target.source.read(request, reply)[page]

    assert reading(PAGE) == Count(17)
    assert reading(f"{PAGE}zero") == Count(0)
    assert reading(f"{PAGE}nobody") in (Count(0), Unavailable("unknown-page"))
    assert {received.host_role for received in stand_in.received} == {"counts"}


@pytest.mark.parametrize(("path", "status"), [("/share.php", 400), ("/count/entries", 400), ("/api/info?url=x", 401)])
def test_a_question_without_its_page_or_token_is_refused(stand_in: StandIn, path: str, status: int) -> None:
    assert fetch(stand_in, path).status == status


def test_it_refuses_once_its_quota_is_used_and_reports_its_use_before(stand_in: StandIn) -> None:
    stand_in.allowance = 100
    request = build_request([f"{PAGE}{n}" for n in range(50)], Credentials("graph.facebook.com", "a-token", "v26.0"))

    replies = [
        fetch(stand_in, request.path, method="POST", body=request.body, headers=dict(request.headers)) for _ in range(3)
    ]

    assert [parse_quota(reply, 0.0).used for reply in replies] == [0.5, 1.0, 1.0]
    assert {type(result) for result in read(request, replies[1]).values()} == {Count}
    assert set(read(request, replies[2]).values()) == {Unavailable("rate-limited")}
