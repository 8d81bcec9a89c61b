"""A line of the journal that a power cut left unfinished is named, kept and chained."""

from __future__ import annotations

import pytest
from support.journals import FACTS, broken_at, write

from shariff_py.errors import JournalBroken
from shariff_py.journal import Journal, Verified


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


@pytest.mark.slow
def test_a_write_that_ends_anywhere_while_a_fragment_is_explained_loses_nothing(journal: Journal) -> None:
    """As on a full disk that has room for a few bytes more each time."""
    lines = write(journal, 2)
    before = lines[0] + lines[1][:50]
    journal.path.write_bytes(before)
    journal.append("request", FACTS)
    whole = journal.path.read_bytes()

    for end in range(len(before), len(whole)):
        journal.path.write_bytes(whole[:end])
        journal.append("request", FACTS)
        assert journal.verify().torn[0] == 2


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"}\n", b"{}\n", b"a line of text\n"])
def test_a_line_at_the_end_that_is_no_beginning_of_a_record_is_found(journal: Journal, end: bytes) -> None:
    write(journal, 2)
    journal.path.write_bytes(journal.path.read_bytes() + end)

    assert broken_at(journal) == 3
    with pytest.raises(JournalBroken):
        journal.append("request", FACTS)
