"""The time by which something is old enough to be deleted.

A clock can be wrong once: before the time server was asked, after a battery ran empty, on a restored machine. So nothing is deleted by what
it says now. What was noted at least seven days ago, by the present reading, is how far time has passed for certain: one reading of 2099 finds
the last entry of the right clock there, one reading of 1970 finds nothing. Only a clock that has been wrong for seven days is believed.
"""

from __future__ import annotations

from collections.abc import Iterable

WAIT = 7 * 86_400.0
"""Seconds for which a clock has to agree with itself."""


def agreed_time(noted: Iterable[float], now: float) -> float | None:
    """The latest of the times noted earlier (Unix seconds) that is at least `WAIT` before ``now``; ``None``: nothing may be deleted."""
    return max((time for time in noted if time <= now - WAIT), default=None)
