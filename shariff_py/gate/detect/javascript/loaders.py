"""Whether a script is nothing but a loader or a pixel: then it goes whole, otherwise every other part of it stays.

It is one only if all that it does is shown to belong to the loading: each call by the object that it is a call of, each name by what the script
gives it. A name of the page's own, or a call of which that cannot be told, makes it another script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from shariff_py.gate.browser_rules import loader_calls as loaders
from shariff_py.gate.browser_rules import script_sinks as sinks
from shariff_py.gate.detect.javascript.addresses import names_platform
from shariff_py.gate.detect.javascript.calls import Call, call_at
from shariff_py.gate.detect.javascript.holdings import Held, Holdings
from shariff_py.gate.detect.javascript.literals import decoded
from shariff_py.gate.detect.javascript.names import TooManyError, declares
from shariff_py.gate.detect.javascript.syntax import FUNCTIONS, Syntax

if TYPE_CHECKING:
    from tree_sitter import Node

LONGEST_LOADER = 5_000
"""Characters of the longest script that is nothing but loaders, with the calls that configure them."""

LOADED_MARKUP = re.compile(
    r"(?:\s*<(?:img|script|iframe|link|embed|object|noscript)\b[^<>]*>(?:\s*<\\?/\w+\s*>)?|\s*<\\?/\w+\s*>)*\s*",
    re.IGNORECASE,
)
"""Markup without any text or other elements of the page's own."""
_TAG = re.compile(r"<(?!noscript\b)\w[^<>]*>", re.IGNORECASE)

_OTHER_CODE = frozenset(
    {
        "class_declaration", "class", "export_statement", "debugger_statement", "throw_statement",
    }
)  # fmt: skip
_MARKUP_ALONE = re.compile(r"\s*<[a-z/]", re.IGNORECASE)
"""The beginning of markup in place of a script: no engine runs it."""
_ADDRESS = re.compile(
    r"\s*(?:(?:https?:)?//[\w.-]|\.{0,2}/[\w.-]|[\w./-]+\.(?:m?js|css|php|json|html?)(?![\w.]))", re.IGNORECASE
)
"""An address: what a loader loads besides is not the platform's."""
_FETCHED = sinks.FETCHED_ATTRIBUTES | sinks.MARKUP_PROPERTIES | sinks.LINKED_PROPERTIES
_HANDLERS = frozenset({"onload", "onerror", "onreadystatechange"})


def is_only_loader(syntax: Syntax) -> bool:
    """Whether a script that loads something of a platform does nothing else, so that nobody misses it."""
    if len(syntax.code) > LONGEST_LOADER:
        return False
    if is_markup(syntax.code):
        return True
    if syntax.root.has_error:
        return False
    held = Holdings(syntax)
    try:
        return all(_is_loaders(held, node) for node in _nodes(syntax.root))
    except TooManyError:
        return False


def is_markup(code: str) -> bool:
    """Whether markup stands in place of a script."""
    return _MARKUP_ALONE.match(code) is not None


def _nodes(root: Node) -> Iterator[Node]:
    pending = [root]
    while pending:
        node = pending.pop()
        yield node
        pending += node.named_children


def _is_loaders(held: Holdings, node: Node) -> bool:
    match node.type:
        case kind if kind in _OTHER_CODE:
            return False
        case "identifier" | "shorthand_property_identifier":
            return held.of(node) is not Held.FOREIGN and not _is_meant_for_others(held, node)
        case "member_expression":
            return held.of(node.child_by_field_name("object")) is not Held.WINDOW or held.of(node) is not Held.FOREIGN
        case "subscript_expression":
            return held.of(node.child_by_field_name("object")) is not Held.WINDOW
        case "call_expression" | "new_expression":
            return _is_loaders_call(held, call_at(held.syntax, node))
        case "assignment_expression" | "augmented_assignment_expression":
            target, value = node.child_by_field_name("left"), node.child_by_field_name("right")
            return target is not None and _is_loaders_assignment(held, target, value)
        case "update_expression":
            return node.named_children[0].type == "identifier"
        case "unary_expression":
            return not held.syntax.text(node).startswith("delete")
        case "import_statement":
            return names_platform(held.syntax.text(node))
        case "string" | "template_string":
            return _is_loaders_text(held, node)
    return True


def _is_meant_for_others(held: Holdings, node: Node) -> bool:
    """Whether the script declares a name of the page here and does not use it, or gives it data."""
    path = held.syntax.path(node.start_byte, node.end_byte)
    if len(path) < 2 or not declares(path) or any(found.type in FUNCTIONS for found in path[:-2]):
        return False
    name = held.syntax.text(node)
    used = any(not declares(found) for found in held.names.occurrences(path[0], name))
    return not used or any(value.type in {"object", "array"} for value in held.values(node))


