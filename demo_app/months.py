"""The calendar by month: which events fall into it, day by day, and the grid of its weeks."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from demo_app.content import Event


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year, written ``2026-11``."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Month | None:
        """The month of that spelling, ``None`` for anything else."""
        match = re.fullmatch(r"(20[0-9]{2})-(0[1-9]|1[0-2])", text, re.ASCII)
        return cls(int(match[1]), int(match[2])) if match else None

    @classmethod
    def of(cls, day: date) -> Month:
        """The month a day lies in."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    def weeks(self) -> list[list[date | None]]:
        """Its days in weeks from Monday; ``None`` where a week reaches into another month."""
        weeks = calendar.Calendar().monthdatescalendar(self.year, self.number)
        return [[day if day.month == self.number else None for day in week] for week in weeks]

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"


@dataclass(frozen=True, slots=True)
class Day:
    """A day with the events listed under it."""

    date: date
    events: tuple[Event, ...]


def months(events: Iterable[Event]) -> list[Month]:
    """The months that have events, in order."""
    found = {Month.of(day) for event in events for day in (event.first_day, event.last_day)}
    return sorted(found)


def nearest(available: list[Month], today: date) -> Month:
    """The month of today, or the closest one that has events."""
    this = Month.of(today)
    return min(available, key=lambda month: (abs((month.first - this.first).days), month))


def days(month: Month, events: Iterable[Event]) -> list[Day]:
    """The month's days that have events. An event that began earlier is listed under the first."""
    found: dict[date, list[Event]] = {}
    for event in sorted(events, key=lambda event: (event.first_day, str(event.starts))):
        if Month.of(event.first_day) <= month <= Month.of(event.last_day):
            found.setdefault(max(event.first_day, month.first), []).append(event)
    return [Day(day, tuple(found[day])) for day in sorted(found)]


def upcoming(events: Iterable[Event], today: date, most: int) -> list[Event]:
    """The next events from today on; once all are over, the last ones, so that the list is never empty."""
    ordered = sorted(events, key=lambda event: (event.first_day, str(event.starts)))
    ahead = [event for event in ordered if event.last_day >= today]
    return (ahead or ordered[-most:])[:most]
