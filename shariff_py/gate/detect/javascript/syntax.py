"""The syntax tree of a script, and the way from its root to a position.

The parser (tree-sitter) is tolerant: what it cannot read becomes a node of type ``ERROR`` or a missing one, and the rest of the tree stands.
It is loaded with the first script that names a platform.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node, Parser, Tree

LONGEST = 4_000_000
"""Characters of a script that is parsed."""

MAX_DEPTH = 400
"""Nodes above each other that are followed. Scripts that people or bundlers write have fewer."""

BEYOND_ASCII = re.compile("[^\0-\x7f]")

LINE_SEPARATORS = re.compile("[\u2028\u2029]")
"""What ends a line, and so a comment, besides line feeds and carriage returns; in a string it is a character (ECMAScript 12.3)."""
LINE_COMMENTS = frozenset({"comment", "hash_bang_line", "html_comment"})
MAX_ROUNDS = 4
"""How often a script is parsed again because a line turned out to end in a comment. After that every line separator ends one."""

FUNCTIONS = frozenset(
    {
        "function_expression", "function_declaration", "arrow_function", "method_definition", "generator_function",
        "generator_function_declaration",
    }
)  # fmt: skip
"""Types of the nodes that are functions."""


class Syntax:
    """A script and its tree. Positions of nodes (``start_byte``, ``end_byte``) are positions in ``code``."""

    __slots__ = ("_tree", "code", "root")

    def __init__(self, code: str) -> None:
        self.code = code
        self._tree = _tree(code)
        self.root: Node = self._tree.root_node

    def text(self, node: Node) -> str:
        """The source of a node."""
        return self.code[node.start_byte : node.end_byte]

    def path(self, start: int, end: int) -> list[Node]:
        """The named nodes around a piece of the text, from the root to the innermost; empty where they are more than `MAX_DEPTH`."""
        cursor = self.root.walk()
        found = [self.root]
        for _ in range(MAX_DEPTH):
            if cursor.goto_first_child_for_byte(start) is None:
                return found
            node = cursor.node
            if node is None or node.start_byte > start or node.end_byte < end:
                return found
            if node.is_named:
                found.append(node)
        return []


def _tree(code: str) -> Tree:
    # One byte for each character, so that positions among bytes are positions in the text.
    source = (code if code.isascii() else BEYOND_ASCII.sub(_stand_in, code)).replace("\r", "\n")
    separators = [found.start() for found in LINE_SEPARATORS.finditer(code)] if not code.isascii() else []
    tree = _parser().parse(source.encode())
    rounds_left = MAX_ROUNDS
    while ending := {p for p in separators if source[p] == " " and (not rounds_left or _in_comment(tree, source, p))}:
        rounds_left = max(0, rounds_left - 1)
        source = "".join(["\n" if place in ending else letter for place, letter in enumerate(source)])
        tree = _parser().parse(source.encode())
    return tree


def _in_comment(tree: Tree, source: str, place: int) -> bool:
    node = tree.root_node.descendant_for_byte_range(place, place + 1)
    return node is not None and node.type in LINE_COMMENTS and not source.startswith("/*", node.start_byte)


@cache
def _parser() -> Parser:
    import tree_sitter
    import tree_sitter_javascript

    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_javascript.language()))


def _stand_in(letter: re.Match[str]) -> str:
    return " " if letter[0].isspace() or letter[0] == "\ufeff" else "_"
