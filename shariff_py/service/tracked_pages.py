"""The pages of the site that counts are fetched for: their canonical addresses, and how new pages become known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shariff_py.caches import BoundedDict
from shariff_py.counts import aliases
from shariff_py.counts.rate_limit import HOUR, RateLimit
from shariff_py.counts.refresh_policy import KnownPage, first_request
from shariff_py.counts.token_bucket import TokenBucket
from shariff_py.errors import AddressRefused, StoreError
from shariff_py.personal_paths import is_personal, without_personal
from shariff_py.service.health import Health, is_recent
from shariff_py.settings import Settings
from shariff_py.stores import Store
from shariff_py.urls import canonical, parse

REMEMBERED_SECONDS = 3600.0
"""How long this process remembers a page as tracked. A view of it writes nothing."""

LOOK_SECONDS = 5.0
"""How often it is looked at whether the store is still the one these pages are in."""


@dataclass(frozen=True, slots=True)
class PageAddresses:
    """The canonical address of a page, and ``every`` address it has or had (``site.aliases``), the current one first.

    ``personal``: there is something in it that may belong to a person. Counts of such a page are fetched only if a sitemap lists it.
    """

    current: str
    every: tuple[str, ...]
    personal: bool = False


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How many pages of a sitemap were imported: ``taken`` belong to the site, ``new`` of them were unknown, ``left_out`` have no room in the
    store (``counts.most_pages``). ``missing`` names each sitemap that could not be fetched or read, and why."""

    taken: int
    new: int
    left_out: int = 0
    missing: tuple[str, ...] = ()


class TrackedPages:
    """The pages in the store. ``clock`` gives Unix seconds, ``random`` numbers from 0 up to 1."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        health: Health,
        clock: Callable[[], float],
        random: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._store = store
        self._health = health
        self._clock = clock
        self._random = random
        self._tracked: BoundedDict[str, float] = BoundedDict("service.tracked_pages.TrackedPages._tracked")
        self._addresses: BoundedDict[str, PageAddresses] = BoundedDict("service.tracked_pages.TrackedPages._addresses")
        self._epoch = store.epoch
        self._looked_at: float | None = None
        self._bucket = TokenBucket()

    def addresses(self, page: str) -> PageAddresses:
        """The addresses of a page. Raises `AddressRefused` for anything but an http(s) address on one of the site's own hosts.

        Kept are canonical addresses of the site's pages alone: of whatever else can be asked about there is no end.
        """
        known = self._addresses.get(page)
        if known is None:
            known = self._resolve(page)
            if page == known.current:
                self._addresses.keep(known.current, known, sum(map(len, known.every)))
        return known

    def is_own(self, address: str) -> bool:
        """Whether an address is one that a page of the site has or had by today's settings: hosts, ``query_allow``, aliases."""
        try:
            return address in self.addresses(address).every
        except AddressRefused:
            return False

    def may_be_sent(self, page: KnownPage) -> bool:
        """Whether a platform may be asked about a page: nothing in its address may belong to a person, or the site has published it."""
        return page.listed or not _is_personal(page.page)

    def is_tracked(self, page: PageAddresses) -> bool:
        """Whether this process has put the page into the store recently."""
        return page.current in self._tracked

    def track(self, page: PageAddresses, *, viewed: bool) -> None:
        """Put a page into the store, or note that it was seen again; one with something personal in its address is left out.

        ``viewed``: it became known by a view, and is first due a random time of hours later (`first_request`). A store that fails is noted in
        `Health`, not raised: the page is tracked at one of its next views.
        """
        if page.personal:
            return
        now = self._clock()
        self._forget_lost(now)
        if is_recent(self._tracked.get(page.current), now, REMEMBERED_SECONDS) or not self._health.may_use_store(now):
            return
        wait = {"due_at": first_request(now, self._random())} if viewed else {}
        try:
            for address in page.every:
                self._store.track(address, now, **wait)
        except StoreError as error:
            self._health.store_failed(error, now)
            return
        self._health.store_worked()
        self._tracked.keep(page.current, now, len(page.current))

    def _forget_lost(self, now: float) -> None:
        """Track every page again at its next view, if the store is another one than before."""
        if not is_recent(self._looked_at, now, LOOK_SECONDS) and self._health.may_use_store(now):
            self._looked_at = now
            try:
                self._store.look()
            except StoreError as error:
                self._health.store_failed(error, now)
        if self._epoch != self._store.epoch:
            self._epoch = self._store.epoch
            self._tracked.clear()

    def may_discover(self) -> bool:
        """Whether one more unknown page may be taken from a browser's request now: ``counts.new_per_hour`` at once, then at that rate, so
        that made-up addresses keep nobody out for the rest of an hour."""
        per_hour, now = self._settings.counts.new_per_hour, self._clock()
        limit = RateLimit(per_hour, burst=per_hour)
        bucket = self._bucket if self._bucket.tat <= now + HOUR else TokenBucket()
        if bucket.available(limit, now) < 1:
            return False
        self._bucket = bucket.take(1, limit, now)
        return True

    def import_pages(self, pages: Mapping[str, float | None]) -> ImportResult:
        """Put pages that the site lists into the store, each with when it last changed (Unix seconds; ``None``: unknown).

        Addresses that are not the site's own are left out. Raises `StoreError` where the store fails.
        """
        taken: dict[str, float | None] = {}
        for page, changed_at in pages.items():
            try:
                # Without the cache: a sitemap of 50,000 pages would push out those that are visited.
                taken |= dict.fromkeys(self._resolve(page).every, changed_at)
            except AddressRefused:
                continue
        new, left_out = self._store.import_pages(taken, self._clock())
        return ImportResult(len(taken), new, left_out)

    def _resolve(self, page: str) -> PageAddresses:
        site = self._settings.site
        address = canonical(page, query_allow=site.query_allow)
        if site.aliases:
            address = aliases.current(address, site.aliases)
        parts = parse(address)
        if parts is None or not self._settings.owns_page(parts):
            raise AddressRefused(
                address, "is not on one of this site's own hosts (site.origin, site.hosts), or on another port."
            )
        every = (address, *aliases.earlier(address, site.aliases)) if site.aliases else (address,)
        return PageAddresses(address, every, any(map(_is_personal, every)))


def _is_personal(address: str) -> bool:
    parts = parse(address)
    return parts is not None and (
        without_personal(parts.path) != parts.path or any(map(is_personal, parts.parameters.values()))
    )
