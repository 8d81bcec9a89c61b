"""One click is one decision about one gate: odd moments, odd hands, copies of a gate, and what the text says afterwards."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Locator, Page
from support.widget_stage import Stage, first_gate, in_state, inside_all_frames, opened, press

pytestmark = pytest.mark.browser

Chromium = Callable[..., AbstractContextManager[Page]]

KEY = "shariff:facebook:city"
STORED = "Object.keys(localStorage)"
HELD, SENT = "sendet Ihr Browser nicht mit", "kann Cookies mitsenden, an denen Facebook Sie erkennt"
EVENTS = """window.events = [];
for (const type of ['opened', 'closed', 'failed'])
  addEventListener('shariff:' + type, event => events.push(type))"""
OBJECTS = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true})"


@pytest.fixture
def stage(serve: Any) -> Stage:
    return Stage.set(serve)


def tick(page: Page, words: str = "90 Tage merken") -> None:
    first_gate(page).get_by_role("checkbox", name=words).check()


def unfolded(gate: Locator) -> str:
    """All that a gate says, its list unfolded."""
    gate.locator("details").evaluate("details => details.open = true")
    return gate.inner_text()


def remembered(page: Page, stage: Stage) -> None:
    """The first gate, opened with "remember" ticked."""
    page.goto(stage.url)
    tick(page)
    press(page)
    in_state(page, "open")


def loading(page: Page, stage: Stage) -> None:
    """The first gate with "remember" ticked and pressed; our own document is there, the platform's is still awaited."""
    stage.platform.answers.clear()
    page.add_init_script(EVENTS)
    page.goto(stage.url)
    tick(page)
    press(page)
    first_gate(page).frame_locator("iframe").locator("iframe").wait_for(state="attached")


# --- while content is on its way ---------------------------------------------------------------------------------------------------


