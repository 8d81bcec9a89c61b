"""Frames of unknown hosts in responses: one that the response's own policy blocks becomes text and a link, every other one stays."""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response
from test_asgi import answering, response_of
from test_wsgi import EMBED
from werkzeug.test import Client

from shariff_py import Settings, Shariff, gate_html
from shariff_py.gate import PageInfo
from shariff_py.gate.rewrite.context import RewriteContext
from shariff_py.gate.rewrite.rewriter import gated
from shariff_py.response_policy.csp import POLICY, REPORT_ONLY
from shariff_py.response_policy.frame_sources import FramePolicy
from shariff_py.static_site import StaticSite
from shariff_py.web.gated_response import MAX_BUFFERED_BYTES
from shariff_py.web.wsgi import ShariffMiddleware

FRAME = '<iframe src="https://maps.stranger.example/map?at=52.3" title="Map"></iframe>'
PAGE = f"<!doctype html><html lang=en><title>T</title><p>Before</p>{FRAME}<p>After</p>"
LINK = 'href="https://maps.stranger.example/map?at=52.3"'
TEXT = "maps.stranger.example has not been released for this website."


def settings_with(folder: Path, **parts: Mapping[str, Any]) -> Settings:
    return Settings.from_mapping(
        {
            "site": {"origin": "https://www.leinau.example"},
            "frame": {"secrets": ["only for these tests"]},
            "counts": {"store": f"sqlite:///{folder}/counts.sqlite", "scheduler": "outside"},
            "journal": {"path": str(folder / "outgoing.jsonl")},
            **parts,
        }
    )


def page_through(settings: Settings, page: str = PAGE, *headers: tuple[str, str], pieces: int = 1) -> Any:
    def application(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), *headers])
        body = page.encode()
        size = -(-len(body) // pieces)
        return [body[start : start + size] for start in range(0, len(body), size)]

    return Client(ShariffMiddleware(application, settings=settings)).get("/page")


def test_a_frame_that_our_policy_blocks_is_text_and_a_link(tmp_path: Path) -> None:
    reply = page_through(settings_with(tmp_path))

    assert "<iframe" not in reply.text
    assert TEXT in reply.text
    assert LINK in reply.text
    assert "frame-src 'self'" in reply.headers[POLICY]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (POLICY, "frame-src https://maps.stranger.example"),
        (POLICY, "default-src 'self'; frame-src 'self' https://*.stranger.example"),
        (POLICY, "child-src maps.stranger.example:443"),
        (POLICY, "script-src maps.stranger.example"),
        (REPORT_ONLY, "frame-src https://maps.stranger.example"),
    ],
)
def test_a_frame_of_a_host_that_the_sites_own_policy_names_stays(tmp_path: Path, name: str, value: str) -> None:
    assert FRAME in page_through(settings_with(tmp_path), PAGE, (name, value)).text


@pytest.mark.parametrize(
    "value",
    [
        "frame-src 'none'",
        "frame-src https://maps.stranger.example/other/",
        "frame-src http://other.example; script-src https://maps.stranger.example",
        "default-src 'self'; script-src https://maps.stranger.example",
        "frame-src https://maps.stranger.example, frame-src 'self'",
        "frame-src https://maps.stranger.example:8443",
    ],
)
def test_a_frame_that_the_sites_own_policy_blocks_is_text_and_a_link(tmp_path: Path, value: str) -> None:
    reply = page_through(settings_with(tmp_path), PAGE, (POLICY, value))

    assert FRAME not in reply.text
    assert LINK in reply.text


@pytest.mark.parametrize(
    "parts",
    [
        {"headers": {"policy": "report-only"}},
        {"headers": {"policy": "off"}},
        {"gate": {"unknown": "leave"}},
        {"gate": {"unknown": "report"}},
        {"gate": {"allow": ["maps.stranger.example"]}},
        {"gate": {"allow": ["*.stranger.example"]}},
        {"site": {"origin": "https://www.leinau.example", "hosts": ["www.leinau.example", "maps.stranger.example"]}},
    ],
    ids=["report-only", "no policy", "leave", "report", "allowed", "allowed below", "own host"],
)
def test_a_frame_that_nothing_blocks_or_that_is_to_stay_stays(tmp_path: Path, parts: Mapping[str, Any]) -> None:
    assert page_through(settings_with(tmp_path, **parts)).text == PAGE


