"""heise's own client, npm package ``shariff`` 3.3.0, unmodified, against our server on another origin."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from conftest import Serve
from flask import Flask, Response, request, send_from_directory
from playwright.sync_api import Browser, sync_playwright
from support.headless_shell import headless_shell
from support.paths import TESTS

from shariff_py.audit.visit.chromium import installed
from shariff_py.platforms.count_sources.cached_count import Count
from shariff_py.settings import Settings
from shariff_py.web.standalone import create_app

PACKAGE = TESTS / "npm" / "node_modules" / "shariff"
SERVICES = ("twitter", "facebook", "reddit", "pinterest", "vk", "mail", "info")

pytestmark = pytest.mark.browser


def test_the_package_is_the_one_heise_published_last() -> None:
    assert json.loads((PACKAGE / "package.json").read_text())["version"] == "3.3.0"


class Seen:
    """A WSGI application that records its requests."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.requests: list[tuple[str, str]] = []

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        self.requests.append((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        return self.app(environ, start_response)

    @property
    def counts(self) -> list[str]:
        return [method for method, path in self.requests if path == "/shariff/counts"]


class Stage:
    """A page with heise's script on one origin, our proxy on another. ``store`` is what the proxy knows."""

    def __init__(self, serve: Serve, folder: Path, **counts: Any) -> None:
        self.page = serve(page := Flask("page", static_folder=None))
        origin = self.page.localhost
        settings = Settings.from_mapping(
            {
                "site": {"origin": origin},
                "releases": {name: {"state": "released"} for name in ("facebook", "reddit", "pinterest", "vk")},
                "platforms": {"facebook": {"token": "t"}, "reddit": {"token": "an-id:secret"}},
                "counts": {"store": f"sqlite:///{folder}/counts.sqlite", "scheduler": "outside", **counts},
                "journal": {"path": f"{folder}/outgoing.jsonl"},
                "frame": {"secrets": ["only for these tests"]},
            }
        )
        proxy = create_app(settings)
        self.service = proxy.site.service
        self.seen = Seen(proxy)
        self.proxy = serve(self.seen)
        backend = f"{self.proxy.origin}/shariff/counts"

        @page.get("/<path:name>")
        def article(name: str) -> Response:
            address = request.args.get("address", f"{origin}/{name}")
            return Response(PAGE.format(services=json.dumps(SERVICES), backend=backend, address=address))

        @page.get("/dist/<path:name>")
        def dist(name: str) -> Response:
            return send_from_directory(PACKAGE / "dist", name)

    def knows(self, name: str, **numbers: int) -> str:
        address = f"{self.page.localhost}/{name}"
        self.service.track(address)
        for platform, number in numbers.items():
            self.service.store.record(platform, {address: Count(number)}, self.service.clock())
        return address


PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>News</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/dist/shariff.complete.css"></head>
<body><h1>News</h1>
<div class="shariff" data-lang="en" data-services='{services}' data-backend-url="{backend}" data-url="{address}"></div>
<script src="/dist/shariff.complete.js"></script></body></html>"""


@pytest.fixture
def stage(serve: Serve, tmp_path: Path) -> Stage:
    return Stage(serve, tmp_path)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=headless_shell() or installed())
        yield running
        running.close()


class Reader:
    """Somebody who opens pages, and what they see: the number beside each button, how many buttons, what went wrong."""

    def __init__(self, browser: Browser) -> None:
        self.page = browser.new_context().new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.page.wait_for_load_state("networkidle")

    @property
    def buttons(self) -> int:
        return self.page.locator(".shariff-button").count()

    @property
    def numbers(self) -> dict[str, str]:
        found: dict[str, str | None] = self.page.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll('.shariff-button')].map(
                button => [button.className.split(' ')[1], button.querySelector('.share_count')?.textContent ?? null]))"""
        )
        return {name: number for name, number in found.items() if number is not None}


@pytest.fixture
def reader(browser: Browser) -> Iterator[Reader]:
    found = Reader(browser)
    yield found
    found.page.context.close()


def test_it_shows_our_numbers_as_it_shows_those_of_heises_back_end(reader: Reader, stage: Stage) -> None:
    stage.knows("news", facebook=1452, reddit=7, pinterest=0)

    reader.open(f"{stage.page.localhost}/news")

    assert reader.numbers == {"facebook": "1k", "reddit": "7", "pinterest": "0"}
    assert reader.errors == []
    assert reader.buttons == len(SERVICES)
    assert stage.seen.counts == ["OPTIONS", "GET"], "its Content-Type header makes browsers ask beforehand"


def test_an_unknown_page_has_all_its_buttons_and_no_number_and_is_discovered(reader: Reader, stage: Stage) -> None:
    reader.open(f"{stage.page.localhost}/new")

    assert (reader.numbers, reader.errors, reader.buttons) == ({}, [], len(SERVICES))
    due = stage.service.store.due("vk", stage.service.clock() + 86_400, 10)
    assert [known.page for known in due] == [f"{stage.page.localhost}/new"]
    assert not Path(stage.service.journal.path).exists()


@pytest.mark.parametrize("address", ["https://www.foreign.example/", "news", ""])
def test_an_address_that_is_not_the_sites_costs_nothing_but_the_numbers(
    reader: Reader, stage: Stage, address: str
) -> None:
    reader.open(f"{stage.page.localhost}/news?address={address}")

    assert (reader.numbers, reader.errors, reader.buttons) == ({}, [], len(SERVICES))
    assert stage.seen.counts[-1] == "GET"


def test_from_an_origin_that_is_not_listed_the_response_cannot_be_read(reader: Reader, stage: Stage) -> None:
    """The guard shown failing: the same page with the same numbers, opened under an unlisted origin."""
    stage.knows("news", facebook=17)

    reader.open(stage.page.url(f"/news?address={stage.page.localhost}/news"))

    assert (reader.numbers, reader.buttons) == ({}, len(SERVICES))
    assert any("CORS" in error for error in reader.errors)


def test_a_listed_origin_may_read_it_as_the_sites_own(reader: Reader, serve: Serve, tmp_path: Path) -> None:
    stage = Stage(serve, tmp_path)
    listed = replace(stage.service.settings.counts, origins=(stage.page.origin,))
    stage.seen.app = create_app(replace(stage.service.settings, counts=listed))
    stage.knows("news", facebook=17)

    reader.open(stage.page.url(f"/news?address={stage.page.localhost}/news"))

    assert (reader.numbers, reader.errors) == ({"facebook": "17"}, [])


def test_a_second_page_view_within_the_minute_uses_the_browsers_own_cache(reader: Reader, stage: Stage) -> None:
    stage.knows("news", facebook=17)

    for _ in range(3):
        reader.open(f"{stage.page.localhost}/news")

    assert reader.numbers == {"facebook": "17"}
    assert stage.seen.counts == ["OPTIONS", "GET"]
