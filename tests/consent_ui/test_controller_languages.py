"""One controller in all languages of a site: its name and addresses follow the language, a consent to it counts in all of them."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

from shariff_py.consent_ui.compliance_documents import accessibility_passage, information_as_data, processing_record
from shariff_py.consent_ui.consents import consents
from shariff_py.consent_ui.gate import gate
from shariff_py.consent_ui.notice import notice
from shariff_py.errors import ConfigurationError
from shariff_py.platforms.recognition import recognise
from shariff_py.policy import Controller, ControllerInLanguage
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES

ENGLISH = {
    "name": "City of Leinau",
    "contact_url": "/en/contact",
    "privacy_url": "/en/privacy",
    "alternative_url": "/en/news",
    "dpo_contact": "privacy@leinau.example",
    "authority": "State Commissioner",
}
CITY = {
    "name": "Stadt Leinau",
    "contact_url": "/kontakt",
    "privacy_url": "/datenschutz",
    "alternative_url": "/aktuelles",
    "dpo_contact": "datenschutz@leinau.example",
    "authority": "Landesbeauftragter",
    "remember_days": 90,
    "languages": {"en": ENGLISH},
}


def settings(**controller: Any) -> Settings:
    return Settings.from_mapping(
        {
            "site": {"origin": "https://www.leinau.example"},
            "frame": {"secrets": ["only for these tests"]},
            "releases": {"facebook": {"state": "released"}},
            "controllers": {"city": {**CITY, **controller}},
        }
    )


def placed(code: str) -> BeautifulSoup:
    return BeautifulSoup(
        gate(settings(), LANGUAGES[code], recognise("https://www.facebook.com/leinau/posts/1")), "html.parser"
    )


def own_links(page: BeautifulSoup) -> list[str]:
    return [str(link["href"]) for link in page.select("a[href^='/']")]


@pytest.mark.parametrize(
    ("code", "name", "links"),
    [
        ("de", "Stadt Leinau", ["/aktuelles", "/datenschutz", "/kontakt"]),
        ("en", "City of Leinau", ["/en/news", "/en/privacy", "/en/contact"]),
        ("de-simple", "Stadt Leinau", ["/aktuelles", "/datenschutz", "/kontakt"]),
        ("fr", "Stadt Leinau", ["/aktuelles", "/datenschutz", "/kontakt"]),
    ],
)
def test_a_gate_has_the_name_and_the_addresses_of_its_language(code: str, name: str, links: list[str]) -> None:
    page = placed(code)

    assert own_links(page) == links
    assert {other for other in ("Stadt Leinau", "City of Leinau") if other in page.get_text()} == {name}


def test_it_is_one_controller_so_one_key_and_one_version() -> None:
    found = [placed(code).select_one("shariff-gate") for code in ("de", "en")]

    assert [gate["data-controller"] for gate in found if gate] == ["city", "city"]
    assert len({gate["data-version"] for gate in found if gate}) == 1


def test_notice_record_statement_list_and_data_follow_the_language() -> None:
    using, english = settings(), LANGUAGES["en"]
    made = {
        "notice": str(notice(using, english)),
        "record": str(processing_record(using, english)),
        "statement": str(accessibility_passage(using, english)),
        "consents": str(consents(using, english)),
        "data": str(information_as_data(using, english)),
    }

    assert [name for name, text in made.items() if "City of Leinau" not in text or "Stadt Leinau" in text] == []
    assert "privacy@leinau.example" in made["notice"]
    assert "State Commissioner" in made["notice"]
    assert "https://www.leinau.example/en/contact" in made["record"]
    assert "/en/news" in made["statement"]
    assert str(consents(using, english)).count("shariff:facebook:city") == 1


def test_what_is_not_set_is_as_in_the_controller_itself() -> None:
    using = settings(languages={"en": {"name": "City of Leinau"}})

    english = using.controllers["city"].in_language("en")

    assert (english.name, english.contact_url, english.remember_days) == ("City of Leinau", "/kontakt", 90)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("en", "English"),
        ("en-GB", "English"),
        ("de-simple", "German"),
        ("sr-Latn", "Serbian"),
        ("fr", "base"),
        ("", "base"),
    ],
)
def test_a_variant_has_the_values_of_its_language(code: str, name: str) -> None:
    languages = {"en": "English", "de": "German", "sr": "Serbian"}
    controller = Controller(
        "base", "/k", "/d", "/a", languages={tag: ControllerInLanguage(name=told) for tag, told in languages.items()}
    )

    assert controller.in_language(code).name == name


def test_a_server_that_it_runs_under_any_of_its_names_is_its_own() -> None:
    server = {
        "operator": "City of Leinau", "address": "Rathausplatz 1, 31999 Leinau", "country": "DE", "privacy_url": "https://toot.example/p"
    }  # fmt: skip
    using = Settings.from_mapping(
        {
            "releases": {"mastodon": {"state": "released"}},
            "controllers": {"city": CITY},
            "platforms": {"mastodon": {"servers": {"toot.example": server}}},
        }
    )

    assert "unserem eigenen Server toot.example" in notice(using, LANGUAGES["de"])


@pytest.mark.parametrize(
    ("english", "setting", "message"),
    [
        ({"alternative_url": "https://x.com/leinau"}, "controllers.city.languages.en.alternative_url", "leads to a platform"),
        ({"privacy_url": "en/privacy"}, "controllers.city.languages.en.privacy_url", "or nowhere"),
        ({"contact_url": "javascript:x"}, "controllers.city.languages.en.contact_url", "or nowhere"),
        ({"name": " "}, "controllers.city.languages.en.name", "is empty"),
        ({"dpo_contact": "https://wa.me/49"}, "controllers.city.languages.en.dpo_contact", "leads to a platform"),
        ({"remember_days": 3}, "controllers.city.languages.en.remember_days", "is not a setting"),
    ],
)  # fmt: skip
def test_the_values_of_a_language_are_checked_like_the_others(
    english: dict[str, Any], setting: str, message: str
) -> None:
    with pytest.raises(ConfigurationError, match=message) as refused:
        settings(languages={"en": english})

    assert refused.value.setting == setting


def test_a_language_that_is_none_of_ours_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="'xx' is not available") as refused:
        settings(languages={"xx": ENGLISH})

    assert refused.value.setting == "controllers.city.languages"
