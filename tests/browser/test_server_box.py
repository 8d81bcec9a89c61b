"""The box for the name of a Mastodon server: no text field of HTML, and yet as good as one, with the keyboard, by ear and in every colour."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page
from support.accessibility import findings
from support.widget_stage import Stage

pytestmark = pytest.mark.browser

Chromium = Callable[..., AbstractContextManager[Page]]

OPENED = "window.opened = []; window.open = address => { window.opened.push(address); return null }"
"""Windows are noted instead of opened: their addresses lead to other people's servers."""
BOX = "shariff-action [role=textbox]"


@pytest.fixture(scope="module")
def stage(serve: Any) -> Stage:
    return Stage.set(serve)


def ours(stage: Stage) -> str:
    return str(stage.site.url("/share?lang=en"))


def heises(stage: Stage) -> str:
    options = f"data-services='{json.dumps(['mastodon'])}' data-lang=en data-url=https://www.leinau.example/fest"
    return str(stage.site.url(f"/heise?options={quote(options)}"))


def opened(page: Page, address: str) -> Locator:
    """The box, opened by keyboard."""
    page.add_init_script(OPENED)
    page.goto(address)
    page.get_by_role("button", name="Share on Mastodon").press("Enter")
    return page.get_by_role("textbox", name="Address of your Mastodon server")


@pytest.mark.parametrize("bar", [ours, heises])
def test_it_is_used_by_keyboard_alone(stage: Stage, chromium: Chromium, bar: Callable[[Stage], str]) -> None:
    with chromium() as page:
        box = opened(page, bar(stage))
        begun = box.evaluate("box => box === document.activeElement")
        page.keyboard.type("social")
        page.keyboard.press("Enter")
        refused = box.evaluate("box => [box.textContent, box.ariaInvalid, box === document.activeElement]")
        said = page.locator("li.mastodon [role=status]").inner_text()
        page.keyboard.type(".leinau.example")
        page.keyboard.press("Shift+Enter")
        accepted = box.evaluate("box => [box.textContent, box.ariaInvalid, opened.map(each => each.split('?')[0])]")
        page.keyboard.press("Tab")
        next_ = page.evaluate("document.activeElement.textContent")

    assert begun is True
    assert refused == ["social", "true", True]
    assert said == "This is not the address of a server. It looks like mastodon.social."
    assert accepted == ["social.leinau.example", "false", ["https://social.leinau.example/share"]]
    assert next_ == "Continue to Mastodon"


def test_what_is_pasted_arrives_as_text_alone(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        box = opened(page, ours(stage))
        page.evaluate(
            "() => { const copied = document.querySelector('main').appendChild(document.createElement('p')); copied.id = 'copied';"
            " const [bold, link] = ['b', 'a'].map(tag => document.createElement(tag)); link.href = '/other';"
            " bold.textContent = 'social.'; link.textContent = 'leinau.example'; copied.append(bold, link);"
            " document.activeElement.blur(); getSelection().selectAllChildren(copied) }"
        )
        page.keyboard.press("ControlOrMeta+c")
        box.focus()
        page.keyboard.press("ControlOrMeta+v")
        page.keyboard.press("Enter")

        assert box.evaluate("box => [box.textContent, box.children.length]") == ["social.leinau.example", 0]
        assert page.evaluate("opened[0].split('?')[0]") == "https://social.leinau.example/share"


def test_it_tells_what_it_is_and_axe_finds_nothing(stage: Stage, chromium: Chromium) -> None:
    found = {}
    with chromium() as page:
        for colours in ("light", "dark"):
            page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
            box = opened(page, ours(stage))
            page.evaluate("document.documentElement.style.colorScheme = 'light dark'")
            found[colours] = findings(page, "li.mastodon")
            box.press("Enter")
            found[f"{colours}, refused"] = findings(page, "li.mastodon")
        tree = page.locator("li.mastodon form").aria_snapshot()
        multiline = box.get_attribute("aria-multiline")

    assert {state: list_ for state, list_ in found.items() if list_} == {}
    assert 'textbox "Address of your Mastodon server"' in tree
    assert multiline == "false"


@pytest.mark.parametrize("forced", ["none", "active"])
def test_its_edge_and_its_focus_are_seen(stage: Stage, chromium: Chromium, forced: Any) -> None:
    with chromium() as page:
        page.emulate_media(forced_colors=forced)
        box = opened(page, ours(stage))
        style = box.evaluate(
            "box => { const { outlineStyle, outlineWidth, borderTopStyle, height } = getComputedStyle(box);"
            " return [outlineStyle, outlineWidth, borderTopStyle, parseFloat(height) >= 44] }"
        )
        hint = [box.evaluate("box => getComputedStyle(box, '::before').content")]
        page.keyboard.type("a")
        hint.append(box.evaluate("box => getComputedStyle(box, '::before').content"))

    assert style == ["solid", "3px", "solid", True]
    assert hint == ['"mastodon.social"', "none"]


def test_its_visible_name_leads_into_it(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        box = opened(page, ours(stage))
        page.get_by_role("button", name="Continue to Mastodon").focus()
        page.locator("li.mastodon form > span").first.click(position={"x": 5, "y": 5})

        assert box.evaluate("box => box === document.activeElement") is True


def test_a_bar_that_is_moved_or_copied_still_asks(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.add_init_script(OPENED)
        page.goto(ours(stage))
        page.evaluate(
            "() => { const bar = document.querySelector('shariff-share'); const copy = bar.cloneNode(true);"
            " document.body.append(bar, copy) }"
        )
        for place in (0, 1):
            page.get_by_role("button", name="Share on Mastodon").nth(place).click()
            page.keyboard.type(f"server{place}.example")
            page.keyboard.press("Enter")

        assert page.locator(BOX).count() == 2
        assert page.evaluate("opened.map(each => each.split('/')[2])") == ["server0.example", "server1.example"]


def test_a_browser_that_cannot_edit_plain_text_keeps_the_link(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        # As Firefox did before 136, for which the value is none.
        page.add_init_script(
            "Object.defineProperty(HTMLElement.prototype, 'contentEditable', { get: () => 'inherit' })"
        )
        page.add_init_script(OPENED)
        page.goto(ours(stage))
        page.get_by_role("link", name="Share on Mastodon").click()

        assert page.locator(BOX).count() == 0
        assert page.evaluate("opened[0]").startswith("https://share.joinmastodon.org/#text=")
