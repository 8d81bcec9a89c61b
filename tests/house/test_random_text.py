"""Random text in a path is told from words by its letters: how much of it passes is written out, and which words must stay."""

from __future__ import annotations

import random

import pytest

from shariff_py.letter_pairs import evidence
from shariff_py.personal_paths import is_personal, without_personal

SMALL = "abcdefghijklmnopqrstuvwxyz"
CAPITAL = SMALL.upper()
DIGITS = "0123456789"
BASE32 = CAPITAL + "234567"
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

KEYS = 1000

PASSES = [
    # What remains of short ones has the pairs of letters that words have: "oradelim" may be a place.
    ("small letters", SMALL, 8, 0.30),
    ("small letters", SMALL, 10, 0.15),
    ("small letters", SMALL, 12, 0.07),
    ("small letters", SMALL, 16, 0.015),
    ("small letters", SMALL, 20, 0.01),
    ("small letters", SMALL, 32, 0.002),
    ("capitals", CAPITAL, 12, 0.07),
    ("capitals", CAPITAL, 16, 0.015),
    ("capitals", CAPITAL, 24, 0.005),
    ("letters of both cases", SMALL + CAPITAL, 8, 0.10),
    ("letters of both cases", SMALL + CAPITAL, 10, 0.04),
    ("letters of both cases", SMALL + CAPITAL, 12, 0.015),
    ("letters of both cases", SMALL + CAPITAL, 16, 0.002),
    ("small letters and digits", SMALL + DIGITS, 8, 0.14),
    ("small letters and digits", SMALL + DIGITS, 9, 0.08),
    ("small letters and digits", SMALL + DIGITS, 10, 0.05),
    ("small letters and digits", SMALL + DIGITS, 11, 0.03),
    ("small letters and digits", SMALL + DIGITS, 16, 0.003),
    ("all letters and digits", SMALL + CAPITAL + DIGITS, 8, 0.08),
    ("all letters and digits", SMALL + CAPITAL + DIGITS, 10, 0.025),
    ("all letters and digits", SMALL + CAPITAL + DIGITS, 11, 0.015),
    ("all letters and digits", SMALL + CAPITAL + DIGITS, 22, 0.001),
    ("base32", BASE32, 8, 0.17),
    ("base32", BASE32, 10, 0.06),
    ("base32", BASE32, 16, 0.005),
    ("base58", BASE58, 9, 0.04),
    ("base58", BASE58, 11, 0.01),
    ("base64 for addresses", SMALL + CAPITAL + DIGITS + "-_", 11, 0.05),
    ("base64 for addresses", SMALL + CAPITAL + DIGITS + "-_", 16, 0.005),
    ("base64 for addresses", SMALL + CAPITAL + DIGITS + "-_", 22, 0.001),
    ("hexadecimal", DIGITS + "abcdef", 8, 0.04),
    ("hexadecimal", DIGITS + "abcdef", 12, 0.005),
    ("digits", DIGITS, 12, 0.01),
]
"""An alphabet, how many of it, and the share of random texts that may pass."""


@pytest.mark.parametrize(("name", "alphabet", "length", "share"), PASSES, ids=[f"{row[0]}, {row[2]}" for row in PASSES])
def test_of_random_text_no_more_passes_than_this(name: str, alphabet: str, length: int, share: float) -> None:
    source = random.Random(f"{name} {length}")
    keys = ["".join(source.choices(alphabet, k=length)) for _ in range(KEYS)]

    assert sum(not is_personal(key) for key in keys) <= KEYS * share


