"""A store in the memory of one process, for tests and for trying things out. Nothing outlives the process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import nsmallest
from math import inf
from random import SystemRandom

from shariff_py.counts.platform_state import PlatformState
from shariff_py.counts.refresh_policy import LONGEST_HORIZON, KnownPage
from shariff_py.errors import LeaseLost
from shariff_py.platforms.count_sources.cached_count import NEVER_FETCHED, CachedCount, CountResult
from shariff_py.stores.count_store import (
    AGREED,
    DUE_AT_ONCE,
    LEASE_LOST,
    LISTED,
    LONGEST_LEASE,
    NUMBER,
    SEEN_PRECISION,
    SOON,
    UNSEEN,
    StoreSummary,
)
from shariff_py.stores.report_store import Finding, Reported, most_frequent_first
from shariff_py.stores.report_table import ReportTable


@dataclass(slots=True)
class _Page:
    """One page: when it was first due, last seen and last changed, what it is worth, and its counts by platform."""

    first_at: float
    seen_at: float
    changed_at: float
    worth: int = 0
    counts: dict[str, CachedCount] = field(default_factory=dict)
    next_at: dict[str, float] = field(default_factory=dict)

    @property
    def rank(self) -> tuple[int, float]:
        """What is compared where a page has to make room: the least is dropped."""
        return self.worth, self.seen_at

    def as_known(self, address: str, platform: str) -> KnownPage:
        counts = self.counts.get(platform, NEVER_FETCHED)
        return KnownPage(address, self.changed_at, counts, bool(self.worth & LISTED))

    def due_at(self, platform: str) -> float:
        return self.next_at.get(platform, self.first_at)


class MemoryStore:
    """See `shariff_py.stores.count_store.CountStore`. Holds at most ``most_pages`` pages. ``clock`` is what leases run by."""

    def __init__(self, *, most_pages: int = 50_000, clock: Callable[[], float] = time.time) -> None:
        self._most_pages = most_pages
        self._clock = clock
        self._lock = threading.Lock()
        self._pages: dict[str, _Page] = {}
        self._holder, self._held_until, self._fence = "", 0.0, 0
        self._states: dict[str, PlatformState] = {}
        self._checkpoints: dict[str, str] = {}
        self._dropped = 0
        self.reports = MemoryReports()

    @property
    def epoch(self) -> int:
        return 0

    def look(self) -> None:
        """Always the same."""

    def track(self, page: str, now: float, *, due_at: float | None = None) -> None:
        first_at = now if due_at is None else due_at
        with self._lock:
            if (known := self._pages.get(page)) is None:
                self._drop_least(len(self._pages) + 1 - self._most_pages)
                known = self._pages[page] = _Page(first_at, now, first_at)
            if abs(now - known.seen_at) >= SEEN_PRECISION:
                known.seen_at = now

    def import_pages(self, pages: Mapping[str, float | None], now: float) -> tuple[int, int]:
        with self._lock:
            agreed = max((page.seen_at for page in self._pages.values() if page.seen_at <= now - AGREED), default=-inf)
            new = []
            for page, changed_at in pages.items():
                if (known := self._pages.get(page)) is None:
                    new.append(page)
                    continue
                known.seen_at, known.worth = now, known.worth | LISTED
                if known.first_at > now:
                    known.first_at = known.changed_at = now
                    known.next_at = {name: min(at, now + SOON) for name, at in known.next_at.items()}
                if changed_at is not None:
                    if changed_at > known.changed_at:
                        known.next_at = {name: min(at, now + SOON) for name, at in known.next_at.items()}
                    known.changed_at = changed_at
            self._drop_least(len(self._pages) + len(new) - self._most_pages, unseen=agreed - UNSEEN)
            room = max(0, self._most_pages - len(self._pages))
            for page in new[:room]:
                changed_at = pages[page]
                self._pages[page] = _Page(now, now, now if changed_at is None else changed_at, LISTED)
            return len(new[:room]), len(new[room:])

    def read(self, page: str) -> dict[str, CachedCount]:
        with self._lock:
            known = self._pages.get(page)
            return dict(known.counts) if known else {}

    def due(self, platform: str, now: float, most: int, *, furthest: float = LONGEST_HORIZON) -> list[KnownPage]:
        with self._lock:
            waiting = [
                (page.due_at(platform), page.as_known(address, platform))
                for address, page in self._pages.items()
                if not now < page.due_at(platform) <= now + furthest
            ]
        return [known for _, known in sorted(waiting, key=lambda pair: (pair[0], pair[1].page))[:most]]

    def record(
        self,
        platform: str,
        results: Mapping[str, CountResult],
        now: float,
        *,
        next_at: Mapping[str, float] = DUE_AT_ONCE,
        fence: int | None = None,
    ) -> None:
        with self._lock:
            self._check(fence)
            for page, result in results.items():
                if (known := self._pages.get(page)) is not None:
                    before = known.counts.get(platform, NEVER_FETCHED)
                    known.counts[platform] = after = before.after(result, now)
                    known.worth |= NUMBER if after.value else 0
                    known.next_at[platform] = next_at.get(page, now)

    def restore(
        self, known: Mapping[str, Mapping[str, CachedCount]], now: float, *, due_at: float | None = None
    ) -> None:
        for address, counts in known.items():
            self.track(address, now, due_at=due_at)
            with self._lock:
                if (page := self._pages.get(address)) is None:
                    # Another page took its room in between.
                    continue
                for platform, given in counts.items():
                    before = page.counts.get(platform)
                    if before is None or given.tried_at > before.tried_at:
                        page.next_at[platform] = max(now, given.tried_at + SOON) if due_at is None else due_at
                    page.counts[platform] = given if before is None else before.merged(given)
                    page.worth |= NUMBER if given.value else 0

    def lease(self, holder: str, seconds: float) -> int:
        now = self._clock()
        with self._lock:
            if self._holder != holder:
                if now < self._held_until <= now + LONGEST_LEASE:
                    return 0
                self._holder, self._fence = holder, self._fence + 1
            self._held_until = now + seconds
            return self._fence

    def load_state(self, platform: str) -> PlatformState:
        with self._lock:
            return self._states.get(platform, PlatformState())

    def save_state(self, platform: str, state: PlatformState, fence: int | None = None) -> None:
        with self._lock:
            self._check(fence)
            self._states[platform] = state

    def load_checkpoint(self, journal: str) -> str:
        with self._lock:
            return self._checkpoints.get(journal, "")

    def save_checkpoint(self, journal: str, text: str) -> None:
        with self._lock:
            self._checkpoints[journal] = text

    def all_counts(self, platforms: Sequence[str]) -> dict[str, dict[str, CachedCount]]:
        with self._lock:
            found = {
                address: {name: c for name, c in page.counts.items() if name in platforms and c.value is not None}
                for address, page in self._pages.items()
            }
        return {address: counts for address, counts in found.items() if counts}

    def check_writable(self) -> None:
        """Always: without memory the process itself ends."""

    def summary(self) -> StoreSummary:
        with self._lock:
            found: dict[str, int] = {}
            for page in self._pages.values():
                for platform, cached in page.counts.items():
                    found[platform] = found.get(platform, 0) + (cached.value is not None)
            return StoreSummary(len(self._pages), self._dropped, found)

    def waiting(self, now: float) -> int:
        with self._lock:
            return sum(page.first_at > now for page in self._pages.values())

    def close(self) -> None:
        """Nothing to close."""

    def _drop_least(self, many: int, *, unseen: float | None = None) -> None:
        """Drop so many pages of the least worth; with ``unseen`` only those worth nothing and those not seen since."""
        if many <= 0:
            return
        may = [a for a, page in self._pages.items() if unseen is None or not page.worth or page.seen_at < unseen]
        for address in nsmallest(many, may, key=lambda address: self._pages[address].rank):
            del self._pages[address]
            self._dropped += 1

    def _check(self, fence: int | None) -> None:
        if fence is not None and fence != self._fence:
            raise LeaseLost(LEASE_LOST)


class MemoryReports:
    """See `shariff_py.stores.report_store.ReportStore`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._table = ReportTable()

    def add(self, findings: Iterable[Finding], day: date, most: int) -> None:
        with self._lock:
            self._table = self._table.after(findings, day, most, SystemRandom().random)

    def all(self) -> list[Reported]:
        with self._lock:
            return most_frequent_first(self._table.rows.values())
