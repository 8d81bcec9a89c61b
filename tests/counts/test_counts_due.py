"""When a page is due: by its age, the last answer and the platform's own bound."""

from __future__ import annotations

from typing import Any

import pytest
from support.constants import DAY, HOUR, MINUTE, NOW, PAGE

from shariff_py.counts.refresh_policy import KnownPage, RefreshPolicy, next_refresh
from shariff_py.platforms.count_sources.cached_count import CachedCount, Count, CountResult, Unavailable

POLICY = RefreshPolicy(min_ttl=30 * MINUTE, max_ttl=7 * DAY, min_interval=10 * MINUTE)


class TestDue:
    @pytest.mark.parametrize(
        ("page_age", "hours"),
        [
            pytest.param(0, 0.5, id="just changed: as often as the site wants it"),
            pytest.param(12 * HOUR, 0.5, id="this morning"),
            pytest.param(DAY, 1, id="yesterday"),
            pytest.param(7 * DAY, 7, id="last week"),
            pytest.param(30 * DAY, 30, id="last month"),
            pytest.param(400 * DAY, 168, id="last year: as rarely as the site wants it"),
            pytest.param(-DAY, 0.5, id="tomorrow, by somebody else's clock"),
            pytest.param(-70 * 365 * DAY, 168, id="in 2099, by a clock that was wrong: not new for decades"),
        ],
    )
    def test_young_pages_are_refreshed_often_and_old_ones_rarely(self, page_age: float, hours: float) -> None:
        known = KnownPage(PAGE, NOW - page_age)

        assert next_refresh(known, Count(17), NOW, POLICY, 0.0) == NOW + hours * HOUR

    def test_the_same_bound_for_young_and_old_is_the_same_age_for_all(self) -> None:
        steady = RefreshPolicy(3 * HOUR, 3 * HOUR, 10 * MINUTE)

        assert {steady.ttl(age) for age in (0, DAY, 400 * DAY)} == {3 * HOUR}

    def test_the_platforms_own_bound_is_kept_whatever_the_site_wants(self) -> None:
        hasty = RefreshPolicy(min_ttl=MINUTE, max_ttl=2 * MINUTE, min_interval=10 * MINUTE)

        assert next_refresh(KnownPage(PAGE, NOW), Count(1), NOW, hasty, 0.0) == NOW + 10 * MINUTE

    @pytest.mark.parametrize(
        ("result", "last_good", "minutes"),
        [
            pytest.param(
                Unavailable("unknown-page"), None, 420, id="it does not know the page: an answer like a number"
            ),
            pytest.param(Unavailable("bad-address"), None, 420, id="it cannot know the page: likewise"),
            pytest.param(Unavailable("unknown-page"), 10, 420, id="it knows the page no more: likewise"),
            pytest.param(Unavailable("bad-address"), 10, 420, id="it refuses the address by now: likewise"),
            pytest.param(Unavailable("incomplete"), 10, 420, id="it reported a part of the number: likewise"),
            pytest.param(Unavailable("timeout"), 10, 10, id="it answered minutes ago: soon again"),
            pytest.param(Unavailable("timeout"), 240, 60, id="it has not answered for hours: later"),
            pytest.param(
                Unavailable("timeout"), 100_000, 420, id="it has not for months: no sooner than with an answer"
            ),
            pytest.param(Unavailable("malformed"), None, 420, id="it never answered"),
        ],
    )
    def test_after_a_failure_it_is_due_sooner_and_the_later_the_longer_it_fails(
        self, result: CountResult, last_good: float | None, minutes: float
    ) -> None:
        stored = CachedCount(17, NOW - last_good * MINUTE, NOW) if last_good else CachedCount(None, 0.0, 0.0)
        known = KnownPage(PAGE, NOW - 7 * DAY, stored)

        assert next_refresh(known, result, NOW, POLICY, 0.0) == NOW + minutes * MINUTE

    def test_pages_requested_together_are_not_all_due_together(self) -> None:
        times = [next_refresh(KnownPage(PAGE, NOW), Count(1), NOW, POLICY, roll) for roll in (0.0, 0.5, 0.999)]

        assert times == sorted(set(times))
        assert times[-1] < NOW + 1.1 * 30 * MINUTE


def test_an_attempt_under_way_is_no_result() -> None:
    known: Any = KnownPage(PAGE, NOW, CachedCount(17, NOW, NOW))

    assert next_refresh(known, Unavailable("under-way"), NOW, POLICY, 0.0) == NOW + POLICY.min_interval
    assert known.cached.after(Unavailable("under-way"), NOW + 1).value == 17
