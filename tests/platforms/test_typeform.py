"""Typeform: forms."""

from __future__ import annotations

import pytest
from support.platform_content import closed, is_untouched, opened

from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise

FORM = "https://form.typeform.com/to/AbCdEf12"
SCRIPT = '<script src="//embed.typeform.com/next/embed.js"></script>'


@pytest.mark.parametrize("address", ["https://www.typeform.com/to/AbC", "https://www.typeform.com/templates/", "https://form.typeform.com/"])  # fmt: skip
def test_other_pages_of_the_site_are_no_content(address: str) -> None:
    with pytest.raises(EmbedRefused):
        recognise(address)


@pytest.mark.parametrize(
    "element",
    [
        '<div data-tf-widget="AbCdEf12" data-tf-hide-headers></div>',
        '<button data-tf-popup="AbCdEf12">Umfrage</button>',
        '<a data-tf-slider="AbCdEf12">Umfrage</a>',
        '<div data-tf-popover="AbCdEf12"></div>',
        '<div data-tf-widget="https://leinau.typeform.com/to/AbCdEf12?amt=1"></div>',
    ],
)
def test_an_element_with_the_name_of_a_form_is_one_where_the_page_has_the_script(element: str) -> None:
    assert closed(f"{element}{SCRIPT}")[1][0] == ("linked", "form", FORM)
    assert opened(f"{SCRIPT}{element}", "typeform")[1][-1] == ("gated", "form", FORM)


def test_what_only_the_script_could_name_is_removed_and_said_so() -> None:
    html, findings = closed(f'<div data-tf-live="01HCZ4DNW8JM6PEGNTQWF2PW87"></div>{SCRIPT}')

    assert findings[0] == ("removed", "live", "")
    assert "data-tf-live" not in html


@pytest.mark.parametrize(
    "document",
    [
        f'<p><a href="{FORM}">Zur Umfrage</a></p>',
        '<div class="typeform-widget" data-url="/umfrage"></div>',
        '<div class="typeform">Umfrage</div>',
        '<div data-tf-widget="/umfrage/1">Umfrage</div>',
    ],
)
def test_links_and_own_elements_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "typeform")
