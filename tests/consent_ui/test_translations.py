"""Every language says the same: all texts, of the source as it is now, with the words that the law turns on."""

from __future__ import annotations

import re
from string import Formatter
from typing import NamedTuple

import pytest
from babel import Locale
from support.changed_english import changed_english

from shariff_py.texts import COMPLIANCE, FINDINGS, LANGUAGES, Language

KINDS = ("post", "page", "video", "map", "sound", "picture", "document", "form", "calendar", "other")


class Words(NamedTuple):
    """The words of one language that the law turns on, as far as they stay the same in all their forms: ``controller`` is the GDPR's, and
    ``without_click`` how an older text began, of which nothing may be left."""

    consent: str
    sending: str
    address: str
    controller: str
    without_click: str


WORDS = {
    "ar": Words("موافق", "إرسال", "عنوان", "المسؤول عن معالجة البيانات|المتحكم", "من دون نقرة"),
    "bg": Words("съгласие", "изпрат", "адрес", "администратор", "без щракване"),
    "cs": Words("souhlas", "odesl", "adresa", "správc", "bez kliknutí"),
    "da": Words("samtykke", "send", "adresse", "dataansvarlig", "uden et klik"),
    "de": Words("Einwilligung", "senden", "Adresse", "verantwortlich", "ohne Klick"),
    "de-simple": Words("Einwilligung", "schicken", "Adresse", "verantwortlich", "ohne Klick"),
    "en": Words("consent", "send", "address", "responsible|controller", "without a click"),
    "es": Words("consentimiento", "enviar", "dirección", "responsable", "sin un clic"),
    "fa": Words("رضایت", "ارسال", "نشانی", "مسئول پردازش", "بدون کلیک"),
    "fi": Words("suostumu", "lähetä", "osoite", "rekisterinpitäj", "ilman napsautusta"),
    "fr": Words("consentement", "envoyer", "adresse", "responsable", "sans clic"),
    "hr": Words("privol", "poša", "adresa", "voditelj", "bez klika"),
    "hu": Words("hozzájárulás", "küld", "cím", "adatkezelő", "kattintás nélkül"),
    "it": Words("consenso", "invia", "indirizzo", "titolare", "senza un clic"),
    "ja": Words("同意", "送信", "アドレス", "管理者", "クリックしない限り"),
    "ko": Words("동의", "보내", "주소", "개인정보처리자", "클릭하지 않으면"),
    "nb": Words("samtykke", "send", "adresse", "behandlingsansvarlig", "uten et klikk"),
    "nl": Words("toestemming", "stu[u]?r", "adres", "verwerkingsverantwoordelijke", "zonder klik"),
    "pl": Words("zgod", "wyślij", "adres", "administrator", "bez kliknięcia"),
    "pt": Words("consentimento", "enviar", "endereço", "responsável", "sem um clique"),
    "ro": Words("consimțământ", "trimite", "adresa", "operator", "fără un clic"),
    "ru": Words("согласи", "отправ", "адрес", "контролёр", "без нажатия"),
    "sk": Words("súhlas", "odosla", "adresa", "prevádzkovateľ", "bez kliknutia"),
    "sl": Words("privolit", "pošlji", "naslov", "upravljav", "brez klika"),
    "sr-Latn": Words("pristan", "pošalji", "adresa", "rukova", "bez klika"),
    "sv": Words("samtycke", "skicka", "adress", "personuppgiftsansvarig", "utan ett klick"),
    "tr": Words("rıza", "gönder", "adres", "veri sorumlu", "tıklamadan"),
    "uk": Words("згод", "надісла", "адреса", "контролер", "без натискання"),
    "zh": Words("同意", "发送", "地址", "数据控制者", "不点击"),
}  # fmt: skip

NAMES_THE_CONTROLLER = (
    "gate.controller",
    "gate.controller_joint",
    "gate.remember",
    "consents.entry",
    "rights.controller",
)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def plural_keys(code: str) -> set[str]:
    tags = Locale.parse(code.replace("-", "_").replace("de_simple", "de")).plural_form.tags
    return {f"share.count_{tag}" for tag in {*tags, "other"}}


def says(words: Language, word: str, key: str) -> bool:
    return re.search(word, words.texts[key], re.IGNORECASE) is not None


@pytest.fixture(params=LANGUAGES)
def words(request: pytest.FixtureRequest) -> Language:
    return LANGUAGES[request.param]


# --- complete and current ----------------------------------------------------------------------------------------------------------


def test_every_language_has_every_text_and_no_other(words: Language) -> None:
    plural = {key for key in words.texts if re.fullmatch(r"share\.count_(?:zero|one|two|few|many|other)", key)}
    expected = {key for key in LANGUAGES["en"].texts if key not in {"share.count_one", "share.count_other"}}

    assert set(words.texts) - plural == expected
    assert plural == plural_keys(words.code)


