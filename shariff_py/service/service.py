"""Where store, plan, fetch and journal meet, and nowhere else.

A page view registers its address and reads the store. Asking is done by the clock, in batches, by one process at a time. The two
never meet, so nobody on the other side can tell from the time of a request that somebody is reading a page.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from shariff_py.counts import aliases
from shariff_py.counts.plan import targets
from shariff_py.errors import AddressRefused, StoreError
from shariff_py.http_client import Fetcher
from shariff_py.journal import Journal
from shariff_py.platforms.cached_count import CachedCount
from shariff_py.service.leader_lease import Lead
from shariff_py.service.refresher import Asking, RefreshResult
from shariff_py.service.signals import counts_updated
from shariff_py.service.sitemaps import gather
from shariff_py.service.status import Health, Seen, describe, look
from shariff_py.settings import Settings
from shariff_py.settings.checks import LEARN
from shariff_py.stores import Store, open_store
from shariff_py.urls import canonical, parse

REMEMBERED_PAGES = 10_000
REMEMBERED_SECONDS = 3600.0
"""So many pages this process knows to be registered, for so long. A view of one of them writes nothing."""

READ_SECONDS = 5.0
"""How long this process goes by what it last read about a page. Where the store fails, longer: what was last known is shown."""

STATUS_SECONDS = 5.0
"""How long the status tells of the store as it was last looked through: that takes longer the more pages it holds."""

STORE_REST_SECONDS = 5.0
"""How long page views leave a store alone that failed, so that a slow failure does not make every page slow."""

DAY = 86_400.0

Known = dict[str, CachedCount]

_log = logging.getLogger("shariff_py")


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of the pages the site named: ``taken`` are its own, ``new`` of them nobody knew before, and ``left_out`` are the ones
    for which the store has no room (``counts.most_pages``). ``missing`` says of each sitemap that could not be had or read why."""

    taken: int
    new: int
    left_out: int = 0
    missing: tuple[str, ...] = ()


