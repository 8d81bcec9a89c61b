"""The platform's own quota, as its reply headers report it (``X-App-Usage`` and the like)."""

from __future__ import annotations

from dataclasses import dataclass

from shariff_py.counts.rate_limit import HOUR
from shariff_py.platforms.count_sources.exchange import QuotaHeaders

USABLE_SHARE = 0.9
"""The share of a platform's quota that is used at most. The rest is left for whatever else the site does there."""


@dataclass(frozen=True, slots=True)
class UpstreamQuota:
    """``used`` is the share of the quota last reported (at ``reported_at``, Unix seconds), ``cost`` the share that one page took."""

    used: float = 0.0
    cost: float = 0.0
    reported_at: float = 0.0

    def is_current(self, now: float) -> bool:
        """Whether the report is less than an hour old. Quotas count a rolling hour."""
        return 0 <= now - self.reported_at < HOUR

    def available(self, pages: int, now: float) -> int:
        """How many of ``pages`` the quota has room for; at least one, whose reply reports what is left by then."""
        if self.cost <= 0 or not self.is_current(now):
            return pages
        # A share so small that the quotient is infinite was reported, too.
        return int(min(pages, max(1.0, (USABLE_SHARE - self.used) / self.cost)))

    def is_exhausted(self, now: float) -> bool:
        """Whether the report of this moment leaves no room for another page."""
        return self.reported_at == now and self.used > 0 and self.used + self.cost > USABLE_SHARE

    def after(self, headers: QuotaHeaders, pages: int, now: float) -> UpstreamQuota:
        """The quota after a reply about so many pages; unchanged where the reply reports nothing."""
        if headers.used is None:
            return self
        before = self.used if self.is_current(now) else 0.0
        growth = (headers.used - before) / pages if pages else 0.0
        return UpstreamQuota(headers.used, growth if growth > 0 else self.cost, now)
