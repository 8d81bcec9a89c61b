"""The comparison with a baseline, and the formats for other tools: CSV, HAR, JUnit, SARIF, the Evidence Collector, the chart."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from typing import Any

import pytest
from support.audit_traces import NOON, audit, contact, trace

from shariff_py.audit.evidence.contact import Channel
from shariff_py.audit.evidence.declarations import Declaration
from shariff_py.audit.evidence.storage import Cookie, Snapshot, Stored
from shariff_py.audit.evidence.trace import FailureReason, Journal, Problem, ServerRequest, Step, StepName
from shariff_py.audit.report import as_json
from shariff_py.audit.report.baseline import compare_with_baseline
from shariff_py.audit.report.ci import as_junit, as_sarif
from shariff_py.audit.report.picture import MOST_ROWS, timeline
from shariff_py.audit.report.tables import COLUMNS, as_csv, as_har
from shariff_py.audit.report.wec import as_inspection
from shariff_py.audit.report.wording import WORDS
from shariff_py.audit.verdict.judge import judge
from shariff_py.errors import AuditError


def test_the_comparison_with_a_baseline_names_what_is_new_gone_and_the_same() -> None:
    baseline = as_json(audit(trace(contact("gone.example"), contact("same.example"))))

    found = compare_with_baseline(audit(trace(contact("same.example"), contact("new.example"))).pages, baseline)

    assert (found.new, found.gone, found.same) == (
        (("before", "new.example"),),
        (("before", "gone.example"),),
        (("before", "same.example"),),
    )
    assert json.loads(as_json(audit(trace()), comparison=found))["baseline_comparison"] == {
        "began": "2026-11-23T12:00:00.000+00:00",
        "new": [["before", "new.example"]],
        "gone": [["before", "gone.example"]],
        "same": [["before", "same.example"]],
    }
    with pytest.raises(AuditError, match=r"report\.json"):
        compare_with_baseline((), "{}")


def test_the_table_has_a_row_per_contact_and_no_cell_is_a_formula() -> None:
    nasty = contact("a.example", cause='=HYPERLINK("https://evil.example")')
    pages = [judge(trace(nasty, control_contacts=(nasty,)), frozenset())]

    rows = list(csv.DictReader(io.StringIO("".join(as_csv(pages, frozenset())))))

    assert tuple(rows[0]) == COLUMNS
    assert [row["source"] for row in rows] == ["visit", "control"]
    assert rows[0]["cause"].startswith("'=")


def test_the_table_has_the_requests_of_the_server() -> None:
    server_request = ServerRequest(NOON + 5, "schedule", "counts", "facebook", "POST", "graph.facebook.com", "/v25.0/", (), ("host",), "200", False)  # fmt: skip
    held = replace(server_request, time=NOON + 6, host="tracker.example", outcome="not allowed", blocked=True)
    pages = [judge(trace(contact("a.example"), journal=Journal((server_request, held), "0" * 64, 2)), frozenset())]

    rows = list(csv.DictReader(io.StringIO("".join(as_csv(pages, frozenset())))))[1:]

    assert [(r["source"], r["phase"], r["endpoint"], r["channel"], r["address"], r["status"], r["sent"], r["cause"]) for r in rows] == [
        ("server", "before", "graph.facebook.com", "server", "https://graph.facebook.com/v25.0/", "200", "yes", "schedule: counts"),
        ("server", "before", "tracker.example", "server", "https://tracker.example/v25.0/", "not allowed", "no", "schedule: counts"),
    ]  # fmt: skip


def test_the_archive_says_what_went_along_and_where_it_went_but_no_value_of_a_cookie() -> None:
    full = contact("a.example", referrer="https://www.example.org/", cookies=True, address="10.9.8.7")

    (entry,) = json.loads("".join(as_har([judge(trace(full), frozenset())], "1", "Chromium 156")))["log"]["entries"]

    assert entry["serverIPAddress"] == "10.9.8.7"
    assert entry["request"]["headers"] == [
        {"name": "Referer", "value": "https://www.example.org/"},
        {"name": "Cookie", "value": "…"},
    ]


def test_the_archive_holds_what_is_no_http_as_well() -> None:
    pages = [
        judge(
            trace(
                contact("a.example"), contact("s.example", Channel.WEBSOCKET), contact("d.example", Channel.DNS, url="")
            ),
            frozenset(),
        )
    ]

    entries = json.loads("".join(as_har(pages, "1", "Chromium 156")))["log"]["entries"]

    assert [(entry["_channel"], entry["request"]["method"]) for entry in entries] == [
        ("request", "GET"),
        ("websocket", "GET"),
        ("dns", "NONE"),
    ]
    assert entries[1]["_webSocketMessages"] == []


def test_continuous_integration_gets_failures_and_errors_and_one_result_each() -> None:
    words = WORDS["en"]
    found, cut = trace(contact("a.example", cause="script https://www.example.org/a.js?t=secret:7")), trace(completed=frozenset({"before"}), problems=(Problem(FailureReason.CRASHED, "x"),))  # fmt: skip

    root = ElementTree.fromstring(as_junit(audit(found, cut), words).encode())
    sarif = json.loads(as_sarif(audit(found, cut), words, "1"))

    assert (root.attrib["tests"], root.attrib["failures"], root.attrib["errors"]) == ("9", "1", "4")
    assert [suite.attrib["errors"] for suite in root] == ["0", "4"]
    assert [result["ruleId"] for result in sarif["runs"][0]["results"]] == ["unallowed", "incomplete"]
    assert "secret" not in json.dumps(sarif)


@pytest.mark.parametrize("reason", FailureReason)
def test_every_failure_is_an_error_to_continuous_integration(reason: FailureReason) -> None:
    for contacts in ((), (contact("a.example"),)):
        one = audit(trace(*contacts, problems=(Problem(reason, "text=Typo"),)))

        (suite,) = ElementTree.fromstring(as_junit(one, WORDS["de"]).encode())

        assert suite.attrib["errors"] == str(len(suite.findall(".//error"))) != "0"
        assert json.loads(as_sarif(one, WORDS["de"], "1"))["runs"][0]["invocations"] == [{"executionSuccessful": False}]


COLLECTORS: dict[str, Any] = {
    "title": "", "task_description": None, "uri_ins": "", "uri_refs": [""], "uri_dest": "", "uri_redirects": [],
    "secure_connection": {"https_redirect": True, "redirects": [], "https_support": True, "https_error": None, "http_error": None},
    "testSSLError": None, "testSSLErrorOutput": None, "testSSLErrorCode": None, "testSSL": None, "host": "",
    "script": {"host": "", "version": {"npm": "", "commit": None}, "config": {}, "cmd_args": "", "environment": {}, "node_version": None},
    "localStorage": {},
    "cookies": [{"name": "", "value": "", "domain": "", "path": "", "expires": 0.0, "size": 0, "httpOnly": True, "secure": True,
        "session": True, "sameSite": "", "expiresUTC": "", "expiresDays": 0.0, "firstPartyStorage": True}],
    "beacons": [{"filter": "", "listName": "", "query": None, "url": "",
        "log": {"stack": [{"fileName": "", "source": ""}], "timestamp": ""}, "occurrances": 0}],
    "links": {"firstParty": [{"href": "", "inner_text": "", "inner_html": ""}], "thirdParty": [{"href": ""}], "social": [], "keywords": []},
    "unsafeForms": [], "browser": {"name": "", "version": "", "user_agent": "", "platform": {"name": "", "version": ""},
        "extra_headers": {"dnt": 0}, "preset_cookies": {}},
    "browsing_history": [""],
    "hosts": {kind: {"firstParty": [], "thirdParty": []} for kind in (
        "requests", "beacons", "cookies", "localStorage", "links", "contentSecurityPolicy")},
    "websockets": {}, "start_time": "", "end_time": "", "websocketLog": {},
}  # fmt: skip
"""The form of the collector's own example (``tests/test_output/inspection.json`` of its version 2.1.1), without its contents."""


