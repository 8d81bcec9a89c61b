"""Every file of the journal is readable for its owner only, whatever the umask."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.journals import FACTS, write

from shariff_py.journal import Checkpoints, Journal, Place, replace_file
from shariff_py.testing import SteppingClock


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o277])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    return {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in sorted(folder.iterdir())}


def test_journal_lock_months_checkpoint_and_exports_are_private(tmp_path: Path, umask: int) -> None:
    clock = SteppingClock()
    journal = Journal(tmp_path / "outgoing.jsonl", clock=clock, keep_months=1)
    for _ in range(8):
        write(journal, 1)
        clock.step(days=10)
    Checkpoints(journal, [Place.file(tmp_path / "checkpoint")], ["a key that nobody guesses"]).advance()
    replace_file(tmp_path / "export.csv", [b"one line\n"])

    assert modes(tmp_path) == {
        "checkpoint": "0o600",
        "export.csv": "0o600",
        "outgoing-2026-11.until-2027-02-02.jsonl": "0o600",
        "outgoing-2026-12.jsonl": "0o600",
        "outgoing-2027-01.jsonl": "0o600",
        "outgoing.jsonl": "0o600",
        "outgoing.jsonl.lock": "0o600",
    }


def test_a_file_that_is_there_keeps_the_mode_its_owner_gave_it(journal: Journal) -> None:
    write(journal, 1)
    journal.path.chmod(0o640)

    journal.append("request", FACTS)

    assert modes(journal.path.parent)["outgoing.jsonl"] == "0o640"


def test_what_an_administrator_creates_belongs_to_whom_the_folder_belongs_to(tmp_path: Path) -> None:
    """A command of root at the beginning of a month must not keep the application from its own journal."""
    owner = os.geteuid(), os.getegid()
    if os.geteuid() == 0:
        owner = 1234, 1234
        os.chown(tmp_path, *owner)

    journal = Journal(tmp_path / "outgoing.jsonl")
    journal.accept_clock()
    Checkpoints(journal, [Place.file(tmp_path / "checkpoint")], ["a key that nobody guesses"]).renew()

    owners = {path.name: (path.stat().st_uid, path.stat().st_gid) for path in tmp_path.iterdir()}
    assert owners == dict.fromkeys(["checkpoint", "outgoing.jsonl", "outgoing.jsonl.lock"], owner)


def test_an_export_that_fails_leaves_nothing_and_keeps_the_old_one(tmp_path: Path) -> None:
    def lines() -> Iterator[bytes]:
        yield b"one line\n"
        raise OSError("the disk is full")

    file = tmp_path / "export.csv"
    file.write_text("before")

    with pytest.raises(OSError, match="full"):
        replace_file(file, lines())

    assert file.read_text() == "before"
    assert list(tmp_path.iterdir()) == [file]
