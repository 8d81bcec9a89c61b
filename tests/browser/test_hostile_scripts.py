"""What a hostile script can do on the isolated host: nothing to the site, and nothing that stays after withdrawal. In three engines."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright
from support.engines import ENGINES, Browser, Played, until
from support.isolated_stage import IsolatedStage

from shariff_py.audit.visit.chromium import PREFERENCES, installed

pytestmark = [
    pytest.mark.browser,
    # Selenium's own class for WebKitGTK uses an argument that Selenium wants to be rid of.
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),
]

STATE = "document.querySelector('shariff-gate').getAttribute('state')"
HEIGHT = "document.querySelector('shariff-gate iframe').style.height"
FRAMES = "document.querySelectorAll('iframe').length"

OF_THE_SITE = (
    "text of the site", "cookie of the site", "storage of the site", "page's address", "asks the site", "leaves a worker",
)  # fmt: skip
KEPT = ("own cookie", "own storage", "own databases", "own caches")
NOTHING = {"own cookie": "", "own storage": "0", "own databases": "", "own caches": ""}
"""What the script finds of its own where there is nothing: ``null`` and ``null`` are 0."""


@contextmanager
def chromium_with_foreign_storage() -> Iterator[Browser]:
    """As Chrome comes: storage in frames of other sites is allowed, which Debian's browser turns off."""
    with tempfile.TemporaryDirectory() as profile, sync_playwright() as playwright:
        preferences = Path(profile) / "Default" / "Preferences"
        preferences.parent.mkdir()
        preferences.write_text(json.dumps(PREFERENCES), encoding="utf-8")
        running = playwright.chromium.launch_persistent_context(profile, executable_path=installed())
        yield Played(running.new_page())
        running.close()


BROWSERS = {**ENGINES, "chromium": chromium_with_foreign_storage}


@pytest.fixture
def stage(serve: Any) -> IsolatedStage:
    return IsolatedStage.set(serve)


def opened(browser: Browser) -> bool:
    browser.press()
    return until(lambda: browser.run_script(STATE) == "open")


def closed(browser: Browser) -> bool:
    """Withdrawn, and the frame that has the browser forget has come and gone."""
    browser.press()
    done = until(lambda: browser.run_script(STATE) == "asking")
    return done and until(lambda: browser.run_script(FRAMES) == 2)


@pytest.mark.parametrize(
    "engine", ["chromium", *(pytest.param(name, marks=pytest.mark.full) for name in ("firefox", "webkit"))]
)
def test_a_hostile_script_reaches_nothing_of_the_site_and_leaves_nothing(stage: IsolatedStage, engine: str) -> None:
    with BROWSERS[engine]() as browser:
        browser.open(stage.portal.url("/"))
        browser.run_script("(document.cookie = 'town=secret', localStorage.setItem('town', 'secret'))")
        assert stage.platform.received == []

        assert opened(browser)
        first = stage.platform.reports(1)[0]
        browser.run_script("window.postMessage({ shariff: 'removed', height: 4000 }, '*')")
        time.sleep(0.2)
        height, still = browser.run_script(HEIGHT), browser.run_script(STATE)
        assert closed(browser)
        assert opened(browser)
        second = stage.platform.reports(2)[1]
        browser.run_script("window.stayed = true")
        # What is refused at once needs no wait; a page that is led away would be gone by now.
        time.sleep(1)
        stayed = browser.run_script("window.stayed && location.pathname")

    assert {name: first[name] for name in OF_THE_SITE} == dict.fromkeys(OF_THE_SITE, "refused")
    assert {first["popup"], first["popup of its own"]} <= {"refused", "null"}
    assert (stayed, stage.platform.led_away) == ("/", [])
    assert first["leaves storage"] == first["leaves a database"] == first["leaves a cache"] == "left"
    assert {name: second[name] for name in KEPT} == NOTHING
    # A message of any other window or shape changes nothing.
    assert (still, 80 <= int(height.removesuffix("px")) < 1000) == ("open", True)


@pytest.mark.parametrize("engine", [pytest.param(name, marks=pytest.mark.full) for name in ("firefox", "webkit")])
def test_what_is_left_without_a_withdrawal_would_be_seen(stage: IsolatedStage, engine: str) -> None:
    with BROWSERS[engine]() as browser:
        browser.open(stage.portal.url("/"))
        assert opened(browser)
        stage.platform.reports(1)
        browser.reload()
        assert opened(browser)
        found = stage.platform.reports(2)[1]

    # WebKit does not list the databases of an earlier document at once.
    assert (found["own storage"], found["own caches"]) == ("herehere", "left")


@pytest.mark.full
def test_without_the_gate_the_same_script_has_it_all(stage: IsolatedStage) -> None:
    with chromium_with_foreign_storage() as browser:
        browser.open(stage.portal.url("/"))
        browser.run_script("(document.cookie = 'town=secret', localStorage.setItem('town', 'secret'))")
        browser.open(stage.portal.url("/in-the-page?stay"))
        told = stage.platform.reports(1)[0]
        browser.open(stage.portal.url("/in-the-page"))
        led_away = until(lambda: bool(stage.platform.led_away))

    assert (told["cookie of the site"], told["storage of the site"]) == ("town=secret", "secret")
    assert "Secret of the page" in told["text of the site"]
    assert led_away


@pytest.mark.full
def test_without_the_widget_the_link_above_the_content_removes_all_of_it(stage: IsolatedStage) -> None:
    with chromium_with_foreign_storage() as browser:
        browser.open(stage.portal.url("/?without"))
        browser.press()
        first = stage.platform.reports(1)[0]
        inside = browser._page.frame_locator("shariff-gate iframe").first  # type: ignore[attr-defined]
        inside.locator("[data-remove]").click()
        inside.locator("[data-shariff=removed]").wait_for()
        browser.press()
        second = stage.platform.reports(2)[1]

    assert first["leaves storage"] == "left"
    assert {name: second[name] for name in KEPT} == NOTHING


@pytest.mark.full
def test_an_audit_that_knows_the_host_finds_nothing(stage: IsolatedStage) -> None:
    stage.platform.script = "document.write('<p>Text</p>')"
    command = [
        str(Path(sys.executable).parent / "shariff-py"),
        "audit",
        stage.portal.url("/"),
        "--idle",
        "2",
        "--lang",
        "en",
    ]

    done = subprocess.run(
        [*command, "--own", f"localhost:{stage.portal.port}"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout.partition(".")[0]) == (0, "Nothing found"), done.stdout + done.stderr
    assert stage.platform.received != []


@pytest.mark.full
def test_a_script_that_does_not_come_is_reported(stage: IsolatedStage) -> None:
    stage.platform.there = False
    with BROWSERS["chromium"]() as browser:
        browser.open(stage.portal.url("/"))
        browser.press()
        failed = until(lambda: browser.run_script(STATE) == "failed")

    assert failed
