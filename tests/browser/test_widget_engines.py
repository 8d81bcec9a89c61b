"""The main path in Firefox and in WebKit: silence, click, remove, reload.

A mock of the platform records what reached it; it is another site to the browser (``localhost`` instead of ``127.0.0.1``).
"""

from __future__ import annotations

import time
from typing import Any

import pytest
from support.engines import ENGINES, until
from support.widget_stage import Stage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.full,
    # Selenium's own class for WebKitGTK uses an argument that Selenium wants to be rid of.
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),
]


@pytest.fixture
def stage(serve: Any) -> Stage:
    return Stage.set(serve)


STATE = "document.querySelector('shariff-gate').getAttribute('state')"
STATUS = "document.querySelector('shariff-gate [role=status]').textContent"
COOKIES = "[...document.querySelectorAll('shariff-gate [data-when=held], shariff-gate [data-when=sent]')].slice(0, 2).filter(e => !e.hidden).map(e => e.dataset.when)[0]"
INSIDE = "document.querySelector('shariff-gate iframe').contentDocument.URL"


@pytest.mark.parametrize("engine", ["firefox", "webkit"])
def test_the_main_path_in_other_engines(stage: Stage, engine: str) -> None:
    with ENGINES[engine]() as browser:
        browser.open(stage.url)
        time.sleep(1)
        before = list(stage.platform.received)
        promised = browser.run_script(COOKIES)
        browser.run_script("document.querySelector('shariff-gate form button').click()")
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
        == "Der Inhalt ist bei Facebook angefordert. Bleibt das Feld leer, ist der Inhalt blockiert oder gelöscht, oder es besteht keine Verbindung."
    )
    assert len(received) == 1
    assert "Referer" not in received[0]
    assert (removed, inside, after_reload, stored) == (True, "about:blank", "asking", 0)
    assert (remembered, forgotten) == (True, 0)


@pytest.mark.parametrize("engine", ["firefox", "webkit"])
def test_an_unreachable_platform_is_reported_in_other_engines(stage: Stage, engine: str) -> None:
    stage.portal.settings = nowhere(stage)
    with ENGINES[engine]() as browser:
        browser.open(stage.url)
        browser.press()
        state = until(lambda: browser.run_script(STATE) == "failed")
        announced = browser.run_script(STATUS)

    assert state
    assert announced.startswith("Facebook hat nicht geantwortet.")


LAYERS = """(() => {
  const gate = document.querySelector("shariff-gate"), top = (part) => gate.querySelector(part).getBoundingClientRect().top;
  return [gate.querySelector("details").open, ...[".shariff-heading", "form > p", "button", "button + a", "iframe", ".shariff-paper", "summary"]
    .map((part) => gate.querySelector(part).getClientRects().length ? Math.round(top(part)) : -1)];
})()"""
"""Whether the list is unfolded; where each part stands, or -1 where it is not shown."""


@pytest.mark.parametrize("engine", ["firefox", "webkit"])
def test_the_layers_are_the_same_in_other_engines(stage: Stage, engine: str) -> None:
    with ENGINES[engine]() as browser:
        browser.open(stage.url)
        unfolded, heading, prose, button, around, frame, note, details = browser.run_script(LAYERS)
        browser.press()
        until(lambda: browser.run_script(STATE) == "open")
        open_list, open_heading, open_prose, open_button, open_around, open_frame, open_note, open_details = (
            browser.run_script(LAYERS)
        )

    assert (unfolded, open_list) == (False, False)
    assert (frame, note) == (-1, -1)
    assert heading < prose < button <= around < details
    assert button - heading < 300
    assert (open_prose, open_around) == (-1, -1)
    assert max(open_heading, open_button) < open_frame < min(open_note, open_details)


SHOWN = "getComputedStyle(document.querySelector('shariff-gate iframe')).display !== 'none'"


@pytest.mark.parametrize("engine", ["firefox", "webkit"])
def test_without_the_widgets_script_the_content_comes_into_sight_in_other_engines(stage: Stage, engine: str) -> None:
    with ENGINES[engine]() as browser:
        browser.open(stage.site.url("/without"))
        before = browser.run_script(SHOWN)
        browser.press()
        after = until(lambda: bool(browser.run_script(SHOWN)))
        came = until(lambda: bool(stage.platform.received))

    assert (before, after, came) == (False, True, True)


NOTED = "(window.opened = [], window.open = address => { window.opened.push(address); return null }, 0)"
"""Windows are noted instead of opened: their addresses lead to other people's servers."""
BARS = {"ours": "/share?lang=en", "heise's": "/heise?options=data-lang=en%20data-services=mastodon"}
BOX = "shariff-action [role=textbox]"
SAID = "document.querySelector('li.mastodon [role=status]').textContent"


@pytest.mark.parametrize("engine", ["firefox", "webkit"])
@pytest.mark.parametrize("bar", BARS)
def test_a_server_is_typed_in_in_other_engines(stage: Stage, engine: str, bar: str) -> None:
    with ENGINES[engine]() as browser:
        browser.open(stage.site.url(BARS[bar]))
        browser.run_script(NOTED)
        opened = until(lambda: bool(browser.run_script(f"document.querySelector('{BOX}') !== null")))
        browser.run_script("document.querySelector('[data-service=mastodon]').click()")
        focused = browser.run_script("document.activeElement.role")
        browser.write(BOX, "social")
        refused = until(lambda: bool(browser.run_script(SAID)))
        browser.write(BOX, ".leinau.example")
        went = until(lambda: bool(browser.run_script("window.opened.length")))
        typed = browser.run_script(f"document.querySelector('{BOX}').textContent")
        address = browser.run_script("window.opened[0]")

    assert (opened, focused, refused, went) == (True, "textbox", True, True)
    assert typed == "social.leinau.example"
    assert address.startswith("https://social.leinau.example/share?text=")


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
