"""A gate shows what the server keeps of its content, where the page gives nothing of its own; a visit fetches nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask, Response, render_template_string, request
from support.asgi_client import as_wsgi
from support.previewed_site import DAY, FILM, VIDEO, Clock, previews, values
from werkzeug.test import Client

from shariff_py import Shariff
from shariff_py.consent_ui.preview import NOTHING, Preview
from shariff_py.gate import PageInfo, gate_page
from shariff_py.platforms.recognition import recognise
from shariff_py.previews.folder import name_of
from shariff_py.settings import Settings
from shariff_py.testing import StandIn
from shariff_py.web import asgi
from shariff_py.web.wsgi import ShariffMiddleware

FRAME = '<!doctype html><title>x</title><iframe src="https://video.leinau.example/videos/embed/aBcDeFgHiJkLmNoPqRsTuV"></iframe>'
TITLE = f"Example for {FILM} (Example author)"


def on_flask(folder: Path, stand_in: StandIn) -> Client:
    app = Flask("leinau")
    app.config["SHARIFF"] = values(folder, stand_in, "youtube", "peertube")
    Shariff(app)
    app.add_url_rule("/", view_func=lambda: render_template_string("{{ shariff.embed(url) }}", url=FILM))
    return app.test_client()


def behind_the_filter(folder: Path, stand_in: StandIn) -> Client:
    app = Flask("leinau")
    app.config["SHARIFF"] = values(folder, stand_in, "youtube", "peertube")
    Shariff(app)
    app.add_url_rule("/", view_func=lambda: render_template_string("{{ html|gate }}", html=FRAME))
    return app.test_client()


def behind_the_middleware(folder: Path, stand_in: StandIn) -> Client:
    app = Flask("leinau")
    app.add_url_rule("/", view_func=lambda: FRAME)
    settings = Settings.from_mapping(values(folder, stand_in, "youtube", "peertube"))
    return Client(ShariffMiddleware(app, settings=settings))


def behind_the_asgi_middleware(folder: Path, stand_in: StandIn) -> Client:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-type", b"text/html; charset=utf-8")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": FRAME.encode()})

    settings = Settings.from_mapping(values(folder, stand_in, "youtube", "peertube"))
    return Client(as_wsgi(asgi.ShariffMiddleware(app, settings=settings)))


WAYS = pytest.mark.parametrize("way", [on_flask, behind_the_filter, behind_the_middleware, behind_the_asgi_middleware])
Way = Callable[[Path, StandIn], Client]


def gate(client: Client) -> Tag:
    found = BeautifulSoup(client.get("/").text, "html.parser").find("shariff-gate")
    assert isinstance(found, Tag)
    return found


@WAYS
def test_the_gate_shows_title_author_and_picture_from_the_site_itself(
    tmp_path: Path, stand_in: StandIn, way: Way
) -> None:
    previews(tmp_path, stand_in, "peertube", clock=time.time).fetch(FILM)
    client = way(tmp_path, stand_in)

    shown = gate(client)

    picture = shown.find("img")
    assert isinstance(picture, Tag)
    assert picture["alt"] == ""
    assert TITLE in shown.get_text()
    reply = client.get(str(picture["src"]))
    assert (reply.status_code, reply.mimetype) == (200, "image/webp")
    assert reply.data[:4] == b"RIFF"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    assert client.get(str(picture["src"]), headers={"If-None-Match": reply.headers["ETag"]}).status_code == 304


@pytest.mark.slow
@WAYS
def test_a_hundred_visits_fetch_nothing(tmp_path: Path, stand_in: StandIn, way: Way) -> None:
    previews(tmp_path, stand_in, "peertube", clock=time.time).fetch(FILM)
    client = way(tmp_path, stand_in)
    stand_in.clear()

    for _ in range(100):
        assert gate(client).find("img") is not None

    assert stand_in.received == []
    assert stand_in.connections == 0


@WAYS
def test_where_nothing_is_kept_the_gate_is_as_it_was_and_nothing_is_fetched(
    tmp_path: Path, stand_in: StandIn, way: Way
) -> None:
    shown = gate(way(tmp_path, stand_in))

    assert shown.find("img") is None
    assert "Example" not in shown.get_text()
    assert stand_in.connections == 0
    assert not (tmp_path / "previews").exists()


def test_what_the_page_says_itself_comes_first(tmp_path: Path, stand_in: StandIn) -> None:
    kept = previews(tmp_path, stand_in, "peertube")
    kept.fetch(FILM)
    settings = Settings.from_mapping(values(tmp_path, stand_in, "peertube"))
    frame = FRAME.replace("<iframe", '<iframe data-shariff-title="Rathausfest" data-shariff-picture="/fest.jpg"')
    title_alone = FRAME.replace("<iframe", '<iframe data-shariff-title="Rathausfest"')

    whole = gate_page(frame, settings, PageInfo(previews=kept.shown)).html
    part = gate_page(title_alone, settings, PageInfo(previews=kept.shown)).html

    assert "Rathausfest" in whole
    assert 'src="/fest.jpg"' in whole
    assert "Example" not in whole + part
    assert "Rathausfest" in part
    assert 'src="/shariff/previews/' in part


def test_a_title_is_a_text_whatever_is_in_it(tmp_path: Path, stand_in: StandIn) -> None:
    kept = previews(tmp_path, stand_in, "peertube")
    stand_in.behave(body=b'{"title": "<img src=x onerror=alert(1)> {{ 7 * 7 }}", "author_name": "<script>"}')
    kept.fetch(FILM)
    settings = Settings.from_mapping(values(tmp_path, stand_in, "peertube"))

    shown = gate_page(FRAME, settings, PageInfo(previews=kept.shown)).html

    assert "&lt;img src=x onerror=alert(1)&gt; {{ 7 * 7 }} (&lt;script&gt;)" in shown
    assert BeautifulSoup(shown, "html.parser").find_all("img") == []


def test_a_title_that_is_too_long_is_cut_and_who_made_it_stays(tmp_path: Path, stand_in: StandIn) -> None:
    kept = previews(tmp_path, stand_in, "youtube")
    settings = Settings.from_mapping(values(tmp_path, stand_in, "youtube"))
    told = {"title": "Speech " * 40, "author_name": f"Town of Leinau & {'friends ' * 20}"}
    stand_in.behave(body=json.dumps(told).encode())
    kept.fetch(VIDEO)

    shown = BeautifulSoup(gate_page(VIDEO_FRAME, settings, PageInfo(previews=kept.shown)).html, "html.parser")

    title = shown.find(class_="shariff-title")
    assert title is not None
    assert title.get_text() == (
        f"{' '.join(['Speech'] * 16)}… (Town of Leinau & friends friends friends friends friends friends friends…)"
    )


def test_a_mounted_application_names_the_picture_where_visitors_find_it(tmp_path: Path, stand_in: StandIn) -> None:
    previews(tmp_path, stand_in, "peertube", clock=time.time).fetch(FILM)
    client = on_flask(tmp_path, stand_in)

    shown = client.get("/", base_url="http://localhost/portal/").text

    assert 'src="/portal/shariff/previews/' in shown


@pytest.mark.parametrize(
    "name",
    [
        "",
        "x.webp",
        "../outgoing.jsonl",
        "..%2f..%2fetc%2fpasswd",
        f"{'0' * 32}.webp",
        f"{'0' * 32}.json",
        f"{'A' * 32}.webp",
    ],
)
def test_nothing_else_of_the_folder_is_served(tmp_path: Path, stand_in: StandIn, name: str) -> None:
    previews(tmp_path, stand_in, "peertube", clock=time.time).fetch(FILM)
    client = on_flask(tmp_path, stand_in)

    assert client.get(f"/shariff/previews/{name}").status_code == 404


def test_what_may_be_shown_no_longer_is_neither_on_the_page_nor_served(tmp_path: Path, stand_in: StandIn) -> None:
    clock = Clock()
    kept = previews(tmp_path, stand_in, "peertube", clock=clock)
    kept.fetch(FILM)
    (file,) = (tmp_path / "previews").glob("*.webp")
    settings = Settings.from_mapping(values(tmp_path, stand_in, "peertube"))

    clock.now += 29 * DAY
    assert kept.picture(file.stem) is not None
    assert "<img" in gate_page(FRAME, settings, PageInfo(previews=kept.shown)).html

    clock.now += 2 * DAY
    assert kept.picture(file.stem) is None
    assert "<img" not in gate_page(FRAME, settings, PageInfo(previews=kept.shown)).html


def test_a_page_shows_something_else_only_where_its_version_changes(tmp_path: Path, stand_in: StandIn) -> None:
    clock = Clock()
    clock.now += 15 * 3600
    kept = previews(tmp_path, stand_in, "peertube", clock=clock)
    fetched_at = clock.now
    kept.fetch(FILM)
    settings = Settings.from_mapping(values(tmp_path, stand_in, "peertube"))

    shown: dict[str, set[Preview]] = {}
    for hour in range(32 * 24):
        clock.now = fetched_at + hour * 3600
        shown.setdefault(kept.version, set()).add(kept.shown(settings, recognise(FILM)))

    assert {len(previews) for previews in shown.values()} == {1}
    assert [len(previews - {NOTHING}) for previews in shown.values()] == [1] * 30 + [0] * 3


def test_no_cache_shows_a_picture_that_was_removed(tmp_path: Path, stand_in: StandIn) -> None:
    kept = previews(tmp_path, stand_in, "peertube", clock=time.time)
    kept.fetch(FILM)
    client = on_flask(tmp_path, stand_in)
    address = f"/shariff/previews/{name_of('peertube', FILM)}.webp"
    known = {"If-None-Match": client.get(address).headers["ETag"]}
    assert client.get(address, headers=known).status_code == 304
    assert client.get(address).headers["Cache-Control"] == "no-cache"
    assert client.get(address, headers=known).headers["Cache-Control"] == "no-cache"

    kept.remove(FILM)

    assert client.get(address, headers=known).status_code == 404


def test_a_title_without_picture_is_shown_alone(tmp_path: Path, stand_in: StandIn) -> None:
    kept = previews(tmp_path, stand_in, "youtube")
    kept.fetch(VIDEO)
    settings = Settings.from_mapping(values(tmp_path, stand_in, "youtube"))

    shown = gate_page(VIDEO_FRAME, settings, PageInfo(previews=kept.shown)).html

    assert f"Example for {VIDEO} (Example author)" in BeautifulSoup(shown, "html.parser").get_text()
    assert "<img" not in shown


VIDEO_FRAME = '<iframe src="https://www.youtube.com/embed/AbCdEfGhIjK"></iframe>'


def test_a_picture_that_is_missing_from_the_folder_is_not_shown(tmp_path: Path, stand_in: StandIn) -> None:
    previews(tmp_path, stand_in, "peertube", clock=time.time).fetch(FILM)
    client = on_flask(tmp_path, stand_in)
    assert gate(client).find("img") is not None

    (tmp_path / "previews" / f"{name_of('peertube', FILM)}.webp").unlink()

    assert gate(client).find("img") is None
    assert TITLE in gate(client).get_text()


def test_a_browser_that_knows_the_page_without_it_gets_the_page_anew(tmp_path: Path, stand_in: StandIn) -> None:
    app = Flask("leinau")

    @app.get("/")
    def page() -> Response:
        response = Response(FRAME)
        response.set_etag("1")
        return response.make_conditional(request.environ)

    settings = Settings.from_mapping(values(tmp_path, stand_in, "peertube"))
    client = Client(ShariffMiddleware(app, settings=settings))
    known = {"If-None-Match": client.get("/").headers["ETag"]}
    assert client.get("/", headers=known).status_code == 304

    previews(tmp_path, stand_in, "peertube", clock=time.time).fetch(FILM)

    again = client.get("/", headers=known)
    assert again.status_code == 200
    assert "Example author" in again.text
    assert client.get("/", headers={"If-None-Match": again.headers["ETag"]}).status_code == 304