def test_content_can_be_taken_back_while_it_still_loads(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        loading(page, stage)
        press(page)
        gate = in_state(page, "asking")
        stage.platform.answers.set()
        page.wait_for_timeout(300)

        assert gate.get_by_role("status").inner_text().startswith("Der Inhalt ist entfernt")
        assert page.evaluate("events") == ["closed"]
        assert page.evaluate(STORED) == []
        assert inside_all_frames(page) == ["about:blank", "about:blank"]


def test_what_never_came_is_not_remembered(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.add_init_script("customElements.whenDefined('shariff-gate').then(gate => gate.prototype.patience = 600)")
        loading(page, stage)
        page.evaluate("document.querySelector('shariff-gate').close()")
        page.evaluate("document.querySelector('shariff-gate').patience = 600")
        tick(page)
        press(page)
        in_state(page, "failed")
        stage.platform.answers.set()

        assert page.evaluate("events") == ["closed", "failed"]
        assert page.evaluate(STORED) == []


def test_what_is_remembered_and_does_not_come_can_be_withdrawn_there(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        remembered(page, stage)
        page.context.set_offline(True)
        page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
        gate = in_state(page, "failed")
        words = gate.locator("button").inner_text()
        choices = [box.is_visible() for box in gate.locator("input[type=checkbox]").all()]
        press(page)
        in_state(page, "asking")

        assert words == "Entfernen und widerrufen"
        assert choices == [False, False]
        assert page.evaluate(STORED) == []


# --- one click, one decision -------------------------------------------------------------------------------------------------------


def test_a_double_click_on_removing_is_one_decision(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        opened(page, stage)
        first_gate(page).locator("button").dblclick()
        page.wait_for_timeout(300)

        assert first_gate(page).get_attribute("state") == "asking"
    assert len(stage.requested_frames) == 1


def test_a_key_that_is_held_down_is_one_decision(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)
        first_gate(page).locator("button").focus()
        for _ in range(6):  # Without a key coming up in between, the browser marks these as repeats.
            page.keyboard.down("Enter")
            page.wait_for_timeout(60)
        page.keyboard.up("Enter")
        in_state(page, "open")
        page.wait_for_timeout(300)

        assert first_gate(page).get_attribute("state") == "open"
    assert len(stage.requested_frames) == 1


def test_removing_one_gate_leaves_the_others(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        opened(page, stage)
        page.locator("shariff-gate").nth(1).locator("button").click()
        page.wait_for_selector("shariff-gate[state=open] >> nth=1")
        press(page)
        in_state(page, "asking")
        page.evaluate(
            "window.open(location.origin + '/other').addEventListener('load', event => event.currentTarget.localStorage.clear())"
        )
        page.wait_for_timeout(500)

        assert page.locator("shariff-gate").nth(1).get_attribute("state") == "open"
        assert (
            page.locator("shariff-gate")
            .nth(1)
            .get_by_role("status")
            .inner_text()
            .startswith("Der Inhalt ist bei Facebook angefordert")
        )


# --- the same gate twice -----------------------------------------------------------------------------------------------------------


def test_a_copied_gate_loads_into_a_frame_of_its_own(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)
        page.evaluate(
            "const gate = document.querySelector('shariff-gate'); gate.parentElement.after(gate.parentElement.cloneNode(true))"
        )
        copy = page.locator("shariff-gate").nth(1)
        copy.locator("button").click()
        copy.and_(page.locator("[state=open]")).wait_for()

        assert copy.frame_locator("iframe").locator("iframe").count() == 1
        assert first_gate(page).get_attribute("state") == "asking"
        assert first_gate(page).locator("iframe").evaluate("frame => frame.contentDocument.URL") == "about:blank"


# --- the text afterwards -----------------------------------------------------------------------------------------------------------


def test_with_the_own_login_the_text_does_not_promise_the_opposite(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)
        first_gate(page).locator("summary").click()
        tick(page, "Mit meinem Facebook-Konto laden")
        before = unfolded(first_gate(page))
        press(page)
        gate = in_state(page, "open")
        after = unfolded(gate)
        press(page)
        in_state(page, "asking")

        for text in (before, after):
            assert (HELD in text, SENT in text) == (False, True)
        assert HELD in gate.inner_text()


def test_what_opened_by_itself_says_why(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        remembered(page, stage)
        just_now = unfolded(first_gate(page))
        page.reload()
        later = unfolded(in_state(page, "open"))
        press(page)
        closed = unfolded(in_state(page, "asking"))

    for text in (just_now, later):
        assert (
            "Dieser Browser hat Ihre Einwilligung für höchstens 90 Tage gespeichert. Alle Facebook-Inhalte laden"
            in text
        )
        assert "Beim Laden erhält Facebook" not in text
        assert "gilt Ihre Einwilligung nur für diesen Inhalt" not in text
    assert "Beim Laden erhält Facebook" in closed
    assert "Ohne „merken“ gilt Ihre Einwilligung nur für diesen Inhalt" in closed
    assert "hat Ihre Einwilligung für höchstens" not in closed


@pytest.mark.parametrize("kept", ["expired", "valid"])
def test_where_the_browser_objects_an_old_entry_changes_nothing(stage: Stage, chromium: Chromium, kept: str) -> None:
    with chromium() as page:
        remembered(page, stage)
        if kept == "expired":
            page.evaluate(
                f"localStorage['{KEY}'] = localStorage['{KEY}'].replace(/20\\S+ 20\\S+$/, '2026-01-01 2026-02-01')"
            )
        page.add_init_script(OBJECTS)
        page.reload()
        page.wait_for_timeout(200)
        left = page.evaluate(STORED)
        press(page)
        gate = in_state(page, "open")
        page.wait_for_timeout(200)

        assert left == ([KEY] if kept == "valid" else [])
        assert gate.get_attribute("state") == "open"
        assert gate.frame_locator("iframe").locator("iframe").count() == 1
        assert "gespeichert." not in gate.get_by_role("status").inner_text()


def test_a_prepared_page_does_not_open_what_was_withdrawn_meanwhile(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        remembered(page, stage)
        page.add_init_script("Object.defineProperty(Document.prototype, 'prerendering', {get: () => !window.seen})")
        page.reload()
        page.wait_for_timeout(300)
        requested = len(stage.requested_frames)
        page.evaluate("localStorage.clear()")
        page.evaluate("window.seen = true; document.dispatchEvent(new Event('prerenderingchange'))")
        page.wait_for_timeout(500)

        assert first_gate(page).get_attribute("state") == "asking"
    assert len(stage.requested_frames) == requested


# --- focus and place ---------------------------------------------------------------------------------------------------------------


def test_the_focus_is_not_lost_with_the_link_over_the_content(stage: Stage, chromium: Chromium) -> None:
    stage.platform.answers.clear()
    with chromium() as page:
        page.goto(stage.url)
        page.evaluate("document.querySelector('shariff-gate').patience = 1200")
        first_gate(page).locator("button").press("Enter")
        first_gate(page).locator(".shariff-skip").focus()
        in_state(page, "failed")
        stage.platform.answers.set()

        assert page.evaluate("document.activeElement.localName") == "button"


def test_the_link_over_the_content_stays_in_the_page_whatever_its_base(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        opened(page, stage)
        page.evaluate("document.head.append(Object.assign(document.createElement('base'), {href: '/elsewhere/'}))")
        first_gate(page).locator(".shariff-skip").press("Enter")
        page.wait_for_timeout(200)

        assert "elsewhere" not in page.url
        assert page.evaluate("document.activeElement.className") == "shariff-note shariff-paper"


@pytest.mark.parametrize("width", [320, 1280])
def test_open_it_is_one_line_above_the_content_and_one_below(stage: Stage, chromium: Chromium, width: int) -> None:
    with chromium(width=width) as page:
        gate = opened(page, stage)
        page.wait_for_timeout(300)

        read = [line.strip() for line in gate.inner_text().splitlines() if line.strip(" ,")]
        places = gate.evaluate(
            "gate => ['.shariff-heading', 'button', 'iframe', '.shariff-paper', 'details'].map(part => gate.querySelector(part).getBoundingClientRect()).map(box => [box.top, box.bottom])"
        )
        seen = gate.locator("button").evaluate(
            "button => { const { top, bottom } = button.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; }"
        )

    status = "Der Inhalt ist bei Facebook angefordert."
    assert [line for line in read if not line.startswith(status)] == [
        "Facebook-Beitrag",
        "Sommerfest",
        "Entfernen und widerrufen",
        "Geladenen Inhalt überspringen",
        "Bleibt das Feld leer? Auf Facebook öffnen",
        ", öffnet ein neues Fenster",
        "Alle Angaben zur Einwilligung",
    ]
    heading, button, content, note, details = places
    assert max(heading[1], button[1]) <= content[0] < content[1] <= min(note[0], details[0])
    assert seen


def test_a_list_that_was_unfolded_is_folded_over_the_content_and_unfolded_again_after_it(
    stage: Stage, chromium: Chromium
) -> None:
    with chromium() as page:
        page.goto(stage.url)
        first_gate(page).locator("summary").click()
        press(page)
        folded = in_state(page, "open").locator("dl").is_visible()
        press(page)

        assert in_state(page, "asking").locator("dl").is_visible()
    assert not folded


def test_a_double_click_on_loading_is_one_decision_too(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)
        first_gate(page).locator("button").dblclick()
        in_state(page, "open")
        page.wait_for_timeout(300)

        assert first_gate(page).get_attribute("state") == "open"
    assert len(stage.requested_frames) == 1


IN_ITS_STYLE = "scheme => (document.documentElement.style.colorScheme = scheme)"
IN_ITS_HEAD = """scheme => document.head.append(Object.assign(document.createElement("meta"), {name: "color-scheme", content: scheme}))"""


@pytest.mark.parametrize("says_it", [IN_ITS_STYLE, IN_ITS_HEAD], ids=["style", "meta"])
@pytest.mark.parametrize("page_is", ["light", "dark"])
def test_our_frame_is_as_light_or_dark_as_the_page(
    stage: Stage, chromium: Chromium, page_is: str, says_it: str
) -> None:
    with chromium() as page:
        page.emulate_media(color_scheme="dark" if page_is == "light" else "light")
        page.goto(stage.url)
        page.evaluate(says_it, page_is)
        press(page)
        in_state(page, "open")
        scheme = (
            first_gate(page)
            .locator("iframe")
            .evaluate("frame => getComputedStyle(frame.contentDocument.documentElement).colorScheme")
        )

    assert scheme == page_is


@pytest.mark.parametrize("is_open", [False, True], ids=["asking", "open"])
def test_on_paper_there_are_title_and_address_alone(stage: Stage, chromium: Chromium, is_open: bool) -> None:
    with chromium() as page:
        page.goto(stage.url)
        if is_open:
            press(page)
            in_state(page, "open")
        page.emulate_media(media="print")
        gate = first_gate(page)
        printed = [line.strip() for line in gate.inner_text().splitlines() if line.strip()]
        address = gate.locator(".shariff-paper a").evaluate("link => getComputedStyle(link, '::after').content")
        shown = page.locator("shariff-gate iframe, shariff-gate button, shariff-share").first.is_visible()

    assert printed == ["Facebook-Beitrag", "Sommerfest"]
    assert "/leinau/posts/123" in address
    assert not shown


# --- the list, and Mastodon --------------------------------------------------------------------------------------------------------


def test_who_is_not_known_any_more_is_listed_by_name_on_the_button_too(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        remembered(page, stage)
        for key in ("shariff:facebook:gone", "shariff:instagram:old"):
            page.evaluate(f"localStorage['{key}'] = localStorage['{KEY}']")
        page.goto(stage.site.url("/privacy"))
        page.get_by_role("button", name="Einwilligung für instagram, old widerrufen").click()

        assert page.get_by_role("button", name="Einwilligung für facebook, gone widerrufen").count() == 1
        assert sorted(page.evaluate(STORED)) == [KEY, "shariff:facebook:gone"]


def test_with_script_mastodon_says_that_it_opens_a_box_here(stage: Stage, chromium: Chromium) -> None:
    with chromium(javascript=False) as page:
        page.goto(stage.site.url("/share"))
        without = page.get_by_role("link", name="Auf Mastodon teilen").inner_text()
    with chromium() as page:
        page.goto(stage.site.url("/share"))
        button = page.get_by_role("button", name="Auf Mastodon teilen")
        expanded = [button.get_attribute("aria-expanded")]
        text = str(button.text_content())
        button.click()
        expanded.append(button.get_attribute("aria-expanded"))

        assert expanded == ["false", "true"]
        assert page.locator("a[data-service=mastodon]").count() == 0
    assert "öffnet ein neues Fenster" in without
    assert "Fenster" not in text
