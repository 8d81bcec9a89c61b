"""Everything that decides how many requests a platform may get, as one record. The store keeps it, so all processes and machines share it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any, TypeVar

from shariff_py.counts.backoff import Backoff
from shariff_py.counts.circuit_breaker import CircuitBreaker
from shariff_py.counts.rate_limit import RateLimit
from shariff_py.counts.sliding_window import SlidingWindow
from shariff_py.counts.token_bucket import TokenBucket
from shariff_py.counts.upstream_quota import UpstreamQuota
from shariff_py.errors import UNREADABLE
from shariff_py.platforms.count_sources.exchange import QuotaHeaders

Part = TypeVar("Part", TokenBucket, UpstreamQuota, Backoff, CircuitBreaker)

EXHAUSTED_SECONDS = 600.0
"""How long to rest once the platform's quota is used and its reply did not say how long to wait."""


@dataclass(frozen=True, slots=True)
class PlatformState:
    """The state of one platform. Pure: events go in together with the time (Unix seconds), a new state comes out.

    ``fingerprint`` names the credentials that the state is about.
    """

    window: SlidingWindow = field(default_factory=SlidingWindow)
    bucket: TokenBucket = field(default_factory=TokenBucket)
    quota: UpstreamQuota = field(default_factory=UpstreamQuota)
    backoff: Backoff = field(default_factory=Backoff)
    breaker: CircuitBreaker = field(default_factory=CircuitBreaker)
    fingerprint: str = ""

    @classmethod
    def from_json(cls, text: str) -> PlatformState:
        """The state in a saved text. Fields of a later version are ignored; a text that cannot be read is the state of a platform that
        never got a request."""
        try:
            saved = json.loads(text)
            minutes = saved.get("window", {}).get("minutes", ())
            return cls(
                SlidingWindow(tuple((int(minute), int(pages)) for minute, pages in minutes)),
                _restored(TokenBucket, saved.get("bucket", {})),
                _restored(UpstreamQuota, saved.get("quota", {})),
                _restored(Backoff, saved.get("backoff", {})),
                _restored(CircuitBreaker, saved.get("breaker", {})),
                str(saved.get("fingerprint", "")),
            )
        except (*UNREADABLE, TypeError, AttributeError, OverflowError):
            return cls()

    def to_json(self) -> str:
        """The text that `from_json` reads."""
        return json.dumps(asdict(self))

    def is_resting(self, now: float) -> bool:
        """Whether no request may be sent at the moment."""
        return self.backoff.is_resting(now)

    def breaker_state(self, now: float) -> str:
        """``closed``, ``open`` or ``half-open``; see `CircuitBreaker.state`."""
        return self.breaker.state(resting=self.is_resting(now))

    def remaining(self, limit: RateLimit, now: float) -> int:
        """How many pages our own rate limit has left at this moment."""
        return max(0, min(self.bucket.available(limit, now), self.window.available(limit, now)))

    def allowed(self, limit: RateLimit, now: float) -> int:
        """How many pages may be requested now. After a failure one page is the trial."""
        if self.is_resting(now):
            return 0
        remaining = self.remaining(limit, now)
        return min(remaining, 1) if self.breaker.failures else self.quota.available(remaining, now)

    def after_request(self, pages: int, limit: RateLimit, now: float) -> PlatformState:
        """The state after a request about so many pages was sent."""
        return replace(self, window=self.window.take(pages, now), bucket=self.bucket.take(pages, limit, now))

    def after_success(self, pages: int, headers: QuotaHeaders, now: float) -> PlatformState:
        """The state after a reply with results, be they counts or not."""
        quota = self.quota.after(headers, pages, now)
        seconds = headers.wait or (EXHAUSTED_SECONDS if quota.is_exhausted(now) else 0.0)
        backoff = Backoff.rest(seconds, now) if seconds else Backoff()
        return replace(self, quota=quota, backoff=backoff, breaker=self.breaker.after_success(now))

    def after_failure(self, reason: str, pages: int, headers: QuotaHeaders, now: float, jitter: float) -> PlatformState:
        """The state after a request without a usable reply. ``jitter`` is a number from 0 up to 1."""
        return replace(
            self,
            quota=self.quota.after(headers, pages, now),
            backoff=Backoff.after_failure(reason, self.breaker.failures, headers.wait, now, jitter),
            breaker=self.breaker.after_failure(reason, now),
        )

    def reset(self) -> PlatformState:
        """The state without failures and rests, so that requests are sent again. What was used of the limits stays used."""
        return replace(self, backoff=Backoff(), breaker=self.breaker.reset())


def _restored(kind: type[Part], saved: dict[str, Any]) -> Part:
    """One part of the state from the fields of it that this version knows."""
    return kind(**{name: value for name, value in saved.items() if name in kind.__dataclass_fields__})
