"""Content that a script has the platform's own script show: it is called with the content's address, or with a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from shariff_py.errors import EmbedRefused
from shariff_py.gate.detect.javascript.calls import Call, call_at
from shariff_py.gate.detect.javascript.literals import decoded
from shariff_py.gate.detect.javascript.syntax import LONGEST, Syntax
from shariff_py.gate.text_bytes import find, text_bytes
from shariff_py.platforms.embed_kind import EmbedKind
from shariff_py.platforms.recognition import Embed, embed_of, first_address
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY, Table

if TYPE_CHECKING:
    from tree_sitter import Node

CALLS = frozenset({"call_expression", "new_expression"})
STRINGS = frozenset({"string", "template_string"})
VARIABLES = frozenset({"identifier", "shorthand_property_identifier"})
THIS = re.compile(r"this\.(dataset\.)?([a-z]+)")
"""An attribute of the element whose handler it is."""
MAX_ARGUMENTS, MAX_VARIABLES = 10, 50
"""Arguments of a call, and variables of a script, that are looked at."""
MAX_CALLS = 20
"""Calls of one script that are looked at."""


class ContentCall(NamedTuple):
    """What is called, and the content that it would show."""

    name: str
    embed: Embed


def _called() -> dict[str, list[tuple[Platform, EmbedKind]]]:
    found: dict[str, list[tuple[Platform, EmbedKind]]] = {}
    for platform in REGISTRY.values():
        for kind in platform.embeds:
            for name in kind.calls:
                found.setdefault(name, []).append((platform, kind))
    return found


CALLED = Table(_called)
NAMES = Table(lambda: tuple(name.encode() for name in CALLED()))
CALL = Table(lambda: re.compile(rf"(?<![\w$])(?:{'|'.join(map(re.escape, sorted(CALLED()))) or '(?!)'})(?=\s*+\()"))


def calls_content(code: str) -> bool:
    """Whether a text has the beginning of such a call."""
    text = text_bytes(code).in_case
    # Searching for each name is many times faster than for all at once.
    return any(find(name, text) != -1 for name in NAMES()) and CALL().search(code) is not None


def content_calls(code: str, own: Mapping[str, str] | None = None) -> list[ContentCall]:
    """The content that a script has shown, each once. What it is called with has to stand in the call itself, or in a variable that has one value.

    ``own`` are the attributes of the element whose handler the script is.
    """
    if len(code) > LONGEST or not calls_content(code):
        return []
    found = {one.embed.address: one for one in _Calls(Syntax(code), own or {}).found()}
    return list(found.values())


class _Calls:
    """The calls of one script."""

    def __init__(self, syntax: Syntax, own: Mapping[str, str]) -> None:
        self._syntax = syntax
        self._own = own
        self._variables: dict[str, Node | None] = {}

    def found(self) -> Iterator[ContentCall]:
        for place in islice(CALL().finditer(self._syntax.code), MAX_CALLS):
            nodes = [node for node in self._syntax.path(place.start(), place.end()) if node.type in CALLS]
            call = call_at(self._syntax, nodes[-1]) if nodes else None
            embed = self._content(call) if call is not None and call.full == place[0] else None
            if embed is not None:
                yield ContentCall(place[0], embed)

    def _content(self, call: Call) -> Embed | None:
        given = self._given(call)
        for platform, kind in CALLED()[call.full]:
            try:
                if address := first_address(kind.calls[call.full], given):
                    return embed_of(platform, kind, address, given)
            except EmbedRefused:
                continue
        return None

    def _given(self, call: Call) -> Mapping[str, str]:
        """What a call is given as text or number: arguments by their number, properties of objects in them by their name."""
        given: dict[str, str] = {}
        for number, argument in enumerate(map(self._value, call.arguments[:MAX_ARGUMENTS])):
            pairs = [(str(number), argument), *self._properties(argument)]
            given = {name: text for name, value in pairs if (text := self._text(value))} | given
        return given

    def _properties(self, node: Node) -> Iterator[tuple[str, Node]]:
        """The properties of an object, and those of objects in it."""
        for child in node.named_children if node.type == "object" else ():
            if child.type == "shorthand_property_identifier":
                yield self._syntax.text(child), self._value(child)
            elif child.type == "pair":
                key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                if key is not None and value is not None:
                    yield self._syntax.text(key).strip("\"'"), self._value(value)
                    yield from self._properties(value)

    def _value(self, node: Node) -> Node:
        """What a variable is set to, where the script does so once; otherwise the node itself."""
        if node.type not in VARIABLES:
            return node
        name = self._syntax.text(node)
        if name not in self._variables and len(self._variables) < MAX_VARIABLES:
            self._variables[name] = self._declared(name)
        return self._variables.get(name) or node

    def _declared(self, name: str) -> Node | None:
        places = list(re.finditer(rf"(?<![\w$.]){re.escape(name)}\s*=(?![=>])", self._syntax.code))
        path = self._syntax.path(places[0].start(), places[0].end()) if len(places) == 1 else []
        declared = path[-1] if path and path[-1].type == "variable_declarator" else None
        return declared.child_by_field_name("value") if declared is not None else None

    def _text(self, node: Node) -> str:
        text = self._syntax.text(node)
        if node.type == "member_expression":
            written = THIS.fullmatch(text)
            return self._own.get(f"data-{written[2]}" if written[1] else written[2], "") if written else ""
        if node.type in STRINGS and not any(child.type == "template_substitution" for child in node.children):
            return decoded(text[1:-1])
        return text if node.type == "number" else ""
