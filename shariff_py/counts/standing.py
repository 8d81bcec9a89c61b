"""How a platform stands with us: how much may be asked now, and how long to leave it alone after what it said.

Pure: what a standing becomes is a question of what happened, of the clock and of the dice. The standing itself is kept in the store,
so that every process and machine goes by the same one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from shariff_py.platforms.exchange import QuotaHeaders

MINUTE = 60.0
HOUR = 3600.0
DAY = 86_400.0

ENOUGH = 0.9
"""The share of a platform's own allowance that is used, at most. The rest is left for whatever else the site does there."""

USED_UP_SECONDS = 600.0
"""How long to rest once so much is used and the platform did not say how long. Allowances count a rolling hour."""

TRIPS = 3
"""Failures in a row after which a platform is left alone but for one trial at a time: the breaker is open."""

LONGEST_REST = DAY
"""No rest is longer, whatever a platform says; a rest further ahead was written by a clock that ran wrong, and binds nobody."""


class Kind(StrEnum):
    """What to do about a failure: try again soon, wait as the platform wants, or stop and tell the operator."""

    RETRY = "retry"
    WAIT = "wait"
    STOP = "stop"


KINDS: Mapping[str, Kind] = {
    "rate-limited": Kind.WAIT,
    "token": Kind.STOP,
    "permission": Kind.STOP,
    "blocked": Kind.STOP,
    "version": Kind.STOP,
}
"""Every other reason is worth another try."""

FIRST_REST: Mapping[Kind, float] = {Kind.RETRY: 60.0, Kind.WAIT: 900.0, Kind.STOP: DAY}
LAST_REST: Mapping[Kind, float] = {Kind.RETRY: 6 * HOUR, Kind.WAIT: 6 * HOUR, Kind.STOP: DAY}
"""Seconds to rest after the first failure, doubled with each further one in a row, up to the last."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What we ask of a platform at most: so many pages in any hour, and so many of them at once."""

    per_hour: int
    burst: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One platform as all processes know it. Times are Unix seconds, 0 for never.

    ``lately`` is how many pages were asked about in each minute of the last hour: minutes since 1970, pages.
    ``failures`` in a row, the last of them at ``failed_at`` for ``reason``; ``rest_until`` is when it may be asked again. ``whole_at``
    is when the hourly allowance is whole again. ``used`` is the share of the platform's own allowance that it last told us (at
    ``told_at``), ``cost`` the share that one page took. ``key`` names the credentials that all of this is about.
    """

    failures: int = 0
    reason: str = ""
    failed_at: float = 0.0
    succeeded_at: float = 0.0
    rest_until: float = 0.0
    whole_at: float = 0.0
    used: float = 0.0
    cost: float = 0.0
    told_at: float = 0.0
    key: str = ""
    lately: tuple[tuple[int, int], ...] = ()

    @classmethod
    def from_json(cls, text: str) -> Standing:
        """The standing somebody wrote, perhaps a later version of this library; what cannot be read is that of a platform nobody asked."""
        try:
            written = json.loads(text)
            known = {name: written[name] for name in cls.__dataclass_fields__ if name in written}
            known["lately"] = tuple((int(minute), int(pages)) for minute, pages in known.get("lately", ()))
            return cls(**known)
        except (ValueError, TypeError):
            return cls()

    def to_json(self) -> str:
        """What `from_json` reads."""
        return json.dumps(asdict(self))

    def breaker(self, now: float) -> str:
        """``closed`` (it is asked), ``open`` (it is left alone), or ``half-open`` (one trial decides)."""
        if self.failures < TRIPS and KINDS.get(self.reason) is not Kind.STOP:
            return "closed"
        return "open" if self.rests(now) else "half-open"

    def rests(self, now: float) -> bool:
        """Whether it is left alone at the moment."""
        return now < self.rest_until <= now + 2 * LONGEST_REST

    def left(self, allowance: Allowance, now: float) -> int:
        """How many pages the hourly allowance has left at this moment."""
        each = HOUR / allowance.per_hour
        at_once = int(allowance.burst - self._backlog(now) / each + 1e-6)
        return max(0, min(at_once, allowance.per_hour - sum(pages for _, pages in self._lately(now))))

    def may_ask(self, allowance: Allowance, now: float) -> int:
        """About how many pages it may be asked now. After a failure one page is the trial."""
        if self.rests(now):
            return 0
        left = self.left(allowance, now)
        if self.failures:
            return min(left, 1)
        if self.cost > 0 and 0 <= now - self.told_at < HOUR:
            # What is left by the platform's own word, and one page in any case: its answer tells what is left by then.
            room = ENOUGH - self.used
            left = left if left * self.cost <= room else max(1, int(room / self.cost))
        return left

    def asked(self, pages: int, allowance: Allowance, now: float) -> Standing:
        """After a request about so many pages went out."""
        counted = dict(self._lately(now))
        minute = int(now // MINUTE)
        counted[minute] = counted.get(minute, 0) + pages
        whole_at = now + self._backlog(now) + pages * HOUR / allowance.per_hour
        return replace(self, whole_at=whole_at, lately=tuple(counted.items()))

    def succeeded(self, pages: int, told: QuotaHeaders, now: float) -> Standing:
        """After an answer that held numbers, or at least answers."""
        after = replace(self, failures=0, succeeded_at=now, rest_until=0.0)._told(pages, told, now)
        if told.wait:
            return replace(after, rest_until=now + min(told.wait, LONGEST_REST))
        if after.used and after.used + after.cost > ENOUGH and after.told_at == now:
            return replace(after, rest_until=now + USED_UP_SECONDS)
        return after

    def failed(self, reason: str, pages: int, told: QuotaHeaders, now: float, roll: float) -> Standing:
        """After a request that gave nothing. ``roll``, a number from 0 up to 1, spreads the next tries of many sites."""
        kind = KINDS.get(reason, Kind.RETRY)
        rest = min(FIRST_REST[kind] * 2 ** min(self.failures, 20), LAST_REST[kind]) * (0.75 + 0.5 * roll)
        if told.wait:
            rest = min(told.wait, LONGEST_REST) * (1 + 0.1 * roll)
        after = replace(self, failures=self.failures + 1, reason=reason, failed_at=now, rest_until=now + rest)
        return after._told(pages, told, now)

    def _lately(self, now: float) -> list[tuple[int, int]]:
        """What the hour still counts: an allowance alone would let what was used at once come back within the same hour."""
        return [(at, pages) for at, pages in self.lately if now - HOUR < (at + 1) * MINUTE <= now + HOUR]

    def _backlog(self, now: float) -> float:
        """Seconds until the hourly allowance is whole again (the "generic cell rate algorithm": one number tells it all)."""
        ahead = self.whole_at - now
        return ahead if 0 < ahead <= 2 * HOUR else 0.0

    def _told(self, pages: int, told: QuotaHeaders, now: float) -> Standing:
        if told.used is None:
            return self
        before = self.used if 0 <= now - self.told_at < HOUR else 0.0
        grown = (told.used - before) / pages if pages else 0.0
        return replace(self, used=told.used, cost=grown if grown > 0 else self.cost, told_at=now)
