"""Where store, plan, fetch and journal meet, and nowhere else.

A page view registers its address and reads the store. Asking is done by the clock, in batches, by one process at a time. The two
never meet, so nobody on the other side can tell from the time of a request that somebody is reading a page.
"""

from __future__ import annotations

import logging
import os
import random
import secrets
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from shariff_py.counts import plan
from shariff_py.counts.due import ANSWERS, Ages, due
from shariff_py.errors import AddressRefused, FetchFailed, FetchRefused, JournalError, StoreError
from shariff_py.fetch import Fetcher
from shariff_py.journal import Journal
from shariff_py.platforms.exchange import Count, CountSource, Reading, Request, StoredReading, Unavailable
from shariff_py.service.status import Health, describe
from shariff_py.settings import Settings
from shariff_py.stores import Store, StoreState, open_store
from shariff_py.urls import canonical, parse

REMEMBERED_PAGES = 10_000
REMEMBERED_SECONDS = 3600.0
"""So many pages this process knows to be registered, for so long. A view of one of them writes nothing."""

STATUS_SECONDS = 5.0
"""How long the status tells of the store as it was last looked through: that takes longer the more pages it holds."""

STORE_REST_SECONDS = 5.0
"""How long page views leave a store alone that failed, so that a slow failure does not make every page slow."""

LARGEST_COUNT = 2**53 - 1
"""A number beyond this is a mistake. It is also the largest that every reader of JSON keeps exactly."""

DAY = 86_400.0

_log = logging.getLogger("shariff_py")


@dataclass(frozen=True, slots=True)
class Refreshed:
    """One round of asking.

    ``leading`` is false where another process holds the lease: then nothing was asked. ``requests`` were sent about ``pages`` pages and
    gave ``counts`` numbers. ``failures`` tell, by platform, in one word why its round ended before all due pages were asked about.
    """

    leading: bool
    requests: int = 0
    pages: int = 0
    counts: int = 0
    failures: Mapping[str, str] = field(default_factory=dict)


