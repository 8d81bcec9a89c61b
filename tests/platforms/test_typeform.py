"""Typeform: forms."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched, opened, shown

from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise

FORM = "https://form.typeform.com/to/AbCdEf12"
FRAME = f"{FORM}?typeform-embed=embed-widget"
INLINE_2018 = (
    '<div class="typeform-widget" data-url="https://leinau.typeform.com/to/AbCdEf12" style="width: 100%; height: 500px;"></div>'
    '<script>(function () { var q = document.createElement("script"); q.src = "https://embed.typeform.com/embed.js"; '
    "document.body.appendChild(q) })()</script>"
)


@pytest.mark.parametrize(
    "pasted",
    [
        INLINE_2018,
        f'<iframe src="{FORM}" width="100%" height="600" allow="camera; microphone; autoplay; encrypted-media;"></iframe>',
        f'<iframe src="{FORM}?typeform-embed=embed-widget&amp;typeform-source=www.leinau.example"></iframe>',
        "https://leinau.typeform.com/to/AbCdEf12?utm_source=mail",
        f"{FORM}/",
    ],
)
def test_forms_are_recognised_in_every_form(pasted: str) -> None:
    assert shown(pasted) == ("form", FORM, FRAME)


@pytest.mark.parametrize("address", ["https://www.typeform.com/to/AbC", "https://www.typeform.com/templates/", "https://form.typeform.com/"])  # fmt: skip
def test_other_pages_of_the_site_are_no_content(address: str) -> None:
    with pytest.raises(EmbedRefused):
        recognise(address)


def test_a_page_without_a_release_shows_the_link_alone() -> None:
    assert contacts(INLINE_2018)
    html, findings = closed(INLINE_2018)

    assert findings[0] == ("linked", "form", FORM)
    assert "embed.typeform.com" not in html


def test_a_released_page_asks_before_it_loads() -> None:
    html, findings = opened(INLINE_2018, "typeform")

    assert findings[0] == ("gated", "form", FORM)
    assert "Formular von Typeform: noch nicht geladen" in html


@pytest.mark.parametrize(
    "document",
    [
        f'<p><a href="{FORM}">Zur Umfrage</a></p>',
        '<div class="typeform-widget" data-url="/umfrage"></div>',
        '<div class="typeform">Umfrage</div>',
    ],
)
def test_links_and_own_elements_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "typeform")
