"""Pieces of a path that may belong to a person are cut; words, dates and the numbers of articles stay."""

from __future__ import annotations

import base64
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shariff_py.personal_paths import without_personal

PERSONAL = {
    "a mail address": "/newsletter/max.mustermann@example.de",
    "with its @ encoded": "/newsletter/max%40example.de",
    "encoded twice": "/newsletter/max%2540example.de",
    "encoded more often than anybody decodes": "/newsletter/max%25252525252540example.de",
    "in full width": "/newsletter/max%EF%BC%A0example.de",
    "written around": "/newsletter/max(at)example.de",
    "a handle": "/@max",
    "a key in hexadecimal": "/reset/8f3a91c2",
    "a longer one": "/k/9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d",
    "a short key after a word that says so": "/passwort/reset-password/8f3a",
    "somebody's name after a word that says so": "/u/max",
    "a key after a German word that says so": "/passwort-zuruecksetzen/8f3a",
    "after one with an umlaut": "/anmeldung/best%C3%A4tigen/8f3a",
    "somebody's name after a German word": "/benutzer/max",
    "a name with a dot in a profile": "/profil/max.mustermann",
    "with digits at its end, in a membership": "/mitglieder/max84/beitraege",
    "with both and a hyphen, encoded": "/profile/max-m.muster%6dann7",
    "a universal identifier": "/a/9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d",
    "a token of JSON": "/login/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.dozjgNryP4J3jVmNHl0w5N",
    "base64 for addresses": "/n/aB3-xY9_Qw2_Zk-8",
    "letters alone": "/n/qzxkvbnmwrtplkjhgfds",
    "letters of both cases": "/n/aBcxYzKLmnoPqRsTuVwX",
    "a key within a name": "/dokument-9f8e7d6c5b4a.pdf",
    "a number of a customer": "/kunde/4711000815",
    "a telephone": "/ruf/0511-1234567",
    "an international one": "/ruf/+49%20511%20123456",
    "one in a name": "/ruf/max-017612345678",
    "a slash that is encoded": "/n/a%2Fmax%40example.de",
    "a mail address in character references": "/n/max%26%2364%3Bexample.de",
    "without their semicolon, as it is after path parameters are gone": "/n/max&#64",
    "spelt out": "/n/max-at-example-dot-de",
    "spelt out with spaces": "/n/max%20at%20example%20punkt%20de",
    "with another word in the brackets": "/n/max(%C3%A4t)example.de",
    "a value with its name": "/n/token=max",
    "with a colon": "/n/x_sid:max",
    "the folder of a user": "/~max/bilder",
    "a bank account in groups": "/n/DE89-4711-1234-0532-0130-00",
    "with spaces": "/n/DE89%204711%201234%200532%200130%2000",
    "a code in groups": "/n/K7QX-4711-B3TD",
    "in capitals alone": "/n/KQXM-RVZT-HWPL-4711",
    "in small letters": "/n/9b1d-4711-8f3a",
    "a network card": "/geraet/00:1b:44:11:8f:3a",
    "an address of IPv6": "/n/2001:db8::8f3a",
    "a number to be typed in": "/otp/4711",
    "very long": "/n/" + "ab" * 40,
}  # fmt: skip

