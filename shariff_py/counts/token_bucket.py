"""A token bucket, kept as one number by the generic cell rate algorithm (GCRA, ITU-T I.371)."""

from __future__ import annotations

from dataclasses import dataclass

from shariff_py.counts.rate_limit import HOUR, RateLimit


@dataclass(frozen=True, slots=True)
class TokenBucket:
    """``tat``, the theoretical arrival time, is when the bucket is full again (Unix seconds)."""

    tat: float = 0.0

    def available(self, limit: RateLimit, now: float) -> int:
        """How many pages the bucket lets through at once; may be negative after the limit was lowered."""
        return int(limit.burst - self._backlog(now) * limit.per_hour / HOUR + 1e-6)

    def take(self, pages: int, limit: RateLimit, now: float) -> TokenBucket:
        """The bucket after so many pages."""
        return TokenBucket(now + self._backlog(now) + pages * HOUR / limit.per_hour)

    def _backlog(self, now: float) -> float:
        """Seconds until the bucket is full. A time further ahead than two hours was written by a clock that was wrong."""
        ahead = self.tat - now
        return max(0.0, ahead) if ahead <= 2 * HOUR else 0.0
