"""The demonstration in three engines that enforce Trusted Types and Integrity-Policy: everything works, and nothing is refused but what is
planted.

The whole of the widget runs under the same demand in `support.widget_stage`.
"""

from __future__ import annotations

import json
import time
from base64 import b64encode
from collections.abc import Callable, Iterable
from hashlib import sha384
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from flask import Flask
from support.engines import ENGINES, Browser, until
from support.widget_stage import HEISE

from demo_app import PAGE_POLICY, create_app
from demo_app.routes import PAGES
from shariff_py.testing import StandIn

pytestmark = [
    pytest.mark.browser,
    pytest.mark.full,
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),
]

ARTICLE = "/aktuelles/facebook-seite"
PRIVACY = "/datenschutz"
STATE = "document.querySelector('shariff-gate').getAttribute('state')"
STORED = "localStorage.length"

PLANTED = {
    "innerHTML": "document.body.innerHTML = '<b>x</b>'",
    "a script's text": "document.createElement('script').text = 'x()'",
    "a document of a text": "new DOMParser().parseFromString('<b>x</b>', 'text/html')",
    "a policy of one's own": "trustedTypes.createPolicy('own', {createHTML: text => text})",
}
"""What a browser that enforces Trusted Types refuses with an exception."""

CALLS = "FB.init({}); FB.XFBML.parse(); fbq('track', 'PageView'); document.title = 'called'"
STUBS = (
    '<!doctype html><html lang="de"><title>Fest</title><link rel="icon" href="/static/leinau.svg"><script src="/shariff/static/shariff-stubs.min.js"></script>'
    '<script src="/calls.js"></script>'
)


class Watched:
    """An application whose pages have their refusals reported to it. ``refused`` are the directives and what they refused."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self.refused: list[tuple[str, str]] = []

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/refused":
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            report = json.loads(body)["csp-report"]
            self.refused.append((report.get("effective-directive", ""), report.get("blocked-uri", "")))
            start_response("204 No Content", [])
            return []

        def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            reported = [(n, f"{v}; report-uri /refused" if "require-trusted-types-for" in v else v) for n, v in headers]
            return start_response(status, reported, *rest)

        return self._app(environ, started)


@pytest.fixture
def watched(stand_in: StandIn, tmp_path: Path) -> Watched:
    counts = {"store": f"sqlite:///{tmp_path}/counts.sqlite", "scheduler": "outside", "timeout_seconds": 5}
    app = create_app(
        {"SHARIFF": {"counts": counts, "journal": {"path": str(tmp_path / "outgoing.jsonl")}}}, stand_in=stand_in
    )
    app.add_url_rule(
        "/leer",
        "empty",
        view_func=lambda: '<!doctype html><title>x</title><link rel="icon" href="/static/leinau.svg"><body>',
    )
    app.add_url_rule(
        "/heise", "heise", view_func=lambda: HEISE.replace("OPTIONS", 'data-services=\'["facebook","mail"]\'')
    )
    app.add_url_rule("/stubs", "stubs", view_func=lambda: STUBS)
    app.add_url_rule("/calls.js", "calls", view_func=lambda: (CALLS, {"Content-Type": "text/javascript"}))
    # These pages and the adapter's are as sites have them, without integrity: Trusted Types alone.
    app.after_request(lambda r: r.headers.setdefault("Content-Security-Policy", PAGE_POLICY) and r)
    return Watched(app)


def thrown(browser: Browser, script: str) -> str:
    return str(browser.run_script(f"(() => {{ try {{ {script}; return '' }} catch (e) {{ return e.name }} }})()"))


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_refuses_what_is_planted_and_says_so(
    engine: str, watched: Watched, serve: Callable[[Any], Any]
) -> None:
    site = serve(watched)
    with ENGINES[engine]() as browser:
        browser.open(site.url("/leer"))
        refused = {what: thrown(browser, script) for what, script in PLANTED.items()}
        until(lambda: len(watched.refused) >= len(PLANTED))

    assert {what for what, error in refused.items() if error == "TypeError"} == PLANTED.keys()
    assert ("require-trusted-types-for", "trusted-types-sink") in watched.refused


@pytest.mark.parametrize("engine", ENGINES)
def test_every_page_of_the_demonstration_and_every_way_of_the_widget_works(
    engine: str, watched: Watched, serve: Callable[[Any], Any], stand_in: StandIn
) -> None:
    site = serve(watched)
    paths = [path for page in PAGES for path in page.paths.values() if "<" not in path and page.name != "event_file"]
    with ENGINES[engine]() as browser:
        for path in [*paths, "/veranstaltungen/2026-12", "/heise", "/stubs"]:
            browser.open(site.url(path))
        called = browser.run_script("document.title")
        browser.open(site.url("/heise"))
        bar = until(lambda: browser.run_script("document.querySelectorAll('.shariff li a').length") == 2)

        browser.open(site.url(ARTICLE))
        until(lambda: browser.run_script("customElements.get('shariff-gate') !== undefined"))
        browser.tick()
        browser.press()
        opened = until(lambda: browser.run_script(STATE) == "open")
        stored = until(lambda: browser.run_script(STORED) == 1)
        browser.reload()
        remembered = until(lambda: browser.run_script(STATE) == "open")
        browser.open(site.url(PRIVACY))
        until(lambda: browser.run_script("customElements.get('shariff-consents') !== undefined"))
        listed = browser.run_script("document.querySelectorAll('shariff-consents li:not([hidden])').length")
        browser.run_script("document.querySelector('shariff-consents li:not([hidden]) button').click()")
        withdrawn = until(lambda: browser.run_script(STORED) == 0)
        browser.open(site.url("/"))
        until(lambda: browser.run_script("customElements.get('shariff-gate') !== undefined"))
        browser.press()
        fresh = until(lambda: browser.run_script("document.querySelector('.received-body').dataset.count") != "0")
        time.sleep(0.5)

    assert (called, bar) == ("called", True)
    assert (opened, stored, remembered, listed, withdrawn, fresh) == (True, True, True, 1, True, True)
    assert watched.refused == []


CHECKED = f"sha384-{b64encode(sha384(b'document.title = 1').digest()).decode()}"


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_refuses_a_script_that_is_not_checked_or_not_what_it_should_be(
    engine: str, stand_in: StandIn, serve: Callable[[Any], Any]
) -> None:
    app = create_app({"SHARIFF": {"counts": {"store": "memory:", "scheduler": "outside"}}}, stand_in=stand_in)
    app.add_url_rule("/1.js", "script", lambda: ("document.title = 1", {"Content-Type": "text/javascript"}))
    attributes = {
        "without": "",
        "wrong": f'crossorigin integrity="{CHECKED[:-2]}AA"',
        "read by nobody": f'integrity="{CHECKED}"',
        "right": f'crossorigin integrity="{CHECKED}"',
    }
    app.add_url_rule(
        "/<way>", "way", lambda way: f"<!doctype html><title>x</title><script src=/1.js {attributes[way]}></script>"
    )
    site = serve(app)
    with ENGINES[engine]() as browser:
        titles = {}
        for way in attributes:
            browser.open(site.url(f"/{way}"))
            titles[way] = browser.run_script("document.title")

    assert titles == {"without": "x", "wrong": "x", "read by nobody": "x", "right": "1"}
