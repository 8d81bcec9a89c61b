"""What people read of a gate, measured: the first layer is short in every language, and the button is near (DESIGN section 3a; R7, R111)."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from support.widget_stage import Stage, portal_settings

pytestmark = pytest.mark.browser

Chromium = Callable[..., AbstractContextManager[Page]]

DOCUMENT = Path(__file__).parents[2] / "docs" / "consent.md"
HEAD = "| language | characters before the button | characters in all | pixels from the gate's top to the button |\n|---|---|---|---|\n"
ONE_LINE = 26
"""CSS pixels by which fonts of other machines may break lines differently."""

MEASURED = """() => [...document.querySelectorAll("shariff-gate")].map((gate) => {
  const box = (part) => gate.querySelector(part).getBoundingClientRect();
  const seen = gate.innerText.replace(/\\s+/g, " ").trim();
  const [load, around] = [box("form button"), box("form button + a")];
  return {
    language: gate.lang,
    before: gate.querySelector("form > p:first-child").innerText.length,
    inAll: seen.length,
    distance: Math.round(load.top - gate.getBoundingClientRect().top),
    unequal: Math.abs(load.width - around.width) + (load.top === around.top ? Math.abs(load.height - around.height) : 0),
    folded: !gate.querySelector("dl").checkVisibility(),
  };
})"""


@pytest.fixture
def stage(serve: Any) -> Stage:
    """Without the note of a demonstration, which no visitor of a site reads."""
    stage = Stage.set(serve)
    stage.portal.settings = portal_settings("")
    return stage


def measured(stage: Stage, chromium: Chromium, width: int) -> list[dict[str, Any]]:
    with chromium(width=width) as page:
        page.goto(stage.site.url("/languages"))
        page.wait_for_selector("shariff-gate:defined")
        found: list[dict[str, Any]] = page.evaluate(MEASURED)
    return found


@pytest.mark.parametrize("width", [320, 1280])
def test_the_first_layer_is_read_in_five_seconds_in_every_language(
    stage: Stage, chromium: Chromium, width: int
) -> None:
    gates = measured(stage, chromium, width)

    assert len(gates) == 29
    assert [(gate["language"], gate["before"]) for gate in gates if gate["before"] > 200] == []
    assert [(gate["language"], gate["inAll"]) for gate in gates if gate["inAll"] > 500] == []
    assert [(gate["language"], gate["distance"]) for gate in gates if gate["distance"] > 300] == []
    assert [gate["language"] for gate in gates if gate["unequal"] > 1] == []
    assert all(gate["folded"] for gate in gates)


def test_the_table_in_the_documents_is_what_is_measured(stage: Stage, chromium: Chromium) -> None:
    """With SHARIFF_WRITE_TABLE=1 it is written anew."""
    gates = measured(stage, chromium, 320)
    text = DOCUMENT.read_text(encoding="utf-8")
    before, head, rest = text.partition(HEAD)
    rows = re.match(r"(?:\|.*\n)*", rest)
    assert rows is not None
    if os.environ.get("SHARIFF_WRITE_TABLE"):
        lines = [
            f"| {gate['language']} | {gate['before']} | {gate['inAll']} | {gate['distance']} |\n" for gate in gates
        ]
        DOCUMENT.write_text(f"{before}{head}{''.join(lines)}{rest[rows.end() :]}", encoding="utf-8")

    written = [re.findall(r"[\w-]+", row) for row in rows[0].splitlines()]

    assert head, "the table is not there"
    assert [row[:3] for row in written] == [
        [gate["language"], str(gate["before"]), str(gate["inAll"])] for gate in gates
    ]
    assert [
        row[0] for row, gate in zip(written, gates, strict=True) if abs(int(row[3]) - gate["distance"]) > ONE_LINE
    ] == []


def test_tick_boxes_and_buttons_grow_with_the_text(stage: Stage, chromium: Chromium) -> None:
    sizes = []
    with chromium(width=1280) as page:
        page.goto(stage.url)
        for scale in ("100%", "200%"):
            page.evaluate("size => { document.documentElement.style.fontSize = size }", scale)
            sizes.append(
                page.evaluate(
                    "['.shariff-remember', 'button'].map(part => document.querySelector(`shariff-gate ${part}`).getBoundingClientRect().height)"
                )
            )

    (box, _), (larger_box, larger_button) = sizes
    assert box == 20
    assert larger_box == 40
    assert larger_button >= 62


def test_a_gate_that_informs_as_a_whole_has_the_same_list_in_sight(stage: Stage, chromium: Chromium) -> None:
    with chromium(width=320) as page:
        page.goto(stage.url)
        page.locator("summary").first.click()
        unfolded = page.locator("shariff-gate dl").first.inner_text()
        stage.portal.settings = portal_settings("", information="whole")
        page.reload()
        whole = page.locator("shariff-gate dl").first
        in_sight, text = whole.is_visible(), whole.inner_text()

    assert in_sight
    assert text == unfolded
