"""Remembering and withdrawing: only by the visitor's tick, for one platform and one controller, seen and undone in one place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page
from support.widget_stage import Stage, first_gate, in_state, inside_all_frames, press

pytestmark = pytest.mark.browser

Chromium = Callable[..., AbstractContextManager[Page]]

KEY = "shariff:facebook:city"
STORED = "Object.entries(localStorage).map(entry => entry.join(' = '))"
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def stage(serve: Any) -> Stage:
    return Stage.set(serve)


def remember_box(page: Page) -> Any:
    return first_gate(page).get_by_role("checkbox", name="90 Tage merken")


def remembered(page: Page, stage: Stage) -> str:
    """The first gate opened with "remember" ticked; what is stored."""
    page.goto(stage.url)
    remember_box(page).check()
    press(page)
    in_state(page, "open")
    (entry,) = page.evaluate(STORED)
    return str(entry)


def on_the_day(page: Page, when: datetime) -> None:
    """From the next load on it is that moment. Playwright's own clock would take away the list of what was loaded as well."""
    page.add_init_script(f"Date.now = () => {int(when.timestamp() * 1000)}")


# --- the tick ----------------------------------------------------------------------------------------------------------------------


def test_nothing_is_ticked_and_ticking_alone_does_nothing(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)
        for details in page.locator("summary").all():
            details.click()
        boxes = page.get_by_role("checkbox").all()
        before = [box.is_checked() for box in boxes]
        for box in boxes:
            box.check()
        page.wait_for_timeout(300)

        assert before == [False] * 4
        assert page.evaluate(STORED) == []
        assert page.locator("shariff-gate[state=asking]").count() == 2
    assert stage.platform.received == []


@pytest.mark.parametrize("tick", ["box.click()", "box.checked = true"])
def test_a_tick_that_no_person_made_is_not_remembered(stage: Stage, chromium: Chromium, tick: str) -> None:
    with chromium() as page:
        page.goto(stage.url)
        page.evaluate(f"const box = document.querySelector('input.shariff-remember'); {tick}")
        press(page)
        in_state(page, "open")

        assert page.evaluate(STORED) == []


def test_a_tick_on_the_words_or_by_the_space_bar_counts(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)
        first_gate(page).get_by_text("90 Tage merken").click()
        remember_box(page).press("Space")
        remember_box(page).press("Space")
        press(page)
        in_state(page, "open")

        assert len(page.evaluate(STORED)) == 1


@pytest.mark.parametrize("javascript", [True, False])
def test_the_enter_key_in_a_tick_box_is_no_click(stage: Stage, chromium: Chromium, javascript: bool) -> None:
    with chromium(javascript=javascript) as page:
        page.goto(stage.url)
        first_gate(page).locator("summary").click()
        first_gate(page).get_by_role("checkbox").first.press("Enter")
        page.wait_for_timeout(500)

    assert stage.platform.received == []


@pytest.mark.parametrize("going_back_is_instant", [True, False])
def test_nothing_stays_ticked(stage: Stage, chromium: Chromium, going_back_is_instant: bool) -> None:
    with chromium(going_back_is_instant=going_back_is_instant) as page:
        page.goto(stage.url)
        remember_box(page).check()
        page.get_by_role("link", name="Mehr").click()
        page.wait_for_url("**/other")
        page.go_back(wait_until="commit")
        page.wait_for_timeout(500)
        after_back = remember_box(page).is_checked()
        remember_box(page).check()
        press(page)
        in_state(page, "open")
        press(page)
        in_state(page, "asking")

        assert after_back is False
        assert remember_box(page).is_checked() is False


