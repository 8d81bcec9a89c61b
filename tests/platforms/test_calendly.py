"""Calendly: pages on which appointments are booked; its script and its style sheet are fetched before anybody presses anything."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched, opened

from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise

PAGE = "https://calendly.com/leinau/30min"
STYLE = '<link href="https://assets.calendly.com/assets/external/widget.css" rel="stylesheet">'
SCRIPT = '<script type="text/javascript" src="https://assets.calendly.com/assets/external/widget.js" async></script>'
INLINE = f'<div class="calendly-inline-widget" data-url="{PAGE}?primary_color=1b4fe4" style="min-width:320px;height:700px;"></div>'
POPUP = f"""<a href="" onclick="Calendly.initPopupWidget({{url: '{PAGE}'}});return false;">Termin</a>"""


@pytest.mark.parametrize("path", ["pricing", "de/blog", "app/login", ""])
def test_other_pages_of_the_site_are_no_content(path: str) -> None:
    with pytest.raises(EmbedRefused):
        recognise(f"https://calendly.com/{path}")


def test_script_and_style_sheet_go_before_and_without_a_release() -> None:
    page = f"{STYLE}{INLINE}{SCRIPT}"
    for piece in (STYLE, SCRIPT):
        assert contacts(piece)

    assert closed(page)[1] == [
        ("removed", "", "https://assets.calendly.com/assets/external/widget.css"),
        ("linked", "calendar", PAGE),
        ("removed", "", "https://assets.calendly.com/assets/external/widget.js"),
    ]


def test_a_released_page_asks_before_it_loads() -> None:
    html, findings = opened(f"{INLINE}{SCRIPT}", "calendly")

    assert findings[0] == ("gated", "calendar", PAGE)
    assert "Calendly-Kalender" in html


def test_a_frame_that_a_script_fills_later_is_held_back_too() -> None:
    assert closed(f'<iframe class="lazy" data-url="{PAGE}"></iframe>')[1] == [("linked", "calendar", PAGE)]


def test_what_calls_the_script_finds_something_to_call() -> None:
    calls = "<script>addEventListener('message', () => Calendly.closePopupWidget())</script>"
    html, _ = opened(f"{STYLE}{SCRIPT}{calls}", "calendly")

    assert "shariff-stubs" in html
    assert html.endswith(calls)


def test_what_opens_a_page_when_it_is_pressed_asks_in_its_place() -> None:
    html, findings = opened(f"{STYLE}{SCRIPT}<p>Zum {POPUP}.</p>", "calendly")

    assert findings[-1] == ("gated", "calendar", PAGE)
    assert "Calendly.init" not in html
    assert closed(POPUP)[1] == [("linked", "calendar", PAGE)]


def test_the_frame_leaves_its_own_dialogue_for_cookies_as_it_is() -> None:
    assert "hide_gdpr_banner" not in recognise(f"{PAGE}?hide_gdpr_banner=1").frame_address


@pytest.mark.parametrize(
    "document",
    [
        f'<p><a href="{PAGE}">Termin buchen</a></p>',
        '<div class="calendly-inline-widget" data-url="/termine"></div>',
        '<div class="calendly-inline-widget">Termine</div>',
    ],
)
def test_links_and_own_elements_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "calendly")
