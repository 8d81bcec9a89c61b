"""The passage for the privacy notice, from the same source as the gate."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

from shariff_py.consent_ui.gate import gate
from shariff_py.consent_ui.notice import notice
from shariff_py.consent_ui.wording import disclosed
from shariff_py.errors import ConfigurationError
from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.registry import REGISTRY
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES

CITY = {"name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}


def settings(**more: Any) -> Settings:
    values = {
        "frame": {"secrets": ["only for these tests"]},
        "releases": {"facebook": {"state": "released"}},
        "controllers": {"city": CITY},
    }
    return Settings.from_mapping({**values, **more})


def text(markup: str) -> str:
    return " ".join(BeautifulSoup(markup, "html.parser").get_text(" ").split())


def test_where_consents_can_be_remembered_the_notice_does_not_say_that_they_end_with_the_page() -> None:
    once = notice(settings(), LANGUAGES["de"])
    kept = notice(settings(controllers={"city": {**CITY, "remember_days": 90}}), LANGUAGES["de"])

    assert "gilt nur für den einzelnen Inhalt und den laufenden Seitenaufruf" in once
    assert "Ohne „merken“ gilt sie nur" in kept
    assert "höchstens 90 Tage lang für alle Inhalte von Facebook" in kept
    assert "Liste Ihrer gespeicherten Einwilligungen" in kept


def test_recipient_legal_basis_transfer_and_withdrawal_are_named() -> None:
    text = BeautifulSoup(notice(settings(), LANGUAGES["de"]), "html.parser").get_text()

    for piece in (
        "Meta Platforms Ireland Limited, Merrion Road, Dublin 4, D04 X2K5, Irland.",
        "Art. 6 Abs. 1 Buchst. a DSGVO",
        "EU-US Data Privacy Framework, Beschluss (EU) 2023/1795",
        "kann die Daten auch für eigene Zwecke nutzen und einem Konto zuordnen",
        "Wie lange sie bleiben und wer sonst darauf zugreift, wissen wir nicht.",
        "Sie widerrufen sie",
        "Verantwortlich: Stadt Leinau.",
    ):
        assert piece in text


@pytest.mark.parametrize("code", LANGUAGES)
def test_notice_and_gate_name_the_same_data(code: str) -> None:
    language, using = LANGUAGES[code], settings()
    data = disclosed(REGISTRY["facebook"], language)

    placeholder = gate(using, language, recognise("https://www.facebook.com/leinau/posts/1"))

    # A row of the list begins with a capital letter.
    assert data[1:] in placeholder
    assert data in notice(using, language)


def test_nothing_is_said_of_a_platform_that_is_not_released() -> None:
    assert notice(settings(releases={}), LANGUAGES["de"]).strip() == ""


def test_counts_and_share_links_are_mentioned_only_where_they_are_offered() -> None:
    token = {"facebook": {"token": "EAAB"}}
    offered = notice(settings(platforms=token), LANGUAGES["de"])
    without = notice(settings(platforms=token, services=["mail"]), LANGUAGES["de"])
    icons = notice(settings(platforms=token, share={"button_style": "icon"}), LANGUAGES["de"])

    assert [("Die Zahlen neben den Links" in one, "Zum Teilen dienen" in one) for one in (offered, without)] == [
        (True, True),
        (False, False),
    ]
    for unshown in (icons, notice(settings(), LANGUAGES["de"])):
        assert ("Die Zahlen neben den Links" in unshown, "Zum Teilen dienen" in unshown) == (False, True)


def test_share_links_tell_address_browser_and_cookies() -> None:
    german, english = (text(notice(settings(), LANGUAGES[code])) for code in ("de", "en"))

    assert (
        "Beim Anklicken öffnet sich Facebook und erhält Ihre IP-Adresse, Angaben zu Ihrem Browser, die Adresse der Seite, die Sie teilen, und "
        "Cookies von Facebook, die Ihr Browser gespeichert hat."
    ) in german
    assert (
        "Clicking opens Facebook, which receives your IP address, details of your browser, the address of the page you share, and those cookies "
        "of Facebook that your browser has stored."
    ) in english


def test_in_easy_language_each_sentence_has_a_line() -> None:
    written = notice(settings(), LANGUAGES["de-simple"])
    page = BeautifulSoup(written, "html.parser")

    long = [
        p for p in page.select("p") if p.get_text().count(". ") + p.get_text().count(".\n") > 1 and not p.select("br")
    ]
    assert long == []
    assert "<br>Sie können sagen: Die Daten sind falsch.<br>" in written


def test_one_controller_or_all_of_them_are_named() -> None:
    using = settings(controllers={"city": CITY, "region": {**CITY, "name": "Region Leinau"}})

    region, everybody = (notice(using, LANGUAGES["de"], controller=named) for named in ("region", None))

    assert ["Verantwortlich: Stadt Leinau." in one for one in (region, everybody)] == [False, True]
    assert ["Verantwortlich: Region Leinau." in one for one in (region, everybody)] == [True, True]


def test_a_misspelt_controller_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(ConfigurationError, match=r"'ctiy'.*known: city"):
        notice(settings(), LANGUAGES["de"], controller="ctiy")


def test_the_heading_level_can_be_chosen() -> None:
    page = BeautifulSoup(notice(settings(), LANGUAGES["en"], level=3), "html.parser")

    section, heading = page.select_one("section"), page.select_one("h3")

    assert section is not None
    assert heading is not None
    assert section["aria-labelledby"] == heading["id"]
