"""A process that ends before any step of the journal's housekeeping loses nothing. Where that is, is seen by Python's own audit events."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.journals import FACTS

from shariff_py.journal import Checkpoints, Journal, Place, State
from shariff_py.testing import SteppingClock

pytestmark = [
    pytest.mark.subprocess,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that is ended anywhere is forked"),
]

SECRETS = ["a key that nobody guesses"]


def ended_before(step: int, folder: Path, act: Callable[[Path], None]) -> bool:
    """Let a child do something, and end it before so many steps on files of a folder. Returns whether there were so many."""
    child = os.fork()
    if not child:
        left = step

        def count(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal left
            if event in {"open", "os.rename", "os.remove"} and str(folder) in str(arguments[0]):
                left -= 1
                if not left:
                    os._exit(9)

        try:
            sys.addaudithook(count)
            act(folder)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def survivors(folder: Path, act: Callable[[Path], None]) -> list[Path]:
    """Copies of a folder, each after ``act`` was ended before another step on its files; the last one after all of them."""
    copies: list[Path] = []
    while True:
        copies.append(folder.with_name(f"{folder.name}-{len(copies)}"))
        shutil.copytree(folder, copies[-1])
        if not ended_before(len(copies), copies[-1], act):
            return copies


def kept(journal: Journal) -> list[int]:
    return [int(entry.path[1:]) for entry in journal.entries() if entry.kind == "request"]


def prepared(folder: Path, days: int) -> tuple[Journal, SteppingClock]:
    """A journal with a record every two days, and its checkpoint, up to so many days; the next day is due."""
    clock = SteppingClock()
    journal = Journal(folder / "outgoing.jsonl", clock=clock, keep_months=1)
    for number in range(days // 2):
        journal.append("request", {**FACTS, "path": f"/{number}"})
        clock.step(days=2)
    Checkpoints(journal, [Place.file(folder / "checkpoint")], SECRETS).advance()
    return journal, clock


@pytest.mark.parametrize(
    ("days", "new", "gone"),
    [
        pytest.param(8, {"outgoing-2026-11.jsonl"}, set(), id="a month ends"),
        pytest.param(48, {"outgoing-2026-11.until-2027-02-02.jsonl"}, {"outgoing-2026-11.jsonl"}, id="one is marked"),
        pytest.param(80, set(), {"outgoing-2026-11.until-2027-02-02.jsonl"}, id="one is removed"),
    ],
)
def test_whatever_step_a_process_ends_before_nothing_is_lost(
    tmp_path: Path, days: int, new: set[str], gone: set[str]
) -> None:
    before, clock = prepared(tmp_path / "journal", days)
    there, names = kept(before), {path.name for path in before.path.parent.glob("*.jsonl")}

    def act(folder: Path) -> None:
        own = Journal(folder / "outgoing.jsonl", clock=clock, keep_months=1)
        own.append("request", {**FACTS, "path": "/900"})
        Checkpoints(own, [Place.file(folder / "checkpoint")], SECRETS).advance()

    copies = survivors(before.path.parent, act)
    finished = kept(Journal(copies[-1] / "outgoing.jsonl"))
    after = {path.name for path in copies[-1].glob("*.jsonl")}
    assert (after - names, names - after) == (new, gone)
    assert len(copies) > 8
    assert finished[-1] == 900

    for copy in copies:
        journal = Journal(copy / "outgoing.jsonl", clock=clock, keep_months=1)
        found = Checkpoints(journal, [Place.file(copy / "checkpoint")], SECRETS)
        assert [one.state for one in found.verify()[1]] == [State.CONTAINED]
        assert {*finished} - {900} <= {*kept(journal)} <= {*there, 900}
        journal.append("request", {**FACTS, "path": "/901"})
        assert kept(journal)[-1] == 901
        assert found.advance() == []
        assert [one.state for one in found.verify()[1]] == [State.CONTAINED]


def test_a_step_that_loses_records_would_be_noticed(tmp_path: Path) -> None:
    before, _ = prepared(tmp_path / "journal", 12)

    def act(folder: Path) -> None:
        (folder / "outgoing.jsonl").write_bytes((folder / "outgoing.jsonl").read_bytes().splitlines(keepends=True)[0])

    copies = survivors(before.path.parent, act)

    journal = Journal(copies[-1] / "outgoing.jsonl")
    assert [
        one.state for one in Checkpoints(journal, [Place.file(copies[-1] / "checkpoint")], SECRETS).verify()[1]
    ] == [State.CUT]
