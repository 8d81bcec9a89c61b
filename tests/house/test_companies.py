"""The companies behind platforms: who is responsible, where it sits, where data go, and what of that nobody has confirmed."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest

from shariff_py.consent_ui.wording import postal_address
from shariff_py.platforms import companies
from shariff_py.platforms.companies import (
    BLUESKY,
    GOOGLE,
    KOMOOT,
    META,
    OPENSTREETMAP_FOUNDATION,
    PINTEREST,
    REDDIT,
    SPOTIFY,
    TIKTOK,
    X,
)
from shariff_py.platforms.company import Company, Transfer
from shariff_py.texts import LANGUAGES
from shariff_py.texts.countries import ends_in_country

FRAMEWORK = "US: EU-US Data Privacy Framework"
CLAUSES = "US: Standard Contractual Clauses"
ADEQUACY = "GB: UK Adequacy Decision"
NOT_TOLD = ""
TOLD = {
    "META": ("IE", "facebook.com", FRAMEWORK, ""),
    "GOOGLE": ("IE", "google.com", FRAMEWORK, ""),
    "VIMEO": ("US", "vimeo.com", FRAMEWORK, "legal_name address transfer"),
    "X": ("IE", "x.com", FRAMEWORK, ""),
    "OPENSTREETMAP_FOUNDATION": ("GB", "osmfoundation.org", ADEQUACY, ""),
    "BLUESKY": ("US", "bsky.social", CLAUSES, ""),
    "DAILYMOTION": ("FR", "dailymotion.com", CLAUSES, ""),
    "TWITCH": ("US", "twitch.com", NOT_TOLD, "transfer"),
    "TIKTOK": ("IE", "tiktok.com", CLAUSES, ""),
    "LINKEDIN": ("IE", "linkedin.com", CLAUSES, ""),
    "PINTEREST": ("IE", "pinterest.com", FRAMEWORK, ""),
    "REDDIT": ("NL", "reddit.com", FRAMEWORK, ""),
    "TUMBLR": ("US", "tumblr.com", NOT_TOLD, "legal_name address transfer"),
    "KOMOOT": ("DE", "komoot.com", NOT_TOLD, "transfer"),
    "SPOTIFY": ("SE", "spotify.com", CLAUSES, "transfer"),
    "SOUNDCLOUD": ("DE", "soundcloud.com", NOT_TOLD, "address transfer"),
    "APPLE": ("IE", "apple.com", CLAUSES, ""),
    "DEEZER": ("FR", "deezer.com", NOT_TOLD, "transfer"),
    "ISSUU": ("US", "issuu.com", NOT_TOLD, "address transfer"),
    "FLICKR": ("US", "flickr.com", NOT_TOLD, "address transfer"),
    "GIPHY": ("US", "giphy.com", NOT_TOLD, "address transfer"),
    "CALENDLY": ("US", "calendly.com", FRAMEWORK, ""),
    "TYPEFORM": ("ES", "typeform.com", NOT_TOLD, "transfer"),
    "ARD": ("DE", "ardmediathek.de", NOT_TOLD, "legal_name address"),
    "ZDF": ("DE", "zdf.de", NOT_TOLD, "privacy_url"),
    "ARTE": ("FR", "arte.tv", NOT_TOLD, "privacy_url"),
    "GITHUB": ("NL", "github.com", FRAMEWORK, ""),
    "PODIGEE": ("DE", "podigee.com", NOT_TOLD, "address privacy_url transfer"),
}
"""Where each company has its seat, the domain of its own that its privacy policy is on, where data may go and why, and what nobody has
confirmed."""

THE_UNION_AND_THE_EEA = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"

COMPANIES = {name: value for name, value in vars(companies).items() if isinstance(value, Company)}


def transfer_to(country: str) -> Transfer:
    return Transfer(country, "Some Instrument", "(EU) 2000/1", date(2026, 11, 30), in_force=True)


def faults(company: Company, domain: str) -> list[str]:
    """What a record says that it cannot say: gaps, addresses of others, a transfer without a basis or without a word."""
    address, transfer = urlsplit(company.privacy_url), company.transfer
    found = [name for name in ("legal_name", "address", "country", "privacy_url") if not getattr(company, name).strip()]
    if address.scheme != "https" or not f".{address.hostname}".endswith(f".{domain}"):
        found.append("privacy_url is not an https address on a host of the company")
    if company.legal_name in company.address:
        found.append("address repeats the name")
    if company.country not in THE_UNION_AND_THE_EEA.split() and not transfer and "transfer" not in company.unconfirmed:
        found.append("transfer of a company outside the EEA is neither told nor unconfirmed")
    if transfer and not (transfer.mechanism.strip() and re.search(r"\(EU\) 20\d\d/\d+", transfer.reference)):
        found.append("transfer has no basis")
    return found


def test_every_company_is_looked_at() -> None:
    assert sorted(COMPANIES) == sorted(TOLD)


@pytest.mark.parametrize("name", TOLD)
def test_a_company_is_told_by_name_address_seat_and_its_own_privacy_policy(name: str) -> None:
    seat, domain, transfer, unconfirmed = TOLD[name]
    company = COMPANIES[name]
    told = f"{company.transfer.country}: {company.transfer.mechanism}" if company.transfer else NOT_TOLD

    assert faults(company, domain) == []
    assert (company.country, told, " ".join(company.unconfirmed)) == (seat, transfer, unconfirmed)


SHORT_NAMES = (
    "APPLE: Apple, ARTE: ARTE, BLUESKY: Bluesky, CALENDLY: Calendly, DAILYMOTION: Dailymotion, DEEZER: Deezer, FLICKR: Flickr, "
    "GIPHY: Giphy, GITHUB: GitHub, GOOGLE: Google, ISSUU: Issuu, KOMOOT: Komoot, LINKEDIN: LinkedIn, META: Meta, "
    "PINTEREST: Pinterest, PODIGEE: Podigee, REDDIT: Reddit, SOUNDCLOUD: SoundCloud, SPOTIFY: Spotify, TIKTOK: TikTok, "
    "TUMBLR: Tumblr, TWITCH: Twitch, TYPEFORM: Typeform, VIMEO: Vimeo, X: X, ZDF: ZDF"
)


def test_a_company_is_called_what_people_call_it_and_the_others_by_their_legal_names() -> None:
    called = sorted(f"{name}: {company.short_name}" for name, company in COMPANIES.items() if company.short_name)

    assert ", ".join(called) == SHORT_NAMES
    assert sorted(name for name, one in COMPANIES.items() if not one.short_name) == ["ARD", "OPENSTREETMAP_FOUNDATION"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"legal_name": " "}, "legal_name"),
        ({"address": ""}, "address"),
        (
            {"privacy_url": "http://policies.google.com/privacy"},
            "privacy_url is not an https address on a host of the company",
        ),
        ({"privacy_url": "https://notgoogle.com/"}, "privacy_url is not an https address on a host of the company"),
        ({"address": "Google Ireland Limited, Dublin"}, "address repeats the name"),
        ({"country": "US", "transfer": None}, "transfer of a company outside the EEA is neither told nor unconfirmed"),
        ({"transfer": replace(transfer_to("US"), mechanism="")}, "transfer has no basis"),
        ({"transfer": replace(transfer_to("US"), reference="some decision")}, "transfer has no basis"),
    ],
)
def test_a_record_with_a_fault_is_noticed(change: dict[str, Any], fault: str) -> None:
    assert faults(replace(GOOGLE, **change), "google.com")[:1] == [fault]


@pytest.mark.parametrize("country", THE_UNION_AND_THE_EEA.split())
def test_a_seat_in_the_eea_is_no_transfer(country: str) -> None:
    with pytest.raises(ValueError, match=rf"Transfer\.country cannot be '{country}'.*Company\.country"):
        transfer_to(country)


@pytest.mark.parametrize("country", ["US", "GB", "CH", "SG"])
def test_a_third_country_is_one(country: str) -> None:
    assert transfer_to(country).country == country


def test_only_facts_of_a_company_can_be_unconfirmed() -> None:
    with pytest.raises(ValueError, match=r"Company\.unconfirmed cannot name 'adress'.*Write legal_name, address, "):
        replace(META, unconfirmed=("adress",))


def test_a_company_without_a_transfer_tells_its_seat_alone() -> None:
    company = Company("Somebody GmbH", "Some Street 1, Berlin", "DE", "https://somebody.example/", date(2026, 11, 30))

    assert (company.transfer, company.joint_control_url, company.unconfirmed) == (None, "", ())


def test_a_company_does_not_change_while_it_is_used() -> None:
    with pytest.raises(FrozenInstanceError):
        META.legal_name = "Somebody"  # type: ignore[misc]


def test_meta_is_an_irish_company_whose_data_may_go_to_the_united_states() -> None:
    assert META.legal_name == "Meta Platforms Ireland Limited"
    assert (META.country, META.address) == ("IE", "Merrion Road, Dublin 4, D04 X2K5")
    assert META.transfer
    assert (META.transfer.country, META.transfer.mechanism) == ("US", "EU-US Data Privacy Framework")
    assert (META.transfer.reference, META.transfer.in_force) == ("(EU) 2023/1795", True)


def test_only_meta_offers_an_arrangement_on_joint_control_of_what_is_embedded() -> None:
    offered = {name: company.joint_control_url for name, company in COMPANIES.items() if company.joint_control_url}

    assert offered == {"META": "https://www.facebook.com/legal/controller_addendum"}


def test_only_content_of_meta_can_never_be_allowed_by_name() -> None:
    assert [name for name, company in COMPANIES.items() if company.never_allowed] == ["META"]


def test_only_the_address_of_a_representative_is_in_another_country_than_the_seat() -> None:
    elsewhere = {name: (one.country, one.address_country) for name, one in COMPANIES.items() if one.address_country}

    assert elsewhere == {"BLUESKY": ("US", "IE")}


def test_no_address_ends_in_the_name_of_a_country() -> None:
    assert [name for name, one in COMPANIES.items() if ends_in_country(one.address)] == []


@pytest.mark.parametrize(
    "country",
    ["Ireland", "Irland", "Irlande", "USA", "U.S.A.", "united kingdom", "UK", "Deutschland", "ドイツ", "Niemcy"],
)
def test_the_name_of_a_country_is_known_in_whatever_language(country: str) -> None:
    assert ends_in_country(f"10 Earlsfort Terrace, Dublin, {country}")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "Ireland Street 1, 12345 Ireland Town",
        "St John’s, Cambridge CB4 0WS",
        "New Mallow Road, Cork",
        "1 Singapore 018956",
    ],
)
def test_streets_and_towns_are_no_countries(address: str) -> None:
    assert not ends_in_country(address)


@pytest.mark.parametrize(("code", "address"), [
    ("de", "10 Earlsfort Terrace, Dublin, D02 T380, Irland"), ("en", "10 Earlsfort Terrace, Dublin, D02 T380, Ireland"),
    ("de-simple", "10 Earlsfort Terrace, Dublin, D02 T380, Irland"), ("fr", "10 Earlsfort Terrace, Dublin, D02 T380, Irlande"),
])  # fmt: skip
def test_an_address_is_printed_with_the_country_in_the_readers_language(code: str, address: str) -> None:
    assert postal_address(TIKTOK, LANGUAGES[code]) == address


def test_the_country_printed_is_that_of_the_address() -> None:
    assert postal_address(BLUESKY, LANGUAGES["de"]).endswith(", Cork, Irland")


def test_data_for_openstreetmap_go_to_the_united_kingdom_by_the_renewed_decision() -> None:
    transfer = OPENSTREETMAP_FOUNDATION.transfer

    assert transfer
    assert (transfer.country, transfer.mechanism) == ("GB", "UK Adequacy Decision")
    assert transfer.reference == "(EU) 2021/1772, (EU) 2025/2574"


@pytest.mark.parametrize(
    ("company", "name", "address"),
    [
        (X, "X Internet Unlimited Company", "One Cumberland Place, Fenian Street, Dublin 2, D02 AX07"),
        (TIKTOK, "TikTok Technology Limited", "10 Earlsfort Terrace, Dublin, D02 T380"),
        (PINTEREST, "Pinterest Europe Ltd.", "Waterloo Exchange, 3rd Floor, Waterloo Road, Dublin 4"),
        (REDDIT, "Reddit Netherlands B.V.", "Looiersgracht 43, 1016 VR Amsterdam"),
        (KOMOOT, "komoot GmbH", "Kienberger Allee 4, 12529 Schönefeld"),
        (SPOTIFY, "Spotify AB", "Regeringsgatan 19, 111 53 Stockholm"),
    ],
)
def test_companies_that_moved_or_were_renamed_are_told_as_they_are_now(
    company: Company, name: str, address: str
) -> None:
    assert (company.legal_name, company.address) == (name, address)
