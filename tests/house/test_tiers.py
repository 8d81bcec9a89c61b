"""The tiers of the suite: ``make check`` stays in one process, and each tier stays within its budget."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from support.command_line import shariff
from support.paths import ROOT
from support.process_guard import MARKS, ProcessStarted
from support.row_sample import left_out

PYTHON = sys.executable
STARTS: dict[str, Callable[[], object]] = {
    "subprocess": lambda: subprocess.run([PYTHON, "-c", ""], check=True),
    "fork": os.fork,
    "posix_spawn": lambda: os.posix_spawn(PYTHON, [PYTHON, "-c", ""], {}),
    "system": lambda: os.system("true"),
    "exec": lambda: os.execv(PYTHON, [PYTHON, "-c", ""]),
    "command": lambda: shariff(ROOT, "--help"),
}


@pytest.mark.parametrize("way", STARTS)
def test_an_unmarked_test_cannot_start_a_process(way: str) -> None:
    with pytest.raises(ProcessStarted, match=r"test_an_unmarked_test_cannot_start_a_process.* starts a process \("):
        STARTS[way]()


def test_code_that_survives_every_failure_does_not_hide_the_start_of_a_process() -> None:
    with pytest.raises(ProcessStarted), suppress(Exception):
        subprocess.run([PYTHON, "-c", ""], check=True)


@pytest.mark.subprocess
def test_a_marked_test_can() -> None:
    assert subprocess.run([PYTHON, "-c", "print('done')"], capture_output=True, check=True).stdout.strip() == b"done"


def variable(name: str) -> str:
    found = re.search(rf"^{name} :?= (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None
    return found[1]


def test_make_check_leaves_out_every_test_that_may_start_a_process() -> None:
    known = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    names = {line.partition(":")[0] for line in known["markers"]}

    assert variable("IN_PROCESS") == "not (subprocess or browser or slow or full)"
    assert names == {"subprocess", "browser", "slow", "full", "smoke"}
    assert names > MARKS


BUSY = "import time\nwhile time.process_time() < 0.5: pass"


@pytest.mark.subprocess
@pytest.mark.parametrize(
    ("limit", "commands", "code", "said"),
    [
        ("60", ["-c", ""], 0, r"CPU time: \d s of 60; wall clock: \d+ s"),
        ("0", ["-c", BUSY], 0, r"CPU time: \d s; wall clock"),
        ("0.4", ["-c", BUSY], 1, r"Over the budget"),
        ("0.4", ["-c", "", "--", PYTHON, "-c", BUSY], 1, r"Over the budget"),
        ("60", ["-c", "raise SystemExit(3)", "--", PYTHON, "-c", "print('too late')"], 3, r"^CPU time"),
    ],
    ids=["within", "no limit", "over", "all commands count", "a command that fails ends it"],
)
def test_a_budget_holds(limit: str, commands: list[str], code: int, said: str) -> None:
    done = within_budget(limit, commands, ci="")

    assert done.returncode == code
    assert re.search(said, done.stdout + done.stderr)


@pytest.mark.subprocess
def test_where_a_change_is_judged_an_exceeded_budget_is_only_printed() -> None:
    done = within_budget("0.4", ["-c", BUSY], ci="true")

    assert (done.returncode, "Over the budget" in done.stderr) == (0, True)


def within_budget(limit: str, commands: list[str], *, ci: str) -> subprocess.CompletedProcess[str]:
    command = [PYTHON, ROOT / "scripts/cpu_budget.py", limit, PYTHON, *commands]
    return subprocess.run(command, env={**os.environ, "CI": ci}, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("tests", "most", "left"),
    [
        ("aaaaaaa", 3, [0, 3, 6]),
        ("aaaaaaa", 1, [0]),
        ("aaa", 3, [0, 1, 2]),
        ("abab", 1, [0, 1]),
        ("", 3, []),
    ],
    ids=["first, middle, last", "the first", "a short table is whole", "each test by itself", "none"],
)
def test_the_quick_tiers_try_each_test_with_a_few_rows_of_its_table(tests: str, most: int, left: list[int]) -> None:
    out = left_out(tests, most)

    assert [place for place in range(len(tests)) if place not in out] == left


@pytest.mark.subprocess
def test_a_run_that_is_asked_for_one_row_has_one_of_each_test_and_all_that_are_marked_smoke(tmp_path: Path) -> None:
    table = '@pytest.mark.parametrize("row", [1, 2, 3])\ndef test_{}(row):\n    pass\n'
    module = tmp_path / "test_tables.py"
    module.write_text(f"import pytest\n\n\n{table.format('plain')}\n\n@pytest.mark.smoke\n{table.format('core')}")
    command = [PYTHON, "-m", "pytest", "-c", ROOT / "pyproject.toml", "-p", "conftest", "-p", "no:randomly"]
    done = subprocess.run(
        [*command, "--collect-only", "-q", "--rows", "1", module],
        env={**os.environ, "PYTHONPATH": str(ROOT / "tests")}, cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert re.findall(r"::test_(\S+)", done.stdout) == ["plain[1]", "core[1]", "core[2]", "core[3]"]


def test_only_the_quick_tiers_leave_out_rows() -> None:
    assert variable("QUICK").split() == ["--hypothesis-profile", "quick", "--rows", "2"]
    recipes = (ROOT / "Makefile").read_text(encoding="utf-8").split("\n\n")
    assert [recipe.partition(":")[0] for recipe in recipes if "$(QUICK)" in recipe] == ["check", "smoke"]
