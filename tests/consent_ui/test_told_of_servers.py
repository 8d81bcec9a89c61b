"""Where anybody can run a server, the notice and the record name each one, with who runs it; what was consented to is that server."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup

from shariff_py.consent_ui.compliance_documents import accessibility_passage, information_as_data, processing_record
from shariff_py.consent_ui.consents import consents
from shariff_py.consent_ui.frame import closed_document, frame_document
from shariff_py.consent_ui.gate import gate, longest_gate
from shariff_py.consent_ui.information import Information
from shariff_py.consent_ui.notice import notice
from shariff_py.consent_ui.wording import disclosed
from shariff_py.platforms.company import Company, Transfer
from shariff_py.platforms.embed_kind import EmbedKind
from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.record import Platform
from shariff_py.policy import Controller
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES

CITY = {"name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}
CLUB = {
    "operator": "Leinauer Netzverein e. V.",
    "address": "Am Markt 1, 31999 Leinau",
    "country": "DE",
    "privacy_url": "https://toot.example/privacy-policy",
}
OWN = {**CLUB, "operator": "Rechenzentrum Leinau", "privacy_url": "https://social.leinau.example/privacy-policy"}


def settings(**more: Any) -> Settings:
    values = {
        "site": {"origin": "https://www.leinau.example", "hosts": ["www.leinau.example", "social.leinau.example"]},
        "frame": {"secrets": ["only for these tests"]},
        "releases": {"mastodon": {"state": "released"}},
        "controllers": {"city": CITY},
        "platforms": {"mastodon": {"servers": {"toot.example": CLUB, "social.leinau.example": OWN}}},
        "services": ["mastodon"],
    }
    return Settings.from_mapping({**values, **more})


def paragraphs(markup: str) -> list[list[str]]:
    """The heading and the paragraphs of each section."""
    page = BeautifulSoup(markup, "html.parser")
    return [[part.get_text() for part in section.select("h2, h3, p")] for section in page.select("section")]


# --- the notice --------------------------------------------------------------------------------------------------------------------


def test_the_notice_has_a_section_for_each_server_with_who_runs_it() -> None:
    named, own, shared, rights = paragraphs(notice(settings(), LANGUAGES["de"]))

    assert named == [
        "Inhalte von toot.example (Mastodon)",
        "Ohne Ihre Einwilligung laden unsere Seiten nichts von toot.example. Statt des Inhalts sehen Sie einen Hinweis mit einer Schaltfläche.",
        "Erst nach Ihrer Einwilligung stellt Ihr Browser eine Verbindung zu Leinauer Netzverein e. V. her. Wir übermitteln "
        "die Daten allein, um Ihnen den Inhalt zu zeigen. Übermittelt werden IP-Adresse, Browser und Gerät, Sprache, Uhrzeit, Adresse des Inhalts und in manchen "
        "Browsern der Name dieser Website, je nach Browser auch Cookies von toot.example. Rechtsgrundlage ist Ihre Einwilligung (Art. 6 "
        "Abs. 1 Buchst. a DSGVO, § 25 Abs. 1 TDDDG).",
        "toot.example kann die Daten auch für eigene Zwecke nutzen und einem Konto zuordnen.",
        "toot.example kann dabei Daten auf Ihrem Gerät speichern und auslesen. Wie lange sie bleiben und wer sonst darauf "
        "zugreift, wissen wir nicht.",
        "Wir selbst speichern nichts auf Ihrem Gerät.",
        "Empfänger ist Leinauer Netzverein e. V., Am Markt 1, 31999 Leinau, Deutschland. Für das Übermitteln der Daten sind wir "
        "verantwortlich, für alles Weitere der Empfänger.",
        "Wie lange Leinauer Netzverein e. V. diese Daten aufbewahrt, wissen wir nicht.",
        "Sitz des Empfängers: Deutschland. Dort gilt das Datenschutzrecht der EU.",
        "Die Einwilligung ist freiwillig und gilt nur für den einzelnen Inhalt und den laufenden Seitenaufruf. Sie widerrufen sie, indem Sie "
        "den Inhalt entfernen oder die Seite neu laden. Die Verarbeitung bis zum Widerruf bleibt rechtmäßig. Was einmal gesendet "
        "ist, können wir nicht zurückholen.",
    ]  # fmt: skip
    assert own == [
        "Inhalte von social.leinau.example (Mastodon)",
        "Statt des Inhalts sehen Sie einen Hinweis mit einer Schaltfläche.",
        "Wir übermitteln die "
        "Daten allein, um Ihnen den Inhalt zu zeigen. Übermittelt werden IP-Adresse, Browser und Gerät, Sprache, Uhrzeit, Adresse des Inhalts und in manchen "
        "Browsern der Name dieser Website, je nach Browser auch Cookies von social.leinau.example. Rechtsgrundlage ist Ihre Einwilligung "
        "(Art. 6 Abs. 1 Buchst. a DSGVO, § 25 Abs. 1 TDDDG).",
        "social.leinau.example kann dabei Daten auf Ihrem Gerät speichern und auslesen.",
        "Der Inhalt kommt von unserem eigenen Server social.leinau.example, betrieben von Rechenzentrum Leinau, Am Markt 1, 31999 Leinau, "
        "Deutschland.",
        "Die Einwilligung ist freiwillig und gilt nur für den einzelnen Inhalt und den laufenden Seitenaufruf. Sie widerrufen sie, indem Sie "
        "den Inhalt entfernen oder die Seite neu laden. Die Verarbeitung bis zum Widerruf bleibt rechtmäßig.",
    ]  # fmt: skip
    assert shared[0] == "Auf Mastodon teilen"
    assert rights[0] == "Ihre Rechte und wen Sie fragen können"


def test_the_english_notice_tells_the_same() -> None:
    named, own, *_ = paragraphs(notice(settings(), LANGUAGES["en"]))

    assert named[0] == "Content from toot.example (Mastodon)"
    assert named[2].startswith(
        "Only after your consent does your browser connect to Leinauer Netzverein e. V. We transmit"
    )
    assert named[6:9] == [
        "The recipient is Leinauer Netzverein e. V., Am Markt 1, 31999 Leinau, Germany. We are responsible for transmitting the data; the "
        "recipient is responsible for everything else.",
        "How long Leinauer Netzverein e. V. keeps these data, we do not know.",
        "Seat of the recipient: Germany. EU data protection law applies there.",
    ]  # fmt: skip
    assert own[3:5] == [
        "social.leinau.example may then store data on your device and read it.",
        "The content comes from our own server social.leinau.example, run by Rechenzentrum Leinau, Am Markt 1, 31999 Leinau, Germany.",
    ]


def test_each_section_has_a_name_of_its_own_and_the_servers_privacy_policy() -> None:
    page = BeautifulSoup(notice(settings(), LANGUAGES["de"]), "html.parser")

    assert [heading["id"] for heading in page.select("h2")] == [
        "shariff-notice-mastodon-toot.example",
        "shariff-notice-mastodon-social.leinau.example",
        "shariff-notice-share-mastodon",
        "shariff-notice-rights",
    ]
    assert [(link["href"], link.get_text()) for link in page.select("li a")] == [
        ("https://toot.example/privacy-policy", "Datenschutzhinweise von toot.example"),
        ("https://social.leinau.example/privacy-policy", "Datenschutzhinweise von social.leinau.example"),
    ]


def test_without_named_servers_there_is_no_section() -> None:
    assert paragraphs(notice(settings(platforms={}, services=["mail"]), LANGUAGES["de"])) == []


# --- links to the original ---------------------------------------------------------------------------------------------------------


def said(markup: str) -> tuple[str, str]:
    """The first sentences of a document or a block, and what its link to the original says."""
    page = BeautifulSoup(markup, "html.parser")
    link = page.select_one("a[target=_blank]")
    assert link is not None
    return page.select("p")[0].get_text().partition(".")[0], link.get_text()


def test_the_document_in_the_frame_names_the_server_that_the_gate_named() -> None:
    post = recognise("https://toot.example/@leinau/112233445566778899")

    text, link = said(frame_document(settings(), LANGUAGES["de"], post).html)

    assert (text, link) == (
        "Dieser Inhalt kommt von toot",
        "Auf toot.example öffnen, öffnet ein neues Fenster",
    )


def test_the_link_beside_a_server_that_is_not_named_leads_to_it_by_name() -> None:
    post = recognise("https://far.example/@leinau/112233445566778899")
    because = "Dieser Inhalt liegt auf einem Mastodon-Server, den diese Website nicht nennt"

    assert said(gate(settings(), LANGUAGES["de"], post)) == (
        because,
        "Auf far.example öffnen, öffnet ein neues Fenster",
    )
    assert said(closed_document(settings(), LANGUAGES["en"], post).html) == (
        "This content cannot be shown here",
        "Open on far.example, opens a new window",
    )


def test_the_link_of_a_platform_of_one_company_names_the_platform() -> None:
    film = recognise("https://www.youtube.com/watch?v=dQw4w9WgXcQ")

    assert said(gate(settings(), LANGUAGES["de"], film)) == (
        "YouTube ist auf dieser Website nicht freigegeben",
        "Auf YouTube öffnen, öffnet ein neues Fenster",
    )


# --- the other documents -----------------------------------------------------------------------------------------------------------


def test_the_record_names_the_recipient_and_its_seat_for_each_server() -> None:
    named, own = paragraphs(processing_record(settings(), LANGUAGES["de"]))

    assert named[0] == "Verzeichnis von Verarbeitungstätigkeiten: Inhalte von toot.example (Mastodon)"
    assert (
        named[named.index("Empfänger (Buchst. d)") + 1]
        == "Leinauer Netzverein e. V., Am Markt 1, 31999 Leinau, Deutschland"
    )
    assert named[named.index("Übermittlung in Drittländer (Buchst. e)") + 1 :][:2] == [
        "Eine Übermittlung in Drittländer ist nicht bekannt.",
        "Sitz des Empfängers: Deutschland. Dort gilt das Datenschutzrecht der EU.",
    ]
    assert own[own.index("Empfänger (Buchst. d)") + 1] == (
        "Rechenzentrum Leinau, Am Markt 1, 31999 Leinau, Deutschland, betreibt unseren eigenen Server social.leinau.example"
    )
    assert own[own.index("Löschfristen (Buchst. f)") + 1 :][:2] == [
        "Der Server dieser Website speichert weder die Einwilligung noch, wer sie gegeben hat.",
        "Löschfristen auf unserem eigenen Server social.leinau.example sind hier nicht eingetragen.",
    ]


def test_a_record_in_english_is_wholly_in_english_whatever_the_language_of_the_site() -> None:
    assert processing_record(settings(), LANGUAGES["fr"]) == processing_record(settings(), LANGUAGES["en"])
    assert "the address of the content" not in processing_record(settings(), LANGUAGES["de-simple"])
    assert "die Adresse vom Inhalt" not in processing_record(settings(), LANGUAGES["de-simple"])


TOLD = ["effect", "voluntary", "controller"]
"""The first layer of a gate."""


def test_data_name_each_server_and_the_accessibility_passage_those_of_others() -> None:
    entries = information_as_data(settings(), LANGUAGES["de"])
    headings = BeautifulSoup(accessibility_passage(settings(), LANGUAGES["de"]), "html.parser").select("h2")

    assert [(entry["platform"], entry["server"], list(entry["slots"])) for entry in entries] == [
        ("mastodon", "toot.example", [*TOLD, "recipient", "data", "purposes", "device", "transfer", "withdrawal"]),
        ("mastodon", "social.leinau.example", [*TOLD, "recipient", "data", "purposes", "device", "withdrawal"]),
    ]
    assert [heading.get_text() for heading in headings] == ["Barrierefreiheit: Inhalte von toot.example (Mastodon)"]


def test_the_longest_gate_is_found_among_servers_too() -> None:
    assert longest_gate(settings()).platform == "toot.example (Mastodon)"
    assert str(longest_gate(settings(platforms={}))) == "no gates"


GERMANY = {
    "ar": "ألمانيا", "bg": "Германия", "cs": "Německo", "da": "Tyskland", "de": "Deutschland", "de-simple": "Deutschland", "en": "Germany",
    "es": "Alemania", "fa": "آلمان", "fi": "Saksa", "fr": "Allemagne", "hr": "Njemačka", "hu": "Németország", "it": "Germania",
    "ja": "ドイツ", "ko": "독일", "nb": "Tyskland", "nl": "Duitsland", "pl": "Niemcy", "pt": "Alemanha", "ro": "Germania", "ru": "Германия",
    "sk": "Nemecko", "sl": "Nemčija", "sr-Latn": "Nemačka", "sv": "Tyskland", "tr": "Almanya", "uk": "Німеччина", "zh": "德国",
}  # fmt: skip


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_tells_seat_and_own_server_and_speaks_of_no_other_controller(code: str) -> None:
    named, own = information_as_data(settings(), LANGUAGES[code])

    assert GERMANY[code] in named["slots"]["transfer"]
    assert "Leinauer Netzverein e. V." in named["slots"]["effect"]
    assert "social.leinau.example" in own["slots"]["effect"]
    assert "Rechenzentrum Leinau" not in own["slots"]["effect"] + own["slots"]["controller"]
    assert named["slots"]["controller"] == own["slots"]["controller"]
    assert "Stadt Leinau" in named["slots"]["controller"]
    assert not any(name in named["slots"]["controller"] for name in ("Mastodon", "toot.example", "Netzverein"))


NOT_OF_OUR_OWN = {
    "ar": ("لا نعلم", "لا نخزّن", "لا يمكننا"),
    "bg": ("Не знаем", "не запазваме", "не можем"),
    "cs": ("Nevíme", "neukládáme", "nemůžeme"),
    "da": ("ved vi ikke", "Selv gemmer", "kan vi ikke"),
    "de": ("wissen wir nicht", "Wir selbst", "können wir nicht"),
    "de-simple": ("wissen wir nicht", "Wir selbst", "können wir nicht"),
    "en": ("we do not know", "We ourselves", "cannot be recalled"),
    "es": ("No sabemos", "no guardamos", "No podemos"),
    "fa": ("نمی\u200cدانیم", "ذخیره نمی\u200cکنیم", "نمی\u200cتوانیم"),
    "fi": ("Emme tiedä", "emme tallenna", "emme voi"),
    "fr": ("Nous ne savons", "Nous-mêmes", "Nous ne pouvons"),
    "hr": ("Ne znamo", "ne spremamo", "ne možemo"),
    "hu": ("Nem tudjuk", "semmit sem", "nem tudjuk"),
    "it": ("Non sappiamo", "non salviamo", "Non possiamo"),
    "ja": ("分かりません", "保存しません", "取り戻せません"),
    "ko": ("알지 못합니다", "것은 없습니다", "수 없습니다"),
    "nb": ("vet vi ikke", "Selv lagrer", "kan vi ikke"),
    "nl": ("weten wij niet", "Zelf slaan", "kunnen wij niet"),
    "pl": ("Nie wiemy", "nie zapisujemy", "nie możemy"),
    "pt": ("Não sabemos", "não guardamos", "Não podemos"),
    "ro": ("Nu știm", "nu salvăm", "Nu putem"),
    "ru": ("не знаем", "не сохраняем", "не можем"),
    "sk": ("Nevieme", "neukladáme", "nemôžeme"),
    "sl": ("Ne vemo", "ne shranimo", "ne moremo"),
    "sr-Latn": ("Ne znamo", "ne čuvamo", "ne možemo"),
    "sv": ("vet vi inte", "Själva sparar", "kan vi inte"),
    "tr": ("bilmiyoruz", "hiçbir şey", "geri alamayız"),
    "uk": ("не знаємо", "не зберігаємо", "не можемо"),
    "zh": ("我们并不清楚", "我们自己不", "无法收回"),
}
"""What is said of a stranger's server and would be untrue of one's own: that nobody knows how long it stores something, that nothing is
stored, and that what it has received is lost."""

ONLY = {
    "ar": "إلا", "bg": "само ако", "cs": "jen když", "da": "kun noget", "de": "nur", "de-simple": "Nur", "en": "only if", "es": "solo guardamos",
    "fa": "تنها وقتی", "fi": "vain, jos", "fr": "que si", "hr": "samo ako", "hu": "csak akkor", "it": "solo se", "ja": "場合だけ", "ko": "경우에만",
    "nb": "bare noe", "nl": "alleen iets", "pl": "tylko wtedy", "pt": "só guardamos", "ro": "numai dacă", "ru": "только если", "sk": "len keď",
    "sl": "le, če", "sr-Latn": "samo ako", "sv": "bara något", "tr": "yalnızca", "uk": "лише якщо", "zh": "只有",
}  # fmt: skip
"""What would make the sentence on remembering one on everything that is stored."""


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_language_says_of_ones_own_server_what_is_true_of_others_only(code: str) -> None:
    remembering = settings(controllers={"city": {**CITY, "remember_days": 30}})
    for using in (settings(), remembering):
        rows = [
            entry["slots"]["device"] + entry["slots"]["withdrawal"]
            for entry in information_as_data(using, LANGUAGES[code])
        ]
        passages = [" ".join(texts) for texts in paragraphs(notice(using, LANGUAGES[code]))[:2]]
        for named, own in (rows, passages):
            unknown, nothing, lost = NOT_OF_OUR_OWN[code]
            assert (unknown in named, lost in named) == (True, True)
            assert (nothing in named) is (using is not remembering)
            assert not any(text in own for text in (unknown, nothing, lost))
    for entry in information_as_data(remembering, LANGUAGES[code]):
        assert "30" in entry["slots"]["device"]
        assert ONLY[code] not in entry["slots"]["device"]


def test_what_a_site_says_of_its_own_servers_storage_is_told() -> None:
    servers = {"toot.example": CLUB, "social.leinau.example": {**OWN, "storage": "Ein Tag; niemand sonst."}}
    using = settings(platforms={"mastodon": {"servers": servers}})
    own = "speichern und auslesen. Zu Dauer und Zugriff Dritter: Ein Tag; niemand sonst."

    assert (
        information_as_data(using, LANGUAGES["de"])[1]["slots"]["device"] == f"social.leinau.example kann Daten {own}"
    )
    assert (
        f"social.leinau.example kann dabei Daten auf Ihrem Gerät {own}" in paragraphs(notice(using, LANGUAGES["de"]))[1]
    )


def test_a_consent_is_remembered_and_listed_for_one_server() -> None:
    using = settings(controllers={"city": {**CITY, "remember_days": 30}})
    german = LANGUAGES["de"]
    placed = [gate(using, german, recognise(f"https://{host}/@leinau/112233445566778899")) for host in
              ("toot.example", "social.leinau.example")]  # fmt: skip
    gates = [BeautifulSoup(markup, "html.parser").select_one("shariff-gate") for markup in placed]
    listed = BeautifulSoup(consents(using, german), "html.parser").select("li")

    assert [(one["data-platform"], one["data-controller"]) for one in gates if one] == [
        ("mastodon", "city@toot.example"),
        ("mastodon", "city@social.leinau.example"),
    ]
    assert [(entry["data-key"], entry.span.get_text()) for entry in listed if entry.span] == [
        ("shariff:mastodon:city@toot.example", "toot.example (Mastodon), verantwortlich: Stadt Leinau"),
        (
            "shariff:mastodon:city@social.leinau.example",
            "social.leinau.example (Mastodon), verantwortlich: Stadt Leinau",
        ),
        ("", ""),
    ]


# --- one record, each field --------------------------------------------------------------------------------------------------------

SEAT = "Frankreich. Dort gilt das Datenschutzrecht der EU."
UNKNOWN = "Daten können die EU verlassen; auf welcher Grundlage, wissen wir nicht."
TO_UK = Transfer("GB", "Clauses", "(EU) 2021/914", date(2026, 11, 1), in_force=True)
FRENCH = Company("Nuage SA", "1 rue Neuve, Paris", "FR", "https://nuage.example/vie-privee", date(2026, 11, 1))
VIDEO = EmbedKind("video", frame=("https://nuage.example/v",))
NUAGE = Platform("nuage", "Nuage", date(2026, 11, 1), FRENCH, embeds=(VIDEO,), disclosures=("ip", "site_name"))
WHO = Controller("Stadt Leinau", "/k", "/d", "/a", remember_days=30)


def told(operator: Company = FRENCH, platform: Platform = NUAGE, **more: Any) -> Information:
    return Information(LANGUAGES["de"], platform, operator, "city", WHO, **more)


@pytest.mark.parametrize(
    ("operator", "sentence"),
    [
        (FRENCH, SEAT),
        (replace(FRENCH, country="NO"), "Norwegen. Dort gilt das Datenschutzrecht der EU."),
        (replace(FRENCH, unconfirmed=("transfer",)), f"Frankreich. {UNKNOWN}"),
        (replace(FRENCH, unconfirmed=("address",)), SEAT),
        (replace(FRENCH, country="CH"), f"Schweiz. {UNKNOWN}"),
        (replace(FRENCH, transfer=TO_UK), "Clauses, Beschluss (EU) 2021/914. Von uns noch nicht geprüft."),
        (
            replace(FRENCH, transfer=TO_UK, unconfirmed=("transfer",)),
            "Clauses, Beschluss (EU) 2021/914. Das ist nicht bestätigt.",
        ),
    ],
)  # fmt: skip
def test_a_seat_is_told_as_a_seat_and_a_transfer_only_where_one_is_known(operator: Company, sentence: str) -> None:
    assert told(operator).slots["transfer"] == sentence


@pytest.mark.parametrize(
    ("referrer", "name"),
    [
        ("", "in manchen Browsern der Name dieser Website"),
        ("no-referrer", "in manchen Browsern der Name dieser Website"),
        ("same-origin", "in manchen Browsern der Name dieser Website"),
        ("origin", "der Name dieser Website"),
        ("strict-origin", "der Name dieser Website"),
        ("strict-origin-when-cross-origin", "der Name dieser Website"),
    ],
)
def test_whose_frames_have_a_referrer_learns_the_name_of_the_site_in_every_browser(referrer: str, name: str) -> None:
    platform = replace(NUAGE, embeds=(replace(VIDEO, referrer=referrer),))

    assert disclosed(platform, LANGUAGES["de"]) == f"IP-Adresse und {name}"


def test_of_all_kinds_of_content_the_most_is_told_and_of_one_what_it_sends() -> None:
    silent, open_ = VIDEO, replace(VIDEO, name="map", referrer="origin")
    both = replace(NUAGE, embeds=(silent, open_), disclosures=("ip",))

    assert disclosed(both, LANGUAGES["de"]) == "IP-Adresse und der Name dieser Website"
    assert disclosed(both, LANGUAGES["de"], open_) == "IP-Adresse und der Name dieser Website"
    assert disclosed(both, LANGUAGES["de"], silent) == "IP-Adresse"


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(lambda: told(replace(FRENCH, country="BE")), id="seat"),
        pytest.param(lambda: told(replace(FRENCH, unconfirmed=("transfer",))), id="what is not confirmed"),
        pytest.param(lambda: told(replace(FRENCH, joint_control_url="https://nuage.example/joint")), id="joint control"),
        pytest.param(lambda: told(replace(FRENCH, legal_name="Another SA")), id="recipient"),
        pytest.param(lambda: told(server="a.example"), id="server"),
        pytest.param(lambda: told(server="b.example"), id="another server"),
        pytest.param(lambda: told(server="a.example", on_own_host=True), id="own server"),
        pytest.param(lambda: told(platform=replace(NUAGE, embeds=(replace(VIDEO, referrer="origin"),))), id="referrer"),
        pytest.param(lambda: told(platform=replace(NUAGE, embeds=(replace(VIDEO, with_credentials="it fails"),))), id="cookies"),
        pytest.param(lambda: told(platform=replace(NUAGE, embeds=(replace(VIDEO, content="map"),))), id="what it is to people"),
    ],
)  # fmt: skip
def test_whatever_the_texts_depend_on_is_another_version(changed: Any) -> None:
    assert changed().version != told().version
    assert told(server="a.example").version != told(server="b.example").version


def test_one_consent_covers_all_kinds_of_content_so_the_kind_is_no_other_version() -> None:
    assert told(kind=VIDEO).version == told().version
