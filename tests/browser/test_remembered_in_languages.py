"""A site in several languages is one controller: what a browser remembers on a page in one language counts on the others."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from demo_app import create_app
from shariff_py.testing import StandIn

pytestmark = pytest.mark.browser

Chromium = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def demo(stand_in: StandIn, tmp_path: Path, serve: Any) -> Any:
    """The portal in German and English, below ``/`` and ``/en/``."""
    settings = {"site": {"origin": "https://www.leinau.example"}, "journal": {"path": str(tmp_path / "outgoing.jsonl")}}
    return serve(create_app({"SHARIFF": settings}, stand_in=stand_in))


def test_a_consent_remembered_on_a_german_page_opens_content_on_an_english_one(
    demo: Any, stand_in: StandIn, chromium: Chromium
) -> None:
    with chromium() as page:
        page.goto(demo.url("/en/"))
        before = page.locator("shariff-gate").first.get_attribute("state")
        page.goto(demo.url("/"))
        page.locator("shariff-gate .shariff-remember").first.check()
        page.locator("shariff-gate button").first.click()
        page.locator("shariff-gate[state=open]").first.wait_for()
        requested = len(stand_in.received)

        page.goto(demo.url("/en/"))
        page.locator("shariff-gate[state=open]").first.wait_for()

        assert before == "asking"
        assert page.evaluate("Object.keys(localStorage)") == ["shariff:facebook:leinau"]
        assert len(stand_in.received) > requested


def test_the_list_names_it_in_the_language_of_the_page(demo: Any, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(demo.url("/"))
        page.locator("shariff-gate .shariff-remember").first.check()
        page.locator("shariff-gate button").first.click()
        page.locator("shariff-gate[state=open]").first.wait_for()
        page.goto(demo.url("/en/privacy"))
        listed = page.locator("shariff-consents li:visible").all_inner_texts()

        assert len(listed) == 1
        assert "City of Leinau" in listed[0]
        assert "Stadt Leinau" not in listed[0]
