"""A gate in the boxes that pages put around frames: its text is readable, its button can be clicked, and it covers nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page
from support.widget_stage import Platform, Portal, portal_settings
from support.wrappers import GROUP, STYLES, UNSEEN, WRAPPERS
from support.wrappers import page as wrapped_page
from werkzeug.wrappers import Request, Response

from shariff_py.gate import gate_html

pytestmark = pytest.mark.browser

Chromium = Callable[..., AbstractContextManager[Page]]

WIDTHS = (1200, 760, 360, 320)
"""From wide to narrow, so that a gate needs more room each time."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; frame-src 'self'; "
    "form-action 'self'; require-trusted-types-for 'script'"
)

FAULTS = """() => {
    const near = (one, other) => one <= other + 1.5;
    const scrolls = (value) => /auto|scroll/.test(value);
    const faults = {};
    // What of a rectangle is left by the boxes around it that hide what is outside; false where something is lost.
    const visible = (rect, element) => {
        let { left, right, top, bottom } = rect;
        for (let box = element; box && box !== document.documentElement; box = box.parentElement) {
            const style = getComputedStyle(box);
            if (style.display === "inline" || style.display === "contents") continue;
            const edge = box.getBoundingClientRect();
            const paint = /paint|strict|content/.test(style.contain);
            if (style.overflowX !== "visible" || paint) {
                if (scrolls(style.overflowX)) { left = Math.max(left, edge.left); right = Math.min(right, edge.right); }
                else if (!near(edge.left, left) || !near(right, edge.right)) return false;
            }
            if (style.overflowY !== "visible" || paint) {
                if (scrolls(style.overflowY)) { top = Math.max(top, edge.top); bottom = Math.min(bottom, edge.bottom); }
                else if (!near(edge.top, top) || !near(bottom, edge.bottom)) return false;
            }
        }
        return left >= -1 && right <= innerWidth + 1 ? { left, right, top, bottom } : false;
    };
    const words = (root) => {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        const found = [];
        for (let node; (node = walker.nextNode()); ) {
            const parent = node.parentElement;
            if (node.nodeValue.trim() && parent.checkVisibility({ visibilityProperty: true }) && !parent.closest(".shariff-spoken, .shariff-skip, .shariff-status"))
                found.push(node);
        }
        return found;
    };
    const boxes = (node) => { const range = document.createRange(); range.selectNodeContents(node); return [...range.getClientRects()]; };
    for (const section of document.querySelectorAll("[data-wrapper]")) {
        const found = [];
        const gate = section.querySelector("shariff-gate, .shariff-closed");
        if (!gate.checkVisibility()) { faults[section.dataset.wrapper] = ["the gate is not shown"]; continue; }
        const button = gate.querySelector("form button, .shariff-paper a");
        for (const node of words(gate))
            if (parseFloat(getComputedStyle(node.parentElement).fontSize) * node.parentElement.currentCSSZoom < 10) { found.push("the text is too small"); break; }
            else if (boxes(node).some((rect) => !visible(rect, node.parentElement))) { found.push(`cut off: ${node.nodeValue.trim().slice(0, 30)}`); break; }
        button.scrollIntoView({ block: "center" });
        const place = button.getBoundingClientRect();
        const hit = document.elementFromPoint(place.left + place.width / 2, place.top + place.height / 2);
        if (!button.contains(hit) && !matchMedia("print").matches) found.push(`the button is under ${hit?.tagName}.${hit?.className}`);
        const own = visible(gate.getBoundingClientRect(), gate.parentElement);
        if (!own) found.push("the gate is cut off");
        for (const other of own ? document.querySelectorAll(".mark") : []) {
            if (boxes(other).some((rect) => Math.min(own.bottom, rect.bottom) - Math.max(own.top, rect.top) > 1 && Math.min(own.right, rect.right) - Math.max(own.left, rect.left) > 1))
                found.push(`lies over ${other.textContent}`);
            if (section.contains(other)) {
                if (boxes(other).some((rect) => !visible(rect, other))) found.push(`${other.textContent} is cut off`);
            }
        }
        if (found.length) faults[section.dataset.wrapper] = found;
    }
    return faults;
}"""


@dataclass
class Site:
    """A page with a frame in each wrapper, gated."""

    portal: Portal

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        pages = {
            "/": wrapped_page(WRAPPERS),
            "/rtl": wrapped_page(WRAPPERS, "ar", "rtl"),
            "/closed": wrapped_page(WRAPPERS, frame=GROUP),
            "/unseen": wrapped_page(UNSEEN),
        }
        if request.path in pages:
            html = gate_html(pages[request.path], self.portal.settings).html
            headers = {"Content-Security-Policy": POLICY}
            return Response(html, mimetype="text/html", headers=headers)(environ, start_response)
        if request.path == "/page.css":
            return Response(STYLES, mimetype="text/css")(environ, start_response)
        return self.portal(environ, start_response)


@pytest.fixture(scope="module")
def site(serve: Any) -> Any:
    return serve(Site(Portal(portal_settings(serve(Platform()).localhost))))


def without_has(page: Page) -> None:
    """Serve the style sheet as a browser reads it that does not know ``:has()``."""

    def strip(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(":has(", ":unknown("))

    page.route("**/shariff.min.css", strip)


def faults(page: Page, looks: int = 10) -> dict[str, list[str]]:
    """What is wrong with the gate in each wrapper, once sizes have been reported and what then is loaded has come."""
    found: dict[str, list[str]] = {}
    for _ in range(looks):
        page.wait_for_timeout(200)
        found = page.evaluate(FAULTS)
        if not found:
            break
    return found