def forms(value: Any, path: str = "") -> set[tuple[str, str]]:
    """The fields of a document with the kind of their values; of a list its first entry. Nothing (``null``) is of any kind."""
    kind = "number" if isinstance(value, float | int) and not isinstance(value, bool) else type(value).__name__
    found = {(path, "" if value is None else kind)}
    if isinstance(value, dict):
        found |= {form for name, part in value.items() for form in forms(part, f"{path}.{name}")}
    if isinstance(value, list) and value:
        found |= forms(value[0], f"{path}[]")
    return found


def test_the_evidence_collectors_form_holds_the_state_before_consent() -> None:
    snapshots = (Snapshot("before", NOON, (Cookie("id", ".a.example", "/", NOON + 86_400, True, False, "None"),), (Stored("https://www.example.org", ("k",)),)),)  # fmt: skip
    one = trace(contact("a.example", Channel.BEACON), contact("after.example", at=15), snapshots=snapshots, links=("https://www.example.org/b", "https://c.example/"))  # fmt: skip

    document = json.loads(as_inspection(audit(one), [judge(one, frozenset())], "1"))

    assert forms(COLLECTORS) <= forms(document)
    assert document["uri_ins_host"] == "www.example.org"
    assert document["hosts"]["requests"] == {"firstParty": ["www.example.org"], "thirdParty": ["a.example"]}
    assert document["hosts"]["beacons"]["thirdParty"] == ["a.example"]
    assert [(c["name"], c["value"], c["expiresDays"]) for c in document["cookies"]] == [("id", "", 1.0)]
    assert document["localStorage"]["https://www.example.org"]["k"] == {"value": "", "firstPartyStorage": True}
    assert [link["href"] for link in document["links"]["thirdParty"]] == ["https://c.example/"]


