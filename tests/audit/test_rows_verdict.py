"""Each trigger and each header by which a request of the site's server is judged."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.audit_traces import NOON, contact, trace

from shariff_py.audit.evidence.trace import Journal, ServerRequest
from shariff_py.audit.verdict.contact_groups import contact_groups
from shariff_py.audit.verdict.judge import judge

USUAL = ServerRequest(
    NOON, "schedule", "counts", "facebook", "POST", "graph.facebook.com", "/", (), ("host",), "200", False
)


def judged(request: ServerRequest) -> list[str]:
    """Why the request is no expected one; an empty text where it is."""
    result = judge(trace(journal=Journal((request,), "0" * 64, 2)), frozenset())
    return [line.why for line in (*result.findings, *result.expected)]


@pytest.mark.parametrize("trigger", ["schedule", "manual", "start", "probe", "migration"])
def test_a_request_that_no_visitor_caused_is_expected(trigger: str) -> None:
    assert judged(replace(USUAL, trigger=trigger)) == [""]


@pytest.mark.parametrize("trigger", ["visit", "request", ""])
def test_a_request_that_anything_else_caused_is_a_finding(trigger: str) -> None:
    assert judged(replace(USUAL, trigger=trigger)) == ["visit"]


@pytest.mark.parametrize(
    "header", ["cookie", "forwarded", "referer", "x-forwarded-for", "x-real-ip", "accept-language", "X-Real-IP"]
)
def test_a_request_that_passes_on_data_of_a_visitor_is_a_finding(header: str) -> None:
    assert judged(replace(USUAL, headers=("host", header))) == ["headers"]


@pytest.mark.parametrize("header", ["host", "accept", "user-agent", "authorization"])
def test_a_request_with_headers_of_its_own_is_expected(header: str) -> None:
    assert judged(replace(USUAL, headers=("host", header))) == [""]


@pytest.mark.parametrize(("asked", "named"), [(50, 50), (51, 50)])
def test_of_an_endpoint_50_addresses_are_named_and_all_contacts_counted(asked: int, named: int) -> None:
    contacts = [contact("a.example", url=f"https://a.example/{number}") for number in range(asked)]
    (group,) = contact_groups("before", contacts)

    assert (len(group.urls), group.count) == (named, asked)
