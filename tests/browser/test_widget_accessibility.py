"""For everybody: axe-core finds nothing in any theme, language and state; names, widths, colours and the keyboard hold as well."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Page
from support.accessibility import findings
from support.pairs import each_pair
from support.widget_stage import Stage, first_gate, in_state, opened, portal_settings, press

from shariff_py.platforms.registry import REGISTRY
from shariff_py.settings.checks import THEMES
from shariff_py.texts import LANGUAGES

pytestmark = pytest.mark.browser

Chromium = Callable[..., AbstractContextManager[Page]]

GATES = "shariff-gate"


@pytest.fixture
def stage(serve: Any) -> Stage:
    return Stage.set(serve)


def in_every_gate(page: Page, state: str, tamper: bool = False) -> None:
    """Press every gate of the page and wait until all are in that state."""
    if tamper:
        page.evaluate("document.querySelectorAll('[name=embed]').forEach(field => (field.value = 'forged'))")
    gates = page.locator(GATES).all()
    for gate in gates:
        # By keyboard: what opens above moves what a pointer is on its way to.
        gate.locator("form button").press("Enter")
    page.wait_for_selector(f"{GATES}[state={state}] >> nth={len(gates) - 1}", state="attached")


def in_the_readers_colours(page: Page) -> None:
    """The page itself, which has no style sheet of its own, follows light and dark."""
    page.evaluate(
        "document.documentElement.style.colorScheme = 'light dark'; document.querySelector('a[href=\"/other\"]')?.style.setProperty('color', 'inherit')"
    )


# --- axe-core ----------------------------------------------------------------------------------------------------------------------


def test_axe_finds_nothing_in_any_language_and_state(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.site.url("/languages"))
        in_the_readers_colours(page)
        found = {"asking": findings(page)}
        # The colours are the same in every language.
        page.emulate_media(color_scheme="dark")
        found["asking in the dark"] = findings(page, "main div[lang=de]")
        page.emulate_media(color_scheme="light")
        in_every_gate(page, "failed", tamper=True)
        found["failed"] = findings(page)
        page.goto(stage.site.url("/languages"))
        in_the_readers_colours(page)
        in_every_gate(page, "open")
        found["open"] = findings(page)

        assert page.locator(GATES).count() == len(LANGUAGES)
        assert {state: list_ for state, list_ in found.items() if list_} == {}


def test_axe_finds_nothing_in_any_other_state(stage: Stage, chromium: Chromium) -> None:
    found = {}
    with chromium() as page:
        page.goto(stage.url)
        in_the_readers_colours(page)
        first_gate(page).locator("summary").click()
        found["unfolded"] = findings(page)
        first_gate(page).locator(".shariff-remember").check()
        stage.platform.answers.clear()
        press(page)
        in_state(page, "opening")
        found["opening"] = findings(page)
        stage.platform.answers.set()
        in_state(page, "open")
        found["open, and its list unfolded"] = unfolded_again(page)
        page.reload()
        in_state(page, "open")
        found["remembered"] = findings(page)
        press(page)
        in_state(page, "asking")
        found["withdrawn"] = findings(page)
        page.goto(stage.site.url("/picture"))
        found["with a picture"] = findings(page)
        stage.portal.settings = portal_settings(stage.stand_in.localhost, information="whole")
        page.goto(stage.url)
        found["whole"] = findings(page)
        stage.portal.settings = portal_settings(stage.stand_in.localhost, "suspended")
        page.reload()
        found["closed"] = findings(page)
        closed = page.locator(".shariff-closed").count()
    stage.portal.settings = portal_settings(stage.stand_in.localhost)
    with chromium(javascript=False) as page:
        page.goto(stage.url)
        press(page)
        first_gate(page).frame_locator("iframe").locator("iframe").wait_for()
        shown = first_gate(page).locator("button").inner_text()

    assert {state: list_ for state, list_ in found.items() if list_} == {}
    assert (closed, shown) == (2, "Noch einmal laden")


def unfolded_again(page: Page) -> list[str]:
    first_gate(page).locator("summary").click()
    return findings(page)


@each_pair(theme=THEMES, colours=["light", "dark"], style=["standard", "icon", "icon-count"])
def test_axe_finds_nothing_in_any_theme(stage: Stage, chromium: Chromium, theme: str, colours: Any, style: str) -> None:
    with chromium() as page:
        page.emulate_media(color_scheme=colours)
        page.goto(stage.site.url(f"/share?theme={theme}&button_style={style}&orientation=vertical"))
        in_the_readers_colours(page)
        found = findings(page)
        page.locator("li.facebook a").hover()
        found_under_the_pointer = findings(page, "li.facebook")

    assert (found, found_under_the_pointer) == ([], [])


@pytest.mark.parametrize("lang", ["de", "fa"])
def test_axe_finds_nothing_in_the_list_of_consents_and_in_the_adapter(
    stage: Stage, chromium: Chromium, lang: str
) -> None:
    with chromium() as page:
        page.goto(stage.site.url(f"/?lang={lang}"))
        first_gate(page).locator("input.shariff-remember").check()
        press(page)
        in_state(page, "open")
        page.goto(stage.site.url(f"/privacy?lang={lang}"))
        listed = findings(page)
        options = (
            f"data-lang='{lang}' data-services='{[*REGISTRY]}'".replace(", '", ', "')
            .replace("['", '["')
            .replace("',", '",')
            .replace("']", '"]')
        )
        page.goto(stage.site.url("/heise?options=" + options.replace('"', "%22")))
        page.wait_for_selector(".share_count")

        assert page.locator(".shariff li").count() > 20
        assert listed + findings(page) == []


def test_axe_is_looking(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)
        page.evaluate("document.querySelector('shariff-gate iframe').removeAttribute('title')")
        gate = opened_with(page)
        page.evaluate("document.querySelector('.shariff-heading').style.color = '#bbb'")
        gate.locator("iframe").evaluate(
            "frame => frame.contentDocument.querySelector('iframe').removeAttribute('title')"
        )

        rules = {finding.split(":")[0] for finding in findings(page)}

        assert {"color-contrast", "frame-title"} <= rules


def opened_with(page: Page) -> Any:
    press(page)
    return in_state(page, "open")


# --- what a screen reader gets ------------------------------------------------------------------------------------------------------


def test_the_accessibility_tree_of_a_closed_gate(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)
        tree = first_gate(page).aria_snapshot().replace(stage.stand_in.localhost, "https://www.facebook.com")

    assert [line.strip() for line in tree.splitlines()] == [
        "- 'region \"Facebook-Beitrag: Sommerfest\"':",
        "- paragraph: Facebook-Beitrag",
        '- heading "Sommerfest" [level=2]',
        "- blockquote: Am See",
        "- paragraph: Beim Laden erhält Facebook (Meta, Irland und USA) unter anderem Ihre IP-Adresse und Angaben zu Ihrem Gerät und kann sie für "
        "eigene Zwecke nutzen.",
        "- status",
        '- button "Beitrag laden und Daten an Facebook senden"',
        '- link "Ohne Facebook ansehen":',
        "- /url: /aktuelles",
        '- paragraph: "Freiwillig. Ihre Einwilligung widerrufen Sie hier mit einem Klick. Verantwortlich: Stadt Leinau, gemeinsam mit Meta."',
        '- paragraph: "Demo: Statt Facebook antwortet ein Testserver auf diesem Rechner."',
        "- 'checkbox \"90 Tage merken: Facebook-Inhalte laden dann sofort (verantwortlich: Stadt Leinau).\"'",
        '- text: "90 Tage merken: Facebook-Inhalte laden dann sofort (verantwortlich: Stadt Leinau)."',
        "- group: Alle Angaben zur Einwilligung",
    ]


def test_the_accessibility_tree_of_an_open_gate_and_of_its_list(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        gate = opened(page, stage)
        gate.locator("summary").click()
        tree = gate.aria_snapshot().replace(stage.stand_in.localhost, "https://www.facebook.com")

    lines = [re.sub(r"#shariff-[\w-]+", "#NAME-end", line.strip()) for line in tree.splitlines()]
    first, behind = lines[: lines.index("- term: Empfänger")], lines[lines.index("- term: Empfänger") :]
    assert first == [
        "- 'region \"Facebook-Beitrag: Sommerfest\"':",
        "- paragraph: Facebook-Beitrag",
        '- heading "Sommerfest" [level=2]',
        "- status: Der Inhalt ist bei Facebook angefordert. Bleibt das Feld leer, ist der Inhalt blockiert oder gelöscht, oder es besteht keine "
        "Verbindung.",
        '- button "Entfernen und widerrufen"',
        '- link "Geladenen Inhalt überspringen":',
        '- /url: "#NAME-end"',
        "- iframe",
        "- paragraph:",
        "- text: Bleibt das Feld leer?",
        '- link "Auf Facebook öffnen , öffnet ein neues Fenster":',
        "- /url: https://www.facebook.com/leinau/posts/123",
        "- group:",
        "- text: Alle Angaben zur Einwilligung",
    ]
    assert [line.removeprefix("- term: ") for line in behind if line.startswith("- term")] == [
        "Empfänger", "Daten", "Zwecke", "Auf Ihrem Gerät", "USA", "Gemeinsam verantwortlich", "Widerruf",
    ]  # fmt: skip


def test_the_button_is_described_by_the_sentence_before_it_and_no_more(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)
        client = page.context.new_cdp_session(page)
        tree = client.send("Accessibility.getFullAXTree")["nodes"]

    (described, _) = [
        node["description"]["value"]
        for node in tree
        if node.get("name", {}).get("value") == "Beitrag laden und Daten an Facebook senden"
        and node["role"]["value"] == "button"
    ]
    assert described == (
        "Beim Laden erhält Facebook (Meta, Irland und USA) unter anderem Ihre IP-Adresse und Angaben zu Ihrem Gerät und kann sie für eigene Zwecke "
        "nutzen."
    )


def test_what_is_announced_and_when(stage: Stage, chromium: Chromium) -> None:
    """The live region is there before anything happens, says each change once, and nothing when a page is opened."""
    with chromium() as page:
        page.goto(stage.url)
        page.evaluate(
            "() => { const status = document.querySelector('shariff-gate [role=status]'); window.announced = [];"
            " new MutationObserver(() => status.textContent && announced.push(status.textContent))"
            ".observe(status, {childList: true, characterData: true, subtree: true}) }"
        )
        before = page.evaluate("announced.length")
        press(page)
        in_state(page, "open")
        press(page)
        in_state(page, "asking")
        page.context.set_offline(True)
        press(page)
        in_state(page, "failed")

        assert before == 0
        assert page.evaluate("announced") == [
            "Der Inhalt wird angefordert.",
            "Der Inhalt ist bei Facebook angefordert. Bleibt das Feld leer, ist der Inhalt blockiert oder gelöscht, oder es besteht keine Verbindung.",
            "Der Inhalt ist entfernt, diese Einwilligung widerrufen.",
            "Der Inhalt wird angefordert.",
            "Unser Server zeigt diesen Inhalt nicht. An Facebook wurde nichts gesendet.",
        ]


def test_focus_is_never_lost(stage: Stage, chromium: Chromium) -> None:
    where = "[document.activeElement.closest('shariff-gate') !== null, document.activeElement.innerText]"
    found = []
    with chromium() as page:
        page.goto(stage.url)
        first_gate(page).locator("form button").focus()
        page.keyboard.press("Enter")
        in_state(page, "open")
        found.append(page.evaluate(where))
        first_gate(page).locator("iframe").focus()
        page.evaluate("document.querySelector('shariff-gate').close()")
        found.append(page.evaluate(where))
        page.context.set_offline(True)
        page.keyboard.press("Space")
        in_state(page, "failed")
        found.append(page.evaluate(where))

    loading = [True, "Beitrag laden und Daten an Facebook senden"]
    assert found == [[True, "Entfernen und widerrufen"], loading, [True, "Noch einmal laden"]]


def test_every_name_in_a_bar_is_its_own(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.site.url("/share"))
        names = [
            line
            for line in page.locator(".shariff-bar").aria_snapshot().splitlines()
            if "- link" in line or "- button" in line
        ]

        assert len(names) > 20
        assert len(set(names)) == len(names)
        assert any('link "Auf Facebook teilen , 1.234 Reaktionen, ungefährer Wert' in name for name in names)


def test_the_whole_way_can_be_gone_by_keyboard(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)

        def tab() -> str:
            page.keyboard.press("Tab")
            return str(page.evaluate("document.activeElement.innerText ?? ''")).strip()

        stops = [tab() for _ in range(3)]
        page.keyboard.press("Enter")
        in_state(page, "open")
        on_button = page.evaluate("document.activeElement.innerText")
        skip_link = tab()
        visible = page.evaluate("document.activeElement.getBoundingClientRect().height")
        page.keyboard.press("Enter")
        after_frame = [tab(), tab()]
        page.keyboard.press("Enter")
        unfolded = first_gate(page).locator("dl").is_visible()
        first_gate(page).locator("button").focus()
        page.keyboard.press("Space")
        in_state(page, "asking")
        back_on = page.evaluate("document.activeElement.innerText")
        around = [tab(), tab(), tab()]

        assert [stop.split("\n")[0].rstrip(" ↗︎\xa0") for stop in stops] == [
            "Auf Facebook teilen",
            "Per E-Mail weitergeben",
            "Beitrag laden und Daten an Facebook senden",
        ]
        assert on_button == "Entfernen und widerrufen"
        assert skip_link == "Geladenen Inhalt überspringen"
        assert visible >= 24
        assert [stop.split("\n")[0].rstrip(" ↗︎\xa0") for stop in after_frame] == [
            "Auf Facebook öffnen",
            "Alle Angaben zur Einwilligung",
        ]
        assert unfolded
        assert back_on == "Beitrag laden und Daten an Facebook senden"
        assert around == ["Ohne Facebook ansehen", "", "Alle Angaben zur Einwilligung"]


def test_who_reads_the_list_while_the_content_comes_is_not_thrown_out_of_the_gate(
    stage: Stage, chromium: Chromium
) -> None:
    with chromium() as page:
        page.goto(stage.url)
        gate = first_gate(page)
        gate.locator("summary").click()
        stage.platform.answers.clear()
        gate.get_by_role("button").click()
        in_state(page, "opening")
        gate.locator("details").get_by_role("link", name="Auf Facebook öffnen").focus()
        stage.platform.answers.set()
        in_state(page, "open")

        assert page.evaluate("document.activeElement.innerText") == "Alle Angaben zur Einwilligung"


# --- widths, spacing, colours -------------------------------------------------------------------------------------------------------

CUT = """() => [...document.querySelectorAll('.shariff-block *')].filter(e => e.checkVisibility() && !e.matches('iframe, .shariff-spoken, svg, svg *, .share_text')
  && !e.closest('[class*=style-icon]') && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 2)
  && getComputedStyle(e).overflow !== 'visible').map(e => e.outerHTML.slice(0, 120))"""

SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-block-end: 2em !important }"""
"""Text spacing as a reader may set it (WCAG 1.4.12)."""


