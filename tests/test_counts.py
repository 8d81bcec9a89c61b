"""When a page is due, and into which requests due pages go."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest

from shariff_py.counts import plan
from shariff_py.counts.due import Ages, KnownPage, due
from shariff_py.platforms.exchange import StoredReading
from shariff_py.platforms.register import REGISTER
from shariff_py.settings import Settings

NOW = 1_800_000_000.0
MINUTE = 60.0
AGES = Ages(refresh=180 * MINUTE, shortest=10 * MINUTE)
PAGE = "https://www.example.org/"


def never() -> float:
    return 0.0


def tried(minutes_ago: float, *, read: float | None = None, reason: str = "") -> StoredReading:
    value, as_of = (17, NOW - read * MINUTE) if read is not None else (None, 0.0)
    return StoredReading(value, as_of, NOW - minutes_ago * MINUTE, reason)


def due_one(reading: StoredReading, *, dice: Callable[[], float] = never) -> bool:
    return bool(due([KnownPage(PAGE, reading)], NOW, AGES, dice))


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        pytest.param(tried(180, read=180), True, id="as old as it may get"),
        pytest.param(tried(179, read=179), False, id="younger than that"),
        pytest.param(tried(9, read=600, reason="timeout"), False, id="old, but asked nine minutes ago in vain"),
        pytest.param(tried(10, read=600, reason="timeout"), True, id="old, and asked ten minutes ago in vain"),
        pytest.param(tried(10, reason="temporary"), True, id="never read, asked ten minutes ago in vain"),
        pytest.param(tried(60, reason="unknown-page"), False, id="unknown to the platform an hour ago"),
        pytest.param(tried(180, reason="unknown-page"), True, id="unknown to the platform three hours ago"),
        pytest.param(tried(-5, read=-5), False, id="asked five minutes in the future: a clock a little off"),
        pytest.param(tried(-500_000, read=-500_000), True, id="asked next year: a clock that was set back"),
    ],
)
def test_a_page_is_due_by_the_age_of_its_number_and_the_rest_after_every_attempt(
    reading: StoredReading, expected: bool
) -> None:
    assert due_one(reading) is expected


def test_a_page_that_was_never_asked_about_is_due_at_once() -> None:
    assert due([KnownPage(PAGE)], NOW, AGES, lambda: 0.999) == [PAGE]


def test_the_page_that_waited_longest_comes_first() -> None:
    pages = [
        KnownPage(PAGE + "yesterday", tried(1440, read=1440)),
        KnownPage(PAGE + "today", tried(200, read=200)),
        KnownPage(PAGE + "never"),
        KnownPage(PAGE + "week", tried(10_080, read=10_080)),
    ]

    found = due(pages, NOW, AGES, never)

    assert found == [PAGE + "never", PAGE + "week", PAGE + "yesterday", PAGE + "today"]


def test_pages_read_together_are_not_all_due_together() -> None:
    pages = [KnownPage(PAGE + str(n), tried(185, read=185)) for n in range(4)]
    rolls = iter([0.0, 0.9, 0.1, 0.999])

    found = due(pages, NOW, AGES, lambda: next(rolls))

    assert found == [PAGE + "0", PAGE + "2"]


def settings(**over: object) -> Settings:
    values = {
        "releases": {"facebook": {"state": "released"}},
        "platforms": {"facebook": {"token": "a-token"}},
        **over,
    }
    return Settings.from_mapping(values)


def test_a_released_platform_with_its_token_is_asked() -> None:
    assert list(plan.sources(settings())) == ["facebook"]


@pytest.mark.parametrize("state", ["not_released", "suspended", "withdrawn"])
def test_a_platform_that_is_not_released_is_never_asked(state: str) -> None:
    assert plan.sources(settings(releases={"facebook": {"state": state}})) == {}


def test_a_platform_without_its_token_is_never_asked() -> None:
    assert plan.sources(settings(platforms={})) == {}


def test_120_pages_are_three_requests_that_ask_about_each_page_once_and_in_order() -> None:
    pages = [f"{PAGE}{n}" for n in range(120)]
    source = plan.sources(settings())["facebook"]

    requests = list(plan.requests("facebook", source, pages, settings()))

    assert [len(request.pages) for request in requests] == [50, 50, 20]
    assert [page for request in requests for page in request.pages] == pages
    (batch,) = parse_qs(requests[2].body.decode())["batch"]
    assert len(json.loads(batch)) == 20


def test_the_version_that_was_set_is_asked_and_else_the_registers() -> None:
    pinned = settings(platforms={"facebook": {"token": "a-token", "version": "v25.0"}})
    source = plan.sources(pinned)["facebook"]

    (with_setting,) = plan.requests("facebook", source, [PAGE], pinned)
    (without,) = plan.requests("facebook", source, [PAGE], settings())

    assert with_setting.path == "/v25.0/"
    assert without.path == f"/{source.version}/"


@pytest.mark.parametrize("name", [name for name, record in REGISTER.items() if record.counts])
def test_no_due_pages_are_no_requests(name: str) -> None:
    source = REGISTER[name].counts
    assert source is not None

    assert list(plan.requests(name, source, [], settings())) == []
