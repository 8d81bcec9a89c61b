"""A sliding window of one hour: how many pages were requested in each of its minutes.

The token bucket alone is not enough: it refills while it is emptied, so within one hour it lets through the burst and the hourly limit.
"""

from __future__ import annotations

from dataclasses import dataclass

from shariff_py.counts.rate_limit import HOUR, RateLimit

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class SlidingWindow:
    """``minutes`` holds pairs of a minute (since 1970) and the pages that were requested in it."""

    minutes: tuple[tuple[int, int], ...] = ()

    def available(self, limit: RateLimit, now: float) -> int:
        """How many pages are left of the hour that ends ``now``; may be negative after the limit was lowered."""
        return limit.per_hour - sum(pages for _, pages in self._current(now))

    def take(self, pages: int, now: float) -> SlidingWindow:
        """The window after so many pages more."""
        counted = dict(self._current(now))
        minute = int(now // MINUTE)
        counted[minute] = counted.get(minute, 0) + pages
        return SlidingWindow(tuple(counted.items()))

    def _current(self, now: float) -> list[tuple[int, int]]:
        """The minutes that still count. Those far in the future were written by a clock that was wrong."""
        return [(minute, pages) for minute, pages in self.minutes if now - HOUR < (minute + 1) * MINUTE <= now + HOUR]
