"""What is known of platforms grows old: every fact has a day, and the doctor names those that concern the site."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from support.unknown_platform import PLATFORM as STRANGER

from shariff_py.doctor import Diagnosis, examine
from shariff_py.doctor.facts import Fact, facts, named, older_than, platform_facts
from shariff_py.doctor.rulebook import platforms
from shariff_py.platforms.registry import REGISTRY
from shariff_py.platforms.third_parties.register import register
from shariff_py.settings import Settings

OLD = Fact("old: record", date(2026, 1, 1), frozenset({"old"}))
NEW = Fact("Somebody GmbH", date(2026, 6, 30))


def examined(today: date, **values: Any) -> dict[str, Diagnosis]:
    settings = Settings.from_mapping({"site": {"origin": "https://www.leinau.example"}, **values})
    return {found.what: found for found in examine(settings, today)}


def released(*names: str) -> dict[str, Any]:
    return {name: {"state": "released"} for name in names}


@pytest.mark.parametrize(
    ("today", "old"),
    [
        (date(2026, 6, 30), []),
        (date(2026, 7, 1), ["old: record"]),
        (date(2026, 12, 27), ["old: record"]),
        (date(2026, 12, 28), ["old: record", "Somebody GmbH"]),
    ],
)
def test_a_fact_is_old_from_the_day_after_its_time(today: date, old: list[str]) -> None:
    assert [fact.name for fact in older_than(180, today, [NEW, OLD])] == old


def test_facts_of_the_same_day_are_named_together_and_each_once() -> None:
    assert list(named([OLD, NEW, NEW, Fact("b", date(2026, 1, 1))])) == [
        "old: record, b (2026-01-01)",
        "Somebody GmbH (2026-06-30)",
    ]


def test_every_kind_of_fact_is_walked() -> None:
    about = {fact.name: fact.about for fact in facts()}

    assert about["youtube: record"] == {"youtube"}
    assert about["mail: record"] == {"mail"}
    assert about["Google Ireland Limited"] >= {"youtube", "google_maps"}
    assert about["EU-US Data Privacy Framework (EU) 2023/1795"] >= {"facebook", "youtube", "x"}
    assert about["Google Tag Manager: third party"] == set()


def test_a_company_is_walked_without_a_platform_as_well() -> None:
    about = {fact.name: fact.about for fact in facts({})}

    assert about["Google Ireland Limited"] == about["Deezer SA"] == set()
    assert about["UK Adequacy Decision (EU) 2021/1772, (EU) 2025/2574"] == set()


def test_no_record_and_no_third_party_is_left_out() -> None:
    names = [fact.name for fact in facts()]

    assert sum(name.endswith(": record") for name in names) == len(REGISTRY)
    assert sum(name.endswith(": third party") for name in names) >= 85
    assert len(names) == len(set(names))


def test_the_facts_of_a_platform_nobody_has_seen_before_are_walked_as_well() -> None:
    found = [(fact.name, fact.checked_on, fact.about) for fact in facts({"stranger": STRANGER}) if fact.about]

    assert found == [
        ("stranger: record", date(2026, 11, 22), {"stranger"}),
        ("Stranger S.A.", date(2026, 11, 22), {"stranger"}),
        ("EU-US Data Privacy Framework (EU) 2023/1795", date(2026, 11, 22), {"stranger"}),
    ]


def test_the_doctor_finds_nothing_old_while_all_is_new() -> None:
    found = examined(date(2026, 12, 1), releases=released("youtube"))["facts"]

    assert (found.well, found.finding) == (True, "checked within 180 days")


def test_the_doctor_names_what_concerns_the_site_in_one_line_and_counts_the_rest() -> None:
    today = date(2028, 1, 1)

    found = examined(today, services=["mail", "twitter"], releases=released("youtube"))["facts"]

    assert not found.well
    assert found.finding.startswith("older than 180 days: mail: record (2026-11-22); ")
    assert "youtube: record" in found.finding
    assert "youtube: terms for previews" in found.finding
    assert "Google Ireland Limited" in found.finding
    assert "EU-US Data Privacy Framework (EU) 2023/1795" in found.finding
    assert "mail: record" in found.finding
    assert "x: record" in found.finding
    assert "vimeo" not in found.finding
    assert "third party" not in found.finding
    assert found.finding.count("(20") <= 6
    count = len(facts()) - len(register().third_parties) - 7
    assert found.finding.endswith(f"; and {count} older ones of what this site does not use")
    assert "Update the library." in found.cure


def test_the_age_of_what_is_known_of_third_parties_is_told_once() -> None:
    everything = examined(date(2028, 1, 1), services=[], releases={})

    assert everything["third parties"].finding.endswith(" known by name, last verified on 2026-11-30")
    assert (
        everything["facts"].finding
        == f"checked within 180 days; and {len(platform_facts())} older ones of what this site does not use"
    )


def test_what_a_site_does_not_use_grows_old_without_a_fault() -> None:
    found = examined(date(2027, 5, 22), services=[], releases={})["facts"]

    assert found.well
    assert found.finding.startswith("checked within 180 days; and ")


def test_what_nobody_has_confirmed_of_a_released_platform_is_named_with_a_cure() -> None:
    found = examined(date(2026, 12, 1), releases=released("vimeo", "youtube"))

    assert not found["vimeo: not confirmed"].well
    assert found["vimeo: not confirmed"].finding == "Vimeo.com, Inc.: legal name, address, basis of the transfer"
    assert "https://vimeo.com/privacy" in found["vimeo: not confirmed"].cure
    assert "youtube: not confirmed" not in found
    assert "x: not confirmed" not in found


@pytest.mark.parametrize(
    ("in_force", "finding"),
    [
        (True, "EU-US Data Privacy Framework, as of 2026-11-22"),
        (False, "EU-US Data Privacy Framework, no longer in force, as of 2026-11-22"),
    ],
)
def test_a_basis_that_is_no_longer_in_force_is_named_with_a_cure(in_force: bool, finding: str) -> None:
    assert STRANGER.operator
    assert STRANGER.operator.transfer
    transfer = replace(STRANGER.operator.transfer, in_force=in_force)
    record = replace(STRANGER, name="youtube", operator=replace(STRANGER.operator, transfer=transfer))
    settings = Settings.from_mapping({"releases": released("youtube")})

    found = {diagnosis.what: diagnosis for diagnosis in platforms(settings, date(2026, 12, 1), {"youtube": record})}[
        "youtube: transfer basis"
    ]

    assert (found.well, found.finding) == (in_force, finding)
    assert found.cure == "Its content stays a link until there is another basis. Update the library."


def test_platforms_that_were_never_decided_on_are_one_line() -> None:
    found = examined(date(2026, 12, 1), releases={**released("youtube"), "x": {"state": "suspended"}})

    assert (found["youtube"].finding, found["x"].finding) == ("released", "suspended")
    assert found["not released"].well
    undecided = found["not released"].finding.split(", ")
    assert {"vimeo", "facebook", "peertube"} <= set(undecided)
    assert {"youtube", "x", "mail"} & set(undecided) == set()
    assert "vimeo" not in found
