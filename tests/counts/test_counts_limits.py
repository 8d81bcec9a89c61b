"""How many requests a platform may get: limits, rests, its breaker and its own quota."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.constants import DAY, HOUR, MINUTE, NOW

from shariff_py.counts.backoff import Backoff
from shariff_py.counts.platform_state import EXHAUSTED_SECONDS, PlatformState
from shariff_py.counts.rate_limit import RateLimit
from shariff_py.counts.sliding_window import SlidingWindow
from shariff_py.counts.token_bucket import TokenBucket
from shariff_py.counts.upstream_quota import USABLE_SHARE, UpstreamQuota
from shariff_py.platforms.count_sources.exchange import QuotaHeaders, Reply, retry_after

FREE = RateLimit(per_hour=1000, burst=1000)
SHY = RateLimit(per_hour=60, burst=10)


class TestPlatformState:
    def test_a_new_platform_may_be_requested_up_to_its_burst(self) -> None:
        assert PlatformState().allowed(SHY, NOW) == 10
        assert PlatformState().breaker_state(NOW) == "closed"

    def test_the_rate_limit_refills_gradually(self) -> None:
        state = PlatformState().after_request(10, SHY, NOW)

        assert [state.allowed(SHY, NOW + seconds) for seconds in (0, 59, 60, 300, 600, 99_999)] == [
            0,
            0,
            1,
            5,
            10,
            10,
        ]

    def test_no_more_than_the_hourly_limit_is_requested_however_often_it_is_checked(self) -> None:
        state, requested = PlatformState(), 0
        for second in range(0, 3600, 7):
            now = NOW + second
            pages = state.allowed(SHY, now)
            state = state.after_request(pages, SHY, now) if pages else state
            requested += pages

        assert requested == SHY.per_hour

    @pytest.mark.parametrize("limit", [SHY, FREE, RateLimit(per_hour=100, burst=100)])
    @pytest.mark.parametrize("step", [7, 60, 613])
    def test_in_any_sixty_minutes_no_more_than_the_hourly_limit_is_requested(self, limit: RateLimit, step: int) -> None:
        state = PlatformState()
        requested: list[tuple[float, int]] = []
        for second in range(0, 5 * 3600, step):
            now = NOW + second
            if pages := state.allowed(limit, now):
                state = PlatformState.from_json(state.after_request(pages, limit, now).to_json())
                requested.append((now, pages))

        hours = [sum(pages for at, pages in requested if began <= at < began + HOUR) for began, _ in requested]
        assert max(hours) <= limit.per_hour
        assert sum(pages for _, pages in requested) >= 4 * limit.per_hour

    def test_each_failure_in_a_row_doubles_the_rest_up_to_a_bound(self) -> None:
        state, rests = PlatformState(), []
        for _ in range(12):
            state = state.after_failure("timeout", 50, QuotaHeaders(), NOW, 0.5)
            rests.append(state.backoff.retry_at - NOW)

        assert rests[:5] == [60, 120, 240, 480, 960]
        assert rests[-1] == 6 * HOUR

    def test_rests_are_spread_so_that_many_sites_do_not_come_back_together(self) -> None:
        rests = {
            PlatformState().after_failure("timeout", 50, QuotaHeaders(), NOW, roll).backoff.retry_at - NOW
            for roll in (0.0, 0.25, 0.75, 0.999)
        }

        assert len(rests) == 4
        assert 40 < min(rests) < max(rests) < 80

    def test_the_breaker_opens_after_failures_in_a_row_lets_one_trial_through_and_closes_when_it_succeeds(self) -> None:
        state = PlatformState()
        for _ in range(3):
            assert state.breaker_state(NOW) == "closed"
            state = state.after_failure("temporary", 50, QuotaHeaders(), NOW, 0.5)
        opened = state.backoff.retry_at

        assert (state.breaker_state(NOW), state.allowed(FREE, NOW)) == ("open", 0)
        assert (state.breaker_state(opened), state.allowed(FREE, opened)) == ("half-open", 1)
        again = state.after_failure("temporary", 1, QuotaHeaders(), opened, 0.5)
        assert again.breaker_state(opened) == "open"
        assert again.backoff.retry_at - opened == 2 * (opened - NOW)
        closed = state.after_success(1, QuotaHeaders(), opened)
        assert (closed.breaker_state(opened), closed.allowed(FREE, opened)) == ("closed", 1000)

    def test_a_platform_that_says_how_long_to_wait_rests_for_as_long(self) -> None:
        limited = PlatformState().after_failure("rate-limited", 50, QuotaHeaders(wait=1200.0), NOW, 0.0)
        warned = PlatformState().after_success(50, QuotaHeaders(wait=1200.0), NOW)

        for state in (limited, warned):
            assert state.allowed(FREE, NOW + 1199) == 0
            assert state.allowed(FREE, NOW + 1200) > 0

    def test_a_rate_limit_without_a_wait_rests_longer_than_a_plain_error(self) -> None:
        limited = PlatformState().after_failure("rate-limited", 50, QuotaHeaders(), NOW, 0.5)

        assert limited.backoff.retry_at == NOW + 15 * MINUTE

    @pytest.mark.parametrize("reason", ["token", "permission", "blocked", "version"])
    def test_what_waiting_does_not_cure_stops_at_once(self, reason: str) -> None:
        stopped = PlatformState().after_failure(reason, 50, QuotaHeaders(), NOW, 0.5)

        assert stopped.breaker_state(NOW) == "open"
        assert stopped.allowed(FREE, NOW + 12 * HOUR) == 0

    @pytest.mark.parametrize("reason", ["token", "timeout"])
    def test_a_success_closes_the_breaker_whatever_the_failures_were(self, reason: str) -> None:
        state = PlatformState().after_failure(reason, 50, QuotaHeaders(), NOW, 0.5)

        assert state.after_success(50, QuotaHeaders(), NOW + DAY).breaker_state(NOW + DAY) == "closed"

    def test_a_retry_by_the_operator_forgets_failures_and_keeps_what_was_used(self) -> None:
        used = PlatformState().after_request(10, SHY, NOW)
        failed = used.after_failure("token", 10, QuotaHeaders(), NOW, 0.5)

        again = failed.reset()

        assert (failed.allowed(SHY, NOW + 60), again.breaker_state(NOW + 60)) == (0, "closed")
        assert (again.allowed(SHY, NOW), again.allowed(SHY, NOW + 60)) == (0, 1)

    def test_a_wait_of_weeks_or_one_from_a_wrong_clock_binds_for_a_day_at_most(self) -> None:
        weeks = PlatformState().after_failure("rate-limited", 50, QuotaHeaders(wait=1e7), NOW, 0.0)
        wrong = PlatformState(backoff=Backoff(NOW + 1e9), bucket=TokenBucket(NOW + 1e9))

        assert weeks.allowed(FREE, NOW + DAY) == 1
        assert wrong.allowed(FREE, NOW) == 1000

    def test_the_upstream_quota_is_never_used_up_whatever_its_size(self) -> None:
        """A platform that takes 200 pages an hour and says in each reply how many percent of that are used."""
        state, used = PlatformState(), 0
        while (pages := min(50, state.allowed(FREE, NOW))) and not state.is_resting(NOW):
            used += pages
            state = state.after_request(pages, FREE, NOW).after_success(pages, QuotaHeaders(used=used / 200), NOW)

        assert 150 < used <= USABLE_SHARE * 200
        assert state.backoff.retry_at == NOW + EXHAUSTED_SECONDS
        assert state.allowed(FREE, NOW + EXHAUSTED_SECONDS) == 1, "one page tells how much is left by then"

    def test_a_quota_that_others_have_used_up_stops_requests_from_the_first_reply(self) -> None:
        state = PlatformState().after_request(50, FREE, NOW).after_success(50, QuotaHeaders(used=0.97), NOW)

        assert state.allowed(FREE, NOW) == 0

    def test_a_quota_reported_an_hour_ago_is_ignored(self) -> None:
        state = PlatformState(quota=UpstreamQuota(used=0.9, cost=0.005, reported_at=NOW - HOUR))

        assert state.allowed(FREE, NOW) == 1000

    @example([("ok", 0.0, 2.2e-309, 0.0), ("ok", 0.0, None, 0.0)])
    @example([("ok", 0.0, 2.2e-309, 0.0), ("ok", 0.0, 1e308, 0.0), ("ok", 0.0, None, 0.0)])
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["ok", "timeout", "rate-limited", "token"]),
                st.floats(0, 1e5),
                st.floats(0, 1) | st.none(),
                st.floats(0, 1e6),
            ),
            max_size=30,
        )
    )
    def test_no_history_lets_more_through_than_the_burst_or_locks_a_platform_forever(
        self, history: list[tuple[str, float, float | None, float]]
    ) -> None:
        state, now = PlatformState(), NOW
        for what, wait, used, passed in history:
            pages = state.allowed(SHY, now)
            assert 0 <= pages <= SHY.burst
            state = state.after_request(max(pages, 1), SHY, now)
            quota = QuotaHeaders(used, wait)
            state = (
                state.after_success(1, quota, now) if what == "ok" else state.after_failure(what, 1, quota, now, 0.999)
            )
            now += passed

        assert state.allowed(SHY, now + 3 * DAY) >= 1


class TestClocksThatWereWrong:
    """What another process wrote with a clock that ran ahead is ignored beyond the bound, and valid up to it."""

    def test_a_rest_binds_for_two_days_at_most(self) -> None:
        assert Backoff(NOW + 2 * DAY).is_resting(NOW)
        assert not Backoff(NOW + 2 * DAY + 1).is_resting(NOW)

    def test_a_bucket_is_full_again_in_two_hours_at_most(self) -> None:
        slow = RateLimit(per_hour=60, burst=130)

        assert TokenBucket(NOW + 2 * HOUR).available(slow, NOW) == 10
        assert TokenBucket(NOW + 2 * HOUR + 1).available(slow, NOW) == 130

    def test_a_minute_counts_until_an_hour_after_its_end_and_from_an_hour_before(self) -> None:
        minute = 30_000_000
        end, window = (minute + 1) * MINUTE, SlidingWindow(((minute, 7),))

        counted = [window.available(SHY, end + seconds) for seconds in (-HOUR - 1, -HOUR, 0, HOUR - 1, HOUR)]

        assert counted == [60, 53, 53, 53, 60]


def test_a_quota_whose_cost_is_unknown_bounds_nothing() -> None:
    assert UpstreamQuota(used=0.95, cost=0.0, reported_at=NOW).available(7, NOW) == 7


@pytest.mark.parametrize(
    ("used", "cost", "exhausted"), [(0.0, 0.95, False), (0.4, 0.5, False), (0.4, 0.51, True), (0.91, 0.0, True)]
)
def test_a_quota_is_exhausted_where_one_more_page_passes_nine_tenths(used: float, cost: float, exhausted: bool) -> None:
    assert UpstreamQuota(used, cost, reported_at=NOW).is_exhausted(NOW) is exhausted


def test_a_report_that_has_not_grown_keeps_the_known_cost_of_a_page() -> None:
    known = UpstreamQuota(used=0.5, cost=0.01, reported_at=NOW)

    assert known.after(QuotaHeaders(used=0.5), 10, NOW + 1) == UpstreamQuota(0.5, 0.01, NOW + 1)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", 120.0),
        (" 7 ", 7.0),
        ("Fri, 15 Jan 2027 08:02:00 GMT", 120.0),
        ("Fri, 15 Jan 2027 07:00:00 GMT", 0.0),
        ("", 0.0),
        ("soon", 0.0),
        ("-5", 0.0),
        ("1e9", 0.0),
        ("99999999999999", 0.0),
        ("Fri, 99 Foo 9999999 08:02:00 GMT", 0.0),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(value: str, wait: float) -> None:
    assert retry_after(Reply(429, {"retry-after": value}, b""), NOW) == QuotaHeaders(wait=wait)