def test_every_text_fills_in_the_same_names(words: Language) -> None:
    english = LANGUAGES["en"].texts
    different = {
        key: placeholders(text) ^ placeholders(english.get(key, english["share.count_other"]))
        for key, text in words.texts.items()
        if placeholders(text) != placeholders(english.get(key, english["share.count_other"]))
    }

    # A language may write one or two of something as a word.
    assert {key: names for key, names in different.items() if not key.startswith("share.count_")} == {}
    assert all(names == {"count"} for names in different.values())


def test_every_translation_is_of_its_source_as_it_is_now() -> None:
    outdated = {
        folder: [code for code in languages if not languages.is_current(code)]
        for folder, languages in {"texts": LANGUAGES, "compliance": COMPLIANCE, "findings": FINDINGS}.items()
    }

    assert outdated == {"texts": [], "compliance": [], "findings": []}


def test_german_is_the_source_of_english_and_easy_german_and_english_of_all_others() -> None:
    sources = {code: words.translated_from.partition(" ")[0] for code, words in LANGUAGES.items()}

    assert {code for code, source in sources.items() if source == ""} == {"de"}
    assert {code for code, source in sources.items() if source == "de"} == {"de-simple", "en"}
    assert len([code for code, source in sources.items() if source == "en"]) == 26


def test_a_changed_source_makes_its_translations_outdated_and_no_other() -> None:
    with changed_english():
        current = {code for code in LANGUAGES if LANGUAGES.is_current(code)}

    assert current == {"de", "de-simple", "en"}
    assert LANGUAGES.is_current("sv")


def test_nobody_outside_the_project_is_said_to_have_read_a_language() -> None:
    assert {code: words.read_by for code, words in LANGUAGES.items() if words.read_by} == {}


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


def test_the_compliance_documents_are_the_same_in_german_and_english() -> None:
    german, english = COMPLIANCE["de"].texts, COMPLIANCE["en"].texts

    assert {key: placeholders(text) for key, text in german.items()} == {
        key: placeholders(text) for key, text in english.items()
    }


# --- the words that the law turns on -----------------------------------------------------------------------------------------------


def test_consent_is_called_consent(words: Language) -> None:
    # Easy German says "Ihr Ja", and once beside the button that this is the consent.
    asked = ["gate.voluntary"] if words.code == "de-simple" else ["gate.voluntary", "state.remembered"]

    assert [key for key in asked if not says(words, WORDS[words.code].consent, key)] == []


def test_each_button_says_that_it_sends_data_to_the_platform(words: Language) -> None:
    sending = WORDS[words.code].sending

    assert {key for key in words.texts if key.startswith("load.")} == {f"load.{kind}" for kind in KINDS}
    assert [kind for kind in KINDS if not says(words, sending, f"load.{kind}")] == []
    assert [kind for kind in KINDS if "{platform}" not in words.texts[f"load.{kind}"]] == []


def test_what_is_sent_is_the_address_of_the_content(words: Language) -> None:
    assert says(words, WORDS[words.code].address, "data.content")


def test_the_controller_has_the_name_that_the_gdpr_gives_it(words: Language) -> None:
    controller = WORDS[words.code].controller

    # In easy German the line before the tick box has just named who is responsible.
    known = {"gate.remember"} if words.code == "de-simple" else set()

    assert [key for key in NAMES_THE_CONTROLLER if key not in known and not says(words, controller, key)] == []


def test_nothing_is_said_of_what_happens_without_a_click(words: Language) -> None:
    # A stored consent needs no further click, which is another thing.
    others = [key for key in words.texts if key not in ("details.withdrawal_stored", "notice.remembered")]

    assert [key for key in others if says(words, rf"{WORDS[words.code].without_click}\b", key)] == []


def test_in_italian_nobody_is_called_the_processor_instead_of_the_controller() -> None:
    texts = " ".join(LANGUAGES["it"].texts.values())

    assert re.findall(r"\bresponsabile(?! della protezione dei dati)\b", texts, re.IGNORECASE) == []


def test_in_turkish_data_are_sent_to_the_platform_and_not_for_it() -> None:
    buttons = [LANGUAGES["tr"].texts[f"load.{kind}"] for kind in KINDS]

    assert [button for button in buttons if "için" in button.split()] == []


def test_no_text_says_the_same_words_twice_in_a_row(words: Language) -> None:
    # What a sentence that was put before another leaves of it.
    repeated = {
        key: found[1]
        for key, text in words.texts.items()
        if (found := re.search(r"(\S+(?:\s+\S+){1,12}?)[.,;]?\s+\1(?!\w)", text)) and len(found[1]) > 8
    }

    assert repeated == {}


def test_words_said_twice_would_be_noticed() -> None:
    text = "Browserul se conectează la X. se conectează la X. Transmitem datele."

    assert re.search(r"(\S+(?:\s+\S+){1,12}?)[.,;]?\s+\1(?!\w)", text)
