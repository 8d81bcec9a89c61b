"""A count as it is read from a reply and as it is kept. Unknown is not zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Count:
    """A known number of shares, reactions and comments, zero included."""

    value: int


@dataclass(frozen=True, slots=True)
class Unavailable:
    """No number is known, and why: one short word (``malformed``, ``rate-limited``, ``timeout``). Never shown as zero."""

    reason: str


CountResult = Count | Unavailable


class CachedCount(NamedTuple):
    """What is known about one page on one platform, with its age.

    ``value`` is the last good number (``None``: there never was one) and ``as_of`` when it was read; ``tried_at`` is when it was last
    requested and ``reason`` why that gave no number (empty: it did). Of a sum over several addresses ``as_of`` is when its oldest part
    was read, and ``latest`` when its newest was, where that is another time. Times are Unix seconds.
    """

    value: int | None
    as_of: float
    tried_at: float
    reason: str = ""
    latest: float = 0.0

    @property
    def newest_at(self) -> float:
        """When any part of the number was last read."""
        return max(self.as_of, self.latest)

    def after(self, result: CountResult, now: float) -> CachedCount:
        """What is known after another attempt: a failed one keeps the last good number and its age."""
        if isinstance(result, Count):
            return CachedCount(result.value, as_of=now, tried_at=now)
        return CachedCount(self.value, self.as_of, tried_at=now, reason=result.reason)

    def merged(self, other: CachedCount) -> CachedCount:
        """What is known of the same count from two sources: the newer number and the newer attempt."""
        number = other if other.value is not None and (self.value is None or other.as_of > self.as_of) else self
        attempt = other if other.tried_at > self.tried_at else self
        return CachedCount(number.value, number.as_of, attempt.tried_at, attempt.reason)


NEVER_FETCHED = CachedCount(None, as_of=0.0, tried_at=0.0, reason="never-fetched")
