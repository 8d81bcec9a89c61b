"""The setting ``frame.isolated_origin``: only what browsers keep from the site is taken; without it, what is only a script stays a link."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shariff_py import Settings, gate_html
from shariff_py.doctor import examine
from shariff_py.errors import ConfigurationError
from shariff_py.response_policy.pages import gate_problems, policy_headers
from shariff_py.texts import LANGUAGES

GIST = '<script src="https://gist.github.com/musterstadt/0123456789abcdef0123456789abcdef.js"></script>'
PUBLIC = "https://gist.github.com/musterstadt/0123456789abcdef0123456789abcdef"


def settings(isolated: str = "", site: str = "https://www.example.org", **more: Any) -> Settings:
    return Settings.from_mapping(
        {
            "site": {"origin": site, "hosts": ["www.example.org", "*.stadt.example.com"]} if site else {},
            "frame": {"secrets": ["only for these tests"], "isolated_origin": isolated},
            "releases": {"gist": {"state": "released"}},
            "controllers": {"t": {"name": "T", "contact_url": "/c", "privacy_url": "/p", "alternative_url": "/a"}},
            **more,
        }
    )


@pytest.mark.parametrize(
    ("origin", "says"),
    [
        ("https://www.example.org", "one site to browsers"),
        ("https://content.example.org", "one site to browsers"),
        ("https://deep.content.example.org", "one site to browsers"),
        ("https://example.org", "one site to browsers"),
        ("https://content.example.com", "one site to browsers"),
        ("https://cdn.example.net", "one site to browsers"),
        ("http://content.example.info", "is not https"),
        ("https://content.example.info/", "is not a bare origin"),
        ("content.example.info", "is not an http or https origin"),
        ("https://www.youtube.com", "belongs to YouTube"),
        ("https://gist.github.com", "belongs to GitHub Gist"),
    ],
)
def test_what_is_no_other_site_is_refused(origin: str, says: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"frame\.isolated_origin: .*{says}"):
        settings(origin, gate={"allow": ["static.example.net"]})


@pytest.mark.parametrize(
    ("origin", "site"),
    [
        ("https://content.example.net", "https://www.example.org"),
        ("https://b.github.io", "https://a.github.io"),
        ("https://b.gov.uk", "https://a.gov.uk"),
        ("http://localhost:8000", "http://127.0.0.1:8000"),
    ],
)
def test_another_site_is_taken(origin: str, site: str) -> None:
    assert settings(origin, site).frame.isolated_origin == origin


def test_it_needs_to_know_the_page_that_it_is_on() -> None:
    with pytest.raises(ConfigurationError, match=r"frame\.isolated_origin: needs site\.origin"):
        settings("https://content.example.net", "")


def test_without_it_what_is_only_a_script_stays_a_link() -> None:
    gated = gate_html(GIST, settings())

    assert [(str(f.outcome), f.address) for f in gated.findings] == [("linked", PUBLIC)]
    assert "Diesen Inhalt gibt es nur als Programmcode" in gated.html
    assert f'href="{PUBLIC}"' in gated.html
    assert "<script" not in gated.html


def test_with_it_there_is_a_gate() -> None:
    gated = gate_html(f"<p>Davor {GIST} danach</p>", settings("https://content.example.net"))

    assert [(str(f.outcome), f.kind, f.address) for f in gated.findings] == [("gated", "gist", PUBLIC)]
    assert gated.html.startswith("<p>Davor </p><div")
    assert gated.html.endswith("</div><p> danach</p>")


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_says_why(code: str) -> None:
    assert "unavailable.isolated" in LANGUAGES[code].texts


def test_the_policy_of_pages_names_it_where_it_is_set_and_only_there() -> None:
    without, given = (
        " ".join(value for name, value in policy_headers(one, []) if name == "Content-Security-Policy")
        for one in (settings(), settings("https://content.example.net"))
    )

    assert "content.example.net" not in without
    assert "https://content.example.net" in given
    assert "github" not in given


def test_a_policy_of_the_sites_own_that_keeps_it_out_is_named_with_the_cure() -> None:
    own = [("Content-Security-Policy", "frame-src 'self'; form-action 'self'; script-src 'self'; style-src 'self'")]
    open_ = [(name, value.replace("'self'", "'self' https://content.example.net")) for name, value in own]

    assert gate_problems(settings("https://content.example.net"), own) == [
        "The site's own policy keeps out what is shown on the isolated host: add https://content.example.net to frame-src.",
        "The site's own policy keeps out what is shown on the isolated host: add https://content.example.net to form-action.",
    ]
    assert gate_problems(settings("https://content.example.net"), open_) == []
    assert gate_problems(settings(), own) == []


@pytest.mark.parametrize(("origin", "ok"), [("", False), ("https://content.example.net", True)])
def test_the_doctor_says_what_is_missing(origin: str, ok: bool) -> None:
    checks = [one for one in examine(settings(origin), date(2026, 11, 30)) if one.what == "frame.isolated_origin"]

    assert [one.well for one in checks] == [ok]
    assert (origin or "what exists only as a script stays a link (GitHub Gist)") in checks[0].finding
