"""Texts come as prepared; approving them, and insisting on an outdated translation, is the site's, and the doctor says what is missing (R112)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from support.changed_english import changed_english

from shariff_py.doctor.diagnosis import Diagnosis
from shariff_py.doctor.texts import texts
from shariff_py.errors import ConfigurationError
from shariff_py.gate import gate_html
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES

GERMAN = {
    "approved_by": "Ada Beispiel, Datenschutzbeauftragte",
    "approved_on": date(2026, 12, 1),
    "approved_text": LANGUAGES["de"].fingerprint,
}
EMBED = '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fleinau%2Fposts%2F1"></iframe>'


@pytest.fixture
def outdated() -> Iterator[None]:
    """All languages that are translated from English are older than it."""
    with changed_english():
        yield


def settings(site: str = "de", **by_language: Any) -> Settings:
    city = {"name": "Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}
    return Settings.from_mapping(
        {
            "site": {"language": site},
            "texts": by_language,
            "releases": {"facebook": {"state": "released"}},
            "controllers": {"city": city},
            "frame": {"secrets": ["only for these tests"]},
        }
    )


def examined(using: Settings) -> dict[str, Diagnosis]:
    return {found.what: found for found in texts(using)}


# --- what can be set ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by_language", "message"),
    [
        ({"xx": {}}, r"texts\.xx: 'xx' is not available. Use one of ar, bg"),
        ({"de": {"approved_by": "Ada Beispiel"}}, r"texts\.de: is approved in part. Set approved_by, approved_on and"),
        ({"de": GERMAN | {"approved_text": " "}}, r"texts\.de: is approved in part"),
        ({"de": {"approved_on": date(2026, 12, 1)}}, r"texts\.de: is approved in part"),
        ({"de": {"reviewed_by": "Ada Beispiel"}}, r"texts\.de\.reviewed_by: is not a setting"),
    ],
)
def test_an_approval_is_of_a_language_there_is_and_whole(by_language: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        settings(**by_language)


def test_a_site_may_approve_one_language_and_say_nothing_of_the_others() -> None:
    using = settings(de=GERMAN)

    assert using.approval("de").approved_by == "Ada Beispiel, Datenschutzbeauftragte"
    assert using.approval("sv").approved_by == ""


# --- outdated translations are not offered -----------------------------------------------------------------------------------------


def test_a_translation_is_offered_while_its_source_is_the_same() -> None:
    assert settings().language("sv").code == "sv"


@pytest.mark.usefixtures("outdated")
def test_an_outdated_translation_gives_way_to_the_sites_language() -> None:
    assert [settings().language(tag).code for tag in ("sv", "en", "de-simple", None)] == ["de", "en", "de-simple", "de"]


@pytest.mark.usefixtures("outdated")
def test_a_site_may_insist_on_an_outdated_translation() -> None:
    using = settings(sv={"outdated": True})

    assert [using.language(tag).code for tag in ("sv", "sv-FI", "fi")] == ["sv", "sv", "de"]


@pytest.mark.parametrize(("insists", "language"), [(False, "de"), (True, "sv")])
@pytest.mark.usefixtures("outdated")
def test_a_page_in_an_outdated_language_has_gates_in_the_sites(insists: bool, language: str) -> None:
    using = settings(sv={"outdated": insists})

    page = gate_html(f'<html lang="sv"><body>{EMBED}</body></html>', settings=using).html

    assert f'lang="{language}"' in page.partition("<body>")[2]


@pytest.mark.usefixtures("outdated")
def test_a_site_in_an_outdated_language_does_not_start_unless_it_insists() -> None:
    with pytest.raises(ConfigurationError, match=r"site\.language: .*older text .*texts\.sv\.outdated = true"):
        settings("sv")

    assert settings("sv", sv={"outdated": True}).language().code == "sv"


# --- what the doctor says ----------------------------------------------------------------------------------------------------------


def test_the_doctor_asks_for_the_approval_with_the_text_to_name() -> None:
    found = examined(settings())["texts.de"]

    assert (found.well, found.finding) == (False, "not approved by the site")
    assert f'approved_by, approved_on, approved_text = "{LANGUAGES["de"].fingerprint}"' in found.cure


def test_the_doctor_is_content_with_an_approval_of_exactly_this_text() -> None:
    found = examined(settings(de=GERMAN))["texts.de"]

    assert (found.well, found.finding) == (True, "approved by Ada Beispiel, Datenschutzbeauftragte on 2026-12-01")


def test_the_doctor_names_an_approval_of_an_older_text() -> None:
    found = examined(settings(de=GERMAN | {"approved_text": "0123456789ab"}))["texts.de"]

    assert not found.well
    assert found.finding == "changed since Ada Beispiel, Datenschutzbeauftragte approved them on 2026-12-01"
    assert LANGUAGES["de"].fingerprint in found.cure


@pytest.mark.parametrize(
    ("insists", "finding", "cure"),
    [
        (True, "older than its source, and offered all the same", "or remove texts.sv.outdated"),
        (False, "older than its source, so its pages get the site's language", "Update the library."),
    ],
)
@pytest.mark.usefixtures("outdated")
def test_the_doctor_names_an_outdated_translation(insists: bool, finding: str, cure: str) -> None:
    found = examined(settings(sv={"outdated": insists}))

    assert [name for name in found if name.endswith("outdated")] == ["texts.sv: outdated"]
    assert (found["texts.sv: outdated"].well, found["texts.sv: outdated"].finding) == (False, finding)
    assert cure in found["texts.sv: outdated"].cure


def test_the_doctor_names_the_languages_in_use_that_nobody_outside_the_project_has_read() -> None:
    found = examined(settings(fr={}, ar={}))["texts: not read"]

    # What a site can cure is its own approval.
    assert found.well
    assert found.finding == "by nobody outside the project who grew up with the language: de, fr, ar"
