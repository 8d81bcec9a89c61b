"""When content does not come: a clear message and the link, announced; never an endless grey box. In Chromium, for each reason."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright
from support.headless_shell import headless_shell
from support.widget_stage import Stage, first_gate, in_state, opened, portal_settings, press

from shariff_py.audit.visit.chromium import NO_SUGGESTIONS, installed

pytestmark = pytest.mark.browser

Chromium = Callable[..., AbstractContextManager[Page]]

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
EMPTY = "Bleibt das Feld leer, ist der Inhalt blockiert oder gelöscht, oder es besteht keine Verbindung."
NOT_ANSWERED = "Facebook hat nicht geantwortet. Ihre Anfrage kann dort trotzdem angekommen sein."
NOT_SENT = "Unser Server zeigt diesen Inhalt nicht. An Facebook wurde nichts gesendet."
LINK = "Auf Facebook öffnen"


@pytest.fixture
def stage(serve: Any) -> Stage:
    return Stage.set(serve)


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def close_platform_port(stage: Stage) -> None:
    stage.portal.settings = portal_settings(f"http://localhost:{closed_port()}")


def the_post_is_deleted(stage: Stage) -> None:
    stage.platform.deleted = True


def nothing_is_in_it(stage: Stage) -> None:
    stage.platform.content = ""


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("why", [close_platform_port, the_post_is_deleted, nothing_is_in_it])
def test_what_chromium_does_not_reveal_is_explained_beside_it(
    stage: Stage, chromium: Chromium, why: Callable[[Stage], None], javascript: bool
) -> None:
    why(stage)
    with chromium(javascript=javascript) as page:
        page.goto(stage.url)
        press(page)

        assert_failure_announced(page)


def test_a_name_that_does_not_resolve_is_reported_the_same_way(stage: Stage, without_that_name: Page) -> None:
    without_that_name.goto(stage.url)
    press(without_that_name)

    assert_failure_announced(without_that_name)
    assert stage.platform.received == []


PLACES = """root => ['iframe', WHERE, WHERE + ' a'].map(part => {
  const {top, bottom} = root.querySelector(part).getBoundingClientRect();
  return {top, bottom};
})"""


def assert_failure_announced(page: Page) -> None:
    """Where to find the content is written right at the empty space: below it, and without script above it; and it was announced."""
    with_script = page.evaluate("customElements.get('shariff-gate') !== undefined")
    if with_script:
        assert in_state(page, "open").get_by_role("status").inner_text().endswith(EMPTY)
    inside = first_gate(page).frame_locator("iframe")
    around = first_gate(page) if with_script else inside.locator("body")
    where = ".shariff-paper" if with_script else ".shariff-source"
    link = around.locator(where).get_by_role("link", name=LINK)
    link.wait_for()
    # All at one moment: the frame takes the height of what is in it.
    content_at, line_at, link_at = around.evaluate(PLACES.replace("WHERE", repr(where)))

    assert "Bleibt das Feld leer" in around.locator(where).inner_text()
    assert line_at["top"] <= link_at["top"] < link_at["bottom"] <= line_at["bottom"]
    between = line_at["top"] - content_at["bottom"] if with_script else content_at["top"] - line_at["bottom"]
    assert 0 <= between < 24
    assert str(link.get_attribute("href")).endswith("/leinau/posts/123")
    assert link.get_attribute("target") == "_blank"


@pytest.fixture
def without_that_name(playwright: Playwright) -> Iterator[Page]:
    """A Chromium for which the platform's name does not exist."""
    browser = playwright.chromium.launch(
        executable_path=headless_shell() or installed(),
        args=["--host-resolver-rules=MAP localhost ~NOTFOUND"],
    )
    yield browser.new_page()
    browser.close()


BLOCKER = {
    "manifest.json": {
        "manifest_version": 3,
        "name": "blocker",
        "version": "1",
        "permissions": ["declarativeNetRequest"],
        "host_permissions": ["<all_urls>"],
        "declarative_net_request": {"rule_resources": [{"id": "rules", "enabled": True, "path": "rules.json"}]},
    },
    "rules.json": [
        {
            "id": 1,
            "priority": 1,
            "action": {"type": "block"},
            "condition": {"urlFilter": "/plugins/", "resourceTypes": ["sub_frame"]},
        }
    ],
}
"""An extension as visitors have them, with one rule of theirs."""


