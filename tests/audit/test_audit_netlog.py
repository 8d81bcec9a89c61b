"""Reading the browser's network log: a recorded one, one cut off, and what is no log at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shariff_py.audit.evidence.contact import Channel, Contact, endpoint_of, endpoint_of_url, host_and_port
from shariff_py.audit.evidence.log import Log
from shariff_py.audit.evidence.netlog.reader import NetLog, read

RECORDED = Path(__file__).with_name("test_audit_netlog.json")
SITE = "http://127.0.0.1"


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """A log of Chromium 156, reduced to the event types that are read: one page that leaks in eight ways."""
    return RECORDED.read_text(encoding="utf-8").splitlines(keepends=True)


@pytest.fixture(scope="module")
def log(lines: list[str]) -> Log:
    return read(lines)


def of(log: Log, host: str) -> list[Contact]:
    return [contact for contact in log.contacts if contact.host == host]


def test_a_whole_log_says_so_and_names_the_browser(log: Log) -> None:
    assert log.whole
    assert log.damaged == 0
    assert log.browser == "Chromium 156.0.8078.79"


@pytest.mark.parametrize(
    ("host", "channel"),
    [
        ("image.test", Channel.REQUEST),
        ("image.test", Channel.DNS),
        ("hint.test", Channel.DNS),
        ("127.0.0.5", Channel.CONNECTION),
        ("socket.test", Channel.WEBSOCKET),
        ("transport.test", Channel.WEBTRANSPORT),
        ("stun.test", Channel.WEBRTC),
        ("127.0.0.2", Channel.UDP),
        ("127.0.0.3", Channel.CONNECTION),
        ("beacon.test", Channel.REQUEST),
    ],
)
def test_every_way_of_leaving_is_named_by_its_channel(log: Log, host: str, channel: Channel) -> None:
    assert channel in {contact.channel for contact in of(log, host)}


def test_nothing_is_named_that_the_page_did_not_contact(log: Log) -> None:
    assert {contact.host for contact in log.contacts} == {
        "127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.5", "accounts.google.com", "beacon.test", "hint.test", "image.test",
        "socket.test", "stun.test", "transport.test",
    }  # fmt: skip


def test_a_request_has_its_address_its_initiator_and_its_site(log: Log) -> None:
    (request,) = [contact for contact in of(log, "image.test") if contact.channel is Channel.REQUEST]

    assert request.url == "http://image.test/p.png?id=1"
    assert request.initiator.startswith("http://127.0.0.1:")
    assert request.site == SITE
    assert request.port == 80


def test_a_failed_look_up_was_sent_and_the_request_behind_it_was_not(log: Log) -> None:
    sent = {contact.channel: contact.sent for contact in of(log, "image.test")}

    assert sent == {Channel.REQUEST: False, Channel.DNS: True}


def test_hints_are_marked_as_speculative(log: Log) -> None:
    assert all(contact.speculative for contact in of(log, "hint.test"))
    assert not any(contact.speculative for contact in of(log, "image.test"))


def test_the_browsers_own_traffic_has_no_site_or_its_own(log: Log) -> None:
    assert {contact.site for contact in of(log, "accounts.google.com")} == {"https://google.com"}
    assert {contact.initiator for contact in of(log, "accounts.google.com")} == {""}


def test_contacts_come_in_order_with_the_time_of_day(log: Log) -> None:
    times = [contact.time for contact in log.contacts]

    assert times == sorted(times)
    assert 1795400000 < times[0] < 1795500000


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_log_cut_anywhere_keeps_what_came_before_and_is_not_whole(lines: list[str], log: Log, share: float) -> None:
    text = "".join(lines)

    cut = read(text[: int(len(text) * share)].splitlines(keepends=True))

    assert not cut.whole
    assert {(c.host, c.channel, c.time) for c in cut.contacts} <= {(c.host, c.channel, c.time) for c in log.contacts}
    assert len(cut.contacts) >= len(log.contacts) * share / 2 or share < 0.2


END_MARKER = "http://0123456789abcdef.localhost:1"


def marked(lines: list[str], index: int, end_marker: str = END_MARKER) -> list[str]:
    """The log with the audit's end marker before the line at ``index``: a request, as the browser writes it."""
    request = next(line for line in lines if '"url":"http://image.test/p.png?id=1"' in line)
    return [*lines[:index], request.replace("http://image.test/p.png?id=1", f"{end_marker}/"), *lines[index:]]


def test_a_log_with_the_audits_end_marker_is_whole_however_the_browser_ended(lines: list[str], log: Log) -> None:
    cut = [*marked(lines, len(lines) - 2)[:-2], '{"params":{"url":"http://half-a-li']

    ended = read(cut, end_marker=END_MARKER)

    assert (ended.whole, ended.damaged, ended.lacks(log.began)) == (True, 0, "")
    assert ended.contacts == log.contacts


def test_what_is_in_the_log_after_the_end_marker_counts(lines: list[str], log: Log) -> None:
    assert read(marked(lines, 40), end_marker=END_MARKER).contacts == log.contacts


