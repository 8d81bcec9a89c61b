"""What people read before they consent: complete, short, honest and approved, in every language (R107 to R112)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from string import Formatter

import pytest
from babel import Locale

from shariff_py.consent_ui.information import SLOTS, Information
from shariff_py.consent_ui.wording import number
from shariff_py.platforms.registry import REGISTRY
from shariff_py.policy import Controller
from shariff_py.texts import ALIASES, COMPLIANCE, FINDINGS, LANGUAGES, Language, known, language

SHARIFF = [
    "bg",
    "cs",
    "da",
    "de",
    "en",
    "es",
    "fi",
    "fr",
    "hr",
    "hu",
    "it",
    "ja",
    "ko",
    "nl",
    "no",
    "pl",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "sr",
    "sv",
    "tr",
    "zh",
]
"""The languages of heise's Shariff 3.3."""

FURTHER = ["uk", "ar", "fa", "de-simple"]

CONTROLLER = Controller("Leinau", "/contact", "/privacy", "/news", remember_days=90, offer_login=True)

LONGEST_FIRST_LAYER = 830
"""Characters of all sentences beside the button, with Facebook's names in them. Every slot is there, so it is more than the 600 that
would do for some; that nothing scrolls inside the gate at 320 pixels is held by a browser test."""

LONGEST_IN_EASY_LANGUAGE = 1000
"""Easy language has one thought to a sentence and explains its words."""

LONGEST_SENTENCE, LONGEST_AVERAGE = 25, 15
"""Words. Lists after a colon are read word by word and counted by themselves."""

WORDLESS = {"ja", "zh", "ko"}
"""Languages in which spaces do not part words as elsewhere: there a sentence has at most so many characters."""

LONGEST_WORDLESS_SENTENCE = 90

CONSENT = {
    "ar": "موافق", "bg": "съгласие", "cs": "souhlas", "da": "samtykke", "de": "Einwilligung", "de-simple": "Einwilligung",
    "en": "consent", "es": "consentimiento", "fa": "رضایت", "fi": "suostumu", "fr": "consentement", "hr": "privol",
    "hu": "hozzájárulás", "it": "consenso", "ja": "同意", "ko": "동의", "nb": "samtykke", "nl": "toestemming", "pl": "zgod",
    "pt": "consentimento", "ro": "consimțământ", "ru": "согласи", "sk": "súhlas", "sl": "privolit", "sr-Latn": "pristan",
    "sv": "samtycke", "tr": "rıza", "uk": "згод", "zh": "同意",
}  # fmt: skip
"""The word for consent, as far as it stays the same in all its forms."""

SENDING = {
    "ar": "إرسال", "bg": "изпра", "cs": "odesl", "da": "send", "de": "senden", "de-simple": "schicken", "en": "send",
    "es": "enviar", "fa": "ارسال", "fi": "lähet", "fr": "envoyer", "hr": "poslati|pošalji", "hu": "küld", "it": "inviare|invia",
    "ja": "送信", "ko": "보내", "nb": "send", "nl": "verstu|stuur", "pl": "wyślij|wysł", "pt": "enviar", "ro": "trimite",
    "ru": "отправ", "sk": "odosl|posl", "sl": "pošl|poslati", "sr-Latn": "pošalji|poslati", "sv": "skicka", "tr": "gönder",
    "uk": "надісл|надсил", "zh": "发送",
}  # fmt: skip
"""What the button says that it does besides loading."""

PERSUASION = {
    "de": r"leider|bitte laden|Jetzt|optimal|Erlebnis|spannend|verpassen|empfehlen",
    "en": r"unfortunately|sorry|please load|optimal|experience|exciting|miss out|recommend|enjoy",
}
BELITTLING = {
    "de": r"\b(?:nur|lediglich) (?:Ihre )?IP|anonym|keine personenbezogenen",
    "en": r"\bonly (?:your )?IP|anonymous|no personal data",
}
"""What would promise more than is known (R110)."""


