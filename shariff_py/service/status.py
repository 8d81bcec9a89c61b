"""How the service is doing, told in words a status page can show to anybody: no secrets, no file names, no addresses of pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from shariff_py.counts import plan
from shariff_py.errors import JournalBroken, JournalError
from shariff_py.fetch import SOFTWARE
from shariff_py.journal import Journal
from shariff_py.platforms.record import Platform
from shariff_py.platforms.register import REGISTER
from shariff_py.settings import Settings
from shariff_py.stores import PlatformState, StoreState


@dataclass(slots=True)
class Health:
    """What happened in this process lately. Times are Unix seconds."""

    running: bool = False
    last_round: float | None = None
    last_error: tuple[float, str] | None = None
    store_failed_at: float | None = None
    refusals: dict[str, float] = field(default_factory=dict)

    def round_done(self, now: float) -> None:
        """A round came to its end."""
        self.last_round = now

    def round_failed(self, now: float, error: Exception) -> None:
        """A round ended in an error. Only its kind is kept: its text could hold anything."""
        self.last_error = (now, type(error).__name__)

    def refused(self, platform: str, now: float) -> None:
        """A request was not sent, because it could not be written down or was none that may be sent."""
        self.refusals[platform] = now


def describe(settings: Settings, state: StoreState | None, journal: Journal, health: Health) -> dict[str, Any]:
    """The whole status, JSON types only. ``state`` is ``None`` where the store fails."""
    asked = {name: record for name, record in REGISTER.items() if record.counts is not None}
    return {
        "software": SOFTWARE,
        "platforms": {
            name: _platform(record, settings, state.platforms.get(name, PlatformState()) if state else None, health)
            for name, record in asked.items()
        },
        "store": {
            "state": "unavailable" if state is None else "working",
            "pages": state.pages if state else None,
            "dropped_pages": state.dropped if state else None,
        },
        "journal": _journal(journal),
        "scheduler": {
            "mode": settings.counts.scheduler,
            "running": health.running,
            "last_round": _time(health.last_round),
            "last_error": _event(health.last_error),
        },
    }


def _platform(record: Platform, settings: Settings, state: PlatformState | None, health: Health) -> dict[str, Any]:
    source = record.counts
    release = settings.policy.release(record.name)
    failure = (state.last_failure, state.last_reason) if state and state.last_failure is not None else None
    refused_at = health.refusals.get(record.name)
    if refused_at is not None and (failure is None or refused_at > failure[0]):
        failure = (refused_at, "refused")
    version = plan.version(record.name, source, settings) if source else ""
    return {
        "state": str(release.state),
        "released": release.is_open,
        "configured": plan.configured(record, settings),
        "pages_with_number": state.with_number if state else None,
        "last_success": _time(state.last_success if state else None),
        "last_error": _event(failure),
        "version": version,
        "version_ends": source.version_ends.get(version) if source else None,
        "stand_in": source is not None and source.host in settings.stand_in,
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
