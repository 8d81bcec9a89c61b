"""The control visit, the requests of the site's server, and own names that lead to other companies."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from support.audit_traces import NOON, audit, contact, trace

from shariff_py.audit.evidence.server_journal import read_server_requests
from shariff_py.audit.evidence.trace import FailureReason, Journal, ServerRequest
from shariff_py.audit.report import as_json, html, text
from shariff_py.audit.report.wording import WORDS
from shariff_py.audit.verdict.judge import judge
from shariff_py.journal import Journal as JournalFile
from shariff_py.testing import SteppingClock


def test_what_the_server_sent_is_not_reported_as_the_browsers() -> None:
    sent = ServerRequest(NOON, "visit", "counts", "facebook", "POST", "graph.facebook.com", "/", (), ("host",), "200", False)  # fmt: skip
    written = text(audit(trace(journal=Journal((sent,), "0" * 64, 2))), "en")

    assert WORDS["en"]["meaning.server"] in written
    assert WORDS["en"]["meaning.finding"] not in written


EXCHANGE = {"trigger": "schedule", "purpose": "counts", "platform": "facebook", "method": "POST", "host": "graph.facebook.com", "path": "/v26.0/", "headers": ["host"]}  # fmt: skip


def test_the_servers_requests_in_the_time_of_a_visit_are_read_from_its_journal(tmp_path: Path) -> None:
    clock = SteppingClock(datetime.fromtimestamp(NOON - 1, UTC))
    journal = JournalFile(tmp_path / "outgoing.jsonl", clock=clock)
    journal.append("request", {**EXCHANGE, "path": "/before"})
    clock.step(1)
    journal.append("outcome", {"of": journal.append("request", EXCHANGE), "status": 200})
    journal.append("blocked", {**EXCHANGE, "error": "it is no source"})
    journal.append("request", {**EXCHANGE, "path": "/open"})
    clock.step(9)
    journal.append("request", {**EXCHANGE, "path": "/later"})

    found, problems = read_server_requests(journal.path, NOON, NOON + 9)

    assert problems == ()
    assert found is not None
    assert (found.records, found.head) == (6, journal.head()[1])
    assert [(r.time, r.host, r.path, r.outcome, r.blocked) for r in found.requests] == [
        (NOON, "graph.facebook.com", "/v26.0/", "200", False),
        (NOON, "graph.facebook.com", "/v26.0/", "it is no source", True),
        (NOON, "graph.facebook.com", "/open", "", False),
    ]


def test_a_journal_that_was_changed_or_cannot_be_read_is_a_problem_of_the_visit(tmp_path: Path) -> None:
    journal = JournalFile(tmp_path / "outgoing.jsonl", clock=lambda: NOON)
    journal.append("request", EXCHANGE)
    journal.path.write_bytes(journal.path.read_bytes().replace(b"POST", b"GET "))
    (tmp_path / "folder.jsonl").mkdir()

    for name, reason in (
        ("outgoing.jsonl", FailureReason.JOURNAL_BROKEN),
        ("folder.jsonl", FailureReason.JOURNAL_UNREADABLE),
    ):
        found, (problem,) = read_server_requests(tmp_path / name, NOON, NOON + 9)

        assert (found, problem.name) == (None, reason)


def test_the_report_has_the_browser_and_the_server_side_by_side_in_each_phase() -> None:
    sent = ServerRequest(NOON + 5, "schedule", "counts", "facebook", "POST", "graph.facebook.com", "/v26.0/", ("https://www.example.org/?id=secret",), ("host",), "200", False)  # fmt: skip
    both = audit(trace(contact("a.example", at=15), journal=Journal((sent,), "0" * 64, 2)))

    page, silent, unknown = (
        BeautifulSoup(html(one, "en"), "html.parser").text
        for one in (both, audit(trace(journal=Journal((), "0" * 64, 2))), audit(trace()))
    )
    (entry,) = json.loads(as_json(both))["pages"]

    assert "12:00:05" in page
    assert "POST graph.facebook.com/v26.0/" in page
    assert WORDS["en"]["server.line"].format(n=1) in page
    assert WORDS["en"]["server.silent"] in silent
    assert WORDS["en"]["server.none"] in unknown
    assert [(r["host"], r["pages"], r["outcome"]) for r in entry["journal"]["requests"]] == [
        ("graph.facebook.com", ["https://www.example.org/?id=…"], "200")
    ]


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
