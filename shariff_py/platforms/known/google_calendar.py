"""Google Calendar: public calendars, and pages on which appointments are booked.

Sources: code of iframely for the frame; the code that its dialogue gives out, as found in public sites, for its parameters, the older host
and the pages for booking. A calendar has no other page than its frame. Its title in an address is free text and is dropped. The hosts were
not confirmed.
"""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.companies import GOOGLE
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform

SHOWN = (
    "bgcolor", "color", "ctz", "dates", "hl", "mode", "showCalendars", "showDate", "showNav", "showPrint", "showTabs", "showTitle",
    "showTz", "src", "wkst",
)  # fmt: skip
"""Parameters that say which calendars are shown, and how."""

CALENDARS = r"(?P<shown>(?:.*&)?src=[^&]+(?:&.*)?)"
BOOKING = r"(?P<schedule>[\w-]+)"

PLATFORM = Platform(
    name="google_calendar",
    title="Google Calendar",
    operator=GOOGLE,
    hosts=("calendar.google.com", "calendar.app.google"),
    shared_hosts=("google.com/calendar",),
    content_hosts=patterns(r"calendar\.google\.com", r"www\.google\.com"),
    public_host="calendar.google.com",
    plugin_paths=Pattern(r"/calendar/(?:.*/)?embed"),
    keeps_query=frozenset({"cid", "src"}),
    script_marks=patterns(
        r"(?i)\bcalendar\.google\.com[\\/]++calendar[\\/]++(?:scheduling-button|[^\s\"'<>]*?embed|appointments)"
    ),
    embeds=(
        EmbedKind(
            "calendar",
            frames=forms(
                rf"/calendar/embed\?{CALENDARS}",
                rf"/calendar/b/[0-9]+/embed\?{CALENDARS}",
                rf"/calendar/u/[0-9]+/embed\?{CALENDARS}",
                rf"/calendar/hosted/[^/]+/embed\?{CALENDARS}",
            ),
            public=("https://calendar.google.com/calendar/embed?{shown}",),
            frame=("https://calendar.google.com/calendar/embed?{shown}",),
            keeps_query=frozenset(SHOWN),
            parameters=PASTED_SIZE,
            size=Size(800, 600),
            samples=("https://calendar.google.com/calendar/embed?src=musterstadt%40group.calendar.google.com",),
        ),
        EmbedKind(
            "appointments",
            content="calendar",
            links=forms(rf"/calendar/(?:u/[0-9]+/)?appointments/(?:schedules/)?{BOOKING}"),
            frames=forms(rf"/calendar/appointments/schedules/{BOOKING}\?gv=true"),
            public=("https://calendar.google.com/calendar/appointments/schedules/{schedule}",),
            frame=("https://calendar.google.com/calendar/appointments/schedules/{schedule}?gv=true",),
            keeps_query=frozenset({"gv"}),
            parameters=PASTED_SIZE,
            size=Size(800, 600),
            samples=("https://calendar.google.com/calendar/appointments/schedules/AcZssZ0abcDEF123456789",),
        ),
    ),
    colour="#1a6dc2",
    icon=Icon("M4 4h16v17H4zM6 9v10h12V9zM8 11h3v3H8zM7 2h2v3H7zM15 2h2v3h-2z"),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
