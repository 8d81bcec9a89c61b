"""The widget where room is short, on paper, and under the keyboard: nothing breaks, jumps or hides."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Page
from support.widget_stage import Stage, first_gate, opened

pytestmark = pytest.mark.browser

Chromium = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def stage(serve: Any) -> Stage:
    return Stage.set(serve)


BROKEN = """() => [...document.querySelectorAll(".share_text")].filter((label) => label.checkVisibility()).map((label) => {
  const words = document.createRange();
  words.selectNodeContents(label);
  const lines = new Set([...words.getClientRects()].map((line) => Math.round(line.top))).size;
  return [label.textContent, lines, label.textContent.trim().split(/\\s+/).length];
})"""


@pytest.mark.parametrize("width", [320, 1280])
def test_with_text_of_twice_the_size_a_label_breaks_between_words_only(
    stage: Stage, chromium: Chromium, width: int
) -> None:
    with chromium(width=width) as page:
        page.goto(stage.site.url("/share"))
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        labels = page.evaluate(BROKEN)
        wide = page.evaluate("document.documentElement.scrollWidth")

    assert len(labels) > 20
    assert [label for label, lines, words in labels if lines > words] == []
    assert wide <= width


def test_whatever_the_keyboard_reaches_has_the_same_ring(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)
        first_gate(page).locator("summary").click()
        first_gate(page).locator("form button").focus()
        rings = {}
        while page.evaluate(
            "document.activeElement.closest('shariff-gate') === document.querySelector('shariff-gate')"
        ):
            name, ring = page.evaluate(
                "() => { const it = document.activeElement, {outlineStyle, outlineWidth, outlineOffset} = getComputedStyle(it);"
                " return [it.name || it.className || it.localName, [outlineStyle, outlineWidth, outlineOffset].join(' ')] }"
            )
            rings[name] = ring
            page.keyboard.press("Tab")

    assert {"shariff-remember", "login", "shariff-choice", "summary"} <= set(rings)
    assert set(rings.values()) == {"solid 3px 2px"}


def test_above_an_open_gate_is_no_more_room_than_beside_it(stage: Stage, chromium: Chromium) -> None:
    with chromium(width=1280) as page:
        opened(page, stage)
        above, beside = page.evaluate(
            "() => { const gate = document.querySelector('shariff-gate'), button = gate.querySelector('form button');"
            " const of = gate.getBoundingClientRect(), at = button.getBoundingClientRect();"
            " return [at.top - of.top, of.right - at.right] }"
        )

    assert abs(above - beside) < 1


def test_on_paper_the_address_stands_below_the_title_of_an_open_gate(stage: Stage, chromium: Chromium) -> None:
    with chromium(width=1280) as page:
        opened(page, stage)
        page.emulate_media(media="print")
        title, address = page.evaluate(
            "() => ['.shariff-heading', '.shariff-paper'].map((part) => {"
            " const {left, top, bottom} = document.querySelector(`shariff-gate ${part}`).getBoundingClientRect(); return {left, top, bottom} })"
        )

    assert title["left"] == address["left"]
    assert title["bottom"] <= address["top"]


def test_in_easy_german_each_sentence_of_a_message_has_a_line(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.site.url("/languages"))
        easy = page.locator("shariff-gate[lang=de-simple]")
        easy.locator("form button").click()
        page.wait_for_selector("shariff-gate[lang=de-simple][state=open]")
        said = easy.get_by_role("status").evaluate(
            "(status) => [status.querySelectorAll('br').length, status.innerText]"
        )

    assert said[0] == 4
    assert said[1].split("\n") == [
        "Der Inhalt wird von Facebook geholt.",
        "Ist das Feld leer?",
        "Vielleicht ist der Inhalt gesperrt.",
        "Vielleicht ist er gelöscht.",
        "Vielleicht fehlt das Internet.",
    ]


def test_the_box_for_a_server_moves_no_button_beside_it(stage: Stage, chromium: Chromium) -> None:
    with chromium(width=1280) as page:
        page.goto(stage.site.url("/share"))
        where = (
            "[...document.querySelectorAll('.shariff-bar > li > .shariff-choice, .shariff-bar > li > shariff-action > .shariff-choice')]"
            ".filter((button) => button.checkVisibility()).map((button) => button.getBoundingClientRect()).map(({ x, width }) => [x, width])"
        )
        before = page.evaluate(where)
        page.locator("li.mastodon [data-service]").click()
        after = page.evaluate(where)
        box, go_on = page.evaluate(
            "['[role=textbox]', '[type=submit]'].map((part) => document.querySelector(`.mastodon ${part}`).getBoundingClientRect())"
            ".map(({ top, bottom }) => [top, bottom])"
        )
        ring = page.locator("[role=textbox]").evaluate("(box) => getComputedStyle(box).outlineWidth")

    assert len(before) > 15
    assert after == before
    assert 6 <= go_on[0] - box[1] <= 10
    assert ring == "3px"
