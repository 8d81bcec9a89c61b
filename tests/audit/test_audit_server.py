"""The control visit, the requests of the site's server, and own names that lead to other companies."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.audit_traces import NOON, audit, contact, trace

from shariff_py.audit.evidence.trace import Journal, ServerRequest
from shariff_py.audit.report import text
from shariff_py.audit.report.wording import WORDS
from shariff_py.audit.verdict.judge import judge


def test_what_the_server_sent_is_not_reported_as_the_browsers() -> None:
    sent = ServerRequest(NOON, "visit", "counts", "facebook", "POST", "graph.facebook.com", "/", (), ("host",), "200", False)  # fmt: skip
    written = text(audit(trace(journal=Journal((sent,), "0" * 64, 2))), "en")

    assert WORDS["en"]["meaning.server"] in written
    assert WORDS["en"]["meaning.finding"] not in written


def test_what_is_contacted_only_in_the_control_visit_is_a_finding_of_its_own() -> None:
    result = judge(
        trace(contact("a.example"), control_contacts=(contact("a.example"), contact("b.example"))), frozenset()
    )

    assert {(line.phase, line.endpoint) for line in result.findings} == {
        ("before", "a.example"),
        ("control", "b.example"),
    }
    assert (result.only_in_visit, result.only_in_control) == ((), ("b.example",))


@pytest.mark.parametrize(
    ("change", "why"),
    [({}, ""), ({"trigger": "visit"}, "visit"), ({"headers": ("host", "Cookie")}, "headers"), ({"host": "other.example"}, "host"), ({"host": "other.example", "blocked": True}, None)],
)  # fmt: skip
def test_the_servers_requests_are_judged_by_trigger_headers_and_host(
    change: dict[str, object], why: str | None
) -> None:
    usual = ServerRequest(
        NOON, "schedule", "counts", "facebook", "POST", "graph.facebook.com", "/", (), ("host",), "200", False
    )
    sent = replace(usual, **change)  # type: ignore[arg-type]

    result = judge(trace(journal=Journal((sent,), "0" * 64, 2)), frozenset())

    assert [line.why for line in (*result.findings, *result.expected)] == ([] if why is None else [why])


def test_an_own_name_that_leads_to_a_third_party_is_reported() -> None:
    result = judge(
        trace(aliases=(("www.example.org", "example.edge.example"), ("other.example", "x.example"))), frozenset()
    )

    assert result.cloaked == (("www.example.org", "example.edge.example"),)
