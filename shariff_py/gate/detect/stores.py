"""Where a page keeps data: scripts that are no code, attributes of its own, comments, text areas.

A browser does nothing with them. What is in them reaches the page once a script of the page puts it in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from turbohtml import Token, TokenType, tokenize

from shariff_py.gate.browser_rules.script_types import ContentKind, content_kind, kind_by_content, script_type
from shariff_py.gate.detect.store_hints import ORDINARY_ATTRIBUTES, named_places, names_platform

DATA_ELEMENTS = frozenset({"noembed", "noframes", "script", "textarea", "xmp"})
"""Elements whose content is text to a browser that it does not act on; of ``script``, code is read for its strings."""

SKIPPED_ELEMENTS = frozenset({"base", "link", "meta"})
"""Elements whose attributes are addressed to browsers and search engines, not to the page's own scripts."""


class StoreForm(Enum):
    """How the data are written in the page."""

    ATTRIBUTE = "attribute"
    TEXT = "text with character references"
    RAW_TEXT = "text"
    COMMENT = "comment"
    CODE = "script"
    TEMPLATE = "markup in a script"


class Store(NamedTuple):
    """One place with data: how findings name it, the element's and the attribute's name (empty where there is none), where it is in the
    source from and to (of an attribute: its whole tag), and its text as scripts read it.
    """

    form: StoreForm
    found: str
    tag: str
    attribute: str
    start: int
    end: int
    text: str


class _Piece(NamedTuple):
    token: Token
    start: int
    end: int


def stores(source: str) -> Iterator[Store]:
    """The places in which something is that names a platform, in order. ``source`` must be escaped by `escape_for_rewriter`."""
    named = named_places(source)
    opened: _Piece | None = None
    text: list[str] = []
    for piece in _pieces(source, named):
        token = piece.token
        if opened is not None:
            if token.type in {TokenType.TEXT, TokenType.CHARACTER_REFERENCE}:
                text.append(token.data or "")
                continue
            if _has(named, opened.end, piece.start):
                yield from _content(opened.token, opened.end, piece.start, "".join(text))
            opened, text = None, []
        if token.type is TokenType.START_TAG:
            if token.tag in DATA_ELEMENTS:
                opened = piece
            if _has(named, piece.start, piece.end):
                yield from _attributes(piece)
        elif token.type is TokenType.COMMENT and _has(named, piece.start, piece.end):
            yield Store(StoreForm.COMMENT, "comment", "", "", piece.start, piece.end, token.data or "")


def _pieces(source: str, named: list[int]) -> Iterator[_Piece]:
    """The tokens that can hold or surround something at these places: the others are only passed, because there are very many."""
    position, in_data = 0, False
    upcoming = iter(named)
    place = next(upcoming, -1)
    for token in tokenize(source, resolve_references=False, capture_source=True):
        written = token.source if token.source is not None else token.data or ""
        end = position + len(written)
        begins_data = token.type is TokenType.START_TAG and token.tag in DATA_ELEMENTS
        if in_data or begins_data or position <= place < end:
            yield _Piece(token, position, end)
        in_data = begins_data or (in_data and token.type in {TokenType.TEXT, TokenType.CHARACTER_REFERENCE})
        while -1 < place < end:
            place = next(upcoming, -1)
        position = end
        if place == -1 and not in_data:
            return


def _has(named: list[int], start: int, end: int) -> bool:
    first = bisect_left(named, start)
    return first < len(named) and named[first] < end


def _content(token: Token, start: int, end: int, text: str) -> Iterator[Store]:
    tag = token.tag or ""
    if tag == "script":
        attributes = token.attrs or []
        kind = content_kind(tag, attributes)
        kind = kind_by_content(text) if kind is ContentKind.BY_CONTENT else kind
        if kind in {ContentKind.DATA, ContentKind.MARKUP}:
            # Markup is gated as such; here it is what its attributes and its text hold.
            form = StoreForm.TEMPLATE if kind is ContentKind.MARKUP else StoreForm.RAW_TEXT
            yield Store(form, f"script[{script_type(attributes)}]", tag, "", start, end, text)
        elif kind is ContentKind.CODE:
            yield Store(StoreForm.CODE, "inline script", tag, "", start, end, text)
    else:
        form = StoreForm.TEXT if tag == "textarea" else StoreForm.RAW_TEXT
        yield Store(form, tag, tag, "", start, end, text)


def _attributes(piece: _Piece) -> Iterator[Store]:
    tag = piece.token.tag or ""
    if tag in SKIPPED_ELEMENTS:
        return
    seen: set[str] = set()
    for name, value in piece.token.attrs or ():
        known = name in seen or name in ORDINARY_ATTRIBUTES or name.startswith(("on", "aria-"))
        seen.add(name)
        if value and not known and names_platform(value):
            yield Store(StoreForm.ATTRIBUTE, f"{tag}[{name}]", tag, name, piece.start, piece.end, value)