class Service:
    """Counts for one site.

    Store, journal and fetcher are made from the settings where none is given. ``clock`` gives Unix seconds, ``random`` numbers from 0
    up to 1. A site that asks no platform (none released, or no token) touches neither store nor network.
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
        self.journal = journal or Journal(settings.journal.path, clock=clock)
        self.clock = clock
        self.random = random
        self.health = Health()
        self.sources = plan.sources(settings)
        self._fetcher = fetcher or Fetcher(settings, self.journal)
        self._name = secrets.token_hex(8)
        self._registered: dict[str, float] = {}
        self._looked: tuple[float, StoreState | None] | None = None

    def register(self, page: str) -> str:
        """Note a page, so that the next rounds ask about it, and return its canonical address.

        Raises `AddressRefused` for anything but an http(s) address of the site's own hosts. A store that fails is not the visitor's
        matter: the page is registered at one of its next views.
        """
        address = self._own(page)
        now = self.clock()
        if self._is_recent(self._registered.get(address), now, REMEMBERED_SECONDS) or not self._may_use_store(now):
            return address
        try:
            self.store.register(address, now)
        except StoreError as error:
            self._store_failed(error, now)
            return address
        self._store_worked()
        if len(self._registered) >= REMEMBERED_PAGES:
            self._registered.clear()
        self._registered[address] = now
        return address

    def counts(self, page: str) -> dict[str, StoredReading]:
        """What is known about a page, by platform that is released. Asks nobody, and is empty where the store fails.

        A number older than ``counts.keep_days`` is dropped: such a reading has no ``value``. Raises `AddressRefused` as `register` does.
        """
        address = self._own(page)
        now = self.clock()
        if not self._may_use_store(now):
            return {}
        try:
            known = self.store.read(address)
        except StoreError as error:
            self._store_failed(error, now)
            return {}
        self._store_worked()
        oldest = now - self.settings.counts.keep_days * DAY
        return {platform: _kept(reading, oldest) for platform, reading in known.items() if platform in self.sources}

    def refresh(self, now: float | None = None, *, trigger: str = "schedule") -> Refreshed:
        """One round: ask every released platform about the pages that are due, unless another process is at it.

        ``now`` fixes the time of the whole round (Unix seconds). Raises `StoreError` where the store fails; whatever a platform or
        the network does ends in the store and in `status`.
        """
        moment = self.clock if now is None else lambda: now
        try:
            result = self._round(moment, trigger)
        except Exception as error:
            self.health.round_failed(moment(), error)
            if isinstance(error, StoreError):
                self._store_failed(error, moment())
            raise
        finally:
            self._looked = None
        self.health.round_done(moment())
        self._store_worked()
        return result

    def status(self) -> dict[str, Any]:
        """How everything is doing, for the status page: JSON types only, times in ISO 8601, no secrets, no addresses of pages.

        What is in the store is told as of this process' last round, or of at most `STATUS_SECONDS` ago.
        """
        return describe(self.settings, self._store_state(), self.journal, self.health)

    def _store_state(self) -> StoreState | None:
        """What is in the store, ``None`` where it fails; a site that asks nobody has nothing there."""
        if not self.sources:
            return StoreState()
        now, looked = self.clock(), self._looked
        if looked is None or not self._is_recent(looked[0], now, STATUS_SECONDS):
            try:
                looked = (now, self.store.state())
            except StoreError:
                looked = (now, None)
            self._looked = looked
        return looked[1]

    def _own(self, page: str) -> str:
        address = canonical(page, query_allow=self.settings.site.query_allow)
        parts = parse(address)
        if parts is None or not self.settings.owns(parts.host):
            raise AddressRefused(address, "is not on one of this site's own hosts (site.origin, site.hosts).")
        return address

    def _round(self, moment: Callable[[], float], trigger: str) -> Refreshed:
        if not self.sources:
            return Refreshed(leading=True)
        if not self._lead(moment()):
            return Refreshed(leading=False)
        try:
            rounds = [self._ask(name, source, moment, trigger) for name, source in self.sources.items()]
        finally:
            with suppress(StoreError):
                self.store.lease(self._holder, moment(), 0)
        return Refreshed(
            leading=True,
            requests=sum(r.requests for r in rounds),
            pages=sum(r.pages for r in rounds),
            counts=sum(r.counts for r in rounds),
            failures={name: why for r in rounds for name, why in r.failures.items()},
        )

    def _ask(self, platform: str, source: CountSource, moment: Callable[[], float], trigger: str) -> Refreshed:
        """Ask one platform, batch by batch. A batch without a single answer ends its round: the rest would fare no better."""
        ages = Ages(self.settings.counts.refresh_minutes * 60.0, source.shortest_interval.total_seconds())
        known = self.store.pages(platform, moment(), ages.shortest)
        pages = due(known, moment(), ages, self.random)
        requests = asked = numbers = 0
        failure = ""
        for request in plan.requests(platform, source, pages, self.settings):
            if not self._lead(moment()):
                failure = "lease-lost"
                break
            try:
                readings = self._readings(source, request, trigger)
            except FetchRefused as refused:
                self.health.refused(platform, moment())
                _log.error("%s", refused)
                failure = "refused"
                break
            self.store.record(platform, readings, moment())
            requests, asked = requests + 1, asked + len(request.pages)
            numbers += sum(isinstance(reading, Count) for reading in readings.values())
            if failure := _failure(readings):
                break
        return Refreshed(True, requests, asked, numbers, {platform: failure} if failure else {})

    def _readings(self, source: CountSource, request: Request, trigger: str) -> dict[str, Reading]:
        try:
            reply = self._fetcher.send(request, trigger=trigger, purpose="counts")
        except FetchFailed as failed:
            return dict.fromkeys(request.pages, Unavailable(failed.reason))
        except JournalError as error:
            _log.error("%s", error)
            return dict.fromkeys(request.pages, Unavailable("journal"))
        try:
            return {page: _sound(reading) for page, reading in source.read(request, reply).items()}
        except Exception:
            # A reader never raises. If one does, the attempt has to be noted all the same: the pages would be asked again at once.
            _log.exception("The answer of %s could not be read", request.host)
            return dict.fromkeys(request.pages, Unavailable("malformed"))

    @property
    def _holder(self) -> str:
        """The name under which this process leads. A child made by a fork is another holder than its parent."""
        return f"{self._name}-{os.getpid()}"

    def _lead(self, now: float) -> bool:
        """Take or renew the lease, for longer than one request can last."""
        return self.store.lease(self._holder, now, 2 * self.settings.counts.timeout_seconds + 10)

    def _may_use_store(self, now: float) -> bool:
        return bool(self.sources) and not self._is_recent(self.health.store_failed_at, now, STORE_REST_SECONDS)

    def _store_worked(self) -> None:
        self.health.store_failed_at = None

    def _store_failed(self, error: StoreError, now: float) -> None:
        if self.health.store_failed_at is None:
            _log.error("Counts are absent: %s", error)
        self.health.store_failed_at = now

    @staticmethod
    def _is_recent(then: float | None, now: float, seconds: float) -> bool:
        """Whether something happened at most so many seconds ago. A time in the future is a clock set back, and not recent."""
        return then is not None and 0 <= now - then < seconds


def _kept(reading: StoredReading, oldest: float) -> StoredReading:
    if reading.value is None or reading.as_of >= oldest:
        return reading
    return StoredReading(None, as_of=0.0, tried_at=reading.tried_at, reason=reading.reason or "too-old")


def _sound(reading: Reading) -> Reading:
    if isinstance(reading, Count) and not 0 <= reading.value <= LARGEST_COUNT:
        return Unavailable("malformed")
    return reading


def _failure(readings: Mapping[str, Reading]) -> str:
    """The reason that all of a batch failed for; empty if a single page got an answer."""
    reasons = [reading.reason for reading in readings.values() if isinstance(reading, Unavailable)]
    if len(reasons) < len(readings) or ANSWERS & set(reasons):
        return ""
    return reasons[0] if reasons else ""
