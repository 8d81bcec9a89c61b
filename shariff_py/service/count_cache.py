"""Counts as pages show them: read from the store, kept in this process for a few seconds."""

from __future__ import annotations

from collections.abc import Callable, Collection
from random import SystemRandom

from shariff_py.caches import BoundedDict
from shariff_py.counts import aliases
from shariff_py.errors import StoreError
from shariff_py.platforms.count_sources.cached_count import CachedCount
from shariff_py.service.health import Health
from shariff_py.service.tracked_pages import PageAddresses, TrackedPages
from shariff_py.stores import Store
from shariff_py.stores.lost_counts import AT_ONCE, LostCounts

TTL_SECONDS = 5.0
"""How long an entry is used without reading the store. Where the store fails it is used for longer."""

SYSTEM_RANDOM = SystemRandom()
"""The system's own: what a platform sees of one number tells nothing about the next, and forked processes do not repeat each other."""

Counts = dict[str, CachedCount]


class CountCache:
    """Reads counts of ``platforms``. A number older than ``keep_seconds`` is dropped: such a count has no ``value``.

    ``generation`` grows with each refresh cycle of this process; entries of an earlier one are read again.
    """

    def __init__(
        self,
        store: Store,
        platforms: Collection[str],
        health: Health,
        clock: Callable[[], float],
        *,
        keep_seconds: float,
        random: Callable[[], float] = SYSTEM_RANDOM.random,
    ) -> None:
        self._store = store
        self._platforms = platforms
        self._health = health
        self._clock = clock
        self._keep_seconds = keep_seconds
        self._entries: BoundedDict[str, tuple[int, float, Counts, dict[str, Counts]]] = BoundedDict(
            "service.count_cache.CountCache._entries"
        )
        self._lost = LostCounts(store, random)
        self.generation = 0

    def counts(self, page: PageAddresses) -> Counts:
        """The counts of a page by platform, those of its earlier addresses added. Where the store fails, the last known ones or none."""
        now = self._clock()
        oldest = now - self._keep_seconds
        return {name: _kept(count, oldest) for name, count in self._read(page, now).items() if name in self._platforms}

    def ranking(self, pages: TrackedPages, most: int) -> list[tuple[str, int]]:
        """The pages with the highest sum of all their counts, and that sum, highest first; see `Service.ranking`."""
        by_page: dict[str, list[Counts]] = {}
        for address, counts in self._store.all_counts(tuple(self._platforms)).items():
            if pages.is_own(address):
                by_page.setdefault(pages.addresses(address).current, []).append(counts)
        oldest = self._clock() - self._keep_seconds
        totals: list[tuple[str, int]] = []
        for page, known in by_page.items():
            kept = (_kept(count, oldest) for count in aliases.summed(known).values())
            if values := [count.value for count in kept if count.value is not None]:
                totals.append((page, sum(values)))
        return sorted(totals, key=lambda row: (-row[1], row[0]))[:most]

    def give_back(self, most: int | None = AT_ONCE) -> None:
        """Write the last numbers of at most so many pages (``None``: of all) into a store that has lost them. Raises `StoreError` where the store fails."""
        now = self._clock()
        self._lost.expect((known for entry in list(self._entries.values()) for known in entry[3].items()), now)
        self._lost.give_back(now, most)

    def _read(self, page: PageAddresses, now: float) -> Counts:
        generation, read_at, last, known = self._entries.get(page.current, (-1, 0.0, {}, {}))
        if generation == self.generation and 0 <= now - read_at < TTL_SECONDS:
            return last
        if not self._health.may_use_store(now):
            return last
        try:
            found = {address: self._store.read(address) for address in page.every}
            found = {a: self._lost.compare(a, counts, known.get(a, {}), now) for a, counts in found.items()}
            self.give_back()
        except StoreError as error:
            self._health.store_failed(error, now)
            return last
        self._health.store_worked()
        counts = aliases.summed(list(found.values())) if len(found) > 1 else found[page.current]
        self._entries.keep(page.current, (self.generation, now, counts, found), len(page.current))
        return counts


def _kept(count: CachedCount, oldest: float) -> CachedCount:
    if count.value is None or count.as_of >= oldest:
        return count
    return count._replace(value=None, as_of=0.0, reason=count.reason or "too-old")
