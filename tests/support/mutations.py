"""Small faults put into a module one at a time: a row taken out of a table, a bound moved by one.

Used by ``scripts/mutate.py``, which runs the tests against each of them. A table is a literal that is written at the top level of a
module or a class: set, list, tuple or dictionary, also within calls such as ``frozenset({...})`` and within other tables. Bounds are
comparisons by order, whole numbers that are compared with, and constants in capitals that are whole numbers.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import CodeType

Table = ast.Set | ast.List | ast.Tuple | ast.Dict

OTHER_WAY = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}

FURTHER = {ast.Lt: -1, ast.LtE: 1, ast.Gt: 1, ast.GtE: -1}
"""By how much a number beside the comparison is moved: away from where `OTHER_WAY` moves the bound already."""

EXEMPT: Mapping[str, str] = {
    "MAX_EMBED_LENGTH": "decides only how much of a page is read at first; where it was too little, all of it is read.",
}
"""Numbers that are not moved, because no result depends on them, with the reason."""

NO_TABLES = frozenset({"__all__", "__slots__"})


@dataclass(frozen=True, slots=True)
class Mutation:
    """One fault: in which line, whether it is a ``row`` or a ``bound``, what it does, and the words that a test of it may be named by.

    ``at`` is the number of the node in the module's tree, ``change`` what is done to the copy of that node.
    """

    line: int
    kind: str
    what: str
    words: tuple[str, ...]
    at: int
    change: Callable[[ast.AST], None]

    def compiled(self, source: str, path: str) -> CodeType:
        """The module with this fault."""
        tree = ast.parse(source, path)
        self.change(list(ast.walk(tree))[self.at])
        return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)


def mutations(source: str) -> Iterator[Mutation]:
    """Every fault that can be put into a module, in the order of its lines."""
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    places = {id(node): number for number, node in enumerate(nodes)}
    found = [*_rows(tree, places), *_bounds(tree, nodes, places)]
    yield from sorted(found, key=lambda mutation: mutation.line)


def _rows(tree: ast.Module, places: dict[int, int]) -> Iterator[Mutation]:
    for name, value in _constants(tree):
        if name in NO_TABLES:
            continue
        for table in _tables(value):
            rows = table.keys if isinstance(table, ast.Dict) else table.elts
            for number, row in enumerate(rows):
                shown = row if row is not None else table.values[number] if isinstance(table, ast.Dict) else table
                text = ast.unparse(shown)
                what = f"{name} without {text if len(text) < 60 else text[:57] + '...'}"
                yield Mutation(shown.lineno, "row", what, _words(shown), places[id(table)], _without(number))


def _constants(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """What is given a name at the top level of the module and of its classes, and calls that stand there for themselves."""
    pending: list[ast.stmt] = list(tree.body)
    while pending:
        match pending.pop(0):
            case ast.Assign(targets=[target, *_], value=value):
                yield ast.unparse(target), value
            case ast.AnnAssign(target=target, value=value) if value is not None:
                yield ast.unparse(target), value
            case ast.ClassDef(body=body):
                pending += body


def _tables(value: ast.expr) -> Iterator[Table]:
    """The tables in a value, from the outside in. What stands in a type, in a pattern or in a function is none."""
    pending: list[ast.AST] = [value]
    while pending:
        node = pending.pop(0)
        if isinstance(node, ast.Subscript | ast.Lambda | ast.JoinedStr) or _is_pattern(node):
            continue
        if isinstance(node, ast.Set | ast.List | ast.Dict | ast.Tuple) and isinstance(
            getattr(node, "ctx", ast.Load()), ast.Load
        ):
            yield node
        pending += ast.iter_child_nodes(node)


def _is_pattern(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile"


def _words(row: ast.AST) -> tuple[str, ...]:
    texts = [node.value for node in ast.walk(row) if isinstance(node, ast.Constant)]
    return tuple(
        text.decode("latin-1") if isinstance(text, bytes) else text for text in texts if isinstance(text, str | bytes)
    )


def _without(number: int) -> Callable[[ast.AST], None]:
    def change(table: ast.AST) -> None:
        if isinstance(table, ast.Dict):
            del table.keys[number], table.values[number]
        elif isinstance(table, ast.Set | ast.List | ast.Tuple):
            del table.elts[number]
            if isinstance(table, ast.Set) and not table.elts:
                # A set without members cannot be written as a literal.
                table.elts = [ast.Starred(ast.Tuple([], ast.Load()), ast.Load())]

    return change


def _bounds(tree: ast.Module, nodes: list[ast.AST], places: dict[int, int]) -> Iterator[Mutation]:
    for node in nodes:
        if isinstance(node, ast.Compare):
            yield from _of_comparison(node, places)
    for name, value in _constants(tree):
        if name.isupper() and name not in EXEMPT and _is_number(value):
            for step in (-1, 1):
                yield Mutation(value.lineno, "bound", f"{name} {step:+d}", (), places[id(value)], _moved(step))


def _of_comparison(node: ast.Compare, places: dict[int, int]) -> Iterator[Mutation]:
    shown = ast.unparse(node)
    for number, operator in enumerate(node.ops):
        other = OTHER_WAY.get(type(operator))
        if other is None:
            continue
        turned = copy.copy(node)
        turned.ops = [other() if at == number else each for at, each in enumerate(node.ops)]
        what = f"{ast.unparse(turned)} instead of {shown}"
        yield Mutation(node.lineno, "bound", what, (), places[id(node)], _with_operator(number, other))
        right = node.comparators[number]
        if _is_number(right):
            step = FURTHER[type(operator)]
            yield Mutation(
                node.lineno, "bound", f"{ast.unparse(right)} {step:+d} in {shown}", (), places[id(right)], _moved(step)
            )


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int


def _with_operator(number: int, other: type[ast.cmpop]) -> Callable[[ast.AST], None]:
    def change(node: ast.AST) -> None:
        if isinstance(node, ast.Compare):
            node.ops[number] = other()

    return change


def _moved(step: int) -> Callable[[ast.AST], None]:
    def change(node: ast.AST) -> None:
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            node.value += step

    return change
