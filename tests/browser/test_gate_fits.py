"""A gate in the boxes that pages put around frames: its text is readable, its button can be clicked, and it covers nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page
from support.widget_stage import Platform, Portal, portal_settings
from support.wrappers import STYLES
from support.wrappers import page as wrapped_page
from werkzeug.wrappers import Request, Response

from shariff_py.gate import gate_html

pytestmark = pytest.mark.browser

Chromium = Callable[..., AbstractContextManager[Page]]

WIDTHS = (320, 360, 760, 1200)

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
            if (node.nodeValue.trim() && parent.checkVisibility({ visibilityProperty: true }) && !parent.closest(".shariff-spoken, .shariff-skip"))
                found.push(node);
        }
        return found;
    };
    const boxes = (node) => { const range = document.createRange(); range.selectNodeContents(node); return [...range.getClientRects()]; };
    for (const section of document.querySelectorAll("[data-wrapper]")) {
        const found = [];
        const gate = section.querySelector("shariff-gate");
        const button = gate.querySelector("form > button");
        for (const node of words(gate))
            if (boxes(node).some((rect) => !visible(rect, node.parentElement))) { found.push(`cut off: ${node.nodeValue.trim().slice(0, 30)}`); break; }
        button.scrollIntoView({ block: "center" });
        const place = button.getBoundingClientRect();
        const hit = document.elementFromPoint(place.left + place.width / 2, place.top + place.height / 2);
        if (!button.contains(hit)) found.push(`the button is under ${hit?.tagName}.${hit?.className}`);
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
    """A page with a frame in each wrapper, gated. ``with_has`` is false for a browser that does not know ``:has()``."""

    portal: Portal
    with_has: bool = True
    script: bool = True

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        if request.path == "/":
            html = gate_html(wrapped_page(), self.portal.settings).html
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


@pytest.mark.parametrize("has", [True, False])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_gate_fits_where_the_frame_was(site: Any, chromium: Chromium, width: int, has: bool) -> None:
    with chromium(width=width) as page:
        if not has:
            without_has(page)
        page.goto(site.url("/"))
        page.wait_for_timeout(700)
        faults = page.evaluate(FAULTS)
        page.screenshot(path=f"/tmp/wr/{width}-{has}.png", full_page=True)

    assert faults == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_a_gate_fits_without_script(site: Any, chromium: Chromium, width: int) -> None:
    with chromium(width=width, javascript=False) as page:
        page.goto(site.url("/"))
        faults = page.evaluate(FAULTS)
        page.screenshot(path=f"/tmp/wr/{width}-noscript.png", full_page=True)

    assert faults == {}
