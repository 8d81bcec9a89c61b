"""Pinterest: pins; boards and profiles become links."""

from __future__ import annotations

import pytest
from support.platform_content import is_untouched, opened

PIN = "https://www.pinterest.com/pin/123456789012345678/"
SCRIPT = '<script async defer src="https://assets.pinterest.com/js/pinit.js"></script>'


@pytest.mark.parametrize(
    ("mark", "kind", "address"),
    [
        ("embedBoard", "board", "https://www.pinterest.com/musterstadt/rathaus/"),
        ("embedUser", "profile", "https://www.pinterest.com/musterstadt/"),
    ],
)
def test_boards_and_profiles_become_links(mark: str, kind: str, address: str) -> None:
    document = f'<a data-pin-do="{mark}" data-pin-board-width="400" href="{address}"></a>{SCRIPT}'
    html, findings = opened(document, "pinterest")

    assert findings == [("linked", kind, address), ("removed", "", "https://assets.pinterest.com/js/pinit.js")]
    assert "data-pin-do" not in html


@pytest.mark.parametrize(
    "written",
    [
        f"<A DATA-PIN-DO=embedPin HREF={PIN}></A>",
        f'<a class="own" href="{PIN}" data-pin-do=" embedPin "></a>',
        f'<a data-pin-do="&#101;mbedPin" href="{PIN}"></a>',
        f'<noscript><a data-pin-do="embedPin" href="{PIN}"></a></noscript>',
    ],
)
def test_the_mark_is_found_however_it_is_written(written: str) -> None:
    assert opened(written, "pinterest")[1] == [("gated", "pin", PIN)]


def test_the_paragraph_around_a_pin_is_closed_and_opened_again() -> None:
    html, _ = opened(f'<p>Davor <a data-pin-do="embedPin" href="{PIN}"></a> danach</p>', "pinterest")

    assert html.startswith("<p>Davor </p><div ")
    assert html.endswith("</div><p> danach</p>")


def test_in_a_form_a_pin_is_a_link() -> None:
    document = f'<form action="/suche"><a data-pin-do="embedPin" href="{PIN}"></a></form>'

    assert opened(document, "pinterest")[1] == [("linked", "pin", PIN)]


def test_a_pin_that_data_of_the_page_keeps_is_reported() -> None:
    kept = f'{{"html":"<a data-pin-do=\\"embedPin\\" href=\\"{PIN}\\"></a>"}}'

    assert opened(f'<script type="application/json">{kept}</script>', "pinterest")[1] == [("reported", "pin", PIN)]


@pytest.mark.parametrize(
    "document",
    [
        '<a data-pin-do="embedPin" href="/pin/1">Anstecker</a><a href="https://www.pinterest.com/musterstadt/">Pinterest</a>',
        '<a data-pin-do="buttonFollow" href="https://www.pinterest.com/musterstadt/">Folgen</a>',
        '<a data-pin-do="buttonPin" href="https://www.pinterest.com/pin/create/button/?url=x">Merken</a>',
        f'<p data-own="embedPin"><a href="{PIN}">Pinnwand</a></p>',
        f'<p><a class="embedPin" href="{PIN}">Pinnwand</a></p>',
    ],
)
def test_buttons_and_links_that_work_by_themselves_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "pinterest")
