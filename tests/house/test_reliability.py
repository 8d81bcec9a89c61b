"""``docs/reliability.md`` has a row for every fault and every case of growth, and every public entry has a case."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from faults.outcome import Fault, Outcome
from faults.table import FAULTS
from faults.upstreams import KINDS
from growth.entries import READERS, WITHOUT_INPUT, exists, public_entries
from growth.measure import Growth, Measured, measured
from growth.table import GROWTHS, without_a_case
from reliability import between, fault_cells, fault_name, grown, growth_cells, markdown, tried
from support.documents import DOCS, section, text_of

DOCUMENT = DOCS / "reliability.md"


def first_cells(title: str, columns: int) -> list[str]:
    """The first cells of a table, joined: what each row is about."""
    lines = [line for line in section(DOCUMENT, title).splitlines() if line.startswith("| ")]
    return [": ".join(line.strip("| ").split(" | ")[:columns]).replace("`", "") for line in lines[2:]]


def test_the_document_has_a_row_for_each_fault_and_no_other() -> None:
    assert first_cells("Faults", 1) == [fault_name(fault) for fault in FAULTS]


def test_the_document_has_a_row_for_each_case_of_growth_and_no_other() -> None:
    there = set(public_entries())
    cases = [f"{case.entry}: {case.doubled}" for case in GROWTHS if case.entry in there]

    assert first_cells("Growth", 2) == [case.replace("<", "&lt;") for case in cases]


def test_no_two_rows_have_the_same_name() -> None:
    for title, columns in (("Faults", 1), ("Growth", 2)):
        cells = first_cells(title, columns)
        assert len(set(cells)) == len(cells)


def test_every_kind_of_fault_is_tried() -> None:
    kinds = {fault.kind for fault in FAULTS}

    assert kinds == {"load", "kills", "disk full", "clocks", "stores gone", "hostile upstreams", "floods"}
    assert sum(len(days) for days in KINDS.values()) >= 42


def test_every_public_entry_has_a_case_of_growth() -> None:
    assert without_a_case(public_entries()) == []


def test_a_public_entry_without_a_case_would_be_noticed() -> None:
    cases = tuple(case for case in GROWTHS if case.entry != "POST frame")

    assert without_a_case(public_entries(), cases) == ["POST frame"]


@pytest.mark.parametrize(
    "entry",
    [
        "shariff_py.gate_html",
        "shariff-py journal verify",
        "GET frame/closed",
        "template share",
        "shariff_py.urls.canonical",
    ],
)
def test_the_walk_through_the_public_interface_finds_entries_of_every_kind(entry: str) -> None:
    assert entry in public_entries()


def test_every_reader_that_is_named_is_there_and_every_exception_is_an_entry() -> None:
    assert [reader for reader in READERS if not exists(reader)] == []
    assert WITHOUT_INPUT.keys() <= set(public_entries())


def test_a_fault_that_ends_in_an_error_is_a_row_that_does_not_hold() -> None:
    def cause(folder: Path) -> Outcome:
        raise OSError("No space left")

    fault = Fault("disk full", "here", cause)

    assert fault_cells(fault, tried(fault)) == (
        "disk full: here", "–", "not known", "OSError: No space left", "–", "–", "**no**",
    )  # fmt: skip


def test_growth_that_ends_in_an_error_is_a_row_that_does_not_hold() -> None:
    def prepare(size: int, folder: Path) -> object:
        raise RecursionError("too deep")

    case = Growth("shariff_py.x", "letters", prepare)  # type: ignore[arg-type]

    assert growth_cells(case, grown(case)) == (
        "`shariff_py.x`",
        "letters",
        "–",
        "RecursionError: too deep",
        "–",
        "**no**",
    )


@pytest.mark.parametrize(
    ("time", "memory", "holds"),
    [(2.0, 2.0, True), (None, None, True), (2.6, 2.6, True), (2.7, 2.0, False), (2.0, 4.0, False), (3.9, None, False)],
)
def test_growth_holds_where_neither_ratio_is_above_the_bound(
    time: float | None, memory: float | None, holds: bool
) -> None:
    assert Measured(64, time, memory).holds is holds


@pytest.mark.slow
def test_a_reader_that_begins_anew_for_each_part_would_be_noticed(tmp_path: Path) -> None:
    pattern = re.compile(r"scontent[\w.-]*\.fbcdn\.net")
    case = Growth("x", "letters", lambda size, folder: lambda: pattern.search("scontent-" * size), start=64)

    result = measured(case, tmp_path)

    assert result.time is not None
    assert result.time > 3
    assert not result.holds


@pytest.mark.slow
def test_memory_that_grows_faster_than_the_input_would_be_noticed(tmp_path: Path) -> None:
    case = Growth("x", "letters", lambda size, folder: lambda: [bytes(size) for _ in range(size)], most=2_048)

    result = measured(case, tmp_path)

    assert result.memory is not None
    assert result.memory > 3
    assert not result.holds


def test_a_table_goes_between_its_markers_and_nothing_else_changes() -> None:
    text = "before\n<!-- growth -->\nold\n<!-- end of growth -->\nafter\n"

    written = between(text, "growth", markdown(("a", "b"), [("1 | 2", "<p>")]))

    assert written == (
        "before\n<!-- growth -->\n\n| a | b |\n| --- | --- |\n| 1 &#124; 2 | &lt;p> |\n\n<!-- end of growth -->\nafter\n"
    )
    with pytest.raises(ValueError, match="no markers"):
        between(text, "faults", "")


def test_the_document_names_both_commands() -> None:
    assert {"`make soak`", "`make reliability`"} <= set(re.findall(r"`make \w+`", text_of(DOCUMENT)))
