"""Every cache of the package is in the table of bounds; what else grows is named here, with what bounds it."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import shariff_py
from shariff_py.caches import CACHES

PACKAGE = Path(shariff_py.__file__).parent

WITH_WHAT_THEY_BELONG_TO = {
    "audit": "one run of the audit",
    "channels.model": "the register, as it was read",
    "counts.sitemap": "one sitemap, whose bytes and pages are bounded",
    "journal.exchanges": "one reading of the journal; attempts wait for their outcome for 4,096 records",
    "gate": "one page, and gone with it",
    "platforms": "a record",
    "policy": "the settings",
    "settings": "the settings",
    "testing": "the mock server",
    "service.refresh_result": "one refresh cycle",
    "stores.count_store": "one reading of the store",
    "stores.report_table": "one reading of the reports, at most headers.most_reports rows",
    "web.asgi": "one response",
    "web.gated_response": "one response",
    "web.page_context": "one page",
    "web.wsgi": "one response",
}
"""Modules whose containers live no longer than something else does, and what that is."""

BOUNDED_OTHERWISE = {
    "previews.previews.Previews._resting": "one for each interface of the platforms in previews.platforms",
    "service.access_tokens.AccessTokens._tokens": "one for each platform",
    "service.health.Health.refusals": "one for each platform",
    "service.platform_refresh.RefreshContext.saved": "one for each platform",
    "service.reports.Reports._buckets": "two: one for reports about platforms, one for all others",
    "service.scheduler._running": "one for each application",
    "service.service.Service._complained": "the sentences about checkpoints of one round",
    "service.status.StoreSnapshot.states": "one for each platform",
    "stores.lost_counts.LostCounts._waiting": "the pages in service.count_cache.CountCache",
    "stores.memory.MemoryStore._pages": "counts.most_pages, each address at most 2,048 characters",
    "stores.memory.MemoryStore._states": "one for each platform",
    "stores.memory.MemoryStore._checkpoints": "one for each journal",
    "stores.memory._Page.counts": "one for each platform",
    "stores.memory._Page.next_at": "one for each platform",
    "stores.sqlite.connection._left_behind": "connections from before a fork",
    "texts._Languages._read": "one for each language of ours",
    "texts._Languages._current": "one for each language of ours",
}
"""What lives as long as the process, is no cache, and is bounded by something else."""

EMPTY_CALLS = frozenset({"dict", "set", "list", "deque", "defaultdict", "OrderedDict", "Counter", "WeakKeyDictionary"})


def modules() -> Iterator[tuple[str, str]]:
    """Each module's name and source."""
    for file in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(file.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
        if name != "caches":
            yield name, file.read_text(encoding="utf-8")


def is_empty(value: ast.expr | None) -> bool:
    """Whether an expression is an empty container, or makes one in each record."""
    if isinstance(value, ast.Dict | ast.List | ast.Set):
        return not ast.unparse(value)[1:-1].strip()
    if not isinstance(value, ast.Call):
        return False
    called = ast.unparse(value.func).rpartition(".")[2]
    made = [ast.unparse(word.value) for word in value.keywords if word.arg == "default_factory"]
    filled = called in {"dict", "set", "list"} and value.args
    return (called in EMPTY_CALLS and not filled) or (called == "field" and any(name in EMPTY_CALLS for name in made))


def assigned(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement gives an empty container."""
    if isinstance(statement, ast.Assign | ast.AnnAssign) and is_empty(statement.value):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        yield from (ast.unparse(target) for target in targets)


def containers(module: str, tree: ast.Module) -> Iterator[str]:
    """The containers of a module that may grow: its own, and those of its classes' instances."""
    yield from (f"{module}.{name}" for statement in tree.body for name in assigned(statement))
    for made in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        yield from (f"{module}.{made.name}.{name}" for statement in made.body for name in assigned(statement))
        for statement in (node for node in ast.walk(made) if isinstance(node, ast.stmt)):
            names = (name for name in assigned(statement) if name.startswith("self."))
            yield from (f"{module}.{made.name}.{name.removeprefix('self.')}" for name in names)


def rows(tree: ast.Module) -> Iterator[str]:
    """The rows of the table that a module's caches read."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        given = {ast.unparse(part) for part in call.args}
        if ast.unparse(call.func) in {"cached", "BoundedDict", "answers"} or "BoundedDict" in given:
            yield from (part.value for part in call.args if isinstance(part, ast.Constant))


def unbounded(module: str, source: str) -> list[str]:
    """What a module keeps beside the table."""
    tree = ast.parse(source)
    wrong = [f"{module}.{row}" for row in rows(tree) if row not in CACHES or not row.startswith(f"{module}.")]
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node).rpartition(".")[2] == "lru_cache":
            wrong.append(f"{module}: lru_cache")
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and ast.unparse(node.args):
            wrong += [f"{module}.{node.name}" for mark in node.decorator_list if ast.unparse(mark).endswith("cache")]
    belongs = any(module == start or module.startswith(f"{start}.") for start in WITH_WHAT_THEY_BELONG_TO)
    for name in containers(module, tree):
        of_the_module = name.removeprefix(f"{module}.").count(".") == 0
        if name not in BOUNDED_OTHERWISE and (of_the_module or not belongs):
            wrong.append(name)
    return wrong


@pytest.mark.parametrize(("module", "source"), [pytest.param(*found, id=found[0]) for found in modules()])
def test_what_a_module_keeps_is_in_the_table(module: str, source: str) -> None:
    assert unbounded(module, source) == []


@pytest.mark.parametrize(
    ("planted", "noticed"),
    [
        ("from functools import lru_cache\n@lru_cache(maxsize=9)\ndef f(x): ...\n", "web.planted: lru_cache"),
        ("import functools\nf = functools.lru_cache(len)\n", "web.planted: lru_cache"),
        ("from functools import cache\n@cache\ndef f(x): ...\n", "web.planted.f"),
        ("_seen: dict[str, str] = {}\n", "web.planted._seen"),
        ("_seen = set()\n", "web.planted._seen"),
        ("class A:\n    def __init__(self) -> None:\n        self._seen = {}\n", "web.planted.A._seen"),
        ("class A:\n    seen: dict[str, str] = field(default_factory=dict)\n", "web.planted.A.seen"),
        ("f = cached('urls._parsed')(g)\n", "web.planted.urls._parsed"),
        ("f = BoundedDict('web.planted.new')\n", "web.planted.web.planted.new"),
    ],
)
def test_a_cache_beside_the_table_is_noticed(planted: str, noticed: str) -> None:
    assert noticed in unbounded("web.planted", planted)


def test_a_container_of_a_module_is_noticed_even_where_those_of_its_classes_live_for_one_page() -> None:
    assert unbounded("gate.planted", "_seen = {}\nclass A:\n    seen = {}\n") == ["gate.planted._seen"]


def test_a_value_that_is_made_once_needs_no_bound() -> None:
    assert unbounded("web.planted", "from functools import cache\n@cache\ndef f(): ...\n") == []


@pytest.mark.slow
def test_every_row_of_the_table_is_read_by_one_cache() -> None:
    assert Counter(row for _, source in modules() for row in rows(ast.parse(source))) == Counter(list(CACHES))


@pytest.mark.slow
def test_what_is_excused_is_there() -> None:
    named = {name for module, source in modules() for name in containers(module, ast.parse(source))}

    assert set(BOUNDED_OTHERWISE) <= named


def test_all_caches_of_a_process_together_have_at_most_128_megabytes() -> None:
    assert sum(bound.entries * bound.piece for bound in CACHES.values()) <= 128_000_000


@pytest.mark.parametrize("name", sorted(CACHES))
def test_no_cache_has_more_than_14_megabytes(name: str) -> None:
    assert CACHES[name].entries * CACHES[name].piece <= 14_400_000