ORDINARY = [
    "/", "/aktuelles/1", "/news/Titel-des-Artikels-10983726.html", "/article254123456/Ein-Titel.html", "/2026/11/30/rat-tagt",
    "/aktuelles/2026-11-30", "/20261130/sitzung", "/rat/2026-11-30T18-30", "/drucksachen/1112-2013", "/top-10-tipps-2026-fuer-3-tage",
    "/Haushaltsplan2025Und2026", "/NeuesRathausEroeffnet", "/B%C3%BCrger-Service/Kfz-Zulassung", "/verkehrsinfrastrukturfinanzierungsgesellschaft",
    "/schifffahrtsgesellschaft", "/wiki/C%2B%2B", "/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8", "/%E6%97%A5%E6%9C%AC%E8%AA%9E",
    "/G7-Gipfel/COVID-19", "/seite/3/", "/stadtfest.php", "/plz/30159", "/last30days", "/users",
    "/verkehr/u-bahn/linien", "/kultur-u-bildung/museen", "/einladung-zum-stadtfest/programm", "/umwelt/landschaftsschutz",
    "/wirtschaftsrecht", "/wirtschaftskraft", "/kunststoffschrott", "/herbstmarktplatz", "/spielplatzkonzept", "/parkplatzkonzept",
    "/questions/12345678/wie-geht-das", "/id/100482716", "/artikel/10183049.html",
    "/profil/geschichte", "/profil/geschichte.html", "/profile/index.php", "/mitglied/werden", "/konto/eroeffnen.shtml", "/profil/leitbild2026",
    "/2026-11-30-18-30-00", "/haushalt-2024-2025-2026-band-12", "/rock-jazz-soul", "/Stadt-Kultu-Sport",
    "/a/18:30:00", "/typ1-typ2-typ3", "/wiki/Hilfe:Suche", "/look-at-this", "/kunst-at-museum.html", "/lang:de", "/AT&T", "/2024-2025-2026",
    "/mehr-wege-2026", "/gebuehren~2026", "/sortierung=name", "/qr-code", "/codex:alt",
    "/sportplatzkonzept", "/zweckverbandspark", "/fachwerkkirchplatz", "/skateparkprojekt",
]  # fmt: skip


@pytest.mark.parametrize("path", PERSONAL.values(), ids=PERSONAL)
def test_a_piece_that_may_be_somebodys_is_cut(path: str) -> None:
    assert "…" in without_personal(path)
    for piece in ("max", "8f3a", "9b1deb4d", "4711", "1234", "eyJ", "qzx", "aBc", "aB3", "9f8e", "abab"):
        assert piece not in without_personal(path)


@pytest.mark.parametrize("path", ORDINARY)
def test_an_ordinary_path_stays_letter_by_letter(path: str) -> None:
    assert without_personal(path) == path


FOLLOWED = """
    abbestellen activate aktivieren benutzer bestaetigen best%C3%A4tigen bestaetigung confirm einladung invite magic otp passwort-reset recover
    reset session sid tan token u unsubscribe user users verifizieren verify zuruecksetzen zur%C3%BCcksetzen
"""


@pytest.mark.parametrize("word", FOLLOWED.split())
def test_what_follows_one_of_these_words_is_somebodys(word: str) -> None:
    assert without_personal(f"/{word}/max/bilder") == f"/{word}/…/bilder"


@pytest.mark.parametrize(
    "word", ["account", "konto", "member", "members", "mitglied", "mitglieder", "profil", "profile"]
)
def test_a_name_follows_one_of_these_words_where_it_has_the_shape_of_one(word: str) -> None:
    assert without_personal(f"/{word}/max84/bilder") == f"/{word}/…/bilder"
    assert without_personal(f"/{word}/regeln") == f"/{word}/regeln"


def test_what_stands_around_a_piece_stays() -> None:
    assert without_personal("/konto/reset/8f3a91c2d4/danke.html") == "/konto/reset/…/danke.html"
    assert without_personal("/a/b;jsessionid=4711/c;x") == "/a/b/c"


@given(st.text(max_size=80))
def test_cutting_twice_is_cutting_once(text: str) -> None:
    once = without_personal(f"/{text}")

    assert without_personal(once) == once


@given(st.uuids(), st.binary(min_size=18, max_size=18))
def test_identifiers_and_encoded_bytes_are_cut(identifier: uuid.UUID, key: bytes) -> None:
    assert without_personal(f"/a/{identifier}") == "/a/…"
    assert without_personal(f"/a/{base64.b16encode(key).decode()}") == "/a/…"
