"""axe-core in a page and all frames of ours, under whatever policy they have."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from playwright.sync_api import Page

OF_WHOLE_PAGES = ["landmark-one-main", "page-has-heading-one"]
"""Good practice for a page by itself; a document inside a frame is part of one that has both."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

RUN = """async ([within, tags, off]) => {
  const found = await axe.run({include: within, exclude: [['iframe.shariff-frame', 'iframe.shariff-content']]}, {resultTypes: ['violations'], runOnly: {type: 'tag', values: tags},
    rules: Object.fromEntries(off.map(rule => [rule, {enabled: false}]))});
  return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target} ${node.html.slice(0, 120)}`));
}"""


@lru_cache(maxsize=1)
def _source() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def findings(page: Page, within: str = "body") -> list[str]:
    """What axe-core finds in a part of the page: rule, place and markup of each violation."""
    ours = (frame for frame in page.frames if frame.parent_frame in (None, page.main_frame))
    for frame in ours:
        # A frame that nothing was loaded into has nothing to look at.
        if (frame == page.main_frame or frame.url != "about:blank") and not frame.evaluate("() => Boolean(window.axe)"):
            frame.evaluate(_source())
    found: list[str] = page.evaluate(RUN, [within, RULES, OF_WHOLE_PAGES])
    return found
