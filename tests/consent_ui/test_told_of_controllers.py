"""Where several controllers answer for a site's pages, each reads what is true of their own pages."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

from shariff_py.consent_ui.compliance_documents import accessibility_passage, information_as_data, processing_record
from shariff_py.consent_ui.gate import gate
from shariff_py.consent_ui.notice import notice
from shariff_py.platforms.recognition import recognise
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES

CITY = {"name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}
CLUB = {**CITY, "name": "Leinauer Netzverein e. V."}
DISTRICT = {**CITY, "name": "Region Leinau"}
BY_CLUB = {
    "operator": "Leinauer Netzverein e. V.",
    "address": "Am Markt 1, 31999 Leinau",
    "country": "DE",
    "privacy_url": "https://toot.example/privacy-policy",
}
BY_FIRM = {**BY_CLUB, "operator": "Toot, Inc.", "address": "1 Main Street, Springfield", "country": "US"}
POST = "https://toot.example/@leinau/112233445566778899"
OWN_POST = "https://social.leinau.example/@leinau/112233445566778899"


def settings(servers: dict[str, Any] | None = None, **more: Any) -> Settings:
    values = {
        "site": {"origin": "https://www.leinau.example", "hosts": ["www.leinau.example", "social.leinau.example"]},
        "frame": {"secrets": ["only for these tests"]},
        "releases": {"mastodon": {"state": "released"}},
        "controllers": {"city": CITY, "club": CLUB},
        "platforms": {"mastodon": {"servers": servers or {"toot.example": BY_CLUB}}},
        "services": ["mail"],
    }
    return Settings.from_mapping({**values, **more})


def sections(markup: str) -> dict[str, str]:
    """The text below each heading."""
    page = BeautifulSoup(markup, "html.parser")
    return {
        heading.get_text(): " ".join(part.get_text() for part in section.select("p"))
        for section in page.select("section")
        if (heading := section.select_one("h2")) is not None
    }


# --- a server that one of them runs ------------------------------------------------------------------------------------------------


def test_a_server_that_one_controller_runs_is_its_own_and_a_strangers_to_the_other() -> None:
    told = sections(notice(settings(), LANGUAGES["de"]))
    strange = told["Inhalte von toot.example (Mastodon): Stadt Leinau"]
    own = told["Inhalte von toot.example (Mastodon): Leinauer Netzverein e. V."]

    assert len(told) == 3
    assert (strange[:28], own[:42]) == ("Verantwortlich: Stadt Leinau", "Verantwortlich: Leinauer Netzverein e. V. ")
    assert "Empfänger ist Leinauer Netzverein e. V." in strange
    assert "kann die Daten auch für eigene Zwecke nutzen" in strange
    assert "Was einmal gesendet ist, können wir nicht zurückholen." in strange
    assert "Der Inhalt kommt von unserem eigenen Server toot.example" in own
    assert "eigene Zwecke" not in own
    assert "zurückholen" not in own


def test_the_record_has_an_entry_for_each_of_them() -> None:
    filed = sections(processing_record(settings(), LANGUAGES["de"]))
    record = "Verzeichnis von Verarbeitungstätigkeiten: Inhalte von toot.example (Mastodon): "
    strange, own = filed[f"{record}Stadt Leinau"], filed[f"{record}Leinauer Netzverein e. V."]

    assert "Keine anderen Stellen" in own
    assert "Keine anderen Stellen" not in strange
    assert (strange.startswith("Stadt Leinau, "), own.startswith("Leinauer Netzverein e. V., ")) == (True, True)
    assert ("Löschfristen bei toot.example" in strange, "Löschfristen bei toot.example" in own) == (True, False)


def test_the_accessibility_passage_is_of_the_one_whose_server_it_is_not_and_says_of_whom() -> None:
    three = settings(controllers={"city": CITY, "club": CLUB, "region": DISTRICT})
    told = sections(accessibility_passage(three, LANGUAGES["de"]))

    assert list(told) == [
        "Barrierefreiheit: Inhalte von toot.example (Mastodon): Stadt Leinau",
        "Barrierefreiheit: Inhalte von toot.example (Mastodon): Region Leinau",
    ]
    assert list(sections(accessibility_passage(three, LANGUAGES["de"], controller="city"))) == [
        "Barrierefreiheit: Inhalte von toot.example (Mastodon)"
    ]


def test_controllers_of_whom_the_same_is_true_share_a_section() -> None:
    three = settings(controllers={"city": CITY, "club": CLUB, "region": DISTRICT})
    headings = [
        BeautifulSoup(made(three, LANGUAGES["en"]), "html.parser").select("h2") for made in (notice, processing_record)
    ]

    assert [[heading.get_text().rpartition(": ")[2] for heading in found] for found in headings] == [
        ["Stadt Leinau and Region Leinau", "Leinauer Netzverein e. V.", "Your rights and whom you can ask"],
        ["Stadt Leinau and Region Leinau", "Leinauer Netzverein e. V."],
    ]
    assert len({heading["id"] for heading in headings[0]}) == 3


def test_one_for_all_has_no_names_in_its_heading() -> None:
    alike = settings(controllers={"city": CITY, "region": DISTRICT})

    assert list(sections(notice(alike, LANGUAGES["de"]))) == [
        "Inhalte von toot.example (Mastodon)",
        "Ihre Rechte und wen Sie fragen können",
    ]


def test_who_remembers_consents_and_who_does_not_are_told_apart() -> None:
    told = sections(
        notice(settings(controllers={"city": {**CITY, "remember_days": 60}, "region": DISTRICT}), LANGUAGES["de"])
    )
    city, region = (told[f"Inhalte von toot.example (Mastodon): {name}"] for name in ("Stadt Leinau", "Region Leinau"))

    assert ("höchstens 60 Tage" in city, "Wir selbst speichern nichts" in city) == (True, False)
    assert ("höchstens" in region, "Wir selbst speichern nichts" in region) == (False, True)


# --- a host of the site that others run --------------------------------------------------------------------------------------------


def test_who_runs_a_server_of_the_site_for_it_is_a_recipient() -> None:
    filed = sections(processing_record(settings({"social.leinau.example": BY_FIRM}), LANGUAGES["en"]))
    (entry,) = filed.values()

    assert "Toot, Inc., 1 Main Street, Springfield, USA, runs our own server social.leinau.example" in entry
    assert "Nobody else" not in entry


@pytest.mark.parametrize(("country", "told"), [("US", True), ("DE", False)])
def test_a_server_of_the_site_that_is_run_from_outside_the_eea_tells_where(country: str, told: bool) -> None:
    using = settings({"social.leinau.example": {**BY_FIRM, "country": country}})
    seat = "Daten können die EU verlassen; auf welcher Grundlage, wissen wir nicht."
    shown = [
        gate(using, LANGUAGES["de"], recognise(OWN_POST), controller="city"),
        notice(using, LANGUAGES["de"]),
        processing_record(using, LANGUAGES["de"]),
    ]

    assert [seat in document for document in shown] == [told] * 3
    assert {"transfer" in entry["slots"] for entry in information_as_data(using, LANGUAGES["de"])} == {told}


def test_nothing_is_said_of_a_window_in_which_ones_own_server_would_learn_nothing() -> None:
    hint = "erfährt toot.example nichts von dieser Website"
    strange, own = (gate(settings(), LANGUAGES["de"], recognise(POST), controller=name) for name in ("city", "club"))

    assert (hint in strange, hint in own) == (True, False)
    assert "Auf toot.example öffnen" in own


# --- whom to ask -------------------------------------------------------------------------------------------------------------------


def asked(**controllers: dict[str, Any]) -> list[str]:
    section = BeautifulSoup(notice(settings(controllers=controllers), LANGUAGES["de"]), "html.parser").select(
        "section"
    )[-1]
    return [part.get_text() for part in section.select("p, li")]


def test_an_officer_and_an_authority_are_attributed_where_they_are_not_those_of_all() -> None:
    at_city = {"dpo_contact": "dsb@leinau.example", "authority": "LfD Niedersachsen"}
    told = asked(
        city={**CITY, **at_city}, club={**CLUB, "dpo_contact": "dsb@toot.example"}, region={**DISTRICT, **at_city}
    )

    for line in (
        "Datenschutzbeauftragte oder Datenschutzbeauftragter: dsb@leinau.example (Stadt Leinau und Region Leinau)",
        "Datenschutzbeauftragte oder Datenschutzbeauftragter: dsb@toot.example (Leinauer Netzverein e. V.)",
        "Zuständig ist: LfD Niedersachsen (Stadt Leinau und Region Leinau).",
        "die zuständige Aufsichtsbehörde (Leinauer Netzverein e. V.) (controllers.club.authority)",
    ):
        assert line in told


def test_those_of_all_are_named_once_without_names_behind_them() -> None:
    same = {"dpo_contact": "dsb@leinau.example", "authority": "LfD Niedersachsen"}
    told = asked(city={**CITY, **same}, region={**DISTRICT, **same})

    assert told.count("Datenschutzbeauftragte oder Datenschutzbeauftragter: dsb@leinau.example") == 1
    assert told.count("Zuständig ist: LfD Niedersachsen.") == 1


def test_controllers_of_one_name_keep_what_each_has_set() -> None:
    told = asked(
        office={**CITY, "dpo_contact": "dsb1@leinau.example", "authority": "LfD Niedersachsen"},
        library={**CITY, "dpo_contact": "dsb2@leinau.example"},
    )

    assert [line for line in told if "dsb" in line] == [
        "Datenschutzbeauftragte oder Datenschutzbeauftragter: dsb1@leinau.example (Stadt Leinau)",
        "Datenschutzbeauftragte oder Datenschutzbeauftragter: dsb2@leinau.example (Stadt Leinau)",
    ]
    assert "Zuständig ist: LfD Niedersachsen (Stadt Leinau)." in told


def test_a_host_of_the_site_that_another_of_its_controllers_runs_is_a_strangers_to_this_one() -> None:
    told = sections(notice(settings({"social.leinau.example": BY_CLUB}), LANGUAGES["de"]))
    headings = "Inhalte von social.leinau.example (Mastodon): {}"

    assert "Empfänger ist Leinauer Netzverein e. V." in told[headings.format("Stadt Leinau")]
    assert "laden unsere Seiten nichts von" not in told[headings.format("Stadt Leinau")]
    assert "unserem eigenen Server" in told[headings.format("Leinauer Netzverein e. V.")]
    assert "kann sie für eigene Zwecke nutzen" in gate(
        settings({"social.leinau.example": BY_CLUB}), LANGUAGES["de"], recognise(OWN_POST), controller="city"
    )


def test_where_the_controller_runs_the_server_there_is_no_recipient_to_name_a_seat_of() -> None:
    (entry,) = sections(processing_record(settings(), LANGUAGES["de"], controller="club")).values()

    assert "Keine anderen Stellen: eigener Server toot.example" in entry
    assert "Eine Übermittlung in Drittländer ist nicht bekannt." in entry
    assert "Sitz des Empfängers" not in entry
