"""Nodes that hand a value on as it is, with something before it, or as a part of an object or a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shariff_py.gate.browser_rules import script_sinks as sinks
from shariff_py.gate.detect.javascript.addresses import Address
from shariff_py.gate.detect.javascript.calls import ANY, CALLED, Call, Keys, Use, call_at
from shariff_py.gate.detect.javascript.names import Path
from shariff_py.gate.detect.javascript.syntax import Syntax
from shariff_py.gate.detect.javascript.values import (
    LONGEST_PREFIX,
    MAX_OPERANDS,
    Kind,
    Value,
    before_substitution,
    tail,
)

if TYPE_CHECKING:
    from tree_sitter import Node

Step = Use | tuple[int, Keys, Value]
"""What is known at a node: the use, or where to go on in the path, with which keys and which value."""

PASSING = frozenset({"parenthesized_expression", "await_expression", "spread_element", "template_substitution"})
"""Nodes whose value is that of the expression in them."""
PASSING_OPERATORS = frozenset({"||", "&&", "??"})


def operator(syntax: Syntax, path: Path, keys: Keys, value: Value) -> Step:
    node, parent = path[-1], path[-2]
    operator = parent.child_by_field_name("operator")
    sign = syntax.text(operator) if operator else ""
    if sign in PASSING_OPERATORS:
        return len(path) - 2, keys, value
    if sign != "+":
        return Use.MENTIONED
    left = parent.child_by_field_name("left")
    if left is not None and left != node:
        value = value.behind(tail(syntax, left))
    return len(path) - 2, keys, value


def template(syntax: Syntax, path: Path, keys: Keys, value: Value) -> Step:
    return len(path) - 2, keys, value.behind(before_substitution(syntax, path[-2], path[-1].start_byte))


def ternary(syntax: Syntax, path: Path, keys: Keys, value: Value) -> Step:
    if path[-2].child_by_field_name("condition") == path[-1]:
        return Use.MENTIONED
    return len(path) - 2, keys, value


def sequence(syntax: Syntax, path: Path, keys: Keys, value: Value) -> Step:
    return (len(path) - 2, keys, value) if path[-2].named_children[-1] == path[-1] else Use.MENTIONED


def pair(syntax: Syntax, path: Path, keys: Keys, value: Value) -> Step:
    key = path[-2].child_by_field_name("key")
    if key is None or key == path[-1]:
        return Use.MENTIONED
    return len(path) - 3, (key_of(syntax, key), *keys), value


def shorthand(syntax: Syntax, path: Path, keys: Keys, value: Value) -> Step:
    spread = path[-1].type == "spread_element"
    return len(path) - 2, keys if spread else (syntax.text(path[-1]), *keys), value


def array(syntax: Syntax, path: Path, keys: Keys, value: Value) -> Step:
    if path[-1].type == "spread_element":
        return len(path) - 2, keys, value
    return len(path) - 2, (ANY, *keys), _joined(syntax, path, value)


def _joined(syntax: Syntax, path: Path, value: Value) -> Value:
    """The value of a list's item behind those before it, where the list is joined at once."""
    if len(path) < 4 or path[-3].type != "member_expression" or path[-4].type != "call_expression":
        return value
    call = call_at(syntax, path[-4])
    if call.receiver != path[-2] or call.name != "join":
        return value
    items = [item for item in path[-2].named_children if item.start_byte < path[-1].start_byte]
    separator = tail(syntax, call.arguments[0]) if call.arguments else ","
    return value.behind("".join([f"{tail(syntax, item)}{separator}" for item in items[-MAX_OPERANDS:]]))


def arrow(syntax: Syntax, path: Path, keys: Keys, value: Value) -> Step:
    return len(path) - 2, (CALLED, *keys), value


def outside_strings(syntax: Syntax, address: Address) -> tuple[Use, Kind]:
    """The use of an address where no JavaScript is: in markup, or in what the parser could not read."""
    kind = Value(address, syntax.code[max(0, address.start - LONGEST_PREFIX) : address.start]).kind
    return (Use.LOADED if kind in {Kind.MARKUP, Kind.CODE, Kind.PEER} else Use.UNCERTAIN), kind


def given(syntax: Syntax, call: Call, index: int, value: Value) -> Value:
    """What a call is given as one of its arguments; all of them together, where it joins them."""
    if not index or call.name not in sinks.WRITING_FUNCTIONS:
        return value
    return value.behind("".join([tail(syntax, before) for before in call.arguments[:index]]))


def handed_on(syntax: Syntax, call: Call, index: int, value: Value) -> Value:
    """What a call makes of the text that it is given and hands on."""
    if call.name == "concat" and call.receiver is not None:
        before = [tail(syntax, text) for text in (call.receiver, *call.arguments[:index])]
        return value.behind("".join(before))
    return value.percent_decoded if call.name in sinks.DECODING_FUNCTIONS else value


def key_of(syntax: Syntax, node: Node) -> str:
    """A key of an object as text; `ANY` where it is computed."""
    if node.type == "computed_property_name" and node.named_children:
        node = node.named_children[0]
    if node.type == "string":
        return syntax.text(node)[1:-1]
    return syntax.text(node) if node.type in {"property_identifier", "private_property_identifier"} else ANY
