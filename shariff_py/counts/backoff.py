"""Exponential back-off: how long no request is sent to a platform after a failure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shariff_py.counts.failures import FailureKind, failure_kind
from shariff_py.counts.rate_limit import HOUR

DAY = 86_400.0

LONGEST_REST = DAY
"""Seconds. No rest is longer, whatever a platform replies."""

FIRST_REST: Mapping[FailureKind, float] = {FailureKind.RETRY: 60.0, FailureKind.WAIT: 900.0, FailureKind.STOP: DAY}
LAST_REST: Mapping[FailureKind, float] = {
    FailureKind.RETRY: 6 * HOUR,
    FailureKind.WAIT: 6 * HOUR,
    FailureKind.STOP: DAY,
}
"""Seconds to rest after the first failure, doubled with each further one in a row, up to the last."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """``retry_at`` is when the next request may be sent (Unix seconds, 0: at once)."""

    retry_at: float = 0.0

    @classmethod
    def rest(cls, seconds: float, now: float) -> Backoff:
        """A rest of so many seconds, `LONGEST_REST` at most."""
        return cls(now + min(seconds, LONGEST_REST))

    @classmethod
    def after_failure(cls, reason: str, earlier_failures: int, wait: float, now: float, jitter: float) -> Backoff:
        """The rest after a failure: ``wait`` seconds where the platform's reply says so, else by kind and failures in a row.

        ``jitter``, a number from 0 up to 1, spreads the retries of many sites.
        """
        if wait:
            return cls(now + min(wait, LONGEST_REST) * (1 + 0.1 * jitter))
        kind = failure_kind(reason)
        seconds = min(FIRST_REST[kind] * 2 ** min(earlier_failures, 20), LAST_REST[kind])
        return cls(now + seconds * (0.75 + 0.5 * jitter))

    def is_resting(self, now: float) -> bool:
        """Whether no request may be sent at the moment. A rest further ahead was written by a clock that was wrong."""
        return now < self.retry_at <= now + 2 * LONGEST_REST
