"""The picture of a gate in a browser: it has its place before it comes, and leaves it to the content."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Page
from support.widget_stage import Stage, in_state, press

pytestmark = pytest.mark.browser

Chromium = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def stage(serve: Any) -> Stage:
    return Stage.set(serve)


def test_nothing_moves_when_the_picture_comes_and_it_goes_when_the_content_does(
    stage: Stage, chromium: Chromium
) -> None:
    with chromium(width=320) as page:
        page.goto(stage.site.url("/picture?lang=en"), wait_until="commit")
        in_state(page, "asking")
        picture, button = page.locator("shariff-gate > img"), page.locator("shariff-gate button")
        empty, below = picture.bounding_box(), button.bounding_box()
        stage.portal.picture_may_come.set()
        page.evaluate("document.images[0].decode()")

        assert page.evaluate("document.images[0].naturalWidth") == 300
        assert empty is not None
        assert empty["width"] > 200
        assert empty["width"] / empty["height"] == pytest.approx(16 / 9, abs=0.02)
        assert (picture.bounding_box(), button.bounding_box()) == (empty, below)
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert stage.platform.received == []

        press(page)
        in_state(page, "open")
        assert not picture.is_visible()
        press(page)
        in_state(page, "asking")
        assert picture.is_visible()


def test_without_script_it_is_shown_and_goes_with_the_press(stage: Stage, chromium: Chromium) -> None:
    stage.portal.picture_may_come.set()
    with chromium(javascript=False) as page:
        page.goto(stage.site.url("/picture?lang=en"))
        picture = page.locator("shariff-gate > img")
        assert picture.is_visible()
        assert stage.platform.received == []

        press(page)
        page.frame_locator("shariff-gate iframe").locator("iframe").wait_for(state="attached")
        picture.wait_for(state="hidden")
