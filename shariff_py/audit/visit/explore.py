"""Explores a page like a user: scrolling, hovering, tabbing. Nothing is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shariff_py.audit.evidence.trace import EXPLORE_LIMIT

if TYPE_CHECKING:
    from playwright.sync_api import Page

TO_SHOW_MS = 30
"""How long a page may take to bring in what was scrolled to."""

POINTABLE = "a, button, summary, input, select, textarea, label, iframe, img, [tabindex], [onmouseover], [onfocus]"

MEMORY = """
  const memory = window[Symbol.for('explored')] ??= (() => {
    const moves = value => value === 'auto' || value === 'scroll';
    const scrolls = (element, style) => (element.scrollHeight > element.clientHeight + 1 && moves(style.overflowY))
      || (element.scrollWidth > element.clientWidth + 1 && moves(style.overflowX));
    const inner = [...document.querySelectorAll('*')].filter(element => element !== document.scrollingElement
      && element.tagName !== 'TEXTAREA' && element.clientHeight && scrolls(element, getComputedStyle(element)));
    return {seen: new WeakSet(), inner};
  })();
  const middle = element => {
    const box = element.getBoundingClientRect();
    const there = box.width && box.height && getComputedStyle(element).visibility === 'visible';
    return there ? [box.left + box.width / 2, box.top + box.height / 2] : null;
  };
"""
"""What was pointed at and what scrolls by itself, remembered in the page, so that one that loads anew meanwhile begins anew."""

FORGET = "() => { delete window[Symbol.for('explored')] }"

VIEW = f"""([top, pointable, most]) => {{ {MEMORY}
  if (top !== null && Math.abs(scrollY - top) > 1) scrollTo({{top, behavior: 'instant'}});
  const found = [];
  for (const element of document.querySelectorAll(pointable)) {{
    if (found.length >= most) break;
    const point = memory.seen.has(element) ? null : middle(element);
    if (!point || point[0] < 0 || point[0] >= innerWidth || point[1] < 0 || point[1] >= innerHeight) continue;
    memory.seen.add(element);
    found.push(point);
  }}
  const below = scrollY + innerHeight < document.documentElement.scrollHeight - 1;
  return {{found, below, inner: memory.inner.length}};
}}"""
"""The points on this screen the mouse has not been to, whether there is more of the page below, and how many areas scroll by themselves."""

SCROLL = f"""([number, step]) => {{ {MEMORY}
  const element = memory.inner[number];
  if (!element) return false;
  if (step === 0) element.scrollIntoView({{block: 'nearest', inline: 'nearest', behavior: 'instant'}});
  const top = step * element.clientHeight * 0.8, left = step * element.clientWidth * 0.8;
  element.scrollTo({{top, left, behavior: 'instant'}});
  return top + element.clientHeight < element.scrollHeight || left + element.clientWidth < element.scrollWidth;
}}"""
"""One screen further in something that scrolls by itself. Returns whether there is more."""

REST = f"""pointable => {{ {MEMORY}
  return [...document.querySelectorAll(pointable)].filter(element => {{
    const point = memory.seen.has(element) ? null : middle(element);
    return point && point[0] + scrollX >= 0 && point[1] + scrollY >= 0;
  }}).length;
}}"""
"""How many elements the mouse never reached."""


def explore(page: Page) -> int:
    """Explore a page, from the top down and back. Returns how many controls the mouse did not come to because of `EXPLORE_LIMIT`."""
    page.evaluate(FORGET)
    pointed, more = _down_the_page(page)
    pointed, more_inside = _in_what_scrolls(page, pointed)
    focusable = int(page.evaluate("pointable => document.querySelectorAll(pointable).length", POINTABLE))
    for _ in range(min(focusable + 2, EXPLORE_LIMIT)):
        page.keyboard.press("Tab")
    bounded = more or more_inside or pointed >= EXPLORE_LIMIT
    left_out = int(page.evaluate(REST, POINTABLE)) if bounded else 0
    page.evaluate("scrollTo(0, 0)")
    return left_out


def _down_the_page(page: Page) -> tuple[int, bool]:
    """Screen by screen, over everything on each. Returns at how much the mouse pointed, and whether there was still more below."""
    screen, pointed = max(int(page.evaluate("innerHeight") * 0.8), 200), 0
    for number in range(EXPLORE_LIMIT):
        view = page.evaluate(VIEW, [number * screen, POINTABLE, EXPLORE_LIMIT - pointed])
        pointed += _point(page, view)
        if not view["below"]:
            return pointed, False
        # Some pages bring in more only for a wheel; where it turned something else, the next stop scrolls.
        page.mouse.wheel(0, screen)
        page.wait_for_timeout(TO_SHOW_MS)
    return pointed, True


def _in_what_scrolls(page: Page, pointed: int) -> tuple[int, bool]:
    """The same in each area that scrolls by itself: single-page layouts keep nearly everything in one."""
    left, more = EXPLORE_LIMIT, False
    for number in range(int(page.evaluate(VIEW, [None, POINTABLE, 0])["inner"])):
        step, more = 0, True
        while more and left:
            more = page.evaluate(SCROLL, [number, step])
            page.wait_for_timeout(TO_SHOW_MS)
            pointed += _point(page, page.evaluate(VIEW, [None, POINTABLE, EXPLORE_LIMIT - pointed]))
            step, left = step + 1, left - 1
        if not left:
            return pointed, True
    return pointed, False


def _point(page: Page, view: Any) -> int:
    for x, y in view["found"]:
        page.mouse.move(round(x), round(y), steps=2)
    return len(view["found"])
