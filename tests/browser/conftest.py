"""Real servers on loopback, and a real Chromium whose network log is the evidence.

    site = serve(app)
    with visitor(site) as visit:
        visit.page.goto(site.url("/"))
        visit.look_around()
        visit.idle()
        visit.mark("before")
        visit.page.get_by_role("button").click()
        visit.mark("after")
    assert visit.outside("before") == ()

A mark names everything since the last one; what happens on leaving the page is the phase "leaving". Contacts are read after the
with block, because the log is complete only when the browser is closed. Two servers are two places (``127.0.0.1:PORT``); names
below ``.test`` never resolve, and the log shows the attempt.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from support.headless_shell import headless_shell
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from shariff_py.audit.visit.browser import BrowserSession, browser_session
from shariff_py.audit.visit.chromium import NO_SUGGESTIONS, find_chromium
from shariff_py.audit.visit.options import AuditOptions

Visit = Callable[..., AbstractContextManager[BrowserSession]]
Serve = Callable[[Any], "Site"]
Chromium = Callable[..., AbstractContextManager[Page]]


@dataclass(frozen=True, slots=True)
class Site:
    """A running server. ``origin`` is its address by number, ``localhost`` the same server by name: to a browser another site."""

    port: int

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def localhost(self) -> str:
        return f"http://localhost:{self.port}"

    def url(self, path: str) -> str:
        return self.origin + path


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Requests are not news here."""


@pytest.fixture(scope="module")
def serve() -> Iterator[Serve]:
    """Serve a WSGI application on a free port of this machine until the module's tests end; ``serve(app) -> Site``."""
    running: list[tuple[BaseWSGIServer, threading.Thread]] = []

    def start(app: Any) -> Site:
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        running.append((server, thread))
        return Site(server.server_port)

    yield start
    # All at once: each takes up to half a second to notice.
    for server, _ in running:
        threading.Thread(target=server.shutdown).start()
    for server, thread in running:
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """The one connection to Playwright a module may have. Its driver costs as much CPU as a browser, so all visits share it."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def background(_browser_background: frozenset[str]) -> frozenset[str]:
    """The hosts this browser contacts by itself, measured once on an empty page."""
    return _browser_background


@pytest.fixture(scope="module")
def visitor(playwright: Playwright, background: frozenset[str]) -> Visit:
    """Open a fresh browser: ``visitor(*sites, javascript=True, idle_seconds=5)``; the given sites are the page's own."""

    def open_browser(*sites: Site | str, javascript: bool = True, idle_seconds: float = 5.0) -> Any:
        own = [site.origin if isinstance(site, Site) else site for site in sites]
        options = AuditOptions(idle_seconds=idle_seconds, background=background)
        return browser_session(own, options, javascript=javascript, playwright=playwright)

    return open_browser


BACK_FORWARD_CACHE = ["--disable-back-forward-cache"]
"""The switch by which Playwright turns that cache off; leaving it away turns the cache on, as it is for visitors."""


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Chromium]:
    """A page in a fresh context: ``chromium(javascript=True, going_back_is_instant=False, width=900)``."""
    program = find_chromium(os.environ, lambda path: Path(path).is_file())
    running: dict[bool, Browser] = {}

    @contextmanager
    def page(*, javascript: bool = True, going_back_is_instant: bool = False, width: int = 900) -> Iterator[Page]:
        if going_back_is_instant not in running:
            running[going_back_is_instant] = (
                playwright.chromium.launch(
                    executable_path=program, ignore_default_args=BACK_FORWARD_CACHE, args=[NO_SUGGESTIONS]
                )
                if going_back_is_instant
                else playwright.chromium.launch(executable_path=headless_shell() or program)
            )
        viewport = {"width": width, "height": 1200}
        context = running[going_back_is_instant].new_context(java_script_enabled=javascript, viewport=viewport)
        context.set_default_timeout(20_000)
        yield context.new_page()
        context.close()

    yield page
    for browser in running.values():
        browser.close()
