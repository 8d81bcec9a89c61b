"""Three engines behind one interface: Chromium, Firefox, WebKit. Debian's packages where they are, else Playwright's own browsers."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Page, sync_playwright
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from shariff_py.audit.visit.chromium import installed

FIREFOX = "firefox-esr"
WEBKIT_DRIVER = "WebKitWebDriver"
MINI_BROWSER = "webkit2gtk-4.1/MiniBrowser"
DISPLAY_SERVER = "Xvfb"

REMEMBER = ".shariff-remember"
SHOW_CONTENT = "document.querySelector('shariff-gate iframe').contentDocument.querySelector('iframe').scrollIntoView()"


class Browser(Protocol):
    """What a person does, in whatever browser."""

    def open(self, address: str) -> None: ...
    def press(self) -> None: ...
    def press_inside(self, selector: str) -> None: ...
    def tick(self) -> None: ...
    def write(self, selector: str, text: str) -> None: ...
    def reload(self) -> None: ...
    def run_script(self, expression: str) -> Any: ...


class Played:
    """A browser driven through Playwright."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def open(self, address: str) -> None:
        self._page.goto(address)

    def press(self) -> None:
        self._page.locator("shariff-gate form button").first.click()

    def press_inside(self, selector: str) -> None:
        """Press something in the platform's frame of the first gate. Firefox and WebKit press beside it where the frame is out of sight."""
        self.run_script(SHOW_CONTENT)
        self._page.frame_locator("shariff-gate iframe").frame_locator("iframe").locator(selector).click()

    def tick(self) -> None:
        self._page.locator(REMEMBER).first.click()

    def write(self, selector: str, text: str) -> None:
        """Type a text and press Enter."""
        self._page.locator(selector).press_sequentially(text)
        self._page.locator(selector).press("Enter")

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
        self._driver.find_element(By.CSS_SELECTOR, "shariff-gate form button").click()

    def press_inside(self, selector: str) -> None:
        self.run_script(SHOW_CONTENT)
        for frame in ("shariff-gate iframe", "iframe"):
            self._driver.switch_to.frame(self._driver.find_element(By.CSS_SELECTOR, frame))
        self._driver.find_element(By.CSS_SELECTOR, selector).click()
        self._driver.switch_to.default_content()

    def tick(self) -> None:
        self._driver.find_element(By.CSS_SELECTOR, REMEMBER).click()

    def write(self, selector: str, text: str) -> None:
        self._driver.find_element(By.CSS_SELECTOR, selector).send_keys(text, Keys.ENTER)

    def reload(self) -> None:
        self._driver.refresh()

    def run_script(self, expression: str) -> Any:
        return self._driver.execute_script(f"return {expression}")


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=installed())
        yield Played(running.new_page())
        running.close()


@contextmanager
def firefox(*, isolated: bool = True) -> Iterator[Browser]:
    """``isolated``: frames of other sites have processes of their own, as for visitors. Presses made by a program do not reach them there."""
    program = shutil.which(FIREFOX)
    ordinary: dict[str, Any] = {"channel": "moz-firefox", "executable_path": program} if program else {}
    with sync_playwright() as playwright:
        running = playwright.firefox.launch(**ordinary, firefox_user_prefs={"fission.autostart": isolated})
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


ENGINES: dict[str, Callable[[], Any]] = {"chromium": chromium, "firefox": firefox, "webkit": webkit}
REACHED_INSIDE: dict[str, Callable[[], Any]] = {"firefox": partial(firefox, isolated=False), "webkit": webkit}
"""Engines in which a program can press inside a frame of another site."""


def until(condition: Callable[[], bool]) -> bool:
    """Whether something becomes true within ten seconds."""
    deadline = time.monotonic() + 10
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()
