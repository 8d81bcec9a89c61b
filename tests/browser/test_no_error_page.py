"""A frame of an unknown host in a real Chromium: where the page's policy blocks it, people read what it is and have a link to it."""

from __future__ import annotations

from typing import Any

import pytest

from shariff_py import Settings
from shariff_py.response_policy.csp import POLICY
from shariff_py.web.wsgi import ShariffMiddleware

pytestmark = pytest.mark.browser

ERROR_PAGE = "chrome-error://chromewebdata/"
"""The address of the grey page that Chromium shows in place of a frame that is blocked."""

MAP = "the map of a stranger"


def answering(body: str, own: str = "") -> Any:
    def application(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), *([(POLICY, own)] if own else [])])
        return [body.encode()]

    return application


def site(serve: Any, page: str, own: str = "", **gate: str) -> Any:
    settings = Settings.from_mapping(
        {
            "site": {"hosts": ["127.0.0.1"], "language": "en"}, "frame": {"secrets": ["only for these tests"]},
            "counts": {"store": "memory:", "scheduler": "outside"}, "gate": gate,
        }
    )  # fmt: skip
    return serve(ShariffMiddleware(answering(page, own), settings=settings))


def test_people_see_text_and_a_link_and_never_the_browsers_error_page(serve: Any, chromium: Any) -> None:
    stranger = serve(answering(f"<!doctype html><title>Map</title><p>{MAP}</p>"))
    frames = {
        "iframe": f'<iframe src="{stranger.localhost}/map"></iframe>',
        "object": f'<object data="{stranger.localhost}/map" type="text/html"></object>',
        "embed": f'<embed src="{stranger.localhost}/map" type="text/html">',
    }
    for name, frame in frames.items():
        page = f"<!doctype html><html lang=en><title>Page</title><p>Before</p>{frame}<p>After</p>"
        by_default, left = site(serve, page), site(serve, page, unknown="leave")
        named = site(
            serve, page, f"default-src 'self'; frame-src {stranger.localhost}; object-src {stranger.localhost}"
        )
        with chromium() as visit:
            visit.goto(by_default.url("/"))
            assert [f.url for f in visit.frames] == [by_default.url("/")], name
            assert visit.get_by_text("has not been released for this website").is_visible()
            assert visit.get_by_role("link").get_attribute("href") == f"{stranger.localhost}/map"

            visit.goto(left.url("/"))
            assert MAP not in [f.text_content("body") for f in visit.frames], name
            if name == "iframe":
                assert [f.url for f in visit.frames][1:] == [ERROR_PAGE]

            visit.goto(named.url("/"))
            assert [f.text_content("body") for f in visit.frames][1:] == [MAP], name
