"""One event as an iCalendar file (RFC 5545), written here so that no calendar service has to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from demo_app.content import Event

LINE_OCTETS = 75
"""RFC 5545 section 3.1: a line is folded after at most 75 octets, its break not counted."""

PUBLISHED = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
"""When the calendar was published. DTSTAMP needs a time in UTC; a fixed one gives every reader the same file."""

ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
END:VTIMEZONE"""


def calendar_file(event: Event, *, language: str, address: str) -> bytes:
    """The event as the bytes of an ``.ics`` file. ``address`` is the absolute address of its page."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Stadt Leinau//Portal//{language.upper()}",
        "CALSCALE:GREGORIAN",
        *([] if event.whole_days else ZONE.splitlines()),
        "BEGIN:VEVENT",
        f"UID:{event.slug}@leinau.example",
        f"DTSTAMP:{PUBLISHED:%Y%m%dT%H%M%SZ}",
        _time("DTSTART", event.starts),
        _time("DTEND", event.ends),
        f"SUMMARY;LANGUAGE={language}:{_text(event.title)}",
        f"LOCATION;LANGUAGE={language}:{_text(event.place)}",
        f"DESCRIPTION;LANGUAGE={language}:{_text(event.text)}",
        f"URL:{address}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _time(name: str, when: datetime | date) -> str:
    if isinstance(when, datetime):
        return f"{name};TZID=Europe/Berlin:{when:%Y%m%dT%H%M%S}"
    # The end of a whole-day event is the first day on which it is over (RFC 5545 section 3.6.1).
    day = when + timedelta(days=1) if name == "DTEND" else when
    return f"{name};VALUE=DATE:{day:%Y%m%d}"


def _text(value: str) -> str:
    """A TEXT value: backslash, semicolon, comma and line break escaped (RFC 5545 section 3.3.11)."""
    value = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(value.splitlines())


def _folded(line: str) -> bytes:
    """The line with CRLF, folded between characters so that no line is longer than `LINE_OCTETS`."""
    folded, length = bytearray(), 0
    for character in line:
        octets = character.encode()
        if length + len(octets) > LINE_OCTETS:
            folded += b"\r\n "
            length = 1
        folded += octets
        length += len(octets)
    return bytes(folded) + b"\r\n"
