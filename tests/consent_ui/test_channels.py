"""The register of official channels: what it accepts, what its rules say, and what it shows to whom."""

from __future__ import annotations

import dataclasses
import json
import re
import tomllib
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from support.paths import TESTS

from shariff_py.channels import Channel, Finding, Register, Verdict, check, overview, public
from shariff_py.channels.checks import CHECKS, REGISTER_CHECKS
from shariff_py.channels.overview import PUBLIC
from shariff_py.channels.rules import looks_personal, working_days
from shariff_py.errors import ConfigurationError
from shariff_py.platforms.registry import platform_of
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES
from shariff_py.urls import parse

MONDAY = date(2026, 11, 23)
FILE = tomllib.loads((TESTS / "fixtures" / "channels.toml").read_text(encoding="utf-8"))
LEINAU = Register.from_mapping(FILE)
PRIVATE = {"mailbox", "deputy_unit", "upkeep_hours", "last_checked_on", "approval"}


def portal(state: str = "released") -> Settings:
    return Settings.from_mapping(
        {
            "site": {"origin": "https://www.leinau.example"},
            "releases": {"facebook": {"state": state}},
            "controllers": {
                "city": {
                    "name": "Stadt Leinau",
                    "contact_url": "/kontakt",
                    "privacy_url": "/datenschutz",
                    "alternative_url": "/nachrichten",
                }
            },
        }
    )


def channel(**changes: Any) -> dict[str, Any]:
    """The city's own channel, which keeps every rule, with changes; ``None`` leaves a field out."""
    fields = FILE["channels"][0] | changes
    return {name: value for name, value in fields.items() if value is not None}


def register(*channels: dict[str, Any]) -> Register:
    return Register.from_mapping({"channels": list(channels)})


def finding(found: tuple[Finding, ...], rule: str) -> Finding:
    (only,) = [entry for entry in found if entry.rule == rule]
    return only


# What is refused


