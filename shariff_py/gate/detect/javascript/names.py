"""Names in a script: which function one belongs to, where it is used, what it was given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from shariff_py.gate.detect.javascript.syntax import FUNCTIONS, Syntax

if TYPE_CHECKING:
    from tree_sitter import Node

Path = list["Node"]

MAX_OCCURRENCES = 300
"""Occurrences of one name that are followed. In minified bundles the same letter stands for something else in every function."""
MAX_LOOKUPS = 6_000
"""Positions of a script that are looked up in its tree."""

GLOBAL_OBJECTS = frozenset({"window", "self", "globalThis", "top", "parent", "w"})

NAME = re.compile(r"[\w$]+")
_NAMES = {"identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern"}
_PROPERTY_NAMES = frozenset({"property_identifier", "private_property_identifier"})
_DECLARING = {
    "variable_declarator": "name", "function_declaration": "name", "generator_function_declaration": "name", "class_declaration": "name",
    "catch_clause": "parameter", "arrow_function": "parameter", "function_expression": "name",
}  # fmt: skip
_ALWAYS_DECLARING = frozenset(
    {
        "formal_parameters",
        "rest_pattern",
        "import_clause",
        "import_specifier",
        "namespace_import",
        "object_pattern",
        "array_pattern",
        "pair_pattern",
    }
)


class TooManyError(Exception):
    """A script in which a name cannot be followed within the bounds."""


class Names:
    """The names of one script."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self._left = MAX_LOOKUPS
        self._too_many: set[tuple[int, int, str]] = set()
        self._paths: dict[tuple[int, int, str], list[Path]] = {}

    def scope(self, path: Path, name: str) -> Node:
        """The function whose name it is, seen from the end of ``path``; the root where it is the page's."""
        functions = [node for node in path if node.type in FUNCTIONS]
        for function in reversed(functions):
            if any(declares(found) and owner(found) == function for found in self.occurrences(function, name)):
                return function
        return path[0]

    def uses(self, scope: Node, name: str) -> Iterator[Path]:
        """The expressions that read a name of this function; as property of the global object too, where it is the page's."""
        found = self.occurrences(scope, name)
        declaring = {owner(path).id for path in found if declares(path)} - {scope.id}
        for path in found:
            if declares(path) or is_written(path):
                continue
            if all(node.id not in declaring for node in path if node.start_byte >= scope.start_byte):
                yield path[:-1] if path[-1].type == "property_identifier" else path

    def given(self, scope: Node, name: str) -> Iterator[tuple[Path, Node]]:
        """What a name of this function is given: the way to the name, and the expression."""
        for path in self.occurrences(scope, name):
            parent = path[-2]
            for field in ("value", "right", "body"):
                expression = parent.child_by_field_name(field)
                if expression is not None and expression != path[-1] and (declares(path) or is_written(path)):
                    yield path, parent if field == "body" else expression
                    break

    def properties(self, name: str) -> Iterator[Path]:
        """Where a property of this name is, of whatever object: in expressions, object literals and classes."""
        for path in self._found(self.syntax.root, name):
            if path[-1].type in _PROPERTY_NAMES:
                yield path

    def texts(self, path: Path, node: Node) -> list[str]:
        """The texts that an expression at the end of ``path`` may be; empty where they are not all in the script."""
        pending, texts = [node], []
        while pending:
            found = pending.pop()
            if found.type == "ternary_expression":
                pending += [side for side in map(found.child_by_field_name, ("consequence", "alternative")) if side]
            elif found.type == "identifier" and found == node:
                name = self.syntax.text(found)
                pending += [value for _, value in self.given(self.scope(path, name), name)]
            elif found.type == "string":
                texts.append(self.syntax.text(found)[1:-1])
            else:
                return []
        return list(dict.fromkeys(texts))

    def methods(self, name: str) -> list[tuple[Path, Node]]:
        """The functions that are a property of this name, of any object in the script."""
        found: list[tuple[Path, Node]] = []
        for path in self.properties(name) if name else ():
            holder = path[-2]
            if is_written(path):
                holder = path[-3]
            function = (
                holder
                if holder.type in FUNCTIONS
                else holder.child_by_field_name("value") or holder.child_by_field_name("right")
            )
            if function is not None and function.type in FUNCTIONS:
                found.append((path, function))
        return found

    def occurrences(self, scope: Node, name: str) -> list[Path]:
        """Where the name stands inside a function as a variable. Raises `TooManyError`."""
        return [path for path in self._found(scope, name) if self._is_variable(path, scope)]

    def _is_variable(self, path: Path, scope: Node) -> bool:
        leaf = path[-1]
        if leaf.type in _NAMES:
            return True
        if leaf.type != "property_identifier" or len(path) < 2 or scope.parent is not None:
            return False
        holder = path[-2].child_by_field_name("object")
        return holder is not None and self.syntax.text(holder) in GLOBAL_OBJECTS

    def _found(self, scope: Node, name: str) -> list[Path]:
        key = (scope.start_byte, scope.end_byte, name)
        if key not in self._paths:
            if key in self._too_many:
                raise TooManyError(name)
            pattern = re.compile(rf"(?<![\w$]){re.escape(name)}(?![\w$])")
            places = [m.start() for m in pattern.finditer(self.syntax.code, scope.start_byte, scope.end_byte)]
            self._left -= len(places)
            if len(places) > MAX_OCCURRENCES or self._left < 0:
                self._too_many.add(key)
                raise TooManyError(name)
            found = [self.syntax.path(place, place + len(name)) for place in places]
            self._paths[key] = [p for p in found if len(p) > 1 and p[-1].end_byte - p[-1].start_byte == len(name)]
        return self._paths[key]


def declares(path: Path) -> bool:
    """Whether the name at the end of a path is declared there."""
    leaf, parent = path[-1], path[-2]
    if parent.type in _ALWAYS_DECLARING:
        return True
    if parent.type in _DECLARING:
        return parent.child_by_field_name(_DECLARING[parent.type]) == leaf
    in_parameters = len(path) > 2 and path[-3].type == "formal_parameters"
    return parent.type == "assignment_pattern" and in_parameters and parent.child_by_field_name("left") == leaf


def owner(path: Path) -> Node:
    """The function that a declaration belongs to; blocks are not told apart."""
    skipped = 2 if path[-2].type in {"function_declaration", "generator_function_declaration"} else 1
    return next((node for node in reversed(path[:-skipped]) if node.type in FUNCTIONS), path[0])


def is_written(path: Path) -> bool:
    """Whether the name, or the property of the global object, at the end of a path is assigned to."""
    target, parent = path[-1], path[-2]
    if parent.type == "member_expression" and parent.child_by_field_name("property") == target and len(path) > 2:
        target, parent = parent, path[-3]
    return parent.type == "assignment_expression" and parent.child_by_field_name("left") == target
