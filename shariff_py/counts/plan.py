"""Which platforms can be asked at all, and what each of them is asked with."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from shariff_py.counts.refresh_policy import Ages
from shariff_py.counts.standing import Allowance
from shariff_py.platforms.count_source import CountSource
from shariff_py.platforms.credentials import Credentials
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY
from shariff_py.settings import Settings


@dataclass(frozen=True, slots=True)
class Target:
    """One platform as it is asked: its source, with what credentials, how much in an hour, and how old its counts may get."""

    platform: str
    source: CountSource
    credentials: Credentials
    allowance: Allowance
    ages: Ages

    @property
    def key(self) -> str:
        """What its credentials are known by in the store: enough to tell that they were exchanged, nothing of them."""
        return hashlib.sha256(f"{self.platform} {self.credentials!r} {self.credentials.token}".encode()).hexdigest()[:8]


def targets(settings: Settings) -> dict[str, Target]:
    """The platforms that may be asked, by name: released by a decision, and with the token they need."""
    return {
        name: target
        for name, platform in REGISTRY.items()
        if settings.policy.release(name).is_open
        and configured(platform, settings)
        and (target := target_of(platform, settings)) is not None
    }


def configured(platform: Platform, settings: Settings) -> bool:
    """Whether a platform's source has what it needs to answer."""
    source = platform.counts
    return source is not None and (not source.needs_credentials or bool(settings.platform(platform.name).token))


def target_of(platform: Platform, settings: Settings) -> Target | None:
    """How a platform is asked, whether it may be or not; ``None`` for one that has no counts."""
    source = platform.counts
    if source is None:
        return None
    own, counts = settings.platform(platform.name), settings.counts
    per_hour = own.per_hour or source.per_hour
    return Target(
        platform.name,
        source,
        Credentials(own.server or source.host, own.token, own.version or source.version),
        # A site's own bound is spread as the record's is: as large a part of an hour's pages at once.
        Allowance(per_hour, max(1, source.burst * per_hour // source.per_hour)),
        Ages(counts.refresh_minutes * 60.0, counts.slowest_hours * 3600.0, source.shortest_interval.total_seconds()),
    )