@pytest.mark.parametrize(
    ("changes", "setting", "cure"),
    [
        ({"mailbx": "presse@leinau.example"}, "channels.city-facebook.mailbx", "spelling"),
        ({"url": "javascript:alert(1)"}, "channels.city-facebook.url", "address bar"),
        ({"url": "https://city@www.facebook.com/stadtleinau"}, "channels.city-facebook.url", "address bar"),
        ({"imprint_url": "javascript:alert(1)"}, "channels.city-facebook.imprint_url", "/imprint"),
        ({"privacy_url": "datenschutz.html"}, "channels.city-facebook.privacy_url", "/imprint"),
        ({"alternatives": [{"title": "x", "url": "data:,x"}]}, "channels.city-facebook.alternatives.0.url", "/imprint"),
        ({"status": "open"}, "channels.city-facebook.status", "active"),
        ({"status": None}, "channels.city-facebook.status", "Add it"),
        ({"title": ""}, "channels.city-facebook.title", "character"),
        ({"mailbox": "presse"}, "channels.city-facebook.mailbox", "press@"),
        ({"opened_on": "gestern"}, "channels.city-facebook.opened_on", "2026-11-23"),
        ({"purpose": 3}, "channels.city-facebook.purpose", "per language"),
        ({"languages": "de"}, "channels.city-facebook.languages", "brackets"),
        ({"languages": ["Deutsch"]}, "channels.city-facebook.languages.0", "language tag"),
        ({"upkeep_hours": 0}, "channels.city-facebook.upkeep_hours", "one hour"),
        ({"approval": "ja"}, "channels.city-facebook.approval", "by_role"),
        ({"id": "City Facebook"}, "channels.City Facebook.id", "lower-case"),
        ({"id": None}, "channels.number 1.id", "Add it"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_with_its_channel_and_the_cure(
    changes: dict[str, Any], setting: str, cure: str
) -> None:
    with pytest.raises(ConfigurationError) as raised:
        register(channel(**changes))

    assert raised.value.setting == setting
    assert cure in str(raised.value)


def test_a_register_that_is_no_list_is_named_itself() -> None:
    with pytest.raises(ConfigurationError, match="is not a list") as raised:
        Register.from_mapping({"channels": "city-facebook"})

    assert raised.value.setting == "channels"


def test_an_address_that_was_set_afterwards_and_is_none_is_named_with_its_channel() -> None:
    changed = dataclasses.replace(LEINAU.channels[0], url="facebook")

    with pytest.raises(ConfigurationError, match="'facebook' is not an address") as raised:
        _ = changed.address

    assert raised.value.setting == "channels.city-facebook.url"


def test_two_channels_with_one_id_are_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"channels\.city-facebook\.id: is used by more than one"):
        register(channel(), channel(url="https://www.facebook.com/other"))


def test_a_text_without_a_language_is_in_the_sites_own() -> None:
    read = Register.from_mapping({"channels": [channel(purpose="Nieuws")]}, language="nl")

    assert read.channels[0].purpose == {"nl": "Nieuws"}


def test_a_platform_without_a_record_is_listed_under_the_name_it_was_given() -> None:
    mastodon = LEINAU.channels[2]

    assert mastodon.record is None
    assert mastodon.platform_title == "Mastodon"


# What the rules say


def test_a_register_that_keeps_every_rule_passes_every_one_of_them() -> None:
    found = check(LEINAU, portal(), MONDAY)

    assert {entry.rule for entry in found} == {rule.rule for rule in (*CHECKS, *REGISTER_CHECKS)}
    assert [entry for entry in found if entry.verdict is not Verdict.PASS] == []


BROKEN: list[tuple[str, dict[str, Any], Verdict]] = [
    ("address", {"url": "https://facebook.com.evil.example/stadtleinau"}, Verdict.FAIL),
    ("address", {"platform": "Mastodon"}, Verdict.FAIL),
    ("released", {"platform": "Mastodon", "url": "https://social.leinau.example/@stadt"}, Verdict.WARN),
    ("imprint", {"imprint_url": None}, Verdict.FAIL),
    ("imprint", {"imprint_url": "https://www.facebook.com/stadtleinau/about"}, Verdict.FAIL),
    ("imprint", {"imprint_url": "//www.facebook.com/stadtleinau/about"}, Verdict.FAIL),
    ("privacy", {"privacy_url": None}, Verdict.FAIL),
    ("back-link", {"portal_page_url": None}, Verdict.FAIL),
    ("back-link", {"portal_page_url": "https://www.leinau.example.evil.example/"}, Verdict.FAIL),
    ("alternative", {"alternatives": None}, Verdict.FAIL),
    ("alternative", {"alternatives": [{"title": "Seite", "url": "https://m.facebook.com/leinau"}]}, Verdict.FAIL),
    ("responsible", {"unit": None}, Verdict.FAIL),
    ("responsible", {"deputy_unit": None}, Verdict.FAIL),
    ("mailbox", {"mailbox": None}, Verdict.FAIL),
    ("mailbox", {"mailbox": "erika.muster@leinau.example"}, Verdict.WARN),
    ("mailbox", {"mailbox": "presse@freemail.example"}, Verdict.WARN),
    ("controller", {"controller": "region"}, Verdict.FAIL),
    ("controller", {"controller": None}, Verdict.FAIL),
    ("netiquette", {"netiquette_url": None}, Verdict.WARN),
    ("answers", {"response_target_hours": None}, Verdict.WARN),
    ("upkeep", {"last_checked_on": None}, Verdict.FAIL),
    ("upkeep", {"last_checked_on": date(2026, 11, 19)}, Verdict.FAIL),
    ("upkeep", {"last_checked_on": date(2026, 11, 24)}, Verdict.FAIL),
    ("approval", {"approval": None}, Verdict.FAIL),
    ("approval", {"approval": {"by_role": "Mayor", "on": date(2025, 11, 23)}}, Verdict.FAIL),
    ("approval", {"approval": {"by_role": "Mayor", "on": date(2025, 12, 1)}}, Verdict.WARN),
    ("approval", {"approval": {"by_role": "Mayor", "on": date(2026, 11, 24)}}, Verdict.FAIL),
    ("still-open", {"closed_on": date(2026, 11, 20)}, Verdict.FAIL),
    ("closing", {"status": "closed"}, Verdict.FAIL),
    ("closing", {"status": "closed", "closed_on": date(2026, 11, 24)}, Verdict.FAIL),
    ("closing", {"status": "closed", "closed_on": date(2026, 10, 1)}, Verdict.FAIL),
    ("https", {"url": "http://www.facebook.com/stadtleinau"}, Verdict.FAIL),
]


@pytest.mark.parametrize(("rule", "changes", "verdict"), BROKEN)
def test_a_broken_rule_says_who_has_to_do_what(rule: str, changes: dict[str, Any], verdict: Verdict) -> None:
    found = finding(check(register(channel(**changes)), portal(), MONDAY), rule)

    assert found.verdict is verdict
    assert found.sentence.endswith(".")
    assert found.cure.endswith(".")
    assert found.role


def test_every_rule_about_a_channel_has_been_seen_broken() -> None:
    seen = {rule for rule, _, _ in BROKEN}

    assert {rule.rule for rule in (*CHECKS, *REGISTER_CHECKS)} - seen == {"one-address"}  # shown broken below


@pytest.mark.parametrize("state", ["not_released", "suspended", "withdrawn"])
def test_an_active_channel_on_a_platform_that_is_not_released_fails(state: str) -> None:
    found = finding(check(register(channel()), portal(state), MONDAY), "released")

    assert found.verdict is Verdict.FAIL
    assert state.replace("_", " ") in found.sentence


@pytest.mark.parametrize(
    "twin",
    ["https://m.facebook.com/StadtLeinau/", "http://facebook.com/stadtleinau", "https://www.facebook.com/stadtleinau"],
)
def test_two_channels_with_one_account_fail_however_the_address_is_spelt(twin: str) -> None:
    found = check(register(channel(), channel(id="twin", url=twin)), portal(), MONDAY)

    assert finding(found, "one-address").verdict is Verdict.FAIL


def test_accounts_that_differ_only_in_their_number_are_two_accounts() -> None:
    one = channel(url="https://www.facebook.com/profile.php?id=1")
    two = channel(id="two", url="https://www.facebook.com/profile.php?id=2")

    found = finding(check(register(one, two), portal(), MONDAY), "one-address")

    assert found.verdict is Verdict.PASS


def test_a_channel_that_is_only_requested_needs_no_imprint_yet() -> None:
    found = check(register(channel(status="requested", imprint_url=None)), portal(), MONDAY)

    assert "imprint" not in {entry.rule for entry in found}


@pytest.mark.parametrize(
    ("last", "today", "days"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), 0),
        (date(2026, 11, 20), date(2026, 11, 22), 0),
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 11, 19), date(2026, 11, 23), 2),
        (date(2026, 11, 9), date(2026, 11, 23), 10),
    ],
)
def test_upkeep_counts_working_days_only(last: date, today: date, days: int) -> None:
    assert working_days(last, today) == days


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"last_checked_on": None}, "No check has been recorded yet."),
        ({}, "Last checked on 2026-11-18, 3 working days ago (agreed: daily)."),
        ({"upkeep_hours": 48}, "Last checked on 2026-11-18, 3 working days ago (agreed: every 2 working days)."),
        ({"upkeep_hours": 36}, "Last checked on 2026-11-18, 3 working days ago (agreed: every 36 hours)."),
        ({"upkeep_hours": 72}, "Last checked on 2026-11-18."),
        (
            {"last_checked_on": date(2026, 11, 20), "upkeep_hours": 12},
            "Last checked on 2026-11-20, 1 working day ago (agreed: every 12 hours).",
        ),
    ],
)
def test_a_late_check_is_reported_in_working_days_beside_what_was_agreed(
    changes: dict[str, Any], sentence: str
) -> None:
    entry = channel(last_checked_on=date(2026, 11, 18)) | changes

    found = check(
        register({name: value for name, value in entry.items() if value is not None}), portal(), date(2026, 11, 23)
    )

    assert finding(found, "upkeep").sentence == sentence


