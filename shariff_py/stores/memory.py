"""A store in the memory of one process: for tests, and for trying things out. Nothing outlives the process."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from shariff_py.counts.due import ANSWERS, KnownPage
from shariff_py.platforms.exchange import NEVER_READ, Reading, StoredReading
from shariff_py.stores.protocol import LONGEST_LEASE, SEEN_PRECISION, PlatformState, StoreState


class MemoryStore:
    """See `shariff_py.stores.protocol.Store`. Holds at most ``most_pages`` pages."""

    def __init__(self, *, most_pages: int = 50_000) -> None:
        self._most_pages = most_pages
        self._lock = threading.Lock()
        self._readings: dict[str, dict[str, StoredReading]] = {}
        self._seen_at: dict[str, float] = {}
        self._holder = ""
        self._held_until = 0.0
        self._dropped = 0

    def register(self, page: str, now: float) -> None:
        with self._lock:
            if page in self._readings:
                if abs(now - self._seen_at[page]) >= SEEN_PRECISION:
                    self._seen_at[page] = now
                return
            while len(self._readings) >= self._most_pages:
                self._drop(min(self._readings, key=self._worth))
            self._readings[page] = {}
            self._seen_at[page] = now

    def read(self, page: str) -> dict[str, StoredReading]:
        with self._lock:
            return dict(self._readings.get(page, {}))

    def record(self, platform: str, readings: Mapping[str, Reading], now: float) -> None:
        with self._lock:
            for page, reading in readings.items():
                if (known := self._readings.get(page)) is not None:
                    known[platform] = known.get(platform, NEVER_READ).after(reading, now)

    def pages(self, platform: str, now: float, rest: float) -> list[KnownPage]:
        with self._lock:
            known = [KnownPage(page, readings.get(platform, NEVER_READ)) for page, readings in self._readings.items()]
        return [page for page in known if page.reading is NEVER_READ or abs(now - page.reading.tried_at) >= rest]

    def lease(self, holder: str, now: float, seconds: float) -> bool:
        with self._lock:
            if self._holder != holder and now < self._held_until <= now + LONGEST_LEASE:
                return False
            self._holder, self._held_until = holder, now + seconds
            return True

    def state(self) -> StoreState:
        with self._lock:
            found: dict[str, list[StoredReading]] = {}
            for readings in self._readings.values():
                for platform, reading in readings.items():
                    found.setdefault(platform, []).append(reading)
            platforms = {platform: _summary(readings) for platform, readings in found.items()}
            return StoreState(len(self._readings), self._dropped, platforms)

    def close(self) -> None:
        """Nothing to let go of."""

    def _worth(self, page: str) -> tuple[bool, float]:
        """What is compared where a page has to make room: the least is dropped."""
        return any(reading.value is not None for reading in self._readings[page].values()), self._seen_at[page]

    def _drop(self, page: str) -> None:
        del self._readings[page], self._seen_at[page]
        self._dropped += 1


def _summary(readings: list[StoredReading]) -> PlatformState:
    numbers = [reading.as_of for reading in readings if reading.value is not None]
    failures = [(reading.tried_at, reading.reason) for reading in readings if reading.reason not in {"", *ANSWERS}]
    last_failure, last_reason = max(failures, key=lambda failure: failure[0], default=(None, ""))
    return PlatformState(len(numbers), max(numbers, default=None), last_failure, last_reason)
