"""Google Forms: forms on a host that several services share."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched, opened

from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.registry import REGISTRY
from shariff_py.response_policy.frames import sandbox

FORMS = "https://docs.google.com/forms/d"
FORM = f"{FORMS}/e/1FAIpQLSabcDEF0123456789/viewform"
DIALOGUE = f'<iframe src="{FORM}?embedded=true" width="640" height="1448" frameborder="0" marginheight="0" marginwidth="0">Wird geladen…</iframe>'


@pytest.mark.parametrize("address", [f"{FORMS}/1AbC/edit", "https://docs.google.com/forms/u/0/", "https://forms.gle/AbC123"])  # fmt: skip
def test_other_addresses_are_no_content(address: str) -> None:
    with pytest.raises(EmbedRefused):
        recognise(address)


def test_the_height_of_the_pasted_code_is_kept() -> None:
    assert recognise(FORM, {"width": "640", "height": "1448"}).size == (640, 1448)


def test_a_form_can_be_sent_and_is_shown_without_a_login() -> None:
    (kind,) = REGISTRY["google_forms"].embeds

    assert "allow-forms" in sandbox(kind.sandbox).split()
    assert (kind.with_credentials, kind.referrer, kind.features) == ("", "no-referrer", ())


def test_a_page_without_a_release_shows_the_link_alone() -> None:
    assert contacts(DIALOGUE)
    html, findings = closed(DIALOGUE)

    assert findings == [("linked", "form", FORM)]
    assert "Wird geladen" not in html


def test_a_frame_of_a_short_address_becomes_that_link() -> None:
    assert closed('<iframe src="https://forms.gle/AbC123"></iframe>')[1] == [("linked", "", "https://forms.gle/AbC123")]


def test_other_services_on_the_host_are_not_released_with_it() -> None:
    table = '<iframe src="https://docs.google.com/spreadsheets/d/e/2PACX-1v/pubhtml?widget=true"></iframe>'

    assert opened(table, "google_forms")[1][0][0] == "linked"


@pytest.mark.parametrize(
    "document",
    [
        f'<p><a href="{FORM}?usp=sf_link">Zur Umfrage</a></p>',
        '<p><a href="https://forms.gle/AbC123">Zur Umfrage</a></p>',
        '<p><a href="https://docs.google.com/uc?export=download&amp;id=1AbC">Formular (PDF)</a></p>',
        '<form class="google-form" action="/umfrage" method="post"><button>Senden</button></form>',
    ],
)
def test_links_and_own_elements_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "google_forms")
