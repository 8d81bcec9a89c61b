"""No setting makes a sentence of the gate, the notice or the record untrue."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup

from shariff_py.consent_ui.compliance_documents import information_as_data, processing_record
from shariff_py.consent_ui.consents import consents
from shariff_py.consent_ui.gate import gate
from shariff_py.consent_ui.notice import notice
from shariff_py.consent_ui.share import share_bar
from shariff_py.consent_ui.wording import ended
from shariff_py.errors import ConfigurationError
from shariff_py.platforms.recognition import recognise
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES

CITY = {"name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}
REMEMBERING = {"city": {**CITY, "remember_days": 30, "offer_login": True}}
GIST = "https://gist.github.com/leinau/0123456789abcdef0123456789abcdef"
FILM = "https://vimeo.com/123456789"
PAGE = "https://www.facebook.com/leinau/posts/1"


def settings(*released: str, **more: Any) -> Settings:
    values = {
        "site": {"origin": "https://www.leinau.example"},
        "frame": {"secrets": ["only for these tests"]},
        "releases": {name: {"state": "released"} for name in released},
        "controllers": {"city": CITY},
        "services": ["mail"],
    }
    return Settings.from_mapping({**values, **more})


def words(markup: str) -> str:
    return " ".join(BeautifulSoup(markup, "html.parser").get_text(" ").split())


def headings(markup: str) -> list[str]:
    return [heading.get_text() for heading in BeautifulSoup(markup, "html.parser").select("h2")]


# --- consents that are remembered --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("controllers", [{"city": CITY}, REMEMBERING], ids=["once", "remembered"])
def test_what_loads_by_a_stored_consent_is_not_said_to_need_a_click(controllers: dict[str, Any]) -> None:
    using = settings("facebook", controllers=controllers)
    told, filed = words(notice(using, LANGUAGES["de"])), words(processing_record(using, LANGUAGES["de"]))

    assert "Ohne Ihre Einwilligung laden unsere Seiten nichts von Facebook." in told
    assert "Erst nach Ihrer Einwilligung stellt Ihr Browser eine Verbindung" in told
    assert "Kein Kontakt ohne Einwilligung" in filed
    assert re.findall(r"von sich aus|(?:vor|beim?) (?:dem|einem)? ?Klick|klicken", told + filed) == []
    assert ("Inhalte von Facebook laden dann ohne weiteren Klick." in told) is (controllers is REMEMBERING)


def test_the_stored_entry_is_told_whole() -> None:
    told = words(notice(settings("facebook", controllers=REMEMBERING), LANGUAGES["de"]))

    assert (
        "für höchstens 30 Tage einen Eintrag ohne Kennung: Plattform, verantwortliche Stelle, Fassung dieser Angaben, Tag der Einwilligung "
        "und letzter Tag."
    ) in told


def test_the_list_says_how_far_a_consent_reaches_with_and_without_the_tick() -> None:
    once, kept = (
        BeautifulSoup(
            gate(settings("facebook", controllers=who), LANGUAGES["de"], recognise(PAGE)), "html.parser"
        ).select("dd")[-1]
        for who in ({"city": CITY}, REMEMBERING)
    )
    fresh, stored = (part.get_text() for part in kept.select("span"))

    assert once.get_text().startswith(
        "Hier jederzeit. Ihre Einwilligung gilt nur für diesen Inhalt, bis Sie ihn entfernen"
    )
    assert fresh.startswith("Hier jederzeit. Ohne „merken“ gilt Ihre Einwilligung nur für diesen Inhalt, bis Sie ihn")
    assert stored.startswith(
        "Hier jederzeit. Dieser Browser hat Ihre Einwilligung für höchstens 30 Tage gespeichert. Alle Facebook-Inhalte laden so lange ohne "
        "weiteren Klick (verantwortlich: Stadt Leinau)."
    )


@pytest.mark.parametrize("code", LANGUAGES)
def test_in_every_language_a_list_beside_the_tick_box_says_something_else_than_one_without(code: str) -> None:
    rows = [
        information_as_data(settings("facebook", controllers=who), LANGUAGES[code])[0]["slots"]["withdrawal"]
        for who in ({"city": CITY}, REMEMBERING)
    ]

    assert rows[0] != rows[1]
    assert LANGUAGES[code].texts["details.withdrawal_sent"] in rows[1]


def test_without_script_nobody_denies_that_earlier_entries_stay() -> None:
    told = words(consents(settings("facebook", controllers=REMEMBERING), LANGUAGES["de"]))

    assert (
        "Ohne JavaScript speichern wir nichts, und nichts lädt von selbst. Früher Gespeichertes bleibt, bis Sie es im Browser löschen."
    ) in told


def test_one_day_is_refused_because_the_texts_speak_of_days() -> None:
    with pytest.raises(ConfigurationError, match="between 2 and 180 days, or 0") as refused:
        settings("facebook", controllers={"city": {**CITY, "remember_days": 1}})

    assert "controllers.city.remember_days" in str(refused.value)
    assert (
        settings("facebook", controllers={"city": {**CITY, "remember_days": 2}}).controllers["city"].remember_days == 2
    )


# --- content that only a script shows ----------------------------------------------------------------------------------------------


def test_what_a_script_shows_is_neither_remembered_nor_shown_with_a_login_in_any_document() -> None:
    frame = {"secrets": ["only for these tests"], "isolated_origin": "https://content.example.net"}
    using = settings("gist", controllers=REMEMBERING, frame=frame)
    shown = gate(using, LANGUAGES["de"], recognise(GIST))
    documents = [words(made(using, LANGUAGES["de"])) for made in (notice, processing_record)]

    assert information_as_data(using, LANGUAGES["de"])[0]["days"] == 0
    assert ["merken" in text or "Tage" in text or "wählt" in text or "Konto laden" in text for text in documents] == [
        False,
        False,
    ]
    assert re.findall("data-days|name=.login|shariff-remember", shown) == []


def test_without_an_isolated_host_there_is_no_button_and_nothing_is_told_of_one() -> None:
    using = settings("gist")

    assert gate(using, LANGUAGES["de"], recognise(GIST)).count("<button") == 0
    assert notice(using, LANGUAGES["de"]).strip() == processing_record(using, LANGUAGES["de"]).strip() == ""


def test_where_nobody_answers_for_the_pages_nothing_is_told_of_a_button() -> None:
    using = settings("facebook", controllers={}, services=["facebook"])

    assert headings(notice(using, LANGUAGES["de"])) == ["Auf Facebook teilen", "Ihre Rechte und wen Sie fragen können"]
    assert "Schaltfläche" not in words(notice(using, LANGUAGES["de"]))
    assert "wer für diese Seiten verantwortlich ist (controllers)" in words(notice(using, LANGUAGES["de"])).replace(
        "( ", "("
    ).replace(" )", ")")


def test_the_record_says_that_a_login_can_be_chosen_where_it_can() -> None:
    chosen, without = (
        words(processing_record(settings("vimeo", controllers=who), LANGUAGES["en"]))
        for who in (REMEMBERING, {"city": CITY})
    )

    assert "without login where the browser can do so and the visitor does not choose the login." in chosen
    assert "without login where the browser can do so. " in without


# --- links to share with -----------------------------------------------------------------------------------------------------------


def test_every_service_that_a_share_link_leads_to_is_told_of() -> None:
    services = ("whatsapp", "telegram", "mastodon", "facebook", "mail", "print")
    using = settings("whatsapp", "telegram", "mastodon", "facebook", controllers={}, services=services)

    assert headings(notice(using, LANGUAGES["de"])) == [
        "Per WhatsApp senden",
        "Per Telegram senden",
        "Auf Mastodon teilen",
        "Auf Facebook teilen",
        "Ihre Rechte und wen Sie fragen können",
    ]
    assert "Beim Anklicken öffnet sich WhatsApp und erhält Ihre IP-Adresse" in words(notice(using, LANGUAGES["de"]))


def test_a_share_page_of_the_sites_own_is_nobody_else() -> None:
    page = {"mastodon": {"share_page": "https://www.leinau.example/teilen?text={url}"}}

    assert notice(settings("mastodon", services=["mastodon"], platforms=page), LANGUAGES["de"]).strip() == ""


# --- what is not known, or not checked ---------------------------------------------------------------------------------------------


def test_a_name_that_is_not_confirmed_is_told_as_such_in_the_list() -> None:
    vimeo, facebook = (
        BeautifulSoup(gate(settings("vimeo", "facebook"), LANGUAGES["de"], recognise(url)), "html.parser").select_one(
            "dd"
        )
        for url in (FILM, PAGE)
    )

    assert vimeo is not None
    assert facebook is not None
    assert vimeo.get_text() == "Vimeo.com, Inc. Das ist nicht bestätigt."
    assert facebook.get_text() == "Meta Platforms Ireland Limited"


def test_a_basis_that_the_site_has_not_checked_is_not_told_as_checked() -> None:
    check = {"facebook": {"transfer": {"checked_on": "2026-11-30", "checked_by": "Datenschutzbeauftragte"}}}
    told = [words(notice(settings("facebook", platforms=own), LANGUAGES["de"])) for own in ({}, check)]

    assert ["Von uns noch nicht geprüft." in text for text in told] == [True, False]
    assert ["Zuletzt geprüft am 30. November 2026 (Datenschutzbeauftragte)." in text for text in told] == [False, True]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("de", "Standardvertragsklauseln"),
        ("fr", "Clauses contractuelles types"),
        ("en", "Standard Contractual Clauses"),
    ],
)
def test_the_basis_has_its_name_in_the_language(code: str, name: str) -> None:
    slots = information_as_data(settings("linkedin"), LANGUAGES[code])[0]["slots"]

    assert slots["transfer"].startswith(f"{name}, ")


def test_a_host_of_a_platform_that_may_load_without_consent_is_named_at_the_end() -> None:
    page = BeautifulSoup(
        notice(settings("vimeo", "facebook", gate={"allow": ["player.vimeo.com"]}), LANGUAGES["de"]), "html.parser"
    )

    assert [line.get_text() for line in page.select("li") if "gate.allow" in line.get_text()] == [
        "dass unsere Seiten auch ohne Ihre Einwilligung von Vimeo laden dürfen (gate.allow)"
    ]


# --- the site's own words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Ein Tag; niemand sonst", "Ein Tag; niemand sonst."),
        ("Ein Tag.", "Ein Tag."),
        ("„Ein Tag.“", "„Ein Tag.“"),
        ("Ein Tag (Cookies)", "Ein Tag (Cookies)."),
        ("保存しません", "保存しません。"),
        ("保存しません。", "保存しません。"),
    ],
)
def test_what_the_site_says_ends_with_a_full_stop(said: str, told: str) -> None:
    row = information_as_data(settings("facebook", platforms={"facebook": {"storage": said}}), LANGUAGES["de"])

    assert ended(said) == told
    assert f"Zu Dauer und Zugriff Dritter: {told} Wir selbst speichern nichts." in row[0]["slots"]["device"].replace(
        "。W", "。 W"
    )


# --- hosts that may be contacted without consent -----------------------------------------------------------------------------------

SERVER = {
    "operator": "Rechenzentrum Leinau",
    "address": "Am Markt 1, 31999 Leinau",
    "country": "DE",
    "privacy_url": "https://social.leinau.example/privacy-policy",
}
ASKED = (
    "Ohne Ihre Einwilligung laden",
    "Erst nach Ihrer Einwilligung",
    "Kein Kontakt ohne Einwilligung",
    "kein Skript von",
)


def promises(using: Settings) -> list[str]:
    """What notice and record promise of contacts before consent."""
    told = words(notice(using, LANGUAGES["de"])) + words(processing_record(using, LANGUAGES["de"]))
    return [promise for promise in ASKED if promise in told]


def lacking(using: Settings) -> list[str]:
    """What the notice lists of ``gate.allow``."""
    page = BeautifulSoup(notice(using, LANGUAGES["de"]), "html.parser")
    return [line.get_text() for line in page.select("li") if "gate.allow" in line.get_text()]


def test_where_a_platform_may_load_without_consent_nothing_promises_that_it_does_not() -> None:
    held, let = settings("vimeo"), settings("vimeo", gate={"allow": ["player.vimeo.com"]})

    assert promises(held) == list(ASKED)
    assert promises(let) == []
    assert "Diese Website lässt Inhalte von Vimeo auch ohne Einwilligung zu" in words(
        processing_record(let, LANGUAGES["de"])
    )


def test_a_server_that_may_load_without_consent_is_named_too() -> None:
    servers = {"mastodon": {"servers": {"toot.example": SERVER}}}
    let = settings("mastodon", platforms=servers, gate={"allow": ["*.example.org", "toot.example"]})

    assert promises(settings("mastodon", platforms=servers)) == list(ASKED)
    assert promises(let) == []
    assert lacking(let) == ["dass unsere Seiten auch ohne Ihre Einwilligung von toot.example laden dürfen (gate.allow)"]


def test_it_is_named_without_a_release_too() -> None:
    let = settings(gate={"allow": ["player.vimeo.com"]})

    assert lacking(let) == ["dass unsere Seiten auch ohne Ihre Einwilligung von Vimeo laden dürfen (gate.allow)"]
    assert headings(notice(let, LANGUAGES["de"])) == ["Ihre Rechte und wen Sie fragen können"]


def test_of_a_server_on_a_host_of_the_site_only_its_content_is_promised_to_wait() -> None:
    site = {"origin": "https://www.leinau.example", "hosts": ["www.leinau.example", "social.leinau.example"]}
    own = settings("mastodon", site=site, platforms={"mastodon": {"servers": {"social.leinau.example": SERVER}}})

    assert promises(own) == []
    assert "Statt des Inhalts sehen Sie einen Hinweis mit einer Schaltfläche." in words(notice(own, LANGUAGES["de"]))
    assert "Nach einer Einwilligung lädt der Inhalt in einem Rahmen" in words(processing_record(own, LANGUAGES["de"]))


# --- what else a recipient learns, and for how long --------------------------------------------------------------------------------


def test_the_notice_says_what_is_known_of_how_long_data_are_kept() -> None:
    told = words(notice(settings("facebook"), LANGUAGES["de"]))

    assert "Wie lange Meta Platforms Ireland Limited diese Daten aufbewahrt, wissen wir nicht." in told


def test_the_record_tells_what_a_login_sends_and_counts_whoever_may_share() -> None:
    login, without = (
        words(processing_record(settings("vimeo", controllers=who), LANGUAGES["de"]))
        for who in (REMEMBERING, {"city": CITY})
    )
    counts = words(processing_record(settings("pinterest"), LANGUAGES["de"]))

    assert ["außerdem Cookies und das Konto bei Vimeo" in text for text in (login, without)] == [True, False]
    assert "Zahlen zu eigenen Seiten abrufen, ohne Daten von Besucherinnen und Besuchern." in counts


def test_the_record_tells_the_whole_decision() -> None:
    release = {
        "state": "released",
        "since": "2026-10-01",
        "reference": "Drs. 12/2026",
        "conditions": "Nur eigene Kanäle.",
    }

    assert (
        "Entscheidung über die Plattform: freigegeben, seit 1. Oktober 2026, Drs. 12/2026, Nur eigene Kanäle."
        in words(processing_record(settings(releases={"vimeo": release}), LANGUAGES["de"]))
    )


def test_a_share_link_to_the_readers_own_server_says_so_and_names_no_country() -> None:
    using = settings("mastodon", "facebook", services=["mastodon", "facebook"])
    bar = words(share_bar(using, LANGUAGES["de"], url="https://www.leinau.example/fest", counts={}))

    assert "Mit JavaScript nennen Sie zuerst Ihren eigenen Server; dann erhält dieser die Angaben." in words(
        notice(using, LANGUAGES["de"])
    )
    assert "Führt zu anderen Anbietern: Facebook (mögliches Ziel der Daten: USA); Mastodon." in bar


def test_a_share_page_is_named_by_its_host_wherever_it_is_told() -> None:
    page = {"mastodon": {"share_page": "https://social.example.org/share?text={url}"}}
    using = settings("mastodon", services=["mastodon"], platforms=page, share={"link_mode": "notice"})
    bar = words(share_bar(using, LANGUAGES["de"], url="https://www.leinau.example/fest", counts={}))

    assert "Beim Anklicken öffnet sich social.example.org und erhält" in words(notice(using, LANGUAGES["de"]))
    assert "Dort erfährt social.example.org Ihre IP-Adresse" in bar
    assert "Cookies mit, die er von social.example.org gespeichert hat." in bar


def test_the_list_of_consents_promises_of_none_that_it_holds() -> None:
    told = words(consents(settings("facebook", controllers=REMEMBERING), LANGUAGES["de"]))
    listed = consents(settings("facebook", controllers=REMEMBERING), LANGUAGES["de"])

    assert "Deshalb merken wir uns hier nichts. Gespeichertes wenden wir deshalb nicht an." in told
    assert "gespeichert am {granted}, bleibt höchstens bis {expires}" in listed
