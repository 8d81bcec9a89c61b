"""A browser that is closed with content open and started again restores its tabs. The gate must be closed then.

Playwright's own start never restores a session, so Chromium is started as a person starts it and driven through its debugging port.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import sync_playwright

from demo_app import create_app
from shariff_py.audit.visit.chromium import NO_SUGGESTIONS, find_chromium
from shariff_py.testing import StandIn

pytestmark = pytest.mark.browser

RESTORE = {"session": {"restore_on_startup": 1}}


@contextmanager
def chromium(profile: Path, *arguments: str) -> Iterator[Any]:
    """A Chromium with this profile, closed in good order at the end as by its own menu."""
    program = find_chromium(os.environ, lambda path: Path(path).is_file()) or _playwrights_own()
    switches = ["--headless=new", "--no-sandbox", "--no-first-run", "--remote-debugging-port=0", NO_SUGGESTIONS]
    command = [program, *switches, f"--user-data-dir={profile}", *arguments]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        address = next(found[0] for line in process.stderr if (found := re.search(r"ws://\S+", line)))
        with sync_playwright() as playwright:
            browser = playwright.chromium.connect_over_cdp(address)
            yield browser.contexts[0]
            browser.new_browser_cdp_session().send("Browser.close")
        process.wait(timeout=20)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        process.stderr.close()


def _playwrights_own() -> str:
    with sync_playwright() as playwright:
        return str(playwright.chromium.executable_path)


def restart_with_open_content(
    folder: Path, address: str, press: Callable[[Any], None], loaded: Callable[[], int]
) -> str:
    """Open a page, click, close the browser, start it again; the address of the tab that came back."""
    (folder / "Default").mkdir(parents=True)
    (folder / "Default" / "Preferences").write_text(json.dumps(RESTORE))
    with chromium(folder, "about:blank") as context:
        page = context.pages[0]
        page.goto(address)
        press(page)
        deadline = time.monotonic() + 10
        while not loaded() and time.monotonic() < deadline:
            page.wait_for_timeout(100)
        # Chromium writes its session down every few seconds, and once more when it is closed.
        page.wait_for_timeout(3000)
    with chromium(folder, "--restore-last-session") as context:
        context.pages[0].wait_for_timeout(4000)
        return str(context.pages[0].url)


def documents(stand_in: StandIn) -> int:
    return sum(received.path.startswith("/plugins/") for received in stand_in.received)


def test_a_restored_tab_has_its_gate_closed_and_sends_the_platform_nothing(
    stand_in: StandIn, tmp_path: Path, serve: Any
) -> None:
    settings = {"counts": {"store": "memory:"}, "journal": {"path": str(tmp_path / "outgoing.jsonl")}}
    site = serve(create_app({"SHARIFF": settings}, stand_in=stand_in))
    address = site.url("/aktuelles/facebook-seite")

    restored = restart_with_open_content(
        tmp_path / "profile",
        address,
        lambda page: page.get_by_role("button", name="Beitrag laden und Daten an Facebook senden").click(),
        lambda: documents(stand_in),
    )

    assert restored == address
    assert documents(stand_in) == 1


def test_a_frame_that_was_opened_by_a_plain_link_is_restored_and_would_be_noticed(
    stand_in: StandIn, tmp_path: Path, serve: Any
) -> None:
    app = Flask("leaky")
    link = f'<a href="{stand_in.origin}/plugins/page.php?href=x" target="F">open</a><iframe name="F"></iframe>'
    app.add_url_rule("/", view_func=lambda: link)
    site = serve(app)

    restart_with_open_content(
        tmp_path / "profile",
        site.url("/"),
        lambda page: page.get_by_role("link").click(),
        lambda: documents(stand_in),
    )

    assert documents(stand_in) == 2
