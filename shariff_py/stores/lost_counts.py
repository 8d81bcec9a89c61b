"""Counts that the store has lost and this process still knows: removed, emptied or restored stores, and evicted pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from shariff_py.counts.refresh_policy import first_request
from shariff_py.platforms.count_sources.cached_count import CachedCount
from shariff_py.stores.count_store import CountStore

AT_ONCE = 100
"""Pages that are given back with one page view: some milliseconds."""


class LostCounts:
    """What is to be written back into the store, and is due there a random time of hours later. Numbers of the future are left alone: a clock was wrong when they were read."""

    def __init__(self, store: CountStore, random: Callable[[], float]) -> None:
        self._store = store
        self._random = random
        self._epoch = store.epoch
        self._waiting: dict[str, Mapping[str, CachedCount]] = {}

    def compare(
        self, page: str, read: Mapping[str, CachedCount], last: Mapping[str, CachedCount], now: float
    ) -> dict[str, CachedCount]:
        """What is known of a page, with what the store said ``last``: of each count the newer number. What the store has lost waits."""
        lost = {name: cached for name, cached in last.items() if _is_lost(cached, read.get(name), now)}
        if not lost:
            return dict(read)
        self._waiting[page] = lost
        return {
            **read,
            **{name: cached.merged(read[name]) if name in read else cached for name, cached in lost.items()},
        }

    def expect(self, known: Iterable[tuple[str, Mapping[str, CachedCount]]], now: float) -> None:
        """If the store is another one than before, everything that is known of any page waits to be written into it."""
        if self._epoch == self._store.epoch:
            return
        self._epoch = self._store.epoch
        for page, counts in list(known):
            if lost := {name: cached for name, cached in counts.items() if _is_lost(cached, None, now)}:
                self._waiting[page] = lost

    def give_back(self, now: float, most: int | None = AT_ONCE) -> None:
        """Write at most so many pages (``None``: all) back. Raises `StoreError` where the store fails; they wait for the next attempt then."""
        if not self._waiting:
            return
        pages = list(self._waiting)[:most]
        given = {page: counts for page in pages if (counts := self._waiting.get(page)) is not None}
        # What a process still knows was viewed, so that it is due soon must not follow from a view of today.
        self._store.restore(given, now, due_at=first_request(now, self._random()))
        for page in given:
            self._waiting.pop(page, None)


def _is_lost(cached: CachedCount, read: CachedCount | None, now: float) -> bool:
    if cached.value is None or cached.as_of > now:
        return False
    return read is None or read.value is None or read.as_of < cached.as_of
