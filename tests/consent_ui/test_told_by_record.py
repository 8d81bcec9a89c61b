"""What visitors are told of a platform's content follows from its record and from the settings, not from the platform's name."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from shariff_py.consent_ui.compliance_documents import processing_record
from shariff_py.consent_ui.gate import gate
from shariff_py.consent_ui.notice import notice
from shariff_py.consent_ui.wording import disclosed
from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.registry import REGISTRY
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES

CITY = {"name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}
CLUB = {
    "operator": "Leinauer Netzverein e. V.",
    "address": "Am Markt 1, 31999 Leinau",
    "country": "DE",
    "privacy_url": "https://toot.example/privacy-policy",
}
FIRM = {**CLUB, "operator": "Toot, Inc.", "address": "1 Main Street, Springfield", "country": "US"}
BY_CITY = {**CLUB, "operator": "Stadt Leinau", "address": "Rathausplatz 1, 31999 Leinau"}
SERVERS = {"toot.example": CLUB, "far.example": FIRM, "rathaus.example": BY_CITY, "social.leinau.example": CLUB}

SHOWN = {
    "youtube": "https://www.youtube.com/watch?v=abcdefghijk",
    "vimeo": "https://vimeo.com/123456789",
    "openstreetmap": "https://www.openstreetmap.org/#map=15/52.37/9.73",
    "facebook": "https://www.facebook.com/leinau/posts/1",
    "named": "https://toot.example/@leinau/112233445566778899",
    "far": "https://far.example/@leinau/112233445566778899",
    "city": "https://rathaus.example/@leinau/112233445566778899",
    "own": "https://social.leinau.example/@leinau/112233445566778899",
}


def settings(controller: dict[str, Any] | None = None, **more: Any) -> Settings:
    values = {
        "site": {"origin": "https://www.leinau.example", "hosts": ["www.leinau.example", "social.leinau.example"]},
        "frame": {"secrets": ["only for these tests"]},
        "releases": {name: {"state": "released"} for name in ("youtube", "vimeo", "openstreetmap", "facebook", "mastodon")},
        "controllers": {"city": {**CITY, **(controller or {})}},
        "platforms": {"mastodon": {"servers": SERVERS}},
        "services": ["mail"],
    }  # fmt: skip
    return Settings.from_mapping({**values, **more})


def words(part: Tag | None) -> str:
    assert part is not None
    return " ".join(part.get_text().split())


def placed(content: str, code: str = "de", using: Settings | None = None) -> BeautifulSoup:
    return BeautifulSoup(gate(using or settings(), LANGUAGES[code], recognise(SHOWN[content])), "html.parser")


def slot(page: BeautifulSoup, name: str) -> str:
    return words(page.select_one(f"[data-slot={name}]"))


def sections(code: str, document: str = "notice", using: Settings | None = None) -> dict[str, str]:
    """The sections of the notice, or the entries of the record, by their headings."""
    made = {"notice": notice, "record": processing_record}[document](using or settings(), LANGUAGES[code])
    found = BeautifulSoup(made, "html.parser").select("section")
    return {
        words(section.select_one("h2")).partition(": ")[2] or words(section.h2): words(section) for section in found
    }


# --- the gate, sentence by sentence ------------------------------------------------------------------------------------------------

DATA = "IP-Adresse, Browser und Gerät, Sprache, Uhrzeit, Adresse des Inhalts und "
SENT, SOMETIMES = "der Name dieser Website", "in manchen Browsern der Name dieser Website"
DATA_EN = "IP address, browser and device, language, time of day, address of the content and "
SENT_EN, SOMETIMES_EN = "the name of this website", "in some browsers the name of this website"


def effect(platform: str, recipient: str, name: str) -> str:
    return f"Ohne Klick erfährt {platform} nichts. Ein Klick zeigt den Inhalt und sendet dafür Daten an {recipient}: {DATA}{name}."


def effect_en(platform: str, recipient: str, name: str) -> str:
    return f"Without a click, {platform} learns nothing. Clicking loads the content and sends data to {recipient}: {DATA_EN}{name}."


FRAMEWORK = "Daten werden auch in den USA verarbeitet (EU-US Data Privacy Framework, geprüft am 30.11.2026)."
FRAMEWORK_EN = "Data are also processed in the USA (EU-US Data Privacy Framework, checked on 30 Nov 2026)."
RESPONSIBLE = "Verantwortlich: Stadt Leinau. Kontakt"
RESPONSIBLE_EN = "Responsible: Stadt Leinau. Contact"


@pytest.mark.parametrize(
    ("code", "content", "told", "transfer", "controller"),
    [
        ("de", "youtube", effect("YouTube", "Google Ireland Limited", SENT), FRAMEWORK, RESPONSIBLE),
        ("de", "vimeo", effect("Vimeo", "Vimeo.com, Inc.", SENT), f"{FRAMEWORK} Das ist nicht bestätigt.", RESPONSIBLE),
        (
            "de",
            "openstreetmap",
            effect("OpenStreetMap", "OpenStreetMap Foundation", SOMETIMES),
            "Daten werden auch im Vereinigten Königreich verarbeitet (UK Adequacy Decision, geprüft am 30.11.2026).",
            RESPONSIBLE,
        ),
        (
            "de",
            "named",
            effect("toot.example", "Leinauer Netzverein e. V.", SOMETIMES),
            "Sitz des Empfängers: Deutschland. Dort gilt das Datenschutzrecht der EU.",
            RESPONSIBLE,
        ),
        (
            "de",
            "far",
            effect("far.example", "Toot, Inc.", SOMETIMES),
            "Sitz des Empfängers: Vereinigte Staaten. Daten können die EU verlassen; auf welcher Grundlage, wissen wir nicht.",
            RESPONSIBLE,
        ),
        (
            "de",
            "facebook",
            effect("Facebook", "Meta Platforms Ireland Limited", SOMETIMES),
            FRAMEWORK,
            "Verantwortlich: Stadt Leinau, für die Übermittlung gemeinsam mit Facebook. Kontakt",
        ),
        ("en", "youtube", effect_en("YouTube", "Google Ireland Limited", SENT_EN), FRAMEWORK_EN, RESPONSIBLE_EN),
        ("en", "vimeo", effect_en("Vimeo", "Vimeo.com, Inc.", SENT_EN), f"{FRAMEWORK_EN} This is not confirmed.", RESPONSIBLE_EN),
        (
            "en",
            "openstreetmap",
            effect_en("OpenStreetMap", "OpenStreetMap Foundation", SOMETIMES_EN),
            "Data are also processed in the United Kingdom (UK Adequacy Decision, checked on 30 Nov 2026).",
            RESPONSIBLE_EN,
        ),
        (
            "en",
            "named",
            effect_en("toot.example", "Leinauer Netzverein e. V.", SOMETIMES_EN),
            "Seat of the recipient: Germany. EU data protection law applies there.",
            RESPONSIBLE_EN,
        ),
        (
            "en",
            "facebook",
            effect_en("Facebook", "Meta Platforms Ireland Limited", SOMETIMES_EN),
            FRAMEWORK_EN,
            "Responsible: Stadt Leinau, for the transmission jointly with Facebook. Contact",
        ),
    ],
)  # fmt: skip
def test_a_gate_tells_what_the_record_says(code: str, content: str, told: str, transfer: str, controller: str) -> None:
    page = placed(content, code)

    assert [slot(page, "effect"), slot(page, "transfer")] == [told, transfer]
    assert slot(page, "controller").startswith(controller)


@pytest.mark.parametrize("content", ["own", "city"])
def test_a_server_on_a_host_of_the_site_or_run_by_its_controller_is_told_as_its_own(content: str) -> None:
    host = {"own": "social.leinau.example", "city": "rathaus.example"}[content]
    german, english = placed(content), placed(content, "en")

    assert slot(german, "effect") == (
        f"Ein Klick lädt den Inhalt von unserem eigenen Server {host} und sendet ihm dafür Daten: {DATA}{SOMETIMES}. "
        "Er kann Daten auf Ihrem Gerät speichern."
    )
    assert slot(english, "effect") == (
        f"Clicking loads the content from our own server {host} and sends data to it: {DATA_EN}{SOMETIMES_EN}. "
        "It can store data on your device."
    )
    assert german.select("[data-slot=use], [data-slot=transfer]") == []
    assert words(german.select_one("h2")).startswith("Beitrag von Mastodon: noch nicht geladen")
    assert words(german.select_one("button")).startswith(f"Laden und Daten an {host} senden")


# --- the notice and the record -----------------------------------------------------------------------------------------------------

BASIS = "Daten können auch {} verarbeitet werden. Grundlage dafür ist: {} (zuletzt geprüft am 30.11.2026)."
BASIS_EN = "Data may also be processed {}. The basis for this is: {} (last checked on 30 Nov 2026)."
WE_ALONE = "Für das Übermitteln der Daten sind wir verantwortlich, für alles Weitere der Empfänger."
WE_ALONE_EN = "For transmitting the data we are responsible; for everything further, the recipient is."
GOOGLE_AT = "Google Ireland Limited, Gordon House, Barrow Street, Dublin 4, Ireland"
VIMEO_AT = "Vimeo.com, Inc., 330 West 34th Street, New York, NY 10001, USA"
OSM_AT = "OpenStreetMap Foundation, St John’s Innovation Centre, Cowley Road, Cambridge CB4 0WS, United Kingdom"
META_AT = "Meta Platforms Ireland Limited, Merrion Road, Dublin 4, D04 X2K5, Ireland"
DPF, DPF_EN = (f"EU-US Data Privacy Framework, {word} (EU) 2023/1795" for word in ("Beschluss", "Decision"))
UK, UK_EN = (f"UK Adequacy Decision, {word} (EU) 2021/1772, (EU) 2025/2574" for word in ("Beschluss", "Decision"))


@pytest.mark.parametrize(
    ("code", "platform", "sentences"),
    [
        ("de", "YouTube", [f"Empfänger ist {GOOGLE_AT}. {WE_ALONE}", BASIS.format("in den USA", DPF), f"{DATA}{SENT}"]),
        ("en", "YouTube", [f"The recipient is {GOOGLE_AT}. {WE_ALONE_EN}", BASIS_EN.format("in the USA", DPF_EN), f"{DATA_EN}{SENT_EN}"]),
        (
            "de",
            "Vimeo",
            [
                f"Empfänger ist {VIMEO_AT}. {WE_ALONE}",
                "Name oder Anschrift des Empfängers konnten wir nicht bestätigen.",
                f"{BASIS.format('in den USA', DPF)} Das ist nicht bestätigt.",
                f"{DATA}{SENT}",
            ],
        ),
        (
            "en",
            "Vimeo",
            [
                f"The recipient is {VIMEO_AT}. {WE_ALONE_EN}",
                "We could not confirm the name or the address of the recipient.",
                f"{BASIS_EN.format('in the USA', DPF_EN)} This is not confirmed.",
                f"{DATA_EN}{SENT_EN}",
            ],
        ),
        ("de", "OpenStreetMap", [f"Empfänger ist {OSM_AT}. {WE_ALONE}", BASIS.format("im Vereinigten Königreich", UK), f"{DATA}{SOMETIMES}"]),
        (
            "en",
            "OpenStreetMap",
            [f"The recipient is {OSM_AT}. {WE_ALONE_EN}", BASIS_EN.format("in the United Kingdom", UK_EN), f"{DATA_EN}{SOMETIMES_EN}"],
        ),
        (
            "de",
            "Facebook",
            [
                f"Empfänger ist {META_AT}. Für das Erheben und Übermitteln der Daten sind wir gemeinsam mit Meta Platforms Ireland Limited "
                "verantwortlich, für alles Weitere Meta Platforms Ireland Limited allein.",
                BASIS.format("in den USA", DPF),
                f"{DATA}{SOMETIMES}",
                "Vereinbarung über die gemeinsame Verantwortung",
            ],
        ),
        (
            "en",
            "Facebook",
            [
                f"The recipient is {META_AT}. For collecting and transmitting the data we are jointly responsible with Meta Platforms Ireland "
                "Limited; for everything further, Meta Platforms Ireland Limited alone is.",
                BASIS_EN.format("in the USA", DPF_EN),
                "Arrangement on joint responsibility",
            ],
        ),
    ],
)  # fmt: skip
def test_the_notice_tells_what_the_record_says(code: str, platform: str, sentences: list[str]) -> None:
    told = sections(code)[{"de": f"Inhalte von {platform}", "en": f"Content from {platform}"}[code]]

    assert [sentence for sentence in sentences if sentence not in told] == []


# --- joint control -----------------------------------------------------------------------------------------------------------------

JOINTLY = {"de": "gemeinsam", "en": "jointly"}


@pytest.mark.parametrize("code", ["de", "en"])
def test_only_who_has_an_arrangement_is_called_jointly_responsible(code: str) -> None:
    using = settings()
    told = {content: str(gate(using, LANGUAGES[code], recognise(address))) for content, address in SHOWN.items()}
    for document in ("notice", "record"):
        told |= {f"{document}: {heading}": text for heading, text in sections(code, document).items()}

    jointly = [name for name, text in told.items() if JOINTLY[code] in text.lower()]

    assert len(told) == 8 + 8 + 8
    assert [name.rpartition(" ")[2].lower() for name in jointly] == ["facebook"] * 3


@pytest.mark.parametrize("code", ["de", "en"])
def test_so_it_is_with_every_platform_that_shows_content(code: str) -> None:
    shown = [record for record in REGISTRY.values() if any(kind.becomes == "gate" for kind in record.embeds)]
    using = settings(releases={record.name: {"state": "released"} for record in shown})
    of_meta = {"Facebook", "Instagram", "Threads"}

    for document in ("notice", "record"):
        told = sections(code, document, using)
        jointly = {heading.split()[-1] for heading, text in told.items() if JOINTLY[code] in text.lower()}
        assert {"Facebook", "Instagram"} <= jointly <= of_meta
        assert len(told) >= 8


def test_only_its_arrangement_is_linked() -> None:
    links = {content: placed(content).select("a[href*=controller_addendum]") for content in SHOWN}

    assert [content for content, found in links.items() if found] == ["facebook"]
    assert all(link["href"] for link in BeautifulSoup(notice(settings(), LANGUAGES["de"]), "html.parser").select("a"))


# --- cookies -----------------------------------------------------------------------------------------------------------------------


def test_where_frames_need_cookies_nothing_says_that_they_are_held_back_nor_offers_them() -> None:
    needed, held = (placed(content, using=settings({"offer_login": True})) for content in ("youtube", "vimeo"))

    assert slot(needed, "cookies") == (
        "Auch Cookies, an denen YouTube Sie erkennt, können dabei sein. In einem eigenen Fenster erfährt YouTube nichts von dieser Website."
    )
    assert needed.select("[data-cookies], [data-option=login]") == []
    assert [part["data-cookies"] for part in held.select("[data-cookies]")] == ["held", "sent"]
    assert len(held.select("[data-option=login]")) == 1


def test_neither_the_notice_nor_the_record_promises_what_its_frames_do_not_do() -> None:
    told = sections("de", using=settings({"offer_login": True}))
    filed = sections("de", "record")

    assert {name: "mit meiner Anmeldung laden" in told[f"Inhalte von {name}"] for name in ("YouTube", "Vimeo")} == {
        "YouTube": False,
        "Vimeo": True,
    }
    assert {name: "lädt ohne Anmeldung" in filed[f"Inhalte von {name}"] for name in ("YouTube", "Vimeo")} == {
        "YouTube": False,
        "Vimeo": True,
    }


def test_a_name_that_stands_in_the_address_of_the_frame_is_told_as_sent() -> None:
    embed = recognise("https://www.twitch.tv/videos/1234567890")

    assert embed.kind_record.referrer == "no-referrer"
    assert disclosed(embed.record, LANGUAGES["en"], embed.kind_record) == DATA_EN + SENT_EN
    assert disclosed(embed.record, LANGUAGES["de"]) == DATA + SENT
