"""The gate in a real browser: only a click opens it, everything can be undone, and nothing comes back by itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Page
from support.widget_stage import (
    SECRET_PLACE,
    Stage,
    first_gate,
    go,
    in_state,
    inside_all_frames,
    opened,
    press,
)

from shariff_py.response_policy.frames import SANDBOX

pytestmark = pytest.mark.browser

Chromium = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def stage(serve: Any) -> Stage:
    return Stage.set(serve)


# --- silence -----------------------------------------------------------------------------------------------------------------------


def test_the_platform_learns_neither_page_nor_login_of_ours(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        opened(page, stage)

    (requested,) = stage.requested_frames
    assert "Referer" not in requested
    assert "Cookie" not in requested
    assert "Sec-Ch-Ua" not in requested
    assert not any(SECRET_PLACE in entry or str(stage.site.port) in entry for entry in stage.platform.received)


def test_nothing_is_stored_on_the_device(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        opened(page, stage)
        press(page)

        kept = page.evaluate(
            "async () => [document.cookie, localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,"
            " (await caches.keys()).length]"
        )

        assert kept == ["", 0, 0, 0, 0]
        assert page.context.cookies() == []


# --- only a click ------------------------------------------------------------------------------------------------------------------

NOT_A_PRESS = {
    "click()": "button.click()",
    "a made-up click": "button.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))",
    "requestSubmit()": "button.form.requestSubmit()",
    "requestSubmit(button)": "button.form.requestSubmit(button)",
    "a made-up submit": "button.form.dispatchEvent(new SubmitEvent('submit', {bubbles: true, cancelable: true}))",
    "submit()": "button.form.submit()",
    "a made-up key": "button.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}))",
    "focus": "button.focus()",
}


@pytest.mark.parametrize("what", NOT_A_PRESS)
def test_what_no_person_did_opens_nothing(stage: Stage, chromium: Chromium, what: str) -> None:
    with chromium() as page:
        page.goto(stage.url)
        page.evaluate(f"const button = document.querySelector('shariff-gate button'); {NOT_A_PRESS[what]}")
        page.wait_for_timeout(700)

        assert first_gate(page).get_attribute("state") == "asking"
    assert stage.platform.received == []


def test_without_the_widget_a_made_up_click_does_open_so_the_test_above_can_fail(
    stage: Stage, chromium: Chromium
) -> None:
    with chromium() as page:
        page.goto(stage.site.url("/without"))
        page.evaluate("document.querySelector('shariff-gate button').click()")
        page.wait_for_timeout(700)

    assert len(stage.requested_frames) == 1


def test_a_click_that_another_script_cancelled_does_not_count_later(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)
        page.evaluate(
            "() => { document.querySelector('shariff-gate button').onclick = event => event.preventDefault() }"
        )
        press(page)
        page.wait_for_timeout(100)
        page.evaluate("document.querySelector('shariff-gate form').requestSubmit()")
        page.wait_for_timeout(500)

    assert stage.platform.received == []


def test_a_page_can_prevent_opening(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)
        page.evaluate("addEventListener('shariff:open', event => event.preventDefault())")
        press(page)
        page.wait_for_timeout(500)

        assert first_gate(page).get_attribute("state") == "asking"
    assert stage.platform.received == []


def test_a_double_click_is_one_decision(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)
        first_gate(page).locator("button").dblclick()

        in_state(page, "open")
    assert len(stage.requested_frames) == 1


# --- open and closed ---------------------------------------------------------------------------------------------------------------


@pytest.mark.smoke
def test_the_click_opens_this_gate_and_dispatches_events(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)
        page.evaluate(
            "window.announced = []; for (const type of ['open', 'opened', 'failed', 'closed']) addEventListener('shariff:' + type,"
            " event => announced.push([event.type, event.detail.platform, event.detail.kind]))"
        )
        press(page)
        gate = in_state(page, "open")

        assert gate.frame_locator("iframe").frame_locator("iframe").locator("#post").inner_text() == (
            "Das Fest beginnt um 18 Uhr."
        )
        assert gate.get_by_role("status").inner_text().startswith("Der Inhalt ist bei Facebook angefordert.")
        assert gate.get_by_role("button").inner_text() == "Entfernen und widerrufen"
        assert page.evaluate("document.activeElement.innerText") == "Entfernen und widerrufen"
        assert page.locator("shariff-gate").nth(1).get_attribute("state") == "asking"
        assert page.evaluate("announced") == [
            ["shariff:open", "facebook", "post"],
            ["shariff:opened", "facebook", "post"],
        ]


def test_the_platform_s_frame_is_restricted_as_far_as_the_browser_can(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        gate = opened(page, stage)

        content = gate.frame_locator("iframe").locator("iframe")

        assert content.evaluate("frame => [frame.credentialless, frame.referrerPolicy]") == [True, "no-referrer"]
        assert content.get_attribute("sandbox") == SANDBOX
        assert content.get_attribute("title") == "Facebook-Beitrag"


def test_the_whole_document_of_ours_is_visible_without_a_second_scrollbar(stage: Stage, chromium: Chromium) -> None:
    with chromium(width=320) as page:
        gate = opened(page, stage)
        page.wait_for_timeout(300)

        inside = gate.locator("iframe").evaluate(
            "frame => [frame.contentDocument.documentElement.scrollHeight, frame.clientHeight]"
        )

        assert inside[0] == inside[1] >= 200


@pytest.mark.smoke
def test_removing_takes_everything_away_at_once(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        opened(page, stage)
        sent = len(stage.platform.received)
        press(page)
        gate = in_state(page, "asking")
        page.wait_for_timeout(700)

        assert page.evaluate("frames.length") == 2
        assert gate.locator("iframe").evaluate("frame => frame.contentWindow.frames.length") == 0
        assert (
            gate.get_by_role("status")
            .inner_text()
            .startswith("Der Inhalt ist entfernt, diese Einwilligung widerrufen.")
        )
        assert gate.get_by_role("button").inner_text() == "Beitrag laden und Daten an Facebook senden"
        assert page.evaluate("document.activeElement.localName") == "button"
    assert len(stage.platform.received) == sent


def test_with_script_there_is_one_way_to_remove_the_content(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        gate = opened(page, stage)

        assert gate.frame_locator("iframe").get_by_role("link", name="Inhalt entfernen").count() == 0
        assert gate.get_by_role("button", name="Entfernen und").count() == 1


def test_it_can_be_opened_again(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        opened(page, stage)
        press(page)
        in_state(page, "asking")
        press(page)
        in_state(page, "open")

    assert len(stage.requested_frames) == 2


def test_a_gate_that_is_put_in_later_works_and_one_that_is_taken_out_is_closed(
    stage: Stage, chromium: Chromium
) -> None:
    with chromium() as page:
        page.goto(stage.url)
        page.evaluate(
            "const gate = document.querySelector('shariff-gate'), copy = gate.cloneNode(true); gate.replaceWith(copy)"
        )
        press(page)
        in_state(page, "open")
        page.evaluate("const gate = document.querySelector('shariff-gate'); gate.remove(); document.body.append(gate)")

        assert page.locator("shariff-gate[state=open]").count() == 0
        assert page.evaluate("document.querySelectorAll('shariff-gate[state=asking]').length") == 2


# --- nothing comes back ------------------------------------------------------------------------------------------------------------


@pytest.mark.smoke
@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("step", ["reload", "back", "back and forward"])
def test_content_does_not_come_back_by_itself(stage: Stage, chromium: Chromium, javascript: bool, step: str) -> None:
    with chromium(javascript=javascript) as page:
        page.goto(stage.site.url("/other"))
        page.goto(stage.url)
        press(page)
        page.wait_for_timeout(1_000)
        assert len(stage.requested_frames) == 1
        if step == "reload":
            page.reload()
        elif step == "back":
            page.get_by_role("link", name="Mehr").click()
            page.wait_for_url("**/other")
            go(page, "back")
        else:
            go(page, "back")
            go(page, "forward")
        page.wait_for_timeout(500)

        assert SECRET_PLACE in page.url
        assert not first_gate(page).locator("iframe").is_visible()
    assert len(stage.platform.received) == 1


def test_a_page_kept_for_going_back_is_kept_without_content(stage: Stage, chromium: Chromium) -> None:
    with chromium(going_back_is_instant=True) as page:
        opened(page, stage)
        page.evaluate("addEventListener('pageshow', event => (window.cameFromCache = event.persisted))")
        page.get_by_role("link", name="Mehr").click()
        page.wait_for_url("**/other")
        go(page, "back")

        assert page.evaluate("window.cameFromCache") is True
        assert first_gate(page).get_attribute("state") == "asking"
        assert first_gate(page).get_by_role("status").inner_text() == ""
        assert inside_all_frames(page) == ["about:blank", "about:blank"]
        press(page)
        in_state(page, "open")
    assert len(stage.requested_frames) == 2


def test_without_script_an_instant_way_back_sends_nothing_either(stage: Stage, chromium: Chromium) -> None:
    with chromium(javascript=False, going_back_is_instant=True) as page:
        page.goto(stage.url)
        press(page)
        page.wait_for_timeout(1_000)
        page.get_by_role("link", name="Mehr").click()
        page.wait_for_url("**/other")
        go(page, "back")

        assert SECRET_PLACE in page.url
    assert len(stage.platform.received) == 1


def test_content_opened_before_the_widget_came_is_taken_away_too(stage: Stage, chromium: Chromium) -> None:
    with chromium(going_back_is_instant=True) as page:
        page.goto(stage.site.url("/late"), wait_until="domcontentloaded")
        press(page)
        page.wait_for_timeout(700)
        stage.portal.widget_may_come.set()
        page.wait_for_function("() => Boolean(customElements.get('shariff-gate'))")
        page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")

        assert inside_all_frames(page) == ["about:blank", "about:blank"]


# --- without script ----------------------------------------------------------------------------------------------------------------


def test_without_script_the_frame_takes_no_space_until_the_click(stage: Stage, chromium: Chromium) -> None:
    with chromium(javascript=False) as page:
        page.goto(stage.url)
        frame_before = first_gate(page).locator("iframe").is_visible()
        press(page)

        gate = first_gate(page)
        gate.frame_locator("iframe").frame_locator("iframe").locator("#post").wait_for()
        assert frame_before is False
        assert gate.locator("iframe").is_visible()
        assert gate.get_by_role("link", name="Ohne Facebook ansehen").is_visible()
        assert gate.get_by_role("button").inner_text() == "Noch einmal laden"
        assert not gate.get_by_text("Beim Laden erhält Facebook").is_visible()
        assert not gate.get_by_text("Am See").is_visible()
        assert not page.locator("shariff-gate").nth(1).locator("iframe").is_visible()


@pytest.mark.smoke
def test_without_script_content_can_be_removed_and_going_back_does_not_load_it_again(
    stage: Stage, chromium: Chromium
) -> None:
    with chromium(javascript=False) as page:
        page.goto(stage.url)
        press(page)
        inside = first_gate(page).frame_locator("iframe")
        inside.get_by_role("link", name="Inhalt entfernen").click()
        inside.get_by_text("Der Inhalt ist entfernt, Ihre Einwilligung dafür widerrufen.").wait_for()
        go(page, "back")

    assert len(stage.platform.received) == 1


# --- the page around it ------------------------------------------------------------------------------------------------------------


def test_loading_looks_no_louder_than_the_ways_around_it(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)

        looks = page.evaluate(
            "[...document.querySelectorAll('shariff-gate .shariff-choice')].slice(0, 3).map(e => { const s = getComputedStyle(e);"
            " return [s.color, s.backgroundColor, s.borderColor, s.borderWidth, s.fontSize, s.fontWeight, s.minHeight] })"
        )

        assert looks[0] == looks[1] == looks[2]


def test_the_strictest_policy_is_kept(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        opened(page, stage)
        press(page)
        in_state(page, "asking")

        assert complaints == []


def test_loading_the_widget_twice_does_no_harm(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(stage.site.url("/twice"))
        press(page)
        in_state(page, "open")

        assert problems == []
    assert len(stage.requested_frames) == 1


@pytest.mark.parametrize("path", ["/privacy", "/region", "/share", "/share?theme=color&popup", "/languages"])
def test_no_page_of_ours_needs_an_exception_from_the_strictest_policy(
    stage: Stage, chromium: Chromium, path: str
) -> None:
    with chromium() as page:
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(stage.site.url(path))
        page.wait_for_timeout(200)
        inline = page.evaluate("document.querySelectorAll('[style], [onclick], style, script:not([src])').length")

        assert (complaints, inline) == ([], 0)
