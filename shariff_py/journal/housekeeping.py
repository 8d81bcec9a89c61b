"""When a month is put aside and when an old one is removed. Nothing of it is decided by one reading of the clock.

A clock can be wrong: before the time server was asked, after a battery ran empty, on a restored machine. What counts is the time of the newest
record that is at least seven days old by the present reading and agrees with seven days of records, or with which a person accepted the
clock: a reading of 2099 finds the last record of the right clock there, one of 1970 finds none, and only a clock that has been wrong for seven
days is believed. An old file is first marked, one a week at most, and removed a month later, by the same measure. All steps are renames, but
the last.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from shariff_py.errors import JournalBroken
from shariff_py.journal import months
from shariff_py.journal.files import settled, sync_folder
from shariff_py.journal.months import Beginning, Month
from shariff_py.journal.record import CLOCK, RETENTION, Verified, moment
from shariff_py.journal.tail import Tail, lines_backwards

FAR = timedelta(days=100)
"""Nothing is done by a clock that is further ahead of the records: a site that was switched off for longer waits a week."""

MARKED = timedelta(days=31)
"""How long before it is removed a file is marked."""

WEEK = timedelta(days=7)
"""For how long a clock has to agree with itself to be believed."""

USABLE = range(2, 9999)
"""Years in which days can be counted forth and back. A clock in any other is wrong, and is not counted with."""

_log = logging.getLogger("shariff_py")

STAMP = re.compile(rb',"kind":"([a-z]+)",.*,"time":"([^"]+)"')


class Housekeeping:
    """One look at the files of a journal, under its lock, before a record is added. ``append`` adds one of a kind."""

    def __init__(
        self, path: Path, now: datetime, keep_months: int, append: Callable[[str, Mapping[str, Any]], int]
    ) -> None:
        self._path = path
        self._now = now
        self._keep_months = keep_months
        self._append = append

    def run(self) -> bool:
        """Do what is due. Returns whether there is nothing more to do today.

        Files that cannot be read, renamed or removed stay as they are, and stop no record: it is tried again on the next day.
        """
        if self._now.year not in USABLE:
            return True
        try:
            done = self._end_month()
            self._remove_old()
        except OSError as error:
            _log.error(
                "The months of the journal %r cannot be ended or removed: %s. They stay as they are.",
                str(self._path),
                error,
            )
            return True
        return done

    @cached_property
    def agreed(self) -> datetime | None:
        """The time of the newest record that is at least seven days old and agrees with seven days of records, or with which the clock was
        accepted; without such days, of the newest that is old enough. Reads backwards up to there."""
        with months.opened(self._path) as files:
            if files and Beginning.of(files[0]).when > self._now and _ended(files[-1]) > self._now + FAR:
                # A clock of 1970 would read all of a journal to find nothing.
                return None
            agreement = _Agreement(self._now)
            for line in chain.from_iterable(map(lines_backwards, reversed(files))):
                if found := STAMP.search(line):
                    with suppress(ValueError):
                        when = moment(found[2].decode())
                        if found[1] == CLOCK.encode() and when <= self._now:
                            return when
                        if agreement.reached_with(when):
                            return agreement.newest
        return agreement.newest

    def _end_month(self) -> bool:
        """Put the file aside if it began in an earlier month. A truncated line stays in the file whose next record describes it."""
        if not self._path.exists():
            return True
        with settled(self._path) as file:
            began, tail = Beginning.of(file), Tail.of(file)
        if not began.sequence or months.month_of(began.when) == months.month_of(self._now):
            return True
        is_over = began.when < self._now or began.when > self._now + FAR
        if is_over and self._may_end(began.when):
            if tail.fragment:
                return False
            months.end(self._path, months.month_of(began.when))
            sync_folder(self._path.parent)
        return True

    def _may_end(self, began: datetime) -> bool:
        """Whether the clock agrees with the records; in the first week of a journal, with its first one."""
        if self.agreed is None:
            return self._now - WEEK < began <= self._now
        return self._now - self.agreed <= FAR

    def _remove_old(self) -> None:
        """Take one step: unmark what is to be kept, remove one file whose time has come, or mark the oldest one."""
        found = months.past(self._path)
        marked = [month for month in found if month.until is not None]
        if not found or not (marked or self._is_old(0, found, self._now)):
            return
        by = self.agreed
        if by is None or self._now - by > FAR:
            return
        for month in marked:
            # A day that is far ahead was written by a clock that was wrong.
            if not self._is_old(found.index(month), found, by) or (month.until or by) > by + 2 * MARKED:
                months.mark(self._path, month, None)
                return
        if found[0].until is not None and found[0].until <= by:
            self._remove(found[0])
            return
        oldest = next((at for at, month in enumerate(found) if month.until is None), len(found))
        latest = max((month.until for month in marked if month.until), default=months.NO_TIME)
        if oldest < len(found) and self._is_old(oldest, found, by) and latest <= by + MARKED - WEEK:
            months.mark(self._path, found[oldest], by + MARKED)

    def _is_old(self, at: int, found: Sequence[Month], by: datetime) -> bool:
        """Whether all records of a file are older than what is kept."""
        if not self._keep_months or not found[at].beginning.sequence:
            return False
        return months.month_of(self._end_of(at, found, by)) <= months.before(months.month_of(by), self._keep_months)

    def _end_of(self, at: int, found: Sequence[Month], by: datetime) -> datetime:
        """When a file ended: with the first beginning after it that is not before its own and has come, as a clock that is right says."""
        began = found[at].beginning.when
        later = [month.beginning.when for month in found[at + 1 :]]
        if self._path.exists():
            with self._path.open("rb") as file:
                later.append(Beginning.of(file).when)
        return next((when for when in later if (began > by or began <= when) and when <= by), by)

    def _remove(self, month: Month) -> None:
        """Remove a file after a record that says where the chain begins from now on. One whose end was changed is evidence, and stays."""
        try:
            with month.path.open("rb") as file:
                tail = Tail.of(file)
        except JournalBroken:
            return
        if not tail.sequence or tail.fragment:
            return
        self._append(RETENTION, {"of": tail.sequence, "sha256": tail.hash})
        month.path.unlink()
        sync_folder(self._path.parent)


def removed_early(verified: Verified, keep_months: int) -> str:
    """A sentence where more was removed than `Housekeeping` would have; empty otherwise. Who can write the files can write a record of
    retention, too: what it cannot have is months that were old enough."""
    if not verified.removed:
        return ""
    first, removed = verified.first[:10], verified.removed[:10]
    if keep_months and first[:7] <= months.before(removed[:7], keep_months):
        return ""
    kept = f"{keep_months} months are" if keep_months else "everything is"
    return (
        f"Record {verified.since}, the first that is kept, is of {first}; those before it were removed on {removed}, although {kept} to be "
        "kept (journal.keep_months). If that was not set lower then, and no clock was wrong, look for them in your backups."
    )


class _Agreement:
    """Times read backwards from ``now``, each counted to the clock whose last time it is within `FAR` of. What a machine without a battery
    writes after each boot, in 1970, is a clock of its own that never gets a week old."""

    def __init__(self, now: datetime) -> None:
        self._old_enough = now - WEEK
        self._clocks = [_Clock(now, now)]
        self.newest: datetime | None = None

    def reached_with(self, when: datetime) -> bool:
        """Whether the clock of this time agrees with itself for a week; ``newest`` is then its newest that is at least seven days old."""
        clock = next((one for one in self._clocks if abs(one.last - when) <= FAR), None)
        if clock is None:
            clock = _Clock(when, when)
            self._clocks.append(clock)
        clock.days += when.date() != clock.last.date()
        clock.last = when
        if when > self._old_enough:
            return False
        clock.newest = clock.newest or when
        self.newest = self.newest or when
        if clock.first - when < WEEK or clock.days < WEEK.days:
            return False
        self.newest = clock.newest
        return True


@dataclass(slots=True)
class _Clock:
    """One of the clocks that a journal was written by: the first and the last time read of it, the newest that is old enough, on how many days."""

    first: datetime
    last: datetime
    newest: datetime | None = None
    days: int = 1


def _ended(file: BinaryIO) -> datetime:
    """The time of the last record in a file; long ago where there is none."""
    time = Tail.of(file).time
    return datetime.fromisoformat(time) if time else months.NO_TIME
