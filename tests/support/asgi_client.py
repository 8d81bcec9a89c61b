"""An ASGI application in process: one request to it, or the whole of it as a WSGI application for the test client that the others have."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

Message = dict[str, Any]


def http_scope(path: str = "/", *headers: tuple[bytes, bytes], **others: Any) -> dict[str, Any]:
    """The scope of a request as servers give it; ``others`` are fields in place of these."""
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 5),
        "headers": list(headers) or [(b"host", b"www.leinau.example")], **others,
    }  # fmt: skip


def answered(application: Any, scope: dict[str, Any], body: bytes = b"") -> list[Message]:
    """The messages that the application sends."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(application(scope, receive, send))
    return sent


def as_wsgi(application: Any) -> Any:
    """A WSGI application that passes each request on, without its body."""

    def respond(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        named = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name[:5] == "HTTP_"}
        headers = [(name.encode(), value.encode("latin-1")) for name, value in named.items()]
        start, *parts = answered(
            application,
            http_scope(
                environ["PATH_INFO"], *headers, method=environ["REQUEST_METHOD"], scheme=environ["wsgi.url_scheme"],
                query_string=environ["QUERY_STRING"].encode("latin-1"),
            ),
        )  # fmt: skip
        start_response(
            f"{start['status']} Status", [(name.decode(), value.decode()) for name, value in start["headers"]]
        )
        return [part.get("body", b"") for part in parts]

    return respond
