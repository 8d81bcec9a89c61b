"""The reports in every store: findings are counted with their days, within bounds."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.constants import PAGE
from support.stores import DAY, FRAME, IMAGE, OpenStore, reported

from shariff_py.errors import StoreError
from shariff_py.stores import Finding
from shariff_py.stores.report_store import FURTHER, KEPT_FOR
from shariff_py.stores.report_table import ReportTable
from shariff_py.stores.sqlite import SQLiteStore


class TestAnyStore:
    def test_a_store_nothing_was_reported_to_has_no_reports(self, opened: OpenStore, tmp_path: Path) -> None:
        assert opened().reports.all() == []
        assert list(tmp_path.iterdir()) == []

    def test_reports_are_counted_by_finding_with_first_and_last_day(self, opened: OpenStore) -> None:
        store = opened()

        store.reports.add([FRAME, IMAGE, FRAME], DAY, 10)
        store.reports.add([FRAME], DAY + timedelta(days=3), 10)

        assert store.reports.all() == [reported(FRAME, 3, DAY, DAY + timedelta(days=3)), reported(IMAGE, 1)]

    def test_what_was_blocked_and_what_would_have_been_are_two_findings(self, opened: OpenStore) -> None:
        store = opened()

        store.reports.add([FRAME, replace(FRAME, enforced=False)], DAY, 10)

        assert sorted(row.enforced for row in store.reports.all()) == [False, True]

    def test_findings_there_is_no_room_for_are_counted_in_one_row(self, opened: OpenStore) -> None:
        store = opened()
        store.reports.add([FRAME], DAY, 2)

        store.reports.add([replace(IMAGE, page=f"{PAGE}{n}") for n in range(9)], DAY, 2)
        store.reports.add([FRAME], DAY, 2)

        assert [(row.blocked, row.times) for row in store.reports.all()] == [
            (FURTHER, 8), (FRAME.blocked, 2), (IMAGE.blocked, 1)
        ]  # fmt: skip

    def test_what_is_not_reported_any_more_makes_room(self, opened: OpenStore) -> None:
        store = opened()
        store.reports.add([FRAME], DAY, 1)

        store.reports.add([IMAGE], DAY + KEPT_FOR, 1)
        before = [row.blocked for row in store.reports.all()]
        store.reports.add([IMAGE], DAY + KEPT_FOR + timedelta(days=1), 1)

        assert sorted(before) == sorted([FURTHER, FRAME.blocked])
        assert sorted(row.blocked for row in store.reports.all()) == sorted([FURTHER, IMAGE.blocked])

    def test_a_clock_set_back_does_not_make_a_finding_older(self, opened: OpenStore) -> None:
        store = opened()
        store.reports.add([FRAME], DAY, 10)

        store.reports.add([FRAME], DAY - timedelta(days=2), 10)

        assert store.reports.all() == [reported(FRAME, 2)]

    def test_reports_of_many_threads_are_all_counted(self, opened: OpenStore) -> None:
        store = opened()

        def work() -> None:
            for _ in range(10):
                store.reports.add([FRAME], DAY, 9)

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert store.reports.all() == [reported(FRAME, 80)]


def test_where_the_days_are_forgotten_a_clock_that_is_wrong_deletes_nothing_for_a_week() -> None:
    """As in a store that was exchanged or evicted them: two days of 2099 agree with each other, and with nothing else."""
    table, kept = ReportTable({FRAME: reported(FRAME, 3)}), []

    for n in range(8):
        table = table.after([IMAGE], date(2099, 1, 1) + timedelta(days=n), 10, lambda: 0.0)
        kept.append(FRAME in table.rows)

    assert kept == [True] * 6 + [False] * 2


def test_reports_are_written_all_or_not_at_all(tmp_path: Path) -> None:
    def cut_off() -> Iterator[Finding]:
        yield FRAME
        raise OSError("The disk is gone.")

    store = SQLiteStore(tmp_path / "counts.sqlite")

    with pytest.raises(StoreError):
        store.reports.add(cut_off(), DAY, 10)

    assert store.reports.all() == []
    store.close()
