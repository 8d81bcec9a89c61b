"""The reports of a real Chromium arrive in both ways: ``report-uri`` over http, ``report-to`` over https."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Playwright
from support.counting import wait_until
from support.paths import TESTS
from werkzeug.serving import make_server

from shariff_py import Shariff
from shariff_py.audit.visit.chromium import NO_SUGGESTIONS, installed

pytestmark = pytest.mark.browser

CERTIFICATE = str(TESTS / "tls" / "self_signed.pem")
SWITCHES = [
    NO_SUGGESTIONS,
    "--short-reporting-delay",
    "--ignore-certificate-errors",
    "--host-resolver-rules=MAP *.facebook.com ~NOTFOUND",
]
"""Without the second one Chromium collects reports of ``report-to`` for a minute; the last one keeps platforms away."""

POLICY = "default-src 'self'; report-uri /shariff/csp-report"
HTML = """<!doctype html><title>Fest</title><link rel="icon" href="/icon">
<img src="https://www.facebook.com/tr?visitor=4711" alt=""><a href="https://mastodon.test/@max?visitor=4711">Fest</a>"""


@contextmanager
def portal(
    headers: dict[str, str], tls: bool, policy: str = "off", connections: str = "off"
) -> Iterator[tuple[str, Any]]:
    """A site that sends such headers, and the library's ``policy`` and list of ``connections``: its origin, and its store of reports."""
    app = Flask("leinau")
    app.secret_key = "only for these tests"
    server = make_server("127.0.0.1", 0, app, threaded=True, ssl_context=(CERTIFICATE, CERTIFICATE) if tls else None)
    app.config["SHARIFF"] = {
        "site": {"hosts": ["127.0.0.1"], "origin": f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"},
        "counts": {"store": "memory:", "scheduler": "outside"},
        "headers": {"policy": policy, "connections": connections},
    }
    Shariff(app)
    app.add_url_rule("/reset/8f3a91c2d4e5", view_func=lambda: (HTML, headers))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield (
        f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}",
        app.extensions["shariff"].service.store.reports,
    )
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One for all tests; each site has a port of its own."""
    running = playwright.chromium.launch(executable_path=installed(), args=SWITCHES)
    yield running
    running.close()


def kept(reports: Any) -> set[tuple[str, str, str]]:
    return {(row.blocked, row.directive, row.page) for row in reports.all()}


def test_both_ways_arrive_for_both_headers_and_nothing_of_the_visitor_is_kept(browser: Browser) -> None:
    by_address = {"Content-Security-Policy": POLICY}
    by_name = {
        "Content-Security-Policy": f"{POLICY}; report-to shariff",
        "Connection-Allowlist-Report-Only": "(response-origin); report-to=shariff",
        "Reporting-Endpoints": 'shariff="/shariff/csp-report"',
    }
    with portal(by_address, tls=False) as (origin, reports):
        page = browser.new_page()
        page.goto(f"{origin}/reset/8f3a91c2d4e5?visitor=4711")
        wait_until(reports.all)
        assert kept(reports) == {("https://www.facebook.com", "img-src", f"{origin}/reset/…")}

    with portal(by_name, tls=True) as (origin, reports):
        page = browser.new_page(ignore_https_errors=True)
        page.goto(f"{origin}/reset/8f3a91c2d4e5?visitor=4711")
        page.get_by_role("link").click(no_wait_after=True)
        wait_until(lambda: len(reports.all()) == 2)
        assert kept(reports) == {
            ("https://www.facebook.com", "img-src", f"{origin}/reset/…"),
            ("(not named)", "connection-allowlist", f"{origin}/reset/…"),
        }


@pytest.mark.parametrize("tls", [False, True], ids=["report-uri", "report-to"])
@pytest.mark.parametrize(
    "own", [{}, {"Reporting-Endpoints": 'shariff="/own-reports"'}], ids=["", "a name that is taken"]
)
def test_what_the_librarys_policy_blocked_arrives_in_the_way_that_the_address_of_the_site_allows(
    browser: Browser, tls: bool, own: dict[str, str]
) -> None:
    with portal(own, tls, "enforce") as (origin, reports):
        page = browser.new_page(ignore_https_errors=True)
        response = page.goto(f"{origin}/reset/8f3a91c2d4e5?visitor=4711")
        wait_until(reports.all)
        assert kept(reports) == {("https://www.facebook.com", "img-src", f"{origin}/reset/…")}
        assert response is not None
        assert ("report-to" in response.headers["content-security-policy"]) == tls


@pytest.mark.parametrize("mode", ["report-only", pytest.param("enforce", marks=pytest.mark.full)])
def test_what_the_librarys_list_of_connections_does_not_name_arrives_and_a_link_that_it_names_does_not(
    browser: Browser, mode: str
) -> None:
    with portal({}, True, connections=mode) as (origin, reports):
        page = browser.new_page(ignore_https_errors=True)
        page.goto(f"{origin}/reset/8f3a91c2d4e5?visitor=4711")
        page.get_by_role("link").click(no_wait_after=True)
        wait_until(reports.all)
        page.wait_for_timeout(500)
        assert kept(reports) == {("https://www.facebook.com", "connection-allowlist", f"{origin}/reset/…")}
        assert {row.enforced for row in reports.all()} == {mode == "enforce"}
