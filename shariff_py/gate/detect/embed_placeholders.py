"""Empty elements that stand for a frame: an attribute is wholly the frame's address, or settings that name the content, and a script of the page
puts the frame in. And those that a platform's script requires, which are empty, too.

Whether an element is empty cannot be told from its start tag, so the page's tokens are read once where there is such an address at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from turbohtml import TokenType, tokenize

from shariff_py.gate.browser_rules.element_content import VOID_ELEMENTS
from shariff_py.gate.browser_rules.loading_attributes import FRAME_ELEMENTS
from shariff_py.gate.detect.embed_addresses import (
    EmbedAddress,
    content_address_at,
    content_in_setting,
    content_in_settings,
    loaded_address,
    may_be_address,
    may_be_embed_address,
    may_be_setting,
)
from shariff_py.gate.detect.widget_markup import ROOT_IDS, WIDGETS
from shariff_py.platforms.registry import Table
from shariff_py.urls import NOWHERE

Attributes = Sequence[tuple[str, str | None]]

SHOWING_ELEMENTS = frozenset({"article", "aside", "center", "div", "figure", "main", "oembed", "p", "section", "span"})
"""Elements that scripts put a frame in place of, or into; and custom elements, whose names have a hyphen. Links, buttons and fields are not:
what they name opens when they are pressed."""

MEDIA_ELEMENTS = frozenset({"audio", "video"})
"""Elements that play files. One whose source is a platform's content plays nothing by itself: a script of the page puts a player there, and what is
inside is for browsers that have no such element."""

CONTENT_ELEMENT = "oembed"
"""The element that names content in its ``url`` and shows nothing (CKEditor 5, media embed)."""

WORD_ATTRIBUTES = frozenset(
    {
        "about",
        "alt",
        "cite",
        "class",
        "content",
        "id",
        "itemid",
        "itemtype",
        "name",
        "resource",
        "style",
        "title",
        "typeof",
    }
)
"""Attributes whose value is a text or a name."""

SHOWN_ELEMENTS = frozenset(
    {
        "a", "amp-img", "audio", "button", "canvas", "embed", "form", "iframe", "img", "input", "math", "meter", "object", "picture", "progress",
        "select", "svg", "textarea", "video",
    }
)  # fmt: skip
"""Elements that are content without any text."""
_ROOT = Table(
    lambda: rf"id(?<!\wid)\s*+=\s*+[\"']?(?:{'|'.join(map(re.escape, sorted(map(str.lower, ROOT_IDS())))) or '(?!)'})"
)
ROOT_ID = Table(lambda: re.compile(_ROOT()))
EMPTY_ROOT = Table(lambda: re.compile(rf"<([a-z]++)\s(?>(?:[^<>]*?\s)?{_ROOT()})[\"']?(?:\s[^<>]*)?>\s*+</\1\s*+>"))
"""The attribute of a root, and a root without content in its usual form; in lower case."""
UNSHOWN_ELEMENTS = frozenset({"noscript", "script", "style", "template"})
PREVIEW_ELEMENTS = frozenset({"button", "img", "picture", "svg"})
"""What stands in a player before it plays: its picture, and what is pressed. Of the settings of one player that is no content."""

CLOSING_PARAGRAPHS = frozenset(
    {
        "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset", "figcaption", "figure", "footer",
        "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "table",
        "ul",
    }
)  # fmt: skip
"""Start tags before which a browser closes an open paragraph (WHATWG HTML 13.2.6.4.7)."""


Key = tuple[str, tuple[tuple[str, str | None], ...]]
"""An element's name and its attributes."""


class _Place(NamedTuple):
    """Where an empty element that stands for a frame is: inside an open paragraph, inside a form."""

    in_paragraph: bool
    in_form: bool


class Placeholder(NamedTuple):
    """An empty element that stands for a frame: the attribute with the frame's address, the frame, and whether the element is inside a
    paragraph, which our markup has to close, or inside a form.
    """

    attribute: str
    embed: EmbedAddress
    in_paragraph: bool
    in_form: bool


class Placeholders:
    """The placeholders of a page. Its tokens are read once, when the first element asks that may be one."""

    def __init__(self, source: str) -> None:
        self._source = source

    def find(self, tag: str, attributes: tuple[tuple[str, str | None], ...], base: str) -> Placeholder | None:
        """The placeholder that an element of this name with these attributes is, if it is one. One that also occurs with content is none:
        they could not be told apart. ``base`` is what relative URLs refer to.
        """
        key = tag, _valued(attributes)
        shown = shown_frame(tag, attributes, base)
        if shown is None and tag in MEDIA_ELEMENTS:
            shown = self._read.sources.get(key)
        place = self._empty.get(key) if shown else None
        if shown is None or place is None:
            return None
        return Placeholder(*shown, place.in_paragraph and tag not in CLOSING_PARAGRAPHS, place.in_form)

    def is_empty_root(self, tag: str, attributes: tuple[tuple[str, str | None], ...]) -> bool:
        """Whether an element with the id of one that a platform's script requires is empty wherever it occurs. One with content is the
        page's own.
        """
        if tag in SHOWING_ELEMENTS and self._every_root_is_empty:
            return True
        return (tag, _valued(attributes)) in self._empty

    @cached_property
    def _every_root_is_empty(self) -> bool:
        """Whether the text alone shows it, as on most pages; reading the page's tags takes longer."""
        source = self._source.lower()
        tags = [source.rfind("<", 0, root.start()) for root in ROOT_ID().finditer(source)]
        empty = EMPTY_ROOT()
        return bool(tags) and all(tag != -1 and empty.match(source, tag) for tag in tags)

    @cached_property
    def _read(self) -> _Reader:
        return _read(self._source)

    @cached_property
    def _empty(self) -> dict[Key, _Place]:
        return {key: place for key, place in self._read.empty.items() if key not in self._read.filled}


