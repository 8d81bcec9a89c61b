"""A clock that is wrong loses nothing of the journal: months end and are removed by what many days agree on."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from support.journals import FACTS

from shariff_py.journal import Journal
from shariff_py.testing import SteppingClock


class Daily:
    """A journal that gets a record a day. ``wrong`` gives it one by another clock; its time goes on as if that had not been."""

    def __init__(self, folder: Path, *, keep_months: int = 2, begin: datetime | None = None) -> None:
        self.clock = SteppingClock(begin) if begin else SteppingClock()
        self.journal = Journal(folder / "outgoing.jsonl", clock=self.clock, keep_months=keep_months)
        self.written = 0

    def days(self, many: int) -> None:
        for _ in range(many):
            self.record()
            self.clock.step(days=1)

    def wrong(self, when: datetime, *, days: int = 1) -> None:
        right = self.clock.now
        self.clock.now = when.timestamp()
        self.days(days)
        self.clock.now = right

    def record(self) -> None:
        self.journal.append("request", {**FACTS, "path": f"/{self.written}"})
        self.written += 1

    @property
    def files(self) -> list[str]:
        return sorted(path.name for path in self.journal.path.parent.glob("*.jsonl"))

    @property
    def kept(self) -> list[int]:
        """The numbers of the requests that are there, in their order."""
        return [int(entry.path[1:]) for entry in self.journal.entries() if entry.kind == "request"]


EARLY, LATE = datetime(1970, 1, 1, tzinfo=UTC), datetime(2099, 6, 1, tzinfo=UTC)


@pytest.mark.slow
@pytest.mark.parametrize("wrong", [EARLY, LATE, datetime(2027, 4, 1, tzinfo=UTC), datetime(2027, 12, 1, tzinfo=UTC)])
def test_one_record_of_a_wrong_clock_removes_nothing_and_ends_no_month(tmp_path: Path, wrong: datetime) -> None:
    daily = Daily(tmp_path, keep_months=6)
    daily.days(110)
    before = daily.files

    daily.wrong(wrong)
    daily.record()

    assert daily.files in (before, [*before[:-1], "outgoing-2027-03.jsonl", "outgoing.jsonl"])
    assert not [name for name in daily.files if "until" in name]
    assert daily.kept == list(range(112))
    assert daily.journal.verify().since == 1


def test_a_first_record_of_1970_does_not_make_what_follows_old(tmp_path: Path) -> None:
    daily = Daily(tmp_path, keep_months=12)
    daily.wrong(EARLY)

    daily.days(7)
    assert daily.files == ["outgoing.jsonl"]
    daily.days(60)

    assert daily.files == [
        "outgoing-1970-01.jsonl",
        "outgoing-2026-11.jsonl",
        "outgoing-2026-12.jsonl",
        "outgoing.jsonl",
    ]
    assert daily.kept == list(range(68))


@pytest.mark.slow
def test_one_record_of_2099_does_not_stop_the_removal_of_old_months(tmp_path: Path) -> None:
    daily = Daily(tmp_path)
    daily.days(40)
    daily.wrong(LATE)
    daily.days(170)

    assert daily.files[1:] == ["outgoing-2027-04.jsonl", "outgoing-2027-05.jsonl", "outgoing.jsonl"]
    assert daily.journal.verify().records == daily.journal.head()[0]


@pytest.mark.slow
def test_seven_days_of_a_clock_are_believed_but_only_one_month_is_taken_and_not_at_once(tmp_path: Path) -> None:
    daily = Daily(tmp_path, keep_months=6)
    daily.days(110)
    written = daily.written

    daily.wrong(LATE, days=7)
    assert daily.files[-1] == "outgoing.jsonl"
    assert not [name for name in daily.files if "until" in name or "2099" in name]
    daily.wrong(datetime(2099, 6, 8, tzinfo=UTC), days=5)

    assert [name for name in daily.files if "until" in name] == ["outgoing-2026-11.until-2099-07-02.jsonl"]
    assert daily.kept == list(range(written + 12))

    daily.days(20)
    assert not [name for name in daily.files if "until-2099" in name]
    assert daily.kept == list(range(written + 32))
    daily.days(150)
    assert len(daily.files) <= 10
    assert daily.journal.verify().records == daily.journal.head()[0]


def test_numbers_go_on_whatever_the_clock_says(tmp_path: Path) -> None:
    daily = Daily(tmp_path, keep_months=1)
    for when in (LATE, EARLY, datetime(2050, 1, 31, tzinfo=UTC), datetime(2001, 1, 1, tzinfo=UTC)):
        daily.days(12)
        daily.wrong(when, days=9)

    numbers = [entry.sequence for entry in daily.journal.entries()]

    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert daily.journal.head()[0] == numbers[-1] >= daily.written


@pytest.mark.slow
def test_no_more_than_one_file_is_removed_in_a_week_and_each_was_marked_for_a_month(tmp_path: Path) -> None:
    daily = Daily(tmp_path, keep_months=0)
    daily.days(400)
    daily.journal = Journal(daily.journal.path, clock=daily.clock, keep_months=1)

    seen: dict[str, float] = {}
    gone: list[float] = []
    names = set(daily.files)
    for _ in range(160):
        daily.days(1)
        now = set(daily.files)
        for name in now - names:
            seen[name] = daily.clock.now
        for name in names - now:
            if "until" in name:
                gone.append(daily.clock.now)
                assert daily.clock.now - seen[name] >= 30 * 86_400
        names = now

    assert len(gone) > 5
    assert all(later - earlier >= 6 * 86_400 for earlier, later in pairwise(gone))
    assert daily.journal.verify().since > 1


def test_a_site_that_was_switched_off_for_long_waits_for_a_week_or_for_a_person(tmp_path: Path) -> None:
    waited, accepted = Daily(tmp_path / "waited"), Daily(tmp_path / "accepted")
    for daily in (waited, accepted):
        daily.days(3)
        daily.clock.step(days=150)
        daily.days(3)
        assert daily.files == ["outgoing.jsonl"]

    assert accepted.journal.accept_clock() == datetime.fromtimestamp(accepted.clock.now, UTC)
    accepted.record()
    waited.days(5)

    assert accepted.files == ["outgoing-2026-11.jsonl", "outgoing.jsonl"] == waited.files
    assert [entry.kind for entry in accepted.journal.entries()].count("clock") == 1
    assert accepted.kept == list(range(7))


def test_a_clock_accepted_in_error_removes_nothing_for_a_month(tmp_path: Path) -> None:
    daily = Daily(tmp_path, keep_months=6)
    daily.days(110)
    right, daily.clock.now = daily.clock.now, LATE.timestamp()
    daily.journal.accept_clock()
    daily.days(3)
    daily.clock.now = right

    daily.days(30)

    assert daily.kept == list(range(daily.written))
    assert not [name for name in daily.files if "until-2099" in name]


def test_two_files_of_one_month_keep_their_order(tmp_path: Path) -> None:
    daily = Daily(tmp_path, keep_months=0)
    daily.days(15)
    daily.wrong(LATE, days=9)
    daily.days(45)

    assert daily.files == [
        "outgoing-2026-11.jsonl", "outgoing-2026-12.2.jsonl", "outgoing-2026-12.jsonl", "outgoing-2099-06.jsonl", "outgoing.jsonl",
    ]  # fmt: skip
    assert daily.kept == list(range(69))
    assert daily.journal.verify().records == 69


def test_a_month_is_named_by_its_first_record(tmp_path: Path) -> None:
    daily = Daily(tmp_path, keep_months=0)
    daily.days(8)
    daily.wrong(datetime(2026, 10, 20, tzinfo=UTC))
    daily.days(3)

    assert daily.files == ["outgoing-2026-11.jsonl", "outgoing.jsonl"]


@pytest.mark.slow
@pytest.mark.parametrize("wrong", [datetime(9999, 11, 20, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC)])
def test_at_the_ends_of_the_calendar_every_record_is_written_and_nothing_is_removed(
    tmp_path: Path, wrong: datetime
) -> None:
    daily = Daily(tmp_path, keep_months=2)
    daily.days(110)
    before = daily.kept

    daily.wrong(wrong, days=20)
    daily.days(3)

    assert daily.kept == [*before, *range(110, 133)]


@pytest.mark.slow
def test_a_machine_that_begins_each_day_in_1970_still_ends_months_and_removes_old_ones(tmp_path: Path) -> None:
    daily = Daily(tmp_path, keep_months=2)
    daily.days(10)

    for _ in range(200):
        daily.wrong(EARLY)
        daily.wrong(EARLY)
        daily.days(1)

    assert len(daily.files) <= 5
    assert daily.journal.verify().since > 1


@pytest.mark.parametrize("year", [2, 900])
def test_a_journal_that_begins_in_a_year_of_fewer_digits_keeps_that_month(tmp_path: Path, year: int) -> None:
    daily = Daily(tmp_path, keep_months=0)
    daily.wrong(datetime(year, 1, 1, tzinfo=UTC))

    daily.days(30)

    assert daily.files == [f"outgoing-{year:04}-01.jsonl", "outgoing-2026-11.jsonl", "outgoing.jsonl"]
    assert daily.kept == list(range(31))
