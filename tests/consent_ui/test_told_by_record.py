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


def first_layer(page: BeautifulSoup) -> list[str]:
    """Who receives what, and who answers."""
    effect, answers = (
        page.select_one("form > p[id$=-text]"),
        page.select_one("form > div[data-when=asking] > .shariff-note"),
    )
    return [words(effect), words(answers).rpartition("Klick. ")[2].rpartition("click. ")[2]]


def row(page: BeautifulSoup, heading: str) -> str:
    """The text of one row of the list; empty where there is none."""
    found = [words(term.find_next_sibling("dd")) for term in page.select("dt") if term.get_text() == heading]
    return found[0] if found else ""


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

RESPONSIBLE, RESPONSIBLE_EN = "Verantwortlich: Stadt Leinau.", "Responsible: Stadt Leinau."
BASIS = "EU-US Data Privacy Framework, Beschluss (EU) 2023/1795."
BASIS_EN = "EU-US Data Privacy Framework, Decision (EU) 2023/1795."
UK = "Angemessenheitsbeschluss für das Vereinigte Königreich, Beschluss (EU) 2021/1772, (EU) 2025/2574."
UK_EN = "UK Adequacy Decision, Decision (EU) 2021/1772, (EU) 2025/2574."
UNCHECKED, UNCHECKED_EN = "Von uns noch nicht geprüft.", "Not yet checked by us."


def effect(receiver: str) -> str:
    return f"Beim Laden erhält {receiver} unter anderem Ihre IP-Adresse und Angaben zu Ihrem Gerät und kann sie für eigene Zwecke nutzen."


def effect_en(receiver: str) -> str:
    return f"On loading, {receiver} receives your IP address and device details, among other data, and may use them for its own purposes."


@pytest.mark.parametrize(
    ("code", "content", "receiver", "answers", "data", "where", "transfer"),
    [
        ("de", "youtube", "YouTube (Google, Irland und USA)", RESPONSIBLE, SENT, "USA", f"{BASIS} {UNCHECKED}"),
        ("de", "vimeo", "Vimeo (USA)", RESPONSIBLE, SENT, "USA", f"{BASIS} Das ist nicht bestätigt."),
        (
            "de", "openstreetmap", "OpenStreetMap (OpenStreetMap Foundation, Vereinigtes Königreich)", RESPONSIBLE, SOMETIMES,
            "Vereinigtes Königreich", f"{UK} {UNCHECKED}",
        ),
        (
            "de", "named", "toot.example (Leinauer Netzverein e. V., Deutschland)", RESPONSIBLE, SOMETIMES,
            "Sitz des Empfängers", "Deutschland. Dort gilt das Datenschutzrecht der EU.",
        ),
        (
            "de", "far", "far.example (Toot, Inc., USA)", RESPONSIBLE, SOMETIMES,
            "Sitz des Empfängers", "USA. Daten können die EU verlassen; auf welcher Grundlage, wissen wir nicht.",
        ),
        (
            "de", "facebook", "Facebook (Meta, Irland und USA)", "Verantwortlich: Stadt Leinau, gemeinsam mit Meta.", SOMETIMES,
            "USA", f"{BASIS} {UNCHECKED}",
        ),
        ("en", "youtube", "YouTube (Google, Ireland and USA)", RESPONSIBLE_EN, SENT_EN, "USA", f"{BASIS_EN} {UNCHECKED_EN}"),
        ("en", "vimeo", "Vimeo (USA)", RESPONSIBLE_EN, SENT_EN, "USA", f"{BASIS_EN} This is not confirmed."),
        (
            "en", "openstreetmap", "OpenStreetMap (OpenStreetMap Foundation, United Kingdom)", RESPONSIBLE_EN, SOMETIMES_EN,
            "United Kingdom", f"{UK_EN} {UNCHECKED_EN}",
        ),
        (
            "en", "named", "toot.example (Leinauer Netzverein e. V., Germany)", RESPONSIBLE_EN, SOMETIMES_EN,
            "Seat of the recipient", "Germany. EU data protection law applies there.",
        ),
        (
            "en", "facebook", "Facebook (Meta, Ireland and USA)", "Responsible: Stadt Leinau, jointly with Meta.", SOMETIMES_EN,
            "USA", f"{BASIS_EN} {UNCHECKED_EN}",
        ),
    ],
)  # fmt: skip
def test_a_gate_tells_what_the_record_says(
    code: str, content: str, receiver: str, answers: str, data: str, where: str, transfer: str
) -> None:
    page = placed(content, code)
    german = code == "de"

    assert first_layer(page) == [(effect if german else effect_en)(receiver), answers]
    assert row(page, "Daten" if german else "Data").startswith((DATA if german else DATA_EN) + data + ";")
    assert row(page, where) == transfer


@pytest.mark.parametrize("content", ["own", "city"])
def test_a_server_on_a_host_of_the_site_or_run_by_its_controller_is_told_as_its_own(content: str) -> None:
    host = {"own": "social.leinau.example", "city": "rathaus.example"}[content]
    german, english = placed(content), placed(content, "en")

    assert first_layer(german) == [
        f"Beim Laden erhält unser eigener Server {host} unter anderem Ihre IP-Adresse und Angaben zu Ihrem Gerät.",
        RESPONSIBLE,
    ]
    assert first_layer(english)[0] == (
        f"On loading, our own server {host} receives your IP address and device details, among other data."
    )
    assert row(german, "Zwecke") == "Den Inhalt zeigen."
    assert row(german, "USA") == row(german, "Sitz des Empfängers") == ""