def _is_loaders_text(held: Holdings, node: Node) -> bool:
    """Whether a string is no markup of the page's own and no address of another host, unless it configures the platform's script."""
    syntax = held.syntax
    text = decoded(syntax.text(node)[1:-1])
    if "<" in text:
        tags = _TAG.findall(text)
        return LOADED_MARKUP.fullmatch(text) is not None and all(map(names_platform, tags))
    if _ADDRESS.match(text) is None or names_platform(text):
        return True
    calls = [n for n in syntax.path(node.start_byte, node.end_byte) if n.type == "call_expression"]
    return any(held.of(call_at(syntax, call).function) is Held.PLATFORM for call in calls)


def _is_loaders_call(held: Holdings, call: Call) -> bool:
    if call.constructs:
        return _is_loaders_construction(held, call)
    if call.receiver is not None:
        return _is_loaders_method(held, call, held.of(call.receiver))
    if call.name in loaders.FETCHING_FUNCTIONS:
        return held.carries(call.node)
    if call.name in loaders.FUNCTIONS and held.of(call.function) is not Held.FUNCTION:
        return call.name != "setTimeout" or held.of(call.arguments[0] if call.arguments else None) is Held.FUNCTION
    return held.of(call.function) in {Held.FUNCTION, Held.PLATFORM}


def _is_loaders_construction(held: Holdings, call: Call) -> bool:
    name = call.full
    if name == "Blob" or name in sinks.FETCHING_CONSTRUCTORS:
        return held.carries(call.node)
    return name in loaders.CONSTRUCTORS | loaders.OTHER_CONSTRUCTORS


def _is_loaders_method(held: Holdings, call: Call, receiver: Held) -> bool:
    name = call.name
    if receiver is Held.PLATFORM or (name in loaders.PURE_METHODS and receiver is not Held.FOREIGN):
        return True
    if name in loaders.INSERTING and receiver in {Held.PLACE, Held.MADE, Held.DOCUMENT}:
        number = loaders.INSERTING[name]
        inserted = call.arguments[number] if number < len(call.arguments) else None
        return held.of(inserted) is Held.MADE or held.carries(inserted)
    if name in loaders.PROMISE_METHODS:
        return call.receiver is not None and call.receiver.type == "call_expression"
    fetching, other = _METHODS.get(receiver, (frozenset(), frozenset()))
    if name in loaders.SETTING and receiver in {Held.MADE, Held.PLACE}:
        return _is_loaders_attribute(held, call, receiver)
    return name in other or (name in fetching and held.carries(call.node.child_by_field_name("arguments")))


_METHODS: dict[Held, tuple[frozenset[str], frozenset[str]]] = {
    Held.WINDOW: (loaders.FETCHING_FUNCTIONS, loaders.LISTENING | loaders.FUNCTIONS - {"setTimeout"}),
    Held.DOCUMENT: (loaders.WRITING, loaders.LOOKUPS | loaders.MAKING | loaders.LISTENING),
    Held.PLACE: (frozenset(), loaders.LOOKUPS),
    Held.MADE: (loaders.MADE_FETCHING, loaders.MADE_METHODS),
    Held.FUNCTION: (frozenset(), loaders.FUNCTION_METHODS),
    Held.BROWSER: (loaders.NAVIGATOR_FETCHING, frozenset()),
    Held.LIBRARY: (loaders.LIBRARY_FETCHING, frozenset()),
    Held.FOUND: (loaders.LIBRARY_INSERTING, frozenset({"ready"})),
}
"""The methods that belong to loading: those that have to be given the platform's address, and the others."""


def _is_loaders_attribute(held: Holdings, call: Call, receiver: Held) -> bool:
    if len(call.arguments) < 2:
        return False
    name = held.syntax.text(call.arguments[-2]).strip("\"'`")
    if name in _FETCHED or name.startswith("on"):
        return held.carries(call.arguments[-1])
    return receiver is Held.MADE


def _is_loaders_assignment(held: Holdings, target: Node, value: Node | None) -> bool:
    if target.type == "identifier":
        return held.of(target) is not Held.FOREIGN
    found = target.child_by_field_name("property") or target.child_by_field_name("index")
    name = held.syntax.text(found).strip("\"'`") if found is not None else ""
    of = held.of(target.child_by_field_name("object"))
    if of in {Held.PLATFORM, Held.FUNCTION} or (of is Held.WINDOW and held.of_browser_name(name) is Held.PLATFORM):
        return True
    if name in _HANDLERS:
        return of in {Held.MADE, Held.WINDOW} and held.of(value) is Held.FUNCTION
    if name in _FETCHED | sinks.CODE_PROPERTIES or name.startswith("on"):
        return held.carries(value)
    return of is Held.MADE
