"""Which payloads run when markup is shown by a browser: written as a document, or inserted by a script: as a fragment, or parsed apart from
the page, which browsers do as if without script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from playwright.sync_api import Page

Way = Literal["document", "fragment", "template"]

AT_ONCE, SETTLES = 150, 120
"""Documents that are shown side by side, and milliseconds in which errors, loads and inner documents have arrived."""

CONFIRMED = 3
"""How often code has to be seen running afterwards alone."""

NUMBER = re.compile(r"top\.E\((\d+)\)")

SHOW = """
async ([markups, way, settles]) => {
  const ran = new Set();
  window.E = number => ran.add(number);
  const frames = markups.map(markup => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    const inner = frame.contentDocument;
    if (way === "document") {
      inner.open();
      inner.write(markup);
      inner.close();
    } else if (way === "fragment") {
      inner.body.innerHTML = markup;
    } else {
      const parsed = inner.createElement("template");
      parsed.innerHTML = markup;
      inner.body.append(inner.importNode(parsed.content, true));
    }
    return frame;
  });
  await new Promise(done => setTimeout(done, settles));
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  frames.forEach(frame => frame.remove());
  return [...ran];
}
"""


def ran(page: Page, markups: Sequence[str], way: Way) -> set[int]:
    """The numbers of the payloads that ran. Nothing is fetched: the page's context has to be offline."""
    page.set_content("<!DOCTYPE html><title>x</title>")
    found: set[int] = set()
    for start in range(0, len(markups), AT_ONCE):
        found |= set(page.evaluate(SHOW, [list(markups[start : start + AT_ONCE]), way, SETTLES]))
    return found


def woken(page: Page, pairs: Sequence[tuple[str, str]], way: Way) -> list[tuple[str, str]]:
    """Of pairs of markup before and after gating those in which a payload runs afterwards and did not before.

    A busy browser can be late with what ran before, so they are tried again, each time fewer.
    """
    for _ in range(CONFIRMED):
        before = ran(page, [one for one, _ in pairs], way)
        new = ran(page, [other for _, other in pairs], way) - before
        pairs = [(one, other) for one, other in pairs if new.intersection(map(int, NUMBER.findall(other)))]
        if not pairs:
            break
    return list(pairs)
