"""Third parties that are no content are named in the report, with what they are, who runs them and what to do instead."""

from __future__ import annotations

import json

import pytest

from shariff_py.audit import report
from shariff_py.audit.evidence.contact import Channel, Contact
from shariff_py.audit.evidence.trace import Phase, Trace
from shariff_py.audit.report import ci
from shariff_py.audit.report.wording import WORDS
from shariff_py.audit.verdict.contact_groups import contact_groups
from shariff_py.audit.verdict.judge import Audit, judge

NOON = 1795435200.0


def contact(host: str, *paths: str, channel: Channel = Channel.REQUEST) -> list[Contact]:
    urls = [f"https://{host}{path}" for path in paths] or [""]
    return [Contact(host, 443, channel, NOON + at, url=url, sent=True) for at, url in enumerate(urls, 1)]


def audit(*contacts: Contact) -> Audit:
    trace = Trace(
        "https://www.example.org/", frozenset({"www.example.org"}), (Phase("before", 0, NOON + 10),), contacts, True, "Chromium 156",
        (), completed=frozenset({"before"}),
    )  # fmt: skip
    return Audit((judge(trace, frozenset()),), (), "Chromium 156", NOON, 5)


@pytest.mark.parametrize(
    ("host", "paths", "names"),
    [
        ("www.google.com", ["/recaptcha/api.js"], ["recaptcha"]),
        ("www.google.com", ["/maps"], []),
        ("www.google.com", ["/maps", "/recaptcha/api.js", "/recaptcha/api2/anchor"], ["recaptcha"]),
        ("www.google.com", [], []),
        ("www.googletagmanager.com", ["/gtm.js", "/gtag/js"], ["google-tag-manager", "google-analytics"]),
        ("www.googletagmanager.com", [], []),
        ("static.hotjar.com", [], ["hotjar"]),
        ("www.example.net", ["/recaptcha/api.js"], []),
    ],
)
def test_a_third_party_is_named_where_the_address_or_the_host_alone_tells_which(
    host: str, paths: list[str], names: list[str]
) -> None:
    channel = Channel.REQUEST if paths else Channel.DNS

    (group,) = contact_groups("before", contact(host, *paths, channel=channel))

    assert [third_party.name for third_party in group.third_parties] == names


FONTS = contact("fonts.googleapis.com", "/css2?family=Lato")


def test_the_terminal_says_what_it_is_and_what_to_do_instead() -> None:
    assert report.text(audit(*FONTS), "en").endswith(
        "fonts.googleapis.com (Google Fonts, Google Ireland Limited): request\n"
        "    Google Fonts: Web fonts. Keep a copy on your own server.\n"
    )


@pytest.mark.parametrize(
    ("language", "sentence", "operator"),
    [
        ("en", "Google Fonts: Web fonts. Keep a copy on your own server.", "Google Ireland Limited, IE; data may go to: US"),
        (
            "de",
            "Google Fonts: Webschriften. Legen Sie eine Kopie auf den eigenen Server.",
            "Google Ireland Limited, IE; Daten möglicherweise in: US",
        ),
    ],
)  # fmt: skip
def test_the_page_says_it_in_the_table_and_in_the_advice(language: str, sentence: str, operator: str) -> None:
    html = report.html(audit(*FONTS), language)

    assert html.count(sentence) == 2
    assert operator in html


def test_facts_without_a_public_source_are_marked_as_not_confirmed() -> None:
    html = report.html(audit(*contact("client.crisp.chat", "/l.js")), "en")

    assert "Crisp IM SAS, FR (partly not confirmed)" in html
    assert (
        "Crisp: Chat window. Load it only when a visitor presses a button. That it is there is not confirmed." in html
    )


def test_the_document_has_it_for_programs() -> None:
    (entry,) = json.loads(report.as_json(audit(*FONTS)))["pages"][0]["findings"]

    assert (entry["company"], entry["country"], entry["data_may_go_to"]) == ("Google Ireland Limited", "IE", ["US"])
    assert entry["unconfirmed"] == []
    assert entry["services"] == [
        {
            "name": "google-fonts",
            "title": "Google Fonts",
            "what": "fonts",
            "instead": "own_copy",
            "confirmed": True,
        }
    ]


def test_a_build_that_fails_because_of_it_says_what_to_do() -> None:
    assert "Google Fonts: Web fonts. Keep a copy on your own server." in ci.as_sarif(audit(*FONTS), WORDS["en"], "1.0")
