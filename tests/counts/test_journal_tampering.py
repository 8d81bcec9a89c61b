"""Nothing in the journal can be changed, left out or cut off unnoticed."""

from __future__ import annotations

import hashlib
import json

import pytest
from support.journals import FACTS, broken_at, write

from shariff_py.errors import JournalBroken
from shariff_py.journal import BEGINNING, Journal


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
    [
        ("pages", 5), ("pages", [5]), ("headers", None), ("of", []), ("status", "200"), ("host", 7), ("sequence", None),
        ("time", "2026-11-23T08:00:00.000"), ("time", "2026-11-23"), ("time", "soon"), ("time", 0),
    ],
)  # fmt: skip
def test_a_field_of_another_form_is_found_even_with_a_hash_that_fits(
    journal: Journal, name: str, value: object
) -> None:
    record = {**json.loads(write(journal, 1)[0]), name: value}
    del record["hash"]
    record["hash"] = hashlib.sha256(json.dumps(record, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    journal.path.write_text(json.dumps(record, sort_keys=True, separators=(",", ":")) + "\n")

    for use in (lambda: list(journal.exchanges()), journal.verify, lambda: list(journal.entries())):
        with pytest.raises(JournalBroken, match="record 1"):
            use()
    with pytest.raises(JournalBroken):
        journal.append("request", FACTS)


def chained(previous: str, record: dict[str, object]) -> tuple[str, bytes]:
    """A record as somebody writes it who knows the format: its hash and its line."""
    record = {**record, "previous": previous}
    own = hashlib.sha256(json.dumps(record, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    return own, json.dumps({**record, "hash": own}, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def test_a_retention_record_at_the_start_does_not_explain_what_is_missing_before_it(journal: Journal) -> None:
    lines = write(journal, 5)
    fourth = json.loads(lines[3])
    forged = {"kind": "retention", "sequence": 5, "of": 4, "sha256": fourth["hash"], "time": fourth["time"]}
    previous, line = chained(fourth["hash"], forged)
    _, further = chained(previous, {"kind": "request", "sequence": 6, "time": fourth["time"]})

    journal.path.write_bytes(line + further)

    assert broken_at(journal) == 1


def test_a_retention_record_that_continues_the_chain_explains_what_is_missing(journal: Journal) -> None:
    lines = write(journal, 5)
    third = json.loads(lines[2])
    journal.append("retention", {"of": 3, "sha256": third["hash"]})
    journal.path.write_bytes(b"".join(journal.path.read_bytes().splitlines(keepends=True)[3:]))

    assert journal.verify().since == 4


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