def test_a_holiday_is_no_working_day() -> None:
    checked_on_wednesday = register(channel(last_checked_on=date(2026, 12, 23)))
    monday_after_christmas, holidays = date(2026, 12, 28), [date(2026, 12, 24), date(2026, 12, 25)]

    without = finding(check(checked_on_wednesday, portal(), monday_after_christmas), "upkeep")
    with_them = finding(check(checked_on_wednesday, portal(), monday_after_christmas, holidays=holidays), "upkeep")

    assert (without.verdict, with_them.verdict) == (Verdict.FAIL, Verdict.PASS)


def test_an_approval_given_on_a_leap_day_ends_on_the_first_of_march() -> None:
    leap = register(channel(approval={"by_role": "Mayor", "on": date(2028, 2, 29)}, last_checked_on=date(2029, 2, 28)))

    last_day, after = (finding(check(leap, portal(), date(2029, m, d)), "approval") for m, d in ((2, 28), (3, 1)))

    assert (last_day.verdict, after.verdict) == (Verdict.WARN, Verdict.FAIL)


@pytest.mark.parametrize(
    ("local_part", "personal"),
    [
        ("erika.muster", True),
        ("e.muster", True),
        ("anna-lena.muster", True),
        ("m_muster2", True),
        ("presse", False),
        ("social.media", False),
        ("rathaus-info", False),
        ("40.1", False),
    ],
)
def test_a_persons_mailbox_is_distinguished_from_a_functions(local_part: str, personal: bool) -> None:
    assert looks_personal(local_part) is personal