WORDS = """
    abfallwirtschaftsbetrieb aufenthaltserlaubnis ausfuhrquote bezirksschornsteinfegermeister bmfsfj brandschutzbedarfsplan crowdfunding
    dampfschifffahrt datenschutzerklaerung deutschschweiz download123 dschungelcamp durchschnittsschmerz egovernment ehrenamtskarte einbuergerung
    flaechennutzungsplan fledermauskundlich friedhofsgebuehrensatzung fussgaengerzone gesundheitsamt gleichstellungsbeauftragte
    grundstuecksverkehrsgenehmigungszustaendigkeitsuebertragungsverordnung hackathon haushaltssicherungskonzept herbstschmuck
    hochwasserrueckhaltebecken hundesteuer hydrogeologie infektionsschutzbelehrung jugendhilfeausschuss kampfmittelbeseitigungsdienst
    kraftfahrzeugmarkt kraftfahrzeugzulassung kryptographie kubernetes landschaftsschutzgebiet lgbtqia niederschlagswassergebuehr nordrheinwestfalen
    oberbuergermeisterwahl oeffentlichkeitsbeteiligung photovoltaik polytechnik psychotherapie quarzsand rechnungspruefungsamt rechtschreibpruefung
    rindfleischetikettierungsueberwachungsaufgabenuebertragungsgesetz schlammschlacht schmutzwasserkanal schneeballschlacht selbstschutz
    sprengstofferlaubnis staatsangehoerigkeit strassenverkehrsordnung stvzo sumpfdotterblume symphonieorchester topfpflanzen
    veroeffentlichungen wahlhelfer whatsapp wirtschaftsprueferkammer wohnberechtigungsschein xylophon zweckverband

    anticonstitutionnellement arbeidsongeschiktheidsverzekering ayuntamiento bydgoszcz csongrad dnipropetrovsk eendrachtsstraat eyjafjallajokull
    forhaandsindtryk gemeenteraadsverkiezingen hodmezovasarhely jablonecnadnisou jyvaskyla kahramanmaras kansalaisopisto khmelnytskyi
    kirkjubaejarklaustur kollektivprosjekt krizevci lappeenranta llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch
    machynlleth najpodryvacskejsich nieekskuzowanych nyiregyhaza petropavlovsk pontypridd precipitevolissimevolmente promyshlennovskiy
    przewozniczacych reykjavikurborg sanliurfa stykkpriskontrakt szczebrzeszyn szekesfehervar thermostaatkraan thessaloniki
    velykomykhailivka vuurwapengevaarlijke vestmannaeyjar yekaterinburg ystradgynlais zachodniopomorskie zaporizhzhia
"""

SLUGS = """
    4x100mstaffel abfallkalender2025bezirk3 artikel-12345678 art6abs1 ausgabe12jahrgang5 bauabschnitt1und2 bebauungsplan1234begruendung bild-1024x768.jpg
    bild-300x200.jpg blatt3von5 bmfsfj-lgbtiq-asylblg co2neutral covid19impfung din18040teil2 DIN-EN-ISO-9001-2015 drs-19-12345 DSCF1234.JPG dscn0001
    favicon32x32.png fdp-cdu-csu flur12flurstueck345 gfx_banner728x90 gleis4bis6 h5n1virus Haushaltsplan2025Und2026 hgb-gmbhg-bgb IMG_20240511_123456.jpg
    img20240511wa0003 IMG-20240511-WA0003.jpg index.php kids4fun klasse5und6 klassen5bis10 kl1bis4 mvimg20240511 node-12345 page-12345.html
    pflegegrad1bis5 plakat1a4 PXL_20240511_123456789.jpg seite12von34 sitzungsvorlage-2024-0123 teil1von3 thumb200x150 typo3conf u1-u2-u3-u4 vhs123456
    Verkehrskonzept_2030_Anlage_3b.pdf vorlage2024bv123 WhatsApp-Image-2024-05-11.jpeg windows10upgrade wise2324 w3c-html5-css3
"""


@pytest.mark.parametrize("piece", WORDS.split() + SLUGS.split())
def test_words_and_names_of_files_stay(piece: str) -> None:
    assert without_personal(f"/{piece}") == f"/{piece}"


@pytest.mark.parametrize("word", WORDS.split())
def test_however_they_are_written_and_wherever_they_stand(word: str) -> None:
    for segment in (word.upper(), word.title(), f"Neues-{word}_2026.html", f"kfz-{word}", f"{word}-12345"):
        assert not is_personal(segment)


def test_what_stands_between_letters_of_other_alphabets_is_a_part_of_a_word() -> None:
    for word in ("Flugzeugführers", "arbejdsmarkedsområdet", "nieinkwizycyjną", "sjónvarpskvikmynd", "sjálfsgagnrýni"):
        assert not is_personal(word)

    assert is_personal("schlüssel8f3a91c2d4")
    assert is_personal("schlüssel-xqkjvwzxpfdq")


def test_seven_characters_are_too_few_to_tell_and_more_than_72_are_no_word() -> None:
    assert not is_personal("xqkj7vw")
    assert is_personal("xqkj7vwz")
    assert not is_personal("verkehr" * 10 + "en")
    assert is_personal("verkehr" * 10 + "ent")


def test_the_longer_the_text_the_more_its_letters_say() -> None:
    assert evidence("verkehr") > evidence("verk") > 0 > evidence("xqkj") > evidence("xqkjvwzx")
    assert evidence("VERKEHR") == evidence("verkehr")
    assert evidence("") == evidence("v") == 0
