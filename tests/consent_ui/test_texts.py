"""What people read before they consent: in their language, short, in order, and neither persuading nor belittling (R107 to R111)."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from support.sentences import LONGEST_AVERAGE, WORDLESS, average, sentences, too_long

from shariff_py.consent_ui.information import DETAILS, FIRST_LAYER, Information
from shariff_py.consent_ui.wording import kind_of, number
from shariff_py.platforms.registry import REGISTRY
from shariff_py.policy import Controller
from shariff_py.texts import ALIASES, LANGUAGES, Language, known, language

SHARIFF = [
    "bg", "cs", "da", "de", "en", "es", "fi", "fr", "hr", "hu", "it", "ja", "ko", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv",
    "tr", "zh",
]  # fmt: skip
"""The languages of heise's Shariff 3.3."""

FURTHER = ["uk", "ar", "fa", "de-simple"]

LONGEST_PROSE, LONGEST_VISIBLE = 200, 500
"""Characters before the button, and of all that is visible of the first layer, without a title."""

PERSUASION = {
    "de": r"leider|bitte laden|Jetzt|optimal|Erlebnis|spannend|verpassen|empfehlen",
    "en": r"unfortunately|sorry|please load|optimal|experience|exciting|miss out|recommend|enjoy",
}
BELITTLING = {
    "de": r"\b(?:nur|lediglich) (?:Ihre )?IP|anonym|keine personenbezogenen",
    "en": r"\bonly (?:your )?IP|anonymous|no personal data",
}
"""What would promise more than is known (R110)."""

READ_BEFORE = ("load.", "gate.", "details.", "data.", "state.", "unavailable.")
"""The tables of what is read before the click and in place of the content."""

OTHER_VALUES = {
    "country": "USA", "seat": "Irland", "mechanism": "EU-US Data Privacy Framework", "reference": "(EU) 2023/1795",
    "checked_on": "30. November 2026", "checked_by": "Ada Beispiel",
}  # fmt: skip
"""What is filled in where something else than Facebook's record has it."""


@pytest.fixture(params=LANGUAGES)
def words(request: pytest.FixtureRequest) -> Language:
    return LANGUAGES[request.param]


def informed(words: Language) -> Information:
    """About content of Facebook on a page of a city that offers to remember consents."""
    facebook = REGISTRY["facebook"]
    assert facebook.operator is not None
    name = "Stadt Leinau" if words.code.startswith("de") else "Leinau"
    return Information(words, facebook, facebook.operator, "city", Controller(name, "/c", "/p", "/n", remember_days=90))


def visible(words: Language) -> list[str]:
    """All that is seen of the first layer without a title, in the order it is read."""
    told, facebook = informed(words), REGISTRY["facebook"]
    layer = told.first_layer
    return [
        kind_of(facebook, "video", words),
        layer["effect"],
        told.say("load.video"),
        told.say("gate.alternative"),
        f"{layer['voluntary']} {layer['controller']}",
        told.say("gate.remember"),
        told.say("gate.details"),
    ]


def read_before(words: Language) -> dict[str, str]:
    """The texts of those tables, filled in."""
    values = OTHER_VALUES | dict(informed(words).values)
    return {key: words.say(key, **values) for key in words.texts if key.startswith(READ_BEFORE)}


# --- which there are ---------------------------------------------------------------------------------------------------------------


def test_there_are_shariffs_languages_and_four_more() -> None:
    missing = [
        tag
        for tag in [*SHARIFF, *FURTHER]
        if (found := known(tag)) is None or found.code.split("-")[0] not in {tag.split("-")[0], "nb"}
    ]

    assert len(SHARIFF) == 25
    assert missing == []
    assert len(LANGUAGES) == 29


def test_a_page_is_served_in_its_language_or_in_the_sites() -> None:
    assert [language(tag, "de").code for tag in ("de-AT", "pt_BR", "nn", "sr", "de-simple", "zh-Hant-TW", "tlh")] == [
        "de", "pt", "nb", "sr-Latn", "de-simple", "zh", "de",
    ]  # fmt: skip