# --- the notice and the record -----------------------------------------------------------------------------------------------------

BY = "Daten können außerhalb der EU verarbeitet werden ({}). Grundlage dafür ist: {}"
BY_EN = "Data may be processed outside the EU ({}). The basis for this is: {}"
WE_ALONE = "Für das Übermitteln der Daten sind wir verantwortlich, für alles Weitere der Empfänger."
WE_ALONE_EN = "We are responsible for transmitting the data; the recipient is responsible for everything else."
GOOGLE_AT = "Google Ireland Limited, Gordon House, Barrow Street, Dublin 4, {}"
VIMEO_AT = "Vimeo.com, Inc., 330 West 34th Street, New York, NY 10001, USA"
OSM_AT = "OpenStreetMap Foundation, St John’s Innovation Centre, Cowley Road, Cambridge CB4 0WS, {}"
META_AT = "Meta Platforms Ireland Limited, Merrion Road, Dublin 4, D04 X2K5, {}"


@pytest.mark.parametrize(
    ("code", "platform", "sentences"),
    [
        ("de", "YouTube", [f"Empfänger ist {GOOGLE_AT.format('Irland')}. {WE_ALONE}", f"{BY.format('USA', BASIS)} {UNCHECKED}", f"{DATA}{SENT}"]),
        ("en", "YouTube", [f"The recipient is {GOOGLE_AT.format('Ireland')}. {WE_ALONE_EN}", f"{BY_EN.format('USA', BASIS_EN)} {UNCHECKED_EN}", f"{DATA_EN}{SENT_EN}"]),
        (
            "de",
            "Vimeo",
            [
                f"Empfänger ist {VIMEO_AT}. {WE_ALONE}",
                "Name oder Anschrift des Empfängers konnten wir nicht bestätigen.",
                f"{BY.format('USA', BASIS)} Das ist nicht bestätigt.",
                f"{DATA}{SENT}",
            ],
        ),
        (
            "en",
            "Vimeo",
            [
                f"The recipient is {VIMEO_AT}. {WE_ALONE_EN}",
                "We could not confirm the name or the address of the recipient.",
                f"{BY_EN.format('USA', BASIS_EN)} This is not confirmed.",
                f"{DATA_EN}{SENT_EN}",
            ],
        ),
        ("de", "OpenStreetMap", [f"Empfänger ist {OSM_AT.format('Vereinigtes Königreich')}. {WE_ALONE}", f"{BY.format('Vereinigtes Königreich', UK)} {UNCHECKED}", f"{DATA}{SOMETIMES}"]),
        (
            "en",
            "OpenStreetMap",
            [f"The recipient is {OSM_AT.format('United Kingdom')}. {WE_ALONE_EN}", f"{BY_EN.format('United Kingdom', UK_EN)} {UNCHECKED_EN}", f"{DATA_EN}{SOMETIMES_EN}"],
        ),
        (
            "de",
            "Facebook",
            [
                f"Empfänger ist {META_AT.format('Irland')}. Für das Erheben und Übermitteln der Daten sind wir gemeinsam mit Meta Platforms Ireland Limited "
                "verantwortlich, für alles Weitere Meta Platforms Ireland Limited allein.",
                f"{BY.format('USA', BASIS)} {UNCHECKED}",
                f"{DATA}{SOMETIMES}",
            ],
        ),
        (
            "en",
            "Facebook",
            [
                f"The recipient is {META_AT.format('Ireland')}. For collecting and transmitting the data we are jointly responsible with Meta Platforms Ireland "
                "Limited; for everything further, Meta Platforms Ireland Limited alone is.",
                f"{BY_EN.format('USA', BASIS_EN)} {UNCHECKED_EN}",
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

    assert len(told) == 8 + 9 + 8  # The notice has one on rights.
    assert [name.rpartition(" ")[2].lower() for name in jointly] == ["facebook"] * 3


@pytest.mark.slow
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


def test_nothing_links_to_a_platform_for_its_arrangement() -> None:
    pages = [placed(content) for content in SHOWN] + [BeautifulSoup(notice(settings(), LANGUAGES["de"]), "html.parser")]

    assert [link["href"] for page in pages for link in page.select("a[href*=controller_addendum]")] == []


# --- cookies -----------------------------------------------------------------------------------------------------------------------


def test_where_frames_need_cookies_nothing_says_that_they_are_held_back_nor_offers_them() -> None:
    needed, held = (placed(content, using=settings({"offer_login": True})) for content in ("youtube", "vimeo"))

    assert row(needed, "Daten").endswith(
        "nicht die Adresse dieser Seite. Ihr Browser kann Cookies mitsenden, an denen YouTube Sie erkennt."
    )
    assert needed.select("[data-when=held], [data-when=sent], input[name=login]") == []
    assert [part["data-when"] for part in held.select("[data-when=held], [data-when=sent]")] == ["held", "sent"]
    assert len(held.select("input[name=login]")) == 1


def test_neither_the_notice_nor_the_record_promises_what_its_frames_do_not_do() -> None:
    told = sections("de", using=settings({"offer_login": True}))
    filed = sections("de", "record")

    assert {name: f"Mit meinem {name}-Konto laden" in told[f"Inhalte von {name}"] for name in ("YouTube", "Vimeo")} == {
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
