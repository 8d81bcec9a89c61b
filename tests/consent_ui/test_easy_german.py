"""Easy German keeps the rules of its kind: one short sentence a line, and no word of law or technology that it does not explain."""

from __future__ import annotations

import re

import pytest

from shariff_py.texts import LANGUAGES

TEXTS = LANGUAGES["de-simple"].texts

LONGEST_LINE = 12
"""Words."""

EXPLAINED = {
    "EU": "Die EU ist eine Gruppe von Ländern in Europa.",
    "DSGVO": r"zum Datenschutz\.\n(?:Das Gesetz heißt|Die Gesetze heißen):",
    "TDDDG": r"Das TDDDG ist ein Gesetz zum Datenschutz|zum Datenschutz\.\nDie Gesetze heißen:",
    "Cookies": "Cookies sind kleine gespeicherte Angaben.",
    "JavaScript": "Das ist ein Programm im Browser.",
    "IP-Adresse": "Internet-Adresse",
    "Einwilligung": r"\bJa\b",
    r"\{mechanism\}": "Regel der EU",
}
"""Terms, and what explains each of them in the same text."""

NOT_EASY = (
    "Browserdaten",
    "Drittland",
    "Rechtsgrundlage",
    "Auftragsverarbeit",
    "widerrufen",
    "Widerruf",
    "übermitteln",
    "Übermittlung",
)
"""Words of lawyers that have an easier one here."""

CLAUSE = r",\s+(?:dass|weil|wenn|ob|wo|wer|wie|was|wann|der|die|das|den|können|damit|um)\b"
"""A comma with a clause behind it."""


def lines() -> list[str]:
    return [line for text in TEXTS.values() for line in text.split("\n")]


def unexplained(text: str) -> list[str]:
    return [
        term
        for term, explanation in EXPLAINED.items()
        if re.search(rf"(?<![\w-]){term}(?!\w)", text) and not re.search(explanation, text)
    ]


def test_each_sentence_stands_in_a_line_of_its_own() -> None:
    # A question with its answer behind it, and a day or a number, are no two sentences.
    together = [line for line in lines() if re.search(r"[.!?]\s+[A-ZÄÖÜ]", line)]

    assert together == ["Wer macht was? Unsere Erklärung"]


def test_each_line_is_short() -> None:
    assert [line for line in lines() if len(line.split()) > LONGEST_LINE] == []


def test_no_comma_stands_before_a_clause() -> None:
    assert [line for line in lines() if re.search(CLAUSE, line)] == []


def test_every_term_is_explained_where_it_is_used() -> None:
    found = {key: terms for key, text in TEXTS.items() if (terms := unexplained(text))}

    assert found == {}


@pytest.mark.parametrize("text", ["Das steht in der DSGVO.", "Die EU will das.", "Cookies löschen Sie."])
def test_a_term_without_its_explanation_would_be_noticed(text: str) -> None:
    assert len(unexplained(text)) == 1


def test_no_word_of_lawyers_stands_where_there_is_an_easier_one() -> None:
    found = {key: word for key, text in TEXTS.items() for word in NOT_EASY if word in text}

    assert found == {}


def test_what_a_recipient_may_do_is_not_said_to_be_allowed() -> None:
    assert [line for line in lines() if re.search(r"(?:Firma|Empfänger|\{platform\}) darf\b", line)] == []
    assert "Der Empfänger kann sie für sich benutzen." in TEXTS["gate.effect"].split("\n")
