"""The audit on real pages: four phases, browser and server; the demonstration, a leaking copy of it, and another consent tool."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.audited_sites import HEAD, OTHER_TOOL, QUICK, by_phase, gated_site, pages_site, plugin
from support.sockets import free_port

from demo_app import create_app
from shariff_py.audit import Audit, AuditPolicy, Verdict, run
from shariff_py.audit.evidence.contact import Channel
from shariff_py.audit.evidence.trace import FailureReason
from shariff_py.audit.runner.archive import EvidenceArchive
from shariff_py.audit.verdict.judge import judge
from shariff_py.journal import Journal
from shariff_py.testing import StandIn

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def stand_in() -> Iterator[StandIn]:
    with StandIn() as running:
        yield running


@pytest.fixture(scope="module")
def demo(serve: Any, stand_in: StandIn, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The demonstration's address and its journal."""
    journal = tmp_path_factory.mktemp("demo") / "outgoing.jsonl"
    return serve(create_app({"SHARIFF": {"journal": {"path": str(journal)}}}, stand_in=stand_in)).url("/"), journal


@pytest.fixture(scope="module")
def reported(demo: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Audit, Path]:
    """The demonstration, audited and reported in every format, with a request of its server in the same time."""
    url, journal = demo
    out = tmp_path_factory.mktemp("reported") / "report"
    written = Journal(journal)

    def send_request() -> None:
        facts = {"trigger": "schedule", "purpose": "counts", "platform": "facebook", "method": "POST", "host": "graph.facebook.com", "path": "/v25.0/", "pages": [url], "headers": ["host", "user-agent"]}  # fmt: skip
        written.append("outcome", {"of": written.append("request", facts), "status": 200})

    def on_progress(progress: Any) -> None:
        if not progress.finished:
            threading.Timer(2.0, send_request).start()

    written.append("blocked", {"trigger": "schedule", "host": "before.example", "path": "/", "error": "too early"})
    return run([url], on_progress=on_progress, out=out, journal=journal, idle_seconds=1.0), out


@pytest.mark.smoke
def test_the_demonstration_is_silent_then_exactly_the_expected_then_silent_again(
    reported: tuple[Audit, Path], stand_in: StandIn
) -> None:
    (page,) = reported[0].pages

    assert (page.verdict, page.problems, page.findings) == (Verdict.PASS, (), ())
    assert page.trace.completed >= {"before", "after", "withdrawn", "reloaded"}
    assert by_phase(page, "expected") == {("after", f"localhost:{stand_in.port}"), ("server", "graph.facebook.com")}
    assert page.only_in_control == ()
    assert page.trace.control_contacts is not None


@pytest.mark.smoke
def test_cookies_a_frame_keeps_for_itself_are_not_called_left_over(reported: tuple[Audit, Path]) -> None:
    (page,) = reported[0].pages
    after = next(snapshot for snapshot in page.trace.snapshots if snapshot.phase == "after")

    assert {cookie.name for cookie in after.cookies if cookie.ephemeral} == {"stand-in-browser", "stand-in-device"}
    assert page.stored == ()


def test_browser_and_server_are_reported_side_by_side(reported: tuple[Audit, Path]) -> None:
    (page,) = reported[0].pages

    assert page.trace.journal is not None
    assert [request.host for request in page.trace.journal.requests] == ["graph.facebook.com"]
    html = (reported[1] / "report.html").read_text(encoding="utf-8")
    assert "POST graph.facebook.com/v25.0/ (Zeitplan) – 200" in html


