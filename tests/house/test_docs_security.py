"""The threat model: each promise names the tests that show it, and they are there."""

from __future__ import annotations

import pytest
from support.documents import DOCS, missing_tests, section

MODEL = DOCS / "security.md"
PARTS = ("Nothing out", "Nothing in", "Nothing lost")


def promises(text: str) -> list[list[str]]:
    """The cells of each promise: what, against whom, how, shown by."""
    lines = [
        line
        for line in text.splitlines()
        if line.startswith("| ") and not line.startswith(("| promise", "| a reply", "|--"))
    ]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def without_proof(text: str) -> list[str]:
    """The promises that name no test, or one that is not there."""
    return [row[0] for row in promises(text) if "`test_" not in row[-1] or missing_tests(row[-1])]


def test_each_promise_names_tests_that_are_there() -> None:
    text = section(MODEL, "What is promised")

    assert without_proof(text) == []
    assert len(promises(text)) >= 18
    assert all(len(row) == 4 and all(row) for row in promises(text))


def test_what_holds_a_reply_names_tests_that_are_there() -> None:
    text = section(MODEL, "Replies of platforms about content")

    assert without_proof(text) == []
    assert len(promises(text)) >= 7


@pytest.mark.parametrize("part", PARTS)
def test_there_are_promises_of_each_part(part: str) -> None:
    text = section(MODEL, "What is promised")

    assert promises(text.partition(f"### {part}\n")[2].partition("\n### ")[0])


def test_whom_a_promise_protects_against_is_an_actor_of_the_model() -> None:
    actors = {row[0] for row in promises(section(MODEL, "Who may act against it"))}
    named = {name.strip() for row in promises(section(MODEL, "What is promised")) for name in row[1].split(",")}

    assert {name for name in named if not any(name in actor for actor in actors)} == set()


def test_a_promise_without_a_test_would_be_noticed() -> None:
    assert without_proof("| It is safe | all | by care | |") == ["It is safe"]
    assert without_proof("| It is safe | all | by care | `test_nobody_wrote.py` |") == ["It is safe"]
