"""Room for reports in every store: made-up ones hide no real ones, and no reading of the clock deletes them or keeps them for ever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from support.constants import PAGE
from support.stores import DAY, FRAME, IMAGE, OpenStore

from shariff_py.stores import Finding, Store
from shariff_py.stores.report_store import FURTHER

FONT = Finding("https://fonts.unknown.example", "font-src", PAGE, enforced=True)
INLINE = Finding("inline", "script-src", PAGE, enforced=True)
BOOT = date(1970, 1, 1)
FAR = date(2099, 1, 1)


def made_up(many: int, host: str = "https://h{0}.example") -> list[Finding]:
    return [Finding(host.format(n), "img-src", f"{PAGE}{n}", enforced=True) for n in range(many)]


def hosts(store: Store) -> set[str]:
    return {row.blocked for row in store.reports.all()}


def on_days(store: Store, findings: Sequence[Finding], first: date, many: int, most: int = 20) -> None:
    for n in range(many):
        store.reports.add(findings, first + timedelta(days=n), most)


class TestRoom:
    def test_a_flood_of_unknown_hosts_takes_a_quarter_and_hides_no_platform(self, opened: OpenStore) -> None:
        store = opened()
        store.reports.add(made_up(200), DAY, 20)

        store.reports.add([FRAME, IMAGE, INLINE], DAY, 20)

        assert {FRAME.blocked, IMAGE.blocked, "inline"} <= hosts(store)
        assert sum(row.blocked.endswith(".example") for row in store.reports.all()) == 5

    def test_a_flood_about_one_platform_displaces_only_its_own_rows(self, opened: OpenStore) -> None:
        store = opened()
        store.reports.add([IMAGE, INLINE, FONT], DAY, 20)

        store.reports.add(made_up(300, "https://h{0}.facebook.com"), DAY, 20)

        assert {IMAGE.blocked, "inline", FONT.blocked} <= hosts(store)
        assert len(store.reports.all()) == 21

    def test_after_a_flood_of_a_platform_a_host_never_seen_before_still_has_room(self, opened: OpenStore) -> None:
        store = opened()
        store.reports.add(made_up(300, "https://h{0}.facebook.com"), DAY, 20)

        store.reports.add([IMAGE, FONT], DAY, 20)

        assert {IMAGE.blocked, FONT.blocked} <= hosts(store)

    def test_of_unknown_hosts_a_new_one_displaces_one_that_was_seen_rarely(self, opened: OpenStore) -> None:
        store = opened()
        often = made_up(3, "https://often{0}.example")
        for _ in range(5):
            store.reports.add(often, DAY, 20)

        store.reports.add(made_up(100), DAY, 20)
        store.reports.add([FONT], DAY, 20)

        assert {FONT.blocked, *(finding.blocked for finding in often)} <= hosts(store)

    def test_one_that_was_seen_often_but_long_ago_is_displaced_as_well(self, opened: OpenStore) -> None:
        store = opened()
        for _ in range(9):
            store.reports.add(made_up(5, "https://flood{0}.example"), DAY, 20)

        store.reports.add(made_up(40), DAY + timedelta(days=1), 20)

        assert not any("flood" in host for host in hosts(store))

    def test_no_report_is_lost_from_the_sum(self, opened: OpenStore) -> None:
        store = opened()

        store.reports.add([*made_up(100), *made_up(100, "https://h{0}.facebook.com"), FRAME], DAY, 20)

        assert sum(row.times for row in store.reports.all()) == 201
        assert len(store.reports.all()) == 21

    def test_with_the_least_room_a_platform_comes_before_an_unknown_host(self, opened: OpenStore) -> None:
        store = opened()

        store.reports.add([FONT, FRAME, FONT], DAY, 1)

        assert hosts(store) == {FRAME.blocked, FURTHER}


class TestClocks:
    @pytest.mark.parametrize("wrong", [BOOT, FAR])
    def test_one_wrong_reading_deletes_nothing(self, opened: OpenStore, wrong: date) -> None:
        store = opened()
        on_days(store, [FRAME], DAY, 30)

        store.reports.add([IMAGE], wrong, 20)
        store.reports.add([IMAGE], DAY + timedelta(days=30), 20)

        assert hosts(store) == {FRAME.blocked, IMAGE.blocked}

    @pytest.mark.parametrize("wrong", [BOOT, FAR])
    def test_a_clock_that_is_wrong_for_days_deletes_nothing_either(self, opened: OpenStore, wrong: date) -> None:
        store = opened()
        on_days(store, [FRAME], DAY, 30)

        on_days(store, [IMAGE], wrong, 6)
        on_days(store, [IMAGE], DAY + timedelta(days=40), 20)

        assert hosts(store) == {FRAME.blocked, IMAGE.blocked}

    def test_what_was_reported_in_2099_is_deleted_in_time_like_anything_else(self, opened: OpenStore) -> None:
        store = opened()
        on_days(store, [IMAGE], DAY, 3)
        store.reports.add([FRAME], FAR, 20)

        on_days(store, [IMAGE], DAY + timedelta(days=3), 110)

        assert hosts(store) == {IMAGE.blocked}

    def test_a_report_of_2099_stops_deleting_for_a_week_at_most(self, opened: OpenStore) -> None:
        store = opened()
        store.reports.add([FRAME], DAY, 20)
        on_days(store, [IMAGE], DAY + timedelta(days=60), 30)
        store.reports.add([IMAGE], FAR, 20)

        on_days(store, [IMAGE], DAY + timedelta(days=90), 6)
        before = hosts(store)
        on_days(store, [IMAGE], DAY + timedelta(days=96), 2)

        assert before == {FRAME.blocked, IMAGE.blocked}
        assert hosts(store) == {IMAGE.blocked}

    def test_a_clock_that_was_set_right_after_years_is_believed_after_a_week(self, opened: OpenStore) -> None:
        store = opened()
        on_days(store, [FRAME], BOOT, 3)

        on_days(store, [IMAGE], DAY, 6)
        before = hosts(store)
        on_days(store, [IMAGE], DAY + timedelta(days=6), 2)

        assert before == {FRAME.blocked, IMAGE.blocked}
        assert hosts(store) == {IMAGE.blocked}

    def test_the_last_day_of_a_finding_comes_back_from_the_future(self, opened: OpenStore) -> None:
        store = opened()
        on_days(store, [FRAME], DAY, 3)
        store.reports.add([FRAME], FAR, 20)

        on_days(store, [replace(FRAME, page=f"{PAGE}b")], DAY + timedelta(days=3), 8)

        assert max(row.last for row in store.reports.all()) == DAY + timedelta(days=10)
