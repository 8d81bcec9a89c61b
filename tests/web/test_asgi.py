"""The ASGI middleware: the same responses as from the WSGI one, for asynchronous applications, over real sockets too."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from support.asgi_client import answered, http_scope
from test_wsgi import EMBED, PAGE

from shariff_py import Settings
from shariff_py.web.asgi import ShariffMiddleware
from shariff_py.web.gated_response import MAX_BUFFERED_BYTES

Headers = list[tuple[str, str]]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_mapping(
        {
            "site": {"origin": "https://www.leinau.example"},
            "releases": {"facebook": {"state": "released"}},
            "frame": {"secrets": ["only for these tests"]},
            "counts": {"store": f"sqlite:///{tmp_path}/counts.sqlite", "scheduler": "outside"},
            "journal": {"path": str(tmp_path / "outgoing.jsonl")},
            "controllers": {
                "city": {"name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"},
            },
        }
    )


class Reply:
    """What came back: each message in the order it was sent."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self.messages = messages
        start = messages[0]
        self.status = start["status"]
        self.headers: Headers = [(n.decode(), v.decode()) for n, v in start["headers"]]
        self.named = dict(self.headers)
        self.body = b"".join(m.get("body", b"") for m in messages[1:])


def answering(*pieces: bytes, headers: Headers | None = None, status: int = 200) -> Any:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        given = [("content-type", "text/html; charset=utf-8"), *(headers or [])]
        await send(
            {"type": "http.response.start", "status": status, "headers": [(n.encode(), v.encode()) for n, v in given]}
        )
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    return application


def response_of(
    application: Any,
    settings: Settings,
    path: str = "/page",
    method: str = "GET",
    body: bytes = b"",
    headers: Headers | None = None,
) -> Reply:
    named = [(n.lower().encode(), v.encode()) for n, v in [("host", "127.0.0.1:8000"), *(headers or [])]]
    offered = {"http.response.pathsend": {}, "http.response.trailers": {}}
    scope = http_scope(path, *named, method=method, extensions=offered)
    return Reply(answered(ShariffMiddleware(application, settings=settings), scope, body))


def test_a_page_is_gated_whatever_pieces_it_comes_in(settings: Settings) -> None:
    page = PAGE.encode()

    for pieces in ([page], [page[i : i + 7] for i in range(0, len(page), 7)]):
        reply = response_of(answering(*pieces, headers=[("content-length", str(len(page)))]), settings)

        assert b"facebook.com/plugins" not in reply.body
        assert BeautifulSoup(reply.body, "html.parser").find("shariff-gate") is not None
        assert int(reply.named["content-length"]) == len(reply.body)


def test_a_page_without_platform_content_keeps_its_bytes_and_gets_the_policy(settings: Settings) -> None:
    page = b"<p>Nur Text \xff\r\n</>"

    reply = response_of(answering(page, headers=[("etag", '"same"')]), settings)

    assert reply.body == page
    assert reply.named["etag"] == '"same"'
    assert "frame-src 'self'" in reply.named["content-security-policy"]


@pytest.mark.slow
def test_a_long_page_is_passed_on_before_it_is_complete(settings: Settings) -> None:
    piece = b"<p>Text</p>\n" * 10_000
    reply = response_of(
        answering(*[piece] * (4 * MAX_BUFFERED_BYTES // len(piece)), EMBED.encode(), headers=[("content-length", "5")]),
        settings,
    )

    assert len(reply.messages) > 4
    assert "content-length" not in reply.named
    assert b"<shariff-gate" in reply.body
    assert b"facebook.com/plugins" not in reply.body
    assert reply.messages[-1]["more_body"] is False


@pytest.mark.parametrize(("size", "has_length"), [(262_144, True), (262_145, False)])
def test_a_page_up_to_a_quarter_of_a_megabyte_goes_out_with_its_length(
    settings: Settings, size: int, has_length: bool
) -> None:
    assert ("content-length" in response_of(answering(PAGE.encode().ljust(size)), settings).named) == has_length


def test_a_compressed_page_is_gated_and_compressed_again(settings: Settings) -> None:
    reply = response_of(answering(gzip.compress(PAGE.encode()), headers=[("content-encoding", "gzip")]), settings)

    assert b"<shariff-gate" in gzip.decompress(reply.body)


def test_what_is_no_page_passes_as_it_came(settings: Settings) -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": EMBED.encode()})

    reply = response_of(application, settings)

    assert reply.body == EMBED.encode()
    assert reply.headers == [("content-type", "application/json")]


def test_no_application_is_offered_a_way_past(settings: Settings) -> None:
    seen: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope)
        await answering(b"<p>")(scope, receive, send)

    response_of(
        application,
        settings,
        headers=[("accept-encoding", "gzip, dcz"), ("if-none-match", '"a-shariff-00000000", "b"')],
    )

    assert seen[0]["extensions"] == {"http.response.trailers": {}}
    given = dict(seen[0]["headers"])
    assert given[b"accept-encoding"] == b"gzip"
    assert given[b"if-none-match"] == b'"b"'


def test_everything_below_the_prefix_is_answered_by_the_middleware(settings: Settings) -> None:
    form = BeautifulSoup(response_of(answering(PAGE.encode()), settings).body, "html.parser").find("form")
    assert form is not None
    fields = "&".join(f"{field['name']}={field['value']}" for field in form.find_all("input", attrs={"name": True}))

    reply = response_of(
        answering(b""), settings, str(form["action"]), "POST", fields.encode(),
        [("content-type", "application/x-www-form-urlencoded"), ("content-length", str(len(fields)))],
    )  # fmt: skip

    assert b'src="https://www.facebook.com/plugins/post.php?' in reply.body


@pytest.mark.parametrize("kind", ["lifespan", "websocket"])
def test_other_connections_pass(settings: Settings, kind: str) -> None:
    seen: list[str] = []

    async def application(scope: Any, receive: Callable[[], Awaitable[Any]], send: Any) -> None:
        seen.append((await receive())["type"])

    async def receive() -> dict[str, Any]:
        return {"type": f"{kind}.first"}

    async def send(message: Any) -> None:
        raise AssertionError(message)

    asyncio.run(ShariffMiddleware(application, settings=settings)({"type": kind}, receive, send))

    assert seen == [f"{kind}.first"]


def test_an_error_of_the_application_is_the_servers_to_handle(settings: Settings) -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        raise RuntimeError("lost")

    with pytest.raises(RuntimeError, match="lost"):
        response_of(application, settings)
