"""The information before the click comes from one source, is complete or stops the start, and invalidates old consents when it changes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup

from shariff_py.consent_ui.compliance_documents import (
    LETTERS,
    accessibility_passage,
    information_as_data,
    processing_record,
)
from shariff_py.consent_ui.consents import consents
from shariff_py.consent_ui.gate import gate
from shariff_py.consent_ui.information import Information
from shariff_py.consent_ui.notice import notice
from shariff_py.errors import ConfigurationError
from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY
from shariff_py.policy import OPEN_STATES, Controller
from shariff_py.settings import Settings, checks
from shariff_py.texts import COMPLIANCE, LANGUAGES

FACEBOOK = REGISTRY["facebook"]
POST = recognise("https://www.facebook.com/leinau/posts/123")
CITY = {
    "name": "Stadt Leinau",
    "contact_url": "/kontakt",
    "privacy_url": "/datenschutz",
    "alternative_url": "/aktuelles",
    "remember_days": 60,
    "dpo_contact": "datenschutz@leinau.example",
}


def settings(**more: Any) -> Settings:
    values = {
        "site": {"origin": "https://www.leinau.example"},
        "frame": {"secrets": ["only for these tests"]},
        "releases": {"facebook": {"state": "released", "reference": "Drs. 12/2026"}},
        "controllers": {"city": CITY, "region": {**CITY, "name": "Region Leinau"}},
    }
    return Settings.from_mapping({**values, **more})


def information(platform: Platform = FACEBOOK, who: str = "city", **changes: Any) -> Information:
    assert platform.operator is not None
    controller = Controller("Stadt Leinau", "/k", "/d", "/a", remember_days=60)
    return Information(LANGUAGES["de"], platform, platform.operator, who, replace(controller, **changes))


def text(markup: str) -> str:
    return " ".join(BeautifulSoup(markup, "html.parser").get_text(" ").split())


# --- one source --------------------------------------------------------------------------------------------------------------------


def test_gate_notice_record_and_data_name_the_same_recipient_basis_and_days() -> None:
    check = {"checked_on": date(2026, 11, 1), "checked_by": "Datenschutzbeauftragte"}
    using, german = settings(platforms={"facebook": {"transfer": check}}), LANGUAGES["de"]
    outputs = {
        "gate": text(gate(using, german, POST)),
        "notice": text(notice(using, german)),
        "record": text(processing_record(using, german)),
        "data": json.dumps(information_as_data(using, german), ensure_ascii=False),
    }

    for piece in ("Meta Platforms Ireland Limited", "EU-US Data Privacy Framework", "1. November 2026", "USA"):
        assert [name for name, output in outputs.items() if piece not in output] == []
    assert [name for name, output in outputs.items() if "60 Tage" not in output and '"days": 60' not in output] == []


def test_the_record_has_every_letter_of_the_law() -> None:
    page = BeautifulSoup(processing_record(settings(), LANGUAGES["de"]), "html.parser")

    titles = [title.get_text() for title in page.select("h3")]

    assert [title[-3:] for title in titles] == [f". {letter})"[1:] for letter in "abcdefg"]
    assert all(title.find_next_sibling("p") for title in page.select("h3"))
    assert len(titles) == len(LETTERS)
    assert "datenschutz@leinau.example" in page.get_text()
    assert "Drs. 12/2026" in page.get_text()


def test_in_a_page_of_another_direction_every_passage_keeps_its_own() -> None:
    made = [make(settings(), LANGUAGES["ar"]) for make in (notice, processing_record, accessibility_passage)]
    sections = [BeautifulSoup(markup, "html.parser").select("section") for markup in made]

    assert [{(section["lang"], section["dir"]) for section in each} for each in sections] == [
        {("ar", "rtl")},
        {("en", "ltr")},
        {("en", "ltr")},
    ]


def test_the_record_is_wholly_in_its_language() -> None:
    decided = {"state": "pilot", "since": date(2026, 11, 2), "reference": "Drs. 12/2026"}
    using = settings(releases={"facebook": decided}, controllers={"city": {**CITY, "authority": "Landesbeauftragter"}})
    german, english = (text(processing_record(using, LANGUAGES[code])) for code in ("de", "en"))

    assert "Stadt Leinau, https://www.leinau.example/kontakt" in german
    assert "Datenschutzbeauftragte oder Datenschutzbeauftragter: datenschutz@leinau.example" in german
    assert "Aufsichtsbehörde: Landesbeauftragter" in german
    assert "Dublin 4, D04 X2K5, Irland" in german
    assert german.endswith(
        "Entscheidung über die Plattform: für einen Probebetrieb freigegeben, seit 2. November 2026, Drs. 12/2026"
    )
    assert english.endswith("Decision on the platform: approved for a pilot, since 2 November 2026, Drs. 12/2026")
    assert [word for word in ("pilot", " /kontakt", "Ireland,", ", Ireland", "2026-11-02") if word in german] == []


@pytest.mark.parametrize(
    ("contact_url", "written"),
    [
        ("mailto:post@leinau.example", "Stadt Leinau, post@leinau.example"),
        ("tel:+49-511-168-0", "Stadt Leinau, +49-511-168-0"),
        ("https://leinau.example/kontakt", "Stadt Leinau, https://leinau.example/kontakt"),
    ],
)
def test_the_record_has_contacts_as_they_stand_on_paper(contact_url: str, written: str) -> None:
    using = settings(controllers={"city": {**CITY, "contact_url": contact_url}})

    assert written in BeautifulSoup(processing_record(using, LANGUAGES["de"]), "html.parser").select("p")[0].get_text()


def test_a_state_of_the_rulebook_that_opens_gates_has_a_word_in_every_language_of_the_record() -> None:
    missing = [
        state for state in OPEN_STATES for words in COMPLIANCE.values() if f"record.state_{state}" not in words.texts
    ]

    assert missing == []


def test_the_record_names_no_controller_and_no_counts_where_there_are_none() -> None:
    lonely = text(processing_record(settings(controllers={}, services=["mail"]), LANGUAGES["en"]))
    without = text(processing_record(settings(services=["facebook"]), LANGUAGES["en"]))
    token = {"facebook": {"token": "EAAB"}}
    whole = text(processing_record(settings(services=["facebook"], platforms=token), LANGUAGES["en"]))

    counts = COMPLIANCE["en"].say("record.purpose_counts")
    assert lonely == ""
    assert [counts in one for one in (without, whole)] == [False, True]
    assert ["Stadt Leinau" in one for one in (without, whole)] == [True, True]


def test_the_record_is_german_for_german_readers_and_english_for_all_others() -> None:
    assert "Verzeichnis von Verarbeitungstätigkeiten" in processing_record(settings(), LANGUAGES["de-simple"])
    assert "Record of processing activities" in processing_record(settings(), LANGUAGES["ja"])


def test_the_accessibility_passage_has_alternative_and_contact() -> None:
    page = BeautifulSoup(accessibility_passage(settings(), LANGUAGES["de"], controller="city"), "html.parser")

    assert [link["href"] for link in page.select("a")] == ["/aktuelles", "/kontakt"]
    assert "Stadt Leinau" in page.get_text()
    assert (
        "Die Darstellung auf Facebook können wir nicht beeinflussen und ihre Barrierefreiheit nicht zusichern."
    ) in page.get_text()
    assert "Unsere eigenen Beiträge, der Hinweis davor," in page.get_text()


def test_the_data_is_complete_for_each_controller() -> None:
    entries = information_as_data(settings(), LANGUAGES["en"])

    assert [(entry["platform"], entry["controller"], entry["days"]) for entry in entries] == [
        ("facebook", "city", 60),
        ("facebook", "region", 60),
    ]
    assert all(all(entry["slots"].values()) for entry in entries)


# --- versions ----------------------------------------------------------------------------------------------------------------------


def changed_operator(**changes: Any) -> Platform:
    assert FACEBOOK.operator is not None
    return replace(FACEBOOK, operator=replace(FACEBOOK.operator, **changes))


def changed_transfer(**changes: Any) -> Platform:
    assert FACEBOOK.operator is not None
    return changed_operator(transfer=replace(FACEBOOK.operator.transfer, **changes))


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(lambda: information(changed_operator(legal_name="Another Ltd.")), id="recipient"),
        pytest.param(lambda: information(replace(FACEBOOK, disclosures=("ip",))), id="data"),
        pytest.param(lambda: information(replace(FACEBOOK, embeds=FACEBOOK.embeds[1:])), id="kinds of content"),
        pytest.param(lambda: information(changed_transfer(mechanism="Standard clauses")), id="basis of the transfer"),
        pytest.param(lambda: information(who="region"), id="controller"),
        pytest.param(lambda: information(name="Region Leinau"), id="the controller's name"),
        pytest.param(lambda: information(remember_days=30), id="duration"),
    ],
)
def test_a_change_of_what_was_consented_to_is_another_version(changed: Any) -> None:
    assert changed().version != information().version


def test_a_check_of_the_same_basis_and_another_language_are_the_same_version() -> None:
    checked = information(changed_transfer(checked_on=FACEBOOK.checked_on.replace(year=2027)))

    assert checked.version == information().version
    assert replace(information(), language=LANGUAGES["ar"]).version == information().version


def test_the_gate_carries_the_version_only_where_remembering_is_offered() -> None:
    offered = BeautifulSoup(gate(settings(), LANGUAGES["de"], POST), "html.parser").select_one("shariff-gate")
    without = settings(controllers={"city": {**CITY, "remember_days": 0}})
    plain = BeautifulSoup(gate(without, LANGUAGES["de"], POST), "html.parser")

    assert offered is not None
    assert (offered["data-days"], len(offered["data-version"])) == ("60", 12)
    assert plain.select("[data-version], [data-option=remember], .shariff-option") == []


# --- complete, or no start ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "missing"),
    [
        (changed_operator(address=""), "operator.address"),
        (changed_operator(legal_name=" "), "operator.legal_name"),
        (changed_transfer(mechanism=""), "operator.transfer.mechanism"),
        (replace(FACEBOOK, disclosures=()), "disclosures"),
        (replace(FACEBOOK, operator=None), "operator"),
    ],
)
def test_a_released_platform_with_a_missing_disclosure_stops_the_start(record: Platform, missing: str) -> None:
    with pytest.raises(ConfigurationError) as stopped:
        checks.disclosures([record])

    assert missing in str(stopped.value)
    assert stopped.value.setting == "releases.facebook"
    assert stopped.value.cure


def test_what_fills_the_texts_is_computed_once() -> None:
    known = information(FACEBOOK)

    assert known.values is known.values
    assert known.values["recipient"] == "Meta Platforms Ireland Limited"


def test_a_platform_whose_data_no_language_has_words_for_stops_the_start() -> None:
    with pytest.raises(ConfigurationError, match=r"data\.shoe_size"):
        checks.disclosures([replace(FACEBOOK, disclosures=("ip", "shoe_size"))])


def test_a_platform_with_a_kind_of_content_no_language_has_a_title_for_stops_the_start() -> None:
    postcard = replace(FACEBOOK.embeds[0], name="postcard")

    with pytest.raises(ConfigurationError, match=r"kind\.postcard"):
        checks.disclosures([replace(FACEBOOK, embeds=(postcard,))])


@pytest.mark.parametrize(
    ("more", "setting"),
    [
        (
            {"controllers": {"city": {**CITY, "alternative_url": "https://www.facebook.com/leinau"}}},
            "controllers.city.alternative_url",
        ),
        ({"controllers": {"city": {**CITY, "remember_days": 181}}}, "controllers.city.remember_days"),
        ({"controllers": {"Stadt: Leinau": CITY}}, "controllers.Stadt: Leinau"),
        ({"site": {"sensitive": ["gesundheit"]}}, "site.sensitive"),
        ({"services": ["carrier-pigeon"]}, "services"),
        ({"share": {"theme": "colourful"}}, "share.theme"),
        ({"share": {"info_url": "https://www.facebook.com/"}}, "share.info_url"),
        ({"controllers": {"city": {**CITY, "legal_basis": "legitimate_interest"}}}, "controllers.city.legal_basis"),
    ],
)
def test_impossible_settings_are_refused_at_start_with_the_cure(more: dict[str, Any], setting: str) -> None:
    with pytest.raises(ConfigurationError) as stopped:
        settings(**more)

    assert stopped.value.setting == setting
    assert stopped.value.cure


# --- pages with text only ----------------------------------------------------------------------------------------------------------

SENSITIVE = {
    "site": {
        "origin": "https://www.leinau.example",
        "sensitive": ["/gesundheit", "/rat/schulden/"],
        "children": ["/kinder"],
    }
}


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("/gesundheit", "sensitive"),
        ("/gesundheit/sucht?x=1", "sensitive"),
        ("/gesund%68eit/", "sensitive"),
        ("https://www.leinau.example/rat/schulden", "sensitive"),
        ("/kinder/spielplatz", "children"),
        ("/gesundheitsamt", None),
        ("/", None),
        ("", None),
    ],
)
def test_pages_about_personal_matters_and_for_children_carry_text_only(page: str, reason: str | None) -> None:
    using = settings(**SENSITIVE)
    markup = BeautifulSoup(gate(using, LANGUAGES["de"], POST, page=page), "html.parser")

    assert using.policy.unavailable_reason(FACEBOOK, None, page) == (f"unavailable.{reason}" if reason else None)
    assert bool(markup.select("form, iframe, shariff-gate")) == (reason is None)
    assert markup.select("a[href^='https://www.facebook.com/leinau/posts']")


# --- the list of consents ----------------------------------------------------------------------------------------------------------


def test_the_list_is_complete_without_script_and_shows_nothing_by_itself() -> None:
    using = settings(releases={"facebook": {"state": "suspended"}})
    page = BeautifulSoup(consents(using, LANGUAGES["de"]), "html.parser")

    entries = page.select("li")
    names = [entry.button["aria-label"] for entry in entries if entry.button and entry.button.has_attr("aria-label")]

    assert [entry["data-key"] for entry in entries] == ["shariff:facebook:city", "shariff:facebook:region", ""]
    assert all(entry.has_attr("hidden") for entry in entries)
    assert len(set(names)) == 2
    assert not page.select("[style], [onclick], script:not([src])")