def information_in(words: Language) -> Information:
    facebook = REGISTRY["facebook"]
    assert facebook.operator is not None
    return Information(words, facebook, facebook.operator, "city", CONTROLLER)


def first_layer(words: Language) -> str:
    return " ".join(information_in(words).slots.values())


def sentences(text: str) -> list[str]:
    """Sentences, and what stands before and after a colon or a semicolon on its own."""
    return [part for part in re.split(r"(?<=[.!?;:؛])\s+|(?<=[。：；！？])", text) if part.strip()]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def plural_keys(code: str) -> set[str]:
    return {
        f"share.count_{tag}"
        for tag in {*Locale.parse(code.replace("-", "_").replace("de_simple", "de")).plural_form.tags, "other"}
    }


@pytest.fixture(params=LANGUAGES)
def words(request: pytest.FixtureRequest) -> Language:
    return LANGUAGES[request.param]


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


# --- complete ----------------------------------------------------------------------------------------------------------------------


def test_every_language_has_every_text_and_no_other(words: Language) -> None:
    plural = {key for key in words.texts if re.fullmatch(r"share\.count_(?:zero|one|two|few|many|other)", key)}
    expected = {key for key in LANGUAGES["de"].texts if key not in {"share.count_one", "share.count_other"}}

    assert set(words.texts) - plural == expected
    assert plural == plural_keys(words.code)


def test_every_text_fills_in_the_same_names(words: Language) -> None:
    german = LANGUAGES["de"].texts
    different = {
        key: placeholders(text) ^ placeholders(german.get(key, german["share.count_other"]))
        for key, text in words.texts.items()
        if placeholders(text) != placeholders(german.get(key, german["share.count_other"]))
    }

    # A language may write one or two of something as a word.
    assert {key: names for key, names in different.items() if not key.startswith("share.count_")} == {}
    assert all(names == {"count"} for names in different.values())


def test_no_text_is_empty_or_left_in_another_language(words: Language) -> None:
    english = LANGUAGES["en"].texts
    same = [
        key for key, text in words.texts.items() if words.code != "en" and len(text) > 25 and text == english.get(key)
    ]

    assert all(text.strip() for text in words.texts.values())
    assert same == []


def test_texts_of_a_script_have_no_letters_of_another_by_mistake(words: Language) -> None:
    cyrillic = words.code in {"bg", "ru", "uk"}
    wrong = r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]" if cyrillic else r"[\u0400-\u04ff]"
    without_names = {key: re.sub(r"\{\w+\}", "", text) for key, text in words.texts.items()}

    assert [key for key, text in without_names.items() if re.search(wrong, text)] == []


# --- R107 to R111: the first layer -------------------------------------------------------------------------------------------------


def test_every_slot_is_in_the_same_order(words: Language) -> None:
    slots = information_in(words).slots

    assert list(slots) == list(SLOTS)
    assert all(slots.values())
    assert "Meta Platforms Ireland Limited" in slots["effect"]
    assert "EU-US Data Privacy Framework" in slots["transfer"]
    assert "Leinau" in slots["controller"]


def test_consent_is_called_consent(words: Language) -> None:
    assert re.search(CONSENT[words.code], first_layer(words), re.IGNORECASE)


def test_the_button_says_whom_it_sends_data_to(words: Language) -> None:
    label = information_in(words).say("gate.load")

    assert "Facebook" in label
    assert re.search(SENDING[words.code], label, re.IGNORECASE)


def too_long(text: str, *, wordless: bool) -> list[str]:
    """Sentences over the limit, and the average where that is."""
    measured = [(sentence, len(sentence) if wordless else len(sentence.split())) for sentence in sentences(text)]
    limit = LONGEST_WORDLESS_SENTENCE if wordless else LONGEST_SENTENCE
    found = [sentence for sentence, length in measured if length > limit]
    average = sum(length for _, length in measured) / len(measured)
    return found + ([f"{average:.1f} words on average"] if not wordless and average > LONGEST_AVERAGE else [])


def test_sentences_are_short(words: Language) -> None:
    assert too_long(first_layer(words), wordless=words.code in WORDLESS) == []


