"""What a refresh cycle did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class RefreshResult:
    """One refresh cycle, or a part of it.

    ``is_leader`` is false where another process holds the lease: then nothing was sent. ``requests`` were sent about ``pages`` pages and
    gave ``counts`` numbers. ``failures`` holds, by platform, the reason (one word) why not all due pages were fetched.
    """

    is_leader: bool
    requests: int = 0
    pages: int = 0
    counts: int = 0
    failures: Mapping[str, str] = field(default_factory=dict)

    def ended(self, platform: str, reason: str) -> RefreshResult:
        """The same with the reason why a platform's part ended early; an empty reason is none."""
        return replace(self, failures={**self.failures, platform: reason}) if reason else self

    def __add__(self, other: RefreshResult) -> RefreshResult:
        return RefreshResult(
            self.is_leader and other.is_leader,
            self.requests + other.requests,
            self.pages + other.pages,
            self.counts + other.counts,
            {**self.failures, **other.failures},
        )
