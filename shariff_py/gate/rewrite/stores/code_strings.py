"""The strings of JavaScript in which something of a platform may be kept: in scripts, and in attributes that frameworks evaluate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from shariff_py.gate.browser_rules.encoded_text import Encoding, in_style
from shariff_py.gate.browser_rules.script_sinks import COMPARING_FUNCTIONS
from shariff_py.gate.detect.javascript.calls import call_at
from shariff_py.gate.detect.javascript.literals import Literal, decoded, literal_at, written
from shariff_py.gate.detect.javascript.syntax import Syntax
from shariff_py.gate.detect.store_hints import may_keep_embed, named_places

if TYPE_CHECKING:
    from tree_sitter import Node

LITERAL_UNITS = re.compile(
    r"\\u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}|\\u\{[0-9A-Fa-f]{1,6}\}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}"
    r"|\\\r\n|\\[0-7]{1,3}|\\.|[^\\]+|\\",
    re.DOTALL,
)
"""The inside of a string, escape by escape (ECMAScript 12.9.4)."""

WRAPPINGS = (("", ""), ("(", ")"), ("({", "})"))
"""What an attribute's value is put between to be a program: statements, an expression, the inside of an object."""

LONGEST_VALUE = 200_000
"""Characters of a value up to which it is read as code."""

STRINGS = frozenset({"string", "template_string"})
COMPARISONS = frozenset({"==", "===", "!=", "!==", "in"})


class PutTogetherError(ValueError):
    """Embed code stands in a string whose other parts are only known when the code runs."""


def naming_literals(code: str) -> Iterator[Literal]:
    """The strings in which something stands that names a platform, in document order, without those that are only names or compared with."""
    syntax = Syntax(code)
    for path in _naming_strings(syntax):
        literal = _literal(syntax, path[-1])
        if literal is not None and not _only_names(syntax, path):
            yield literal


def literals_of_value(value: str) -> list[Literal] | None:
    """The same of an attribute's value; ``None`` where it is no JavaScript. Raises `PutTogetherError`."""
    if len(value) > LONGEST_VALUE or value.lstrip()[:1] == "<":
        return None
    for before, after in WRAPPINGS:
        syntax = Syntax(f"{before}{value}{after}")
        if not syntax.root.has_error:
            return _literals(syntax, len(before))
    return None


def spliced(code: str, literal: Literal, value: str) -> str | None:
    """The literal with another value, what is the same at both ends of it as it is written now."""
    encoding = Encoding(LITERAL_UNITS, decoded, lambda text, sample: in_style(written(literal, text)[1:-1], sample))
    inside = encoding.spliced(code[literal.start + 1 : literal.end - 1], value)
    return f"{literal.quote}{inside}{literal.quote}" if inside is not None else None


def _literals(syntax: Syntax, offset: int) -> list[Literal]:
    found: list[Literal] = []
    for path in _naming_strings(syntax):
        literal = _literal(syntax, path[-1])
        if literal is None or path[-2].type.startswith("jsx"):
            if may_keep_embed(syntax.text(path[-1])):
                raise PutTogetherError
        elif not _only_names(syntax, path):
            found.append(literal._replace(start=literal.start - offset, end=literal.end - offset))
    return found


def _naming_strings(syntax: Syntax) -> Iterator[list[Node]]:
    """The way to each string in which something stands that names a platform."""
    done = 0
    for place in named_places(syntax.code):
        if place < done:
            continue
        path = syntax.path(place, place + 1)
        while path and path[-1].type not in STRINGS:
            path.pop()
        if len(path) > 1:
            done = path[-1].end_byte
            yield path


def _literal(syntax: Syntax, node: Node) -> Literal | None:
    if any(child.type == "template_substitution" for child in node.children):
        return None
    return literal_at(syntax.code, node.start_byte, node.end_byte)


def _only_names(syntax: Syntax, path: list[Node]) -> bool:
    """Whether a string is a key, or something is only compared with it."""
    string, around = path[-1], path[-2]
    match around.type:
        case "pair":
            return around.child_by_field_name("key") == string
        case "subscript_expression":
            return around.child_by_field_name("index") == string
        case "switch_case":
            return around.child_by_field_name("value") == string
        case "binary_expression":
            operator = around.child_by_field_name("operator")
            return operator is not None and syntax.text(operator) in COMPARISONS
        case "arguments":
            return call_at(syntax, path[-3]).name in COMPARING_FUNCTIONS
    return False