def shown_frame(tag: str, attributes: Attributes, base: str = NOWHERE) -> tuple[str, EmbedAddress] | None:
    """The attribute of such an element that is a frame's address, and the frame; whether the element is empty is not known here."""
    if not _may_show(tag):
        return None
    for name, value in attributes:
        named = name in WORD_ATTRIBUTES or name.startswith(("on", "aria-"))
        found = loaded_address(value, base) if value and not named and tag not in MEDIA_ELEMENTS else None
        if found is None and tag == CONTENT_ELEMENT and name == "url" and value:
            found = content_address_at(value, base)
        if found is None and value and not named and may_be_setting(name, value):
            found = content_in_settings(name, value, base)
        if value and found is not None and may_be_address(name, value):
            return name, found
    return None


def may_be_placeholder(tag: str, attributes: Attributes, values: str) -> bool:
    """Whether an element with these attributes, and their values one after the other, could stand for a frame."""
    if not _may_show(tag):
        return False
    if tag == CONTENT_ELEMENT or tag in MEDIA_ELEMENTS or may_be_embed_address(values):
        return True
    has_url = "//" in values or "\\/" in values
    return has_url and any(may_be_setting(name, value) for name, value in attributes if value)


def _may_show(tag: str) -> bool:
    """Whether a script may put a frame in place of an element of this name, or into it. Most elements of a page are none of these."""
    if tag in SHOWING_ELEMENTS or tag in MEDIA_ELEMENTS:
        return True
    return "-" in tag and tag not in WIDGETS() and tag not in FRAME_ELEMENTS


def _valued(attributes: Attributes) -> tuple[tuple[str, str | None], ...]:
    """Attributes in the form in which the tokenizer and the rewriter give the same: an attribute without a value has an empty one."""
    return tuple([(name, value or "") for name, value in attributes])


def _is_followed(tag: str, attributes: Attributes) -> bool:
    is_root = any(name == "id" and value in ROOT_IDS() for name, value in attributes)
    if (is_root and tag in SHOWING_ELEMENTS) or tag in MEDIA_ELEMENTS:
        return True
    return shown_frame(tag, attributes) is not None


def _read(source: str) -> _Reader:
    """What the page's tags say of its placeholders."""
    reader = _Reader()
    for token in tokenize(source, resolve_references=False):
        match token.type:
            case TokenType.START_TAG:
                reader.open(token.tag or "", _valued(token.attrs or ()), closed=token.self_closing)
            case TokenType.END_TAG:
                reader.close(token.tag or "")
            case TokenType.TEXT | TokenType.CHARACTER_REFERENCE:
                reader.text(token.data or "")
    return reader


class _Reader:
    """Follows a page's tokens. ``empty`` are the placeholders that ended without content, ``filled`` those with content, ``sources`` the content that
    is the source of media elements."""

    def __init__(self) -> None:
        self.empty: dict[Key, _Place] = {}
        self.filled: set[Key] = set()
        self.sources: dict[Key, tuple[str, EmbedAddress]] = {}
        self._paragraph = False
        self._forms = 0
        self._open: tuple[Key, _Place] | None = None
        self._is_player = False
        self._depth = 0
        self._unshown = ""

    def open(self, tag: str, attributes: tuple[tuple[str, str | None], ...], *, closed: bool) -> None:
        """A start tag."""
        if tag in CLOSING_PARAGRAPHS:
            self._paragraph = tag == "p"
        self._forms += tag == "form"
        if self._open is not None and not self._unshown:
            if self._open[0][0] in MEDIA_ELEMENTS:
                self._note_source(self._open[0], tag, attributes)
            elif self._is_player and (tag in PREVIEW_ELEMENTS or ("role", "button") in attributes):
                self._unshown = "" if tag in VOID_ELEMENTS else tag
            elif tag in SHOWN_ELEMENTS:
                self._fill(self._open[0])
            elif tag in UNSHOWN_ELEMENTS:
                self._unshown = tag
            else:
                self._depth += tag == self._open[0][0] and not closed
        elif self._open is None and tag not in VOID_ELEMENTS and _is_followed(tag, attributes):
            key = tag, attributes
            self.filled |= {key} if closed else set()
            self._open, self._depth = (key, _Place(self._paragraph and tag != "p", self._forms > 0)), 1
            self._is_player = any(content_in_settings(name, value or "", NOWHERE) for name, value in attributes)

    def close(self, tag: str) -> None:
        """An end tag."""
        if self._open is not None and not self._unshown and tag == self._open[0][0]:
            self._depth -= 1
            if self._depth == 0:
                key, place = self._open
                known = self.empty.get(key, place)
                self.empty[key] = _Place(known.in_paragraph or place.in_paragraph, known.in_form or place.in_form)
                self._open = None
        self._unshown = "" if tag == self._unshown else self._unshown
        self._paragraph = self._paragraph and tag != "p"
        self._forms = max(0, self._forms - (tag == "form"))

    def text(self, text: str) -> None:
        """A piece of text."""
        if self._open is not None and self._open[0][0] not in MEDIA_ELEMENTS and not self._unshown and text.strip():
            self._fill(self._open[0])

    def _note_source(self, key: Key, tag: str, attributes: Attributes) -> None:
        address = next((value or "" for name, value in attributes if name == "src"), "") if tag == "source" else ""
        if (found := content_in_setting("src", address, NOWHERE)) is not None:
            self.sources.setdefault(key, (tag, found))

    def _fill(self, key: Key) -> None:
        self.filled.add(key)
        self._open = None