def at_each_width(page: Page, address: str, looks: int = 10) -> dict[int, dict[str, list[str]]]:
    """The faults on one page that becomes narrower step by step."""
    page.goto(address)
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 1200})
        found[width] = faults(page, looks)
    return found


NO_FAULTS: dict[int, dict[str, list[str]]] = {320: {}, 360: {}, 760: {}, 1200: {}}


def test_a_gate_fits_where_the_frame_was(site: Any, chromium: Chromium) -> None:
    with chromium(width=1200) as page:
        found = at_each_width(page, site.url("/"))
        changed = page.evaluate("[document.documentElement, document.body].map((each) => each.getAttributeNames())")

    assert found == NO_FAULTS
    assert changed == [["lang", "dir"], []]


def test_a_gate_fits_where_the_browser_does_not_know_has(site: Any, chromium: Chromium) -> None:
    with chromium(width=1200) as page:
        without_has(page)
        found = at_each_width(page, site.url("/"))

    assert found == NO_FAULTS


def test_a_closed_block_fits_where_the_frame_was(site: Any, chromium: Chromium) -> None:
    with chromium(width=1200) as page:
        found = at_each_width(page, site.url("/closed"))

    assert found == NO_FAULTS


@pytest.mark.full
def test_a_closed_block_fits_where_the_browser_does_not_know_has(site: Any, chromium: Chromium) -> None:
    with chromium(width=1200) as page:
        without_has(page)
        found = at_each_width(page, site.url("/closed"))

    assert found == NO_FAULTS


NEEDS_SCRIPT = {
    "container",
    "cut to three lines",
    "fixed height inline, important",
    "flex column",
    "three levels around a ratio",
    "zoomed",
}
"""Boxes held by more than a height: a style sheet that leaves pages alone otherwise does not free them."""


def test_a_gate_fits_without_script(site: Any, chromium: Chromium) -> None:
    with chromium(width=1200, javascript=False) as page:
        found = at_each_width(page, site.url("/"), looks=1)

    assert {width: set(each) - NEEDS_SCRIPT for width, each in found.items()} == {
        320: set(), 360: set(), 760: set(), 1200: set()
    }  # fmt: skip


def test_a_box_that_the_page_keeps_narrow_stays_narrow(site: Any, chromium: Chromium) -> None:
    with chromium(width=1200) as page:
        page.goto(site.url("/"))
        width = page.evaluate(
            """() => {
                const box = document.querySelector(".fixed");
                box.classList.add("narrow");
                return box.offsetWidth;
            }"""
        )

    assert width == 560


def test_a_frame_that_is_cut_off_would_be_noticed(site: Any, chromium: Chromium) -> None:
    with chromium(width=320) as page:
        page.route("**/shariff*.min.*", lambda route: route.abort())
        page.goto(site.url("/"))
        found = page.evaluate(FAULTS)

    assert "the gate is cut off" in found["padding and height 0"]
    assert "lies over Danach 3." in found["padding, not clipped"]


def test_a_gate_fits_after_opening_and_after_withdrawal(site: Any, chromium: Chromium) -> None:
    wrappers = ("padding and height 0", "Bootstrap 5", "card", "slides", "grid rows")
    with chromium(width=360) as page:
        page.goto(site.url("/"))
        for name in wrappers:
            page.locator(f'[data-wrapper="{name}"] form button').click()
            page.locator(f'[data-wrapper="{name}"] shariff-gate[state=open]').wait_for()
        opened = faults(page)
        inside = [
            page.locator(f'[data-wrapper="{name}"] iframe').evaluate(
                "(frame) => { const own = frame.getBoundingClientRect(), gate = frame.closest('shariff-gate').getBoundingClientRect();"
                " return own.height > 100 && own.bottom <= gate.bottom && own.left >= gate.left && own.right <= gate.right; }"
            )
            for name in wrappers
        ]
        for name in wrappers:
            page.locator(f'[data-wrapper="{name}"] form button').click()
        withdrawn = faults(page)

    assert opened == {}
    assert inside == [True, True, True, True, True]
    assert withdrawn == {}


@pytest.mark.full
def test_a_gate_fits_from_right_to_left_and_on_paper(site: Any, chromium: Chromium) -> None:
    with chromium(width=360) as page:
        page.goto(site.url("/rtl"))
        from_right = faults(page)
        page.emulate_media(media="print")
        on_paper = faults(page)

    assert from_right == {}
    assert on_paper == {}


def test_a_gate_fits_where_it_is_shown_or_inserted_later(site: Any, chromium: Chromium) -> None:
    with chromium(width=360) as page:
        page.goto(site.url("/unseen"))
        before = faults(page)
        closed = page.evaluate("document.querySelector('.closable').offsetHeight")
        page.evaluate("document.querySelector('[hidden]').hidden = false")
        page.evaluate("document.querySelector('.closable').classList.add('opened')")
        shown = faults(page)
        page.evaluate("document.querySelector('.closable').classList.remove('opened')")
        closed_again = page.evaluate("document.querySelector('.closable').offsetHeight")
        page.evaluate("document.querySelector('.closable').parentElement.remove()")
        page.evaluate("document.querySelector('main').append(document.querySelector('section').cloneNode(true))")
        inserted = faults(page)

    assert before == {"hidden tab": ["the gate is not shown"], "closed accordion": before["closed accordion"]}
    assert (closed, closed_again) == (0, 0)
    assert shown == {}
    assert inserted == {}
