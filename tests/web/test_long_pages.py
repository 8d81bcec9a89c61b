"""Long and packed pages of the site behind both middlewares: memory is bounded, and what cannot be gated does not go out."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import brotli
import pytest
import zstandard
from support.asgi_client import http_scope
from support.flask_site import configuration

from shariff_py import Settings
from shariff_py.web import asgi, wsgi
from shariff_py.web.content_codec import codec_pair
from shariff_py.web.gated_response import PageTooLong

EMBED = (
    b'<iframe src="https://www.facebook.com/plugins/post.php?href=https://www.facebook.com/leinau/posts/1"></iframe>'
)
MB = 1 << 20
ENCODERS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": partial(brotli.compress, quality=5),
    "zstd": zstandard.compress,
}
TOO_LONG = b"This page is too long to be shown.\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_mapping(
        configuration(tmp_path) | {"frame": {"secrets": ["only-for-these-tests-0123456789abcdef"]}}
    )


def over_wsgi(settings: Settings, pieces: Iterator[bytes], headers: list[tuple[str, str]]) -> tuple[int, int, bytes]:
    """Status, length and beginning of what comes out."""
    started: list[str] = []

    def application(environ: Any, start_response: Any) -> Iterator[bytes]:
        start_response("200 OK", headers)
        return pieces

    def start(status: str, headers: Any, exc_info: Any = None) -> Any:
        started.append(status)

    environ: Any = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_HOST": "a", "wsgi.url_scheme": "http"}
    length, first = 0, b""
    for piece in wsgi.ShariffMiddleware(application, settings=settings)(environ, start):
        length, first = length + len(piece), first or piece
    return int(started[0][:3]), length, first


def over_asgi(settings: Settings, pieces: Iterator[bytes], headers: list[tuple[str, str]]) -> tuple[int, int, bytes]:
    """The same over ASGI."""
    status, length, first, ends = 0, 0, b"", 0

    async def application(scope: Any, receive: Any, send: Any) -> None:
        given = [(name.lower().encode(), value.encode()) for name, value in headers]
        await send({"type": "http.response.start", "status": 200, "headers": given})
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    async def send(message: Any) -> None:
        nonlocal status, length, first, ends
        if message["type"] == "http.response.start":
            assert status == 0
            status = message["status"]
        else:
            body = message.get("body", b"")
            length, first, ends = length + len(body), first or body, ends + (not message.get("more_body", False))

    asyncio.run(asgi.ShariffMiddleware(application, settings=settings)(http_scope(), None, send))  # type: ignore[arg-type]
    assert ends == 1
    return status, length, first


def html(charset: str = "; charset=utf-8", coding: str = "") -> list[tuple[str, str]]:
    return [("Content-Type", f"text/html{charset}"), *([("Content-Encoding", coding)] if coding else [])]


BOTH = pytest.mark.parametrize("over", [over_wsgi, over_asgi])


@BOTH
@pytest.mark.slow
@pytest.mark.parametrize("coding", sorted(ENCODERS))
def test_a_page_that_unpacks_to_a_thousand_times_its_size_is_not_shown(
    settings: Settings, over: Any, coding: str
) -> None:
    body = ENCODERS[coding](b"<!doctype html><p>" + b" " * (120 * MB))
    assert len(body) < 262_144

    tracemalloc.start()
    try:
        found = over(settings, iter([body]), html(coding=coding))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert found == (500, len(TOO_LONG), TOO_LONG)
    assert peak < 60 * MB


@pytest.mark.parametrize("coding", sorted(ENCODERS))
def test_a_decoder_gives_a_packed_text_in_steps(coding: str) -> None:
    text = b" " * (8 * MB) + bytes(range(256)) * 4_000
    pair = codec_pair(coding)
    assert pair is not None
    packed = ENCODERS[coding](text)

    steps = [step for start in range(0, len(packed), 1_000) for step in pair[0].feed(packed[start : start + 1_000])]

    assert b"".join([*steps, pair[0].close()]) == text
    assert max(map(len, steps)) <= 4 * MB


@BOTH
@pytest.mark.slow
def test_a_page_whose_charset_is_not_certain_is_held_up_to_64_megabytes(settings: Settings, over: Any) -> None:
    pieces = (b"\xe4" * MB for _ in range(70))

    assert over(settings, pieces, html("; charset=windows-1252")) == (500, len(TOO_LONG), TOO_LONG)


@BOTH
def test_a_page_in_many_pieces_is_not_put_together_anew_for_each(settings: Settings, over: Any) -> None:
    """2,000 pieces of 1 kB, of which the first 256 kB do not say the charset: putting them together each time were 2 GB of copies."""
    tracemalloc.start()
    try:
        status, length, _ = over(settings, (b"\xe4" * 1_000 for _ in range(2_000)), html("; charset=windows-1252"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert (status, length) == (200, 2_000_000)
    assert peak < 16 * MB


@BOTH
@pytest.mark.slow
def test_an_element_without_end_in_a_long_page_ends_the_connection(settings: Settings, over: Any) -> None:
    """Its headers are on their way: nothing but an end in the middle can say that the page is not whole."""
    pieces = (b"<!doctype html><script>" if not n else b"x" * MB for n in range(80))

    with pytest.raises(Exception, match="more than 64 MiB"):
        over(settings, pieces, html())


@pytest.mark.slow
@BOTH
@pytest.mark.parametrize("coding", sorted(ENCODERS))
def test_a_long_packed_page_is_still_gated_as_it_comes(settings: Settings, over: Any, coding: str) -> None:
    chance = Random(1)
    middle = b"".join(b"<p>%s" % chance.randbytes(20).hex().encode() for _ in range(20_000))
    page = b"<!doctype html><html lang=de>" + EMBED + middle + EMBED
    packed = ENCODERS[coding](page)

    status, length, _ = over(
        settings, (packed[n : n + 9_000] for n in range(0, len(packed), 9_000)), html(coding=coding)
    )

    assert (status, length > 262_144) == (200, True)


def written(settings: Settings, kind: str, size: int) -> tuple[int, int]:
    """How much of what an application writes reaches the server, and the peak of memory."""
    reached = 0

    def application(environ: Any, start_response: Any) -> list[bytes]:
        write = start_response("200 OK", [("Content-Type", kind)])
        for _ in range(size // MB):
            write(b"x" * MB)
        return [b"end"]

    def write(piece: bytes) -> None:
        nonlocal reached
        reached += len(piece)

    environ: Any = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_HOST": "a", "wsgi.url_scheme": "http"}
    tracemalloc.start()
    try:
        for piece in wsgi.ShariffMiddleware(application, settings=settings)(environ, lambda *_: write):
            reached += len(piece)
        return reached, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_what_an_application_writes_and_is_no_page_goes_to_the_server_at_once(settings: Settings) -> None:
    reached, peak = written(settings, "application/zip", 100 * MB)

    assert reached == 100 * MB + len(b"end")
    assert peak < 8 * MB


def test_a_page_that_is_written_is_held_up_to_64_megabytes(settings: Settings) -> None:
    with pytest.raises(PageTooLong):
        written(settings, "text/html; charset=utf-8", 70 * MB)


def test_what_is_written_is_kept_for_a_server_that_cannot_be_written_to(settings: Settings) -> None:
    """granian's ``start_response`` returns nothing."""

    def application(environ: Any, start_response: Any) -> list[bytes]:
        write = start_response("200 OK", [("Content-Type", "text/plain")])
        write(b"a")
        write(b"b")
        return [b"c"]

    started: list[str] = []
    environ: Any = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_HOST": "a", "wsgi.url_scheme": "http"}

    def start(status: str, headers: Any, exc_info: Any = None) -> Any:
        started.append(status)

    assert b"".join(wsgi.ShariffMiddleware(application, settings=settings)(environ, start)) == b"abc"
    assert started == ["200 OK"]
