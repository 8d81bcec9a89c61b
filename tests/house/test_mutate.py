"""The rows of the rule tables are held by tests: `scripts/mutate.py` takes one out and a test fails, and where none does it says so."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping

import pytest
from support.mutations import EXEMPT, mutations
from support.paths import ROOT

SCRIPT = ROOT / "scripts" / "mutate.py"
TABLES = next(
    path for path in (ROOT / "shariff_py" / "gate").rglob("*.py") if '"data-ezsrc"' in path.read_text("utf-8")
)

MODULE = '''
"""A module."""
LONGEST = 60
NAMES = frozenset({"a", "b"})
RULES = MappingProxyType({"script": ("src", "href"), "img": ()})
WORD = re.compile("a" + "b".join(("c", "d")))
Handler = Callable[[str, int], None]

def read(text):
    found = ["no table"]
    return len(text) > 3 and text < "x"
'''

FAULTS = [
    (3, "LONGEST -1"),
    (3, "LONGEST +1"),
    (4, "NAMES without 'a'"),
    (4, "NAMES without 'b'"),
    (5, "RULES without 'script'"),
    (5, "RULES without 'img'"),
    (5, "RULES without 'src'"),
    (5, "RULES without 'href'"),
    (11, "len(text) >= 3 instead of len(text) > 3"),
    (11, "3 +1 in len(text) > 3"),
    (11, "text <= 'x' instead of text < 'x'"),
]


def test_each_row_of_a_table_and_each_bound_is_a_fault_of_its_own() -> None:
    assert [(fault.line, fault.what) for fault in mutations(MODULE)] == FAULTS


@pytest.mark.parametrize(("what", "value"), [("ROWS without 'a'", ("b",)), ("ROWS without 'b'", ("a",))])
def test_a_module_with_a_fault_differs_in_that_fault_alone(what: str, value: tuple[str, ...]) -> None:
    source = 'ROWS = ("a", "b")\nOTHERS = {"a", "b"}\nEMPTY = {"a"}\n'
    (fault,) = [fault for fault in mutations(source) if fault.what == what]
    names: dict[str, object] = {}
    exec(fault.compiled(source, "module.py"), names)

    assert (names["ROWS"], names["OTHERS"], names["EMPTY"]) == (value, {"a", "b"}, {"a"})


def test_a_set_can_lose_its_only_row() -> None:
    names: dict[str, object] = {}
    (fault,) = mutations('ONE = {"a"}')
    exec(fault.compiled('ONE = {"a"}', "module.py"), names)

    assert names["ONE"] == set()


def mutate(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True, check=False, cwd=ROOT)


SAMPLE: Mapping[str, tuple[str, ...]] = {
    str(TABLES.relative_to(ROOT)): ("tests/gate/test_rows_attributes.py", "tests/gate/test_rows_elements.py"),
    "shariff_py/response_policy": (
        "tests/web/test_rows_policy.py",
        "tests/web/test_rows_headers.py",
        "tests/web/test_rows_connections.py",
        "tests/web/test_rows_fetch_kinds.py",
        "tests/web/test_integrity.py",
    ),
}
"""Tables, and the tests that hold all of their rows."""


@pytest.mark.subprocess
@pytest.mark.parametrize("place", SAMPLE, ids=["gate", "policy"])
def test_a_row_that_is_taken_out_of_a_table_is_missed(place: str) -> None:
    run = mutate("--rows", "--every", "29", *(f"--tests={test}" for test in SAMPLE[place]), place)

    assert (run.returncode, run.stderr) == (0, "")
    assert re.search(r"^together: rows 0 of [1-9][0-9]* undetected \(0%\)$", run.stdout, re.MULTILINE)


@pytest.mark.subprocess
def test_a_bound_that_is_moved_is_missed() -> None:
    place = "shariff_py/counts/upstream_quota.py"
    run = mutate("--bounds", "--every", "4", "--tests=tests/counts/test_bounds_counts.py", place)

    assert (run.returncode, run.stderr) == (0, "")
    assert "together: bounds 0 of 3 undetected (0%)" in run.stdout


@pytest.mark.subprocess
def test_a_row_that_no_test_misses_is_named() -> None:
    """Tests of something else miss none of them."""
    run = mutate("--rows", "--every", "60", "--tests", "tests/gate/test_snippet.py", str(TABLES.relative_to(ROOT)))

    assert run.returncode == 1
    assert "undetected row" in run.stdout
    assert f"{TABLES.relative_to(ROOT)}:" in run.stdout


REFUSED = [
    ("shariff_py/gate/__init__.py", "there is no table and no bound"),
    ("shariff_py/gat", "there is no shariff_py/gat"),
]


@pytest.mark.subprocess
@pytest.mark.parametrize(("place", "why"), REFUSED)
def test_a_place_without_tables_and_bounds_is_refused(place: str, why: str) -> None:
    run = mutate(place)

    assert (run.returncode, why in run.stderr) == (2, True)


@pytest.mark.subprocess
def test_a_test_that_does_not_exist_is_named() -> None:
    run = mutate("--tests", "tests/no_such.py", "shariff_py/counts/upstream_quota.py")

    assert (run.returncode, "There is no test tests/no_such.py" in run.stderr) == (1, True)


def test_the_tests_of_each_folder_exist() -> None:
    script = SCRIPT.read_text("utf-8")

    for pattern in re.findall(r'"(tests/[^"]+)"', script):
        assert list(ROOT.glob(pattern)), pattern


@pytest.mark.slow
def test_each_number_that_is_not_moved_exists() -> None:
    package = [path.read_text("utf-8") for path in (ROOT / "shariff_py").rglob("*.py")]

    for name in EXEMPT:
        assert [text for text in package if re.search(rf"^{name} = [0-9_]+$", text, re.MULTILINE)], name
        assert not [fault for text in package for fault in mutations(text) if name in fault.what]