@pytest.mark.smoke
def test_every_format_is_written_and_the_manifest_holds(reported: tuple[Audit, Path]) -> None:
    out = reported[1]

    listed = dict(line.split("  ")[::-1] for line in (out / "MANIFEST.sha256").read_text().splitlines())

    assert set(listed) == {
        "report.html", "report.pdf", "report.json", "contacts.csv", "contacts.har", "junit.xml", "report.sarif", "inspection.json",
        "run.json", "pages/0001.json",
    }  # fmt: skip
    assert all(hashlib.sha256((out / name).read_bytes()).hexdigest() == digest for name, digest in listed.items())
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF-")
    with (out / "contacts.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["party"] for row in rows} == {"own", "other", "browser"}
    assert json.loads((out / "contacts.har").read_text(encoding="utf-8"))["log"]["version"] == "1.2"
    assert json.loads((out / "inspection.json").read_text(encoding="utf-8"))["hosts"]["requests"]["thirdParty"] == []


def test_a_copy_of_the_demonstration_that_leaks_is_found_out(serve: Any, stand_in: StandIn) -> None:
    app = create_app({"SHARIFF": {"journal": {"path": "/dev/null"}}}, stand_in=stand_in)
    leak = b'<link rel="preconnect" href="https://www.facebook.com"><script type="speculationrules">{"prerender":[{"urls":["/en/"],"eagerness":"immediate"}]}</script></head>'

    def leaking(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        def without_policy(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            kept = [
                (n, v) for n, v in headers if not n.lower().startswith(("content-security", "content-length", "x-dns"))
            ]
            return start_response(status, kept, *rest)

        with closing(app(environ, without_policy)) as response:  # type: ignore[type-var]
            body = b"".join(response).replace(b"</head>", leak)
        english = environ["PATH_INFO"] == "/en/"
        return [body.replace(b"</body>", b'<img src="http://prerendered.test/" alt=""></body>') if english else body]

    audit = run([serve(leaking).url("/")], idle_seconds=1.0, interval=0.0)

    (page,) = audit.pages
    assert page.verdict is Verdict.FINDING
    assert by_phase(page) >= {
        ("before", "www.facebook.com"),
        ("reloaded", "www.facebook.com"),
        ("control", "prerendered.test"),
    }
    (before,) = [line for line in page.findings if (line.phase, line.endpoint) == ("before", "www.facebook.com")]
    assert before.channels[0] in (Channel.CONNECTION, Channel.DNS)  # Where the name is unknown it ends there.
    assert before.causes == ("link rel=preconnect",)


def test_a_gate_that_contacts_an_unknown_party_is_found_after_consent(serve: Any) -> None:
    site = serve(gated_site(serve(plugin).origin, shows="http://tracker.test"))

    audit = run([site.url("/")], **QUICK)

    assert by_phase(audit.pages[0]) == {("after", "tracker.test")}


@pytest.mark.full
def test_another_consent_tool_is_worked_by_selector_and_text_and_judged_by_the_policy(
    serve: Any, tmp_path: Path
) -> None:
    site = serve(pages_site({"/": HEAD + OTHER_TOOL}))
    policy = AuditPolicy.from_mapping(
        {
            "consent": {"accept": ["text=Accept all"], "withdraw": ["#no"]},
            "allow": [
                {"host": "stats.test", "owner": "Town", "purpose": "statistics", "legal_basis": "consent", "phases": ["after"], "expires": date(2030, 1, 1)},
                {"host": "unused.test", "owner": "Town", "purpose": "maps", "legal_basis": "consent"},
            ],
        }
    )  # fmt: skip

    audit = run([site.url("/")], policy=policy, out=tmp_path, formats=("json",), **QUICK)
    expired = judge(EvidenceArchive(tmp_path).trace(1), frozenset(audit.background), policy, date(2031, 1, 1))

    (page,) = audit.pages
    assert (page.verdict, by_phase(page, "expected")) == (Verdict.PASS, {("after", "stats.test")})
    assert {(item.what.split(" (")[0], item.left) for item in page.stored} == {
        ("cookie consent", False),
        ("localStorage since", True),
    }
    assert [rule.host for rule in audit.unneeded] == ["unused.test"]
    assert [group.why for group in expired.findings] == ["expired"]


@pytest.mark.full
def test_a_control_that_is_not_there_makes_the_audit_incomplete(serve: Any) -> None:
    site = serve(pages_site({"/": HEAD + "<p>Nothing"}))
    policy = AuditPolicy.from_mapping({"consent": {"accept": ["#nowhere"], "wait": 0.2}})

    (page,) = run([site.url("/")], policy=policy, **QUICK).pages

    assert page.verdict is Verdict.INCOMPLETE
    assert FailureReason.NO_CONSENT in {problem.name for problem in page.problems}


@pytest.mark.full
def test_what_is_declared_but_not_used_is_listed(serve: Any) -> None:
    headers = (
        ("Content-Security-Policy", "media-src 'self' https://maps.example; report-uri https://reports.example/csp"),
    )
    site = serve(gated_site("http://127.0.0.1:1", headers=headers))

    (page,) = run([site.url("/")], **QUICK).pages

    assert {(declaration.host, declaration.how) for declaration in page.unused} == {
        ("maps.example", "policy"),
        ("reports.example", "report"),
    }


@pytest.mark.full
def test_a_crawl_follows_links_and_the_sitemap_and_honours_robots(serve: Any, tmp_path: Path) -> None:
    pages = {
        "/": HEAD + '<a href="/one">1</a> <a href="/private/two">2</a> <a href="/file.pdf">3</a> <a href="http://elsewhere.test/">4</a>',
        "/one": HEAD + '<a href="/deep">deep</a>', "/deep": HEAD, "/private/two": HEAD, "/listed": HEAD,
        "/robots.txt": "User-agent: *\nDisallow: /private/\n",
        "/sitemap.xml": "<urlset><url><loc>SITE/listed</loc></url></urlset>",
    }  # fmt: skip
    site = serve(pages_site(pages))
    pages["/sitemap.xml"] = pages["/sitemap.xml"].replace("SITE", site.origin)

    audit = run(
        [site.url("/")], sitemaps=(site.url("/sitemap.xml"),), depth=1, out=tmp_path, formats=("json",), **QUICK
    )

    assert [page.trace.url.removeprefix(site.origin) for page in audit.pages] == ["/", "/listed", "/one"]
    assert audit.verdict is Verdict.PASS


@pytest.mark.full
def test_a_page_that_cannot_be_reached_or_refuses_is_incomplete_and_the_others_are_audited(serve: Any) -> None:
    site = serve(gated_site("http://127.0.0.1:1"))

    audit = run([f"http://localhost:{free_port()}/", site.url("/missing")], **QUICK)

    assert audit.verdict is Verdict.INCOMPLETE
    assert [page.problems[0].name for page in audit.pages] == [FailureReason.NOT_REACHED, FailureReason.REFUSED]


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from shariff_py.cli import main; main()", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_command_writes_a_report_and_its_exit_code_is_the_verdict(serve: Any, tmp_path: Path) -> None:
    site = serve(pages_site({"/": HEAD + '<img src="http://tracker.test/p" alt="">', "/quiet": HEAD}))
    quick = ("--idle", "0.3", "--one-look", "--interval", "0", "--lang", "en")

    clean = command(tmp_path, "audit", site.url("/quiet"), *quick)
    leaking = command(
        tmp_path, "audit", site.url("/"), *quick, "--out", "first", "--format", "json", "--format", "html"
    )
    known = command(tmp_path, "audit", site.url("/"), *quick, "--baseline", "first/report.json", "--only-new")

    assert (clean.returncode, clean.stdout.splitlines()[0][:13]) == (0, "Nothing found")
    assert leaking.returncode == 1
    assert "Before consent: tracker.test: request" in leaking.stdout
    assert sorted(path.name for path in (tmp_path / "first").iterdir()) == [
        "MANIFEST.sha256",
        "pages",
        "report.html",
        "report.json",
        "run.json",
    ]
    assert known.returncode == 0
