"""Which heading of a page stands before a place: ours there is one level below it.

What looks like a heading in a comment, a script or an attribute is no element to any parser; what is in a ``template`` is not shown there.
Headings of our own blocks do not count, so that two of them below each other have the same level, however often a page is gated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shariff_py.consent_ui.closed_block import USUAL_LEVEL
from shariff_py.gate.rewrite.context import RewriteContext
from shariff_py.gate.rewrite.handles import Element, ElementHandler
from shariff_py.gate.text_bytes import find, places

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BY_ROLE, LEVEL = ("role", "heading"), "aria-level"
"""What makes a heading of any element, and what says of which level (WAI-ARIA 1.2)."""
OWN = frozenset({"shariff-kind", "shariff-title"})
"""Classes of the headings of our own blocks."""
MOST_LOOKED_AT = 500
"""Places at which a page's text is looked at for the levels that it has. Of longer pages all are taken to occur."""

TEMPLATE = "template"


def heading_level(tag: str, attributes: Sequence[tuple[str, str | None]]) -> int:
    """The level of a heading of the page's own; 0 of anything else."""
    level = HEADINGS.get(tag, 0)
    if not level and BY_ROLE not in attributes:
        return 0
    if not attributes:
        return level
    given = {name: value or "" for name, value in reversed(attributes)}
    if given.get("role", "heading") != "heading" or not OWN.isdisjoint(given.get("class", "").split()):
        return 0
    stated = given.get(LEVEL, "")
    # Without one a heading by its role is of the second level.
    return (min(int(stated[:9]), 6) if stated.isdecimal() else 0) or level or 2


def level_below(heading: int) -> int:
    """The level of a heading of ours behind one of this level, or behind none (0)."""
    return min(heading + 1, 6) if heading else USUAL_LEVEL


def reopened(tag: str) -> str:
    """The start tag of an element that was open where a page was cut. Whether a heading counts was seen where it began."""
    return f'<{tag} class="shariff-title">' if tag in HEADINGS else f"<{tag}>"


class PageHeadings:
    """Follows the tags of a page. ``last`` is the level of the last heading, ``templates`` the number of templates that are open."""

    def __init__(self, last: int, templates: int = 0) -> None:
        self.last = last
        self._templates = templates

    def open(self, tag: str, attributes: Sequence[tuple[str, str | None]]) -> None:
        """A start tag."""
        if tag == TEMPLATE:
            self._templates += 1
        elif not self._templates and (level := heading_level(tag, attributes)):
            self.last = level

    def close(self, tag: str) -> None:
        """An end tag."""
        if tag == TEMPLATE and self._templates:
            self._templates -= 1


def heading_handlers(page: bytes, context: RewriteContext) -> Iterator[tuple[str, ElementHandler]]:
    """Selectors, and what notes for each match in the ``context`` which heading is the last. Only those that ``page``, in lower case, has are
    looked for: each takes time at every element.
    """
    selected = ",".join(_headings_in(page))
    if not selected:
        return
    inert = False

    def in_template(_: Element) -> None:
        nonlocal inert
        inert = True

    def note(element: Element) -> None:
        nonlocal inert
        if not inert and (level := heading_level(element.tag, element.attrs)):
            context.heading = level
        inert = False

    if find(f"<{TEMPLATE}".encode(), page) != -1:
        yield f"{TEMPLATE} :is({selected})", in_template
    yield selected, note


def _headings_in(page: bytes) -> Iterator[str]:
    """Selectors of the headings that a page may have."""
    digits = set()
    for looked_at, place in enumerate(places(b"<h", page)):
        digits.add(page[place + 2 : place + 3])
        if looked_at == MOST_LOOKED_AT:
            digits.update(b"%d" % level for level in HEADINGS.values())
            break
    yield from (tag for tag in HEADINGS if tag[1:].encode() in digits)
    if find(LEVEL.encode(), page) != -1:
        yield "[role=heading]"
