"""What a script does with an address: the way of its value up the syntax tree, through names and functions, to where it is used."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from shariff_py.gate.browser_rules import script_sinks as sinks
from shariff_py.gate.detect.javascript import steps
from shariff_py.gate.detect.javascript.addresses import Address
from shariff_py.gate.detect.javascript.calls import (
    ANY,
    CALLED,
    Keys,
    Use,
    call_at,
    use_as_property,
    use_in_call,
)
from shariff_py.gate.detect.javascript.links import link_use, location_use, window_use
from shariff_py.gate.detect.javascript.names import GLOBAL_OBJECTS, NAME, Names, Path, TooManyError, is_written
from shariff_py.gate.detect.javascript.steps import handed_on, key_of
from shariff_py.gate.detect.javascript.syntax import FUNCTIONS, Syntax
from shariff_py.gate.detect.javascript.values import Kind, Value, value_in

if TYPE_CHECKING:
    from tree_sitter import Node

NOT_CODE = frozenset({"comment", "html_comment", "regex_pattern"})
STRINGS = frozenset({"string", "template_string"})
JSON_START = re.compile(r"\s*(?:\\[\"'])?[\[{]")

MAX_STEPS = 3_000
"""Nodes that are looked at on the way of all values of one script, names included."""
MAX_NAMES = 40
"""Names, properties and functions that hand on a value to each other."""


class AddressUses:
    """What one script does with its addresses. With ``value_is_document`` its last value is shown as a document (``javascript:``)."""

    def __init__(self, syntax: Syntax, *, value_is_document: bool = False) -> None:
        self._syntax = syntax
        self._names = Names(syntax)
        self._value_is_document = value_is_document
        self._steps = 0
        self._depth = 0
        self._seen: set[tuple[int, int, Keys, str]] = set()

    def of(self, address: Address) -> tuple[Use, Kind]:
        """The gravest use of an address, and what the text around it is."""
        path = self._syntax.path(address.start, address.end)
        if not path:
            return Use.UNCERTAIN, Kind.URL
        types = [node.type for node in path]
        if types[-1] in NOT_CODE:
            return Use.MENTIONED, Kind.TEXT
        place = next((n for n in range(len(path) - 1, -1, -1) if types[n] in STRINGS), None)
        if place is None or types[place - 1].startswith("jsx"):
            return steps.outside_strings(self._syntax, address)
        value = value_in(self._syntax, path[place], address)
        self._seen.clear()
        self._depth = 0
        try:
            return self._climb(path[: place + 1], (), value), value.kind
        except TooManyError:
            return Use.UNCERTAIN, value.kind

    def _climb(self, path: Path, keys: Keys, value: Value) -> Use:
        """Follow the value of the last node of ``path`` upwards. ``keys`` lead from it to the address."""
        key = (path[-1].start_byte, path[-1].end_byte, keys, value.prefix)
        if key in self._seen:
            return Use.MENTIONED
        self._seen.add(key)
        self._depth += 1
        if self._depth > MAX_NAMES:
            raise TooManyError
        use = self._climbed(path, keys, value)
        self._depth -= 1
        return use

    def _climbed(self, path: Path, keys: Keys, value: Value) -> Use:
        place = len(path) - 1
        while True:
            self._steps += 1
            if self._steps > MAX_STEPS:
                raise TooManyError
            if value.kind is Kind.PEER:
                return Use.LOADED
            parent = path[max(0, place - 1)]
            if parent.type in steps.PASSING:
                place -= 1
                continue
            step = STEPS.get(parent.type)
            if step is None:
                return Use.UNCERTAIN if parent.type == "ERROR" else Use.MENTIONED
            done = step(self, path[: place + 1], keys, value)
            if isinstance(done, Use):
                return done
            place, keys, value = done

    def _member(self, path: Path, keys: Keys, value: Value) -> steps.Step:
        """A property or a method of the value."""
        parent = path[-2]
        if parent.child_by_field_name("object") != path[-1]:
            return Use.MENTIONED
        found = parent.child_by_field_name("property") or parent.child_by_field_name("index")
        name = key_of(self._syntax, found) if found is not None else ANY
        if len(path) > 2 and path[-3].type == "call_expression" and path[-3].child_by_field_name("function") == parent:
            return self._method(path, name, keys, value)
        if not keys:
            return (len(path) - 2, keys, value) if name in sinks.TEXT_PROPERTIES else Use.MENTIONED
        return (len(path) - 2, keys[1:], value) if ANY in {name, keys[0]} or name == keys[0] else Use.MENTIONED

    def _method(self, path: Path, name: str, keys: Keys, value: Value) -> steps.Step:
        """A method that is called on the value."""
        if keys and name == keys[0] and len(keys) > 1 and keys[1] == CALLED:
            return len(path) - 3, keys[2:], value
        if name in sinks.COMPARING_FUNCTIONS | sinks.ADDING_METHODS:
            return Use.MENTIONED
        if name == sinks.PROMISE_METHOD or (name in sinks.ITERATING_METHODS and keys):
            call, inner = call_at(self._syntax, path[-3]), keys if name == sinks.PROMISE_METHOD else keys[1:]
            if not call.arguments:
                return Use.MENTIONED
            return self._argument_of_function(path[:-2], call.arguments[0], 0, inner, value)
        if name in sinks.TEXT_METHODS or (keys and name in {"values", "concat", "slice", "pop", "shift", "at", "get"}):
            drops = keys and name in {"join", "pop", "shift", "at", "get"}
            joined = value.behind("\ufffc") if name == "join" else value
            return len(path) - 3, keys[1:] if drops else keys, joined
        if name in {"appendTo", "prependTo", "insertBefore", "insertAfter"} and value.kind is Kind.MARKUP:
            return Use.LOADED
        return Use.UNCERTAIN if keys and keys[0] in {ANY, name} else Use.MENTIONED

    def _argument(self, path: Path, keys: Keys, value: Value) -> steps.Step:
        call = call_at(self._syntax, path[-3])
        index = next((n for n, given in enumerate(call.arguments) if given == path[-1]), 0)
        if keys and call.full in sinks.COLLECTING_FUNCTIONS:
            return len(path) - 3, keys, value
        if len(keys) > 1 and call.full in sinks.PAIRED_FUNCTIONS:
            return len(path) - 3, keys[1:], value
        value = steps.given(self._syntax, call, index, value)
        known = None if keys else window_use(self._syntax, call, index, value)
        known = use_in_call(self._syntax, call, index, keys, value) if known is None else known
        if known is not None:
            if known is Use.KEPT and call.name in sinks.ADDING_METHODS and call.receiver is not None:
                return max(known, self._assigned(path[:-3], call.receiver, (ANY, *keys), value))
            return known
        if call.name in sinks.ATTRIBUTE_FUNCTIONS and not keys:
            return link_use(self._syntax, path, call.receiver)
        if call.name in sinks.TEXT_METHODS and not (call.receiver and call.name in {"join", "format"}):
            return len(path) - 3, keys, handed_on(self._syntax, call, index, value)
        if call.full in sinks.LISTING_FUNCTIONS:
            return len(path) - 3, (ANY, *keys), value
        if keys and call.full in sinks.PAIRING_FUNCTIONS:
            return len(path) - 3, (ANY, ANY, *keys[1:]), value
        if call.full == "Object.assign" and len(keys) == 1:
            return use_as_property(keys[0], value) or link_use(self._syntax, path, call.arguments[0])
        if call.name in sinks.ADDING_METHODS and call.receiver is not None:
            return self._assigned(path[:-3], call.receiver, (ANY, *keys), value)
        function = call.function
        return self._argument_of_function(path[:-2], function, index, keys, value) if function else Use.UNCERTAIN

    def _argument_of_function(self, path: Path, function: Node, index: int, keys: Keys, value: Value) -> Use:
        """What a function does with what it is given. ``path`` leads to its call."""
        if function.type == "member_expression" and (inner := function.child_by_field_name("object")) is not None:
            name = self._text_of(function.child_by_field_name("property"))
            while inner.type == "parenthesized_expression" and inner.named_child_count:
                inner = inner.named_children[0]
            if name == "call" and index and (inner.type in FUNCTIONS or inner.type == "identifier"):
                return self._argument_of_function(path, inner, index - 1, keys, value)
        if function.type == "identifier":
            scope = self._names.scope(path, name := self._text_of(function))
            found = [(way, given) for way, given in self._names.given(scope, name) if given.type in FUNCTIONS]
            if not found and name in sinks.FETCHING_FUNCTIONS:
                return Use.LOADED
        elif function.type == "member_expression":
            found = self._names.methods(self._text_of(function.child_by_field_name("property")))
        else:
            found = [(path, function)]
        uses = [self._parameter(way, f, index, keys, value) for way, f in found if f.type in FUNCTIONS]
        return max(uses, default=Use.MENTIONED if value.kind in {Kind.HOST, Kind.TEXT} else Use.UNCERTAIN)

    def _parameter(self, path: Path, function: Node, index: int, keys: Keys, value: Value) -> Use:
        parameters = function.child_by_field_name("parameters")
        single = function.child_by_field_name("parameter")
        names = parameters.named_children if parameters is not None else [single] if single is not None else []
        if index >= len(names):
            return Use.UNCERTAIN if "arguments" in self._syntax.text(function) else Use.MENTIONED
        if names[index].type not in {"identifier", "assignment_pattern"}:
            return Use.UNCERTAIN
        name = NAME.match(self._text_of(names[index]))
        return max(
            (self._climb(way, keys, value) for way in self._names.uses(function, name[0] if name else "")),
            default=Use.MENTIONED,
        )

    def _assignment(self, path: Path, keys: Keys, value: Value) -> steps.Step:
        target = path[-2].child_by_field_name("left")
        if target is None or target == path[-1]:
            return Use.MENTIONED
        used = self._assigned(path, target, keys, value)
        # The value of an assignment is what was assigned.
        outer = path[-3].type if len(path) > 2 else ""
        if used is not Use.LOADED and outer not in {"expression_statement", "sequence_expression", ""}:
            return max(used, self._climb(path[:-1], keys, value))
        return used

    def _declaration(self, path: Path, keys: Keys, value: Value) -> steps.Step:
        name = path[-2].child_by_field_name("name")
        return self._assigned(path, name, keys, value) if name is not None and name != path[-1] else Use.MENTIONED

    def _default(self, path: Path, keys: Keys, value: Value) -> steps.Step:
        left = path[-2].child_by_field_name("left")
        return self._assigned(path, left, keys, value) if left is not None and left != path[-1] else Use.MENTIONED

    def _field(self, path: Path, keys: Keys, value: Value) -> steps.Step:
        name = path[-2].child_by_field_name("property")
        return self._property(self._text_of(name), keys, value)

    def _assigned(self, path: Path, target: Node, keys: Keys, value: Value) -> Use:
        """The value is given to a name, or to a property of something."""
        if target.type == "identifier":
            return self._variable(path, self._text_of(target), keys, value)
        if target.type not in {"member_expression", "subscript_expression"}:
            return Use.UNCERTAIN
        holder = target.child_by_field_name("object")
        found = target.child_by_field_name("property") or target.child_by_field_name("index")
        name = key_of(self._syntax, found) if found is not None else ANY
        if name == ANY and found is not None and (names := self._names.texts(path, found)):
            return max(self._assigned_as(path, holder, name, keys, value) for name in names)
        return self._assigned_as(path, holder, name, keys, value)

    def _assigned_as(self, path: Path, holder: Node | None, name: str, keys: Keys, value: Value) -> Use:
        """The value is given to the property ``name`` of something."""
        of = self._text_of(holder)
        if of in GLOBAL_OBJECTS:
            return self._variable(path[:1], name, keys, value)
        if keys:
            return self._property(name, keys, value)
        if (navigates := location_use(f"{of}.{name}", value)) is not None:
            return navigates
        if value.kind is Kind.MARKUP and of.rpartition(".")[2] == "style":
            return Use.LOADED
        known = use_as_property(name, value)
        if known is None:
            return link_use(self._syntax, path, holder)
        return (
            known
            if known is not Use.MENTIONED or name in sinks.FETCHED_PROPERTIES
            else self._property(name, keys, value)
        )

    def _variable(self, path: Path, name: str, keys: Keys, value: Value) -> Use:
        if name in sinks.MODULE_LOADER_VARIABLES and keys:
            return Use.LOADED
        if name == "location":
            return Use.MENTIONED
        scope = self._names.scope(path, name)
        uses = [self._climb(way, keys, value) for way in self._names.uses(scope, name)]
        if scope.parent is not None:
            return max(uses, default=Use.MENTIONED)
        return max(uses, default=self._given_to_others(keys, value))

    def _given_to_others(self, keys: Keys, value: Value) -> Use:
        """The value is the page's, and this script does not use it."""
        if keys or JSON_START.match(value.prefix):
            return Use.KEPT
        return Use.MENTIONED if value.kind in {Kind.HOST, Kind.TEXT} else Use.UNCERTAIN

    def _property(self, name: str, keys: Keys, value: Value) -> Use:
        uses = [
            self._climb(path[:-1], keys, value)
            for path in self._names.properties(name)
            if path[-2].type == "member_expression" and not is_written(path)
        ]
        return max(uses, default=self._given_to_others((*keys, name), value))

    def _returned(self, path: Path, keys: Keys, value: Value) -> steps.Step:
        """A function returns the value."""
        place = next((n for n in range(len(path) - 2, -1, -1) if path[n].type in FUNCTIONS), None)
        if place is None:
            return Use.MENTIONED
        function, keys = path[place], (CALLED, *keys)
        name = function.child_by_field_name("name")
        if function.type == "method_definition":
            is_getter = any(child.type == "get" for child in function.children)
            return self._property(self._text_of(name), keys[1:] if is_getter else keys, value)
        if name is not None:
            return self._variable(path[: place + 1], self._text_of(name), keys, value)
        return place, keys, value

    def _called(self, path: Path, keys: Keys, value: Value) -> steps.Step:
        """The value is what is called, or the text of a tagged template."""
        if path[-1].type in STRINGS:
            return Use.LOADED if value.kind is Kind.MARKUP else Use.UNCERTAIN
        return (len(path) - 2, keys[1:], value) if keys[:1] == (CALLED,) else Use.MENTIONED

    def _loop(self, path: Path, keys: Keys, value: Value) -> steps.Step:
        left, over = path[-2].child_by_field_name("left"), path[-2].child_by_field_name("right")
        if left is None or over != path[-1] or not keys:
            return Use.MENTIONED
        return self._assigned(path, left, keys[1:], value)

    def _import(self, path: Path, keys: Keys, value: Value) -> steps.Step:
        named = path[-2].child_by_field_name("source") == path[-1]
        return Use.LOADED if named and value.kind is Kind.URL else Use.MENTIONED

    def _statement(self, path: Path, keys: Keys, value: Value) -> steps.Step:
        shown = self._value_is_document and value.kind is Kind.MARKUP and not keys
        return Use.LOADED if shown else Use.MENTIONED

    def _text_of(self, node: Node | None) -> str:
        return self._syntax.text(node) if node is not None else ""


