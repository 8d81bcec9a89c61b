"""A page gated while it arrives: what is certain is passed on, only what is unfinished is held."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from turbohtml import TokenType, tokenize

from shariff_py.gate.detect.widget_markup import LOOKED_AT, RAW, is_embed
from shariff_py.gate.findings import Finding
from shariff_py.gate.rewrite.byte_fidelity import written_back, written_for_the_pass
from shariff_py.gate.rewrite.rewriter import gated, note_what_holds, page_state
from shariff_py.settings.model import Settings

PIECE = 65_536
"""Characters that are gathered before anything is passed on."""

WHOLE = frozenset({"svg", *LOOKED_AT}) | RAW
"""Elements that are judged as a whole, and so are never cut."""

VOID = frozenset(
    {
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "hr", "img", "input", "keygen", "link", "meta", "param", "source",
        "track", "wbr",
    }
)  # fmt: skip
"""Elements that hold nothing (WHATWG HTML 13.1.2, and the older ones parsers still know)."""

DEEPEST = 2_000
"""Open elements that are remembered. Pages in which paragraphs are never closed have many."""

AROUND = ("form", "p")
"""Elements of which it matters however far outside they are open: what may stand inside depends on them."""


SAYS_FOR_ALL = re.compile(r"<(?:html|base)(?![a-z0-9-])", re.IGNORECASE)


class GateStream:
    """Gates a page piece by piece, with the same result as `gate_html` has for the whole: only the numbers of gates in ``noscript`` can differ.

    Takes the same arguments as `gate_html`. ``findings`` grows while the page is read. What is held is one piece, or one element that
    cannot be cut: an embed, a script, a picture.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        language_tag: str | None = None,
        page: str = "",
        controller: str | None = None,
        numbers: Iterator[int] | None = None,
        references: bool = False,
    ) -> None:
        self._page = page_state(settings, language_tag, page, controller, numbers, references)
        self._held: list[str] = []
        self._length = 0
        self._enough = PIECE
        self._opened: list[str] = []

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found so far, piece by piece in the order of `Gated`."""
        return tuple(self._page.findings)

    def feed(self, html: str) -> str:
        """Take the next piece; what of the page is certain by now."""
        self._held.append(html)
        self._length += len(html)
        if self._length < self._enough:
            return ""
        source = written_for_the_pass("".join(self._held))
        cut, opened = _last_cut(source, self._opened)
        ready = self._gated(written_back(source[:cut])) if cut else ""
        self._opened = opened
        rest = written_back(source[cut:])
        self._held, self._length = [rest], len(rest)
        # An element larger than a piece is not looked through again for every few bytes that are added to it.
        self._enough = max(PIECE, 2 * len(rest))
        return ready

    def close(self) -> str:
        """The page is complete; the rest of it."""
        html = "".join(self._held)
        self._held, self._length = [], 0
        return self._gated(html)

    def _gated(self, html: str) -> str:
        context = "".join(f"<{tag}>" for tag in self._opened)
        before = self._page.moment()
        ready = gated(context + html, self._page, whole=False)
        if SAYS_FOR_ALL.search(html):
            # Not every piece is read to its end.
            after = self._page.moment()
            self._page.back(before._replace(findings=after.findings, numbers=after.numbers))
            note_what_holds(html, self._page)
        return ready[len(context) :] if ready != context + html else html


def _last_cut(source: str, opened: Sequence[str]) -> tuple[int, list[str]]:
    """The last place at which nothing is open that must stay whole, and the elements that are open there.

    Elements are opened and closed as the pass does it, so that it finds the same around whatever comes later.
    """
    position = cut = 0
    whole, now = _Opened(), _Opened(opened)
    at_cut = now.inner
    for token in tokenize(source, resolve_references=False, capture_source=True):
        position += len(token.source if token.source is not None else token.data or "")
        tag = token.tag or ""
        if token.type is TokenType.START_TAG:
            if tag == whole.last or tag in WHOLE or is_embed(tag, token.attrs or ()):
                whole.add(tag)
            if tag not in VOID and not token.self_closing:
                now.add(tag)
        elif token.type is TokenType.END_TAG:
            whole.close(tag)
            now.close(tag)
        else:
            continue
        if whole.inner is None and position < len(source):
            cut, at_cut = position, now.inner
    return cut, _remembered(at_cut)


@dataclass(frozen=True, slots=True)
class _Open:
    """An open element, and the one around it."""

    tag: str
    around: _Open | None


class _Opened:
    """The open elements, and how many there are of each name."""

    def __init__(self, tags: Sequence[str] = ()) -> None:
        self.inner: _Open | None = None
        self._counted: Counter[str] = Counter()
        for tag in tags:
            self.add(tag)

    @property
    def last(self) -> str:
        return self.inner.tag if self.inner else ""

    def add(self, tag: str) -> None:
        self.inner = _Open(tag, self.inner)
        self._counted[tag] += 1

    def close(self, tag: str) -> None:
        """Close the innermost element of that name, and whatever is open inside it."""
        if not self._counted[tag]:
            return
        while self.inner is not None:
            closed, self.inner = self.inner.tag, self.inner.around
            self._counted[closed] -= 1
            if closed == tag:
                return


def _remembered(element: _Open | None) -> list[str]:
    """The open elements from the outermost to the innermost, of many only the inner ones and those of `AROUND`."""
    inner: list[str] = []
    outer: set[str] = set()
    while element is not None:
        if len(inner) < DEEPEST:
            inner.append(element.tag)
        else:
            outer.add(element.tag)
        element = element.around
    return [tag for tag in AROUND if tag in outer] + inner[::-1]
