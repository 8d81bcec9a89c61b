"""The status page: how counts are doing, in JSON types. It may be public: no secrets, no file names, no addresses of pages, and no number
that changes with the first view of a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from shariff_py.counts.platform_state import PlatformState
from shariff_py.counts.targets import Target, target_of
from shariff_py.errors import JournalBroken, JournalError, StoreError
from shariff_py.http_client import SOFTWARE
from shariff_py.journal import Journal
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY
from shariff_py.service.health import Health, is_recent
from shariff_py.settings import Settings
from shariff_py.stores import Reported, Store, StoreSummary

SET_BACK_SECONDS = 60.0
"""A clock that was set back by less does not make pages wait again."""

DAY = 86_400.0
SNAPSHOT_SECONDS = 5.0
"""How long a snapshot of the store is used: taking one takes longer the more pages the store holds."""


@dataclass(frozen=True, slots=True)
class StoreSnapshot:
    """What the store held when it was read, ``summary`` and ``reports`` ``None`` where that failed; ``waiting`` pages were not due yet,
    ``writable``: it takes new data."""

    summary: StoreSummary | None = None
    states: Mapping[str, PlatformState] = field(default_factory=dict)
    reports: Sequence[Reported] | None = None
    waiting: int = 0
    writable: bool = True


class Status:
    """The status of one service. ``platforms`` are the ones counts are fetched from, ``clock`` gives Unix seconds."""

    def __init__(
        self,
        settings: Settings,
        platforms: Iterable[str],
        store: Store,
        journal: Journal,
        health: Health,
        clock: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._platforms = tuple(platforms)
        self._store = store
        self._journal = journal
        self._health = health
        self._clock = clock
        self._taken: tuple[float, StoreSnapshot] | None = None
        self._of_the_day: tuple[int, StoreSnapshot] | None = None

    def expire(self) -> None:
        """Read the store again for the next report."""
        self._taken = None

    def report(self) -> dict[str, Any]:
        """The whole status, times in ISO 8601; of the store as of at most `SNAPSHOT_SECONDS` ago."""
        now, settings, health = self._clock(), self._settings, self._health
        if self._taken is None or not is_recent(self._taken[0], now, SNAPSHOT_SECONDS):
            self._taken = now, self._settled(self._snapshot(), now)
        snapshot = self._taken[1]
        summary, reports = snapshot.summary, snapshot.reports
        return {
            "software": SOFTWARE,
            "platforms": {
                name: self._platform(record, target, snapshot, now)
                for name, record in REGISTRY.items()
                if (target := target_of(record, settings)) is not None
            },
            "store": {
                "state": "unavailable" if summary is None else "working" if snapshot.writable else "read-only",
                "pages": summary.pages - snapshot.waiting if summary else None,
                "dropped_pages": summary.dropped if summary else None,
                "set_aside": len(summary.set_aside) if summary else None,
            },
            "journal": _journal(self._journal),
            "policy": {
                "mode": settings.headers.policy,
                "findings": None if reports is None else len(reports),
                "last_reported": max(reports, key=lambda row: row.last).last.isoformat() if reports else None,
            },
            "scheduler": {
                "mode": settings.counts.scheduler,
                "running": health.running,
                "leader": health.is_leader,
                "last_round": _time(health.last_cycle),
                "last_error": _event(health.last_error),
            },
        }

    def _settled(self, snapshot: StoreSnapshot, now: float) -> StoreSnapshot:
        """The snapshot; where the store is full, with the numbers of pages that were last told on this day: each page that is viewed for the
        first time displaces one there, so later numbers would tell of it."""
        day, known = int(now // DAY), self._of_the_day
        if snapshot.summary is None:
            return snapshot
        if snapshot.summary.pages >= self._settings.counts.most_pages and known and known[0] == day:
            return replace(snapshot, summary=known[1].summary, waiting=known[1].waiting)
        self._of_the_day = day, snapshot
        return snapshot

    def _snapshot(self) -> StoreSnapshot:
        """Read the store, and try whether it can be written. A site that fetches no counts has no pages there, so none are looked for."""
        store = self._store
        try:
            summary = store.summary() if self._platforms else StoreSummary()
            waiting = store.waiting(self._clock() + SET_BACK_SECONDS) if self._platforms else 0
            states, reports = {name: store.load_state(name) for name in self._platforms}, store.reports.all()
        except StoreError:
            return StoreSnapshot()
        try:
            if self._platforms or reports:
                store.check_writable()
        except StoreError:
            return StoreSnapshot(summary, states, reports, waiting, writable=False)
        return StoreSnapshot(summary, states, reports, waiting)

    def _platform(self, record: Platform, target: Target, snapshot: StoreSnapshot, now: float) -> dict[str, Any]:
        settings, credentials, summary = self._settings, target.credentials, snapshot.summary
        release = settings.policy.release(record.name)
        state = snapshot.states.get(record.name, PlatformState())
        breaker, quota = state.breaker, state.quota
        failure = (breaker.failed_at, breaker.reason) if breaker.failed_at else None
        refused_at = self._health.refusals.get(record.name)
        if refused_at is not None and (failure is None or refused_at > failure[0]):
            failure = (refused_at, "refused")
        return {
            "state": str(release.state),
            "released": release.is_open,
            "configured": settings.can_fetch_counts(record),
            "host": credentials.host,
            "pages_with_number": summary.with_number.get(record.name, 0) if summary else None,
            "last_success": _time(breaker.succeeded_at or None),
            "last_error": _event(failure),
            "breaker": state.breaker_state(now) if summary else None,
            "resting_until": _time(state.backoff.retry_at) if state.is_resting(now) else None,
            "quota": {
                "pages_per_hour": target.rate_limit.per_hour,
                "left_now": state.remaining(target.rate_limit, now) if summary else None,
                "used_percent": round(100 * quota.used) if quota.is_current(now) else None,
            },
            "version": credentials.version,
            "version_ends": target.source.version_ends.get(credentials.version),
            "stand_in": credentials.host in settings.stand_in,
        }


def _journal(journal: Journal) -> dict[str, Any]:
    try:
        records, head = journal.head()
    except JournalBroken:
        return {"state": "broken", "records": None, "head": None}
    except JournalError:
        return {"state": "unavailable", "records": None, "head": None}
    return {"state": "working", "records": records, "head": head}


def _event(event: tuple[float, str] | None) -> dict[str, Any] | None:
    return None if event is None else {"when": _time(event[0]), "reason": event[1]}


def _time(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
