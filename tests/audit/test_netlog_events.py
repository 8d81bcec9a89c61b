"""Reading single events of the browser's network log: what each kind says of a contact, and which say nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shariff_py.audit.evidence.contact import Channel
from shariff_py.audit.evidence.declarations import DeclaringResponse
from shariff_py.audit.evidence.log import Log
from shariff_py.audit.evidence.netlog.end_marker import CHUNK, appears_in_log, new_end_marker
from shariff_py.audit.evidence.netlog.events import BEGIN, END
from shariff_py.audit.evidence.netlog.reader import READERS, read

NUMBERS = {name: number for number, name in enumerate(READERS, start=1)}
POINT = 0
"""The phase of an event without duration."""

Occurrence = tuple[str, int, dict[str, Any]]
"""An event: its type, its phase, its parameters."""


def log_of(*events: Occurrence) -> Log:
    """A log of these events, all of one source."""
    lines = [
        json.dumps(
            {"params": params, "phase": phase, "source": {"id": 9, "type": 1}, "time": "5", "type": NUMBERS[name]},
            separators=(",", ":"),
        )
        for name, phase, params in events
    ]
    constants = {"logEventTypes": NUMBERS, "timeTickOffset": 0}
    return read([json.dumps({"constants": constants})[:-1] + ",\n", '"events": [\n', *(f"{line},\n" for line in lines)])


REQUESTED: Occurrence = ("URL_REQUEST_START_JOB", BEGIN, {"url": "https://a.example/", "method": "GET"})
ANOTHER_SERVER = {"logical_destination": "https://a.example", "destination": "https://edge.example:8443"}
RESOLVED = {
    "results": ["nonsense", {"domain_name": "Stun.Example.", "endpoints": ["nonsense", {"address": "10.9.8.7"}]}]
}


@pytest.mark.parametrize(
    ("events", "contacts"),
    [
        ([("HTTP_STREAM_JOB", BEGIN, ANOTHER_SERVER)], [("edge.example", Channel.QUIC, False)]),
        (
            [("HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS", POINT, RESOLVED), ("UDP_BYTES_SENT", POINT, {"address": "10.9.8.7:3478"})],
            [("stun.example", Channel.UDP, True)],
        ),
        (
            [("HOST_RESOLVER_MANAGER_JOB", BEGIN, {"host": "https://dotted.example."}), ("DNS_TRANSACTION", BEGIN, {"hostname": "dotted.example."})],
            [("dotted.example", Channel.DNS, True), ("dotted.example", Channel.DNS, True)],
        ),
        ([("DNS_TRANSACTION", BEGIN, {"hostname": "stun.example."})], [("stun.example", Channel.WEBRTC, True)]),
    ],
)  # fmt: skip
def test_an_event_names_the_host_and_the_channel(
    events: list[Occurrence], contacts: list[tuple[str, Channel, bool]]
) -> None:
    assert [(one.host, one.channel, one.sent) for one in log_of(*events).contacts] == contacts


BROKEN = "http://[broken"


@pytest.mark.parametrize(
    "event",
    [
        ("REQUEST_ALIVE", POINT, {}),
        ("URL_REQUEST_START_JOB", BEGIN, {"url": BROKEN}),
        ("HTTP_TRANSACTION_SEND_REQUEST", BEGIN, {}),
        ("HTTP_TRANSACTION_READ_RESPONSE_HEADERS", POINT, {"headers": ["HTTP/1.1 200 OK", "Link: </a>; rel=preload"]}),
        ("HOST_RESOLVER_MANAGER_JOB", BEGIN, {"host": "http://127.0.0.1"}),
        ("DNS_TRANSACTION", BEGIN, {"hostname": ""}),
        ("DNS_TRANSACTION", POINT, {}),
        ("HTTP_STREAM_JOB_CONTROLLER", BEGIN, {"url": BROKEN, "is_preconnect": True}),
        ("TCP_CONNECT", BEGIN, {"address_list": ["[broken"]}),
        ("UDP_BYTES_SENT", POINT, {"address": "[broken"}),
        ("QUIC_SESSION_POOL_JOB", BEGIN, {"host": "", "port": 443}),
        ("HTTP_STREAM_JOB", BEGIN, {**ANOTHER_SERVER, "destination": "https://a.example"}),
        ("HTTP_STREAM_JOB", BEGIN, {**ANOTHER_SERVER, "destination": BROKEN}),
        ("QUIC_SESSION_WEBTRANSPORT_CLIENT_ALIVE", BEGIN, {"url": BROKEN}),
    ],
    ids=lambda event: str(event[0]),
)
def test_an_event_that_names_no_other_host_is_no_contact_and_no_damage(event: Occurrence) -> None:
    log = log_of(event)

    assert (log.contacts, log.responses, log.damaged) == ((), (), 0)


def test_the_browsers_own_resolver_connects_in_no_pages_name() -> None:
    created = ("SOCKET_POOL_CONNECT_JOB_CREATED", POINT, {"group_id": "pm/https://dns.example <null; dns over https>"})

    (found,) = log_of(created, ("TCP_CONNECT", BEGIN, {"address_list": ["10.1.1.1:443"]})).contacts

    assert (found.host, found.channel, found.site) == ("10.1.1.1", Channel.CONNECTION, "")


def test_the_headers_of_a_request_say_what_it_was_for_and_what_went_along() -> None:
    headers = ["GET / HTTP/1.1", "Referer: https://www.example.org/", "Cookie: [9 bytes]", "Sec-Fetch-Dest: image"]

    (found,) = log_of(REQUESTED, ("HTTP_TRANSACTION_SEND_REQUEST_HEADERS", POINT, {"headers": headers})).contacts

    assert (found.kind, found.referrer, found.cookies, found.sent) == ("image", "https://www.example.org/", True, True)


def test_a_response_has_a_status_and_early_hints_are_none_but_declare_as_well() -> None:
    link = "link: <https://hint.example>; rel=preconnect"
    log = log_of(
        REQUESTED,
        ("HTTP_TRANSACTION_READ_EARLY_HINTS_RESPONSE_HEADERS", POINT, {"headers": ["HTTP/1.1 103", link]}),
        ("HTTP_TRANSACTION_READ_RESPONSE_HEADERS", POINT, {"headers": ["HTTP/1.1 404 Not Found", "Server: x"]}),
        ("REQUEST_ALIVE", END, {}),
    )

    assert [contact.status for contact in log.contacts] == [404]
    assert log.responses == (
        DeclaringResponse("https://a.example/", 0.005, 103, (("link", "<https://hint.example>; rel=preconnect"),)),
    )


def test_a_name_that_leads_to_another_is_known_with_it() -> None:
    leads = {"results": [{"domain_name": "www.example.org.", "alias_target": "Edge.example."}]}

    assert log_of(("HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS", POINT, leads)).aliases == {
        "www.example.org": "edge.example"
    }


@pytest.mark.parametrize("before", [0, CHUNK - 10])
def test_the_end_marker_is_found_wherever_it_stands_in_the_log_and_only_there(before: int, tmp_path: Path) -> None:
    log, end_marker = tmp_path / "netlog.json", new_end_marker()

    assert not appears_in_log(end_marker, log, 0)
    log.write_text("x" * before + new_end_marker())
    assert not appears_in_log(end_marker, log, 0.1)
    log.write_text("x" * before + end_marker)
    assert appears_in_log(end_marker, log, 0)
