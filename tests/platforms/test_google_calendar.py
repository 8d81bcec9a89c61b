"""Google Calendar: public calendars, several of them in one frame, and pages for booking."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched

from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise

EMBED = "https://calendar.google.com/calendar/embed"
ONE = f"{EMBED}?ctz=Europe%2FBerlin&src=rat%40group.calendar.google.com"


@pytest.mark.parametrize("path", ["embed?ctz=Europe%2FBerlin", "u/0/r", "u/0?cid=abc", "ical/a%40b.c/public/basic.ics"])
def test_addresses_that_show_no_calendar_are_refused(path: str) -> None:
    with pytest.raises(EmbedRefused):
        recognise(f"https://calendar.google.com/calendar/{path}")


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
