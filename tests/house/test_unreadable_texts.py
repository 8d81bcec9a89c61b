"""Texts from outside that Python's readers cannot read: numbers of 5,000 digits, brackets by the thousand, bytes that are no letters."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.paths import ROOT

from shariff_py.audit.evidence.declarations import DeclaringResponse, declarations
from shariff_py.audit.report.baseline import read_baseline
from shariff_py.audit.runner.archive import EvidenceArchive
from shariff_py.audit.verdict.policy import AuditPolicy
from shariff_py.channels.model import Register
from shariff_py.counts.platform_state import PlatformState
from shariff_py.errors import UNREADABLE, AuditError, ShariffError
from shariff_py.gate.browser_rules.script_types import kind_by_content
from shariff_py.gate.browser_rules.speculation_rules import may_prefetch_cross_origin
from shariff_py.gate.rewrite.scripts.import_maps import inert_import_map
from shariff_py.gate.rewrite.stores.values import is_json
from shariff_py.journal.record import parse
from shariff_py.platforms.count_sources.cached_count import Unavailable
from shariff_py.platforms.count_sources.replies import as_json, number
from shariff_py.settings import load

DIGITS = "1" * 5000
NESTED = "[" * 200_000
TEXTS = [
    DIGITS, f"-{DIGITS}", f"{DIGITS}.5e9", f"1e{DIGITS}", f"[{DIGITS}]", f'{{"a": {DIGITS}}}', NESTED, '{"a":' * 100_000, "[" * 100_000 + "]" * 100_000,
    "\ud800", '"\\ud800"', "\0", "", " ", "nul", "NaN", "[NaN]", "Infinity", "{", '{"a"', "\ufeff{}", '{"a": 1, "a": 2}',
]  # fmt: skip
"""What `json` and `tomllib` raise ValueError or RecursionError for, or read as something that is no number."""


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_no_reader_of_json_breaks(text: str, tmp_path: Path) -> None:
    body = text.encode("utf-8", "surrogatepass")
    response = DeclaringResponse("https://a.example/", 0.0, 200, (("report-to", text), ("nel", text)))

    may_prefetch_cross_origin(text)
    inert_import_map(text)
    is_json(text)
    kind_by_content(text)
    declarations([response])
    assert isinstance(PlatformState.from_json(text), PlatformState)
    assert parse(body) is None
    assert isinstance(number(as_json(body)), Unavailable) or text in ("", " ")
    for line in (
        f'{{"bucket": {text}}}',
        f'{{"window": {{"minutes": [[{text}, 1]]}}}}',
        f'{{"backoff": {{"until": {text}}}}}',
    ):
        assert isinstance(PlatformState.from_json(line), PlatformState)


def _load(file: Path) -> object:
    return load(file=file, environ={})


def _baseline(file: Path) -> object:
    return read_baseline(file)


@pytest.mark.parametrize("read", [_load, _baseline])
@pytest.mark.parametrize(
    "text",
    [*TEXTS, f"a = {DIGITS}", f"a = {NESTED}", f"a.{'b.' * 5000}c = 1", 'a = "\ud800"'],
    ids=range(len(TEXTS) + 4),
)
def test_a_file_that_cannot_be_read_is_named(text: str, read: Callable[[Path], object], tmp_path: Path) -> None:
    file = tmp_path / "file.toml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))

    told = "file.toml"
    try:
        read(file)
    except ShariffError as error:
        told = str(error)

    assert "file.toml" in told or "not a setting" in told


@pytest.mark.parametrize("value", [DIGITS, f"[{DIGITS}]", NESTED, '{"a":' * 100_000])
@pytest.mark.parametrize(
    "name", ["SHARIFF_FRAME", "SHARIFF_SITE__HOSTS", "SHARIFF_COUNTS__MOST_PAGES", "SHARIFF_COUNTS__TIMEOUT_SECONDS"]
)
def test_a_variable_that_cannot_be_read_is_a_wrong_setting(name: str, value: str) -> None:
    with pytest.raises(ShariffError, match=name.removeprefix("SHARIFF_").lower().replace("__", r"\.")):
        load(environ={name: value})


@pytest.mark.parametrize(
    "line", [DIGITS, NESTED, "5", "x", f'["https://a.example/", {DIGITS}]', '["a", 1, 2, 3, 4, 5, 6, 7, 8, 9]']
)
def test_the_plan_of_a_run_that_was_changed_is_an_error_of_the_audit(line: str, tmp_path: Path) -> None:
    (tmp_path / "unfinished.jsonl").write_text(f"{line}\n")

    with pytest.raises(AuditError, match="was changed and cannot be continued"):
        EvidenceArchive(tmp_path).planned()


READERS = {"json.loads", "json.load", "tomllib.loads", "tomllib.load"}

OWN = {
    "shariff_py/audit/report/wording/__init__.py", "shariff_py/texts/__init__.py",
    "shariff_py/audit/sink/namespace.py", "shariff_py/audit/visit/control_visit.py", "shariff_py/gate/browser_rules/encoded_text.py",
    "shariff_py/gate/detect/script_scan.py", "shariff_py/gate/rewrite/scripts/import_maps.py", "shariff_py/stores/redis/reports.py",
    "shariff_py/audit/report/baseline.py",
}  # fmt: skip
"""Files that also read what this package itself wrote, or one string without nesting or numbers."""


def unguarded(source: str) -> Iterator[int]:
    """The lines where a text is read without catching what the readers raise."""

    def walk(node: ast.AST, guarded: bool) -> Iterator[int]:
        if isinstance(node, ast.Call) and ast.unparse(node.func) in READERS and not guarded:
            yield node.lineno
        if isinstance(node, ast.Try):
            caught = " ".join(ast.unparse(handler.type) for handler in node.handlers if handler.type)
            for child in node.body:
                yield from walk(child, guarded or "UNREADABLE" in caught)
            for other in (*node.handlers, *node.orelse, *node.finalbody):
                yield from walk(other, guarded)
            return
        for child in ast.iter_child_nodes(node):
            yield from walk(child, guarded)

    yield from walk(ast.parse(source), guarded=False)


@pytest.mark.slow
def test_whoever_reads_a_text_from_outside_catches_what_the_readers_raise() -> None:
    files = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in (ROOT / "shariff_py").rglob("*.py")
    }

    assert {name for name, source in files.items() if list(unguarded(source))} <= OWN


def test_a_reader_that_catches_too_little_would_be_noticed() -> None:
    source = "try:\n    json.loads(text)\nexcept ValueError:\n    pass\n"

    assert list(unguarded(source)) == [2]
    assert list(unguarded(source.replace("ValueError", "(*UNREADABLE, KeyError)"))) == []
    assert (ValueError, RecursionError) == UNREADABLE


def test_tables_of_an_audit_policy_and_of_channels_are_checked_after_they_are_read() -> None:
    huge: Any = json.loads("1" * 4000)

    for make in (AuditPolicy.from_mapping, Register.from_mapping):
        with pytest.raises(ShariffError):
            make({"channels": huge, "allow": huge})