def _passed_on(
    step: Callable[[Syntax, Path, Keys, Value], steps.Step],
) -> Callable[[AddressUses, Path, Keys, Value], steps.Step]:
    return lambda uses, path, keys, value: step(uses._syntax, path, keys, value)


STEPS: Mapping[str, Callable[[AddressUses, Path, Keys, Value], steps.Step]] = {
    "binary_expression": _passed_on(steps.operator),
    "template_string": _passed_on(steps.template),
    "ternary_expression": _passed_on(steps.ternary),
    "sequence_expression": _passed_on(steps.sequence),
    "pair": _passed_on(steps.pair),
    "object": _passed_on(steps.shorthand),
    "array": _passed_on(steps.array),
    "member_expression": AddressUses._member,
    "subscript_expression": AddressUses._member,
    "arguments": AddressUses._argument,
    "call_expression": AddressUses._called,
    "assignment_expression": AddressUses._assignment,
    "augmented_assignment_expression": AddressUses._assignment,
    "variable_declarator": AddressUses._declaration,
    "assignment_pattern": AddressUses._default,
    "field_definition": AddressUses._field,
    "return_statement": AddressUses._returned,
    "yield_expression": lambda uses, path, keys, value: uses._returned(path, (ANY, *keys), value),
    "arrow_function": _passed_on(steps.arrow),
    "for_in_statement": AddressUses._loop,
    **dict.fromkeys(("import_statement", "export_statement"), AddressUses._import),
    "expression_statement": AddressUses._statement,
}
"""What is done at each type of node above a value."""
