"""A clock for tests: it stops until it is stepped."""

from __future__ import annotations

from datetime import UTC, datetime

BEGIN = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class SteppingClock:
    """Call it for the time in Unix seconds. Begins on 23 November 2026, 8:00 UTC."""

    def __init__(self, now: datetime = BEGIN) -> None:
        self.now = now.timestamp()

    def __call__(self) -> float:
        return self.now

    def step(self, seconds: float = 0.0, *, minutes: float = 0.0, hours: float = 0.0, days: float = 0.0) -> float:
        """Move on (back with negative values) and return the new time."""
        self.now += seconds + 60 * minutes + 3600 * hours + 86_400 * days
        return self.now
