"""A gate has at most 12 kB as it is written in the page, in every language, with all that is offered, in every place."""

from __future__ import annotations

import base64
import json
import re
from html import escape, unescape
from typing import Any
from urllib.parse import quote

import pytest

from shariff_py.gate import Outcome, gate_html
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES

FRAME = "<iframe src='https://www.facebook.com/plugins/post.php?href=https://www.facebook.com/leinau/posts/1'></iframe>"
LONG = FRAME.replace("posts/1'", f"posts/{'1234567' * 34}'")
"""With as long an address as a gate is made for."""

OFFERS = [{}, {"remember_days": 30}, {"offer_login": True}, {"remember_days": 30, "offer_login": True}]

WITHOUT_GATE = {"bg", "fa", "ru", "uk"}
"""Languages of which each letter is a reference of seven bytes or more where the page's charset is not known to have it."""


def settings(stores: str = "report", **offers: Any) -> Settings:
    city = {"name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a", **offers}
    return Settings.from_mapping(
        {
            "site": {"origin": "https://www.leinau.example"},
            "frame": {"secrets": ["only-for-these-tests-0123456789abcdef"]},
            "releases": {"facebook": {"state": "released"}},
            "controllers": {"city": city},
            "gate": {"stores": stores},
        }
    )


def in_attributes(html: str, times: int) -> str:
    """The markup within so many frames that have their document in an attribute."""
    for _ in range(times):
        html = f'<iframe srcdoc="{escape(html)}"></iframe>'
    return html


def grown(page: str, code: str, shown: Settings, **how: Any) -> tuple[int, list[str]]:
    """By how many bytes a page becomes longer, and what became of its embeds."""
    result = gate_html(page, shown, language_tag=code, **how)
    assert "facebook.com/plugins" not in result.html
    return len(result.html.encode()) - len(page.encode()), [found.outcome for found in result.findings]


@pytest.mark.parametrize("offers", OFFERS, ids=" ".join)
@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_every_language_has_a_gate_of_at_most_12_kilobytes_whatever_is_offered(
    code: str, offers: dict[str, Any]
) -> None:
    for embed in (FRAME, LONG):
        size, outcomes = grown(embed, code, settings(**offers))

        assert size <= 12_000
        assert outcomes == [Outcome.GATED]


@pytest.mark.parametrize("offers", OFFERS, ids=" ".join)
@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_so_has_a_page_whose_charset_is_not_known_or_a_link(code: str, offers: dict[str, Any]) -> None:
    size, outcomes = grown(FRAME, code, settings(**offers), references=True)

    assert size <= 12_000
    assert outcomes == [Outcome.LINKED if code in WITHOUT_GATE else Outcome.GATED]
    assert grown(LONG, code, settings(**offers), references=True)[0] <= 12_000


@pytest.mark.parametrize("references", [False, True])
@pytest.mark.parametrize("times", range(1, 9))
@pytest.mark.parametrize("code", ["de", "ru"])
def test_so_has_a_frame_that_has_its_document_in_an_attribute(code: str, times: int, references: bool) -> None:
    for offers in OFFERS:
        page = in_attributes(FRAME * 3, times)
        size, outcomes = grown(page, code, settings(**offers), references=references)

        assert size <= 3 * 12_000
        assert set(outcomes) <= {Outcome.GATED, Outcome.LINKED}


def test_within_one_such_frame_german_pages_have_their_gates() -> None:
    for offers in OFFERS:
        assert grown(in_attributes(FRAME, 1), "de", settings(**offers))[1] == [Outcome.GATED]


STORED = {
    "json": f"<script type=application/json>{json.dumps({'a': FRAME})}</script>",
    "json in ascii": f"<script type=application/json>{json.dumps({'ä': FRAME})}</script>",
    "an attribute": f'<div data-embed="{escape(FRAME)}"></div>',
    "an attribute with json": f'<div data-embed="{escape(json.dumps([FRAME, "ä"]))}"></div>',
    "percent-encoded": f'<div data-embed="{quote(FRAME, safe="")}"></div>',
    "base64": f'<div data-embed="{base64.b64encode(FRAME.encode()).decode()}"></div>',
    "a frame within": f'<div data-embed="{escape(in_attributes(FRAME, 3))}"></div>',
}


@pytest.mark.parametrize("stored", STORED)
@pytest.mark.parametrize("code", ["de", "ru", "ja"])
def test_so_has_what_a_page_keeps_as_data_in_whatever_form(code: str, stored: str) -> None:
    for offers in OFFERS:
        size, outcomes = grown(STORED[stored] * 2, code, settings("gate", **offers))

        assert size <= 2 * 12_000
        assert set(outcomes) <= {Outcome.GATED, Outcome.LINKED}


def test_german_pages_have_their_gates_there_whatever_is_offered() -> None:
    for stored in ("json", "json in ascii", "an attribute", "an attribute with json", "base64"):
        for offers in OFFERS:
            assert grown(STORED[stored], "de", settings("gate", **offers))[1] == [Outcome.GATED]


def test_what_is_only_offered_goes_before_the_gate_does() -> None:
    def offered(code: str, **how: Any) -> list[str]:
        html = gate_html(FRAME, settings(remember_days=30, offer_login=True), language_tag=code, **how).html
        return re.findall(r'class="shariff-remember"|name="login"', html)

    assert offered("de") == ['class="shariff-remember"', 'name="login"']
    assert offered("uk") == ['class="shariff-remember"', 'name="login"']
    assert offered("zh", references=True) == ['class="shariff-remember"', 'name="login"']
    assert offered("ko", references=True) == ['class="shariff-remember"', 'name="login"']
    assert offered("ar", references=True) == ['name="login"']


def test_the_finding_says_why_there_is_a_link() -> None:
    result = gate_html(FRAME, settings(), language_tag="ru", references=True)

    assert [f.note for f in result.findings] == [
        "Facebook: durch einen Link ersetzt. Ein Platzhalter dafür wäre zu lang."
    ]
    assert "https://www.facebook.com/leinau/posts/1" in unescape(result.html)