def test_a_site_that_enforces_nothing_of_ours_keeps_frames_that_its_own_policy_blocks(tmp_path: Path) -> None:
    settings = settings_with(tmp_path, headers={"policy": "report-only"})

    assert page_through(settings, PAGE, (POLICY, "frame-src 'none'")).text == PAGE


def test_a_frame_on_the_host_under_which_the_site_was_requested_stays(tmp_path: Path) -> None:
    own = '<iframe src="http://localhost/map"></iframe>'

    assert page_through(settings_with(tmp_path, site={}), own).text == own


@pytest.mark.parametrize(
    "frame",
    [
        '<iframe src="https://pixel.example/a" hidden></iframe>',
        '<iframe srcdoc="&lt;p>Our own" src="https://maps.stranger.example/"></iframe>',
        '<iframe src="https://pixel.example/a" style="display:none;visibility:hidden"></iframe>',
        '<iframe src="https://pixel.example/a" height="0" width="0"></iframe>',
        '<iframe src="https://pixel.example/a" style="width: 1px; height: 1px"></iframe>',
        '<object data="https://pictures.example/a.svg" type="image/svg+xml"></object>',
        '<iframe src="/own"></iframe><iframe src="https://www.leinau.example/"></iframe><iframe></iframe>',
        '<iframe src="about:blank"></iframe><iframe src="data:text/html,x"></iframe>',
        '<a href="https://maps.stranger.example/">Map</a>',
    ],
)
def test_what_shows_no_error_page_stays(tmp_path: Path, frame: str) -> None:
    assert page_through(settings_with(tmp_path), PAGE.replace(FRAME, frame)).text == PAGE.replace(FRAME, frame)


@pytest.mark.parametrize(
    "frame",
    [
        "<IFRAME SRC=//maps.stranger.example/map?at=52.3></IFRAME>",
        '<iframe loading=lazy src="https&#58;&#47;/maps.stranger.example/map?at=52.3"></iframe>',
        '<iframe data-src="https://maps.stranger.example/map?at=52.3"></iframe>',
        '<iframe src="https:\\\\maps.stranger.example\\map?at=52.3"></iframe>',
        '<iframe title="a < b" src="https://maps.stranger.example/map?at=52.3"></iframe>',
        '<object data="https://maps.stranger.example/map?at=52.3"></object>',
        '<embed src="https://maps.stranger.example/map?at=52.3">',
        '<noscript><iframe src="https://maps.stranger.example/map?at=52.3"></iframe></noscript>',
        "<iframe srcdoc='<iframe src=\"https://maps.stranger.example/map?at=52.3\"></iframe>'></iframe>",
    ],
)
def test_every_form_of_such_a_frame_is_text_and_a_link(tmp_path: Path, frame: str) -> None:
    reply = page_through(settings_with(tmp_path), PAGE.replace(FRAME, frame))

    assert TEXT in reply.text
    assert "maps.stranger.example/map?at=52.3" in unescape(reply.text).partition('href="https://')[2]


