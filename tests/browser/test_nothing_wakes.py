"""No script of a page runs after gating that did not run before, in a real Chromium: shown as a document and inserted by a script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import Chromium
from playwright.sync_api import Page
from support.awake_in_a_browser import Way, ran, woken
from support.golden import SETTINGS
from support.sanitizers import cleaned, purified
from support.waking_vectors import WAKING, vectors

from shariff_py.gate import gate_html

pytestmark = pytest.mark.browser

WAYS: tuple[Way, ...] = ("document", "fragment", "template")


@pytest.fixture(scope="module")
def page(chromium: Chromium) -> Iterator[Page]:
    """A page that reaches nobody."""
    with chromium() as opened:
        opened.context.set_offline(True)
        yield opened


def changed(markups: list[str]) -> list[tuple[str, str]]:
    """Those that the gate changes, before and after."""
    pairs = [(markup, gate_html(markup, SETTINGS).html) for markup in markups]
    return [(before, after) for before, after in pairs if before != after]


def test_what_would_wake_without_the_platform_s_part_stays_asleep(page: Page) -> None:
    pairs = changed(list(WAKING))

    assert len(pairs) == len(WAKING)
    assert [woken(page, pairs, way) for way in WAYS] == [[], [], []]


@pytest.mark.parametrize(
    ("amount", "seed", "at_least"), [(100, 1, 70), pytest.param(2500, 2, 1800, marks=pytest.mark.full)]
)
def test_nothing_wakes_in_the_table_of_vectors(page: Page, amount: int, seed: int, at_least: int) -> None:
    pairs = changed([one.markup for one in vectors(amount, seed)])

    assert len(pairs) > at_least
    assert [woken(page, pairs, way) for way in WAYS] == [[], [], []]


SANITIZED_STYLE = (
    '<svg><style>a{background:url(//facebook.com/x)} b{content:"\\3cimg src=x onerror=top.E(1)//"}</style></svg>'
)


def test_what_dompurify_hands_over_stays_as_harmless_as_it_is(page: Page) -> None:
    assert purified(page, [SANITIZED_STYLE]) == [SANITIZED_STYLE]
    assert ran(page, [SANITIZED_STYLE], "fragment") == set()

    after = gate_html(SANITIZED_STYLE, SETTINGS).html

    assert "about:invalid" in after
    assert ran(page, [after], "fragment") == set()


@pytest.mark.parametrize(
    ("amount", "seed", "at_least"), [(150, 3, 30), pytest.param(3000, 4, 600, marks=pytest.mark.full)]
)
def test_nothing_wakes_in_markup_from_dompurify(page: Page, amount: int, seed: int, at_least: int) -> None:
    pairs = changed(purified(page, [one.markup for one in vectors(amount, seed)]))

    assert len(pairs) > at_least
    assert [woken(page, pairs, way) for way in WAYS] == [[], [], []]


@pytest.mark.full
def test_nothing_wakes_in_markup_from_nh3_and_bleach(page: Page) -> None:
    pairs = changed([markup for one in vectors(1500, 5) for markup in cleaned(one.markup)])

    assert len(pairs) > 600
    assert [woken(page, pairs, way) for way in WAYS] == [[], [], []]


@pytest.mark.parametrize("way", WAYS)
def test_what_wakes_is_noticed(page: Page, way: Way) -> None:
    pairs = [
        ("<svg><img><style><img src=x: onerror=top.E(1)></style>", "<svg><style><img src=x: onerror=top.E(1)></style>"),
        ("<img src=x: onerror=top.E(2)>", "<p><img src=x: onerror=top.E(2)>"),
    ]

    assert woken(page, pairs, way) == pairs[:1]
