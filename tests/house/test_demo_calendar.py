"""The demonstration's calendar: months, days and a file for every event."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from support.demo_portal import soup

from demo_app.content import EVENTS, LANGUAGES, Event
from demo_app.ics import LINE_OCTETS, calendar_file
from demo_app.months import Month, days, months, nearest, upcoming


def test_the_calendar_lists_every_event_in_each_of_its_months(client: FlaskClient) -> None:
    listed = {}
    for month in months(EVENTS["de"]):
        page = soup(client, f"/veranstaltungen/{month}")
        listed[str(month)] = {str(link["href"]).split("/")[-1] for link in page.select(".agenda a")}

    assert list(listed) == ["2026-11", "2026-12", "2027-01"]
    assert sum(len(events) for events in listed.values()) == len(EVENTS["de"]) + 1
    assert "weihnachtsmarkt" in listed["2026-11"] & listed["2026-12"]
    assert len(EVENTS["de"]) >= 12


def test_months_follow_one_another_and_end_where_the_events_end(client: FlaskClient) -> None:
    steps = {
        month: [str(link["href"])[-7:] for link in soup(client, f"/veranstaltungen/{month}").select("nav.months a")]
        for month in ("2026-11", "2026-12", "2027-01")
    }

    assert steps == {"2026-11": ["2026-12"], "2026-12": ["2026-11", "2027-01"], "2027-01": ["2026-12"]}


def test_the_month_grid_has_every_day_once_under_its_weekday() -> None:
    weeks = Month(2026, 11).weeks()

    assert [day.day for week in weeks for day in week if day] == list(range(1, 31))
    assert all(len(week) == 7 for week in weeks)
    assert all(day is None or day.weekday() == place for week in weeks for place, day in enumerate(week))


def test_the_calendar_opens_at_the_month_nearest_to_today() -> None:
    available = months(EVENTS["de"])

    assert str(nearest(available, date(2026, 12, 24))) == "2026-12"
    assert str(nearest(available, date(2020, 1, 1))) == "2026-11"
    assert str(nearest(available, date(2031, 1, 1))) == "2027-01"


def test_an_event_that_began_last_month_stands_under_the_first_day() -> None:
    december = days(Month(2026, 12), EVENTS["de"])

    assert december[0].date == date(2026, 12, 1)
    assert [event.slug for event in december[0].events] == ["weihnachtsmarkt"]


def test_coming_events_are_never_an_empty_list() -> None:
    soon = upcoming(EVENTS["de"], date(2026, 12, 13), most=2)
    late = upcoming(EVENTS["de"], date(2040, 1, 1), most=2)

    assert [event.slug for event in soon] == ["weihnachtsmarkt", "stadtrat-dezember"]
    assert [event.slug for event in late] == ["buecherei-sonntag", "buergerforum-bus"]


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_event_is_a_calendar_file_as_the_standard_has_it(client: FlaskClient, lang: str) -> None:
    folder = "veranstaltungen" if lang == "de" else "en/events"
    for event in EVENTS[lang]:
        response = client.get(f"/{folder}/{Month.of(event.first_day)}/{event.slug}.ics")
        lines = unfolded(response.data)

        assert response.mimetype == "text/calendar"
        assert response.headers["Content-Disposition"] == f"attachment; filename={event.slug}.ics"
        assert b"\n" not in response.data.replace(b"\r\n", b"")
        assert all(len(line) <= LINE_OCTETS for line in response.data.split(b"\r\n"))
        assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
        for name in ("UID:", "DTSTAMP:", "DTSTART;", "DTEND;", "SUMMARY;"):
            assert sum(line.startswith(name) for line in lines) == 1, name
        assert [line.split(":")[1] for line in lines if line.startswith("BEGIN")].count("VEVENT") == 1
        assert f"URL:http://localhost/{folder}/{Month.of(event.first_day)}/{event.slug}" in lines


def test_an_event_of_whole_days_ends_on_the_first_day_it_is_over() -> None:
    market = next(event for event in EVENTS["de"] if event.slug == "weihnachtsmarkt")

    lines = unfolded(calendar_file(market, language="de", address="https://www.leinau.example/"))

    assert "DTSTART;VALUE=DATE:20261127" in lines
    assert "DTEND;VALUE=DATE:20261221" in lines
    assert "BEGIN:VTIMEZONE" not in lines


def test_an_event_with_times_names_its_zone() -> None:
    council = next(event for event in EVENTS["de"] if event.slug == "stadtrat-november")

    lines = unfolded(calendar_file(council, language="de", address="https://www.leinau.example/"))

    assert "DTSTART;TZID=Europe/Berlin:20261126T180000" in lines
    assert "DTEND;TZID=Europe/Berlin:20261126T203000" in lines
    assert "TZID:Europe/Berlin" in lines


def test_marks_with_a_meaning_are_escaped_and_long_lines_folded_between_characters() -> None:
    event = Event(
        slug="x",
        starts=date(2026, 11, 1),
        ends=date(2026, 11, 1),
        title="Grüße; mit Komma, und \\",
        place="ö" * 200,
        host="",
        costs="",
        text="erste Zeile\nzweite",
    )

    content = calendar_file(event, language="de", address="https://www.leinau.example/")
    lines = unfolded(content)

    assert "SUMMARY;LANGUAGE=de:Grüße\\; mit Komma\\, und \\\\" in lines
    assert "DESCRIPTION;LANGUAGE=de:erste Zeile\\nzweite" in lines
    assert f"LOCATION;LANGUAGE=de:{'ö' * 200}" in lines
    assert all(line.decode() for line in content.split(b"\r\n") if line)