# What is shown


def soup_of(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def test_every_field_is_either_public_or_private() -> None:
    fields = {field.name for field in dataclasses.fields(Channel)}

    assert fields == set(PUBLIC) | PRIVATE
    assert not PRIVATE & set(PUBLIC)


@pytest.mark.parametrize("language", ["de", "en"])
def test_nothing_private_is_in_the_overview_or_in_channels_json(language: str) -> None:
    html = str(overview(LEINAU, portal(), LANGUAGES[language]))
    published = json.dumps(public(LEINAU), ensure_ascii=False)

    for private in ("presse@leinau.example", "bibliothek@leinau.example", "Büro der", "Oberbürgermeisterin", "Drs."):
        assert private not in html
        assert private not in published


def test_the_overview_and_channels_json_have_the_same_channels() -> None:
    html = overview(LEINAU, portal(), LANGUAGES["de"])

    shown = [name.get_text(" ", strip=True) for name in soup_of(html).select(".shariff-channel-name")]
    published = [entry["title"] for entry in public(LEINAU)["channels"]]

    assert len(shown) == len(published) == 3
    assert all(text.startswith(title) for text, title in zip(shown, published, strict=True))


def test_a_channel_that_does_not_exist_yet_is_not_shown() -> None:
    assert "Mastodon" not in overview(LEINAU, portal(), LANGUAGES["de"])
    assert "city-mastodon" not in {entry["id"] for entry in public(LEINAU)["channels"]}


def test_channels_are_grouped_by_unit_with_closed_ones_at_the_end() -> None:
    page = soup_of(overview(LEINAU, portal(), LANGUAGES["de"], level=3))

    outline = [(heading.name, heading.get_text(strip=True)) for heading in page.select("h1, h2, h3, h4, h5, h6")]
    last = page.select(".shariff-channel")[-1]

    assert outline == [
        ("h3", "Pressestelle"),
        ("h4", "Stadt Leinau bei Facebook"),
        ("h3", "Stadtbibliothek"),
        ("h4", "Stadtbibliothek Leinau bei Facebook"),
        ("h3", "Tierpark Leinau bei Facebook, geschlossen am 16. November 2026"),
    ]
    assert last.select('a[href*="facebook.com"]') == []


def test_two_channels_of_one_unit_are_below_one_heading() -> None:
    both = register(channel(), channel(id="city-events", title="Veranstaltungen", url="https://www.facebook.com/feste"))

    page = soup_of(overview(both, portal(), LANGUAGES["de"]))

    assert [heading.get_text(strip=True) for heading in page.select("h2, h3")] == [
        "Pressestelle",
        "Stadt Leinau bei Facebook",
        "Veranstaltungen bei Facebook",
    ]


def test_a_channel_without_a_purpose_is_listed_without_one() -> None:
    text = "Lesungen, neue Medien, geänderte Öffnungszeiten."
    listed = [
        overview(register(channel(purpose=purpose)), portal(), LANGUAGES["de"]) for purpose in (text, {"de": ""}, None)
    ]

    assert [text in html for html in listed] == [True, False, False]
    assert all("Stadt Leinau" in html for html in listed)


@pytest.mark.parametrize(("level", "names"), [(0, {"h1", "h2"}), (5, {"h5", "h6"}), (6, {"h6"}), (9, {"h6"})])
def test_headings_are_of_a_level_that_html_has(level: int, names: set[str]) -> None:
    page = soup_of(overview(LEINAU, portal(), LANGUAGES["de"], level=level))

    assert {tag.name for tag in page.find_all(re.compile(r"h[0-9]+"))} == names


def test_links_to_platforms_disclose_no_page_and_hand_over_no_window() -> None:
    page = soup_of(overview(LEINAU, portal(), LANGUAGES["de"]))

    foreign = [a for a in page.select("a") if (parts := parse(str(a["href"]))) and platform_of(parts.host)]

    assert len(foreign) == 2
    assert all(a["rel"] == ["noopener", "noreferrer"] for a in foreign)


def loads(html: str) -> list[str]:
    """Every address a browser would ask for by itself when it shows the fragment."""
    return [
        str(tag[name])
        for tag in soup_of(html).find_all(True)
        for name in (
            "src",
            "srcset",
            "data",
            "poster",
            "background",
            "style",
            *(["href"] if tag.name == "link" else []),
        )
        if tag.has_attr(name)
    ]


def test_the_overview_loads_nothing() -> None:
    assert loads(overview(LEINAU, portal(), LANGUAGES["de"])) == []
    assert loads('<img src="https://www.facebook.com/tr">') == ["https://www.facebook.com/tr"]


def test_a_text_in_another_language_than_the_page_says_so() -> None:
    page = soup_of(overview(LEINAU, portal(), LANGUAGES["en"]))

    german = [tag.text for tag in page.select('[lang="de"]')]

    assert "Lesungen, neue Medien, geänderte Öffnungszeiten." in german
    assert page.find("h2", string="City library") is not None


def test_markup_in_a_field_is_shown_as_text() -> None:
    evil = '<img src="https://www.facebook.com/tr" onerror="alert(1)">'
    read = register(
        channel(title=evil, handle=evil, purpose=evil, unit=evil, alternatives=[{"title": evil, "url": "/"}])
    )

    html = overview(read, portal(), LANGUAGES["de"])

    assert soup_of(html).find("img") is None
    assert html.count("&lt;img") == 5


def test_an_empty_register_says_that_there_is_no_channel() -> None:
    assert LANGUAGES["de"].say("channels.none") in overview(register(), portal(), LANGUAGES["de"])
    assert public(register()) == {"channels": []}


def test_channels_json_is_plain_data() -> None:
    city = json.loads(json.dumps(public(LEINAU)))["channels"][0]

    assert city["opened_on"] == "2026-11-02"
    assert city["alternatives"][0] == {
        "title": {"de": "Nachrichten im Portal", "en": "News in the portal"},
        "url": "/nachrichten",
    }
