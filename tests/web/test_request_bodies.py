"""Bodies of requests below the prefix: none is read further than its route allows, behind each adapter and whatever its headers say."""

from __future__ import annotations

import asyncio
import io
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from support.asgi_client import http_scope
from support.flask_site import configuration

from shariff_py import Settings, Shariff
from shariff_py.consent_ui.frame import sign_embed_token
from shariff_py.platforms.recognition import recognise
from shariff_py.web import asgi, wsgi
from shariff_py.web.request_body import BodyRefused, Disconnected, read_body
from shariff_py.web.standalone import create_app

FORM = "application/x-www-form-urlencoded"
REPORT = "application/csp-report"
LIMIT = 16_384
PIECE = 1_000

ANNOUNCED = [
    ("16385", 413), ("999999999999", 413), ("9" * 5_000, 413), ("0" * 5_000 + "99999", 413),
    ("-1", 400), ("+5", 400), ("5e3", 400), ("0x10", 400), ("many", 400), ("\u0665", 400), ("5, 5", 400),
]  # fmt: skip
"""What ``Content-Length`` may say, and the status of the response."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_mapping(
        configuration(tmp_path) | {"frame": {"secrets": ["only-for-these-tests-0123456789abcdef"]}}
    )


class Sender:
    """A client over ASGI that sends pieces for as long as it is asked to, and what came back."""

    def __init__(self, *pieces: bytes, endless: bool = False, leaves: bool = False) -> None:
        self.pieces, self.endless, self.leaves = list(pieces), endless, leaves
        self.received = 0
        self.messages: list[Any] = []

    async def receive(self) -> dict[str, Any]:
        if self.pieces:
            body = self.pieces.pop(0)
        elif self.leaves:
            return {"type": "http.disconnect"}
        else:
            body = b"x" * PIECE if self.endless else b""
        self.received += len(body)
        return {"type": "http.request", "body": body, "more_body": self.endless or self.leaves or bool(self.pieces)}

    async def send(self, message: Any) -> None:
        self.messages.append(message)

    def asks(self, settings: Settings, method: str, path: str, version: str = "1.1", **headers: str) -> int:
        """The status of the response, 0 where there is none."""

        async def application(scope: Any, receive: Any, send: Any) -> None:
            raise AssertionError("this is not the site's")

        named = [(n.replace("_", "-").encode(), v.encode()) for n, v in {"host": "a", **headers}.items()]
        scope = http_scope(path, *named, method=method, http_version=version)
        asyncio.run(asgi.ShariffMiddleware(application, settings=settings)(scope, self.receive, self.send))
        return int(self.messages[0]["status"]) if self.messages else 0

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.messages[0]["headers"])


class Input(io.RawIOBase):
    """A body over WSGI that never ends, and how much of it was read."""

    def __init__(self) -> None:
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = min(len(buffer), PIECE)
        buffer[:size] = b"x" * size
        self.taken += size
        return size


def over_wsgi(app: Any, method: str, path: str, body: Any, **environ: Any) -> int:
    """The status of the response over WSGI."""
    started: list[str] = []
    given = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "a", "SERVER_PORT": "80",
        "SCRIPT_NAME": "", "wsgi.url_scheme": "http", "wsgi.input": body, "wsgi.errors": io.StringIO(), "HTTP_HOST": "a",
        "wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False, **environ,
    }  # fmt: skip
    for _ in app(given, lambda status, headers, exc_info=None: started.append(status) or print):
        pass
    return int(started[0][:3])


def applications(settings: Settings) -> list[Any]:
    """The standalone server, the middleware, the Flask extension."""

    def site(environ: Any, start_response: Any) -> Any:
        raise AssertionError("this is not the site's")

    flask = Flask("leinau")
    Shariff(flask, settings=settings)
    return [create_app(settings), wsgi.ShariffMiddleware(site, settings=settings), flask]


@pytest.mark.parametrize(("announced", "status"), ANNOUNCED)
@pytest.mark.parametrize(("path", "kind"), [("/shariff/frame", FORM), ("/shariff/csp-report", REPORT)])
def test_a_body_that_announces_itself_badly_is_refused_before_a_byte_of_it_is_received(
    settings: Settings, path: str, kind: str, announced: str, status: int
) -> None:
    sender = Sender(endless=True)

    assert sender.asks(settings, "POST", path, content_type=kind, content_length=announced) == status
    assert sender.received == 0
    assert sender.headers[b"connection"] == b"close"


@pytest.mark.parametrize(("announced", "status"), ANNOUNCED)
def test_the_same_holds_over_wsgi_for_each_adapter(settings: Settings, announced: str, status: int) -> None:
    for app in applications(settings):
        body = Input()
        found = over_wsgi(app, "POST", "/shariff/frame", body, CONTENT_TYPE=FORM, CONTENT_LENGTH=announced)

        assert (found, body.taken) == (status, 0)


@pytest.mark.parametrize("headers", [{}, {"content_length": "10"}, {"transfer_encoding": "chunked"}])
def test_bytes_are_counted_as_they_come_whatever_the_headers_say(settings: Settings, headers: dict[str, str]) -> None:
    sender = Sender(endless=True)

    assert sender.asks(settings, "POST", "/shariff/frame", content_type=FORM, **headers) == 413
    assert LIMIT < sender.received <= LIMIT + PIECE


def test_a_body_in_chunks_is_counted_over_wsgi_too(settings: Settings) -> None:
    for app in applications(settings):
        body = Input()
        chunked = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
        status = over_wsgi(app, "POST", "/shariff/frame", io.BufferedReader(body, 1), CONTENT_TYPE=FORM, **chunked)

        assert status == 413
        assert body.taken <= 2 * LIMIT


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "DELETE"])
@pytest.mark.parametrize("path", ["/shariff/counts", "/shariff/status", "/shariff/frame/removed", "/shariff/nowhere"])
def test_where_no_body_belongs_none_is_read(settings: Settings, method: str, path: str) -> None:
    sender, body = Sender(endless=True), Input()

    announced = sender.asks(settings, method, path, content_length="99999999", expect="100-continue")
    assert sender.received == 0
    [app, *_] = applications(settings)
    assert over_wsgi(app, method, path, body, CONTENT_LENGTH="99999999") == announced
    assert body.taken == 0


@pytest.mark.parametrize(("size", "status"), [(LIMIT, 400), (LIMIT + 1, 413)])
def test_a_form_may_have_16_kilobytes(settings: Settings, size: int, status: int) -> None:
    assert Sender(b"x" * size).asks(settings, "POST", "/shariff/frame", content_type=FORM) == status


def test_a_form_in_pieces_without_a_length_opens_its_gate(settings: Settings) -> None:
    token = sign_embed_token(recognise("https://www.facebook.com/stadt.leinau/posts/1"), settings)
    form = f"embed={token}&lang=de".encode()
    sender = Sender(*(form[place : place + 7] for place in range(0, len(form), 7)))

    assert sender.asks(settings, "POST", "/shariff/frame", content_type=FORM, transfer_encoding="chunked") == 200
    assert b"https://www.facebook.com/plugins/post.php" in b"".join(m.get("body", b"") for m in sender.messages)


def test_a_client_that_leaves_in_the_middle_is_sent_nothing(settings: Settings) -> None:
    assert Sender(b"embed=", leaves=True).asks(settings, "POST", "/shariff/frame", content_type=FORM) == 0


def test_in_http_2_no_connection_header_is_sent(settings: Settings) -> None:
    sender = Sender(endless=True)

    assert sender.asks(settings, "POST", "/shariff/frame", "2", content_type=FORM) == 413
    assert b"connection" not in sender.headers


def test_a_body_that_never_ends_is_given_up_after_its_seconds() -> None:
    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b"x", "more_body": True}

    with pytest.raises(BodyRefused) as refused:
        asyncio.run(read_body([], receive, LIMIT, seconds=0.05))
    assert refused.value.status == HTTPStatus.REQUEST_TIMEOUT


def test_a_client_that_has_left_is_told_apart_from_one_that_is_slow() -> None:
    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    with pytest.raises(Disconnected):
        asyncio.run(read_body([], receive, LIMIT))