@pytest.mark.parametrize("spaced", [False, True], ids=["", "spaced"])
def test_at_320_pixels_everything_is_there_in_every_language(stage: Stage, chromium: Chromium, spaced: bool) -> None:
    """320 pixels are also what remains of 1280 at 400 % zoom. The first layer has visible boxes and nothing scrolls inside the gate (R7)."""
    with chromium(width=320) as page:
        page.goto(stage.site.url("/languages"))
        if spaced:
            page.evaluate(
                "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet] }",
                SPACED,
            )
        slots = page.evaluate(
            "[...document.querySelectorAll('shariff-gate :is(form > p:first-child, .shariff-note:not([data-when]), summary)')].map(e => e.checkVisibility() && e.getClientRects()[0].height > 10)"
        )

        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.evaluate(CUT) == []
        assert len(slots) == 4 * len(LANGUAGES)
        assert all(slots)


@pytest.mark.parametrize("code", ["de", "de-simple", "fi"])
def test_the_passages_for_notices_need_no_sideways_scrolling(stage: Stage, chromium: Chromium, code: str) -> None:
    """Names of settings, addresses and German nouns are longer than a phone is wide."""
    with chromium(width=320) as page:
        page.goto(stage.site.url(f"/documents?lang={code}"))
        settings = page.locator("code").all_inner_texts()

        assert "platforms.facebook.joint_control.essence" in settings
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_every_target_is_large_enough_in_every_language(stage: Stage, chromium: Chromium) -> None:
    with chromium(width=320) as page:
        page.goto(stage.site.url("/languages"))
        small = page.evaluate(
            "[...document.querySelectorAll('.shariff-block :is(a, button, label, input)')].filter(e => e.checkVisibility()"
            " && !e.matches('.shariff-skip') && !(e.matches('input') && e.closest('label')))"
            ".filter(e => { const box = e.getBoundingClientRect(); return Math.min(box.width, box.height) < 24 })"
            ".map(e => e.outerHTML.slice(0, 100))"
        )

        assert small == []


