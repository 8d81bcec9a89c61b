"""Easy German keeps the rules of its kind: one short sentence a line, and no word of law or technology that it does not explain."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from shariff_py.consent_ui.consents import consents
from shariff_py.consent_ui.frame import frame_document, isolated_document, refused_document, removed_document
from shariff_py.consent_ui.gate import gate
from shariff_py.consent_ui.notice import notice
from shariff_py.platforms.recognition import recognise
from shariff_py.settings import Settings
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

    assert together == []


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


def rendered() -> list[str]:
    """The lines of all documents with texts, as a browser shows them: the gate with its messages, the frames, the notice, the consents."""
    using = Settings.from_mapping(
        {
            "site": {"origin": "https://www.leinau.example"},
            "frame": {"secrets": ["only for these tests"], "isolated_origin": "https://content.example.net"},
            "releases": {name: {"state": "released"} for name in ("facebook", "gist")},
            "controllers": {
                "city": {
                    "name": "Stadt Leinau",
                    "contact_url": "/k",
                    "privacy_url": "/d",
                    "alternative_url": "/a",
                    "remember_days": 30,
                }
            },
            "platforms": {"facebook": {"joint_control": {"url": "/vereinbarung.pdf"}}},
        }
    )
    easy, post = LANGUAGES["de-simple"], recognise("https://www.facebook.com/leinau/posts/1")
    script = recognise("https://gist.github.com/leinau/0123456789abcdef0123456789abcdef")
    markup = [
        gate(using, easy, post),
        frame_document(using, easy, post).html,
        isolated_document(using, easy, script).html,
        removed_document(using, easy).html,
        refused_document(using, easy).html,
        notice(using, easy),
        consents(using, easy),
    ]
    page = BeautifulSoup("".join(map(str, markup)).replace("<br>", "\n"), "html.parser")
    messages = [value for part in page.select("[role=status]") for name, value in part.attrs.items() if "data-" in name]
    blocks = [part.get_text() for part in page.select("p, dd") if not part.select("p")]
    return [" ".join(line.split()) for text in (*blocks, *messages) for line in text.split("\n")]


def test_so_it_is_where_texts_stand_one_behind_the_other() -> None:
    shown = rendered()
    together = [line for line in shown if re.search(r"[a-zäöüß][.!?]\s+[A-ZÄÖÜ][a-zäöüß]", line)]
    # A question with the link that answers it behind it, and a name before the link to it.
    links = (
        " Vertrag über die gemeinsame Verantwortung",
        " Auf Facebook öffnen",
        " Inhalt entfernen",
        " Kontakt: Stadt Leinau",
    )

    assert len(shown) > 100
    assert [line for line in together if not any(link in line for link in links)] == []