@pytest.mark.parametrize("end_marker", ["", "http://of-another-visit.localhost:1"])
def test_a_log_cut_before_the_end_marker_is_not_whole(end_marker: str, lines: list[str], log: Log) -> None:
    cut = read(
        marked(lines, len(lines) - 2, end_marker or END_MARKER)[:-2] if end_marker else lines[:-2],
        end_marker=END_MARKER,
    )

    assert not cut.whole
    assert cut.lacks(log.began) == "no end"


def test_a_line_damaged_before_the_end_marker_is_missing(lines: list[str], log: Log) -> None:
    damaged = marked(lines, len(lines) - 2)
    damaged.insert(40, '{"params":{"url":"http://lo\n')

    assert read(damaged, end_marker=END_MARKER).lacks(log.began) == "damaged lines"


def test_a_log_that_began_after_the_first_response_lacks_what_was_before(lines: list[str], log: Log) -> None:
    late = read([*lines[:2], *lines[len(lines) // 2 :]])

    assert late.whole
    assert late.began > log.began
    assert late.lacks(log.began) == "began after the visit"
    assert (log.lacks(log.began), log.lacks(log.began + 1)) == ("", "")


def test_a_request_still_open_at_the_cut_is_not_lost(lines: list[str]) -> None:
    opened = next(number for number, line in enumerate(lines) if '"url":"http://image.test/p.png?id=1"' in line)

    cut = read(lines[: opened + 3])

    assert "image.test" in {contact.host for contact in cut.contacts}


@pytest.mark.parametrize(
    "garbage",
    [
        [],
        [""],
        ["\n", "\n"],
        ["<html>"],
        ["{}\n"],
        ['{"constants": 7,\n'],
        ['{"constants":{"logEventTypes":[]},\n'],
        ["\x00" * 50],
    ],
)
def test_what_is_no_log_is_read_as_nothing_and_never_as_silence(garbage: list[str]) -> None:
    result = read(garbage)

    assert result.contacts == ()
    assert not result.whole


def test_a_damaged_line_is_counted_and_the_rest_is_read(lines: list[str], log: Log) -> None:
    damaged = [*lines[:40], '{"params":{"url":"http://lo\n', '{"type":136}\n', *lines[40:]]

    result = read(damaged)

    assert result.damaged == 2
    assert not result.whole
    assert result.contacts == log.contacts


def test_a_redirect_is_two_contacts(lines: list[str]) -> None:
    types = json.loads(lines[0].strip().rstrip(",") + "}")["constants"]["logEventTypes"]

    def event(name: str, phase: int, **params: Any) -> str:
        body = {"params": params, "phase": phase, "source": {"id": 9, "type": 1}, "time": "5", "type": types[name]}
        return json.dumps(body, separators=(",", ":")) + ",\n"

    result = read(
        [
            lines[0],
            '"events": [\n',
            event("URL_REQUEST_START_JOB", 1, url="https://first.test/"),
            event("HTTP_TRANSACTION_SEND_REQUEST", 1),
            event("URL_REQUEST_START_JOB", 1, url="https://second.test/"),
            event("REQUEST_ALIVE", 2),
        ]
    )

    assert [(contact.host, contact.sent) for contact in result.contacts] == [
        ("first.test", True),
        ("second.test", False),
    ]


@pytest.mark.slow
def test_only_what_is_open_is_kept_in_memory(lines: list[str]) -> None:
    """A log without end is read as it comes; sources that are over are forgotten."""

    def endless() -> Iterator[str]:
        yield lines[0]
        for _ in range(200):
            yield from lines[2:-3]

    netlog = NetLog(endless(), {})
    contacts = iter(netlog)
    for _ in range(3000):
        next(contacts)

    assert len(netlog._open) < 40
    assert len(netlog._pooled) < 40
    assert len(netlog._requests) < 40
    assert len(netlog._senders) < 400
    assert len(netlog._explained) < 40


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://Example.ORG/x", ("example.org", 443)),
        ("http://example.org:8080", ("example.org", 8080)),
        ("ws://example.org", ("example.org", 80)),
        ("stun.example.org.", ("stun.example.org", 0)),
        ("[2001:db8::1]:3478", ("2001:db8::1", 3478)),
        ("10.0.0.1:53", ("10.0.0.1", 53)),
        ("http://[broken", ("", 0)),
        ("http://host:notaport/", ("", 0)),
        ("", ("", 0)),
    ],
)
def test_host_and_port_are_read_from_every_form_the_log_uses(address: str, expected: tuple[str, int]) -> None:
    assert host_and_port(address) == expected


def test_two_ports_are_two_parties_on_this_machine_and_one_elsewhere() -> None:
    assert endpoint_of("127.0.0.1", 8000) != endpoint_of("127.0.0.1", 8001)
    assert endpoint_of("localhost", 8000) == "localhost:8000"
    assert endpoint_of("example.org", 80) == endpoint_of("example.org", 443)
    assert endpoint_of_url("https://example.org:8443/path") == "example.org"
