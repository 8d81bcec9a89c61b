"""What an expression of a short script is: an element that it makes, a place in the page, a function of its own, or something it does not show."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING

from shariff_py.gate.browser_rules import loader_calls as loaders
from shariff_py.gate.detect.javascript.addresses import names_platform
from shariff_py.gate.detect.javascript.calls import call_at
from shariff_py.gate.detect.javascript.literals import decoded
from shariff_py.gate.detect.javascript.names import Names, Path, declares
from shariff_py.gate.detect.javascript.syntax import FUNCTIONS, Syntax
from shariff_py.platforms.registry import REGISTRY, Table

if TYPE_CHECKING:
    from tree_sitter import Node

PLATFORM_GLOBALS = Table(
    lambda: frozenset(
        name for platform in REGISTRY.values() for g in platform.script_globals for name in (g.name, g.ready) if name
    )
)
"""Global names that platforms' scripts define, or call when they are ready."""


class Held(Enum):
    """What an expression is."""

    WINDOW = "window"
    DOCUMENT = "document"
    PLACE = "element of the page"
    MADE = "element or request that the script makes"
    FUNCTION = "function of the script"
    PLATFORM = "the platform's own"
    BROWSER = "the browser's own"
    LIBRARY = "jQuery"
    FOUND = "what jQuery found"
    TEXT = "text, number or truth value"
    LIST = "object or list"
    UNSET = "nothing yet"
    OTHER = "anything else"
    FOREIGN = "a name of the page's own"


_TEXTS = frozenset({"string", "template_string", "number", "true", "false", "null", "undefined", "unary_expression"})
_BY_NAME = {
    "window": Held.WINDOW, "self": Held.WINDOW, "globalThis": Held.WINDOW, "document": Held.DOCUMENT, "$": Held.LIBRARY,
    "jQuery": Held.LIBRARY,
}  # fmt: skip
_IMPORTS = frozenset({"import_clause", "import_specifier", "namespace_import"})


