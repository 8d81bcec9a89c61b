"""Pages that put something in the way of their audit: each is a result of its own, and none costs the others theirs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Error

from shariff_py.audit import Audit, Verdict, run
from shariff_py.audit.evidence.trace import FailureReason, StepName
from shariff_py.audit.verdict.judge import PageResult
from shariff_py.audit.visit.browser import browser_session
from shariff_py.audit.visit.chromium import Setup, installed
from shariff_py.audit.visit.options import AuditOptions

pytestmark = pytest.mark.browser

HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">'
LEAK = '<img src="http://tracker.test/p.gif" alt="">'
MEGABYTE = b"x" * 1_000_000
PAGES = {
    "/quiet": "<p>Nothing",
    "/never-idle": LEAK + '<img src="/endless" alt=""><script>setInterval(() => fetch("/tick"), 250)</script>',
    "/tick": "",
    "/hangs": LEAK + "<script>setTimeout(() => { for (;;) {} }, 200)</script>",
    "/crashes": LEAK
    + "<script>setTimeout(() => { const all = []; for (;;) all.push(new Array(1e6).fill({})) }, 300)</script>",
    "/dialogs": "<script>onbeforeunload = event => event.preventDefault(); alert(1);"
    'if (confirm("Load Facebook?")) new Image().src = "http://tracker.test/c.gif"</script>',
    "/heavy": '<script>fetch("/50-megabytes").then(response => response.blob())</script>' + LEAK,
}


def difficult_site(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes] | list[bytes]:
    path = environ["PATH_INFO"]
    html = [("Content-Type", "text/html; charset=utf-8"), ("X-DNS-Prefetch-Control", "off")]
    if path == "/endless":
        start_response("200 OK", [("Content-Type", "image/gif")])
        return endless()
    if path == "/50-megabytes":
        start_response(
            "200 OK", [("Content-Type", "application/octet-stream"), ("Content-Length", str(50 * len(MEGABYTE)))]
        )
        return [MEGABYTE] * 50
    if path in ("/redirects", "/leads-away"):
        target = "/quiet" if path == "/redirects" else "http://elsewhere.localhost:1/"
        start_response("302 Found", [("Location", target)])
        return []
    if path == "/download":
        start_response(
            "200 OK", [("Content-Type", "application/pdf"), ("Content-Disposition", "attachment; filename=a.pdf")]
        )
        return [b"%PDF-1.4"]
    start_response("200 OK" if path in PAGES else "404 Not Found", html)
    return [(HEAD + PAGES.get(path, "")).encode()]


def endless() -> Iterator[bytes]:
    for _ in range(400):
        yield b"GIF89a"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def audit(serve: Any, tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """One run over all of them, several side by side. Little memory for scripts makes the crash a quick one."""
    site = serve(difficult_site)
    setup = Setup(installed(), ("--js-flags=--max-old-space-size=48",))
    paths = [
        "/quiet",
        "/never-idle",
        "/redirects",
        "/leads-away",
        "/crashes",
        "/dialogs",
        "/download",
        "/heavy",
    ]
    return run(
        [site.url(path) for path in paths],
        setup=setup,
        out=tmp_path_factory.mktemp("difficult"),
        formats=("json",),
        idle_seconds=0.5,
        at_once=3,
        interval=0.0,
        patience=240.0,
        control_visit=False,
    )


def page(audit: Audit, path: str) -> PageResult:
    return next(page for page in audit.pages if page.trace.url.endswith(path))


def failures(result: PageResult) -> set[str]:
    return {problem.name for problem in result.problems}


def found(result: PageResult) -> set[str]:
    return {group.endpoint for group in result.findings}


def test_every_page_has_a_result(audit: Audit) -> None:
    assert len(audit.pages) == 8
    assert page(audit, "/quiet").verdict is Verdict.PASS


def test_a_page_that_never_becomes_idle_is_audited_to_its_end(audit: Audit) -> None:
    result = page(audit, "/never-idle")

    assert result.trace.completed >= {"before", "reloaded"}
    assert StepName.STILL_LOADING in {step.name for step in result.trace.steps}
    assert found(result) == {"tracker.test"}


def test_a_page_that_redirects_within_its_site_is_audited(audit: Audit) -> None:
    assert page(audit, "/redirects").verdict is Verdict.PASS


def test_a_page_that_navigates_away_is_incomplete(audit: Audit) -> None:
    assert page(audit, "/leads-away").verdict is not Verdict.PASS


@pytest.mark.full
def test_a_page_that_hangs_is_ended_and_what_it_did_before_is_kept(serve: Any) -> None:
    site = serve(difficult_site)

    audit = run([site.url("/hangs")], idle_seconds=0.3, interval=0.0, patience=12.0, control_visit=False)

    (result,) = audit.pages
    assert failures(result) == {FailureReason.HUNG}
    assert found(result) == {"tracker.test"}
    assert result.trace.whole


def test_a_crashed_tab_is_reported_and_earlier_contacts_are_kept(audit: Audit) -> None:
    result = page(audit, "/crashes")

    assert failures(result) == {FailureReason.CRASHED}
    assert found(result) == {"tracker.test"}


def test_a_call_that_waits_for_a_tab_while_it_crashes_ends_and_the_browser_goes_on() -> None:
    """Without that the browser would be ended after a while, and with it the log."""
    with browser_session((), AuditOptions(idle_seconds=0.1)) as session:
        debugger = session.page.context.new_cdp_session(session.page)
        with pytest.raises(Error):
            debugger.send("Page.crash")

        session.page.context.new_page().goto("data:text/html,<title>Alive</title>")

    assert session.listener is not None
    assert session.listener.crashed
    assert session.whole


def test_dialogs_are_dismissed_so_that_nothing_is_confirmed(audit: Audit) -> None:
    result = page(audit, "/dialogs")

    assert StepName.DIALOGS in {step.name for step in result.trace.steps}
    assert result.verdict is Verdict.PASS


def test_an_address_that_is_a_file_is_no_page_and_is_not_kept(audit: Audit) -> None:
    assert failures(page(audit, "/download")) == {FailureReason.NOT_A_PAGE}


def test_a_page_of_fifty_megabytes_is_audited(audit: Audit) -> None:
    result = page(audit, "/heavy")

    assert result.problems == ()
    assert found(result) == {"tracker.test"}
