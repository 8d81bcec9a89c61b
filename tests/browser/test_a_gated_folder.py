"""A gated folder behind a plain web server, with the standalone proxy below the prefix, under a real Chromium's network log."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from support.golden import CONFIGURATION
from werkzeug.utils import send_from_directory
from werkzeug.wrappers import Request, Response

from shariff_py.settings import Settings
from shariff_py.static_site import StaticSite
from shariff_py.testing import StandIn
from shariff_py.web.standalone import create_app

pytestmark = pytest.mark.browser

PAGE = (
    '<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Fest</title></head><body><h1>Fest</h1>'
    '<iframe src="https://www.facebook.com/plugins/post.php?href=https://www.facebook.com/leinau/posts/123"></iframe>'
    '<div class="fb-page" data-href="https://www.facebook.com/leinau"></div><p>Ende</p></body></html>'
)

SCRIPT = pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])


@dataclass
class WebServer:
    """What nginx or Apache is on a real site: files from a folder with the headers that were written for it, and one path passed on.

    ``passes_on`` is the proxy; where it is ``None`` nothing answers there, as on a server without one.
    """

    folder: Path
    passes_on: Any
    down: int = 502

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        path = request.path.removeprefix("/") or "index.html"
        if request.method == "GET" and (self.folder / path).is_file():
            response = send_from_directory(self.folder, path, environ)
            response.headers.extend(self._headers())
        elif request.path.startswith("/shariff/") and self.passes_on is not None:
            return self.passes_on(environ, start_response)
        else:
            response = Response("<p>down</p>", self.down if request.method == "POST" else 404, mimetype="text/html")
        return response(environ, start_response)

    def _headers(self) -> Iterator[tuple[str, str]]:
        lines = (self.folder / "_headers").read_text().splitlines()
        for line in lines:
            if line.startswith("  "):
                name, _, value = line.strip().partition(": ")
                yield name, value


def settings(stand_in: StandIn) -> Settings:
    return Settings.from_mapping(
        {
            **CONFIGURATION,
            "counts": {"store": "memory:", "scheduler": "outside"},
            "stand_in": {"www.facebook.com": stand_in.origin},
        }
    )


@pytest.fixture
def publish(stand_in: StandIn, tmp_path: Path, serve: Any) -> Callable[..., Any]:
    """A folder with one page and a link to it, gated and served; ``proxy=False`` leaves the proxy out."""

    def published(*, proxy: bool = True, down: int = 502) -> Any:
        source, target, chosen = tmp_path / "site", tmp_path / "gated", settings(stand_in)
        source.mkdir()
        (source / "index.html").write_text(PAGE, encoding="utf-8")
        site = StaticSite(chosen, source, target)
        for entry in site.entries():
            site.process(entry)
        list(site.write_own_files())
        return serve(WebServer(target, create_app(chosen) if proxy else None, down))

    return published


def press(page: Any) -> None:
    page.get_by_role("button", name="Beitrag laden und Daten an Facebook senden").first.click(timeout=5000)


def frames(stand_in: StandIn) -> list[str]:
    return [received.path for received in stand_in.received if received.path.startswith("/plugins/")]


@SCRIPT
def test_a_gated_folder_is_silent_until_the_click_and_then_loads_exactly_that_content(
    publish: Any, stand_in: StandIn, visitor: Any, javascript: bool
) -> None:
    site = publish()
    with visitor(site, javascript=javascript) as visit:
        response = visit.page.goto(site.url("/"))
        visit.look_around()
        visit.idle(3)
        visit.mark("before")
        widget = visit.page.evaluate("customElements.get('shariff-gate') !== undefined") if javascript else False
        styled = visit.page.locator("shariff-gate").first.evaluate("gate => getComputedStyle(gate).display")
        press(visit.page)
        deadline = time.monotonic() + 10
        while not frames(stand_in) and time.monotonic() < deadline:
            visit.idle(0.2)
        if javascript:
            visit.page.wait_for_selector("shariff-gate[state=open]", timeout=5000)
        visit.mark("after")

    assert "frame-src 'self'" in response.headers["content-security-policy"]
    assert widget is javascript
    assert styled != "inline", "the style sheet came"
    assert visit.outside("before") == ()
    assert frames(stand_in) == ["/plugins/post.php"]
    assert {contact.endpoint for contact in visit.outside("after")} == {stand_in.origin.removeprefix("http://")}


@pytest.mark.parametrize("down", [502, 404, 405])
def test_without_the_proxy_the_click_shows_a_message_and_the_links_stay(
    publish: Any, stand_in: StandIn, visitor: Any, down: int
) -> None:
    site = publish(proxy=False, down=down)
    with visitor(site) as visit:
        visit.page.goto(site.url("/"))
        press(visit.page)
        visit.page.wait_for_selector("shariff-gate[state=failed]", timeout=5000)
        gate = visit.page.locator("shariff-gate").first
        announced = gate.get_by_role("status").inner_text()
        link = gate.locator("a.shariff-choice").is_visible()
        visit.mark("pressed")

    assert announced
    assert link
    assert visit.outside("pressed") == ()
    assert frames(stand_in) == []


def test_without_the_proxy_and_without_script_the_links_stay(publish: Any, stand_in: StandIn, visitor: Any) -> None:
    site = publish(proxy=False)
    with visitor(site, javascript=False) as visit:
        visit.page.goto(site.url("/"))
        press(visit.page)
        visit.idle(1)
        link = visit.page.locator("shariff-gate").first.locator("a.shariff-choice").is_visible()
        visit.mark("pressed")

    assert link
    assert visit.outside("pressed") == ()


def test_the_same_folder_not_gated_would_not_be_silent(
    stand_in: StandIn, tmp_path: Path, serve: Any, visitor: Any
) -> None:
    (tmp_path / "_headers").touch()
    (tmp_path / "index.html").write_text(PAGE.replace("https://www.facebook.com/plugins", "http://leak.platform.test"))
    site = serve(WebServer(tmp_path, None))
    with visitor(site) as visit:
        visit.page.goto(site.url("/"))
        visit.idle(2)
        visit.mark("before")

    assert {contact.host for contact in visit.outside("before")} == {"leak.platform.test"}
