"""The last section of the privacy notice: who answers, rights, authority, and whatever the settings leave out (GDPR Art. 13)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from shariff_py.consent_ui.compliance_documents import processing_record
from shariff_py.consent_ui.notice import notice
from shariff_py.errors import ConfigurationError
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES

CITY = {
    "name": "Stadt Leinau",
    "contact_url": "/kontakt",
    "privacy_url": "/d",
    "alternative_url": "/a",
    "dpo_contact": "datenschutz@leinau.example",
    "authority": "Der Landesbeauftragte für den Datenschutz Niedersachsen",
}
BARE = {name: CITY[name] for name in ("name", "contact_url", "privacy_url", "alternative_url")}
WHOLE = {
    "storage": "Bis zu zwei Jahre. Dritte lesen nicht mit.",
    "transfer": {"checked_on": date(2026, 11, 1), "checked_by": "Datenschutzbeauftragte"},
    "joint_control": {"essence": "Wir informieren Sie.", "as_of": date(2026, 10, 1), "url": "/vereinbarung.pdf"},
}
CLUB = {
    "operator": "Leinauer Netzverein e. V.", "address": "Am Markt 1, 31999 Leinau", "country": "DE",
    "privacy_url": "https://toot.example/p",
}  # fmt: skip


def settings(platforms: Any = None, **more: Any) -> Settings:
    values = {
        "site": {"origin": "https://www.leinau.example", "hosts": ["www.leinau.example", "social.leinau.example"]},
        "releases": {"facebook": {"state": "released"}},
        "controllers": {"city": CITY},
        "platforms": {"facebook": WHOLE} if platforms is None else platforms,
    }
    return Settings.from_mapping({**values, **more})


def last(using: Settings, code: str = "de", **more: Any) -> Tag:
    return BeautifulSoup(notice(using, LANGUAGES[code], **more), "html.parser").select("section")[-1]


def lines(section: Tag, what: str = "p") -> list[str]:
    return [" ".join(part.get_text().split()) for part in section.select(what)]


def test_it_names_controller_officer_rights_and_authority() -> None:
    section = last(settings())

    assert lines(section, "h2") == ["Ihre Rechte und wen Sie fragen können"]
    assert lines(section) == [
        "Verantwortlich: Stadt Leinau. Kontakt: Stadt Leinau",
        "Datenschutzbeauftragte oder Datenschutzbeauftragter: datenschutz@leinau.example",
        "Sie können Auskunft über Ihre Daten, Berichtigung, Löschung, eine Einschränkung der Verarbeitung und die Übertragung Ihrer Daten "
        "verlangen (Art. 15 bis 20 DSGVO). Ihre Einwilligung können Sie jederzeit widerrufen (Art. 7 Abs. 3 DSGVO).",
        "Sie können sich bei einer Datenschutz-Aufsichtsbehörde beschweren (Art. 77 DSGVO).",
        "Zuständig ist: Der Landesbeauftragte für den Datenschutz Niedersachsen.",
    ]
    assert [link["href"] for link in section.select("a")] == ["/kontakt", "mailto:datenschutz@leinau.example"]


@pytest.mark.parametrize(
    ("written", "shown", "link"),
    [
        ("datenschutz@leinau.example", "datenschutz@leinau.example", "mailto:datenschutz@leinau.example"),
        ("mailto:datenschutz@leinau.example", "datenschutz@leinau.example", "mailto:datenschutz@leinau.example"),
        ("tel:+49-511-168-0", "+49-511-168-0", "tel:+49-511-168-0"),
        ("/dsb", "https://www.leinau.example/dsb", "/dsb"),
        ("https://dsb.example/", "https://dsb.example/", "https://dsb.example/"),
        ("Rathausplatz 1, 31999 Leinau", "Rathausplatz 1, 31999 Leinau", None),
        ("<b>DSB</b> & Co", "<b>DSB</b> & Co", None),
    ],
)
def test_the_officers_contact_is_a_link_where_it_is_an_address(written: str, shown: str, link: str | None) -> None:
    section = last(settings(controllers={"city": {**CITY, "dpo_contact": written}}))

    assert lines(section)[1] == f"Datenschutzbeauftragte oder Datenschutzbeauftragter: {shown}"
    assert [one["href"] for one in section.select("a")][1:] == ([link] if link else [])


def test_two_controllers_are_named_each_and_what_they_share_once() -> None:
    region = {**CITY, "name": "Region Leinau", "contact_url": "mailto:post@region.example"}
    both = settings(controllers={"city": CITY, "region": region})

    assert lines(last(both))[:3] == [
        "Verantwortlich: Stadt Leinau. Kontakt: Stadt Leinau",
        "Verantwortlich: Region Leinau. Kontakt: Region Leinau",
        "Datenschutzbeauftragte oder Datenschutzbeauftragter: datenschutz@leinau.example",
    ]
    assert "Stadt Leinau" not in str(last(both, controller="region"))


def test_nothing_is_missing_where_everything_is_set() -> None:
    assert last(settings()).select("li, code") == []


def test_whatever_is_missing_is_listed_at_the_end_by_name_and_setting() -> None:
    section = last(settings({}, controllers={"city": BARE}))

    assert lines(section)[-1] == "In diesen Hinweisen fehlt noch:"
    assert lines(section, "li") == [
        "wie die oder der Datenschutzbeauftragte erreichbar ist (controllers.city.dpo_contact)",
        "die zuständige Aufsichtsbehörde (controllers.city.authority)",
        "wie lange Facebook Daten auf Geräten speichert und wer darauf zugreift (platforms.facebook.storage)",
        "das Wesentliche der Vereinbarung mit Meta Platforms Ireland Limited, in eigenen Worten und mit Datum "
        "(platforms.facebook.joint_control.essence)",
        "eine Kopie der Vereinbarung mit Meta Platforms Ireland Limited auf dieser Website (platforms.facebook.joint_control.url)",
        "wann und von wem die Grundlage der Übermittlung an Facebook geprüft wurde "
        "(platforms.facebook.transfer.checked_on)",
    ]


def test_without_a_controller_that_is_what_is_missing() -> None:
    section = last(settings(controllers={}), "en")

    assert lines(section, "li") == ["who is responsible for these pages (controllers)"]
    assert lines(section)[0].startswith("You can request access to your data")


def test_only_what_applies_can_be_missing() -> None:
    released = {name: {"state": "released"} for name in ("komoot", "mastodon")}
    servers = {"toot.example": CLUB, "social.leinau.example": CLUB}
    section = last(settings({"mastodon": {"servers": servers}}, releases=released))

    assert lines(section, "code") == [
        "platforms.komoot.storage",
        'platforms.mastodon.servers."toot.example".storage',
        'platforms.mastodon.servers."social.leinau.example".storage',
    ]


def test_a_platform_that_is_only_shared_to_needs_no_statement() -> None:
    released = {"linkedin": {"state": "suspended"}, "telegram": {"state": "released"}}

    page = BeautifulSoup(
        notice(settings({}, releases=released, services=["linkedin", "telegram"]), LANGUAGES["de"]), "html.parser"
    )

    assert [heading.get_text() for heading in page.select("h2")] == [
        "Per Telegram senden",
        "Ihre Rechte und wen Sie fragen können",
    ]
    assert lines(page, "li") == []


@pytest.mark.parametrize("written", ["none", " None "])
def test_a_controller_that_needs_no_officer_names_none_and_has_none_missing(written: str) -> None:
    using = settings({}, controllers={"club": {**BARE, "name": "Heimatverein Leinau", "dpo_contact": written}})
    section = last(using)

    assert lines(section, "li")[0] == "die zuständige Aufsichtsbehörde (controllers.club.authority)"
    assert not [line for line in lines(section) if "Datenschutzbeauftragte" in line]
    assert "Datenschutzbeauftragte" not in processing_record(using, LANGUAGES["de"])


def test_an_officer_who_is_not_named_yet_is_said_to_be_missing_of_a_public_body_too() -> None:
    section = last(settings({}, controllers={"city": {**BARE, "public_body": True, "dpo_contact": " "}}))

    assert lines(section, "li")[0].startswith("wie die oder der Datenschutzbeauftragte erreichbar ist")


def test_of_two_controllers_the_officer_is_that_of_the_one_which_has_one() -> None:
    club = {**CITY, "name": "Heimatverein Leinau", "dpo_contact": "none"}

    assert lines(last(settings(controllers={"city": CITY, "club": club})))[2] == (
        "Datenschutzbeauftragte oder Datenschutzbeauftragter: datenschutz@leinau.example (Stadt Leinau)"
    )


def test_a_public_body_without_officer_is_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"controllers\.city\.dpo_contact: is .none., but a public body"):
        settings(controllers={"city": {**CITY, "public_body": True, "dpo_contact": "none"}})
