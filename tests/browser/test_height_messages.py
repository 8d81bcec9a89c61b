"""A platform's frame may tell how high it is: only its own window at its own origin is listened to, and only within bounds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask, render_template_string
from playwright.sync_api import expect

from shariff_py import Shariff
from shariff_py.platforms.recognition import recognise

pytestmark = pytest.mark.browser

ADDRESSES = {
    "instagram": "https://www.instagram.com/p/CabcDefGhiJ/",
    "mastodon": "https://social.example.org/@musterstadt/112233445566778899",
    "x": "https://x.com/musterstadt/status/1234567890123456789",
}
REPLIES = """<script>onmessage = (e) => e.data.type === "setHeight" && parent.postMessage({ ...e.data, height: 321 }, "*")</script>"""


PAGE = """<!doctype html><html lang="en"><head>{{ shariff.widget() }}</head><body>{{ shariff.embed(address) }}</body></html>"""


def platform() -> Flask:
    """Any frame of any platform: it says nothing of itself, and replies to a request of Mastodon's kind."""
    app = Flask("platform")
    app.add_url_rule("/<path:path>", "frame", lambda path: f"<!doctype html><title>{path}</title>{REPLIES}")
    return app


def site(frames: str) -> Flask:
    app = Flask("site")
    app.config["SHARIFF"] = {
        "site": {"hosts": ["127.0.0.1"]},
        "frame": {"secrets": ["only for these tests"]},
        "releases": {name: {"state": "released"} for name in ADDRESSES},
        "controllers": {"city": {"name": "Stadt", "contact_url": "/c", "privacy_url": "/p", "alternative_url": "/"}},
        "platforms": {
            "mastodon": {
                "servers": {
                    "social.example.org": {
                        "operator": "Stadt",
                        "address": "Rathaus",
                        "country": "DE",
                        "privacy_url": "https://social.example.org/privacy-policy",
                    }
                }
            }
        },
        "stand_in": {recognise(address).frame_host: frames for address in ADDRESSES.values()},
    }
    Shariff(app)

    @app.get("/<name>")
    def page(name: str) -> str:
        return render_template_string(PAGE, address=ADDRESSES[name])

    return app


def message(content: object) -> str:
    return f"parent.postMessage({json.dumps(content)}, '*')"


MEASURED = json.dumps({"type": "MEASURE", "details": {"height": 437.2}})
RESIZED = {"twttr.embed": {"method": "twttr.private.resize", "params": [{"width": 550, "height": 612}]}}


class TestAFrame:
    @pytest.fixture
    def opened(self, serve: Any, chromium: Any) -> Any:
        """The page of a platform with its gate open; the platform's frame; what gives its height."""
        frames, served = serve(platform()), None
        served = serve(site(frames.localhost))

        def open_gate(name: str, page: Any) -> tuple[Any, Any]:
            page.goto(served.url(f"/{name}"))
            page.locator("shariff-gate form button").click()
            page.locator("shariff-gate[state=open]").wait_for()
            inner = next(frame for frame in page.frames if frame.url.startswith(frames.localhost))
            content = page.frame_locator("shariff-gate iframe").locator("iframe")
            return inner, content

        with chromium() as page:
            yield page, open_gate

    def test_tells_its_height_and_gets_it(self, opened: Any) -> None:
        page, open_gate = opened
        inner, content = open_gate("instagram", page)
        assert content.get_attribute("height") == "880"

        inner.evaluate(message(MEASURED))

        expect(content).to_have_attribute("height", "438")
        page.wait_for_function("document.querySelector('shariff-gate iframe').offsetHeight < 600")

        inner, content = open_gate("x", page)
        inner.evaluate(message(RESIZED))
        expect(content).to_have_attribute("height", "612")

    def test_is_asked_for_it_where_it_has_to_be(self, opened: Any) -> None:
        page, open_gate = opened
        _, content = open_gate("mastodon", page)

        expect(content).to_have_attribute("height", "321")

    def test_says_nothing_else_and_nobody_says_it_for_it(self, opened: Any) -> None:
        page, open_gate = opened
        inner, content = open_gate("instagram", page)

        for other in (
            {"type": "OTHER", "details": {"height": 500}},
            {"type": "MEASURE", "details": {"height": 79}},
            {"type": "MEASURE", "details": {"height": 5001}},
            {"type": "MEASURE", "details": {"height": "<b>"}},
            {"type": "MEASURE", "details": None},
            "{",
            None,
        ):
            inner.evaluate(message(other))
        page.evaluate(f"document.querySelector('shariff-gate iframe').contentWindow.postMessage({MEASURED!r}, '*')")
        inner.evaluate(
            """measured => new Promise((done) => {
            const other = document.body.appendChild(document.createElement("iframe"));
            other.contentWindow.eval(`parent.parent.postMessage('${measured}', "*")`);
            setTimeout(done, 300);
        })""",
            MEASURED,
        )

        assert content.get_attribute("height") == "880"
