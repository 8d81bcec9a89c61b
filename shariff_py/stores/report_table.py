"""Which policy reports are kept: every store keeps the same. Pure.

Anybody can post made-up reports, so being first is no claim. There is room for each registered platform; whoever floods one of them displaces
its own rows. Other hosts share a small part, in which a new one displaces one that was seen rarely or long ago. What is displaced goes on
being counted, as `FURTHER`.

Nothing is deleted because of one reading of the clock: see `_is_settled`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from shariff_py.platforms.registry import REGISTRY
from shariff_py.stores.report_store import FURTHER, KEPT_FOR, Finding, Reported, counted, rest_of
from shariff_py.urls import host_is, parse

AGREEING_DAYS = 7
"""After a leap of the clock by more than `KEPT_FOR`, on how many different days reports have to come in before anything is deleted."""

UNKNOWN_SHARE = 4
"""Hosts of no platform have at most one row in so many."""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """The rows by finding, and the last days on which reports came in, in the order they did."""

    rows: Mapping[Finding, Reported] = field(default_factory=dict)
    days: tuple[date, ...] = ()

    def after(self, findings: Iterable[Finding], day: date, most: int, random: Callable[[], float]) -> ReportTable:
        """The table after findings were reported on a day: at most ``most`` rows besides `FURTHER`. ``random`` gives numbers from 0 up to 1."""
        days = (*(known for known in self.days if known != day), day)[-AGREEING_DAYS:]
        rows = _Rows(dict(self.rows), most, random)
        if _is_settled(days, {row.last for row in self.rows.values()}):
            rows.delete_old(days)
        for finding in findings:
            rows.add(finding, day)
        return ReportTable(rows.kept, days)


def _is_settled(days: tuple[date, ...], last: Set[date]) -> bool:
    """Whether the days agree, so that something may be deleted: there are two of them at least, and none is far from the one before it.

    A report of 2099 or 1970 therefore deletes nothing, and stops deleting for no longer than `AGREEING_DAYS` days with reports. Where fewer
    days are known, as after the store was exchanged, nothing may be far from the ``last`` days of the rows either.
    """
    known = sorted({*last, *days}) if len(days) < AGREEING_DAYS else ()
    agree = all(abs(after - before) <= KEPT_FOR for some in (days, known) for before, after in pairwise(some))
    return agree and len(days) > 1


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whom a finding is about: the ``host`` of a platform as registered, or what was blocked."""

    host: str
    registered: bool


class _Rows:
    """The rows while reports are added."""

    def __init__(self, kept: dict[Finding, Reported], most: int, random: Callable[[], float]) -> None:
        self.kept = kept
        self._most = most
        self._random = random
        self._subjects: dict[str, _Subject] = {}

    def delete_old(self, days: tuple[date, ...]) -> None:
        """Delete what was last reported too long before the last day but one. What lies far ahead was written by a clock that was wrong."""
        *_, agreed, latest = sorted(days)
        for finding, row in list(self.kept.items()):
            if row.last - latest > KEPT_FOR:
                self.kept[finding] = row = replace(row, first=min(row.first, latest), last=latest)
            if agreed - row.last >= KEPT_FOR:
                del self.kept[finding]

    def add(self, finding: Finding, day: date) -> None:
        if finding not in self.kept and not self._make_room(finding):
            finding = rest_of(finding)
        self._count(finding, 1, day, day)

    def _make_room(self, new: Finding) -> bool:
        """Displace a row for a new finding, if that needs one. Returns whether there is room for it."""
        named = [finding for finding in self.kept if finding.blocked != FURTHER]
        registered = [finding for finding in named if self._about(finding).registered]
        unknown = [finding for finding in named if not self._about(finding).registered]
        if self._about(new).registered:
            return len(named) < self._most or self._displace(self._crowd(registered, new) or unknown)
        if len(unknown) >= max(1, self._most // UNKNOWN_SHARE):
            return self._displace(self._crowd(unknown, new) or unknown)
        return len(named) < self._most or self._displace(self._crowd(registered) or unknown)

    def _crowd(self, some: list[Finding], new: Finding | None = None) -> list[Finding]:
        """The findings of the host that has most of them, the new one counted; none where no host has more than one."""
        sizes = Counter(self._about(finding).host for finding in some)
        mine = self._about(new).host if new else None
        if mine is not None:
            sizes[mine] += 1
        largest = max(sizes, key=lambda host: (sizes[host], host == mine), default=None)
        if largest is None or sizes[largest] < 2:
            return []
        return [finding for finding in some if self._about(finding).host == largest]

    def _about(self, finding: Finding) -> _Subject:
        """Whom a finding is about, looked up once for each thing that was blocked."""
        known = self._subjects.get(finding.blocked)
        if known is None:
            known = self._subjects[finding.blocked] = _subject(finding.blocked)
        return known

    def _displace(self, some: list[Finding]) -> bool:
        """Displace any of those that were seen less: last seen earlier, or less often. Returns whether there was one."""
        if not some:
            return False
        less_seen = sorted(some, key=lambda finding: (self.kept[finding].last, self.kept[finding].times))
        less_seen = less_seen[: max(1, len(some) // 2)]
        finding = less_seen[int(self._random() * len(less_seen))]
        row = self.kept.pop(finding)
        self._count(rest_of(finding), row.times, row.first, row.last)
        return True

    def _count(self, finding: Finding, times: int, first: date, last: date) -> None:
        row = self.kept.get(finding) or counted(finding, 0, first, last)
        self.kept[finding] = replace(row, times=row.times + times, last=max(row.last, last))


def _subject(blocked: str) -> _Subject:
    """Whom a row is about. One that names no host has room of its own like a platform: those are a few words."""
    _, mark, host = blocked.partition("://")
    registered = _registered(host.partition(":")[0])
    return _Subject(registered or blocked, registered=registered is not None or not mark)


def registered_host(address: str) -> str | None:
    """The host in the registry of platforms to which an address belongs; ``None`` where it belongs to none."""
    parts = parse(address)
    return _registered(parts.host) if parts else None


def _registered(host: str) -> str | None:
    return next((known for record in REGISTRY.values() for known in record.hosts if host_is(host, known)), None)
