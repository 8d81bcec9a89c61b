"""Which language a page is in, and dates and times as that language writes them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_day_names

from demo_app.content import LANGUAGES, TEXTS, Event
from demo_app.months import Month

LOCALES = {"de": Locale("de", "DE"), "en": Locale("en", "GB")}


def language_of(path: str) -> str:
    """The language of a page, by its path: the first language has no prefix."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in LANGUAGES[1:] else LANGUAGES[0]


def day(value: date, lang: str, form: str = "full") -> str:
    """A date in words: ``full`` with the weekday, ``long`` without, or a pattern of Babel's such as ``EEE``."""
    return format_date(value, form, locale=LOCALES[lang])


def month_name(month: Month, lang: str) -> str:
    """``November 2026``."""
    return format_skeleton("yMMMM", month.first, locale=LOCALES[lang])


def weekdays(lang: str) -> list[tuple[str, str]]:
    """The weekdays from Monday, short and in full."""
    short = get_day_names("short", locale=LOCALES[lang])
    full = get_day_names("wide", locale=LOCALES[lang])
    return [(str(short[n]).rstrip("."), str(full[n])) for n in range(7)]


def clock(value: datetime, lang: str, form: str = "short") -> str:
    """A time of day; ``medium`` with seconds."""
    return format_time(value.time(), form, locale=LOCALES[lang])


def hours(event: Event, lang: str) -> str:
    """From when to when on its day, or for how many days an event lasts."""
    words = TEXTS[lang]["events"]
    if isinstance(event.starts, datetime) and isinstance(event.ends, datetime):
        return str(words["from_until"]).format(start=clock(event.starts, lang), end=clock(event.ends, lang))
    if event.first_day == event.last_day:
        return str(words["whole_day"])
    return f"{words['until']} {day(event.last_day, lang, 'long')}"


def filters() -> dict[str, Any]:
    """The formats above as Jinja filters."""
    return {"day": day, "month_name": month_name, "clock": clock, "hours": hours}
