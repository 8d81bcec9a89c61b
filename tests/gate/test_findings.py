"""Findings: one line in the site's language that names the platform, what became of it and why."""

from __future__ import annotations

import string
import unicodedata

import pytest
from support.golden import CONFIGURATION

from shariff_py.gate import Outcome, gate_html
from shariff_py.gate.findings import Reason, note, third_party_note
from shariff_py.platforms.third_parties.register import register
from shariff_py.settings import Settings
from shariff_py.texts import FINDINGS, LANGUAGES, Language, findings_language

LONGEST = 120
"""Characters of a line."""

VALUES = {"day": "10.02.2026", "depth": "8", "bytes": "1234567", "most": "100"}

FULL_STOP = {"ja": "。", "zh": "。"}
"""How a sentence ends where it is not with a point."""

PAGE = '<script src="https://connect.facebook.net/de_DE/sdk.js"></script>'


def cells(line: str) -> int:
    """The columns that a line takes on a terminal, where a letter of Chinese, Japanese or Korean takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


def first_note(language: str) -> str:
    settings = Settings.from_mapping({**CONFIGURATION, "site": {**CONFIGURATION["site"], "language": language}})
    return gate_html(PAGE, settings).findings[0].note


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Facebook: entfernt. Browser würden es vor jedem Klick laden."),
        ("de-simple", "Facebook: entfernt. Browser würden es vor jedem Klick laden."),
        ("en", "Facebook: removed. Browsers would fetch it before any click."),
        ("fr", "Facebook : supprimé. Les navigateurs le chargeraient avant tout clic."),
        ("sr-Latn", "Facebook: uklonjeno. Pregledači bi to učitali pre ikakvog klika."),
        ("ja", "Facebook：削除しました。ブラウザーはクリック前に取得します。"),
    ],
)
def test_a_finding_is_one_line_in_the_sites_language(language: str, line: str) -> None:
    assert first_note(language) == line


@pytest.mark.parametrize("words", FINDINGS.values(), ids=lambda words: words.code)
def test_each_outcome_and_reason_has_a_text(words: Language) -> None:
    wanted = {f"outcome.{outcome}" for outcome in Outcome} | {f"reason.{reason}" for reason in Reason}

    third_parties = {f"what.{t.what}" for t in register().third_parties}
    third_parties |= {f"instead.{t.instead}" for t in register().third_parties}
    assert words.texts.keys() == wanted | third_parties | {"line.named", "line.unnamed", "line.third_party"}
    assert all(words.texts.values())


@pytest.mark.parametrize("words", FINDINGS.values(), ids=lambda words: words.code)
def test_each_finding_fits_one_line(words: Language) -> None:
    lines = [
        note(words.code, o, t, r, tuple(VALUES.items())) for o in Outcome for r in Reason for t in ("Facebook", "")
    ]
    lines += [third_party_note(words.code, third_party) for third_party in register().third_parties]
    stop = FULL_STOP.get(words.code, ".")

    assert [line for line in lines if cells(line) > LONGEST or "\n" in line or not line.endswith(stop)] == []


@pytest.mark.parametrize("words", FINDINGS.values(), ids=lambda words: words.code)
def test_translations_have_the_slots_of_the_english_text(words: Language) -> None:
    def slots(text: str) -> list[str]:
        return sorted(slot for _, slot, _, _ in string.Formatter().parse(text) if slot)

    english = FINDINGS["en"].texts
    assert [key for key, text in words.texts.items() if slots(text) != slots(english[key])] == []


@pytest.mark.parametrize("words", FINDINGS.values(), ids=lambda words: words.code)
def test_no_text_is_left_in_english(words: Language) -> None:
    english = FINDINGS["en"].texts

    assert (
        words.code == "en"
        or [key for key, text in words.texts.items() if text == english[key] and not key.startswith("line.")] == []
    )


@pytest.mark.parametrize("words", FINDINGS.values(), ids=lambda words: words.code)
def test_different_reasons_are_told_apart(words: Language) -> None:
    texts = [text for key, text in words.texts.items() if key != "reason.unknown_host"]

    assert sorted(texts) == sorted(set(texts))


def test_a_finding_without_a_platform_begins_with_what_became_of_it() -> None:
    assert note("en", Outcome.DROPPED, "", Reason.UNFINISHED, ()) == (
        "Dropped. The text ends inside this tag. Browsers drop it as well."
    )


def test_each_language_of_a_site_has_its_own_texts_for_findings() -> None:
    others = {code: found for code in LANGUAGES if (found := findings_language(code).code) != code}

    assert others == {"de-simple": "de"}


@pytest.mark.parametrize(
    ("tag", "code"),
    [("de-AT", "de"), ("pt-BR", "pt"), ("nn", "nb"), ("sr", "sr-Latn"), ("zh-Hant", "zh"), ("tlh", "en")],
)
def test_a_tag_leads_to_the_texts_of_its_language_or_to_english(tag: str, code: str) -> None:
    assert findings_language(tag).code == code


@pytest.mark.parametrize("words", FINDINGS.values(), ids=lambda words: words.code)
def test_findings_name_themselves_and_run_as_the_texts_for_visitors_do(words: Language) -> None:
    visitors = LANGUAGES[words.code]

    assert (words.name, words.direction) == (visitors.name, visitors.direction)
