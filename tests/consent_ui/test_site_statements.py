"""What only the site can say of a platform is said in its own words and with its own day, and by nobody where it says nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from shariff_py.consent_ui.compliance_documents import information_as_data, processing_record
from shariff_py.consent_ui.gate import gate
from shariff_py.consent_ui.notice import notice
from shariff_py.errors import ConfigurationError
from shariff_py.platforms.recognition import recognise
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES

CITY = {
    "name": "Stadt Leinau",
    "contact_url": "/kontakt",
    "privacy_url": "/d",
    "alternative_url": "/a",
    "remember_days": 30,
}
CLUB = {
    "operator": "Leinauer Netzverein e. V.", "address": "Am Markt 1, 31999 Leinau", "country": "DE",
    "privacy_url": "https://toot.example/p",
}  # fmt: skip
CHECK = {
    "checked_on": date(2026, 11, 1),
    "checked_by": {"de": "Datenschutzbeauftragte", "en": "data protection officer"},
}
ESSENCE = {"essence": {"de": "Wir informieren Sie."}, "as_of": date(2026, 10, 1), "url": "/vereinbarung.pdf"}


def settings(facebook: Any = None, **more: Any) -> Settings:
    values = {
        "frame": {"secrets": ["only for these tests"]},
        "releases": {name: {"state": "released"} for name in ("facebook", "vimeo", "mastodon")},
        "controllers": {"city": CITY},
        "platforms": {"facebook": facebook or {}},
    }
    return Settings.from_mapping({**values, **more})


def placed(using: Settings, code: str = "de", url: str = "https://www.facebook.com/leinau/posts/1") -> BeautifulSoup:
    return BeautifulSoup(gate(using, LANGUAGES[code], recognise(url)), "html.parser")


def row(page: BeautifulSoup, heading: str) -> Tag:
    return next(
        found for term in page.select("dt") if term.get_text() == heading and (found := term.find_next_sibling("dd"))
    )


def section(using: Settings, code: str = "de", name: str = "facebook") -> Tag:
    page = BeautifulSoup(notice(using, LANGUAGES[code]), "html.parser")
    found = page.select_one(f"[aria-labelledby=shariff-notice-{name}]")
    assert found is not None
    return found


def version(using: Settings) -> str:
    return str(
        next(one["version"] for one in information_as_data(using, LANGUAGES["de"]) if one["platform"] == "facebook")
    )


# --- the check of the transfer -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["de", "en", "de-simple"])
def test_without_the_sites_own_check_no_day_is_told_anywhere(code: str) -> None:
    using = settings()
    told = f"{placed(using, code)}{notice(using, LANGUAGES[code])}{processing_record(using, LANGUAGES[code])}"

    assert "2026" not in told.replace("(EU) 2023/1795", "")


def test_gate_notice_and_record_tell_the_day_and_who_checked() -> None:
    using = settings({"transfer": CHECK})
    record = BeautifulSoup(processing_record(using, LANGUAGES["de"]), "html.parser").get_text()

    assert row(placed(using), "USA").get_text() == (
        "EU-US Data Privacy Framework, Beschluss (EU) 2023/1795. Geprüft am 1. November 2026 (Datenschutzbeauftragte)."
    )
    assert row(placed(using, "en"), "USA").get_text().endswith("Checked on 1 November 2026 (data protection officer).")
    assert "Zuletzt geprüft am 1. November 2026 (Datenschutzbeauftragte)." in section(using).get_text()
    assert "Zuletzt geprüft am 1. November 2026 (Datenschutzbeauftragte)." in record


def test_a_record_without_a_check_says_so() -> None:
    record = BeautifulSoup(processing_record(settings(), LANGUAGES["en"]), "html.parser").get_text()

    assert "Decision (EU) 2023/1795. Not yet checked by us." in " ".join(record.split())


def test_what_the_site_has_checked_is_not_called_unconfirmed() -> None:
    unchecked, checked = settings(), settings(platforms={"vimeo": {"transfer": CHECK}})
    film = "https://vimeo.com/123456789"

    assert row(placed(unchecked, url=film), "USA").get_text().endswith("(EU) 2023/1795. Das ist nicht bestätigt.")
    assert "nicht bestätigt" not in row(placed(checked, url=film), "USA").get_text()


def test_another_day_of_the_check_voids_no_consent() -> None:
    later = {**CHECK, "checked_on": date(2026, 12, 1)}

    assert version(settings({"transfer": CHECK})) == version(settings({"transfer": later})) == version(settings())


# --- joint control -----------------------------------------------------------------------------------------------------------------


def test_the_arrangement_is_told_in_the_sites_words_and_its_copy_is_linked() -> None:
    using = settings({"joint_control": ESSENCE})

    assert (
        "Das Wesentliche der Vereinbarung über die gemeinsame Verantwortung (Stand 1. Oktober 2026): Wir informieren Sie."
        in section(using).get_text()
    )
    assert next((link["href"], link.get_text()) for link in section(using).select("a")) == (
        "/vereinbarung.pdf",
        "Vereinbarung über die gemeinsame Verantwortung",
    )
    assert [(link["href"], link.get_text()) for link in row(placed(using), "Gemeinsam verantwortlich").select("a")] == [
        ("/vereinbarung.pdf", "Vereinbarung über die gemeinsame Verantwortung")
    ]


def test_without_a_copy_nothing_is_linked() -> None:
    using = settings()

    assert row(placed(using), "Gemeinsam verantwortlich").select("a") == []
    assert [link["href"] for link in section(using).select("a")] == ["https://www.facebook.com/privacy/policy/"]


def test_where_there_is_no_arrangement_none_is_told() -> None:
    using = settings(platforms={"vimeo": {"joint_control": ESSENCE}})

    assert "Wir informieren Sie." not in notice(using, LANGUAGES["de"])
    assert "vereinbarung.pdf" not in notice(using, LANGUAGES["de"])


# --- storage on devices ------------------------------------------------------------------------------------------------------------

UNKNOWN = "Wie lange sie bleiben und wer sonst darauf zugreift, wissen wir nicht."
KNOWN = "speichern und auslesen. Zu Dauer und Zugriff Dritter: Zwei Jahre."


def test_what_is_known_of_storage_stands_in_place_of_what_is_not_known() -> None:
    unknown, known = settings(), settings({"storage": "Zwei Jahre."})
    record = BeautifulSoup(processing_record(known, LANGUAGES["de"]), "html.parser").get_text()

    assert UNKNOWN in row(placed(unknown), "Auf Ihrem Gerät").get_text()
    assert f"Facebook kann Daten {KNOWN}" in row(placed(known), "Auf Ihrem Gerät").get_text()
    assert f"Facebook kann dabei Daten auf Ihrem Gerät {KNOWN}" in section(known).get_text()
    assert UNKNOWN in section(unknown).get_text()
    assert UNKNOWN not in section(known).get_text() + row(placed(known), "Auf Ihrem Gerät").get_text()
    assert "Auf den Geräten der Besucherinnen und Besucher: Zwei Jahre." in record


def test_a_change_of_it_voids_older_consents() -> None:
    assert (
        len(
            {
                version(settings()),
                version(settings({"storage": "Zwei Jahre."})),
                version(settings({"storage": "Ein Jahr."})),
            }
        )
        == 3
    )


def test_of_servers_it_is_said_of_each() -> None:
    servers = {"toot.example": {**CLUB, "storage": "Ein Tag."}, "far.example": CLUB}
    using = settings(platforms={"mastodon": {"servers": servers}})

    assert "Zu Dauer und Zugriff Dritter: Ein Tag." in section(using, name="mastodon-toot\\.example").get_text()
    assert "Ein Tag." not in section(using, name="mastodon-far\\.example").get_text()


def test_words_in_another_language_than_the_page_are_marked() -> None:
    using = settings({"storage": {"de": "Zwei Jahre & mehr."}, "transfer": CHECK})
    gated, told = row(placed(using, "en"), "On your device"), section(using, "en")

    assert [(span["lang"], span.get_text()) for span in gated.select("span")] == [("de", "Zwei Jahre & mehr.")]
    assert [(span["lang"], span.get_text()) for span in told.select("span")] == [("de", "Zwei Jahre & mehr.")]
    assert section(using).select("span") == []
    assert [span["lang"] for span in section(using, "de-simple").select("span")] == ["de", "de"]


def test_a_text_without_its_language_is_in_the_sites_own() -> None:
    using = settings({"storage": "Two years."}, site={"language": "en"})

    assert section(using, "en").select("span") == []
    assert [span["lang"] for span in section(using).select("span")] == ["en"]


# --- settings that cannot be -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("platforms", "setting", "message"),
    [
        ({"facebook": {"transfer": {"checked_on": date(2026, 11, 1)}}}, "platforms.facebook.transfer.checked_by", "is missing, and"),
        ({"facebook": {"transfer": {"checked_by": "DSB"}}}, "platforms.facebook.transfer.checked_on", "is missing, and"),
        ({"facebook": {"joint_control": {"essence": "Wir."}}}, "platforms.facebook.joint_control.as_of", "is missing, and"),
        ({"facebook": {"joint_control": {"as_of": date(2026, 11, 1)}}}, "platforms.facebook.joint_control.essence", "is missing, and"),
        (
            {"facebook": {"joint_control": {"url": "https://www.facebook.com/legal/controller_addendum"}}},
            "platforms.facebook.joint_control.url",
            "leads to a platform",
        ),
        ({"facebook": {"joint_control": {"url": "vereinbarung.pdf"}}}, "platforms.facebook.joint_control.url", "or nowhere"),
        ({"facebook": {"storage": 2}}, "platforms.facebook.storage", "is not text"),
        ({"facebook": {"storage": {"de": 2}}}, "platforms.facebook.storage", "is not text"),
        ({"facebook": {"storage": {"Deutsch": "Zwei Jahre."}}}, "platforms.facebook.storage", "is not text"),
        ({"mastodon": {"storage": "Ein Tag."}}, "platforms.mastodon.storage", "anybody can run a server"),
        ({"mastodon": {"transfer": CHECK}}, "platforms.mastodon.transfer", "anybody can run a server"),
        ({"mastodon": {"joint_control": ESSENCE}}, "platforms.mastodon.joint_control", "anybody can run a server"),
    ],
)  # fmt: skip
def test_a_statement_is_whole_or_refused(platforms: dict[str, Any], setting: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message) as refused:
        settings(platforms=platforms)

    assert refused.value.setting == setting
    assert refused.value.cure
