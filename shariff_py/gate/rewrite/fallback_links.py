"""What widgets and objects hold for visitors to whom they are not shown.

A widget's link to the platform, for visitors without its script, says the same as ours and goes with it; everything else is the page's.
What is inside cannot be told from a start tag, so the page's tokens are read once, when the first element asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from turbohtml import TokenType, tokenize, unescape

from shariff_py.gate.browser_rules.element_content import VOID_ELEMENTS
from shariff_py.gate.browser_rules.loading_attributes import FRAME_ELEMENTS, HYPERLINK_ELEMENTS
from shariff_py.gate.detect.url_owner import platform_at
from shariff_py.gate.detect.widget_markup import widgets_of
from shariff_py.gate.rewrite.handles import Attributes

PARTS_OF_OBJECTS = frozenset({"frame", *FRAME_ELEMENTS})
"""Elements that say what an object shows, or show the same for other browsers."""

Key = tuple[str, Attributes]
"""An element's name and its attributes."""

MOST_LINKS = 50
"""Links of a widget that are remembered, the last ones: the address of what it shows comes at its end."""


class ContentLinks:
    """The links inside the widgets of a page, widget by widget in the order in which they begin."""

    def __init__(self, source: str) -> None:
        self._source = source

    def inside(self, tag: str, attributes: Attributes) -> Sequence[str]:
        """The addresses of the links inside the next element of this name with these attributes."""
        found = self._found.get((tag, _valued(attributes)), [])
        return found.pop(0) if len(found) > 1 else found[0] if found else ()

    @cached_property
    def _found(self) -> dict[Key, list[list[str]]]:
        found: dict[Key, list[list[str]]] = {}
        opened: list[tuple[str, int, list[str]]] = []
        depth: dict[str, int] = {}
        for token in tokenize(self._source, resolve_references=True):
            tag = token.tag or ""
            if token.type is TokenType.START_TAG and tag not in VOID_ELEMENTS:
                depth[tag] = depth.get(tag, 0) + 1
                attributes = _valued(token.attrs or ())
                if next(widgets_of(tag, attributes), None) is not None:
                    links: list[str] = []
                    found.setdefault((tag, attributes), []).append(links)
                    opened.append((tag, depth[tag], links))
                if opened and tag in HYPERLINK_ELEMENTS:
                    opened[-1][2].extend(value for name, value in attributes if name == "href" and value)
                    del opened[-1][2][:-MOST_LINKS]
            elif token.type is TokenType.END_TAG:
                if opened and opened[-1][:2] == (tag, depth.get(tag, 0)):
                    opened.pop()
                depth[tag] = max(0, depth.get(tag, 0) - 1)
        return found


class FallbackLinks:
    """The widgets of a page, and what they hold."""

    def __init__(self, source: str) -> None:
        self._source = source

    def are_all(self, tag: str, attributes: Attributes) -> bool:
        """Whether elements of this name with these attributes hold nothing but such links, wherever they occur."""
        return (tag, _valued(attributes)) in self._without_content

    @cached_property
    def _without_content(self) -> frozenset[Key]:
        reader = _Reader()
        for token in tokenize(self._source, resolve_references=False):
            match token.type:
                case TokenType.START_TAG:
                    reader.open(token.tag or "", _valued(token.attrs or ()))
                case TokenType.END_TAG:
                    reader.close(token.tag or "")
                case TokenType.TEXT | TokenType.CHARACTER_REFERENCE if (token.data or "").strip():
                    reader.content()
        return frozenset(reader.ended - reader.filled)


class ObjectContent:
    """The objects of a page, and which hold nothing but what is shown where they are not: text, links, pictures."""

    def __init__(self, source: str) -> None:
        self._source = source

    def stays(self, attributes: Attributes) -> bool:
        """Whether objects with these attributes hold such content, and no parameter or frame, which are the object's own, wherever they occur."""
        return _valued(attributes) in self._with_content

    @cached_property
    def _with_content(self) -> frozenset[Attributes]:
        ended: set[Attributes] = set()
        others: set[Attributes] = set()
        filled: set[Attributes] = set()
        opened: list[Attributes] = []
        for token in tokenize(self._source, resolve_references=False):
            match token.type:
                case TokenType.START_TAG if token.tag in PARTS_OF_OBJECTS:
                    others.update(opened[-1:])
                    if token.tag == "object":
                        opened.append(_valued(token.attrs or ()))
                case TokenType.END_TAG if token.tag == "object" and opened:
                    ended.add(opened.pop())
                case TokenType.TEXT | TokenType.CHARACTER_REFERENCE if (token.data or "").strip():
                    filled.update(opened[-1:])
                case TokenType.START_TAG if token.tag == "img":
                    filled.update(opened[-1:])
        return frozenset((ended & filled) - others - set(opened))


class _Reader:
    """Follows a page's tokens: which widgets ended, and in which was something outside a link to a platform."""

    def __init__(self) -> None:
        self.ended: set[Key] = set()
        self.filled: set[Key] = set()
        self._open: list[tuple[Key, int]] = []
        self._depth: dict[str, int] = {}
        self._in_link = False

    def open(self, tag: str, attributes: Attributes) -> None:
        """A start tag."""
        self._depth[tag] = self._depth.get(tag, 0) + (tag not in VOID_ELEMENTS)
        if self._open and tag in HYPERLINK_ELEMENTS and _leads_to_a_platform(attributes):
            self._in_link = True
            return
        nested = tag not in VOID_ELEMENTS and next(widgets_of(tag, attributes), None) is not None
        self._in_link = self._in_link and not nested
        self.content()
        if nested:
            self._open.append(((tag, attributes), self._depth[tag]))

    def close(self, tag: str) -> None:
        """An end tag."""
        if self._open and self._open[-1][0][0] == tag and self._depth.get(tag, 0) <= self._open[-1][1]:
            self.ended.add(self._open.pop()[0])
        self._in_link = self._in_link and tag not in HYPERLINK_ELEMENTS
        self._depth[tag] = max(0, self._depth.get(tag, 0) - 1)

    def content(self) -> None:
        """Something that is shown."""
        if self._open and not self._in_link:
            self.filled.add(self._open[-1][0])


def _valued(attributes: Iterable[tuple[str, str | None]]) -> Attributes:
    """Attributes in the form in which the tokenizer and the rewriter give the same: an attribute without a value has an empty one."""
    return tuple([(name, value or "") for name, value in attributes])


def _leads_to_a_platform(attributes: Attributes) -> bool:
    return any(name == "href" and value and platform_at(unescape(value)) for name, value in attributes)