def test_a_language_nobody_has_translated_is_no_fallback() -> None:
    with pytest.raises(KeyError, match="tlh"):
        language("qya", "tlh")


def test_a_variant_without_formats_of_its_own_writes_numbers_as_its_language_does() -> None:
    assert number(1234567, replace(LANGUAGES["de"], code="de-leichte-sprache")) == "1.234.567"


def test_arabic_and_persian_are_written_from_right_to_left_and_nothing_else_is() -> None:
    assert {code for code, words in LANGUAGES.items() if words.direction == "rtl"} == {"ar", "fa"}


def test_older_names_lead_to_languages_there_are() -> None:
    assert set(ALIASES.values()) <= set(LANGUAGES)


# --- in order and short ------------------------------------------------------------------------------------------------------------


def test_the_first_layer_and_the_list_behind_it_are_in_the_same_order_in_every_language(words: Language) -> None:
    told = informed(words)

    assert list(told.first_layer) == list(FIRST_LAYER) == ["effect", "voluntary", "controller"]
    assert [row.name for row in told.details] == list(DETAILS)
    assert all(told.slots.values())
    assert "Facebook (Meta" in told.first_layer["effect"]
    assert "Leinau" in told.first_layer["controller"]
    assert "EU-US Data Privacy Framework" in told.slots["transfer"]
    assert told.slots["recipient"] == "Meta Platforms Ireland Limited"


def test_what_is_read_before_the_button_is_short(words: Language) -> None:
    assert len(informed(words).first_layer["effect"]) <= LONGEST_PROSE


def test_all_that_is_visible_is_short(words: Language) -> None:
    assert len(" ".join(visible(words))) <= LONGEST_VISIBLE


def test_sentences_are_short(words: Language) -> None:
    long = {key: found for key, text in read_before(words).items() if (found := too_long(text, words.code))}

    assert long == {}
    assert words.code in WORDLESS or average(" ".join(informed(words).slots.values())) <= LONGEST_AVERAGE


def test_a_long_sentence_would_be_noticed() -> None:
    assert too_long("word " * 26 + ".", "en")
    assert too_long("字" * 91, "zh")
    assert average("One two three. Four five six seven.") == 3.5
    assert sentences("Wie lange?\nDas wissen wir nicht.") == ["Wie lange?", "Das wissen wir nicht."]


# --- honest ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["de", "de-simple", "en"])
def test_nothing_persuades_and_nothing_is_belittled(code: str) -> None:
    base = code.split("-")[0]
    text = " ".join(read_before(LANGUAGES[code]).values())

    assert re.findall(PERSUASION[base], text) == []
    assert re.findall(BELITTLING[base], text) == []


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [(PERSUASION["de"], "Leider sehen Sie hier nichts."), (BELITTLING["en"], "It receives only your IP address.")],
)
def test_persuasion_and_belittling_would_be_noticed(pattern: str, sentence: str) -> None:
    assert re.search(pattern, sentence, re.IGNORECASE)


@pytest.mark.parametrize(
    ("code", "receiver", "filled_in"),
    [
        ("ar", "Leinauer Netzverein e. V.", "Leinauer Netzverein e. V.\u200e"),
        ("fa", "diaspora*", "diaspora*\u200e"),
        ("ar", "Google Ireland Limited", "Google Ireland Limited،"),
        ("ar", "بلدية.", "بلدية.،"),
        ("de", "Leinauer Netzverein e. V.", "Leinauer Netzverein e. V. "),
    ],
)
def test_a_name_keeps_its_last_full_stop_where_one_reads_from_right_to_left(
    code: str, receiver: str, filled_in: str
) -> None:
    assert filled_in in LANGUAGES[code].say("gate.effect", receiver=receiver)
