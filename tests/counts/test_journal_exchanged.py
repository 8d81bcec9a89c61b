"""Files of the journal that are moved, linked, removed or exchanged beneath a running process."""

from __future__ import annotations

import logging
import os
import stat
import threading
from pathlib import Path

import pytest
from support.journals import FACTS, write

from shariff_py.errors import JournalError
from shariff_py.journal import Checkpoints, Journal, Place, State, replace_file
from shariff_py.journal.files import alone
from shariff_py.testing import SteppingClock


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.jsonl"))


def test_a_link_to_a_journal_elsewhere_stays_one_and_the_months_are_where_it_leads(tmp_path: Path) -> None:
    data, clock = tmp_path / "data", SteppingClock()
    data.mkdir()
    link = tmp_path / "outgoing.jsonl"
    link.symlink_to(data / "sent.jsonl")
    journal = Journal(link, clock=clock)

    for _ in range(3):
        write(journal, 1)
        clock.step(days=31)

    assert link.is_symlink()
    assert names(tmp_path) == ["outgoing.jsonl"]
    assert names(data) == ["sent-2026-11.jsonl", "sent-2026-12.jsonl", "sent.jsonl"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in data.iterdir()} == {0o600}
    assert journal.verify().records == 3


def test_a_link_to_a_folder_that_is_not_there_is_an_error_and_nothing_is_written(tmp_path: Path) -> None:
    link = tmp_path / "outgoing.jsonl"
    link.symlink_to(tmp_path / "not mounted" / "outgoing.jsonl")

    with pytest.raises(JournalError, match="not mounted"):
        Journal(link).append("request", FACTS)

    assert not (tmp_path / "not mounted").exists()


def test_a_month_that_is_a_link_to_a_disk_that_is_not_mounted_is_named_and_stops_no_record(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = SteppingClock()
    journal = Journal(tmp_path / "outgoing.jsonl", clock=clock)
    for _ in range(10):
        write(journal, 1)
        clock.step(days=10)
    month = tmp_path / names(tmp_path)[0]
    month.rename(tmp_path / "archived")
    month.symlink_to(tmp_path / "elsewhere" / month.name)

    with pytest.raises(JournalError, match=r"a link to a file that is not there"):
        journal.verify()
    with caplog.at_level(logging.ERROR, "shariff_py"):
        assert journal.append("request", FACTS) == 11
        journal.append("request", FACTS)

    assert [record.message.count(month.name) for record in caplog.records] == [1]
    month.unlink()
    (tmp_path / "archived").rename(month)
    assert journal.verify().records == 12


def test_a_month_that_cannot_be_opened_stops_no_record(tmp_path: Path) -> None:
    clock = SteppingClock()
    journal = Journal(tmp_path / "outgoing.jsonl", clock=clock, keep_months=1)
    write(journal, 1)
    (tmp_path / "outgoing-2025-01.jsonl").mkdir()
    clock.step(days=40)

    assert journal.append("request", FACTS) == 2


def test_a_process_that_goes_to_another_folder_goes_on_in_the_same_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    journal = Journal("var/outgoing.jsonl")
    found = Checkpoints(journal, [Place.file(Path("var/checkpoint"))], ["a key that nobody guesses"])
    journal.append("request", FACTS)
    (tmp_path / "other").mkdir()

    os.chdir(tmp_path / "other")
    journal.append("request", FACTS)
    found.advance()

    assert journal.verify().records == 2
    assert sorted(path.name for path in (tmp_path / "var").iterdir()) == [
        "checkpoint",
        "outgoing.jsonl",
        "outgoing.jsonl.lock",
    ]
    assert list((tmp_path / "other").iterdir()) == []


def writer(journal: Journal) -> threading.Thread:
    """A thread that adds a record, once there was time for it to be done."""
    waiting = threading.Thread(target=journal.append, args=("request", FACTS))
    waiting.start()
    waiting.join(0.2)
    return waiting


def test_a_writer_waits_for_another_one_whose_lock_was_removed_beneath_it(journal: Journal) -> None:
    write(journal, 1)

    with alone(journal.path):
        # Another process is writing, and nothing is left of the lock it holds.
        Path(f"{journal.path}.lock").unlink()
        waiting = writer(journal)
        assert waiting.is_alive()
    waiting.join()

    assert journal.verify().records == 2


def test_a_writer_goes_on_in_the_new_file_if_the_month_ends_while_it_waits(journal: Journal) -> None:
    write(journal, 1)

    with alone(journal.path):
        waiting = writer(journal)
        journal.path.rename(journal.path.with_name("outgoing-2026-11.jsonl"))
    waiting.join()

    assert names(journal.path.parent) == ["outgoing-2026-11.jsonl", "outgoing.jsonl"]
    assert journal.verify().records == 2


def test_the_first_record_of_a_file_waits_for_who_still_adds_to_the_one_before(journal: Journal) -> None:
    write(journal, 1)

    with alone(journal.path):
        # Another process is writing, without its lock, and a third one has ended the month.
        journal.path.rename(journal.path.with_name("outgoing-2026-11.jsonl"))
        waiting = writer(journal)
        assert waiting.is_alive()
    waiting.join()

    assert journal.verify().records == 2


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_checkpoint_or_an_export_takes_the_place_of_no_link_no_pipe_and_no_device(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "file"
    if kind == "link":
        (tmp_path / "other disk").mkdir()
        file.symlink_to(tmp_path / "other disk" / "checkpoint")
        replace_file(file, [b"one line\n"])
        assert (tmp_path / "other disk" / "checkpoint").read_bytes() == b"one line\n"
        assert file.is_symlink()
        return
    os.mkfifo(file)
    journal = Journal(tmp_path / "outgoing.jsonl")
    write(journal, 1)

    with pytest.raises(OSError, match="not a regular file"):
        replace_file(file, [b"one line\n"])
    found = Checkpoints(journal, [Place.file(file)], ["a key that nobody guesses"])
    assert found.verify()[1][0].state is State.UNAVAILABLE
    assert file.is_fifo()
