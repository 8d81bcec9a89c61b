"""Findings: one line in the site's language that names the platform, what became of it and why."""

from __future__ import annotations

import string

import pytest
from support.golden import CONFIGURATION

from shariff_py.gate import Outcome, gate_html
from shariff_py.gate.findings import Reason, note
from shariff_py.settings import Settings
from shariff_py.texts import FINDINGS, LANGUAGES, Language, findings_language

LONGEST = 120
"""Characters of a line."""

VALUES = {"day": "10.02.2026", "depth": "8", "bytes": "1234567"}
PAGE = '<script src="https://connect.facebook.net/de_DE/sdk.js"></script>'


def first_note(language: str) -> str:
    settings = Settings.from_mapping({**CONFIGURATION, "site": {**CONFIGURATION["site"], "language": language}})
    return gate_html(PAGE, settings).findings[0].note


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Facebook: entfernt. Browser würden es vor jedem Klick laden."),
        ("de-simple", "Facebook: entfernt. Browser würden es vor jedem Klick laden."),
        ("en", "Facebook: removed. Browsers would fetch it before any click."),
    ],
)
def test_a_finding_is_one_line_in_the_sites_language(language: str, line: str) -> None:
    assert first_note(language) == line


@pytest.mark.parametrize("words", FINDINGS.values(), ids=lambda words: words.code)
def test_each_outcome_and_reason_has_a_text(words: Language) -> None:
    wanted = {f"outcome.{outcome}" for outcome in Outcome} | {f"reason.{reason}" for reason in Reason}

    assert words.texts.keys() == wanted


@pytest.mark.parametrize("words", FINDINGS.values(), ids=lambda words: words.code)
def test_each_finding_fits_one_line(words: Language) -> None:
    lines = [note(words.code, o, "Facebook", r, tuple(VALUES.items())) for o in Outcome for r in Reason]

    assert [line for line in lines if len(line) > LONGEST or "\n" in line or not line.endswith(".")] == []


@pytest.mark.parametrize("words", FINDINGS.values(), ids=lambda words: words.code)
def test_translations_have_the_slots_of_the_english_text(words: Language) -> None:
    def slots(text: str) -> set[str | None]:
        return {slot for _, slot, _, _ in string.Formatter().parse(text) if slot}

    english = FINDINGS["en"].texts
    assert [key for key, text in words.texts.items() if slots(text) - slots(english[key]) - {"platform"}] == []


def test_a_finding_without_a_platform_begins_with_what_became_of_it() -> None:
    assert note("en", Outcome.DROPPED, "", Reason.UNFINISHED, ()) == (
        "Dropped. The text ends inside this tag. Browsers drop it as well."
    )


def test_each_language_of_a_site_has_texts_for_findings() -> None:
    assert [code for code in LANGUAGES if findings_language(code).code not in FINDINGS] == []
