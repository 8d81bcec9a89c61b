"""What a call does with one of its arguments, by the name of what is called."""

from __future__ import annotations

import re
from enum import IntEnum, auto
from typing import TYPE_CHECKING, NamedTuple

from shariff_py.gate.browser_rules import script_sinks as sinks
from shariff_py.gate.detect.javascript.syntax import FUNCTIONS, Syntax
from shariff_py.gate.detect.javascript.values import Kind, Value

if TYPE_CHECKING:
    from tree_sitter import Node


class Use(IntEnum):
    """What a script does with an address, in the order of weight.

    ``MENTIONED``: links, compares, shows or never uses it. ``KEPT``: it is part of the data that the script keeps for others.
    ``UNCERTAIN``: it is handed to something that the script does not show. ``LOADED``: it is fetched.
    """

    MENTIONED = auto()
    KEPT = auto()
    UNCERTAIN = auto()
    LOADED = auto()


class Call(NamedTuple):
    """A call or construction: its node, the last name of what is called, the whole of it, the object it is a method of, its arguments."""

    node: Node
    name: str
    full: str
    function: Node | None
    receiver: Node | None
    arguments: list[Node]

    @property
    def constructs(self) -> bool:
        return self.node.type == "new_expression"


ANY = "*"
"""A key of a list or one that is computed."""
CALLED = "()"
"""Stands among keys for the call of a function that returns the value."""

Keys = tuple[str, ...]
"""The way from a value to the address in it: keys of objects, from the outermost."""

_SPACE = re.compile(r"\s+|\?(?=\.)|^(?:window|self|globalThis)\.")
_QUOTES = "\"'`"


def call_at(syntax: Syntax, node: Node) -> Call:
    """The call that a ``call_expression`` or ``new_expression`` is."""
    function = node.child_by_field_name("function") or node.child_by_field_name("constructor")
    arguments = node.child_by_field_name("arguments")
    given = [child for child in arguments.named_children if child.type != "comment"] if arguments else []
    while function is not None and function.type == "parenthesized_expression" and function.named_child_count == 1:
        function = function.named_children[0]
    if function is None or function.end_byte - function.start_byte > 200:
        full = ""
    else:
        full = _SPACE.sub("", syntax.text(function))
    receiver = name = None
    if function is not None and function.type == "member_expression":
        receiver, name = function.child_by_field_name("object"), function.child_by_field_name("property")
    elif function is not None and function.type in {"identifier", "import"}:
        name = function
    return Call(node, syntax.text(name) if name else "", full, function, receiver, given)


def use_in_call(syntax: Syntax, call: Call, index: int, keys: Keys, value: Value) -> Use | None:
    """What a call of a known name does with its argument; ``None`` where the name says nothing."""
    kind = value.kind
    if sinks.MODULE_LOADERS.fullmatch(call.full):
        return Use.LOADED
    if call.name in sinks.COMPARING_FUNCTIONS and not keys:
        return Use.MENTIONED
    if keys:
        return _use_of_object(call, keys, kind)
    if call.name == "open" and index == 1 and _is_request(syntax, call, kind):
        return Use.MENTIONED if value.is_parameter else Use.LOADED
    fetches = call.name in (sinks.FETCHING_CONSTRUCTORS if call.constructs else sinks.FETCHING_FUNCTIONS)
    if fetches or sinks.REQUESTING_METHODS.fullmatch(call.full):
        return Use.MENTIONED if kind is Kind.HOST or value.is_parameter else Use.LOADED
    if call.name in sinks.ATTRIBUTE_FUNCTIONS or call.full in sinks.REFLECTING_FUNCTIONS:
        return _use_as_attribute(syntax, call, index, value)
    if call.name in sinks.MARKUP_FUNCTIONS and kind is Kind.MARKUP:
        return Use.LOADED
    if call.name in sinks.CODE_FUNCTIONS and kind in {Kind.MARKUP, Kind.CODE}:
        return Use.LOADED
    if call.name in sinks.RUNNING_FUNCTIONS and kind is Kind.TEXT:
        return Use.UNCERTAIN
    if call.name in sinks.MARKUP_FUNCTIONS or call.name in sinks.SHOWING_FUNCTIONS:
        return Use.KEPT if call.name == "parse" else Use.MENTIONED
    return None


def _is_request(syntax: Syntax, call: Call, kind: Kind) -> bool:
    """Whether ``open`` is that of a request, which is given the method first. Dialogues and editors have one of their own."""
    first = call.arguments[0]
    if first.type == "identifier":
        return kind is Kind.URL and sinks.REQUEST in syntax.code
    return sinks.HTTP_METHOD.fullmatch(syntax.text(first)) is not None


def _use_of_object(call: Call, keys: Keys, kind: Kind) -> Use | None:
    """An object or a list that is handed to a function."""
    key = keys[0]
    fetches = call.name in sinks.FETCHING_FUNCTIONS or sinks.REQUESTING_METHODS.fullmatch(call.full)
    if (fetches or call.constructs) and key in sinks.FETCHED_REQUEST_KEYS and len(keys) == 1:
        return Use.LOADED
    if call.name in sinks.ADDING_METHODS or len(keys) > 1:
        return Use.KEPT if call.function is None or call.function.type not in FUNCTIONS else None
    if key in sinks.FETCHED_KEYS or (key in sinks.MARKUP_PROPERTIES | {"html"} and kind is Kind.MARKUP):
        return Use.LOADED if call.name else Use.UNCERTAIN
    return None


def _use_as_attribute(syntax: Syntax, call: Call, index: int, value: Value) -> Use | None:
    name = syntax.text(call.arguments[index - 1]).strip(_QUOTES) if index else ""
    return use_as_property(name, value)


def use_as_property(name: str, value: Value) -> Use | None:
    """What becomes of a value that an element gets as the attribute or property ``name``; ``None`` for links, which depend on the element."""
    kind = value.kind
    if name.lower() in sinks.SUBMITTED_PROPERTIES:
        return Use.LOADED if value.address.is_loaded else Use.MENTIONED
    if kind in {Kind.MARKUP, Kind.CODE} and (name in sinks.CODE_PROPERTIES or name.startswith("on")):
        return Use.LOADED
    if kind is Kind.MARKUP and (name in sinks.MARKUP_PROPERTIES or name == "style"):
        return Use.LOADED
    if name.lower().endswith(sinks.URL_LISTS) and kind is Kind.TEXT and not value.is_parameter:
        return Use.LOADED
    if name in sinks.FETCHED_ATTRIBUTES:
        return Use.LOADED if kind in {Kind.URL, Kind.MARKUP} else Use.MENTIONED
    if name in sinks.LINKED_PROPERTIES:
        return None
    if kind is Kind.MARKUP and name.startswith("--"):
        return Use.LOADED
    if kind is Kind.MARKUP and name.lower().endswith(("image", "background", "cursor", "content", "filter", "mask")):
        return Use.LOADED
    return Use.UNCERTAIN if name.startswith("data-") else Use.MENTIONED
