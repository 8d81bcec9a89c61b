"""What a place between the tags of a page is inside of."""

from __future__ import annotations

from typing import NamedTuple

from turbohtml import TokenType, tokenize

from shariff_py.gate.detect.embed_placeholders import CLOSING_PARAGRAPHS

HEAD_ELEMENTS = frozenset({"base", "head", "html", "link", "meta", "noscript", "script", "style", "template", "title"})
"""Elements that do not end a page's head (WHATWG HTML 13.2.6.4.4)."""
OF_PAGES = frozenset({"head", "html", "meta", "title"})
"""Those of which one at least begins a page, not a piece of one."""


class Place(NamedTuple):
    """Whether a place is in a page's head, inside an open paragraph, inside a form."""

    in_head: bool
    in_paragraph: bool
    in_form: bool


class Surroundings:
    """What places of a page are inside of, as the tags before them say. ``html`` must be escaped by `escape_for_rewriter`."""

    def __init__(self, html: str) -> None:
        self._tokens = tokenize(html, resolve_references=False, capture_source=True)
        self._position = 0
        self._seen: set[str] = set()
        self._paragraph = False
        self._forms = 0

    def at(self, place: int) -> Place:
        """What a place is inside of; places may only grow."""
        while self._position < place and (token := next(self._tokens, None)) is not None:
            self._position += len(token.source if token.source is not None else token.data or "")
            if token.type is TokenType.START_TAG:
                self._open(token.tag or "")
            elif token.type is TokenType.END_TAG:
                self._close(token.tag or "")
        in_head = bool(self._seen & OF_PAGES) and self._seen <= HEAD_ELEMENTS
        return Place(in_head, self._paragraph, self._forms > 0)

    def _open(self, tag: str) -> None:
        self._seen.add(tag)
        self._forms += tag == "form"
        if tag in CLOSING_PARAGRAPHS:
            self._paragraph = tag == "p"

    def _close(self, tag: str) -> None:
        if tag == "head":
            self._seen.add("body")
        self._forms = max(0, self._forms - (tag == "form"))
        self._paragraph = self._paragraph and tag not in CLOSING_PARAGRAPHS