def test_one_entry_without_identifier_at_day_precision(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        on_the_day(page, NOW)
        first = remembered(page, stage)
        status = first_gate(page).get_by_role("status").inner_text()
    with chromium() as page:
        on_the_day(page, NOW + timedelta(hours=9))
        second = remembered(page, stage)
        cookies = page.context.cookies()

    name, value = first.split(" = ")
    form, version, granted, expires = value.split(" ")
    assert first == second
    assert name == KEY
    assert (form, len(version), granted, expires) == ("1", 12, "2026-11-25", "2027-02-23")
    assert status == (
        "Der Inhalt ist bei Facebook angefordert. Ihre Einwilligung ist für höchstens 90 Tage gespeichert. "
        "Bleibt das Feld leer, ist der Inhalt blockiert oder gelöscht, oder es besteht keine Verbindung."
    )
    assert cookies == []


def test_the_entry_never_leaves_the_device(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        entry = remembered(page, stage)
        page.reload()
        # Both gates of the page: what is remembered is the platform, not the post.
        page.wait_for_selector("shariff-gate[state=open] >> nth=1")

    version = entry.split(" = ")[1].split(" ")[1]
    received = stage.portal.received + stage.platform.received
    assert sum(requested.startswith("POST /shariff/frame") for requested in received) == 1 + 2
    assert len(stage.requested_frames) == 1 + 2
    assert [requested for requested in received if version in requested or "remember" in requested] == []


# --- what it does ------------------------------------------------------------------------------------------------------------------


def test_remembered_content_opens_by_itself_without_an_announcement(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        remembered(page, stage)
        page.reload()
        gate = in_state(page, "open")
        page.wait_for_selector("shariff-gate[state=open] >> nth=1")

        assert gate.get_by_role("status").inner_text() == ""
        assert page.evaluate("document.activeElement.localName") == "body"
        assert gate.get_by_role("button").inner_text() == "Entfernen und widerrufen"


def test_another_controller_needs_a_consent_of_its_own(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        remembered(page, stage)
        page.goto(stage.site.url("/region"))
        page.wait_for_timeout(500)

        assert first_gate(page).get_attribute("state") == "asking"
        assert "Region Leinau" in first_gate(page).inner_text()


def test_it_ends_after_the_days_that_were_promised(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        on_the_day(page, NOW)
        remembered(page, stage)
        on_the_day(page, NOW + timedelta(days=89))
        page.reload()
        in_state(page, "open")
        on_the_day(page, NOW + timedelta(days=90))
        page.reload()
        page.wait_for_timeout(500)

        assert first_gate(page).get_attribute("state") == "asking"
        assert page.evaluate(STORED) == []


HOLDS_NO_MORE = {
    "another version of the text": "1 0123456789ab 2026-11-25 2027-02-23",
    "another form": "2 VERSION 2026-11-25 2027-02-23",
    "longer than anything lasts": "1 VERSION 2026-11-25 2030-01-01",
    "from the future": "1 VERSION 2026-12-25 2027-02-23",
    "cut off": "1 VERSION",
    "something else": "true",
}


def test_an_entry_that_does_not_hold_opens_nothing_and_goes(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        on_the_day(page, NOW)
        page.goto(stage.url)
        version = str(first_gate(page).get_attribute("data-version"))
        left = {}
        for what, entry in HOLDS_NO_MORE.items():
            page.evaluate(
                "([key, value]) => localStorage.setItem(key, value)", [KEY, entry.replace("VERSION", version)]
            )
            page.reload()
            page.wait_for_timeout(100)
            left[what] = [first_gate(page).get_attribute("state"), page.evaluate(STORED)]
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, f"1 {version} 2026-11-25 2027-02-23"])
        page.reload()

        in_state(page, "open")
        assert left == {what: ["asking", []] for what in HOLDS_NO_MORE}
    assert len(stage.requested_frames) == 2


def test_a_page_prepared_in_advance_waits_until_it_is_seen(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        remembered(page, stage)
        before = len(stage.requested_frames)
        page.add_init_script("Object.defineProperty(Document.prototype, 'prerendering', {get: () => !window.seen})")
        page.reload()
        page.wait_for_timeout(500)
        unseen = len(stage.requested_frames)
        page.evaluate("window.seen = true; document.dispatchEvent(new Event('prerenderingchange'))")
        in_state(page, "open")

        assert unseen == before


# --- signals -----------------------------------------------------------------------------------------------------------------------

SIGNALS = {
    "Global Privacy Control": "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true})",
    "Do Not Track": "Object.defineProperty(Navigator.prototype, 'doNotTrack', {get: () => '1'})",
}


@pytest.mark.parametrize("signal", SIGNALS)
def test_a_browser_that_objects_remembers_nothing(stage: Stage, chromium: Chromium, signal: str) -> None:
    with chromium() as page:
        remembered(page, stage)
        requested = len(stage.requested_frames)
        page.add_init_script(SIGNALS[signal])
        page.reload()
        page.wait_for_timeout(500)
        gate = first_gate(page)

        assert gate.get_attribute("state") == "asking"
        assert len(stage.requested_frames) == requested
        assert not remember_box(page).is_visible()
        assert gate.get_by_text("Ihr Browser bittet darum, keine Daten weiterzugeben.").is_visible()
        press(page)
        in_state(page, "open")
        assert len(page.evaluate(STORED)) == 1


def test_where_storage_is_denied_remembering_is_not_offered(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('denied', 'SecurityError') }})"
        )
        page.goto(stage.url)
        offered = remember_box(page).is_visible()
        press(page)

        in_state(page, "open")
        assert offered is False


# --- undoing ------------------------------------------------------------------------------------------------------------------------


def test_one_click_removes_content_and_entry(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        remembered(page, stage)
        page.reload()
        page.wait_for_selector("shariff-gate[state=open] >> nth=1")
        press(page)
        page.wait_for_timeout(300)
        sent = len(stage.platform.received)
        page.reload()
        page.wait_for_timeout(500)

        assert page.evaluate(STORED) == []
        assert page.locator("shariff-gate[state=asking]").count() == 2
        assert inside_all_frames(page) == ["about:blank", "about:blank"]
    assert len(stage.platform.received) == sent


def test_the_list_shows_each_consent_and_withdraws_it(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        on_the_day(page, NOW)
        remembered(page, stage)
        page.goto(stage.site.url("/region"))
        first_gate(page).get_by_role("checkbox", name="90 Tage merken").check()
        press(page)
        in_state(page, "open")
        page.goto(stage.site.url("/privacy"))
        listed = page.get_by_role("region").get_by_role("listitem").all_inner_texts()
        page.get_by_role("button", name="Einwilligung für Facebook widerrufen: Stadt Leinau").click()

        assert [" ".join(text.split()) for text in listed] == [
            "Facebook, verantwortlich: Stadt Leinau gespeichert am 25. November 2026, bleibt höchstens bis 23. Februar 2027 "
            "Einwilligung für Facebook widerrufen",
            "Facebook, verantwortlich: Region Leinau gespeichert am 25. November 2026, bleibt höchstens bis 23. Februar 2027 "
            "Einwilligung für Facebook widerrufen",
        ]
        assert page.get_by_role("status").inner_text() == "Widerrufen. Diese Inhalte laden nicht mehr von selbst."
        assert page.evaluate("document.activeElement.textContent") == "Ihre gespeicherten Einwilligungen"
        assert page.get_by_role("listitem").count() == 1
        assert page.evaluate("Object.keys(localStorage)") == ["shariff:facebook:region"]


def test_all_can_be_withdrawn_at_once(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        remembered(page, stage)
        value = page.evaluate(f"localStorage['{KEY}']")
        page.evaluate("value => localStorage.setItem('shariff:facebook:gone', value)", value)
        page.goto(stage.site.url("/privacy"))
        names = [text.split("\n")[0] for text in page.get_by_role("listitem").all_inner_texts()]
        page.get_by_role("button", name="Alle widerrufen").click()

        assert names[0].startswith("Facebook, verantwortlich: Stadt Leinau")
        assert names[1].startswith("facebook, gone")
        assert page.evaluate(STORED) == []
        assert page.get_by_text("Zurzeit ist nichts gespeichert.").is_visible()


def test_withdrawing_in_one_tab_takes_content_away_in_the_other(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        remembered(page, stage)
        other = page.context.new_page()
        other.goto(stage.site.url("/privacy"))
        other.get_by_role("button", name="Einwilligung für Facebook widerrufen").click()
        in_state(page, "asking")

        assert inside_all_frames(page) == ["about:blank", "about:blank"]
        assert first_gate(page).get_by_role("status").inner_text().startswith("Der Inhalt ist entfernt")


def test_the_list_follows_what_happens_in_another_tab(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.site.url("/privacy"))
        empty = page.get_by_role("listitem").count()
        other = page.context.new_page()
        remembered(other, stage)
        page.get_by_role("button", name="Einwilligung für Facebook widerrufen").wait_for()
        press(other)
        page.get_by_text("Zurzeit ist nichts gespeichert.").wait_for()

        assert empty == 0


def test_without_script_the_list_says_why_it_is_empty(stage: Stage, chromium: Chromium) -> None:
    with chromium(javascript=False) as page:
        page.goto(stage.site.url("/privacy"))

        assert page.get_by_text("Diese Liste braucht JavaScript.").is_visible()
        assert page.get_by_role("button").count() == 0


# --- with my login, and what the text promises --------------------------------------------------------------------------------------


def unfolded(page: Page) -> str:
    """All that the first gate says, its list unfolded."""
    first_gate(page).locator("summary").click()
    return first_gate(page).inner_text()


CANNOT = "delete HTMLIFrameElement.prototype.credentialless"


def test_the_text_says_what_this_browser_can_do(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)
        holds_back = unfolded(page)
        page.add_init_script(CANNOT)
        page.reload()
        does_not = unfolded(page)
    with chromium(javascript=False) as page:
        page.goto(stage.url)
        unknown = unfolded(page)

    held, sent = (
        "Cookies und Ihre Anmeldung bei Facebook sendet Ihr Browser nicht mit.",
        "Ihr Browser kann Cookies mitsenden, an denen Facebook Sie erkennt.",
    )
    assert (held in holds_back, sent in holds_back, "Mit meinem Facebook-Konto laden" in holds_back) == (
        True,
        False,
        True,
    )
    assert (held in does_not, sent in does_not, "Mit meinem Facebook-Konto laden" in does_not) == (False, True, False)
    assert (held in unknown, sent in unknown, "Mit meinem Facebook-Konto laden" in unknown) == (False, True, True)


@pytest.mark.parametrize("javascript", [True, False])
def test_with_my_login_is_a_second_choice(stage: Stage, chromium: Chromium, javascript: bool) -> None:
    with chromium(javascript=javascript) as page:
        page.goto(stage.url)
        first_gate(page).locator("summary").click()
        first_gate(page).get_by_role("checkbox", name="Mit meinem Facebook-Konto laden").check()
        press(page)
        content = first_gate(page).frame_locator("iframe").locator("iframe")
        content.wait_for()

        assert content.get_attribute("credentialless") is None
        assert "allow-storage-access-by-user-activation" in str(content.get_attribute("sandbox"))


def test_a_login_that_is_not_offered_is_not_used(stage: Stage, chromium: Chromium) -> None:
    stage.portal.settings = stage.portal.settings.from_mapping(
        {
            "frame": {"secrets": ["only for these tests"]},
            "releases": {"facebook": {"state": "released"}},
            "controllers": {
                "city": {"name": "Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}
            },
            "stand_in": stage.portal.settings.stand_in,
        }
    )
    with chromium() as page:
        page.goto(stage.url)
        page.evaluate(
            "document.querySelector('shariff-gate form').append(Object.assign(document.createElement('input'),"
            " {type: 'hidden', name: 'login', value: '1'}))"
        )
        press(page)
        content = first_gate(page).frame_locator("iframe").locator("iframe")

        assert content.get_attribute("credentialless") is not None
