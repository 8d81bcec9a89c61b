"""What the rules say about the channels of a register, and who has to do what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from support.channel_register import LEINAU, channel, portal, register

from shariff_py.channels import Finding, Verdict, check
from shariff_py.channels.checks import CHECKS, REGISTER_CHECKS
from shariff_py.channels.rules import looks_personal, working_days

MONDAY = date(2026, 11, 23)


def finding(found: tuple[Finding, ...], rule: str) -> Finding:
    (only,) = [entry for entry in found if entry.rule == rule]
    return only


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
