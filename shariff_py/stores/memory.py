"""A store in the memory of one process: for tests, and for trying things out. Nothing outlives the process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from heapq import nsmallest

from shariff_py.counts.refresh_policy import FURTHEST, KnownPage
from shariff_py.counts.standing import Standing
from shariff_py.errors import LeaseLost
from shariff_py.platforms.cached_count import NEVER_FETCHED, CachedCount, CountResult
from shariff_py.stores.protocol import (
    FURTHER,
    LISTED,
    LONGEST_LEASE,
    NOT_PUT_OFF,
    NUMBER,
    REPORTS_KEPT,
    SEEN_PRECISION,
    SOON,
    UNSEEN,
    Finding,
    Reported,
    StoreSummary,
)


@dataclass(slots=True)
class _Page:
    """One page: when it was registered, last seen and last changed, what it is worth, and what is known by platform."""

    registered_at: float
    seen_at: float
    changed_at: float
    worth: int = 0
    readings: dict[str, CachedCount] = field(default_factory=dict)
    next_at: dict[str, float] = field(default_factory=dict)

    @property
    def rank(self) -> tuple[int, float]:
        """What is compared where a page has to make room: the least is dropped."""
        return self.worth, self.seen_at

    def due_at(self, platform: str) -> float:
        return self.next_at.get(platform, self.registered_at)


class MemoryStore:
    """See `shariff_py.stores.protocol.Store`. Holds at most ``most_pages`` pages. ``clock`` is what leases run by."""

    def __init__(self, *, most_pages: int = 50_000, clock: Callable[[], float] = time.time) -> None:
        self._most_pages = most_pages
        self._clock = clock
        self._lock = threading.Lock()
        self._pages: dict[str, _Page] = {}
        self._holder, self._held_until, self._fence = "", 0.0, 0
        self._standings: dict[str, Standing] = {}
        self._dropped = 0
        self._reports: dict[Finding, Reported] = {}

    def track(self, page: str, now: float) -> None:
        with self._lock:
            if (known := self._pages.get(page)) is None:
                self._drop_least(len(self._pages) + 1 - self._most_pages)
                known = self._pages[page] = _Page(now, now, now)
            if abs(now - known.seen_at) >= SEEN_PRECISION:
                known.seen_at = now

    def import_pages(self, pages: Mapping[str, float | None], now: float) -> tuple[int, int]:
        with self._lock:
            new = []
            for page, changed_at in pages.items():
                if (known := self._pages.get(page)) is None:
                    new.append(page)
                    continue
                known.seen_at, known.worth = now, known.worth | LISTED
                if changed_at is not None:
                    if changed_at > known.changed_at:
                        known.next_at = {name: min(at, now + SOON) for name, at in known.next_at.items()}
                    known.changed_at = changed_at
            self._drop_least(len(self._pages) + len(new) - self._most_pages, unseen=now - UNSEEN)
            room = max(0, self._most_pages - len(self._pages))
            for page in new[:room]:
                changed_at = pages[page]
                self._pages[page] = _Page(now, now, now if changed_at is None else changed_at, LISTED)
            return len(new[:room]), len(new[room:])

    def read(self, page: str) -> dict[str, CachedCount]:
        with self._lock:
            known = self._pages.get(page)
            return dict(known.readings) if known else {}

    def due(self, platform: str, now: float, most: int, *, furthest: float = FURTHEST) -> list[KnownPage]:
        with self._lock:
            waiting = [
                (page.due_at(platform), KnownPage(address, page.changed_at, page.readings.get(platform, NEVER_FETCHED)))
                for address, page in self._pages.items()
                if not now < page.due_at(platform) <= now + furthest
            ]
        return [known for _, known in sorted(waiting, key=lambda pair: pair[0])[:most]]

    def record(
        self,
        platform: str,
        readings: Mapping[str, CountResult],
        now: float,
        *,
        next_at: Mapping[str, float] = NOT_PUT_OFF,
        fence: int | None = None,
    ) -> None:
        with self._lock:
            self._check(fence)
            for page, reading in readings.items():
                if (known := self._pages.get(page)) is not None:
                    before = known.readings.get(platform, NEVER_FETCHED)
                    known.readings[platform] = after = before.after(reading, now)
                    known.worth |= NUMBER if after.value else 0
                    known.next_at[platform] = next_at.get(page, now)

    def lease(self, holder: str, seconds: float) -> int:
        now = self._clock()
        with self._lock:
            if self._holder != holder:
                if now < self._held_until <= now + LONGEST_LEASE:
                    return 0
                self._holder, self._fence = holder, self._fence + 1
            self._held_until = now + seconds
            return self._fence

    def load_state(self, platform: str) -> Standing:
        with self._lock:
            return self._standings.get(platform, Standing())

    def save_state(self, platform: str, standing: Standing, fence: int | None = None) -> None:
        with self._lock:
            self._check(fence)
            self._standings[platform] = standing

    def all_counts(self, platforms: Sequence[str]) -> dict[str, dict[str, CachedCount]]:
        with self._lock:
            found = {
                address: {name: r for name, r in page.readings.items() if name in platforms and r.value is not None}
                for address, page in self._pages.items()
            }
        return {address: readings for address, readings in found.items() if readings}

    def report(self, findings: Iterable[Finding], day: date, most: int) -> None:
        with self._lock:
            self._reports = {f: row for f, row in self._reports.items() if row.last >= day - REPORTS_KEPT}
            for finding in findings:
                if finding not in self._reports and sum(f.blocked != FURTHER for f in self._reports) >= most:
                    finding = Finding(FURTHER, "", "", finding.enforced)
                known = self._reports.get(finding)
                if known is None:
                    known = Reported(finding.blocked, finding.directive, finding.page, finding.enforced, 0, day, day)
                self._reports[finding] = replace(known, times=known.times + 1, last=max(known.last, day))

    def reports(self) -> list[Reported]:
        with self._lock:
            return sorted(self._reports.values(), key=lambda row: (-row.times, row.blocked, row.page, row.directive))

    def check_writable(self) -> None:
        """Memory that ends, ends the process."""

    def summary(self) -> StoreSummary:
        with self._lock:
            found: dict[str, int] = {}
            for page in self._pages.values():
                for platform, reading in page.readings.items():
                    found[platform] = found.get(platform, 0) + (reading.value is not None)
            return StoreSummary(len(self._pages), self._dropped, found)

    def close(self) -> None:
        """Nothing to let go of."""

    def _drop_least(self, many: int, *, unseen: float | None = None) -> None:
        """Drop so many pages, the least first; where it says since when, only those worth nothing and those not seen since."""
        if many <= 0:
            return
        may = [a for a, page in self._pages.items() if unseen is None or not page.worth or page.seen_at < unseen]
        for address in nsmallest(many, may, key=lambda address: self._pages[address].rank):
            del self._pages[address]
            self._dropped += 1

    def _check(self, fence: int | None) -> None:
        if fence is not None and fence != self._fence:
            raise LeaseLost("another process asks by now; what this one learned was left out.")
