"""Full screen reaches a platform's player through both frames, for a mouse and for a keyboard, where its record names it, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from support.gated_site import gated_site, reports

from shariff_py.testing import StandIn

pytestmark = pytest.mark.browser

VIDEO = '<iframe src="https://www.youtube.com/embed/AbCdEfGhIjK" width="560" height="315"></iframe>'
TIMELINE = (
    '<iframe src="https://www.facebook.com/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2Fleinau"></iframe>'
)
BUTTON = "[data-full-screen]"
FULL = "document.fullscreenElement?.localName === 'iframe'"


@pytest.fixture
def site(serve: Any, stand_in: StandIn, tmp_path: Path) -> Any:
    pages = {"/video": VIDEO, "/page": TIMELINE}
    return serve(gated_site(stand_in, tmp_path, pages, ["youtube", "facebook"]))


def test_a_video_fills_the_screen_by_mouse_and_by_keyboard(chromium: Any, site: Any, stand_in: StandIn) -> None:
    with chromium() as page:
        page.goto(site.url("/video"))
        page.locator("shariff-gate form button").click()
        player = page.frame_locator("shariff-gate iframe").frame_locator("iframe")
        player.locator(BUTTON).click()
        page.wait_for_function(FULL)
        page.evaluate("document.exitFullscreen()")
        page.wait_for_function("document.fullscreenElement === null")

        page.locator("shariff-gate form button").focus()
        for _ in range(12):
            page.keyboard.press("Tab")
            if player.locator(f"{BUTTON}:focus").count():
                break
        expect(player.locator(BUTTON)).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_function(FULL)

    (report,) = reports(stand_in)
    assert report["address"] == "/embed/AbCdEfGhIjK?rel=0"
    assert report["fullScreen"] is True
    assert {"fullscreen", "encrypted-media", "picture-in-picture"} <= set(report["features"])
    assert not {"autoplay", "camera", "geolocation", "microphone", "clipboard-write"} & set(report["features"])


def test_what_needs_no_full_screen_has_none(chromium: Any, site: Any, stand_in: StandIn) -> None:
    with chromium() as page:
        page.goto(site.url("/page"))
        page.locator("shariff-gate form button").click()
        player = page.frame_locator("shariff-gate iframe").frame_locator("iframe")
        expect(player.locator("html[data-requested]")).to_have_count(1)
        expect(player.locator(BUTTON)).to_be_hidden()

    (report,) = reports(stand_in)
    assert report["fullScreen"] is False
    assert "fullscreen" not in report["features"]
