"""What is in the journal, and that threads and processes write one chain."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from support.journals import FACTS, write

from shariff_py.errors import JournalError
from shariff_py.journal import BEGINNING, Journal, Verified


def test_an_empty_journal_holds(journal: Journal) -> None:
    assert journal.verify() == Verified(0, BEGINNING)
    assert list(journal.entries()) == []
    assert journal.head() == (0, BEGINNING)


def test_records_are_numbered_dated_and_chained(journal: Journal) -> None:
    first = journal.append("request", FACTS)
    second = journal.append("outcome", {"of": first, "status": 200, "bytes": 512, "milliseconds": 31})

    request, outcome = journal.entries()

    assert (first, second) == (1, 2)
    assert (request.kind, request.host, request.pages) == (
        "request",
        "graph.facebook.com",
        ("https://www.example.org/",),
    )
    assert request.when.isoformat() == "2026-11-23T08:00:00+00:00"
    assert (outcome.of, outcome.status, outcome.bytes, outcome.milliseconds) == (1, 200, 512, 31)
    assert (request.previous, outcome.previous) == (BEGINNING, request.hash)
    assert journal.verify() == Verified(2, outcome.hash)
    assert journal.head() == (2, outcome.hash)


def test_each_line_can_be_checked_with_nothing_but_sha256(journal: Journal) -> None:
    write(journal, 1)

    record = json.loads(journal.path.read_text())
    own = record.pop("hash")

    assert own == hashlib.sha256(json.dumps(record, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def test_an_attempt_and_what_came_of_it_are_shown_together(journal: Journal) -> None:
    sent = journal.append("request", FACTS)
    journal.append("blocked", {**FACTS, "error": "it is no source"})
    journal.append("outcome", {"of": sent, "status": 200})
    journal.append("request", FACTS)

    exchanges = list(journal.exchanges())

    assert [(attempt.kind, outcome.status if outcome else None) for attempt, outcome in exchanges] == [
        ("request", 200),
        ("blocked", None),
        ("request", None),
    ]


def test_records_longer_than_what_is_read_at_once_are_chained_too(journal: Journal) -> None:
    pages = [f"https://www.example.org/{n:02000}" for n in range(50)]
    for _ in range(3):
        journal.append("request", {**FACTS, "pages": pages})

    assert journal.verify().records == 3
    assert next(iter(journal.entries())).pages == tuple(pages)


def test_many_threads_write_one_chain(journal: Journal) -> None:
    threads = [threading.Thread(target=write, args=(journal, 5)) for _ in range(6)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert journal.verify().records == 30


PROCESS = """
import sys
from shariff_py.journal import Journal

journal = Journal(sys.argv[1])
for n in range(20):
    journal.append("request", {"path": f"/{n}"})
"""


@pytest.mark.subprocess
def test_many_processes_write_one_chain(journal: Journal) -> None:
    processes = [subprocess.Popen([sys.executable, "-c", PROCESS, str(journal.path)]) for _ in range(4)]

    assert [process.wait() for process in processes] == [0] * 4
    assert journal.verify().records == 80


WITHOUT_POSIX = """
import os, sys
from shariff_py.journal import Journal
del os.O_DIRECTORY
really_open = os.open
def opened(path, *rest, **options):
    if os.path.isdir(path):
        raise PermissionError(13, "Permission denied", str(path))
    return really_open(path, *rest, **options)
os.open = opened
Journal(sys.argv[1]).append("request", {})
print(Journal(sys.argv[1]).verify().records)
"""


@pytest.mark.subprocess
def test_a_journal_is_written_where_folders_cannot_be_opened_as_on_windows(journal: Journal) -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT_POSIX, str(journal.path)], capture_output=True, text=True)

    assert (done.stdout, done.stderr) == ("1\n", "")


def test_a_journal_that_cannot_be_written_is_an_error_with_its_name(tmp_path: Path) -> None:
    in_the_way = tmp_path / "var"
    in_the_way.write_text("a file where the folder should be")

    with pytest.raises(JournalError, match=r"outgoing\.jsonl.*cannot be written"):
        Journal(in_the_way / "outgoing.jsonl").append("request", FACTS)


def test_a_journal_that_cannot_be_read_is_an_error_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "outgoing.jsonl").mkdir()

    with pytest.raises(JournalError, match=r"outgoing\.jsonl.*cannot be read"):
        Journal(tmp_path / "outgoing.jsonl").verify()
