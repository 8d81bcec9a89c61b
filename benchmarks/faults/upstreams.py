"""Platforms that answer as they should not: the mock server of `shariff_py.testing` does it for all of them at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from support.counting import PAGE, TOKEN, Site
from under_load.process_figures import MEGABYTE, holding

from faults.outcome import Outcome, counted
from shariff_py.platforms.registry import REGISTRY
from shariff_py.testing import StandIn

ALL = tuple(name for name, record in REGISTRY.items() if record.counts)
IMPATIENT, PATIENT = 0.2, 20.0
"""Seconds that a reply may take, where it is known to come too late, and elsewhere."""
MOST_ROUNDS = 10
DEEP = b"[" * 100_000

KINDS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "too late": {
        "after a second": {"slow": 1.0}, "never": {"silent": True}, "headers byte by byte": {"drip": "head"},
        "body byte by byte": {"drip": "body"},
    },
    "cut off": {"connection closed": {"drop": True}},
    "refused": {
        **{str(status): {"status": status} for status in (400, 401, 403, 404, 405, 410, 418, 451, 500, 502, 503, 504)},
        "429 with a time": {"status": 429, "retry_after": "120"},
        "429 with a date": {"status": 429, "retry_after": "Mon, 30 Nov 2026 08:00:00 GMT"},
        "429 with nonsense": {"status": 429, "retry_after": "9" * 400},
        "error object": {"error": {"code": 2, "message": "…"}},
        "error object about the token": {"error": {"code": 190, "message": "…"}},
    },
    "sent elsewhere": {
        "to another site": {"redirect": "https://elsewhere.example/"},
        "to this machine": {"redirect": "http://127.0.0.1:9/"},
        "to a file": {"redirect": "file:///etc/passwd"},
        "to nowhere": {"redirect": "//"},
    },
    "nothing that can be read": {
        "bytes that are no text": {"garbage": True}, "a page": {"html": True}, "nothing": {"body": b""},
        "cut JSON": {"body": b'{"count":1'}, "brackets": {"body": DEEP}, "null": {"body": b"null"},
        "a list": {"body": b"[]"}, "an object": {"body": b"{}"}, "a word": {"body": b'"17"'},
        "NaN": {"body": b'{"count":NaN}'}, "a negative number": {"body": b'{"count":-1}'},
        "a fraction": {"body": b'{"count":1.5}'}, "a number of 5,000 digits": {"body": b'{"count":' + b"9" * 5_000 + b"}"},
        "a truth value": {"body": b'{"count":true}'}, "UTF-16": {"body": '{"count":1}'.encode("utf-16")},
    },
    "too much": {"100 MB": {"huge": True}},
}  # fmt: skip
"""Every kind of bad day, by what it has in common: its name, and the switches of `shariff_py.testing.Behaviour`."""


def hostile(days: Mapping[str, Mapping[str, Any]], *, late: bool = False) -> Callable[[Path], Outcome]:
    """Each of these days on all platforms at once."""

    def cause(folder: Path) -> Outcome:
        before = holding(os.getpid()).private
        lost: list[str] = []
        reasons: set[str] = set()
        rounds = 0
        for number, day in enumerate(days.values()):
            place = folder / str(number)
            place.mkdir()
            with StandIn() as stand_in:
                wrong, why, needed = _one_day(place, stand_in, day, IMPATIENT if late else PATIENT)
            lost += wrong
            reasons |= why
            rounds = max(rounds, needed)
        grown = holding(os.getpid()).private - before
        return Outcome(
            f"{counted(len(days), 'kind')} of replies, {len(ALL)} platforms each",
            counted(len(lost), "number"),
            f"reasons: {', '.join(sorted(reasons))}",
            f"{counted(rounds, 'daily round')} at most" if rounds < MOST_ROUNDS else f"not within {MOST_ROUNDS} rounds",
            f"{max(0.0, grown / MEGABYTE):.0f} MB more",
            not lost and bool(reasons) and rounds <= 3,
        )

    return cause


def _one_day(
    folder: Path, stand_in: StandIn, day: Mapping[str, Any], timeout: float
) -> tuple[list[str], set[str], int]:
    """The platforms whose number was lost, the reasons told, and the rounds until all numbers are new."""
    site = Site(folder, stand_in)
    service = site.again(
        releases={name: {"state": "released"} for name in ALL},
        platforms={"facebook": {"token": TOKEN}, "reddit": {"token": "an-id:a-secret"}},
        counts={"timeout_seconds": timeout},
    )
    stand_in.counts[PAGE] = 17
    service.import_pages({PAGE: None})
    service.refresh()
    site.clock.step(days=2)
    stand_in.behave(**day)
    result = service.refresh()
    reasons = set(result.failures.values())
    reasons |= {count.reason for count in service.counts(PAGE).values() if count.reason}
    lost = [name for name in ALL if service.counts(PAGE)[name].value != 17]
    stand_in.behave()
    stand_in.counts[PAGE] = 99
    for done in range(MOST_ROUNDS):
        if all(count.value == 99 for count in service.counts(PAGE).values()):
            return lost, reasons, done
        site.clock.step(days=1)
        service.refresh()
    return lost, reasons, MOST_ROUNDS
