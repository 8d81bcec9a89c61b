"""The service: where store, targets, HTTP client and journal are put together.

A page view tracks its address and reads the store. Counts are fetched on a schedule, in batches, by one process at a time. A page that
became known by a view is first asked about a random time of hours later, and no later request depends on views, so the time of a request
does not tell a platform when a page was read.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from shariff_py.counts.targets import targets
from shariff_py.errors import JournalError, StoreError
from shariff_py.http_client import Fetcher
from shariff_py.journal import Journal, checkpoints
from shariff_py.service.access_tokens import AccessTokens
from shariff_py.service.count_cache import SYSTEM_RANDOM, CountCache, Counts
from shariff_py.service.health import Health
from shariff_py.service.leader_lease import LeaderLease
from shariff_py.service.platform_refresh import RefreshContext
from shariff_py.service.refresh_result import RefreshResult
from shariff_py.service.refresher import Refresher
from shariff_py.service.signals import UpdateNotifier
from shariff_py.service.sitemaps import gather
from shariff_py.service.status import Status
from shariff_py.service.tracked_pages import ImportResult, TrackedPages
from shariff_py.settings import Settings
from shariff_py.settings.checks import LEARN
from shariff_py.stores import Store, open_store

DAY = 86_400.0

_log = logging.getLogger("shariff_py")


class Service:
    """Counts for one site.

    Store, journal and fetcher are made from the settings where none is given. ``clock`` gives Unix seconds, ``random`` numbers from 0
    up to 1. A site without a platform to fetch counts from (none released, or no token) uses neither store nor network.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        store: Store | None = None,
        journal: Journal | None = None,
        fetcher: Fetcher | None = None,
        clock: Callable[[], float] = time.time,
        random: Callable[[], float] = SYSTEM_RANDOM.random,
    ) -> None:
        self.settings = settings
        self.store = store or open_store(settings.counts.store, most_pages=settings.counts.most_pages)
        self.journal = journal or Journal(settings.journal.path, clock=clock, keep_months=settings.journal.keep_months)
        self.clock = clock
        self.random = random
        self.health = Health()
        self.targets = targets(settings)
        self.lease = LeaderLease(self.store)
        self.notifier = UpdateNotifier(self)
        self._fetcher = fetcher or Fetcher(settings, self.journal)
        self._pages = TrackedPages(settings, self.store, self.health, clock, random)
        self._cache = CountCache(
            self.store, self.targets, self.health, clock, keep_seconds=settings.counts.keep_days * DAY, random=random
        )
        tokens = AccessTokens(self._fetcher, clock)
        context = RefreshContext(
            self.store, self._pages, self._fetcher, tokens, self.health, self.notifier, clock, random
        )
        self._complained: set[str] = set()
        self._checkpoints = checkpoints(settings, self.journal, self.store)
        self._refresher = Refresher(context, self.targets, self.lease)
        self._status = Status(settings, self.targets, self.store, self.journal, self.health, clock)

    @property
    def generation(self) -> int:
        """How many refresh cycles this process has run. A cached response of an earlier generation is outdated."""
        return self._cache.generation

    def canonical(self, page: str) -> str:
        """The current canonical address of a page of the site. Raises `AddressRefused` for anything else."""
        return self._pages.addresses(page).current

    def is_personal(self, page: str) -> bool:
        """Whether something in a page's address may belong to a person: counts are fetched for it only if a sitemap lists it.

        Raises `AddressRefused` as `track` does.
        """
        return self._pages.addresses(page).personal

    def track(self, page: str) -> str:
        """Track a page that the site names, as when it publishes it; the next refresh cycle fetches its counts. Returns its current
        canonical address. Not for views: what becomes known by them goes to `discover`.

        A page with something in its address that may belong to a person is left out; list it in a sitemap if it is public. Raises `AddressRefused` for anything but an http(s) address on one of the site's own hosts. A store that fails is not the
        visitor's concern: the page is tracked at one of its next views.
        """
        addresses = self._pages.addresses(page)
        if self.targets:
            self._pages.track(addresses, viewed=False)
        return addresses.current

    def discover(self, page: str, how: str) -> None:
        """Track a page that was ``shown`` by the site or that a browser requested (``asked``), if ``counts.learn`` allows it.

        Its counts are first fetched a random time of hours later, see `first_request`. A page with something in its address that may
        belong to a person is left out. Addresses can be made up, so only ``counts.new_per_hour`` unknown pages an hour are accepted from browsers. Raises
        `AddressRefused` as `track` does.
        """
        if LEARN.index(how) > LEARN.index(self.settings.counts.learn or "shown"):
            return
        addresses = self._pages.addresses(page)
        if not self.targets:
            return
        is_known = how == "shown" or self._pages.is_tracked(addresses) or self._cache.counts(addresses)
        if is_known or self._pages.may_discover():
            self._pages.track(addresses, viewed=True)

    def import_pages(self, pages: Mapping[str, float | None]) -> ImportResult:
        """Track the pages that the site lists, each with when it last changed; see `TrackedPages.import_pages`."""
        return self._pages.import_pages(pages)

    def import_sitemap(self, place: str) -> ImportResult:
        """Track every page of a sitemap and of the sitemaps it refers to.

        ``place`` is a file, or an address on one of the site's own hosts. Raises `SitemapError` where it cannot be fetched or read, and
        `FetchRefused` or `StoreError`.
        """
        gathered = gather(place, self.settings, self._fetcher)
        return replace(self.import_pages(gathered.pages), missing=gathered.missing)

    def counts(self, page: str) -> Counts:
        """The counts of a page by platform that is released, those of its earlier addresses added.

        Sends nothing. Where the store fails, these are the counts this process last read, or none. A number older than
        ``counts.keep_days`` is dropped: such a count has no ``value``. Raises `AddressRefused` as `track` does.
        """
        addresses = self._pages.addresses(page)
        return self._cache.counts(addresses) if self.targets else {}

    def ranking(self, most: int) -> list[tuple[str, int]]:
        """At most so many pages with the highest sum of counts on all released platforms, and that sum, highest first.

        The numbers are those of `counts`. Pages that do not belong to the site any more are left out. Raises `StoreError` where the
        store fails.
        """
        return self._cache.ranking(self._pages, most)

    def lead(self) -> bool:
        """One look at the store, as the scheduler has it every second: whether this process is the leader now. A store that was removed,
        emptied or restored since the last look gets back what this process still knows. Raises `StoreError` where the store fails."""
        is_leader = bool(self.lease.acquire())
        self._cache.give_back(None)
        return is_leader

    def refresh(self, *, trigger: str = "schedule", keep_lease: bool = False) -> RefreshResult:
        """Run one refresh cycle: fetch the counts that are due from every released platform, unless another process is the leader.

        ``keep_lease``: stay the leader afterwards. Raises `StoreError` where the store fails; failures of platforms and the network are
        recorded in the store and reported by `status`.
        """
        if not self.targets:
            return RefreshResult(is_leader=True)
        try:
            result = self._refresher.run(trigger, keep_lease=keep_lease)
        except Exception as error:
            self.health.cycle_failed(self.clock(), error)
            if isinstance(error, StoreError):
                self.health.store_failed(error, self.clock())
            raise
        finally:
            self._status.expire()
            self._cache.generation += 1
            self._note_journal()
        if result.is_leader:
            self.health.cycle_done(self.clock())
        self.health.store_worked()
        return result

    def _note_journal(self) -> None:
        """Write a checkpoint of the journal. What is wrong with it stops no counts; it is logged when it begins."""
        try:
            wrong = self._checkpoints.advance()
        except JournalError as error:
            wrong = [str(error)]
        for sentence in set(wrong) - self._complained:
            _log.error("%s", sentence)
        self._complained = set(wrong)

    def retry_failed(self) -> None:
        """Forget that platforms failed, so that the next refresh cycle includes them all. Raises `StoreError` where the store fails."""
        for name in self.targets:
            self.store.save_state(name, self.store.load_state(name).reset())

    def status(self) -> dict[str, Any]:
        """The status as `Status.report` builds it: JSON types only, no secrets, no addresses of pages."""
        return self._status.report()
