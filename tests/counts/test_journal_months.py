"""The journal's months: each has its file, old ones go, and the chain holds across them."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from support.journals import FACTS, broken_at, write

from shariff_py.errors import JournalBroken
from shariff_py.journal import Journal, Verified, removed_early
from shariff_py.testing import SteppingClock


def monthly(tmp_path: Path, **options: int) -> tuple[Journal, SteppingClock]:
    clock = SteppingClock()
    return Journal(tmp_path / "outgoing.jsonl", clock=clock, **options), clock


def files(journal: Journal) -> list[str]:
    return sorted(path.name for path in journal.path.parent.glob("*.jsonl"))


def test_with_the_first_record_of_a_new_month_the_old_one_is_put_aside_and_the_chain_goes_on(tmp_path: Path) -> None:
    journal, clock = monthly(tmp_path)
    write(journal, 3)
    noted = journal.verify().head

    clock.step(days=8)
    assert journal.append("request", FACTS) == 4
    clock.step(days=70)
    journal.append("request", FACTS)

    assert files(journal) == ["outgoing-2026-11.jsonl", "outgoing-2026-12.jsonl", "outgoing.jsonl"]
    assert [entry.sequence for entry in journal.entries()] == [1, 2, 3, 4, 5]
    assert journal.verify(head=noted) == Verified(5, journal.head()[1])


def test_a_change_in_a_month_that_is_over_is_found_and_so_is_a_month_that_is_missing(tmp_path: Path) -> None:
    journal, clock = monthly(tmp_path)
    for _ in range(3):
        write(journal, 2)
        clock.step(days=31)
    october = journal.path.with_name("outgoing-2026-12.jsonl")
    whole = october.read_bytes()

    october.write_bytes(whole.replace(b"facebook", b"farebook", 1))
    changed = broken_at(journal)
    october.unlink()
    missing = broken_at(journal)
    october.write_bytes(whole)
    journal.path.with_name("outgoing-2026-11.jsonl").unlink()
    first_missing = broken_at(journal)

    assert (changed, missing, first_missing) == (3, 3, 1)


def test_old_months_are_removed_and_a_record_says_where_the_chain_begins(tmp_path: Path) -> None:
    journal, clock = monthly(tmp_path, keep_months=2)
    heads = []
    for _ in range(70):
        write(journal, 2)
        heads.append(journal.head()[1])
        clock.step(days=3)

    verified = journal.verify()

    assert files(journal) == [
        "outgoing-2027-03.until-2027-07-07.jsonl",
        "outgoing-2027-04.jsonl",
        "outgoing-2027-05.jsonl",
        "outgoing.jsonl",
    ]
    assert verified.since > 1
    assert removed_early(verified, 2) == ""
    assert "are to be kept" in removed_early(verified, 12)
    assert [entry.kind for entry in journal.entries()].count("retention") >= 1
    assert verified.records == journal.head()[0]
    assert journal.verify(head=heads[-1]).since == verified.since
    with pytest.raises(JournalBroken, match=rf"before record {verified.since}, the first that is kept"):
        journal.verify(head=heads[0])


def test_a_beginning_that_was_removed_by_hand_is_found(tmp_path: Path) -> None:
    journal, clock = monthly(tmp_path, keep_months=2)
    for _ in range(70):
        write(journal, 2)
        clock.step(days=3)
    assert journal.verify().since > 1

    journal.path.with_name("outgoing-2027-03.until-2027-07-07.jsonl").unlink()

    assert broken_at(journal) == 1


def test_a_process_that_ends_between_the_old_month_and_the_new_loses_nothing(tmp_path: Path) -> None:
    journal, clock = monthly(tmp_path)
    write(journal, 3)
    journal.path.rename(journal.path.with_name("outgoing-2026-11.jsonl"))
    clock.step(days=8)
    assert journal.head() == (3, journal.verify().head)

    journal.append("request", FACTS)

    assert journal.verify().records == 4


def test_a_line_cut_short_at_the_end_of_a_month_is_recorded_where_it_is(tmp_path: Path) -> None:
    journal, clock = monthly(tmp_path)
    lines = write(journal, 2)
    journal.path.write_bytes(lines[0] + lines[1][:40])
    clock.step(days=8)

    journal.append("request", FACTS)
    clock.step(days=31)
    journal.append("request", FACTS)

    assert files(journal) == ["outgoing-2026-11.jsonl", "outgoing.jsonl"]
    assert [entry.kind for entry in journal.entries()] == ["request", "torn", "request", "request"]


def test_a_clock_set_back_puts_nothing_aside(tmp_path: Path) -> None:
    journal, clock = monthly(tmp_path)
    write(journal, 1)
    clock.step(days=-60)

    journal.append("request", FACTS)

    assert files(journal) == ["outgoing.jsonl"]
    assert journal.verify().records == 2


@pytest.mark.slow
def test_reading_while_a_month_ends_misses_nothing(tmp_path: Path) -> None:
    journal, clock = monthly(tmp_path)
    write(journal, 1)
    seen: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append(journal.verify().records)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(60):
        clock.step(days=31)
        journal.append("request", FACTS)
    done.set()
    reader.join()

    assert seen == sorted(seen)
    assert journal.verify().records == 61


def test_files_that_only_look_like_months_are_not_changed(tmp_path: Path) -> None:
    journal, clock = monthly(tmp_path, keep_months=1)
    for name in ("outgoing-2026-13.jsonl", "outgoing-old.jsonl", "outgoing-2020-01.jsonl.bak"):
        (tmp_path / name).write_text("somebody's own notes")
    for _ in range(7):
        write(journal, 1)
        clock.step(days=31)

    assert journal.verify().since > 1
    assert (tmp_path / "outgoing-old.jsonl").read_text() == "somebody's own notes"
    assert (tmp_path / "outgoing-2026-13.jsonl").exists()
