"""Before the click no third party is contacted, by any channel; after it exactly one platform is. The browser's network log is the evidence."""

from __future__ import annotations

from typing import Any

import pytest
from support.widget_stage import Stage, press

pytestmark = pytest.mark.browser


@pytest.fixture
def stage(serve: Any) -> Stage:
    return Stage.set(serve)


@pytest.mark.smoke
@pytest.mark.parametrize("javascript", [True, False])
def test_no_third_party_is_contacted_before_the_click_and_one_platform_after(
    stage: Stage, visitor: Any, javascript: bool
) -> None:
    with visitor(stage.site, javascript=javascript, idle_seconds=1.0) as visit:
        visit.page.goto(stage.url)
        visit.look_around()
        visit.idle()
        visit.mark("before")
        before = len(stage.platform.received)
        press(visit.page)
        visit.idle()
        visit.mark("after")

    assert visit.outside("before") == ()
    assert before == 0
    assert {contact.endpoint for contact in visit.outside("after")} == {f"localhost:{stage.stand_in.port}"}
