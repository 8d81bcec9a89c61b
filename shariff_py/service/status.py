"""How the service is doing, told in words a status page can show to anybody: no secrets, no file names, no addresses of pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from shariff_py.counts import plan
from shariff_py.counts.standing import HOUR, Standing
from shariff_py.errors import JournalBroken, JournalError, StoreError
from shariff_py.http_client import SOFTWARE
from shariff_py.journal import Journal
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY
from shariff_py.settings import Settings
from shariff_py.stores import Reported, Store, StoreSummary


@dataclass(slots=True)
class Health:
    """What happened in this process lately. Times are Unix seconds. ``write_failed``: the last attempt to write to the store did."""

    running: bool = False
    leading: bool = False
    last_round: float | None = None
    last_error: tuple[float, str] | None = None
    store_failed_at: float | None = None
    write_failed: bool = False
    refusals: dict[str, float] = field(default_factory=dict)

    def round_done(self, now: float) -> None:
        """A round came to its end."""
        self.last_round = now

    def round_failed(self, now: float, error: Exception) -> None:
        """A round ended in an error. Only its kind is kept: its text could hold anything."""
        self.last_error = (now, type(error).__name__)
        if isinstance(error, StoreError):
            self.write_failed = True

    def refused(self, platform: str, now: float) -> None:
        """A request was not sent, because it could not be written down or was none that may be sent."""
        self.refusals[platform] = now


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found in the store, ``None`` where it failed; ``writable`` is whether it takes anything new."""

    state: StoreSummary | None = None
    standings: Mapping[str, Standing] = field(default_factory=dict)
    reports: Sequence[Reported] | None = None
    writable: bool = True


def look(store: Store, platforms: Iterable[str], health: Health) -> Seen:
    """Look through the store for the status page. A site that asks no platform has no pages there, and none is looked for.

    Where something could not be written last, it is tried whether that is still so.
    """
    try:
        asked = list(platforms)
        state = store.summary() if asked else StoreSummary()
        standings, reports = {name: store.load_state(name) for name in asked}, store.reports()
    except StoreError:
        return Seen()
    if health.write_failed:
        try:
            store.check_writable()
        except StoreError:
            return Seen(state, standings, reports, writable=False)
        health.write_failed = False
    return Seen(state, standings, reports)


def describe(settings: Settings, seen: Seen, journal: Journal, health: Health, now: float) -> dict[str, Any]:
    """The whole status at ``now`` (Unix seconds), JSON types only."""
    state, reports = seen.state, seen.reports
    return {
        "software": SOFTWARE,
        "platforms": {
            name: _platform(record, target, settings, seen, health, now)
            for name, record in REGISTRY.items()
            if (target := plan.target_of(record, settings)) is not None
        },
        "store": {
            "state": "unavailable" if state is None else "working" if seen.writable else "read-only",
            "pages": state.pages if state else None,
            "dropped_pages": state.dropped if state else None,
        },
        "journal": _journal(journal),
        "policy": {
            "mode": settings.headers.policy,
            "findings": None if reports is None else len(reports),
            "last_reported": max(reports, key=lambda row: row.last).last.isoformat() if reports else None,
        },
        "scheduler": {
            "mode": settings.counts.scheduler,
            "running": health.running,
            "leading": health.leading,
            "last_round": _time(health.last_round),
            "last_error": _event(health.last_error),
        },
    }


def _platform(
    record: Platform, target: plan.Target, settings: Settings, seen: Seen, health: Health, now: float
) -> dict[str, Any]:
    source, credentials = target.source, target.credentials
    release = settings.policy.release(record.name)
    standing = seen.standings.get(record.name, Standing())
    failure = (standing.failed_at, standing.reason) if standing.failed_at else None
    refused_at = health.refusals.get(record.name)
    if refused_at is not None and (failure is None or refused_at > failure[0]):
        failure = (refused_at, "refused")
    return {
        "state": str(release.state),
        "released": release.is_open,
        "configured": plan.configured(record, settings),
        "host": credentials.host,
        "pages_with_number": seen.state.with_number.get(record.name, 0) if seen.state else None,
        "last_success": _time(standing.succeeded_at or None),
        "last_error": _event(failure),
        "breaker": standing.breaker(now) if seen.state else None,
        "resting_until": _time(standing.rest_until) if standing.rests(now) else None,
        "quota": {
            "pages_per_hour": target.allowance.per_hour,
            "left_now": standing.left(target.allowance, now) if seen.state else None,
            "used_percent_told": round(100 * standing.used) if 0 <= now - standing.told_at < HOUR else None,
        },
        "version": credentials.version,
        "version_ends": source.version_ends.get(credentials.version),
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
