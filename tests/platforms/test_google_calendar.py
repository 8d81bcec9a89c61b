"""Google Calendar: public calendars, several of them in one frame, and pages for booking."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched, opened

from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise

EMBED = "https://calendar.google.com/calendar/embed"
ONE = f"{EMBED}?ctz=Europe%2FBerlin&src=rat%40group.calendar.google.com"
DIALOGUE = (
    '<iframe src="https://calendar.google.com/calendar/embed?src=rat%40group.calendar.google.com&ctz=Europe%2FBerlin" '
    'style="border: 0" width="800" height="600" frameborder="0" scrolling="no"></iframe>'
)
TWO_2016 = (
    '<iframe src="https://www.google.com/calendar/embed?title=Sitzungen&amp;height=600&amp;wkst=2&amp;bgcolor=%23FFFFFF&amp;'
    "src=rat%40group.calendar.google.com&amp;color=%232952A3&amp;src=amt%40group.calendar.google.com&amp;color=%230F4B38&amp;"
    'ctz=Europe%2FBerlin" style="border-width:0" width="800" height="600" frameborder="0" scrolling="no"></iframe>'
)
TWO = (
    f"{EMBED}?bgcolor=%23FFFFFF&color=%232952A3&color=%230F4B38&ctz=Europe%2FBerlin&src=rat%40group.calendar.google.com&"
    "src=amt%40group.calendar.google.com&wkst=2"
)


@pytest.mark.parametrize("path", ["embed?ctz=Europe%2FBerlin", "u/0/r", "u/0?cid=abc", "ical/a%40b.c/public/basic.ics"])
def test_addresses_that_show_no_calendar_are_refused(path: str) -> None:
    with pytest.raises(EmbedRefused):
        recognise(f"https://calendar.google.com/calendar/{path}")


def test_a_page_without_a_release_shows_the_link_alone() -> None:
    assert contacts(DIALOGUE)
    assert contacts(TWO_2016)

    assert closed(DIALOGUE)[1] == [("linked", "calendar", ONE)]
    assert closed(TWO_2016)[1] == [("linked", "calendar", TWO)]


def test_a_released_page_asks_before_it_loads() -> None:
    html, findings = opened(TWO_2016, "google_calendar")

    assert findings == [("gated", "calendar", TWO)]
    assert "Kalender von Google Calendar: noch nicht geladen" in html


def test_the_button_for_booking_loads_neither_script_nor_style() -> None:
    button = (
        '<link href="https://calendar.google.com/calendar/scheduling-button-script.css" rel="stylesheet">'
        '<script src="https://calendar.google.com/calendar/scheduling-button-script.js" async></script>'
    )
    assert contacts(button)

    assert [outcome for outcome, *_ in closed(button)[1]] == ["removed", "removed"]


@pytest.mark.parametrize(
    "document",
    [
        f'<p><a href="{ONE}">Sitzungskalender</a></p>',
        '<p><a href="https://calendar.google.com/calendar/ical/rat%40group.calendar.google.com/public/basic.ics">Abonnieren</a></p>',
        '<div class="calendar" data-src="/termine.ics">Termine</div>',
    ],
)
def test_links_and_own_elements_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "google_calendar")
