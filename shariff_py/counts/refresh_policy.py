"""When a page is asked about again. A pure question of ages: the clock and the dice are arguments.

Young pages are shared, old ones hardly ever: how old a count may get grows with the time since the page last changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from shariff_py.platforms.cached_count import NEVER_FETCHED, CachedCount, Count, CountResult

SPREAD = 0.1
"""How much later than its age a page may be asked, as a share of that age, so that pages first seen together drift apart."""

PATIENCE = 24
"""A count may get as old as a 24th of its page: an hour on the first day, seven hours after a week, a day and more after a month."""

ANSWERS = frozenset({"unknown-page", "bad-address", "incomplete"})
"""Reasons that are an answer: the platform does not know the page, cannot know it, or told only a part. It is asked again as late
as a page with a number is."""

UNDER_WAY = "under-way"
"""The reason of an attempt that is noted before it is sent. It stays where a process ended before the answer was noted."""

FURTHEST = 40 * 86_400.0
"""Seconds. No page of any site waits longer. `Ages.furthest` is how long one of this site does."""


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page and what is known about it on the platform in question. ``changed_at`` is when it last changed, as far as anybody told:
    a sitemap, or else its first appearance (Unix seconds)."""

    page: str
    changed_at: float = 0.0
    reading: CachedCount = NEVER_FETCHED


@dataclass(frozen=True, slots=True)
class Ages:
    """How old counts may get, in seconds: ``youngest`` on a page that has just changed, ``oldest`` on any.

    ``shortest`` is how long after any attempt, failed ones included, the same page is left alone: the platform's own bound.
    """

    youngest: float
    oldest: float
    shortest: float

    @property
    def longest(self) -> float:
        """How old any count may get."""
        return max(self.shortest, self.youngest, self.oldest)

    @property
    def furthest(self) -> float:
        """How far ahead a page may be put off; a time further ahead was written by a clock that ran wrong."""
        return self.longest * (1 + SPREAD)

    def of(self, page_age: float) -> float:
        """How old the count of a page may get that last changed so many seconds ago."""
        return max(self.shortest, self.youngest, min(page_age / PATIENCE, self.oldest))


def next_time(known: KnownPage, reading: CountResult, now: float, ages: Ages, roll: float) -> float:
    """When a page is due again after an attempt at ``now`` gave ``reading``; ``roll`` is a number from 0 up to 1.

    Without an answer it is sooner than with one, and the later the longer there was none.
    """
    wait = ages.of(now - known.changed_at)
    if not isinstance(reading, Count) and reading.reason not in ANSWERS:
        wait = min(wait, max(ages.shortest, (now - known.reading.as_of) / 4))
    return now + wait * (1 + SPREAD * roll)
