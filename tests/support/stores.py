"""What the tests of the stores have in common: findings, and short words for what is written and read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from shariff_py.counts.circuit_breaker import CircuitBreaker
from shariff_py.counts.platform_state import PlatformState
from shariff_py.platforms.count_sources.cached_count import CountResult
from shariff_py.stores import Finding, Reported, Store
from support.constants import HOUR, NOW, PAGE

DAY = date(2026, 11, 23)
FRAME = Finding("https://www.facebook.com", "frame-src", PAGE, enforced=True)
IMAGE = Finding("https://static.xx.fbcdn.net", "img-src", PAGE, enforced=True)

OpenStore = Callable[..., Store]


def reported(finding: Finding, times: int, first: date = DAY, last: date = DAY) -> Reported:
    return Reported(finding.blocked, finding.directive, finding.page, finding.enforced, times, first, last)


def record(
    store: Store,
    results: Mapping[str, CountResult],
    now: float,
    *,
    platform: str = "facebook",
    next_at: float | None = None,
    fence: int | None = None,
) -> None:
    """Take in what an attempt gave; the pages are due again in an hour."""
    due = now + HOUR if next_at is None else next_at
    store.record(platform, results, now, next_at=dict.fromkeys(results, due), fence=fence)


def failed(times: int) -> PlatformState:
    """The state of a platform whose requests failed so often in a row."""
    return PlatformState(breaker=CircuitBreaker(failures=times))


def addresses(store: Store) -> list[str]:
    """All pages of a store, in the order they are due."""
    return [known.page for known in store.due("facebook", NOW + 1e9, 10_000)]
