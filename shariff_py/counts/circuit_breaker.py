"""A circuit breaker: after failures in a row a platform gets one trial request at a time, until one succeeds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from shariff_py.counts.failures import FailureKind, failure_kind

FAILURE_THRESHOLD = 3
"""Failures in a row that open the breaker. One is enough where waiting does not help (`FailureKind.STOP`)."""


@dataclass(frozen=True, slots=True)
class CircuitBreaker:
    """``failures`` in a row, the last of them at ``failed_at`` for ``reason``; the last success at ``succeeded_at``.

    Times are Unix seconds, 0 for never. A success keeps the time and the reason of the last failure, for the status page.
    """

    failures: int = 0
    reason: str = ""
    failed_at: float = 0.0
    succeeded_at: float = 0.0

    @property
    def is_tripped(self) -> bool:
        """Whether the breaker is not closed."""
        stopped = self.failures > 0 and failure_kind(self.reason) is FailureKind.STOP
        return stopped or self.failures >= FAILURE_THRESHOLD

    def state(self, *, resting: bool) -> str:
        """``closed`` (requests are sent), ``open`` (none are, while the platform rests), ``half-open`` (one trial decides)."""
        if not self.is_tripped:
            return "closed"
        return "open" if resting else "half-open"

    def after_success(self, now: float) -> CircuitBreaker:
        """The breaker after a reply with results, be they counts or not."""
        return replace(self, failures=0, succeeded_at=now)

    def after_failure(self, reason: str, now: float) -> CircuitBreaker:
        """The breaker after a failure."""
        return replace(self, failures=self.failures + 1, reason=reason, failed_at=now)

    def reset(self) -> CircuitBreaker:
        """The breaker without its failures: requests are sent again."""
        return replace(self, failures=0, reason="")
