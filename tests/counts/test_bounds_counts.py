"""Each bound of the counts from both sides: the last moment or number on one side of it, and the first on the other."""

from __future__ import annotations

import pytest
from support.constants import DAY, HOUR, NOW

from shariff_py.counts.aliases import summed
from shariff_py.counts.backoff import Backoff
from shariff_py.counts.circuit_breaker import CircuitBreaker
from shariff_py.counts.rate_limit import RateLimit
from shariff_py.counts.refresh_policy import RefreshPolicy
from shariff_py.counts.sliding_window import SlidingWindow
from shariff_py.counts.token_bucket import TokenBucket
from shariff_py.counts.upstream_quota import UpstreamQuota
from shariff_py.platforms.count_sources.cached_count import CachedCount, Count, Unavailable
from shariff_py.platforms.count_sources.exchange import QuotaHeaders
from shariff_py.platforms.count_sources.replies import number, status_reason


@pytest.mark.parametrize(
    ("retry_at", "rests"),
    [(NOW, False), (NOW + 1, True), (NOW + 2 * DAY, True), (NOW + 2 * DAY + 1, False)],
)
def test_a_platform_rests_until_its_time_unless_that_is_more_than_two_days_ahead(retry_at: float, rests: bool) -> None:
    assert Backoff(retry_at).is_resting(NOW) == rests


@pytest.mark.parametrize(
    ("failures", "reason", "tripped"),
    [(0, "token", False), (1, "token", True), (1, "timeout", False), (2, "timeout", False), (3, "timeout", True)],
)
def test_three_failures_open_the_breaker_and_one_where_waiting_does_not_help(
    failures: int, reason: str, tripped: bool
) -> None:
    assert CircuitBreaker(failures, reason).is_tripped == tripped


def test_a_count_may_be_as_old_as_a_24th_of_the_age_of_its_page() -> None:
    assert RefreshPolicy(min_ttl=0, max_ttl=DAY, min_interval=0).ttl(24 * HOUR) == HOUR


@pytest.mark.parametrize(("ends", "left"), [(-60, 10), (0, 10), (60, 7), (HOUR, 7), (2 * HOUR, 7), (2 * HOUR + 60, 10)])
def test_a_minute_counts_for_an_hour_and_none_more_than_an_hour_ahead(ends: float, left: int) -> None:
    """``ends`` is when the minute ends, in seconds after the start of the hour."""
    started = NOW - HOUR
    window = SlidingWindow(((int((started + ends) // 60) - 1, 3),))

    assert window.available(RateLimit(per_hour=10, burst=5), NOW) == left


@pytest.mark.parametrize(("ahead", "pages"), [(0, 5), (HOUR, 3), (2 * HOUR, 1), (2 * HOUR + 1, 5)])
def test_a_bucket_that_is_full_in_more_than_two_hours_is_full(ahead: float, pages: int) -> None:
    assert TokenBucket(NOW + ahead).available(RateLimit(per_hour=2, burst=5), NOW) == pages


@pytest.mark.parametrize(("age", "current"), [(-1, False), (0, True), (HOUR - 1, True), (HOUR, False)])
def test_a_report_of_the_platforms_quota_is_current_for_an_hour(age: float, current: bool) -> None:
    assert UpstreamQuota(0.5, 0.1, NOW - age).is_current(NOW) == current


@pytest.mark.parametrize(
    ("used", "cost", "pages", "room"),
    [(0.4, 0.25, 3, 2), (0.4, 0.25, 2, 2), (0.4, 0.25, 1, 1), (0.9, 0.25, 3, 1), (0.9, 0.0, 3, 3), (0.4, 0.25, 0, 0)],
)
def test_nine_tenths_of_the_platforms_quota_are_used_and_always_one_page(
    used: float, cost: float, pages: int, room: int
) -> None:
    assert UpstreamQuota(used, cost, NOW).available(pages, NOW) == room


@pytest.mark.parametrize(
    ("used", "cost", "exhausted"),
    [(0.0, 1.0, False), (0.9, 0.0, False), (0.9, 0.01, True), (0.95, 0.0, True), (0.5, 0.1, False)],
)
def test_the_platforms_quota_is_exhausted_where_there_is_no_room_for_one_page(
    used: float, cost: float, exhausted: bool
) -> None:
    assert UpstreamQuota(used, cost, NOW).is_exhausted(NOW) == exhausted


@pytest.mark.parametrize(("used", "cost"), [(0.75, 0.125), (0.5, 0.05), (0.25, 0.05)])
def test_what_a_page_costs_is_told_by_growth_alone(used: float, cost: float) -> None:
    before = UpstreamQuota(0.5, 0.05, NOW)

    assert before.after(QuotaHeaders(used=used), 2, NOW) == UpstreamQuota(used, cost, NOW)


@pytest.mark.parametrize(("other", "latest"), [(NOW, 0.0), (NOW + 1, NOW + 1)])
def test_a_sum_has_two_ages_only_where_its_parts_differ_in_age(other: float, latest: float) -> None:
    parts = [{"vk": CachedCount(1, as_of=moment, tried_at=moment)} for moment in (NOW, other)]

    assert summed(parts)["vk"].latest == latest


@pytest.mark.parametrize(
    ("status", "reason"),
    [(399, "malformed"), (400, "refused"), (499, "refused"), (500, "temporary"), (401, "token"), (429, "rate-limited")],
)
def test_a_status_that_is_no_success_is_one_word(status: int, reason: str) -> None:
    assert status_reason(status) == reason


@pytest.mark.parametrize(
    ("value", "result"),
    [
        (0, Count(0)),
        (-1, Unavailable("malformed")),
        (9_007_199_254_740_991, Count(9_007_199_254_740_991)),
        (9_007_199_254_740_992, Unavailable("malformed")),
    ],
)
def test_a_number_is_a_count_from_zero_up_to_what_json_keeps_exactly(value: int, result: object) -> None:
    assert number(value) == result
