"""German and English say it the way one reads it aloud, and each thing has one word: in the texts, the demonstration and the documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from support.paths import ROOT

from shariff_py.texts import COMPLIANCE, FINDINGS, LANGUAGES

WORDING = {
    "kind.video": ("{platform}-Video", "{platform} video"),
    "load.video": ("Video laden und Daten an {platform} senden", "Load video and send data to {platform}"),
    "gate.effect": (
        "Beim Laden erhält {receiver} unter anderem Ihre IP-Adresse und Angaben zu Ihrem Gerät und kann sie für eigene Zwecke nutzen.",
        "On loading, {receiver} receives your IP address and device details, among other data, and may use them for its own purposes.",
    ),
    "gate.alternative": ("Ohne {platform} ansehen", "View without {platform}"),
    "gate.voluntary": (
        "Freiwillig. Ihre Einwilligung widerrufen Sie hier mit einem Klick.",
        "Voluntary. You can withdraw your consent here with one click.",
    ),
    "gate.controller_joint": (
        "Verantwortlich: {controller}, gemeinsam mit {company}.",
        "Responsible: {controller}, jointly with {company}.",
    ),
    "gate.remember": (
        "{days} Tage merken: {platform}-Inhalte laden dann sofort (verantwortlich: {controller}).",
        "Remember for {days} days: {platform} content then loads at once (responsible: {controller}).",
    ),
    "gate.details": ("Alle Angaben zur Einwilligung", "All details of the consent"),
    "gate.login": (
        "Mit meinem {platform}-Konto laden ({platform} erkennt mich)",
        "Load with my {platform} account ({platform} recognises me)",
    ),
    "gate.signal": (
        "Ihr Browser bittet darum, keine Daten weiterzugeben. Deshalb merken wir uns hier nichts.",
        "Your browser asks that no data be passed on, so nothing is remembered here.",
    ),
    "gate.original": ("Auf {platform} öffnen", "Open on {platform}"),
    "state.closed": (
        "Der Inhalt ist entfernt, diese Einwilligung widerrufen.",
        "The content is removed and this consent withdrawn.",
    ),
    "state.failed": (
        "{platform} hat nicht geantwortet. Ihre Anfrage kann dort trotzdem angekommen sein.",
        "{platform} did not answer. Your request may have reached it all the same.",
    ),
    "consents.period": (
        "gespeichert am {granted}, bleibt höchstens bis {expires}",
        "stored on {granted}, kept until {expires} at most",
    ),
    "frame.empty": (
        "Bleibt das Feld leer, ist der Inhalt blockiert oder gelöscht, oder es besteht keine Verbindung.",
        "If the space stays empty, the content is blocked or deleted, or there is no connection.",
    ),
    "channels.hours": ("Wir antworten", "We answer"),
}
"""German and English of the texts that were read aloud."""

BEFORE = {
    "said otherwise": r"Gesendetes können|Ausnahme: mit meiner Anmeldung|verlangt, keine Daten|längstens bis|sichern es nicht zu|Ohne Klick erfährt|Ihre Wahl",
    "the audit, said otherwise": r"abgegangen|auf Vorrat|Dialogfenster|fremde[nr]? Stelle",
    "„auf Facebook“": r"[Bb]ei Facebook\b|[Bb]ei \{platform\} (?:ansehen|teilen|öffnen)",
    "„Facebook-Beitrag“": r"\b(?:Beitrag|Seite|Video) (?:von|bei) (?:Facebook|\{platform\})",
    "„USA“": r"Vereinigte[nr]? Staaten",
    "„Demo“, „Testserver“": r"Vorführ|Stellvertreter\b",
    "„Schaltfläche“, „Klick“": r"[Kk]n[oö]pf|Schaltflächen? drücken|nichts drücken",
    "„Kanal“": r"\bAuftritt",
    "„Plattform“": r"\bNetzwerke?n?s?\b",
    "„Link“": r"\bVerweise?n?s?\b",
    "„Einwilligung“": r"\bZustimmung",
}
"""What it is called, and the words that were there before."""

BEFORE_IN_ENGLISH = r"[Ww]ithout a click|[Uu]nited States|your choice|Exception: load|View at \{platform\}"

DOCUMENTS = sorted([*(ROOT / "docs" / "de").glob("*.md"), ROOT / "README.de.md"])
AUDIT = sorted((ROOT / "shariff_py" / "audit" / "report" / "wording").glob("*.toml"))
DEMONSTRATION = sorted(
    [*(ROOT / "demo_app" / "content").rglob("*.toml"), *(ROOT / "demo_app" / "templates").glob("*.html")]
)


def read_in_german() -> Iterator[tuple[str, str]]:
    """All that is read in German, line by line, with where it stands; what is English in the same files is in none of the patterns."""
    for name, languages in {"texts": LANGUAGES, "compliance": COMPLIANCE, "findings": FINDINGS}.items():
        yield from ((f"{name}: {key}", text) for key, text in languages["de"].texts.items())
    yield from ((f"de-simple: {key}", text) for key, text in LANGUAGES["de-simple"].texts.items())
    for file in (*DOCUMENTS, *DEMONSTRATION, *AUDIT):
        yield from ((f"{file.name}: {number}", line) for number, line in enumerate(file.read_text().split("\n"), 1))


@pytest.mark.parametrize("key", WORDING)
def test_what_was_read_aloud_stays_as_it_is(key: str) -> None:
    assert (LANGUAGES["de"].texts[key], LANGUAGES["en"].texts[key]) == WORDING[key]


@pytest.mark.parametrize("word", BEFORE)
def test_one_thing_has_one_word(word: str) -> None:
    assert [(where, line) for where, line in read_in_german() if re.search(BEFORE[word], line)] == []


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("„Plattform“", "Kein echtes Netzwerk wird kontaktiert."),
        ("„Schaltfläche“, „Klick“", "Erst auf Knopfdruck wird geladen."),
        ("„auf Facebook“", "Bei Facebook ansehen"),
    ],
)
def test_another_word_would_be_noticed(word: str, line: str) -> None:
    assert re.search(BEFORE[word], line)
    assert not re.search(BEFORE[word], "Grundlage ist das Netzwerkprotokoll des Browsers.")


def test_german_addresses_its_readers_formally() -> None:
    informal = r"\b(?:du|dein\w*|dich|dir|euch|euer|eure\w*)\b(?!=)"

    assert [(where, line) for where, line in read_in_german() if re.search(informal, line, re.IGNORECASE)] == []


def test_nothing_of_the_older_english_is_left() -> None:
    texts = {key: text for key, text in LANGUAGES["en"].texts.items() if re.search(BEFORE_IN_ENGLISH, text)}

    assert texts == {}