def test_the_first_layer_is_short(words: Language) -> None:
    longest = LONGEST_IN_EASY_LANGUAGE if words.code == "de-simple" else LONGEST_FIRST_LAYER

    assert len(first_layer(words)) <= longest


def test_a_long_sentence_would_be_noticed() -> None:
    assert too_long("word " * 26 + ".", wordless=False)
    assert too_long("字" * 91, wordless=True)


@pytest.mark.parametrize("code", ["de", "de-simple", "en"])
def test_nothing_persuades_and_nothing_is_belittled(code: str) -> None:
    words, base = LANGUAGES[code], code.split("-")[0]
    visible = " ".join(text for key, text in words.texts.items() if key.startswith(("gate.", "state.", "unavailable.")))

    assert re.findall(PERSUASION[base], visible.replace("Nutzen Sie bitte", "").replace("Please use", "")) == []
    assert re.findall(BELITTLING[base], first_layer(words)) == []


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [(PERSUASION["de"], "Leider sehen Sie hier nichts."), (BELITTLING["en"], "It receives only your IP address.")],
)
def test_persuasion_and_belittling_would_be_noticed(pattern: str, sentence: str) -> None:
    assert re.search(pattern, sentence, re.IGNORECASE)


def test_german_addresses_its_readers_formally() -> None:
    texts = " ".join(LANGUAGES["de"].texts.values())

    assert re.findall(r"\b(?:du|dein\w*|dich|dir|euch)\b", texts, re.IGNORECASE) == []


def test_easy_language_has_short_sentences_without_commas_between_clauses() -> None:
    texts = [
        text
        for key, text in LANGUAGES["de-simple"].texts.items()
        if key.startswith(("gate.", "state.", "unavailable.", "consents."))
    ]
    long = [sentence for text in texts for sentence in sentences(text) if len(sentence.split()) > 12]

    assert long == []


# --- R112: approved --------------------------------------------------------------------------------------------------------------


def approval_missing(words: Language) -> Iterator[str]:
    """What is missing of an approval."""
    for name in ("name", "owner", "approved_by", "reviewed_on"):
        if not getattr(words, name):
            yield name
    if words.status not in {"reviewed", "prepared"}:
        yield "status"
    if words.reviewed_text != words.fingerprint:
        yield f"approval of a changed text: run scripts/review_texts.py {words.code}"


@pytest.mark.parametrize(
    "words", [*LANGUAGES.values(), *COMPLIANCE.values(), *FINDINGS.values()], ids=lambda words: words.code
)
def test_the_current_text_has_been_approved(words: Language) -> None:
    assert list(approval_missing(words)) == []


def test_a_changed_text_without_approval_is_noticed() -> None:
    german = LANGUAGES["de"]
    changed = replace(german, texts={**german.texts, "gate.load": "OK"})

    assert [missing.split(":")[0] for missing in approval_missing(changed)] == ["approval of a changed text"]


def test_the_compliance_documents_are_the_same_in_german_and_english() -> None:
    german, english = COMPLIANCE["de"].texts, COMPLIANCE["en"].texts

    assert {key: placeholders(text) for key, text in german.items()} == {
        key: placeholders(text) for key, text in english.items()
    }


@pytest.mark.parametrize(
    ("code", "recipient", "filled_in"),
    [
        ("ar", "Leinauer Netzverein e. V.", "Leinauer Netzverein e. V.\u200e:"),
        ("fa", "diaspora*", "diaspora*\u200e "),
        ("ar", "Google Ireland Limited", "Google Ireland Limited:"),
        ("ar", "بلدية.", "بلدية.:"),
        ("de", "Leinauer Netzverein e. V.", "Leinauer Netzverein e. V.:"),
    ],
)
def test_a_name_keeps_its_last_full_stop_where_one_reads_from_right_to_left(
    code: str, recipient: str, filled_in: str
) -> None:
    said = LANGUAGES[code].say("gate.effect", platform="P", recipient=recipient, data="D")

    assert filled_in in said
