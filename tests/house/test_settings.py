"""Settings: three sources, one frozen record, and mistakes that name their cure."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest

from shariff_py.errors import ConfigurationError
from shariff_py.platforms.registry import REGISTRY
from shariff_py.policy import Controller, Release, ReleaseState
from shariff_py.settings import Settings, load

CONTROLLER = {
    "name": "Stadt Leinau",
    "contact_url": "/kontakt",
    "privacy_url": "/datenschutz",
    "alternative_url": "/aktuelles",
}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"sit": {}}, "sit: is not a setting. Check the spelling"),
        ({"site": {"orign": "x"}}, r"site\.orign: is not a setting. Check the spelling"),
        ({"site": {"hosts": "www.example.org"}}, r"site\.hosts: is not a list"),
        ({"site": {"origin": "https://www.example.org/"}}, r"site\.origin: .*Write 'https://www.example.org'"),
        ({"site": {"origin": "www.example.org"}}, r"site\.origin: .*https://www.example.org"),
        ({"site": {"language": "xx"}}, r"site\.language: .*Use one of"),
        ({"releases": {"facebook": {"state": "yes"}}}, r"releases\.facebook\.state: .*'released'"),
        ({"releases": {"friendster": {"state": "released"}}}, "releases: 'friendster' is not a known platform"),
        ({"controllers": {"city": {"name": "x"}}}, r"controllers\.city\.contact_url: .*required"),
        (
            {"stand_in": {"www.facebook.com": "https://example.org"}},
            r"stand_in\.www\.facebook\.com: .*not on this machine",
        ),
        ({"controllers": {"city": CONTROLLER | {"privacy_url": " "}}}, r"controllers\.city\.privacy_url: is empty"),
        (
            {"controllers": {"city": CONTROLLER | {"alternative_url": "https://www.facebook.com/leinau"}}},
            r"controllers\.city\.alternative_url: leads to a platform",
        ),
        (
            {"controllers": {"city": CONTROLLER | {"alternative_url": "javascript:x"}}},
            r"controllers\.city\.alternative_url: leads .* nowhere",
        ),
        ({"controllers": {"city": CONTROLLER | {"contact_url": "javascript:x"}}}, r"contact_url: leads .*mailto:"),
        ({"controllers": {"city": CONTROLLER | {"contact_url": "mailto:"}}}, r"contact_url: leads .* nowhere"),
        (
            {"controllers": {"city": CONTROLLER | {"contact_url": "www.example.org/contact"}}},
            r"contact_url: .*https://",
        ),
        (
            {"controllers": {"city": CONTROLLER | {"contact_url": "https://fb.com/leinau"}}},
            r"contact_url: leads to a platf",
        ),
        (
            {"controllers": {"city": CONTROLLER | {"privacy_url": "mailto:a@example.org"}}},
            r"privacy_url: leads .*/privacy",
        ),
        ({"frame": {"prefix": "shariff/"}}, r"frame\.prefix: .*'shariff/'"),
        ({"frame": {"prefix": "//evil.example"}}, r"frame\.prefix: .*plain path"),
        ({"frame": {"prefix": "/a b"}}, r"frame\.prefix: .*plain path"),
        ({"frame": {"prefix": "/a<b"}}, r"frame\.prefix: .*plain path"),
        ({"frame": {"prefix": "/a/.."}}, r"frame\.prefix: .*plain path"),
        ({"frame": {"secrets": [""]}}, r"frame\.secrets: .*fewer than 16 characters.*token_urlsafe"),
        ({"frame": {"secrets": ["sixteen letters long", "short"]}}, r"frame\.secrets: .*fewer than 16"),
        ({"frame": {"secrets": [" " * 20]}}, r"frame\.secrets: .*fewer than 16"),
        ({"site": {"hosts": ["WWW.example.org"]}}, r"site\.hosts: .*would never match.*'www\.example\.org'"),
        ({"site": {"hosts": ["https://www.example.org"]}}, r"site\.hosts: .*Write 'www\.example\.org'"),
        ({"site": {"hosts": ["www.example.org:8443"]}}, r"site\.hosts: .*Write 'www\.example\.org'"),
        ({"site": {"hosts": ["*.Example.org"]}}, r"site\.hosts: .*Write '\*\.example\.org'"),
        ({"site": {"hosts": ["münchen.example"]}}, r"site\.hosts: .*Write 'xn--mnchen-3ya\.example'"),
        ({"site": {"hosts": ["*"]}}, r"site\.hosts: .*would never match"),
        ({"stand_in": {"www.facebook.com": "http://a:b@127.0.0.1:1"}}, r"stand_in.*Write 'http://127\.0\.0\.1:1'"),
        ({"stand_in": {"www.facebook.com": "http://127.0.0.1:1/x"}}, r"stand_in.*Write 'http://127\.0\.0\.1:1'"),
        ({"stand_in": {"www.facebook.com": "http://127.0.0.1:1\n"}}, r"stand_in.*Write 'http://127\.0\.0\.1:1'"),
        ({"stand_in": {"WWW.facebook.com": "http://127.0.0.1:1"}}, r"stand_in.*Write 'www\.facebook\.com'"),
        ({"counts": {"timeout_seconds": 0}}, r"counts\.timeout_seconds: must be greater"),
        ({"counts": {"timeout_seconds": 61}}, r"counts\.timeout_seconds: must be at most 60"),
        ({"counts": {"timeout_seconds": float("inf")}}, r"counts\.timeout_seconds: must be at most 60"),
        ({"counts": {"scheduler": "sometimes"}}, r"counts\.scheduler: "),
        ({"counts": {"learn": "everything"}}, r"counts\.learn: 'everything' is not known"),
        ({"counts": {"slowest_hours": 0}}, r"counts\.slowest_hours: must be greater"),
        ({"counts": {"cache_seconds": -1}}, r"counts\.cache_seconds: must be at least 0"),
        ({"counts": {"origins": ["https://app.example/x"]}}, r"counts\.origins: is not a bare origin\. Write"),
        (
            {"platforms": {"facebook": {"version": "26.0"}}},
            r"platforms\.facebook\.version: '26\.0' .*Write it like \"v",
        ),
        ({"platforms": {"vk": {"version": "v1"}}}, r"platforms\.vk\.version: .*Remove it"),
        ({"platforms": {"facebook": {"per_hour": -1}}}, r"platforms\.facebook\.per_hour: must be at least 0"),
        ({"platforms": {"facebook": {"server": "a.example"}}}, r"platforms\.facebook\.server: .*Remove it"),
        (
            {"platforms": {"lemmy": {"server": "https://feddit.org/"}}},
            r"platforms\.lemmy\.server: .*Write 'feddit\.org'",
        ),
        ({"headers": {"most_reports": 0}}, r"headers\.most_reports: must be greater than 0"),
        (
            {"journal": {"checkpoint": "./var/outgoing.jsonl"}},
            r"journal\.checkpoint: begins like the journal's own files",
        ),
        ({"journal": {"checkpoint": "var/outgoing-2026-10.jsonl"}}, r"journal\.checkpoint: .* Name another file"),
        ({"journal": {"keep_months": -1}}, r"journal\.keep_months: must be at least 0\. 0 keeps it forever"),
        (
            {"gate": {"allow": ["*.fbcdn.net"]}},
            r"gate\.allow: '\*\.fbcdn\.net' belongs to Facebook, which is never loaded .* release facebook in",
        ),
        (
            {"site": {"hosts": ["leinau.example"], "aliases": {"http://alt.example": "https://leinau.example/"}}},
            r"site\.aliases: 'http://alt\.example' is not the beginning .*Write 'http://alt\.example/'",
        ),
        (
            {"site": {"hosts": ["leinau.example"], "aliases": {"alt.example/": "https://leinau.example/"}}},
            r"site\.aliases: 'alt\.example/' is not the beginning .*Write it like",
        ),
        (
            {"site": {"aliases": {"http://alt.example/": "https://leinau.example/"}}},
            r"site\.aliases: .*not on one of the site's own hosts\. Add it to site\.hosts",
        ),
        (
            {
                "site": {
                    "hosts": ["leinau.example"],
                    "aliases": {"https://leinau.example/": "https://leinau.example/a/"},
                }
            },
            r"site\.aliases: .* lie within each other",
        ),
    ],
)
def test_a_mistake_names_the_setting_and_the_cure(values: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        Settings.from_mapping(values)


@pytest.mark.parametrize(
    "values",
    [
        {"site": {"hosts": ["www.example.org", "*.example.org", "xn--mnchen-3ya.example"]}},
        {"site": {"hosts": ["leinau.example"], "aliases": {"http://alt.example/": "https://leinau.example/"}}},
        {"frame": {"prefix": "/teilen/shariff-2.0", "secrets": ["sixteen letters long"]}},
        {"counts": {"timeout_seconds": 60}},
        {"controllers": {"city": CONTROLLER | {"contact_url": "mailto:presse@leinau.example"}}},
        {"controllers": {"city": CONTROLLER | {"contact_url": "tel:+49-511-168-0"}}},
        {"controllers": {"city": CONTROLLER | {"contact_url": "https://www.leinau.example/kontakt#presse"}}},
        {"stand_in": {"www.facebook.com": "http://127.0.0.1:8001"}},
    ],
)
def test_what_is_right_is_taken_as_it_is(values: dict[str, Any]) -> None:
    settings = Settings.from_mapping(values)

    for table, entries in values.items():
        taken = getattr(settings, table)
        for name, value in entries.items():
            kept = taken[name] if isinstance(taken, dict) else getattr(taken, name)
            wanted = tuple(value) if isinstance(value, list) else value
            assert kept == (Controller(**value) if table == "controllers" else wanted)


def test_a_message_about_a_secret_does_not_contain_it() -> None:
    with pytest.raises(ConfigurationError) as raised:
        Settings.from_mapping({"frame": {"secrets": ["hunter2"]}})

    assert "hunter2" not in str(raised.value)


@pytest.mark.parametrize("value", ["x", "[1]"])
def test_a_table_that_another_variable_made_a_word_names_both(value: str) -> None:
    environ = {"SHARIFF_SITE": value, "SHARIFF_SITE__ORIGIN": "https://www.example.org"}

    with pytest.raises(ConfigurationError, match=r"SHARIFF_SITE__ORIGIN .*'site'.*JSON object"):
        load(environ=environ)


def test_a_table_given_as_json_is_completed_by_longer_variables() -> None:
    environ = {"SHARIFF_SITE": '{"language": "en"}', "SHARIFF_SITE__ORIGIN": "https://www.example.org"}

    site = load(environ=environ).site

    assert (site.language, site.origin) == ("en", "https://www.example.org")


def test_a_secret_file_that_is_no_text_is_named_without_its_content(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"canary\xff\xfe")

    with pytest.raises(ConfigurationError, match="SHARIFF_PLATFORMS__FACEBOOK__TOKEN_FILE is not UTF-8") as raised:
        load(environ={"SHARIFF_PLATFORMS__FACEBOOK__TOKEN_FILE": str(secret)})

    assert "canary" not in str(raised.value)


def test_a_secret_file_that_is_missing_is_named_by_its_variable(tmp_path: Path) -> None:
    variable = "SHARIFF_PLATFORMS__FACEBOOK__TOKEN_FILE"

    with pytest.raises(ConfigurationError, match=f"named by {variable} cannot be read: No such file"):
        load(environ={variable: str(tmp_path / "none")})


def test_a_list_in_a_variable_that_is_no_json_is_refused_as_the_text_it_is() -> None:
    with pytest.raises(ConfigurationError, match=r"site\.hosts: is not a list.*square brackets"):
        load(environ={"SHARIFF_SITE__HOSTS": "[www.example.org]"})


def test_the_environment_goes_over_the_file_and_the_application_over_both(tmp_path: Path) -> None:
    file = tmp_path / "shariff.toml"
    file.write_text('[site]\norigin = "https://file.example"\nlanguage = "en"\n[counts]\nrefresh_minutes = 5\n')

    settings = load(
        file=file,
        environ={"SHARIFF_SITE__ORIGIN": "https://variable.example", "SHARIFF_SITE__HOSTS": '["variable.example"]'},
        mapping={"counts": {"refresh_minutes": 7}},
    )

    assert settings.site.origin == "https://variable.example"
    assert settings.site.hosts == ("variable.example",)
    assert settings.site.language == "en"
    assert settings.counts.refresh_minutes == 7


def test_a_secret_can_come_from_a_file_and_is_never_printed(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("EAAB-secret\n")

    settings = load(
        environ={
            "SHARIFF_PLATFORMS__FACEBOOK__TOKEN_FILE": str(secret),
            "SHARIFF_FRAME__SECRETS": '["signing-key-of-this-test"]',
        }
    )

    assert settings.platform("facebook").token == "EAAB-secret"
    assert "EAAB-secret" not in repr(settings)
    assert "signing-key" not in repr(settings)


def test_a_file_that_was_named_and_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="there is no file"):
        load(environ={"SHARIFF_CONFIG": str(tmp_path / "none.toml")})


def test_a_slip_in_the_file_names_the_line(tmp_path: Path) -> None:
    file = tmp_path / "shariff.toml"
    file.write_text("[site]\norigin = https://www.example.org\n")

    with pytest.raises(ConfigurationError, match=r"shariff\.toml is not valid TOML: .*line 2"):
        load(file=file, environ={})


def test_settings_cannot_be_changed_afterwards() -> None:
    settings = Settings.from_mapping({})

    with pytest.raises(FrozenInstanceError):
        settings.site.origin = "https://other.example"  # type: ignore[misc]


def test_nothing_is_released_and_no_host_is_own_by_default() -> None:
    settings = Settings.from_mapping({})

    assert settings.policy.unavailable_reason(REGISTRY["facebook"]) == "unavailable.not_released"
    assert not settings.policy.may_share(REGISTRY["facebook"])
    assert settings.policy.may_share(REGISTRY["mail"])
    assert not settings.owns("www.example.org")


@pytest.mark.parametrize("state", ReleaseState)
def test_only_a_pilot_or_a_release_opens_gates(state: ReleaseState) -> None:
    settings = Settings.from_mapping({"releases": {"facebook": {"state": state}}, "controllers": {"city": CONTROLLER}})

    opened = settings.policy.unavailable_reason(REGISTRY["facebook"]) is None

    assert opened is (state in {ReleaseState.PILOT, ReleaseState.RELEASED})
    assert Release(state).is_open is opened


def test_without_a_controller_no_gate_opens() -> None:
    settings = Settings.from_mapping({"releases": {"facebook": {"state": "released"}}})

    assert settings.policy.unavailable_reason(REGISTRY["facebook"]) == "unavailable.no_controller"


def test_everything_for_a_platform_goes_to_its_mock_server_where_one_is_set() -> None:
    settings = Settings.from_mapping({"stand_in": {"www.facebook.com": "http://localhost:8001"}})

    assert settings.origin_of("www.facebook.com") == "http://localhost:8001"
    assert settings.origin_of("graph.facebook.com") == "https://graph.facebook.com"


def test_settings_hold_one_rulebook_that_cannot_be_set() -> None:
    settings = Settings.from_mapping({"releases": {"facebook": {"state": "released"}}})

    assert settings.policy is settings.policy
    assert settings.policy.release("facebook").is_open
    with pytest.raises(ConfigurationError, match="policy: is not a setting"):
        Settings.from_mapping({"policy": {}})
