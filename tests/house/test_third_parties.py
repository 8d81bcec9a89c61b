"""Third parties that are no content: the register names each by host, and by path where several services share one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from shariff_py.cli import commands
from shariff_py.errors import ConfigurationError
from shariff_py.platforms.registry import platform_of
from shariff_py.platforms.third_parties.addresses import addresses_in
from shariff_py.platforms.third_parties.reading import read
from shariff_py.platforms.third_parties.record import ThirdParty
from shariff_py.platforms.third_parties.register import provider_of, register, third_parties_on, third_party_at
from shariff_py.texts import FINDINGS


def title_at(host: str, path: str = "/") -> str | None:
    third_party = third_party_at(host, path)
    return third_party.title if third_party else None


@pytest.mark.parametrize(
    ("host", "path", "title"),
    [
        ("www.google.com", "/recaptcha/api.js", "reCAPTCHA"),
        ("www.google.com", "/recaptcha", "reCAPTCHA"),
        ("www.google.com", "/maps/embed", None),
        ("www.google.com", "/recaptchas", None),
        ("www.google.com", "/", None),
        ("www.gstatic.com", "/recaptcha/releases/a/recaptcha__de.js", "reCAPTCHA"),
        ("www.gstatic.com", "/charts/loader.js", None),
        ("www.recaptcha.net", "/recaptcha/api.js", "reCAPTCHA"),
        ("www.googletagmanager.com", "/gtm.js", "Google Tag Manager"),
        ("www.googletagmanager.com", "/ns.html", "Google Tag Manager"),
        ("www.googletagmanager.com", "/gtag/js", "Google Analytics"),
        ("region1.google-analytics.com", "/g/collect", "Google Analytics"),
        ("stats.g.doubleclick.net", "/j/collect", "Google Analytics"),
        ("googleads.g.doubleclick.net", "/pagead/id", "Google Ads"),
        ("fonts.gstatic.com", "/s/lato.woff2", "Google Fonts"),
        ("FONTS.googleapis.com.", "/css2", "Google Fonts"),
        ("maps.googleapis.com", "/maps/api/js", None),
        ("town.matomo.cloud", "/matomo.js", "Matomo Cloud"),
        ("challenges.cloudflare.com", "/turnstile/v0/api.js", "Cloudflare Turnstile"),
        ("www.cloudflare.com", "/", None),
        ("evilhotjar.com", "/", None),
        ("hotjar.com.evil.example", "/", None),
    ],
)
def test_an_address_is_the_third_partys_whose_place_it_is(host: str, path: str, title: str | None) -> None:
    assert title_at(host, path) == title


def test_where_only_the_host_is_known_all_that_may_be_meant_are_named() -> None:
    assert [t.title for t in third_parties_on("www.googletagmanager.com")] == ["Google Analytics", "Google Tag Manager"]
    assert [t.title for t in third_parties_on("script.hotjar.com")] == ["Hotjar"]
    assert "reCAPTCHA" in [t.title for t in third_parties_on("www.google.com")]
    assert third_parties_on("www.example.org") == ()


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("www.google.com", "Google Ireland Limited"),
        ("maps.google.com", "Google Ireland Limited"),
        ("fonts.gstatic.com", "Google Ireland Limited"),
        ("userlike-cdn-widgets.s3-eu-west-1.amazonaws.com", "Userlike UG (haftungsbeschränkt)"),
        ("other.s3-eu-west-1.amazonaws.com", "Amazon"),
        ("www.example.org", None),
    ],
)
def test_who_runs_a_host_is_known_for_hosts_without_a_service_as_well(host: str, name: str | None) -> None:
    provider = provider_of(host)

    assert (provider.name if provider else None) == name


def test_a_seat_is_not_where_data_may_go() -> None:
    google = provider_of("fonts.gstatic.com")
    assert google is not None

    assert (google.country, google.data_may_go_to) == ("IE", ("US",))


def test_addresses_in_scripts_and_style_sheets_are_found_as_they_are_written_there() -> None:
    text = """
        a = 'https://www.googletagmanager.com/gtm.js?id=' + i; b = "https:\\/\\/static.hotjar.com\\/c\\/hotjar-1.js";
        @import url(//fonts.googleapis.com/css?family=Lato); // www.clarity.ms, https://www.example.org/
        c = "https://www.google.com/maps"; d = "//www.google.com/recaptcha/api.js"
    """

    assert [f"{address.host}{address.path}" for address in addresses_in(text)] == [
        "www.googletagmanager.com/gtm.js",
        "static.hotjar.com/c/hotjar-1.js",
        "fonts.googleapis.com/css",
        "www.google.com/recaptcha/api.js",
    ]


@pytest.mark.parametrize("third_party", register().third_parties, ids=lambda one: one.name)
class TestAnyThirdParty:
    def test_its_places_are_its_own_and_no_platforms(self, third_party: ThirdParty) -> None:
        for place in third_party.places:
            host, slash, path = place.partition("/")
            assert title_at(host, f"{slash}{path}" or "/") == third_party.title
            assert platform_of(host) is None

    def test_what_it_is_and_what_to_do_instead_are_told_in_every_language(self, third_party: ThirdParty) -> None:
        keys = (f"what.{third_party.what}", f"instead.{third_party.instead}")

        assert [(words.code, key) for words in FINDINGS.values() for key in keys if not words.texts.get(key)] == []

    def test_its_facts_are_dated_and_have_a_public_source_or_none_at_all(self, third_party: ThirdParty) -> None:
        assert third_party.checked_on >= date(2026, 11, 1)
        assert not third_party.source or third_party.source.startswith("https://")

    def test_its_provider_is_named_with_codes_of_countries(self, third_party: ThirdParty) -> None:
        provider = third_party.provider

        assert provider.name
        assert all(re.fullmatch("[A-Z]{2}", code) for code in (provider.country, *provider.data_may_go_to))
        assert {"name", "country", "data_may_go_to"} >= set(provider.unconfirmed)


def test_each_text_for_third_parties_is_used() -> None:
    listed = register().third_parties
    used = {f"what.{t.what}" for t in listed} | {f"instead.{t.instead}" for t in listed}

    assert {key for key in FINDINGS["en"].texts if key.startswith(("what.", "instead."))} == used


def test_hosts_of_a_provider_beside_its_services_are_in_the_register_once() -> None:
    services = {place.partition("/")[0] for t in register().third_parties for place in t.places if "/" not in place}
    provided = [host for t in {t.provider for t in register().third_parties} for host in t.hosts]

    assert [host for host in provided if host in services] == []


ROW = {
    "title": "Nova",
    "what": "chat",
    "instead": "on_press",
    "provider": "nova",
    "places": ["nova.example.org"],
    "checked_on": "2026-11-30",
}


def file_with(row: Mapping[str, Any], provider: Mapping[str, Any] | None = None) -> str:
    providers = {"nova": provider or {"name": "Nova Ltd", "country": "IE"}}
    return json.dumps({"providers": providers, "third_parties": {"nova": row}})


def test_a_row_is_what_it_says() -> None:
    (provider,), (nova,) = read(file_with(ROW))

    assert (nova.name, nova.title, nova.places, nova.provider) == ("nova", "Nova", ("nova.example.org",), provider)
    assert (nova.source, nova.checked_on) == ("", date(2026, 11, 30))


def test_a_provider_that_is_a_company_of_platforms_has_the_facts_of_that_record() -> None:
    ((provider, *_), _) = read(
        '{"providers": {"flickr": {"company": "FLICKR", "hosts": ["flickr.com"]}}, "third_parties": {}}'
    )

    assert (provider.name, provider.country, provider.data_may_go_to) == ("Flickr, Inc.", "US", ())
    assert (provider.unconfirmed, provider.hosts) == (("data_may_go_to",), ("flickr.com",))


def changed(**fields: Any) -> Callable[[], str]:
    return lambda: file_with({**ROW, **fields})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (changed(colour="red"), r"register.json: nova.colour: cannot be used"),
        (changed(checked_on="30.11.2026"), r"register.json: nova.checked_on: cannot be used"),
        (changed(places="nova.example.org"), r"register.json: nova.places: cannot be used"),
        (changed(places=["https://nova.example.org"]), r"'https://nova.example.org' is no place. Write a host in lower case"),
        (changed(places=["nova.example.org/"]), r"'nova.example.org/' is no place"),
        (changed(places=["Nova.example.org"]), r"'Nova.example.org' is no place"),
        (changed(places=["nova.example.org", "nova.example.org"]), r"'nova.example.org' is there twice. Remove one"),
        (changed(provider="other"), r"register.json: nova.provider: names none of the providers"),
        (lambda: file_with(ROW, {"name": "Nova Ltd"}), r"register.json: nova.country: cannot be used"),
        (lambda: file_with(ROW, {"name": "N", "country": "IE", "hosts": ["nova.example.org"]}), r"is there twice"),
        (lambda: file_with(ROW, {"company": "NOVA"}), r"register.json: nova.company: names no company of companies.py"),
        (lambda: file_with(ROW, {"company": "CHECKED"}), r"register.json: nova.company: names no company of companies.py"),
        (lambda: file_with(ROW, {"company": "GOOGLE", "country": "US"}), r"has the facts of its company"),
        (lambda: "{", r"register.json: is not JSON: .* line 1 column 2"),
        (lambda: '{"providers": {"a": {}, "a": {}}, "third_parties": {}}', r"'a' is there twice"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_with_the_row_and_the_field(
    text: Callable[[], str], message: str
) -> None:
    with pytest.raises(ConfigurationError, match=message):
        read(text())


def test_scan_names_three_services_and_what_to_do_instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shariff.toml").write_text('[site]\norigin = "https://www.leinau.example"\nlanguage = "en"\n')
    Path("base.html").write_text(
        '<script>j.src = "https://www.googletagmanager.com/gtm.js?id=" + i</script>'
        '<script src="https://www.google.com/recaptcha/api.js"></script>'
        '<link rel="stylesheet" href="https://fonts.googleapis.com/css2?family=Lato">'
    )

    done = CliRunner().invoke(commands, ["scan", "base.html"])

    assert done.exit_code == 1
    assert done.stdout == (
        "base.html\n"
        "reCAPTCHA: unchanged. Check against bots (captcha). Check forms on your own server (hidden field, ALTCHA).\n"
        "  script  https://www.google.com/recaptcha/api.js\n"
        "Google Fonts: unchanged. Web fonts. Keep a copy on your own server.\n"
        "  link  https://fonts.googleapis.com/css2\n"
        "Google Tag Manager: unchanged. Tag manager. Load the scripts you need directly, and only after consent.\n"
        "  inline script  https://www.googletagmanager.com/gtm.js\n"
    )
