"""When the count of a page is due for a refresh. Pure: the clock and the random number are arguments.

New pages are shared a lot, old ones hardly ever, so the time to live (TTL) of a count grows with the time since its page last changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from shariff_py.counts.failures import ANSWERS
from shariff_py.platforms.count_sources.cached_count import NEVER_FETCHED, CachedCount, Count, CountResult

SPREAD = 0.1
"""How much later than its TTL a count may be refreshed, as a share of the TTL, so that pages first seen together drift apart."""

AGE_DIVISOR = 24
"""The TTL is a 24th of the page's age: an hour on the first day, seven hours after a week, more than a day after a month."""

LONGEST_HORIZON = 40 * 86_400.0
"""Seconds. No page of any site is scheduled further ahead. `RefreshPolicy.horizon` is the bound of one site and platform."""


SHORTEST_FIRST_WAIT = 3600.0
LONGEST_FIRST_WAIT = 86_400.0
"""Seconds until counts of a page are first fetched that became known by a view."""


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page and its cached count on one platform. ``changed_at`` is when it last changed (Unix seconds): by the sitemap, else when its
    counts were first due. ``listed``: it is in a sitemap, so that the site has published its address."""

    page: str
    changed_at: float = 0.0
    cached: CachedCount = NEVER_FETCHED
    listed: bool = False


@dataclass(frozen=True, slots=True)
class RefreshPolicy:
    """How old counts may get, in seconds: ``min_ttl`` on a page that has just changed, ``max_ttl`` on any.

    ``min_interval`` is the platform's own bound: a page is not requested again for as long after any attempt, failed ones included.
    """

    min_ttl: float
    max_ttl: float
    min_interval: float

    @property
    def longest_ttl(self) -> float:
        """How old any count may get."""
        return max(self.min_interval, self.min_ttl, self.max_ttl)

    @property
    def horizon(self) -> float:
        """How far ahead a request is scheduled at most. A time further ahead was written by a clock that was wrong.

        A clock that is set back by less than a day must not bring the first request for a page forward.
        """
        return max(self.longest_ttl * (1 + SPREAD), 2 * LONGEST_FIRST_WAIT)

    def ttl(self, page_age: float) -> float:
        """How old the count of a page may get that last changed so many seconds ago."""
        return max(self.min_interval, self.min_ttl, min(page_age / AGE_DIVISOR, self.max_ttl))


def first_request(seen_at: float, roll: float) -> float:
    """When counts of a page are first due that became known by a view at ``seen_at``; ``roll`` is a random number from 0 up to 1.

    Every moment between `SHORTEST_FIRST_WAIT` and `LONGEST_FIRST_WAIT` later is equally likely, so the first request does not tell when
    the page was viewed. A page's age is counted from it, so later ones do not tell either.
    """
    return seen_at + SHORTEST_FIRST_WAIT + (LONGEST_FIRST_WAIT - SHORTEST_FIRST_WAIT) * roll


def next_refresh(known: KnownPage, result: CountResult, now: float, policy: RefreshPolicy, jitter: float) -> float:
    """When a page is due again after an attempt at ``now`` gave ``result``; ``jitter`` is a number from 0 up to 1.

    After a failure it is sooner than after a result, and the later the longer there was no result.
    """
    age = now - known.changed_at
    # Written by a clock that was wrong, here or at a sitemap's author: that far ahead it says nothing, and must not mean "new" until then.
    wait = policy.ttl(age if age >= -2 * LONGEST_FIRST_WAIT else inf)
    if not isinstance(result, Count) and result.reason not in ANSWERS:
        wait = min(wait, max(policy.min_interval, (now - known.cached.as_of) / 4))
    return now + wait * (1 + SPREAD * jitter)
