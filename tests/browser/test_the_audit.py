"""The audit on real pages: four phases, a page that leaks, a page that cannot be reached; and the one-line check for others."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shariff_py.audit import Audit, Verdict, run
from shariff_py.audit.trace import Obstacle

pytestmark = pytest.mark.browser

HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">'
GATE = '<form method="post" target="F" action="/shariff/frame"><button type="submit">Show</button></form><iframe name="F"></iframe>'


def gated_site(platform: str, *, extra: str = "", shows: str = "") -> Callable[..., Any]:
    """A site whose one gate declares ``platform`` and shows it, or something else: ``shows``."""
    frame = f'<a data-remove href="/shariff/frame/removed">Remove</a><iframe src="{shows or platform}/plugin"></iframe>'
    pages = {"/": GATE + extra, "/shariff/frame": frame, "/shariff/frame/removed": "Removed"}

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        headers = [("Content-Type", "text/html"), ("Cache-Control", "no-store")]
        if environ["PATH_INFO"] == "/shariff/frame":
            headers.append(("Content-Security-Policy", f"default-src 'none'; frame-src {platform} {shows}"))
        start_response("200 OK" if environ["PATH_INFO"] in pages else "404 Not Found", headers)
        return [(HEAD + pages.get(environ["PATH_INFO"], "")).encode()]

    return app


def plugin(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/html")])
    return [b"<p>Plugin"]


def phases_of(audit: Audit) -> set[str]:
    return {finding.phase for page in audit.pages for finding in page.findings}


def test_a_site_that_waits_for_consent_passes_and_the_report_is_filed(serve: Any, tmp_path: Path) -> None:
    platform = serve(plugin)
    site = serve(gated_site(platform.origin))

    audit = run([site.url("/")], lang="de", out=tmp_path / "report", idle_seconds=0.5)

    (page,) = audit.pages
    assert page.problems == ()
    assert audit.verdict is Verdict.PASS
    assert [(tally.phase, tally.place) for tally in page.expected] == [("after", f"127.0.0.1:{platform.port}")]
    assert page.trace.completed >= {"before", "after", "withdrawn", "reloaded"}
    assert "Unauffällig" in (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "report" / "report.json").read_text(encoding="utf-8"))["verdict"] == "pass"


def test_a_site_that_leaks_is_found_in_the_phases_in_which_it_does(serve: Any) -> None:
    platform = serve(plugin)
    leak = "<img src='http://www.facebook.com/tr' alt=''>"
    site = serve(gated_site(platform.origin, extra=leak))

    audit = run([site.url("/")], idle_seconds=0.5)

    assert audit.verdict is Verdict.FINDING
    assert phases_of(audit) >= {"before", "reloaded"}
    assert {finding.platform for finding in audit.pages[0].findings} == {"facebook"}


def test_a_gate_that_contacts_an_unknown_party_is_found_after_consent(serve: Any) -> None:
    platform = serve(plugin)
    site = serve(gated_site(platform.origin, shows="http://tracker.test"))

    audit = run([site.url("/")], idle_seconds=0.5)

    assert phases_of(audit) == {"after"}
    assert {finding.place for finding in audit.pages[0].findings} == {"tracker.test"}


def test_a_page_that_cannot_be_reached_or_refuses_is_incomplete_and_the_others_are_audited(serve: Any) -> None:
    site = serve(gated_site("http://127.0.0.1:1"))

    audit = run([f"http://localhost:{free_port()}/", site.url("/missing")], idle_seconds=0.2)

    assert audit.verdict is Verdict.INCOMPLETE
    assert [page.problems[0].name for page in audit.pages] == [Obstacle.NOT_REACHED, Obstacle.REFUSED]


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_one_line_in_anybodys_suite_passes_a_silent_page(serve: Any, silent_before_consent: Any) -> None:
    site = serve(gated_site("http://127.0.0.1:1"))

    assert silent_before_consent(site.url("/"), idle_seconds=0.5) is None


@pytest.mark.parametrize("javascript", [True, False])
def test_one_line_in_anybodys_suite_fails_a_leaking_page_by_name(
    javascript: bool, serve: Any, silent_before_consent: Any
) -> None:
    site = serve(gated_site("http://127.0.0.1:1", extra='<link rel="dns-prefetch" href="//tracker.test">'))

    with pytest.raises(pytest.fail.Exception, match=r"before consent:\n  tracker.test by dns"):
        silent_before_consent(site.url("/"), idle_seconds=0.5, javascript=javascript)


def test_a_page_that_does_not_load_is_not_called_silent(serve: Any, silent_before_consent: Any) -> None:
    site = serve(gated_site("http://127.0.0.1:1"))

    with pytest.raises(pytest.fail.Exception, match="did not load"):
        silent_before_consent(site.url("/missing"), idle_seconds=0.1)
