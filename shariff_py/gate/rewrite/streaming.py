"""Gating a page in chunks as it arrives: finished markup is passed on, only unfinished markup is buffered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from turbohtml import TokenType, tokenize

from shariff_py.gate.browser_rules.element_content import RAW_TEXT_ELEMENTS, VOID_ELEMENTS
from shariff_py.gate.detect.embed_placeholders import shown_frame
from shariff_py.gate.detect.widget_markup import may_be_embed
from shariff_py.gate.findings import Finding
from shariff_py.gate.page_info import UNKNOWN_PAGE, PageInfo
from shariff_py.gate.rewrite.byte_fidelity import escape_for_rewriter, unescape_from_rewriter
from shariff_py.gate.rewrite.context import RewriteContext
from shariff_py.gate.rewrite.headings import PageHeadings, reopened
from shariff_py.gate.rewrite.rewriter import gated, read_page_tags
from shariff_py.settings.model import Settings

CHUNK = 65_536
"""Characters that are buffered before anything is passed on."""

ATOMIC_ELEMENTS = RAW_TEXT_ELEMENTS | {"script", "svg", "math", "select", "frameset"}
"""Elements that are judged as a whole, and so are never cut."""

MAX_OPEN_ELEMENTS = 2_000
"""Open elements that are remembered. Pages in which paragraphs are never closed have many."""

TRACKED_ANCESTORS = ("form", "p")
"""Elements that are remembered however far outside they are open: what is allowed inside depends on them."""

PAGE_TAG = re.compile(r"<(?:html|base)(?![a-z0-9-])", re.IGNORECASE)
"""Tags that affect the whole page."""


class GateStream:
    """Gates a page chunk by chunk, with the same result as `gate_page` for the whole; only the numbers of gates in ``noscript`` can differ, and
    speculation rules go from a page of several chunks, as a later one may link to a platform.

    ``findings`` grows while the page is read. What is buffered is one chunk, or one element that cannot be cut: an embed, a script, an ``svg``.
    """

    def __init__(self, settings: Settings, info: PageInfo = UNKNOWN_PAGE) -> None:
        self._context = RewriteContext.of(settings, info)
        self._buffer: list[str] = []
        self._length = 0
        self._threshold = CHUNK
        self._open_tags: list[str] = []
        self._is_whole = True

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found so far, chunk by chunk in the order of `Gated`."""
        return tuple(self._context.findings)

    @property
    def held(self) -> int:
        """Characters that were given and not yet returned."""
        return self._length

    def feed(self, html: str) -> str:
        """Take the next chunk, of any length; the gated markup that is finished by now, possibly empty."""
        self._buffer.append(html)
        self._length += len(html)
        if self._length < self._threshold:
            return ""
        source = escape_for_rewriter("".join(self._buffer))
        cut, open_tags, heading = _last_cut(source, self._open_tags, self._context.heading)
        self._is_whole = self._is_whole and not cut
        ready = self._gated(unescape_from_rewriter(source[:cut])) if cut else ""
        self._open_tags = open_tags
        self._context.heading = heading
        rest = unescape_from_rewriter(source[cut:])
        self._buffer, self._length = [rest], len(rest)
        # An element larger than a chunk is not searched again for every few bytes that are added to it.
        self._threshold = max(CHUNK, 2 * len(rest))
        return ready

    def close(self) -> str:
        """The page is complete; the gated rest of it."""
        html = "".join(self._buffer)
        self._buffer, self._length = [], 0
        return self._gated(html)

    def _gated(self, html: str) -> str:
        ancestors = "".join(map(reopened, self._open_tags))
        before = self._context.checkpoint()
        ready = gated(ancestors + html, self._context, complete=self._is_whole)
        if PAGE_TAG.search(html):
            # Not every chunk is read to its end.
            after = self._context.checkpoint()
            self._context.rollback(before._replace(findings=after.findings, gates=after.gates))
            read_page_tags(html, self._context)
        return ready[len(ancestors) :] if ready != ancestors + html else html


def _last_cut(source: str, open_tags: Sequence[str], heading: int) -> tuple[int, list[str], int]:
    """The last position at which no atomic element or embed is open, the elements that are open there, and the level of the last heading
    before, which is ``heading`` where none is in the source.

    Elements are opened and closed as in the pass, so that it finds the same ancestors around whatever comes later.
    """
    position = cut = 0
    atomic, all_open = _OpenElements(), _OpenElements(open_tags)
    headings = PageHeadings(heading, open_tags.count("template"))
    at_cut = all_open.innermost
    for token in tokenize(source, resolve_references=False, capture_source=True):
        position += len(token.source if token.source is not None else token.data or "")
        tag = token.tag or ""
        if token.type is TokenType.START_TAG:
            attributes = token.attrs or ()
            headings.open(tag, attributes)
            if (
                tag == atomic.last
                or tag in ATOMIC_ELEMENTS
                or may_be_embed(tag, attributes)
                or shown_frame(tag, attributes)
            ):
                atomic.add(tag)
            if tag not in VOID_ELEMENTS and not token.self_closing:
                all_open.add(tag)
        elif token.type is TokenType.END_TAG:
            headings.close(tag)
            atomic.close(tag)
            all_open.close(tag)
        else:
            continue
        if atomic.innermost is None:
            cut, at_cut, heading = position, all_open.innermost, headings.last
    return cut, _remembered(at_cut), heading


@dataclass(frozen=True, slots=True)
class _OpenElement:
    """An open element, and the one around it."""

    tag: str
    around: _OpenElement | None


class _OpenElements:
    """The open elements, and how many there are of each name."""

    def __init__(self, tags: Sequence[str] = ()) -> None:
        self.innermost: _OpenElement | None = None
        self._counted: Counter[str] = Counter()
        for tag in tags:
            self.add(tag)

    @property
    def last(self) -> str:
        return self.innermost.tag if self.innermost else ""

    def add(self, tag: str) -> None:
        self.innermost = _OpenElement(tag, self.innermost)
        self._counted[tag] += 1

    def close(self, tag: str) -> None:
        """Close the innermost element of that name, and whatever is open inside it."""
        if not self._counted[tag]:
            return
        closed = ""
        while closed != tag and self.innermost is not None:
            closed, self.innermost = self.innermost.tag, self.innermost.around
            self._counted[closed] -= 1


def _remembered(element: _OpenElement | None) -> list[str]:
    """The open elements from the outermost to the innermost, of many only the inner ones and those of `TRACKED_ANCESTORS`."""
    inner: list[str] = []
    outer: set[str] = set()
    while element is not None:
        if len(inner) < MAX_OPEN_ELEMENTS:
            inner.append(element.tag)
        else:
            outer.add(element.tag)
        element = element.around
    return [tag for tag in TRACKED_ANCESTORS if tag in outer] + inner[::-1]