@pytest.mark.parametrize("end", ["", "</html>"])
def test_a_page_that_is_streamed_becomes_the_same(tmp_path: Path, end: str) -> None:
    filling = "<p>Text of the page.</p>" * (MAX_BUFFERED_BYTES // 20)
    reply = page_through(settings_with(tmp_path), f"{PAGE}{filling}{FRAME}{end}", pieces=50)

    assert "Content-Length" not in reply.headers
    assert FRAME not in reply.text
    assert reply.text.count(LINK) == 2
    assert filling in reply.text


def test_a_streamed_page_keeps_the_frames_that_its_own_policy_allows(tmp_path: Path) -> None:
    filling = "<p>Text of the page.</p>" * (MAX_BUFFERED_BYTES // 20)
    page = f"{PAGE}{filling}{FRAME}"

    reply = page_through(settings_with(tmp_path), page, (POLICY, "frame-src maps.stranger.example"), pieces=50)

    assert reply.text == page


@pytest.mark.parametrize(("policy", "stays"), [("", False), ("frame-src https://maps.stranger.example", True)])
def test_asynchronous_applications_get_the_same(tmp_path: Path, policy: str, stays: bool) -> None:
    application = answering(PAGE.encode(), headers=[("content-security-policy", policy)] if policy else [])

    reply = response_of(application, settings_with(tmp_path))

    assert (FRAME in reply.body.decode()) is stays
    assert (LINK in reply.body.decode()) is not stays


def test_the_policy_of_an_extension_further_inside_is_read_as_well(tmp_path: Path) -> None:
    app = Flask("leinau")
    settings = settings_with(tmp_path)
    Shariff(app, settings=settings)

    @app.get("/page")
    def page() -> Response:
        response = Response(PAGE)
        response.headers[POLICY] = (
            "frame-src https://maps.stranger.example" if app.config.get("OPEN") else "img-src 'self'"
        )
        return response

    client = Client(ShariffMiddleware(app, settings=settings))

    assert LINK in client.get("/page").text
    app.config["OPEN"] = True
    assert FRAME in client.get("/page").text


@pytest.mark.parametrize(
    ("meta", "policy", "stays"), [(True, "enforce", False), (True, "off", True), (False, "enforce", True)]
)
def test_a_gated_folder_has_the_block_where_its_pages_have_the_policy(
    tmp_path: Path, meta: bool, policy: str, stays: bool
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text(PAGE, encoding="utf-8")
    settings = settings_with(tmp_path, headers={"policy": policy})
    site = StaticSite(settings, tmp_path / "site", tmp_path / "out", meta=meta)
    for entry in site.entries():
        site.process(entry)

    written = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")

    assert (FRAME in written, LINK in written) == (stays, not stays)


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        f"<p>Text</p>{FRAME}{EMBED}<p>Text</p>",
        f"<p>{EMBED}Text {FRAME}<p>Text",
        f"<noscript>{FRAME}</noscript>{EMBED}",
        f"<object data='https://maps.stranger.example/'><p>Instead</p></object>{EMBED}",
        f"<script>document.title = '{FRAME}'</script><!-- {FRAME} -->",
        f"<template>{FRAME}</template><textarea>{FRAME}</textarea>",
    ],
)
def test_the_search_in_the_text_finds_what_reading_every_element_finds(tmp_path: Path, page: str) -> None:
    def context() -> RewriteContext:
        policy = FramePolicy.of([(POLICY, "frame-src 'self'; object-src 'self'")], "https://www.leinau.example/")
        settings = settings_with(tmp_path)
        return RewriteContext.of(settings, PageInfo(url="https://www.leinau.example/", frame_policy=policy))

    searched = gated(page, context())

    assert searched == gated(page, context(), use_prefilter=False)
    assert (searched != page) is not page.startswith("<script")


def test_the_bare_filter_leaves_unknown_frames(tmp_path: Path) -> None:
    assert gate_html(PAGE, settings_with(tmp_path), policy_enforced=True).html == PAGE


def test_without_the_middleware_the_filter_leaves_unknown_frames(tmp_path: Path) -> None:
    app = Flask("leinau")
    Shariff(app, settings=settings_with(tmp_path))

    @app.get("/page")
    def page() -> str:
        return app.jinja_env.from_string("{{ body|gate }}").render(body=FRAME)

    assert FRAME in app.test_client().get("/page").text


@pytest.mark.parametrize(("more", "stays"), [("", True), ("*", False)])
def test_the_body_is_judged_by_the_policy_that_is_sent_however_long_the_sites_own(
    tmp_path: Path, more: str, stays: bool
) -> None:
    """What the site's own policy keeps from platforms ours leaves to it; where ours names fewer hosts than the site's, their frames go."""
    hosts = " ".join(f"https://host{number}.{'x' * 40}.example" for number in range(120))
    policy = f"script-src *; frame-src {more} {hosts} https://maps.stranger.example"

    reply = page_through(settings_with(tmp_path), PAGE, (POLICY, policy))

    assert (FRAME in reply.text, LINK in reply.text) == (stays, not stays)
