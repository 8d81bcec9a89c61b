"""Whatever is made from the registry follows it: made when it is asked for, and again after a platform joined."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import shariff_py
from shariff_py.caches import CACHES, answers, cached, empty
from shariff_py.errors import ConfigurationError
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import Registry, Table

PACKAGE = Path(shariff_py.__file__).parent
FROM_THE_REGISTRY = {
    "REGISTRY", "platform_of", "platform_of_address", "linked_platform", "service", "count_hosts", "recognise",
}  # fmt: skip
OUTSIDE = {"shariff_py/platforms/registry.py"}


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What is worked out when a module is imported: neither bodies of functions nor of lambdas."""
    yield node
    for below in ast.iter_child_nodes(node):
        if not isinstance(below, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from at_import(below)


def named(node: ast.AST) -> set[str]:
    return {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}


def made_too_early(source: str, tables: set[str]) -> list[str]:
    """The lines on which something is made from the registry, or a table is read, while the module is imported."""
    tree = ast.parse(source)
    functions = {node.name: named(node) for node in tree.body if isinstance(node, ast.FunctionDef)}
    reading = FROM_THE_REGISTRY | tables
    while more := {name for name, uses in functions.items() if uses & reading} - reading:
        reading |= more
    found = []
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.Import | ast.ImportFrom):
            continue
        for node in at_import(statement):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id
            walked = isinstance(node, ast.comprehension | ast.Subscript) and named(node) & {"REGISTRY"}
            method = isinstance(node, ast.Attribute) and named(node) & {"REGISTRY"}
            if called in reading or walked or method:
                found.append(f"line {statement.lineno}: {ast.unparse(node)[:60]}")
    return found


def tables_of(source: str) -> set[str]:
    values = [node for node in ast.parse(source).body if isinstance(node, ast.Assign)]
    return {ast.unparse(node.targets[0]) for node in values if ast.unparse(node.value).startswith("Table(")}


@pytest.mark.slow
def test_nothing_is_made_from_the_registry_at_import_but_tables() -> None:
    sources = {file.relative_to(PACKAGE.parent).as_posix(): file.read_text("utf-8") for file in PACKAGE.rglob("*.py")}
    tables = {name for source in sources.values() for name in tables_of(source)}

    assert len(tables) > 30
    assert {file: wrong for file, source in sources.items() if (wrong := made_too_early(source, tables))} == {}


@pytest.mark.parametrize(
    "source",
    [
        "NAMES = tuple(REGISTRY)[0] if False else [r.name for r in REGISTRY.values()]",
        "def names():\n    return [r.name for r in REGISTRY.values()]\nNAMES = names()",
        "LOWER = frozenset(DOMAINS())",
        "FACEBOOK = REGISTRY['facebook']",
        "class Names:\n    ALL = DOMAINS()",
    ],
)
def test_what_is_made_at_import_is_noticed(source: str) -> None:
    assert made_too_early(source, {"DOMAINS"})


def test_a_table_is_no_such_thing() -> None:
    assert made_too_early("NAMES = Table(lambda: [r.name for r in REGISTRY.values()])\n", set()) == []


A, B = (Platform(name, name.upper(), date(2026, 11, 30)) for name in "ab")


def test_a_table_is_made_when_it_is_asked_for_and_again_after_a_platform_joined() -> None:
    registry, made = Registry({"b": B}), []
    names = Table(lambda: made.append(1) or list(registry), registry)  # type: ignore[func-returns-value]
    longer = Table(lambda: [*names(), "end"], registry)

    assert made == []
    assert (longer(), longer(), len(made)) == (["b", "end"], ["b", "end"], 1)
    registry.add(A)
    assert (longer(), names(), len(made)) == (["a", "b", "end"], ["a", "b"], 2)


def test_a_platform_that_is_there_joins_once_and_another_of_its_name_is_refused() -> None:
    registry = Registry({"a": A})
    records = registry.records
    registry.add(replace(A))

    assert registry.records is records
    with pytest.raises(ConfigurationError, match="name: another platform is named 'a'"):
        registry.add(replace(A, title="Other"))


def test_who_walks_the_registry_while_a_platform_joins_sees_no_change() -> None:
    registry = Registry({"b": B})
    walk = iter(registry.items())
    registry.add(A)

    assert ([name for name, _ in walk], list(registry)) == (["b"], ["a", "b"])


def test_caches_of_answers_are_emptied_together() -> None:
    name, asked = next(name for name, bound in CACHES.items() if not bound.longest), []
    answer = cached(name)(lambda question: asked.append(question) or question)
    kept = answers(name)
    kept.keep("k", "v", 0)
    answer("q")
    answer("q")
    empty()
    answer("q")

    assert (asked, dict(kept)) == (["q", "q"], {})