class Service:
    """Counts for one site.

    Store, journal and fetcher are made from the settings where none is given. ``clock`` gives Unix seconds, ``random`` numbers from 0
    up to 1. A site that asks no platform (none released, or no token) touches neither store nor network. ``sender`` is what
    `counts_updated` names as its sender; ``generation`` is how often this process has asked, so that whoever keeps an answer knows when it is
    outdated.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        store: Store | None = None,
        journal: Journal | None = None,
        fetcher: Fetcher | None = None,
        clock: Callable[[], float] = time.time,
        random: Callable[[], float] = random.random,
    ) -> None:
        self.settings = settings
        self.store = store or open_store(settings.counts.store, most_pages=settings.counts.most_pages)
        self.journal = journal or Journal(settings.journal.path, clock=clock, keep_months=settings.journal.keep_months)
        self.clock = clock
        self.random = random
        self.health = Health()
        self.targets = targets(settings)
        self.lead = Lead(self.store)
        self.sender: object = self
        self._fetcher = fetcher or Fetcher(settings, self.journal)
        self._address = lru_cache(maxsize=REMEMBERED_PAGES)(self._own)
        self._registered: dict[str, float] = {}
        self._read: dict[str, tuple[int, float, Known]] = {}
        self.generation = 0
        self._learned = (0, 0)
        self._looked: tuple[float, Seen] | None = None
        self._asking = Asking(
            self.targets, self.store, self._fetcher, self.health, clock, random, self._announce, self._is_ours
        )

    def track(self, page: str) -> str:
        """Note a page, so that the next rounds ask about it, and return its current canonical address.

        Raises `AddressRefused` for anything but an http(s) address of the site's own hosts. A store that fails is not the visitor's
        matter: the page is registered at one of its next views.
        """
        address = self._address(page)
        now = self.clock()
        if _is_recent(self._registered.get(address), now, REMEMBERED_SECONDS) or not self._may_use_store(now):
            return address
        try:
            for form in (address, *aliases.earlier(address, self.settings.site.aliases)):
                self.store.track(form, now)
        except StoreError as error:
            self.health.write_failed = True
            self._store_failed(error, now)
            return address
        self._store_worked()
        _remember(self._registered, address, now)
        return address

    def canonical(self, page: str) -> str:
        """The canonical address a page of the site has now. Raises `AddressRefused` for anything else."""
        return self._address(page)

    def discover(self, page: str, how: str) -> None:
        """Register a page that was ``shown`` by the site or that a browser ``asked`` for, if ``counts.learn`` says so.

        Of pages nobody knows yet, so many an hour are learned from what browsers ask: anybody can make up addresses. Raises
        `AddressRefused` as `track` does.
        """
        mode = self.settings.counts.learn or "shown"
        if LEARN.index(how) > LEARN.index(mode):
            return
        address = self._address(page)
        if how == "shown" or address in self._registered or self._known(address, self.clock()) or self._has_room():
            self.track(address)

    def import_pages(self, pages: Mapping[str, float | None]) -> ImportResult:
        """Note the pages that the site itself names (a sitemap), each with when it last changed (Unix seconds; ``None``: not told).

        Addresses that are not the site's own are none of them. Raises `StoreError` where the store fails.
        """
        taken: dict[str, float | None] = {}
        for page, changed_at in pages.items():
            try:
                address = self._own(page)
            except AddressRefused:
                continue
            for form in (address, *aliases.earlier(address, self.settings.site.aliases)):
                taken[form] = changed_at
        new, left_out = self.store.import_pages(taken, self.clock())
        return ImportResult(len(taken), new, left_out)

    def import_sitemap(self, place: str) -> ImportResult:
        """Note every page a sitemap names, those of the sitemaps it names included.

        ``place`` is a file, or an address on one of the site's own hosts. Raises `SitemapError` where that cannot be had or read, and
        `FetchRefused` or `StoreError`.
        """
        gathered = gather(place, self.settings, self._fetcher)
        return replace(self.import_pages(gathered.pages), missing=gathered.missing)

    def counts(self, page: str) -> Known:
        """What is known about a page, by platform that is released, its earlier addresses included.

        Asks nobody. Where the store fails it is what this process last read, or nothing. A number older than ``counts.keep_days`` is
        dropped: such a reading has no ``value``. Raises `AddressRefused` as `track` does.
        """
        address = self._address(page)
        now = self.clock()
        oldest = now - self.settings.counts.keep_days * DAY
        known = self._known(address, now)
        return {platform: _kept(reading, oldest) for platform, reading in known.items() if platform in self.targets}

    def ranking(self, most: int) -> list[tuple[str, int]]:
        """The pages with the most shares on all released platforms together, with that sum, the first first.

        The numbers are those that `counts` tells: earlier addresses added, none older than ``counts.keep_days``. Pages that are none of
        the site's any more are left out. Raises `StoreError` where the store fails.
        """
        forms: dict[str, list[Known]] = {}
        for page, readings in self.store.all_counts(tuple(self.targets)).items():
            if self._is_ours(page):
                forms.setdefault(self._address(page), []).append(readings)
        oldest = self.clock() - self.settings.counts.keep_days * DAY
        found: list[tuple[str, int]] = []
        for address, known in forms.items():
            kept = (_kept(reading, oldest) for reading in aliases.summed(known).values())
            if values := [reading.value for reading in kept if reading.value is not None]:
                found.append((address, sum(values)))
        return sorted(found, key=lambda row: (-row[1], row[0]))[:most]

    def refresh(self, *, trigger: str = "schedule", keep_lead: bool = False) -> RefreshResult:
        """One round: ask every released platform about the pages that are due, unless another process is at it.

        ``keep_lead`` says that the right to ask is not given back afterwards. Raises `StoreError` where the store fails; whatever a
        platform or the network does ends in the store and in `status`.
        """
        if not self.targets:
            return RefreshResult(is_leader=True)
        try:
            result = self._round(trigger, keep_lead)
        except Exception as error:
            self.health.round_failed(self.clock(), error)
            if isinstance(error, StoreError):
                self._store_failed(error, self.clock())
            raise
        finally:
            self._looked = None
            self.generation += 1
        if result.is_leader:
            self.health.round_done(self.clock())
        self._store_worked()
        return result

    def retry_failed(self) -> None:
        """Forget that platforms failed, so that the next round asks them all. Raises `StoreError` where the store fails."""
        for name in self.targets:
            standing = self.store.load_state(name)
            self.store.save_state(name, replace(standing, failures=0, reason="", rest_until=0.0))

    def status(self) -> dict[str, Any]:
        """How everything is doing, for the status page: JSON types only, times in ISO 8601, no secrets, no addresses of pages.

        What is in the store is told as of this process' last round, or of at most `STATUS_SECONDS` ago.
        """
        now = self.clock()
        if self._looked is None or not _is_recent(self._looked[0], now, STATUS_SECONDS):
            self._looked = (now, look(self.store, self.targets, self.health))
        return describe(self.settings, self._looked[1], self.journal, self.health, now)

    def _round(self, trigger: str, keep_lead: bool) -> RefreshResult:
        fence = self.lead.take()
        if not fence:
            return RefreshResult(is_leader=False)
        try:
            with self.lead.kept():
                return self._asking.round(trigger, fence)
        finally:
            if not keep_lead:
                self.lead.give_back()

    def _own(self, page: str) -> str:
        """The canonical address a page has now. Raises `AddressRefused` for what is none of the site's own."""
        address = aliases.current(
            canonical(page, query_allow=self.settings.site.query_allow), self.settings.site.aliases
        )
        parts = parse(address)
        if parts is None or not self.settings.owns_page(parts):
            raise AddressRefused(
                address, "is not on one of this site's own hosts (site.origin, site.hosts), or on another port."
            )
        return address

    def _is_ours(self, form: str) -> bool:
        """Whether an address is one that a page of the site has or had, by the settings of today: hosts, ``query_allow``, aliases."""
        try:
            address = self._address(form)
        except AddressRefused:
            return False
        return form in (address, *aliases.earlier(address, self.settings.site.aliases))

    def _known(self, address: str, now: float) -> Known:
        """What the store says, or said within `READ_SECONDS` unless a round came in between; where it fails, what it said last."""
        rounds, read_at, last = self._read.get(address, (-1, 0.0, {}))
        if (rounds == self.generation and _is_recent(read_at, now, READ_SECONDS)) or not self._may_use_store(now):
            return last
        try:
            forms = (address, *aliases.earlier(address, self.settings.site.aliases))
            known = aliases.summed([self.store.read(form) for form in forms])
        except StoreError as error:
            self._store_failed(error, now)
            return last
        self._store_worked()
        _remember(self._read, address, (self.generation, now, known))
        return known

    def _has_room(self) -> bool:
        """Whether one more unknown page may be learned in this hour."""
        hour = int(self.clock() // 3600)
        learned = self._learned[1] if self._learned[0] == hour else 0
        self._learned = (hour, learned + 1)
        return learned < self.settings.counts.new_per_hour

    def _announce(self, platform: str, counts: Mapping[str, int], before: Mapping[str, int | None]) -> None:
        for receiver in counts_updated.receivers_for(self.sender):
            try:
                receiver(self.sender, platform=platform, counts=counts, before=before)
            except Exception:
                _log.exception("A receiver of counts_updated failed; asking goes on")

    def _may_use_store(self, now: float) -> bool:
        return bool(self.targets) and not _is_recent(self.health.store_failed_at, now, STORE_REST_SECONDS)

    def _store_worked(self) -> None:
        self.health.store_failed_at = None

    def _store_failed(self, error: StoreError, now: float) -> None:
        if self.health.store_failed_at is None:
            _log.error("Counts are absent, or those last known: %s", error)
        self.health.store_failed_at = now


def _is_recent(then: float | None, now: float, seconds: float) -> bool:
    """Whether something happened at most so many seconds ago. A time in the future is a clock set back, and not recent."""
    return then is not None and 0 <= now - then < seconds


def _remember(memory: dict[str, Any], address: str, what: Any) -> None:
    """Keep it within bounds. All at once is forgotten where it is full: what is in use is read again at once."""
    if len(memory) >= REMEMBERED_PAGES:
        memory.clear()
    memory[address] = what


def _kept(reading: CachedCount, oldest: float) -> CachedCount:
    if reading.value is None or reading.as_of >= oldest:
        return reading
    return replace(reading, value=None, as_of=0.0, reason=reading.reason or "too-old")
