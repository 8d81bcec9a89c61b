"""The page about the architecture: its layers are the contract's, and its walks are how the code is really walked."""

from __future__ import annotations

import configparser
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.documents import DOCS, rows, section
from support.paths import ROOT, TESTS

PAGE = DOCS / "architecture.md"
PACKAGE = ROOT / "shariff_py"
IN_PROCESS = ("One page address", "One pasted embed", "One count")


def walked(folder: Path, *names: str) -> dict[str, list[str]]:
    """The files each walk passes, traced in a process of its own."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SHARIFF_")}
    done = subprocess.run(
        [sys.executable, "-m", "support.walks", *names],
        cwd=folder,
        env=environ | {"PYTHONPATH": os.pathsep.join([str(TESTS), str(ROOT)])},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    files: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return files


def described(walk: str) -> list[str]:
    return list(rows(section(PAGE, walk)))


def out_of_order(told_files: list[str], walked_files: list[str]) -> list[str]:
    """The files of a description that are not passed, or not after the one before them."""
    rest, wrong = iter(walked_files), []
    for file in told_files:
        if file not in walked_files:
            wrong.append(f"{file} is not passed")
        elif file not in rest:
            wrong.append(f"{file} comes earlier")
            rest = iter(walked_files[walked_files.index(file) + 1 :])
    return wrong


def test_the_layers_are_those_of_the_contract() -> None:
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter", encoding="utf-8")
    layers = contract["importlinter:contract:package"]["layers"].split()

    assert list(rows(section(PAGE, "Layers"))) == layers


@pytest.mark.parametrize("walk", [*IN_PROCESS, "One audited page"])
def test_every_file_of_a_walk_exists(walk: str) -> None:
    assert [file for file in described(walk) if not (PACKAGE / file).is_file()] == []


@pytest.mark.subprocess
def test_the_walks_are_described_as_the_calls_run(tmp_path: Path) -> None:
    found = walked(tmp_path, *IN_PROCESS)

    assert [out_of_order(described(walk), found[walk]) for walk in IN_PROCESS] == [[], [], []]


@pytest.mark.browser
@pytest.mark.full
def test_the_walk_of_an_audit_is_described_as_the_calls_run(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>Page</title>", encoding="utf-8")

    (files,) = walked(tmp_path, "One audited page").values()

    assert out_of_order(described("One audited page"), files) == []


def test_a_walk_that_is_described_wrongly_would_be_noticed() -> None:
    walked_files = ["web/flask.py", "urls.py", "service/service.py"]

    assert out_of_order(["web/flask.py", "service/service.py"], walked_files) == []
    assert out_of_order(["urls.py", "web/flask.py", "gate.py"], walked_files) == [
        "web/flask.py comes earlier",
        "gate.py is not passed",
    ]
