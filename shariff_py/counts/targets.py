"""Which platforms counts are fetched from, and how: source, credentials, rate limit and refresh policy of each."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from shariff_py.counts.rate_limit import RateLimit
from shariff_py.counts.refresh_policy import RefreshPolicy
from shariff_py.platforms.count_sources.count_source import CountSource
from shariff_py.platforms.count_sources.credentials import Credentials
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY
from shariff_py.settings import Settings


@dataclass(frozen=True, slots=True)
class Target:
    """One platform with everything a request to it needs."""

    platform: str
    source: CountSource
    credentials: Credentials
    rate_limit: RateLimit
    refresh_policy: RefreshPolicy

    @property
    def fingerprint(self) -> str:
        """Eight hex digits that change with the credentials and do not reveal them."""
        return hashlib.sha256(f"{self.platform} {self.credentials!r} {self.credentials.token}".encode()).hexdigest()[:8]


def targets(settings: Settings) -> dict[str, Target]:
    """The platforms counts are fetched from, by name: released, and with the credentials they need."""
    return {
        name: target
        for name, platform in REGISTRY.items()
        if settings.policy.release(name).is_open
        and settings.can_fetch_counts(platform)
        and (target := target_of(platform, settings)) is not None
    }


def target_of(platform: Platform, settings: Settings) -> Target | None:
    """How counts are fetched from a platform, released or not; ``None`` for one without counts."""
    source = platform.counts
    if source is None:
        return None
    own, counts = settings.platform(platform.name), settings.counts
    per_hour = own.per_hour or source.per_hour
    return Target(
        platform.name,
        source,
        Credentials(own.server or source.host, own.token, own.version or source.version),
        # A site's own limit keeps the ratio of burst to hour that the platform's record has.
        RateLimit(per_hour, max(1, source.burst * per_hour // source.per_hour)),
        RefreshPolicy(
            counts.refresh_minutes * 60.0, counts.slowest_hours * 3600.0, source.shortest_interval.total_seconds()
        ),
    )
