"""The rate limit we keep on a platform: a setting of the site, or the default of the platform's record."""

from __future__ import annotations

from dataclasses import dataclass

HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most ``per_hour`` pages in any hour, and at most ``burst`` of them at once."""

    per_hour: int
    burst: int
