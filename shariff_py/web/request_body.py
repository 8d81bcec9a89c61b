"""The bodies of requests below the prefix: read no further than their route allows, and no longer than a few seconds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from http import HTTPStatus
from typing import IO, Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

BODY_SECONDS = 10.0
"""How long a body may take to arrive: what is posted here is a few hundred bytes."""


class BodyRefused(Exception):
    """A request whose body is not read. ``status`` and the sentence are the response, after which the connection is closed."""

    def __init__(self, status: HTTPStatus, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class Disconnected(Exception):
    """The client went away while it sent its body."""


def check_length(announced: str | None, limit: int) -> None:
    """Raise `BodyRefused` for a ``Content-Length`` that is no number (RFC 9110, section 8.6), or more than ``limit`` bytes."""
    if not announced:
        return
    if not (announced.isascii() and announced.isdigit()):
        raise BodyRefused(HTTPStatus.BAD_REQUEST, "Content-Length is not a number of bytes.")
    digits = announced.lstrip("0") or "0"
    # Python converts no text of thousands of digits, and no body needs more than these.
    if len(digits) > 18 or int(digits) > limit:
        raise _too_large(limit)


def read_unannounced(stream: IO[bytes], limit: int) -> bytes:
    """A body over WSGI that ends where its stream does. Raises `BodyRefused` for one of more than ``limit`` bytes."""
    body = bytearray()
    while piece := stream.read(limit + 1 - len(body)):
        body += piece
        if len(body) > limit:
            raise _too_large(limit)
    return bytes(body)


async def read_body(
    headers: Iterable[tuple[bytes, bytes]], receive: Receive, limit: int, *, seconds: float = BODY_SECONDS
) -> bytes:
    """The body of an ASGI request, at most ``limit`` bytes; where that is 0, nothing is received at all.

    Whatever its length is said to be, bytes are counted as they come. Raises `BodyRefused` and `Disconnected`.
    """
    if not limit:
        return b""
    # A server of ASGI has loaded it; over WSGI nothing needs it.
    import asyncio

    for name, value in headers:
        if name.lower() == b"content-length":
            check_length(value.decode("latin-1").strip(), limit)
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    raise Disconnected
                body += message.get("body", b"")
                if len(body) > limit:
                    raise _too_large(limit)
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        sentence = f"The body was not complete within {seconds:.0f} seconds."
        raise BodyRefused(HTTPStatus.REQUEST_TIMEOUT, sentence) from None


async def refuse(refused: BodyRefused, http_version: str, send: Send) -> None:
    """Send the response to a request whose body is not read, and let the server close the connection: what follows on it is that body."""
    text = f"{refused}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(text))]
    if http_version.startswith("1"):
        # In HTTP/2 a connection has other streams, and this header is not allowed (RFC 9113, section 8.2.2).
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": int(refused.status), "headers": headers})
    await send({"type": "http.response.body", "body": text})


def _too_large(limit: int) -> BodyRefused:
    return BodyRefused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"At most {limit} bytes are accepted here.")
