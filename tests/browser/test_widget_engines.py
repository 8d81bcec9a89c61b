"""The main path in Firefox and in WebKit: silence, click, remove, reload. Debian's packages where they are, else Playwright's own browsers.

A mock of the platform records what reached it; it is another site to the browser (``localhost`` instead of ``127.0.0.1``).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Page, sync_playwright
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
from support.widget_stage import Stage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.full,
    # Selenium's own class for WebKitGTK uses an argument that Selenium wants to be rid of.
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),
]

FIREFOX = "firefox-esr"
WEBKIT_DRIVER = "WebKitWebDriver"
MINI_BROWSER = "webkit2gtk-4.1/MiniBrowser"
DISPLAY_SERVER = "Xvfb"

REMEMBER = "[data-option=remember] > input"


class Browser(Protocol):
    """What a person does, in whatever browser."""

    def open(self, address: str) -> None: ...
    def press(self) -> None: ...
    def tick(self) -> None: ...
    def reload(self) -> None: ...
    def run_script(self, expression: str) -> Any: ...


class Played:
    """A browser driven through Playwright."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def open(self, address: str) -> None:
        self._page.goto(address)

    def press(self) -> None:
        self._page.locator("shariff-gate form > button").first.click()

    def tick(self) -> None:
        self._page.locator(REMEMBER).first.click()

    def reload(self) -> None:
        self._page.reload()

    def run_script(self, expression: str) -> Any:
        return self._page.evaluate(f"() => {expression}")


class WebKit:
    """Driven through WebKitGTK's own driver."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver

    def open(self, address: str) -> None:
        self._driver.get(address)

    def press(self) -> None:
        self._driver.find_element(By.CSS_SELECTOR, "shariff-gate form > button").click()

    def tick(self) -> None:
        self._driver.find_element(By.CSS_SELECTOR, REMEMBER).click()

    def reload(self) -> None:
        self._driver.refresh()

    def run_script(self, expression: str) -> Any:
        return self._driver.execute_script(f"return {expression}")


@contextmanager
def firefox() -> Iterator[Browser]:
    program = shutil.which(FIREFOX)
    ordinary: dict[str, Any] = {"channel": "moz-firefox", "executable_path": program} if program else {}
    with sync_playwright() as playwright:
        running = playwright.firefox.launch(**ordinary)
        yield Played(running.new_page())
        running.close()


@contextmanager
def webkit() -> Iterator[Browser]:
    program, display = shutil.which(WEBKIT_DRIVER), shutil.which(DISPLAY_SERVER)
    if program is None or display is None:
        with sync_playwright() as playwright:
            running = playwright.webkit.launch()
            yield Played(running.new_page())
            running.close()
        return
    options = Options()
    options.binary_location = str(
        next(place / MINI_BROWSER for place in Path("/usr/lib").iterdir() if (place / MINI_BROWSER).exists())
    )
    options.add_argument("--automation")
    with screen(display) as number:
        driver = webdriver.WebKitGTK(options=options, service=Service(program, env={**os.environ, "DISPLAY": number}))
        try:
            yield WebKit(driver)
        finally:
            driver.quit()


@contextmanager
def screen(display: str) -> Iterator[str]:
    """An invisible screen; the server picks its own number."""
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [display, "-displayfd", str(writing), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as reply:
            yield f":{reply.readline().strip()}"
    finally:
        process.terminate()
        process.wait()


ENGINES: dict[str, Callable[[], Any]] = {"firefox": firefox, "webkit": webkit}


def until(condition: Callable[[], bool]) -> bool:
    """Whether something becomes true within ten seconds."""
    deadline = time.monotonic() + 10
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


@pytest.fixture
def stage(serve: Any) -> Stage:
    return Stage.set(serve)


STATE = "document.querySelector('shariff-gate').getAttribute('state')"
STATUS = "document.querySelector('shariff-gate [role=status]').textContent"
COOKIES = "[...document.querySelectorAll('shariff-gate [data-cookies]')].slice(0, 2).filter(e => !e.hidden).map(e => e.dataset.cookies)[0]"
INSIDE = "document.querySelector('shariff-gate iframe').contentDocument.URL"


@pytest.mark.parametrize("engine", ENGINES)
def test_the_main_path_in_other_engines(stage: Stage, engine: str) -> None:
    with ENGINES[engine]() as browser:
        browser.open(stage.url)
        time.sleep(1)
        before = list(stage.platform.received)
        promised = browser.run_script(COOKIES)
        browser.run_script("document.querySelector('shariff-gate form > button').click()")
        time.sleep(0.5)
        after_a_made_up_click = list(stage.platform.received)

        browser.press()
        opened = until(lambda: browser.run_script(STATE) == "open")
        announced = browser.run_script(STATUS)
        received = list(stage.platform.received)

        browser.press()
        removed = until(lambda: browser.run_script(STATE) == "asking")
        inside = browser.run_script(INSIDE)
        browser.reload()
        time.sleep(1)
        after_reload = browser.run_script(STATE)
        stored = browser.run_script("localStorage.length")

        browser.tick()
        browser.press()
        until(lambda: browser.run_script(STATE) == "open")
        browser.reload()
        remembered = until(lambda: browser.run_script(STATE) == "open")
        browser.press()
        until(lambda: browser.run_script(STATE) == "asking")
        forgotten = browser.run_script("localStorage.length")

    assert (before, after_a_made_up_click) == ([], [])
    assert promised == "sent"
    assert opened, announced
    assert (
        announced
        == "Der Inhalt von Facebook ist geladen. Bleibt das Feld leer, ist der Inhalt blockiert oder gelöscht."
    )
    assert len(received) == 1
    assert "Referer" not in received[0]
    assert (removed, inside, after_reload, stored) == (True, "about:blank", "asking", 0)
    assert (remembered, forgotten) == (True, 0)


@pytest.mark.parametrize("engine", ENGINES)
def test_an_unreachable_platform_is_reported_in_other_engines(stage: Stage, engine: str) -> None:
    stage.portal.settings = nowhere(stage)
    with ENGINES[engine]() as browser:
        browser.open(stage.url)
        browser.press()
        state = until(lambda: browser.run_script(STATE) == "failed")
        announced = browser.run_script(STATUS)

    assert state
    assert announced.startswith("Der Inhalt konnte nicht geladen werden.")


def nowhere(stage: Stage) -> Any:
    """The portal with a platform at an address without a server."""
    settings = stage.portal.settings
    return type(settings).from_mapping(
        {
            "frame": {"secrets": list(settings.frame.secrets)},
            "releases": {"facebook": {"state": "released"}},
            "controllers": {
                "city": {"name": "Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}
            },
            "stand_in": {"www.facebook.com": "http://localhost:9"},
        }
    )