@pytest.mark.parametrize("width", [320, 1280])
def test_no_width_needs_sideways_scrolling_and_every_target_is_large_enough(
    stage: Stage, chromium: Chromium, width: int
) -> None:
    with chromium(width=width) as page:
        opened(page, stage)

        assert page.evaluate("document.documentElement.scrollWidth") <= width
        boxes = page.evaluate(
            "[...document.querySelectorAll('a, button')].filter(e => e.closest('.shariff-block') && e.checkVisibility()"
            " && !e.matches('.shariff-skip')).map(e => [e.innerText, e.getBoundingClientRect().width,"
            " e.getBoundingClientRect().height])"
        )
        assert len(boxes) > 5
        assert [box for box in boxes if min(box[1:]) < 24] == []


def test_from_right_to_left_everything_is_turned(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.site.url("/?lang=ar"))
        sides = page.evaluate(
            "() => { const gate = document.querySelector('shariff-gate').getBoundingClientRect();"
            " const icon = document.querySelector('shariff-gate .shariff-icon').getBoundingClientRect();"
            " const button = document.querySelector('shariff-gate form button').getBoundingClientRect();"
            " return [gate.right - icon.right < icon.left - gate.left, gate.right - button.right < button.left - gate.left] }"
        )

        assert sides == [True, True]
        assert "↖" in page.evaluate("getComputedStyle(document.querySelector('.shariff-away'), '::after').content")


def test_in_forced_colours_borders_focus_and_icons_are_seen(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.emulate_media(forced_colors="active")
        page.goto(stage.site.url("/share?theme=color"))
        page.locator("li.facebook a").focus()
        looks = page.locator("li.facebook a").evaluate(
            "e => { const s = getComputedStyle(e); return [s.borderTopWidth, s.borderTopColor, s.outlineWidth, s.outlineStyle,"
            " getComputedStyle(e.querySelector('svg')).fill === s.color] }"
        )

        assert looks[0] == "1px"
        assert looks[1] != "rgba(0, 0, 0, 0)"
        assert looks[2:] == ["2px", "solid", True]


def test_nothing_moves(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        opened(page, stage)

        assert page.evaluate("document.getAnimations().length") == 0
        assert page.evaluate(
            "[...document.querySelectorAll('.shariff-block *')].every(e => parseFloat(getComputedStyle(e).transitionDuration) === 0)"
        )
