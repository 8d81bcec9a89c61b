"""What a privacy officer asks the journal for: a period, a host, a purpose, totals. In constant memory, and only of the files needed."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.big_journals import fill
from support.journals import FACTS

from shariff_py.errors import JournalBroken
from shariff_py.journal import Journal, Selection, Total, totals
from shariff_py.testing import SteppingClock

BEGIN = datetime(2026, 9, 10, tzinfo=UTC)
"""When the journal below begins: requests to four hosts in turn, one in fifty for a token."""


def autumn(folder: Path, records: int = 400) -> Journal:
    """A journal from 10 September to 19 November 2026."""
    fill(folder / "outgoing.jsonl", records, first=BEGIN, last=BEGIN + timedelta(days=70))
    return Journal(folder / "outgoing.jsonl", clock=SteppingClock())


def numbers(journal: Journal, wanted: Selection) -> list[int]:
    return [attempt.sequence for attempt, _ in journal.exchanges(wanted)]


def test_a_journal_made_for_measurements_is_a_journal(tmp_path: Path) -> None:
    assert autumn(tmp_path).verify().records == 400


def test_a_period_has_the_requests_sent_in_it_with_their_outcomes(tmp_path: Path) -> None:
    journal = autumn(tmp_path)
    everything = list(journal.exchanges())
    october = Selection(since=datetime(2026, 10, 1, tzinfo=UTC), until=datetime(2026, 11, 1, tzinfo=UTC))

    found = list(journal.exchanges(october))

    assert len(everything) == 200
    assert found == [pair for pair in everything if pair[0].when.month == 10]
    assert all(outcome is not None and outcome.of == attempt.sequence for attempt, outcome in found)
    assert found[0][0].when.day == 1
    assert found[-1][0].when.day == 31


def test_a_period_reads_only_the_files_it_needs(tmp_path: Path) -> None:
    journal = autumn(tmp_path)
    (tmp_path / "outgoing-2026-09.jsonl").write_bytes(b"what is here is not read\n")
    november = Selection(since=datetime(2026, 11, 2, tzinfo=UTC))

    assert len(numbers(journal, november)) == 48
    with pytest.raises(JournalBroken):
        numbers(journal, Selection())


def test_a_change_in_the_files_that_are_read_is_found(tmp_path: Path) -> None:
    journal = autumn(tmp_path)
    file = tmp_path / "outgoing-2026-10.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"status":200', b'"status":204', 1))

    with pytest.raises(JournalBroken):
        numbers(journal, Selection(since=datetime(2026, 10, 5, tzinfo=UTC), until=datetime(2026, 10, 7, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("wanted", "many"),
    [
        (Selection(host="graph.facebook.com"), 50),
        (Selection(host="graph.facebook.co"), 0),
        (Selection(platform="vk"), 50),
        (Selection(purpose="token"), 4),
        (Selection(purpose="token", host="graph.facebook.com"), 2),
        (Selection(until=BEGIN), 0),
        (Selection(since=datetime(2027, 1, 1, tzinfo=UTC)), 0),
    ],
)
def test_requests_are_selected_by_host_platform_and_purpose(tmp_path: Path, wanted: Selection, many: int) -> None:
    assert len(numbers(autumn(tmp_path), wanted)) == many


def test_totals_are_by_host_and_purpose(journal: Journal) -> None:
    sent = journal.append("request", FACTS)
    journal.append("outcome", {"of": sent, "status": 200, "bytes": 512, "milliseconds": 3})
    failed = journal.append("request", {**FACTS, "pages": ["https://www.example.org/a", "https://www.example.org/b"]})
    journal.append("outcome", {"of": failed, "error": "timeout", "milliseconds": 3})
    journal.append("request", FACTS)
    journal.append("blocked", {**FACTS, "host": "example.com", "error": "it is no source"})

    assert totals(journal.records()) == {
        ("graph.facebook.com", "counts"): Total(sent=3, failed=2, pages=4, bytes=512),
        ("example.com", "counts"): Total(blocked=1),
    }


def test_requests_keep_their_order_and_their_outcomes_however_they_are_interleaved(journal: Journal) -> None:
    first, second = journal.append("request", FACTS), journal.append("request", FACTS)
    interrupted = journal.append("request", FACTS)
    journal.append("outcome", {"of": second, "status": 202})
    journal.append("outcome", {"of": first, "status": 201})
    last = journal.append("request", FACTS)
    journal.append("outcome", {"of": last, "status": 203})

    found = [(attempt.sequence, outcome.status if outcome else None) for attempt, outcome in journal.exchanges()]

    assert found == [(first, 201), (second, 202), (interrupted, None), (last, 203)]


def test_an_outcome_in_the_next_month_belongs_to_its_request(tmp_path: Path) -> None:
    clock = SteppingClock(datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC))
    journal = Journal(tmp_path / "outgoing.jsonl", clock=clock)
    sent = journal.append("request", FACTS)
    clock.step(seconds=3)
    journal.append("outcome", {"of": sent, "status": 200})

    found = list(journal.exchanges(Selection(until=datetime(2026, 12, 1, tzinfo=UTC))))

    assert (tmp_path / "outgoing-2026-11.jsonl").exists()
    assert [(attempt.sequence, outcome.status if outcome else None) for attempt, outcome in found] == [(1, 200)]


def test_a_record_whose_clock_was_wrong_is_found_in_the_period_of_its_file(tmp_path: Path) -> None:
    clock = SteppingClock()
    journal = Journal(tmp_path / "outgoing.jsonl", clock=clock)
    for days in (0, 26_500, -26_500, 10, 0):
        clock.step(days=days)
        journal.append("request", FACTS)

    november = Selection(since=datetime(2026, 11, 1, tzinfo=UTC), until=datetime(2026, 12, 4, tzinfo=UTC))

    assert (tmp_path / "outgoing-2026-11.jsonl").exists()
    assert numbers(journal, november) == [1, 2, 3, 4, 5]


@pytest.mark.slow
def test_ten_times_the_records_take_the_same_memory(tmp_path: Path) -> None:
    few, many = autumn(tmp_path / "few", 300), autumn(tmp_path / "many", 3_000)

    def peak(journal: Journal) -> int:
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        assert sum(1 for _ in journal.exchanges())
        assert totals(journal.records(Selection(purpose="token")))
        return tracemalloc.get_traced_memory()[1] - before

    tracemalloc.start()
    try:
        peak(few)
        growth = peak(many) / peak(few)
    finally:
        tracemalloc.stop()

    assert growth < 1.5
