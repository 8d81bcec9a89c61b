"""The policy file: what it may say, what is refused with which words, and what the documentation shows of it."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import UTC, date, datetime

import pytest
from support.paths import DOCS

from shariff_py.audit.report import schema
from shariff_py.audit.verdict.companies import company_of
from shariff_py.audit.verdict.policy import AuditPolicy
from shariff_py.errors import ConfigurationError

RULE = {"host": "stats.example", "owner": "Town", "purpose": "statistics", "legal_basis": "consent"}
KEPT = {"name": "session_*", "purpose": "login", "legal_basis": "section 25(2) no. 2 TDDDG"}


def test_the_documented_policy_file_is_read() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", (DOCS / "audit.md").read_text(encoding="utf-8"), re.DOTALL)

    policy = AuditPolicy.from_mapping(tomllib.loads(example))

    assert policy.consent.accept == ("text=Accept all",)
    assert policy.allow[0].expires == date(2027, 6, 30)
    assert policy.storage == "judge"


def test_the_published_schema_is_the_reports_own() -> None:
    assert json.loads((DOCS / "audit-report.schema.json").read_text(encoding="utf-8")) == schema()


NO_DATE = "is not a date. Write it without quotation marks, year first: 2027-06-30."
NO_TABLE = "is not a table. Begin it with [[allow]], [[keep]], [[companies]] or [consent]."
NOT_KNOWN = "is not a known value. Phases are before, after, withdrawn, reloaded and server; storage is list or judge."

REFUSED: list[tuple[dict[str, object], str]] = [
    ({"alow": []}, "alow: is not a field of the policy file. Check the spelling."),
    ({"allow": [{"host": "a.example"}]}, "allow.1.owner: is missing. Every exception needs an owner, a purpose and a legal basis."),
    ({"allow": [{**RULE, "owner": ""}]}, "allow.1.owner: is empty. Every exception needs an owner, a purpose and a legal basis."),
    ({"site": 5}, "site: is not a text. Write it in quotation marks."),
    ({"own": "www.example.org"}, 'own: is not a list. Write it in square brackets: ["before", "after"].'),
    ({"allow": [{**RULE, "phases": ["always"]}]}, f"allow.1.phases.1: {NOT_KNOWN}"),
    ({"storage": "ignore"}, f"storage: {NOT_KNOWN}"),
    ({"allow": [{**RULE, "expires": "soon"}]}, f"allow.1.expires: {NO_DATE}"),
    ({"allow": [{**RULE, "expires": datetime(2027, 6, 30, 12, tzinfo=UTC)}]}, f"allow.1.expires: {NO_DATE}"),
    ({"allow": [{**RULE, "expires": True}]}, f"allow.1.expires: {NO_DATE}"),
    ({"allow": ["stats.example"]}, f"allow.1: {NO_TABLE}"),
]  # fmt: skip


@pytest.mark.parametrize(("values", "message"), REFUSED)
def test_what_cannot_be_used_is_named_with_its_field_and_the_cure(values: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        AuditPolicy.from_mapping(values)

    assert (refused.value.setting, str(refused.value)) == (message.partition(":")[0], message)


def test_an_exception_without_phases_holds_in_each_of_a_visit_but_not_for_the_server() -> None:
    policy = AuditPolicy.from_mapping({"allow": [RULE], "keep": [KEPT]})
    phases = ["before", "after", "withdrawn", "reloaded", "server"]

    allowed = [policy.rule("stats.example", phase, date(2027, 1, 1)) != (None, "phase") for phase in phases]
    kept = [policy.keep[0].covers("session_1", phase) for phase in phases]

    assert allowed == kept == [True, True, True, True, False]


@pytest.mark.parametrize("field", ["host", "owner", "purpose", "legal_basis"])
@pytest.mark.parametrize("empty", ["", "  ", "\t"])
def test_an_exception_that_says_nothing_is_refused_with_the_field_and_the_cure(field: str, empty: str) -> None:
    with pytest.raises(ConfigurationError, match=r"is empty.*an owner, a purpose and a legal basis") as refused:
        AuditPolicy.from_mapping({"allow": [RULE, {**RULE, field: empty}]})

    assert refused.value.setting == f"allow.2.{field}"


@pytest.mark.parametrize("field", ["name", "purpose", "legal_basis"])
def test_something_kept_on_the_device_needs_a_reason_as_well(field: str) -> None:
    with pytest.raises(ConfigurationError, match="is empty") as refused:
        AuditPolicy.from_mapping({"keep": [{**KEPT, field: " "}]})

    assert refused.value.setting == f"keep.1.{field}"


def test_an_exception_covers_its_host_its_phases_and_its_time() -> None:
    policy = AuditPolicy.from_mapping(
        {"allow": [{**RULE, "host": "*.example.net", "phases": ["after"], "expires": date(2027, 1, 1)}]}
    )

    def allowed(host: str, phase: str, today: date) -> tuple[bool, str]:
        rule, why = policy.rule(host, phase, today)
        return rule is not None, why

    assert allowed("a.example.net", "after", date(2027, 1, 1)) == (True, "")
    assert allowed("example.net", "after", date(2027, 1, 1)) == (True, "")
    assert allowed("a.example.net", "after", date(2027, 1, 2)) == (False, "expired")
    assert allowed("a.example.net", "before", date(2026, 1, 1)) == (False, "phase")
    assert allowed("notexample.net", "after", date(2026, 1, 1)) == (False, "")


def test_platforms_come_from_the_registry_then_the_policy_then_the_register() -> None:
    own = AuditPolicy.from_mapping({"companies": [{"name": "Mine", "hosts": ["google.com", "facebook.com"]}]}).companies

    assert company_of("static.xx.fbcdn.net", own).name == "Meta Platforms Ireland Limited"  # type: ignore[union-attr]
    assert company_of("www.google.com", own).name == "Mine"  # type: ignore[union-attr]
    assert company_of("fonts.gstatic.com", own).name == "Google Ireland Limited"  # type: ignore[union-attr]
    assert company_of("nobody.example") is None


def test_a_seat_is_told_apart_from_where_data_may_go() -> None:
    own = AuditPolicy.from_mapping(
        {"companies": [{"name": "Mine", "hosts": ["mine.example"], "country": "CH"}]}
    ).companies
    found = [company_of(host, own) for host in ("www.facebook.com", "fonts.gstatic.com", "unpkg.com", "mine.example")]

    assert [(one.country, one.data_may_go_to) for one in found if one] == [
        ("IE", ("US",)),
        ("IE", ("US",)),
        ("US", ("US",)),
        ("CH", ()),
    ]
