"""What the policy held back is named with what it is, the line that allows it and what to do instead."""

from __future__ import annotations

import json
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from shariff_py.cli import commands
from shariff_py.doctor import Diagnosis, examine
from shariff_py.doctor.held_back import HeldBack, held_back
from shariff_py.platforms.third_parties.register import register
from shariff_py.settings import Settings
from shariff_py.stores import Finding, open_store
from shariff_py.stores.report_store import Reported

DAY = date(2026, 11, 30)
HOME = "https://www.leinau.example/"
SETTINGS = Settings.from_mapping(
    {"site": {"origin": HOME.rstrip("/"), "language": "en"}, "gate": {"allow": ["cdn.leinau.example"]}}
)
GATED = 'Gate its content: "shariff-py scan" finds it.'


def row(
    blocked: str, directive: str = "font-src", page: str = HOME, *, times: int = 1, enforced: bool = True
) -> Reported:
    return Reported(blocked, directive, page, enforced, times, DAY - timedelta(days=2), DAY)


def of(*rows: Reported) -> HeldBack:
    (one,) = held_back(SETTINGS, rows)
    return one


@pytest.mark.parametrize(
    ("blocked", "named", "allow", "instead"),
    [
        (
            "https://fonts.gstatic.com",
            "https://fonts.gstatic.com (Google Fonts)",
            'gate.allow = ["cdn.leinau.example", "fonts.gstatic.com"]',
            ("Google Fonts: Web fonts. Keep a copy on your own server.",),
        ),
        (
            "https://www.googletagmanager.com",
            "https://www.googletagmanager.com (Google Analytics or Google Tag Manager)",
            'gate.allow = ["cdn.leinau.example", "www.googletagmanager.com"]',
            (
                "Google Analytics: Visitor statistics. Count on your own server, or load it only after consent.",
                "Google Tag Manager: Tag manager. Load the scripts you need directly, and only after consent.",
            ),
        ),
        ("https://maps.example", "https://maps.example", 'gate.allow = ["cdn.leinau.example", "maps.example"]', ()),
        ("https://connect.facebook.net", "https://connect.facebook.net (Facebook)", "", (GATED,)),
        ("inline", "inline", "", ("It is no host: the site's own policy decides about it.",)),
        ("(not named)", "(not named)", "", ("Its name was not kept, as it may belong to a person.",)),
        ("https://….example.org", "https://….example.org", "", ("Its name was not kept, as it may belong to a person.",)),
        ("(further)", "(further)", "", ("Reports for which there was no room.",)),
        (
            "https://www.leinau.example:8443",
            "https://www.leinau.example:8443",
            "",
            ("It is a host of the site: its scheme, its port or the site's own policy keeps it back.",),
        ),
        (
            "https://cdn.leinau.example",
            "https://cdn.leinau.example",
            "",
            ("gate.allow names it: the site's own policy holds it back, or did so before it was named.",),
        ),
    ],
)  # fmt: skip
def test_what_was_held_back_is_named_with_the_line_that_allows_it(
    blocked: str, named: str, allow: str, instead: tuple[str, ...]
) -> None:
    one = of(row(blocked))

    assert (one.named, one.allow, one.instead) == (named, allow, instead)


def test_of_a_host_that_several_services_share_nothing_is_told_as_certain() -> None:
    one = of(row("https://www.google.com", "script-src-elem"))

    assert not one.certain
    assert one.named.startswith("https://www.google.com (reCAPTCHA, Google Ads, Google Programmable Search, ")
    assert "Google Maps" in one.titles
    assert one.named.endswith(" or another service of this host)")


def test_of_such_a_host_only_the_services_are_named_that_are_on_it() -> None:
    assert of(row("https://docs.google.com", "frame-src")).titles == ("Google Docs", "Google Forms")
    assert of(row("https://apis.google.com", "script-src-elem")).titles == ("YouTube",)


@pytest.mark.parametrize("directive", ["connect-src", "script-src-elem", "style-src-attr", "connection-allowlist"])
def test_the_line_allows_what_our_own_headers_hold_back(directive: str) -> None:
    allow = of(row("https://maps.example", directive)).allow

    read = Settings.from_mapping(tomllib.loads(allow))
    assert "maps.example" in read.gate.allow


@pytest.mark.parametrize("directive", ["form-action", "base-uri", "frame-ancestors", "trusted-types"])
def test_no_line_is_promised_for_directives_that_only_the_site_has(directive: str) -> None:
    one = of(row("https://maps.example", directive))

    assert (one.allow, one.instead) == (
        "",
        ("The policy of this library has no such directive: the site's own decides about it.",),
    )


