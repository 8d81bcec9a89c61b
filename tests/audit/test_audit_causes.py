"""Channels, causes and declarations: which way a contact was made, and what made it."""

from __future__ import annotations

import pytest
from support.audit_traces import NOON, OWN, contact

from shariff_py.audit.evidence.channels import annotation, channel_of
from shariff_py.audit.evidence.contact import Channel, Contact, significant
from shariff_py.audit.evidence.declarations import DeclaringResponse, Element, declarations, network_error_endpoints
from shariff_py.audit.evidence.initiator import ReportedRequest, with_causes, with_declared_causes


def test_the_hash_of_a_sender_is_chromiums_own() -> None:
    assert annotation("blink_resource_loader") == 101_845_102
    assert annotation("reporting") == 109_891_200


@pytest.mark.parametrize(
    ("headers", "channel"),
    [
        ({"sec-purpose": "prefetch;prerender", "sec-fetch-dest": "image"}, Channel.PRERENDER),
        ({"sec-fetch-dest": "sharedworker"}, Channel.WORKER),
        ({"content-type": "text/ping"}, Channel.PING),
        ({"sec-fetch-dest": "report"}, Channel.REPORT),
        ({}, Channel.REQUEST),
    ],
)
def test_a_request_is_named_by_what_it_was_for(headers: dict[str, str], channel: Channel) -> None:
    assert channel_of("https", 0, headers) is channel


def test_what_only_led_up_to_something_is_not_reported() -> None:
    assert significant((Channel.DNS, Channel.QUIC, Channel.CONNECTION, Channel.REQUEST)) == (Channel.REQUEST,)
    assert significant((Channel.DNS, Channel.CONNECTION)) == (Channel.CONNECTION,)
    assert significant((Channel.DNS,)) == (Channel.DNS,)


def test_what_the_debugger_never_reported_was_a_worker_or_sent_on_leaving() -> None:
    requested = contact("a.example", kind="empty", initiator="https://www.example.org")
    posted = contact("b.example", kind="empty", initiator="https://www.example.org", method="POST")
    image = contact("c.example", kind="image", initiator="https://www.example.org")
    seen = [ReportedRequest(image.url, "GET", "image", "script https://www.example.org/a.js:7")]

    found = with_causes([requested, posted, image], seen, (), OWN)

    assert [one.channel for one in found] == [Channel.WORKER, Channel.BEACON, Channel.REQUEST]
    assert found[2].cause == "script https://www.example.org/a.js:7"


@pytest.mark.parametrize(
    ("request_", "seen", "channel"),
    [
        (contact("a.example"), ReportedRequest("https://a.example/x?id=1", "GET", "ping"), Channel.BEACON),
        (contact("a.example"), ReportedRequest("https://a.example/x?id=1", "GET", "fetch", worker=True), Channel.WORKER),
        (contact("a.example", Channel.PREFETCH), ReportedRequest("https://a.example/x?id=1", "GET", "ping"), Channel.PREFETCH),
        (contact("a.example", kind="image", initiator="https://www.example.org"), None, Channel.REQUEST),
        (contact("www.example.org", kind="empty", initiator="https://www.example.org"), None, Channel.REQUEST),
    ],
)  # fmt: skip
def test_the_debuggers_word_refines_a_request_and_nothing_else(
    request_: Contact, seen: ReportedRequest | None, channel: Channel
) -> None:
    (found,) = with_causes([request_], [seen] if seen else [], (), OWN)

    assert found.channel is channel


def test_a_contact_without_an_event_is_explained_by_what_the_page_declares() -> None:
    declared = declarations((), [Element("link rel=preconnect", "https://hint.example/")])

    (found,) = with_causes([contact("hint.example", Channel.CONNECTION, url="")], (), declared, OWN)

    assert found.cause == "link rel=preconnect"


def test_what_a_page_has_browsers_contact_is_marked_and_what_it_only_names_or_allows_is_not() -> None:
    policy = DeclaringResponse("https://www.example.org/", NOON, 200, (("content-security-policy", "img-src rules.example allowed.example"),))  # fmt: skip
    elements = [Element("script type=speculationrules", "https://rules.example/"), Element("script", "https://named.example/")]  # fmt: skip
    hosts = ("rules.example", "allowed.example", "named.example", "other.example")

    found = with_declared_causes([contact(host) for host in hosts], declarations([policy], elements))

    assert [(one.cause, one.declared) for one in found] == [
        ("script type=speculationrules", True),
        ("content-security-policy img-src", False),
        ("script", False),
        ("", False),
    ]


HEADERS = DeclaringResponse(
    "https://www.example.org/",
    NOON,
    200,
    (
        ("link", '<https://hint.example>; rel=preconnect, </own.css>; rel="preload"; as=style, <https://feed.example>; rel=alternate'),
        ("reporting-endpoints", 'a="https://reports.example/r"'),
        ("report-to", '{"group":"n","endpoints":[{"url":"https://nel.example/n"}]},{"group":"o","endpoints":[{"url":"https://other.example/o"}]}'),
        ("nel", '{"report_to":"n"}'),
        ("content-security-policy", "frame-src 'self' https://maps.example *.tiles.example; report-uri https://csp.example/r"),
        ("alt-svc", 'h3="alt.example:443"; ma=60, h3=":443"'),
        ("refresh", "5; url=https://next.example/"),
        ("speculation-rules", '"https://rules.example/r.json"'),
    ),
)  # fmt: skip


def test_headers_declare_who_may_be_contacted_later() -> None:
    found = {(one.host, one.how) for one in declarations([HEADERS])}

    assert found == {
        ("hint.example", "hint"), ("www.example.org", "hint"), ("reports.example", "report"), ("nel.example", "report"),
        ("other.example", "report"), ("maps.example", "policy"), ("*.tiles.example", "policy"), ("csp.example", "report"),
        ("alt.example", "alternative"), ("next.example", "refresh"), ("rules.example", "hint"),
    }  # fmt: skip
    assert network_error_endpoints([HEADERS]) == {"https://nel.example/n"}


@pytest.mark.parametrize(
    "header",
    [
        ("report-to", "{"),
        ("report-to", '{"group": "n", "endpoints": ["https://nel.example/n", {"url": 7}]}'),
        ("nel", "[]"),
        ("link", "<"),
        ("link", "<about:blank>; rel=preload"),
        ("content-security-policy", "; ;"),
        ("link", "<http://[broken>; rel=preconnect"),
        ("reporting-endpoints", 'main="http://[broken"'),
        ("content-security-policy", "report-uri http://[broken"),
        ("content-security-policy", "report-uri"),
        ("report-to", '{"group": "n", "endpoints": [{"url": "http://[broken"}]}'),
        ("refresh", "0; url=http://[broken"),
    ],
)
def test_a_broken_header_declares_nothing_and_breaks_nothing(header: tuple[str, str]) -> None:
    assert declarations([DeclaringResponse("https://www.example.org/", 1, 200, (header,))]) == ()


def test_a_malformed_reporting_address_is_none_for_network_errors_either() -> None:
    headers = (("nel", '{"report_to": "n"}'), ("report-to", '{"group": "n", "endpoints": [{"url": "http://[broken"}]}'))

    assert network_error_endpoints([DeclaringResponse("https://www.example.org/", 1, 200, headers)]) == frozenset()


def test_an_element_whose_address_names_no_host_declares_nothing() -> None:
    assert declarations((), [Element("img", "http://[broken")]) == ()