def test_the_evidence_collectors_form_counts_the_hosts_of_all_pages_each_where_it_belongs() -> None:
    policy = tuple(Declaration(host, how, "header", host) for host, how in (("www.example.org", "policy"), ("b.example", "policy"), ("c.example", "hint")))  # fmt: skip
    kept = Snapshot("before", NOON, (Cookie("s", "www.example.org", "/", None, True, True, ""),), (Stored("https://b.example", session=("k",)),))  # fmt: skip
    first = trace(contact("a.example", Channel.DNS, url=""), declarations=policy, snapshots=(kept,), links=("http://[broken",))  # fmt: skip
    second = trace(contact("d.example", Channel.BEACON), url="https://www.example.org/2")
    pages = [judge(one, frozenset()) for one in (first, second)]

    document = json.loads(as_inspection(audit(first, second), pages, "1"))

    assert document["hosts"] == {
        "requests": {"firstParty": ["www.example.org"], "thirdParty": ["a.example", "d.example"]},
        "beacons": {"firstParty": [], "thirdParty": ["d.example"]},
        "cookies": {"firstParty": ["www.example.org"], "thirdParty": []},
        "localStorage": {"firstParty": [], "thirdParty": []},
        "links": {"firstParty": [], "thirdParty": []},
        "contentSecurityPolicy": {"firstParty": ["www.example.org"], "thirdParty": ["b.example"]},
    }
    assert document["browsing_history"] == ["https://www.example.org/", "https://www.example.org/2"]
    assert (document["uri_ins"], document["beacons"], document["localStorage"]) == ("https://www.example.org/", [], {})
    assert [(cookie["session"], cookie["expires"]) for cookie in document["cookies"]] == [(True, -1)]
    assert "expiresUTC" not in document["cookies"][0]


def test_the_picture_has_so_many_rows_and_counts_the_rest() -> None:
    many = [contact(f"{letter}.example", at=number / 2) for number, letter in enumerate("abcdefghijklmnop")]

    drawn = str(timeline(judge(trace(*many), frozenset()), WORDS["en"]))

    assert (drawn.count('class="rule"'), drawn.count('class="finding')) == (MOST_ROWS, MOST_ROWS)
    assert "n.example" in drawn
    assert "o.example" not in drawn
    assert f"+ {WORDS['en']['more'].format(n=2)}" in drawn


def test_the_picture_leaves_out_the_site_itself_and_shows_what_only_the_control_visit_saw() -> None:
    one = trace(contact("www.example.org"), control_contacts=(contact("b.example"),))

    drawn = str(timeline(judge(one, frozenset()), WORDS["en"]))

    assert "www.example.org" not in drawn
    assert "b.example" in drawn
    assert drawn.count('class="finding') == 1


def test_the_picture_shows_each_place_once_and_a_mark_for_each_contact() -> None:
    one = trace(contact("<b>.example"), contact("a.example", at=15), contact("a.example", at=35, sent=False), steps=(Step(NOON + 12, StepName.GATE_PRESSED, "1"),))  # fmt: skip

    drawn = str(timeline(judge(one, frozenset()), WORDS["en"]))

    assert "<b>.example" not in drawn
    assert "&lt;b&gt;.example" in drawn
    assert (drawn.count('class="finding'), drawn.count("hollow"), drawn.count('class="press"')) == (3, 1, 1)
    assert timeline(judge(trace(), frozenset()), WORDS["en"]) == ""