def test_reports_about_one_host_are_one_entry_and_the_most_frequent_is_first() -> None:
    fonts, maps = "https://fonts.gstatic.com", "https://maps.example"
    pages = [f"{HOME}{n}" for n in range(5)]

    listed = held_back(
        SETTINGS,
        [
            row(maps, enforced=False, times=9),
            *(row(fonts, page=page, times=number, enforced=number == 1) for number, page in enumerate(pages, 1)),
            row(fonts, "style-src-elem", times=20),
        ],
    )

    assert [(one.blocked, one.times, one.enforced) for one in listed] == [(fonts, 35, True), (maps, 9, False)]
    assert listed[0].directives == ("font-src", "style-src-elem")
    assert listed[0].pages == (HOME, pages[4], pages[3])


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a site whose policy held fonts and an unknown host back."""
    monkeypatch.chdir(tmp_path)
    Path("shariff.toml").write_text(
        '[site]\norigin = "https://www.leinau.example"\nlanguage = "de"\n[counts]\nstore = "sqlite:///counts.sqlite"\n'
        '[gate]\nallow = ["static.hotjar.com", "*.leinau.example"]\n'
    )
    store = open_store("sqlite:///counts.sqlite")
    store.reports.add([Finding("https://fonts.gstatic.com", "font-src", HOME, enforced=True)] * 3, DAY, 500)
    store.reports.add([Finding("https://maps.example", "frame-src", HOME, enforced=False)], DAY, 500)
    store.close()
    return tmp_path


def test_the_command_lists_them_and_ends_with_1(site: Path) -> None:
    done = CliRunner().invoke(commands, ["blocked"])

    assert done.exit_code == 1
    assert done.stdout == (
        "https://fonts.gstatic.com (Google Fonts)\n"
        "Held back (reports: 3, last on 2026-11-30). Google Fonts: Webschriften. Legen Sie eine Kopie auf den eigenen Server.\n"
        f"  font-src  {HOME}\n"
        "The line that allows it:\n"
        '  gate.allow = ["static.hotjar.com", "*.leinau.example", "fonts.gstatic.com"]\n'
        "\n"
        "https://maps.example\n"
        "Would be held back (reports: 1, last on 2026-11-30).\n"
        f"  frame-src  {HOME}\n"
        "The line that allows it:\n"
        '  gate.allow = ["static.hotjar.com", "*.leinau.example", "maps.example"]\n'
    )
    assert done.stderr == "2 held back.\n"


def test_the_command_has_json_for_programs(site: Path) -> None:
    listed = json.loads(CliRunner().invoke(commands, ["blocked", "--json"]).stdout)

    assert [(one["blocked"], one["titles"], one["times"]) for one in listed] == [
        ("https://fonts.gstatic.com", ["Google Fonts"], 3),
        ("https://maps.example", [], 1),
    ]


def test_where_nothing_was_held_back_the_command_ends_with_0(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    done = CliRunner().invoke(commands, ["blocked"])

    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "0 held back.\n")
    assert list(tmp_path.iterdir()) == []


def examined(site: Path, today: date) -> dict[str, Diagnosis]:
    settings = Settings.from_mapping(tomllib.loads((site / "shariff.toml").read_text()))
    return {found.what: found for found in examine(settings, today)}


def test_the_doctor_names_third_parties_that_were_held_back_lately(site: Path) -> None:
    found = examined(site, DAY + timedelta(days=30))["held back"]

    assert not found.well
    assert found.finding == "https://fonts.gstatic.com (Google Fonts): 3 times, last on 2026-11-30"
    assert '"shariff-py blocked"' in found.cure
    assert "held back" not in examined(site, DAY + timedelta(days=31))


def test_the_doctor_names_the_register_once_nobody_has_checked_it_for_180_days(site: Path) -> None:
    oldest = min(third_party.checked_on for third_party in register().third_parties)
    late = examined(site, oldest + timedelta(days=181))["third parties"]

    assert examined(site, oldest + timedelta(days=180))["third parties"].well
    assert not late.well
    assert late.finding == f"85 known by name, last verified on {oldest}"


def test_the_doctor_says_which_third_parties_are_let_through(site: Path) -> None:
    found = examined(site, DAY)["gate.allow"]

    assert found.well
    assert found.finding == (
        "static.hotjar.com is let through. Hotjar: Aufzeichnung von Besuchen. "
        "Verzichten Sie darauf, oder laden Sie nach Einwilligung."
    )