def test_content_that_a_visitors_extension_blocks_is_reported(
    stage: Stage, tmp_path: Path, playwright: Playwright
) -> None:
    for name, content in BLOCKER.items():
        (tmp_path / name).write_text(json.dumps(content))
    switches = ["--headless=new", f"--disable-extensions-except={tmp_path}", f"--load-extension={tmp_path}"]
    switches.append(f"{NO_SUGGESTIONS},DisableLoadExtensionCommandLineSwitch")
    # Its own "headless" would be the old one, which has no extensions.
    context = playwright.chromium.launch_persistent_context(
        tmp_path / "profile",
        executable_path=installed(),
        headless=False,
        args=switches,
        ignore_default_args=["--disable-extensions"],
    )
    page = context.pages[0]
    page.goto(stage.url)
    press(page)
    gate = in_state(page, "failed")
    announced = gate.get_by_role("status").inner_text()
    link = gate.get_by_role("link", name="Ohne Facebook ansehen").is_visible()
    box = gate.locator("iframe").is_visible()
    context.close()

    assert announced == NOT_ANSWERED
    assert (link, box) == (True, False)
    assert stage.platform.received == []


def test_a_browser_that_keeps_the_list_of_what_was_loaded_to_itself_is_no_failure(
    stage: Stage, chromium: Chromium
) -> None:
    """Firefox does so where it resists fingerprinting; Playwright's clock has the same effect."""
    with chromium() as page:
        page.clock.set_fixed_time(NOW)
        gate = opened(page, stage)

        inside = gate.locator("iframe").evaluate("f => f.contentWindow.performance.getEntriesByType('resource').length")
        assert inside == 0


def test_a_forged_embed_token_is_refused_and_the_visitor_is_informed(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)
        page.evaluate("document.querySelector('[name=embed]').value = 'forged'")
        press(page)
        gate = in_state(page, "failed")

        assert gate.get_by_role("status").inner_text() == NOT_SENT
        assert gate.get_by_role("button").inner_text() == "Noch einmal laden"
        assert not gate.locator("iframe").is_visible()
    assert stage.platform.received == []


def test_a_release_that_ended_since_the_page_was_made_opens_nothing(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)
        stage.portal.settings = portal_settings(stage.stand_in.localhost, "suspended")
        press(page)

        assert in_state(page, "failed").get_by_role("status").inner_text() == NOT_SENT
    assert stage.platform.received == []


def test_a_platform_that_does_not_respond_times_out(stage: Stage, chromium: Chromium) -> None:
    stage.platform.answers.clear()
    with chromium() as page:
        page.goto(stage.url)
        page.evaluate("document.querySelector('shariff-gate').patience = 600")
        press(page)
        assert in_state(page, "opening").get_by_role("status").inner_text() == "Der Inhalt wird angefordert."
        gate = in_state(page, "failed")

        assert gate.locator("iframe").evaluate("frame => frame.contentDocument.URL") == "about:blank"
        assert gate.get_by_role("status").inner_text() == NOT_ANSWERED
        stage.platform.answers.set()
    assert len(stage.requested_frames) == 1


def test_an_unreachable_server_of_our_own_is_reported_as_well(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)
        page.context.set_offline(True)
        press(page)

        announced = in_state(page, "failed").get_by_role("status").inner_text()

    assert announced == NOT_SENT
    assert stage.platform.received == []


ACCIDENTS = {
    "blocked": lambda route: route.abort(),
    "broken": lambda route: route.fulfill(body="throw new Error('broken')", content_type="text/javascript"),
    "cut off": lambda route: route.fulfill(body="class ShariffGate extends HTMLEl", content_type="text/javascript"),
}


@pytest.mark.parametrize("accident", ACCIDENTS)
def test_without_its_script_the_gate_stays_closed_until_the_click(
    stage: Stage, chromium: Chromium, accident: str
) -> None:
    with chromium() as page:
        page.route("**/shariff.min.js*", ACCIDENTS[accident])
        page.goto(stage.url)
        page.wait_for_timeout(300)
        before = len(stage.platform.received)
        press(page)
        first_gate(page).frame_locator("iframe").frame_locator("iframe").locator("#post").wait_for()

    assert before == 0
    assert len(stage.requested_frames) == 1
