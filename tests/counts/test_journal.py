"""The journal: what is in it, that nothing can be changed unnoticed, and that nothing is ever lost."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from shariff_py.errors import JournalBroken, JournalError
from shariff_py.journal import BEGINNING, Journal, Verified
from shariff_py.testing import SteppingClock

FACTS = {
    "trigger": "schedule",
    "purpose": "counts",
    "platform": "facebook",
    "method": "POST",
    "host": "graph.facebook.com",
    "path": "/v26.0/",
    "pages": ["https://www.example.org/"],
    "headers": ["authorization", "host"],
}


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "below" / "outgoing.jsonl", clock=SteppingClock())


def write(journal: Journal, records: int) -> list[bytes]:
    """Fill a journal; the lines of its file."""
    for n in range(records):
        journal.append("request", {**FACTS, "path": f"/v26.0/{n}"})
    return journal.path.read_bytes().splitlines(keepends=True)


def broken_at(journal: Journal) -> int:
    """The record at which verification fails."""
    with pytest.raises(JournalBroken) as found:
        journal.verify()
    return found.value.sequence


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

    exchanges = journal.exchanges()

    assert [(attempt.kind, outcome.status if outcome else None) for attempt, outcome in exchanges] == [
        ("request", 200),
        ("blocked", None),
        ("request", None),
    ]


@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_changed_byte_is_found_wherever_it_is(journal: Journal, number: int) -> None:
    lines = write(journal, 5)
    line = lines[number - 1]

    for place in range(0, len(line), 7):
        changed = line[:place] + bytes([line[place] ^ 1]) + line[place + 1 :]
        journal.path.write_bytes(b"".join([*lines[: number - 1], changed, *lines[number:]]))

        assert broken_at(journal) == number


def test_a_value_changed_together_with_its_hash_is_found_at_the_next_record(journal: Journal) -> None:
    lines = write(journal, 3)
    record = json.loads(lines[1])
    record["host"] = "www.example.com"
    del record["hash"]
    record["hash"] = hashlib.sha256(json.dumps(record, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    lines[1] = json.dumps(record, sort_keys=True, separators=(",", ":")).encode() + b"\n"

    journal.path.write_bytes(b"".join(lines))

    assert broken_at(journal) == 3


def test_a_number_left_out_by_who_wrote_the_rest_anew_is_found(journal: Journal) -> None:
    lines = write(journal, 4)
    previous, anew = BEGINNING, []
    for line in (lines[0], lines[2], lines[3]):
        record = {**json.loads(line), "previous": previous}
        del record["hash"]
        record["hash"] = previous = hashlib.sha256(
            json.dumps(record, sort_keys=True, separators=(",", ":")).encode()
        ).hexdigest()
        anew.append(json.dumps(record, sort_keys=True, separators=(",", ":")) + "\n")

    journal.path.write_text("".join(anew))

    assert broken_at(journal) == 2


@pytest.mark.parametrize(
    ("alter", "record"),
    [
        pytest.param(lambda lines: lines[1:], 1, id="the first line removed"),
        pytest.param(lambda lines: lines[:2] + lines[3:], 3, id="a line removed"),
        pytest.param(lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], 2, id="two lines swapped"),
        pytest.param(lambda lines: [*lines[:2], lines[1], *lines[2:]], 3, id="a line twice"),
        pytest.param(lambda lines: [*lines[:2], b'{"kind":"request"}\n', *lines[2:]], 3, id="a line inserted"),
        pytest.param(lambda lines: [*lines[:2], b"\n", *lines[2:]], 3, id="an empty line inserted"),
        pytest.param(lambda lines: [*lines, b"\n"], 6, id="an empty line at the end"),
        pytest.param(lambda lines: [lines[0].replace(b":", b": ", 1), *lines[1:]], 1, id="a space added"),
        pytest.param(lambda lines: [line.replace(b"\n", b"\r\n") for line in lines], 1, id="other line breaks"),
        pytest.param(lambda lines: [b"\xef\xbb\xbf", *lines], 1, id="a byte order mark"),
    ],
)
def test_lines_that_are_not_as_they_were_written_are_found(journal: Journal, alter: object, record: int) -> None:
    lines = write(journal, 5)
    assert callable(alter)

    journal.path.write_bytes(b"".join(alter(lines)))

    assert broken_at(journal) == record


@pytest.mark.parametrize(
    ("name", "value"),
    [("pages", 5), ("pages", [5]), ("headers", None), ("of", []), ("status", "200"), ("host", 7), ("sequence", None)],
)
def test_a_field_of_another_form_is_found_even_with_a_hash_that_fits(
    journal: Journal, name: str, value: object
) -> None:
    record = {**json.loads(write(journal, 1)[0]), name: value}
    del record["hash"]
    record["hash"] = hashlib.sha256(json.dumps(record, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    journal.path.write_text(json.dumps(record, sort_keys=True, separators=(",", ":")) + "\n")

    for use in (journal.exchanges, journal.verify, lambda: list(journal.entries())):
        with pytest.raises(JournalBroken, match="record 1"):
            use()
    with pytest.raises(JournalBroken):
        journal.append("request", FACTS)


def test_a_cut_off_end_is_found_by_who_noted_the_head(journal: Journal) -> None:
    lines = write(journal, 5)
    noted = journal.verify().head

    journal.path.write_bytes(b"".join(lines[:3]))

    assert journal.verify().records == 3
    with pytest.raises(JournalBroken, match="removed or rewritten"):
        journal.verify(head=noted)


def test_a_journal_written_anew_is_found_by_who_noted_the_head(journal: Journal) -> None:
    write(journal, 5)
    noted = journal.verify().head
    journal.path.unlink()

    journal.append("request", {**FACTS, "path": "/harmless"})
    write(journal, 9)

    assert journal.verify().records == 10
    with pytest.raises(JournalBroken, match="removed or rewritten"):
        journal.verify(head=noted)


def test_a_journal_that_only_grew_still_holds_the_noted_head(journal: Journal) -> None:
    write(journal, 3)
    noted = journal.verify().head

    write(journal, 2)

    assert journal.verify(head=noted).records == 5


def test_nothing_is_added_to_a_journal_whose_last_line_was_changed(journal: Journal) -> None:
    lines = write(journal, 3)
    journal.path.write_bytes(b"".join(lines[:2]) + lines[2].replace(b"facebook", b"farebook", 1))
    before = journal.path.read_bytes()

    with pytest.raises(JournalBroken, match="move it away"):
        journal.append("request", FACTS)

    assert journal.path.read_bytes() == before


@pytest.mark.parametrize("kept", [1, 40, -2])
def test_a_line_cut_short_by_a_power_cut_is_named_and_kept(journal: Journal, kept: int) -> None:
    lines = write(journal, 3)
    torn = lines[2][:kept]
    journal.path.write_bytes(b"".join(lines[:2]) + torn)
    assert journal.verify().torn == (3,)

    journal.append("request", FACTS)

    assert journal.path.read_bytes().startswith(b"".join(lines[:2]) + torn + b"\n")
    kinds = [(entry.sequence, entry.kind, entry.bytes) for entry in journal.entries()]
    assert kinds[2:] == [(3, "torn", len(torn)), (4, "request", None)]
    assert journal.verify().torn == (3,)


def test_the_very_first_line_may_be_cut_short_too(journal: Journal) -> None:
    (line,) = write(journal, 1)
    journal.path.write_bytes(line[:20])

    journal.append("request", FACTS)

    assert [entry.kind for entry in journal.entries()] == ["torn", "request"]


def test_a_second_power_cut_while_the_first_is_being_noted_loses_nothing(journal: Journal) -> None:
    lines = write(journal, 3)
    journal.path.write_bytes(b"".join(lines[:2]) + lines[2][:50])
    journal.append("request", FACTS)
    journal.path.write_bytes(b"".join(lines[:2]) + lines[2][:50] + b'\n{"bytes":50,"ha')

    journal.append("request", FACTS)

    assert journal.verify() == Verified(4, journal.head()[1], torn=(3,))


def test_a_record_that_only_lacks_its_line_break_counts(journal: Journal) -> None:
    lines = write(journal, 3)
    journal.path.write_bytes(b"".join(lines).removesuffix(b"\n"))
    assert journal.verify().records == 3

    journal.append("request", FACTS)

    assert journal.verify() == Verified(4, journal.head()[1])


def test_a_fragment_that_was_changed_afterwards_is_found(journal: Journal) -> None:
    lines = write(journal, 2)
    journal.path.write_bytes(lines[0] + lines[1][:50])
    journal.append("request", FACTS)

    journal.path.write_bytes(journal.path.read_bytes().replace(lines[1][:50] + b"\n", lines[1][:49] + b"!\n"))

    assert broken_at(journal) == 2


def test_a_fragment_that_was_removed_afterwards_is_found(journal: Journal) -> None:
    lines = write(journal, 2)
    journal.path.write_bytes(lines[0] + lines[1][:50])
    journal.append("request", FACTS)

    journal.path.write_bytes(journal.path.read_bytes().replace(lines[1][:50] + b"\n", b""))

    assert broken_at(journal) == 2


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


# Months


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
    for _ in range(6):
        write(journal, 2)
        heads.append(journal.head()[1])
        clock.step(days=31)

    verified = journal.verify()

    assert files(journal) == ["outgoing-2027-02.jsonl", "outgoing-2027-03.jsonl", "outgoing.jsonl"]
    assert verified.since > 1
    assert [entry.kind for entry in journal.entries()].count("retention") >= 1
    assert verified.records == journal.head()[0]
    assert journal.verify(head=heads[-1]).since == verified.since
    with pytest.raises(JournalBroken, match=rf"before record {verified.since}, the first that is kept"):
        journal.verify(head=heads[0])


def test_a_beginning_that_was_removed_by_hand_is_found(tmp_path: Path) -> None:
    journal, clock = monthly(tmp_path, keep_months=2)
    for _ in range(6):
        write(journal, 2)
        clock.step(days=31)

    journal.path.with_name("outgoing-2027-02.jsonl").unlink()

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

    assert files(journal) == ["outgoing-2026-12.jsonl", "outgoing.jsonl"]
    assert [entry.kind for entry in journal.entries()] == ["request", "torn", "request", "request"]


def test_a_clock_set_back_puts_nothing_aside(tmp_path: Path) -> None:
    journal, clock = monthly(tmp_path)
    write(journal, 1)
    clock.step(days=-60)

    journal.append("request", FACTS)

    assert files(journal) == ["outgoing.jsonl"]
    assert journal.verify().records == 2


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
    for _ in range(4):
        write(journal, 1)
        clock.step(days=31)

    assert journal.verify().since > 1
    assert (tmp_path / "outgoing-old.jsonl").read_text() == "somebody's own notes"
    assert (tmp_path / "outgoing-2026-13.jsonl").exists()
