"""Content that a script has the platform's own script show: it is called with the content's address, or with a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from shariff_py.errors import EmbedRefused
from shariff_py.gate.detect.javascript.calls import Call, call_at
from shariff_py.gate.detect.javascript.literals import decoded
from shariff_py.gate.detect.javascript.syntax import LONGEST, Syntax
from shariff_py.platforms.embed_kind import EmbedKind
from shariff_py.platforms.recognition import Embed, embed_of, first_address
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY, Table

if TYPE_CHECKING:
    from tree_sitter import Node

CALLS = frozenset({"call_expression", "new_expression"})
STRINGS = frozenset({"string", "template_string"})
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
CALL = Table(lambda: re.compile(rf"(?<![\w$])(?:{'|'.join(map(re.escape, sorted(CALLED()))) or '(?!)'})(?=\s*\()"))


def calls_content(code: str) -> bool:
    """Whether a text has the beginning of such a call."""
    return CALL().search(code) is not None


def content_calls(code: str) -> list[ContentCall]:
    """The content that a script has shown, each once. What it is called with has to stand in the call itself."""
    if len(code) > LONGEST or not calls_content(code):
        return []
    found = {one.embed.address: one for one in _content_calls(Syntax(code))}
    return list(found.values())


def _content_calls(syntax: Syntax) -> Iterator[ContentCall]:
    for number, place in enumerate(CALL().finditer(syntax.code)):
        name = place[0]
        nodes = [node for node in syntax.path(place.start(), place.end()) if node.type in CALLS]
        call = call_at(syntax, nodes[-1]) if nodes else None
        if number >= MAX_CALLS or call is None or call.full != name:
            continue
        given = _given(syntax, call)
        for platform, kind in CALLED()[name]:
            address = first_address(kind.calls[name], given)
            try:
                embed = embed_of(platform, kind, address, given) if address else None
            except EmbedRefused:
                continue
            if embed is not None:
                yield ContentCall(name, embed)
                break


def _given(syntax: Syntax, call: Call) -> Mapping[str, str]:
    """What a call is given as text or number: arguments by their number, properties of objects in them by their name."""
    given: dict[str, str] = {}
    for number, argument in enumerate(call.arguments):
        given |= {str(number): text for text in [_text(syntax, argument)] if text}
        for pair in _pairs(argument):
            key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            text = _text(syntax, value) if value is not None else ""
            if key is not None and text:
                given.setdefault(syntax.text(key).strip("\"'"), text)
    return given


def _pairs(node: Node) -> Iterator[Node]:
    """The properties of an object, and those of objects in it."""
    if node.type == "pair":
        yield node
    if node.type in {"object", "pair"}:
        for child in node.named_children:
            yield from _pairs(child)


def _text(syntax: Syntax, node: Node) -> str:
    if node.type == "number":
        return syntax.text(node)
    if node.type in STRINGS and not any(child.type == "template_substitution" for child in node.children):
        return decoded(syntax.text(node)[1:-1])
    return ""