class Holdings:
    """What the expressions of one script are. Methods raise `TooManyError` where that cannot be followed."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.names = Names(syntax)
        self._known: dict[tuple[int, str], Held] = {}
        self._busy: set[tuple[int, str]] = set()

    def of(self, node: Node | None) -> Held:
        """What an expression is."""
        if node is None:
            return Held.OTHER
        if node.type in FUNCTIONS:
            return Held.FUNCTION
        match node.type:
            case "parenthesized_expression":
                return self.of(node.named_children[0])
            case "assignment_expression":
                return self.of(node.child_by_field_name("right"))
            case "identifier" | "shorthand_property_identifier":
                return self._of_name(node)
            case "member_expression":
                return self._of_property(node)
            case "subscript_expression":
                of = self.of(node.child_by_field_name("object"))
                return of if of in {Held.PLACE, Held.PLATFORM} else Held.OTHER
            case "call_expression" | "new_expression":
                return self._of_call(node)
            case "object" | "array":
                return Held.LIST
            case "binary_expression":
                sides = {self.of(node.child_by_field_name(side)) for side in ("left", "right")}
                return Held.TEXT if Held.TEXT in sides else Held.OTHER
            case "ternary_expression":
                sides = {self.of(node.child_by_field_name(side)) for side in ("consequence", "alternative")}
                return sides.pop() if len(sides) == 1 else Held.OTHER
        return Held.TEXT if node.type in _TEXTS else Held.OTHER

    def carries(self, node: Node | None) -> bool:
        """Whether a platform's address stands in an expression, or in what the names in it are given."""
        pending, seen = [node] if node is not None else [], set()
        while pending:
            found = pending.pop()
            if found.type in {"string", "template_string"} and names_platform(decoded(self.syntax.text(found))):
                return True
            if found.type == "identifier":
                scope, name = self._scope(found)
                if (scope.start_byte, name) not in seen:
                    seen.add((scope.start_byte, name))
                    pending += self._given(scope, name)
            elif found.type not in FUNCTIONS:
                pending += found.named_children
        return False

    def values(self, node: Node) -> list[Node]:
        """What a name is given in the script; arguments of its function's calls, where it is a parameter."""
        scope, name = self._scope(node)
        return list(self._given(scope, name))

    def _scope(self, node: Node) -> tuple[Node, str]:
        name = self.syntax.text(node)
        path = self.syntax.path(node.start_byte, node.end_byte)
        return (self.names.scope(path, name) if path else self.syntax.root), name

    def _of_name(self, node: Node) -> Held:
        scope, name = self._scope(node)
        key = (scope.start_byte, name)
        if name in PLATFORM_GLOBALS():
            return Held.PLATFORM
        if key in self._busy:
            return Held.UNSET
        if key not in self._known:
            self._busy.add(key)
            self._known[key] = self._of_declared(scope, name)
            self._busy.discard(key)
        return self._known[key]

    def _of_declared(self, scope: Node, name: str) -> Held:
        declared = [path for path in self.names.occurrences(scope, name) if declares(path)]
        imported = [path for path in declared if path[-2].type in _IMPORTS]
        if imported:
            return Held.PLATFORM if names_platform(self.syntax.text(imported[0][1])) else Held.FOREIGN
        held = {self.of(value) for value in self._given(scope, name)} - {Held.UNSET}
        if not declared and not held & {Held.MADE, Held.PLACE}:
            return self.of_browser_name(name)
        if held == {Held.FUNCTION, Held.PLATFORM}:
            return Held.FUNCTION
        return held.pop() if len(held) == 1 else Held.OTHER if held else Held.UNSET

    @staticmethod
    def of_browser_name(name: str) -> Held:
        """What a global name is that the script does not declare."""
        if name in PLATFORM_GLOBALS():
            return Held.PLATFORM
        if name in _BY_NAME:
            return _BY_NAME[name]
        known = name in loaders.BROWSER_NAMES | loaders.CONSTRUCTORS | loaders.OTHER_CONSTRUCTORS
        return Held.BROWSER if known else Held.FOREIGN

    def _of_property(self, node: Node) -> Held:
        of = self.of(node.child_by_field_name("object"))
        found = node.child_by_field_name("property")
        name = self.syntax.text(found) if found is not None else ""
        if of is Held.WINDOW:
            return self.of_browser_name(name)
        if of in {Held.DOCUMENT, Held.PLACE, Held.MADE} and name in loaders.PLACES:
            return Held.PLACE
        if of is Held.MADE and name in loaders.MADE_PARTS:
            return of
        return of if of in {Held.PLATFORM, Held.BROWSER, Held.FUNCTION} else Held.OTHER

    def _of_call(self, node: Node) -> Held:
        call = call_at(self.syntax, node)
        if call.constructs:
            return Held.MADE if call.full in loaders.CONSTRUCTORS else Held.BROWSER
        receiver = self.of(call.receiver) if call.receiver is not None else None
        if receiver is Held.DOCUMENT and call.name in loaders.MAKING:
            return Held.MADE if self._makes_loading(call.arguments) else Held.OTHER
        if receiver in {Held.DOCUMENT, Held.PLACE} and call.name in loaders.LOOKUPS:
            return Held.PLACE
        if self.of(call.function) is Held.LIBRARY:
            return Held.FOUND
        return receiver if receiver in {Held.PLATFORM, Held.BROWSER} else Held.OTHER

    def _makes_loading(self, arguments: list[Node]) -> bool:
        """Whether the element of this name, the last argument, is one that loads."""
        if not arguments:
            return False
        named = arguments[-1]
        values = [named] if named.type == "string" else self.values(named) if named.type == "identifier" else []
        texts = {decoded(self.syntax.text(value)[1:-1]).lower() for value in values}
        return bool(texts) and texts <= loaders.LOADING_ELEMENTS

    def _given(self, scope: Node, name: str) -> Iterator[Node]:
        for path, value in self.names.given(scope, name):
            if self.names.scope(path, name) == scope:
                yield value
        for path in self.names.occurrences(scope, name):
            if path[-2].type == "formal_parameters" and path[-3] == scope:
                yield from self._arguments(path[:-2], path[-2].named_children.index(path[-1]))

    def _arguments(self, path: Path, number: int) -> Iterator[Node]:
        """What the function at the end of ``path`` is given as its argument with this number."""
        function = path[-1]
        around = next((n for n in range(len(path) - 2, 0, -1) if path[n].type != "parenthesized_expression"), 0)
        ways = [path[: around + 1]] if path[around].type == "call_expression" else []
        name = function.child_by_field_name("name")
        if not ways and name is not None and function.type == "function_declaration":
            ways = [
                way[:-1] for way in self.names.uses(path[0], self.syntax.text(name)) if way[-1].type == "identifier"
            ]
        for way in ways:
            call = call_at(self.syntax, way[-1]) if way[-1].type == "call_expression" else None
            if call is None:
                yield function
            elif number < len(call.arguments):
                yield call.arguments[number]
