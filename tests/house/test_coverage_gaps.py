"""What the tests do not cover is listed with a reason; what is not listed, or listed and covered, is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import coverage_gaps
import pytest
from support.paths import ROOT

SOURCE = [
    "def sign(n):",
    "    if n < 0:",
    "        return -1",
    "    return 1",
    "",
    "def unused():",
    "    n = 1",
    "    return n",
]


def report(executed: list[int], missed: list[int], branches: list[list[int]]) -> dict[str, Any]:
    return {"executed_lines": executed, "missing_lines": missed, "missing_branches": branches}


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        (report([1, 2, 3, 4, 6, 7, 8], [], []), []),
        (report([1, 2, 4, 6, 7, 8], [3], [[2, 3]]), ["if n < 0:"]),
        (report([1, 2, 3, 4, 6], [7, 8], []), ["n = 1"]),
        (report([1, 6], [2, 3, 4, 7, 8], []), ["if n < 0:", "n = 1"]),
    ],
    ids=["covered", "a branch", "a function", "two functions"],
)
def test_a_gap_is_a_branch_or_the_begin_of_what_is_never_run(measured: dict[str, Any], expected: list[str]) -> None:
    assert [line for _, line in coverage_gaps.gaps("sign.py", measured, SOURCE)] == expected


def test_a_gap_without_a_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="give a reason"):
        coverage_gaps.listed('[[gap]]\nfile = "urls.py"\nline = "x"\nreason = " "')


def without_file(listing: str) -> list[str]:
    """The files of a list that the package does not have."""
    return [file for file, _ in coverage_gaps.listed(listing) if not (ROOT / "shariff_py" / file).is_file()]


def test_every_gap_of_the_list_has_a_reason_and_is_in_a_file_of_the_package() -> None:
    assert without_file(coverage_gaps.LIST.read_text(encoding="utf-8")) == []


def test_a_gap_in_a_file_that_is_gone_is_noticed() -> None:
    assert without_file('[[gap]]\nfile = "gone.py"\nline = "x"\nreason = "A test."') == ["gone.py"]


@pytest.mark.parametrize(
    ("listing", "code", "said"),
    [
        ("", 1, 'Not covered and not listed:\n[[gap]]\nfile = "urls.py"\nline = {quoted}\nreason = ""'),
        ('[[gap]]\nfile = "urls.py"\nline = {first!r}\nreason = "A test."', 0, ""),
        (
            '[[gap]]\nfile = "urls.py"\nline = {first!r}\nreason = "A test."\ntimes = 2',
            1,
            "Listed and covered: urls.py: {first}",
        ),
    ],
    ids=["not listed", "listed", "covered again"],
)
def test_the_list_is_held_against_what_was_measured(
    listing: str, code: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = (ROOT / "shariff_py" / "urls.py").read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / "gaps.toml").write_text(listing.format(first=first), encoding="utf-8")
    summary = {"covered_lines": 0, "num_statements": 1, "covered_branches": 0, "num_branches": 0}
    measured = {"files": {"shariff_py/urls.py": report([], [1], []) | {"summary": summary}}}
    (tmp_path / "report.json").write_text(json.dumps(measured), encoding="utf-8")

    assert coverage_gaps.main(tmp_path / "report.json", tmp_path / "gaps.toml") == code
    assert said.format(first=first, quoted=json.dumps(first)) in capsys.readouterr().err


def test_a_pure_folder_is_printed_apart_from_the_rest_of_its_folder() -> None:
    whole = {"covered_lines": 9, "num_statements": 9, "covered_branches": 4, "num_branches": 4}
    half = {"covered_lines": 5, "num_statements": 10, "covered_branches": 1, "num_branches": 2}
    files = {"audit/verdict/judge.py": whole, "audit/visit/browser.py": half, "audit/runner/run.py": half}

    printed = coverage_gaps.by_folder(
        {"files": {f"shariff_py/{name}": {"summary": summary} for name, summary in files.items()}}
    )

    assert [line.split() for line in printed] == [
        ["audit", "lines", "50.0", "%", "branches", "50.0", "%", "of", "4"],
        ["audit/verdict", "lines", "100.0", "%", "branches", "100.0", "%", "of", "4"],
    ]
