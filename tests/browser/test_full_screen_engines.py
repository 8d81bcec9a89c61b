"""Full screen reaches a video through both frames in Firefox and in WebKit, and nothing that does not need it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.engines import REACHED_INSIDE, until
from support.gated_site import gated_site, reports

from shariff_py.testing import StandIn

pytestmark = [
    pytest.mark.browser,
    pytest.mark.full,
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),
]

VIDEO = '<iframe src="https://www.youtube.com/embed/AbCdEfGhIjK" width="560" height="315"></iframe>'
TIMELINE = (
    '<iframe src="https://www.facebook.com/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2Fleinau"></iframe>'
)
FULL = "document.fullscreenElement?.localName === 'iframe'"


@pytest.mark.parametrize("engine", REACHED_INSIDE)
def test_a_video_fills_the_screen_in_other_engines(engine: str, serve: Any, stand_in: StandIn, tmp_path: Path) -> None:
    site = serve(gated_site(stand_in, tmp_path, {"/video": VIDEO, "/page": TIMELINE}, ["youtube", "facebook"]))
    with REACHED_INSIDE[engine]() as browser:
        browser.open(site.url("/page"))
        browser.press()
        until(lambda: len(reports(stand_in)) == 1)
        browser.open(site.url("/video"))
        browser.press()
        until(lambda: len(reports(stand_in)) == 2)
        browser.press_inside("[data-full-screen]")
        filled = until(lambda: browser.run_script(FULL))

    assert [report["fullScreen"] for report in reports(stand_in)] == [False, True]
    assert filled
