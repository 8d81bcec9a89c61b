"""The policy file: what it may say, what is refused with which words, and what the documentation shows of it."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date

import pytest
from support.paths import DOCS

from shariff_py.audit.report import schema
from shariff_py.audit.verdict.companies import COMPANIES, company_of
from shariff_py.audit.verdict.policy import AuditPolicy
from shariff_py.errors import ConfigurationError

RULE = {"host": "stats.example", "owner": "Town", "purpose": "statistics", "legal_basis": "consent"}


def test_the_documented_policy_file_is_read() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", (DOCS / "audit.md").read_text(encoding="utf-8"), re.DOTALL)

    policy = AuditPolicy.from_mapping(tomllib.loads(example))

    assert policy.consent.accept == ("text=Accept all",)
    assert policy.allow[0].expires == date(2027, 6, 30)
    assert policy.storage == "judge"


def test_the_published_schema_is_the_reports_own() -> None:
    assert json.loads((DOCS / "audit-report.schema.json").read_text(encoding="utf-8")) == schema()


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"alow": []}, "alow", "not a field"),
        ({"allow": [{"host": "a.example"}]}, "allow.1.owner", "missing"),
        ({"allow": [{**RULE, "phases": ["always"]}]}, "allow.1.phases.1", "not a known value"),
        ({"allow": [{**RULE, "expires": "soon"}]}, "allow.1.expires", "not a date"),
        ({"own": "www.example.org"}, "own", "not a list"),
        ({"storage": "ignore"}, "storage", "not a known value"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_field(values: dict[str, object], field: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message) as refused:
        AuditPolicy.from_mapping(values)

    assert refused.value.setting == field


@pytest.mark.parametrize("field", ["host", "owner", "purpose", "legal_basis"])
@pytest.mark.parametrize("empty", ["", "  ", "\t"])
def test_an_exception_that_says_nothing_is_refused_with_the_field_and_the_cure(field: str, empty: str) -> None:
    with pytest.raises(ConfigurationError, match=r"is empty.*an owner, a purpose and a legal basis") as refused:
        AuditPolicy.from_mapping({"allow": [RULE, {**RULE, field: empty}]})

    assert refused.value.setting == f"allow.2.{field}"


@pytest.mark.parametrize("field", ["name", "purpose", "legal_basis"])
def test_something_kept_on_the_device_needs_a_reason_as_well(field: str) -> None:
    kept = {"name": "session_*", "purpose": "login", "legal_basis": "section 25(2) no. 2 TDDDG"}

    with pytest.raises(ConfigurationError, match="is empty") as refused:
        AuditPolicy.from_mapping({"keep": [{**kept, field: " "}]})

    assert refused.value.setting == f"keep.1.{field}"


def test_an_exception_covers_its_host_its_phases_and_its_time() -> None:
    policy = AuditPolicy.from_mapping(
        {"allow": [{**RULE, "host": "*.example.net", "phases": ["after"], "expires": date(2027, 1, 1)}]}
    )

    def answer(host: str, phase: str, today: date) -> tuple[bool, str]:
        rule, why = policy.rule(host, phase, today)
        return rule is not None, why

    assert answer("a.example.net", "after", date(2027, 1, 1)) == (True, "")
    assert answer("example.net", "after", date(2027, 1, 1)) == (True, "")
    assert answer("a.example.net", "after", date(2027, 1, 2)) == (False, "expired")
    assert answer("a.example.net", "before", date(2026, 1, 1)) == (False, "phase")
    assert answer("notexample.net", "after", date(2026, 1, 1)) == (False, "")


def test_platforms_come_from_the_registry_then_the_policy_then_our_list() -> None:
    own = AuditPolicy.from_mapping({"companies": [{"name": "Mine", "hosts": ["google.com", "facebook.com"]}]}).companies

    assert company_of("static.xx.fbcdn.net", own).name == "Meta Platforms Ireland Limited"  # type: ignore[union-attr]
    assert company_of("maps.google.com", own).name == "Mine"  # type: ignore[union-attr]
    assert company_of("fonts.gstatic.com", own).name == "Google"  # type: ignore[union-attr]
    assert company_of("nobody.example") is None


def test_no_host_of_our_list_stands_in_it_twice_and_every_country_is_a_code() -> None:
    hosts = [host for company in COMPANIES for host in company.hosts]

    assert len(hosts) == len(set(hosts))
    assert all(re.fullmatch(r"[A-Z]{2}", company.country) for company in COMPANIES)
