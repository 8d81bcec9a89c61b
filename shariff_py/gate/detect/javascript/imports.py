"""Static imports of a platform's module: a module none of whose imports is there does not run at all, so the statement has to go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shariff_py.gate.detect.javascript.syntax import Syntax

if TYPE_CHECKING:
    from tree_sitter import Node

_WORDS = re.compile(r"\b(?:import|export)\b")
_MODULE = {"import_statement", "export_statement"}


def without_imports(before: str, after: str) -> str:
    """The script ``after`` its addresses were exchanged, without the imports that changed by it; what they declared is undefined."""
    if before == after or not _WORDS.search(before):
        return after
    syntax = Syntax(before)
    pieces: list[str] = []
    position = 0
    for node in syntax.root.named_children:
        source = node.child_by_field_name("source") if node.type in _MODULE else None
        if source is None or after[source.start_byte : source.end_byte] == syntax.text(source):
            continue
        names = _declared(syntax, node) if node.type == "import_statement" else []
        pieces += [after[position : node.start_byte], f"var {', '.join(names)};" if names else ";"]
        position = node.end_byte
    return "".join([*pieces, after[position:]])


def _declared(syntax: Syntax, statement: Node) -> list[str]:
    names: list[str] = []
    pending = [statement]
    while pending:
        node = pending.pop()
        if node.type == "import_specifier":
            name = node.child_by_field_name("alias") or node.child_by_field_name("name")
            names += [syntax.text(name)] if name is not None else []
        elif node.type == "identifier":
            names.append(syntax.text(node))
        else:
            pending += reversed(node.named_children)
    return names
