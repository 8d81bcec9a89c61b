"""What browsers report as blocked by the policy: counted, bounded, and without anything about the visitor."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from shariff_py import Shariff
from shariff_py.service import Service
from shariff_py.service.reports import Reports
from shariff_py.settings import Settings
from shariff_py.stores import MemoryStore, Reported
from shariff_py.testing import SteppingClock

PAGE = "https://www.leinau.example/aktuelles/1"
OLD = "application/csp-report"
NEW = "application/reports+json"


def old(**over: Any) -> bytes:
    """A report as Chromium and Firefox send it to ``report-uri``."""
    report = {
        "document-uri": f"{PAGE}?utm_source=mail&session=4711#top",
        "referrer": "https://mail.example/inbox",
        "violated-directive": "script-src-elem",
        "effective-directive": "script-src-elem",
        "original-policy": "default-src 'self'",
        "disposition": "enforce",
        "blocked-uri": "https://connect.facebook.net/de_DE/sdk.js?visitor=4711",
        "line-number": 12,
        "source-file": "https://www.leinau.example/js/portal.js",
        "status-code": 200,
        "script-sample": "alert(4711)",
        **over,
    }
    return json.dumps({"csp-report": report}).encode()


def new(**over: Any) -> bytes:
    """A report as the Reporting API sends it."""
    body = {
        "documentURL": PAGE,
        "effectiveDirective": "frame-src",
        "blockedURL": "https://www.facebook.com/plugins/post.php",
        "disposition": "enforce",
    }
    return json.dumps(
        [{"type": "csp-violation", "age": 1, "url": PAGE, "user_agent": "Mozilla", "body": {**body, **over}}]
    ).encode()


class Kept:
    """Reports with a store in memory."""

    def __init__(self, clock: SteppingClock | None = None, **bounds: int) -> None:
        settings = Settings.from_mapping({"site": {"origin": "https://www.leinau.example"}, "headers": bounds})
        self.store = MemoryStore()
        self.reports = Reports(settings, self.store.reports, clock or SteppingClock())

    def take(self, body: bytes) -> int:
        return self.reports.take(body)

    def rows(self) -> list[Reported]:
        return self.store.reports.all()


def app(store: str = "memory:", clock: SteppingClock | None = None, **bounds: int) -> Flask:
    app = Flask("leinau")
    app.secret_key = "only for these tests"
    values = {
        "site": {"origin": "https://www.leinau.example"}, "counts": {"store": store, "scheduler": "outside"}, "headers": bounds
    }  # fmt: skip
    settings = Settings.from_mapping(values)
    Shariff(app, settings=settings, service=Service(settings, clock=clock or SteppingClock()))
    return app


def kept_in(target: Flask) -> list[Reported]:
    rows: list[Reported] = target.extensions["shariff"].service.store.reports.all()
    return rows


def sent(body: bytes, kind: str = OLD, target: Flask | None = None, **headers: str) -> TestResponse:
    return (target or app()).test_client().post("/shariff/csp-report", data=body, content_type=kind, headers=headers)


def test_of_a_report_only_what_where_and_how_often_are_kept() -> None:
    kept = Kept()

    assert kept.take(old()) == kept.take(old()) == 1

    (row,) = kept.rows()
    assert row == Reported("https://connect.facebook.net", "script-src-elem", PAGE, True, 2, row.first, row.last)
    assert "4711" not in repr(row)


def test_both_forms_are_read() -> None:
    kept = Kept()

    kept.take(new())

    assert [(row.blocked, row.directive, row.page) for row in kept.rows()] == [
        ("https://www.facebook.com", "frame-src", PAGE)
    ]


def test_what_was_only_reported_is_distinguished_from_what_was_blocked() -> None:
    kept = Kept()

    kept.take(old())
    kept.take(old(disposition="report"))

    assert sorted(row.enforced for row in kept.rows()) == [False, True]


@pytest.mark.parametrize(
    "page", ["https://other.example/", "about:blank", "", "https://user:pw@www.leinau.example/", 5, None]
)
def test_reports_about_other_sites_are_dropped(page: Any) -> None:
    kept = Kept()

    assert kept.take(old(**{"document-uri": page})) == 0
    assert kept.rows() == []


@pytest.mark.parametrize(
    ("blocked", "shown"),
    [
        ("inline", "inline"),
        ("eval", "eval"),
        ("data", "data"),
        ("wss://www.facebook.com/chat?id=1", "https://www.facebook.com"),
    ],
)
def test_what_has_no_page_address_is_kept_in_a_word(blocked: str, shown: str) -> None:
    kept = Kept()

    kept.take(old(**{"blocked-uri": blocked}))

    assert [row.blocked for row in kept.rows()] == [shown]


def test_different_findings_are_bounded_and_the_rest_is_counted_together() -> None:
    kept = Kept(most_reports=2)

    for number in range(5):
        kept.take(old(**{"document-uri": f"{PAGE}{number}"}))

    assert sorted((row.blocked, row.times) for row in kept.rows())[0] == ("(further)", 3)
    assert len(kept.rows()) == 3


def test_days_are_kept_not_times() -> None:
    clock = SteppingClock()
    kept = Kept(clock)

    kept.take(old())

    (row,) = kept.rows()
    assert type(row.first) is date


def test_the_address_answers_nothing_to_a_good_report() -> None:
    assert sent(old()).status_code == 204
    assert sent(new(), NEW).status_code == 204


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/x-www-form-urlencoded", ""])
def test_other_formats_are_refused(kind: str) -> None:
    assert sent(old(), kind).status_code == 415


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 9000, b"5", b'{"csp-report": 5}', b"\xff\xfe"])
def test_what_is_no_report_is_refused_with_a_reason(body: bytes) -> None:
    response = sent(body)

    assert response.status_code == 400
    assert response.text.startswith("This report is ")


def test_a_large_report_is_refused() -> None:
    assert sent(old(**{"script-sample": "x" * 20_000})).status_code == 413


def test_more_than_a_minutes_worth_is_refused_unread_until_the_next() -> None:
    clock = SteppingClock()
    target = app(clock=clock, reports_per_minute=2)

    responses = [sent(old(), target=target) for _ in range(3)]
    clock.step(minutes=1)

    assert [response.status_code for response in responses] == [204, 204, 429]
    assert responses[-1].headers["Retry-After"] == "60"
    assert sent(old(), target=target).status_code == 204
    assert [row.times for row in kept_in(target)] == [3]


def test_other_sites_may_not_report() -> None:
    target = app()

    assert sent(old(), target=target, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert kept_in(target) == []


@pytest.mark.parametrize("origin", ["https://other.example", "https://www.leinau.example:8443", "null", ""])
def test_other_sites_may_not_report_where_only_their_origin_tells(origin: str) -> None:
    """Chromium sends no ``Sec-Fetch-Site`` with the reports of ``report-to``."""
    target = app()

    assert sent(new(), NEW, target, Origin=origin).status_code == 403
    assert sent(new(), NEW, target, Origin="https://www.leinau.example").status_code == 204
    assert [row.times for row in kept_in(target)] == [1]


def test_no_other_site_is_allowed_to_ask_whether_it_may() -> None:
    response = (
        app()
        .test_client()
        .options(
            "/shariff/csp-report",
            headers={"Origin": "https://other.example", "Access-Control-Request-Method": "POST"},
        )
    )

    assert response.status_code == 405
    assert "Access-Control-Allow-Origin" not in response.headers


def test_a_report_about_another_site_is_answered_like_any_other_and_dropped() -> None:
    target = app()

    assert sent(old(**{"document-uri": "https://other.example/"}), target=target).status_code == 204
    assert kept_in(target) == []


def test_reports_of_other_kinds_in_the_same_message_are_passed_over() -> None:
    message = [*json.loads(new()), {"type": "deprecation", "body": {}}, 5, {"type": "csp-violation", "body": None}]

    assert Kept().take(json.dumps(message).encode()) == 1


def test_one_message_holds_at_most_so_many_reports() -> None:
    assert Kept().take(json.dumps(json.loads(new()) * 30).encode()) == 20


@pytest.mark.parametrize("odd", ["", "<script>", "script-src\x1b[31m", "x" * 60, None, 7])
def test_a_directive_that_is_none_is_not_kept(odd: Any) -> None:
    assert Kept().take(old(**{"effective-directive": odd, "violated-directive": odd})) == 0


@pytest.mark.parametrize("odd", ["", "chrome-extension://abc/x.js", "not an address", None, [], "javascript:alert(1)"])
def test_what_was_blocked_is_an_origin_or_a_known_word(odd: Any) -> None:
    assert Kept().take(old(**{"blocked-uri": odd})) == 0


def test_nothing_of_the_visitor_is_in_the_store(tmp_path: Path) -> None:
    file = tmp_path / "counts.sqlite"
    target = app(f"sqlite:///{file}")

    sent(old(), target=target, **{"User-Agent": "Mozilla/5.0 (visitor)", "Referer": f"{PAGE}?session=4711"})
    target.extensions["shariff"].service.store.close()

    written = file.read_bytes()
    assert b"https://connect.facebook.net" in written
    for policy_status in (b"4711", b"visitor", b"127.0.0.1", b"utm_source", b"portal.js", b"mail.example", b"sdk.js"):
        assert policy_status not in written


def test_all_processes_of_a_site_count_in_the_same_place(tmp_path: Path) -> None:
    first, second = (app(f"sqlite:///{tmp_path}/counts.sqlite") for _ in range(2))

    sent(old(), target=first)
    sent(old(), target=second)

    assert [row.times for row in kept_in(first)] == [2]
    for target in (first, second):
        target.extensions["shariff"].service.store.close()


def test_a_store_that_fails_is_said_in_the_log_and_breaks_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "in-the-way").write_text("a file where the folder should be")
    target = app(f"sqlite:///{tmp_path}/in-the-way/counts.sqlite")

    responses = [sent(old(), target=target) for _ in range(2)]

    assert [(response.status_code, response.headers["Retry-After"]) for response in responses] == [(503, "60")] * 2
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "counts.sqlite" in caplog.text


def test_the_status_tells_how_many_findings_there_are_and_of_which_day() -> None:
    target = app()
    sent(old(), target=target)
    sent(old(disposition="report"), target=target)

    policy_status = target.test_client().get("/shariff/status").get_json()["policy"]

    assert policy_status == {"mode": "enforce", "findings": 2, "last_reported": "2026-11-23"}
