"""Checks of the counts: what each platform needs to be asked, and whether its replies fail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

from shariff_py.counts.circuit_breaker import CircuitBreaker
from shariff_py.counts.platform_state import PlatformState
from shariff_py.doctor.diagnosis import Diagnosis
from shariff_py.errors import ShariffError
from shariff_py.platforms.count_sources.count_source import CountSource
from shariff_py.platforms.registry import REGISTRY
from shariff_py.settings import Settings
from shariff_py.stores import open_store
from shariff_py.stores.sqlite import SQLiteStore

VERSION_WARNING = timedelta(days=60)


LATER = "these 1 to 24 hours after their first view"

DISCOVERY = {
    "": f"pages that show a share bar (standalone: pages requested by browsers), {LATER}",
    "listed": "pages of a sitemap",
    "shown": f"pages of a sitemap, and pages that show a share bar, {LATER}",
    "asked": f"pages of a sitemap, pages that show a share bar, and pages requested by browsers, {LATER}",
}
"""Which pages counts are fetched for, by ``counts.learn``."""

FAILURE_CURES = {
    "rate-limited": "It is retried automatically. If this goes on, lower platforms.NAME.per_hour or raise counts.refresh_minutes.",
    "token-expired": "A new token is requested automatically.",
    "token": "Create a new token and set it; it is used at once.",
    "permission": "Give the token's application the missing permission; it is retried once a day.",
    "blocked": "The platform has blocked the token's application; see the platform's developer pages.",
    "version": "Set platforms.NAME.version to one that has not ended, or remove the setting.",
}
"""What to do about a platform whose requests fail, by the reason."""


def counts(settings: Settings, today: date) -> Iterator[Diagnosis]:
    """What each released platform needs for counts, and whether its requests fail."""
    counted = [record for record in REGISTRY.values() if record.counts and settings.policy.release(record.name).is_open]
    states = _platform_states(settings, [record.name for record in counted])
    for record in counted:
        name, source, own = record.name, record.counts, settings.platform(record.name)
        assert source is not None  # noqa: S101 - the condition above, for the type checker
        if source.needs_credentials:
            variable = f"SHARIFF_PLATFORMS__{name.upper()}__TOKEN_FILE"
            yield Diagnosis(
                bool(own.token), f"{name}: token", "set" if own.token else "not set: no counts", f"Set {variable}."
            )
        if source.version:
            yield _version(name, source, own.version or source.version, today)
        if (state := states.get(name)) is not None and state.breaker.failures:
            yield _failing(name, state.breaker)
    if counted:
        yield Diagnosis(True, "counts.learn", DISCOVERY[settings.counts.learn])
        if settings.counts.origins:
            yield Diagnosis(True, "counts.origins", ", ".join(settings.counts.origins))


def _platform_states(settings: Settings, names: list[str]) -> dict[str, PlatformState]:
    """The saved state of each platform; nothing where the store does not exist yet or cannot be used."""
    try:
        store = open_store(settings.counts.store, mends=False)
        if not names or (isinstance(store, SQLiteStore) and not store.path.exists()):
            return {}
        with closing(store):
            return {name: store.load_state(name) for name in names}
    except ShariffError:
        # `_store` reports what is wrong with the store.
        return {}


def _failing(name: str, breaker: CircuitBreaker) -> Diagnosis:
    when = datetime.fromtimestamp(breaker.failed_at, UTC).strftime("%Y-%m-%d %H:%M UTC")
    return Diagnosis(
        not breaker.is_tripped, f"{name}: replies",
        f"failures in a row: {breaker.failures} ({breaker.reason}, last on {when})",
        FAILURE_CURES.get(
            breaker.reason, "It is retried automatically. Check whether this server can reach the platform's host."
        ),
    )  # fmt: skip


def _version(name: str, source: CountSource, version: str, today: date) -> Diagnosis:
    known = version == source.version or version in source.version_ends
    ends = source.version_ends.get(version)
    return Diagnosis(
        known and (ends is None or date.fromisoformat(ends) - today > VERSION_WARNING),
        f"{name}: interface version",
        version + (f", ends on {ends}" if ends else "") + ("" if known else ", unknown to this release"),
        f"Set platforms.{name}.version to {source.version}.",
    )
