"""A site's own colours: while a site is made, `shariff-check.min.js` says in the console where they break the contrast (R84)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Page
from support.widget_stage import Stage

from shariff_py.settings.checks import THEMES
from shariff_py.web.assets import static_folder

pytestmark = pytest.mark.browser

Chromium = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def stage(serve: Any) -> Stage:
    return Stage.set(serve)


def warnings(page: Page, **colours: str) -> set[str]:
    """What the check warns of on the page as it is, with these CSS variables set, each kind once."""
    page.evaluate("own => Object.assign(document.documentElement.style, {colorScheme: 'light dark'})")
    for name, value in colours.items():
        page.evaluate(
            "([name, value]) => document.documentElement.style.setProperty(name, value)", [f"--shariff-{name}", value]
        )
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.evaluate(f"() => {{ {(static_folder() / 'shariff-check.min.js').read_text()} }}")
    return {text.partition(" has a contrast")[0].removeprefix("shariff: ") for text in said}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_our_own_colours_pass_in_every_theme(stage: Stage, chromium: Chromium, scheme: str) -> None:
    with chromium() as page:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = {}
        for theme in THEMES:
            page.goto(stage.site.url(f"/share?theme={theme}"))
            found[theme] = warnings(page)
        page.goto(stage.url)
        found["gate"] = warnings(page)

    assert found == {shown: set() for shown in [*THEMES, "gate"]}


@pytest.mark.parametrize(
    ("colours", "warned"),
    [
        ({"surface": "#666"}, {"text", "border"}),
        ({"surface": "rgb(0 0 0 / 60%)"}, {"text", "border"}),
        ({"control": "#ccc"}, {"border"}),
        ({"focus": "color-mix(in srgb, yellow 40%, white)"}, {"focus"}),
        ({"surface": "oklch(97% 0.02 250)", "control": "#555", "focus": "navy", "line": "#eee"}, set()),
    ],
)
def test_colours_of_a_site_that_break_the_contrast_are_named(
    stage: Stage, chromium: Chromium, colours: dict[str, str], warned: set[str]
) -> None:
    with chromium() as page:
        page.goto(stage.url)

        assert warnings(page, **colours) == warned
