"""Growth of the addresses below the prefix, and of pages that pass through a middleware."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.test import Client

from growth import inputs
from growth.measure import Call, Growth
from shariff_py.service import Service
from shariff_py.testing import SteppingClock
from shariff_py.web.asgi import ShariffMiddleware as AsgiMiddleware
from shariff_py.web.own_pages import OwnPages
from shariff_py.web.site import Site
from shariff_py.web.wsgi import ShariffMiddleware as WsgiMiddleware

FORM = "application/x-www-form-urlencoded"
LARGEST_BODY = 16_384
PIECE = 65_536
HTML = "text/html; charset=utf-8"


def _own_pages(folder: Path, **more: Any) -> Client:
    return Client(OwnPages(Site.create(inputs.settings(folder, **more))))


def _get(path: Callable[[int, int], str]) -> Callable[[int, Path], Call]:
    """A ``GET`` of an address made from the size, and from a number that is new each time."""

    def prepare(size: int, folder: Path) -> Call:
        client, number = _own_pages(folder), inputs.counting()
        return lambda: client.get(path(size, number())).data

    return prepare


def _post(path: str, kind: str, body: Callable[[int], bytes]) -> Callable[[int, Path], Call]:
    def prepare(size: int, folder: Path) -> Call:
        # Reports are limited per minute; what is measured is how they are read.
        client, content = _own_pages(folder, headers={"reports_per_minute": 1_000_000}), body(size)
        return lambda: client.post(path, data=content, content_type=kind).data

    return prepare


def _preflight(size: int, folder: Path) -> Call:
    client, origin = _own_pages(folder), f"https://{'x' * size}"
    return lambda: client.options("/shariff/counts", headers={"Origin": origin}).data


def _status(size: int, folder: Path) -> Call:
    clock = SteppingClock()
    settings = inputs.settings(folder)
    service = Service(settings, clock=clock)
    service.import_pages(dict.fromkeys(inputs.addresses(size)))
    client = Client(OwnPages(Site.create(settings, service=service)))

    def call() -> bytes:
        clock.step(hours=1)
        return client.get("/shariff/status").data

    return call


def _channels(size: int, folder: Path) -> Call:
    client = _own_pages(folder, channels=inputs.channels_file(size, folder))
    return lambda: client.get("/shariff/channels.json").data


def _report(size: int) -> bytes:
    report = {
        "document-uri": f"{inputs.ORIGIN}/",
        "effective-directive": "img-src",
        "blocked-uri": "https://x.example/",
    }
    return json.dumps({"csp-report": {**report, "script-sample": "x" * max(0, size - 200)}}).encode()


# Pages


def _wsgi_site(body: str, headers: Iterable[tuple[str, str]] = ()) -> WSGIApplication:
    content = body.encode()

    def site(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", HTML), *headers])
        return (content[place : place + PIECE] for place in range(0, len(content), PIECE))

    return site


DENSE = inputs.EMBED + inputs.TEXT * 5
SPARSE = inputs.EMBED + inputs.TEXT * 300
"""A piece of a long page: it has few embeds, as long pages have."""


def _wsgi(piece: str) -> Callable[[int, Path], Call]:
    def prepare(size: int, folder: Path) -> Call:
        client = Client(WsgiMiddleware(_wsgi_site(inputs.page(size, piece)), settings=inputs.settings(folder)))
        return lambda: client.get("/").data

    return prepare


def _own_policy(size: int, folder: Path) -> Call:
    policy = f"default-src 'self'; img-src {' '.join(f'https://cdn{place}.example' for place in range(size))}"
    site = _wsgi_site(inputs.page(1_000), [("Content-Security-Policy", policy)])
    client = Client(WsgiMiddleware(site, settings=inputs.settings(folder)))
    return lambda: client.get("/").data


def _request_headers(name: str, piece: str) -> Callable[[int, Path], Call]:
    def prepare(size: int, folder: Path) -> Call:
        client = Client(WsgiMiddleware(_wsgi_site(inputs.page(1_000)), settings=inputs.settings(folder)))
        value = ", ".join([piece] * max(1, size // len(piece)))
        return lambda: client.get("/", headers={name: value}).data

    return prepare


def _asgi(piece: str) -> Callable[[int, Path], Call]:
    return lambda size, folder: _asgi_call(inputs.page(size, piece).encode(), folder)


def _asgi_call(content: bytes, folder: Path) -> Call:

    async def site(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", HTML.encode())]})
        for place in range(0, len(content), PIECE):
            body = content[place : place + PIECE]
            await send({"type": "http.response.body", "body": body, "more_body": place + PIECE < len(content)})

    middleware = AsgiMiddleware(site, settings=inputs.settings(folder))
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b"", "scheme": "https"}

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def ask() -> int:
        received = 0

        async def send(message: Any) -> None:
            nonlocal received
            received += len(message.get("body", b""))

        await middleware(dict(scope), receive, send)
        return received

    return lambda: asyncio.run(ask())


WSGI, ASGI = "shariff_py.web.wsgi.ShariffMiddleware", "shariff_py.web.asgi.ShariffMiddleware"

HTTP: tuple[Growth, ...] = (
    Growth("GET counts", "characters of the page's address", _get(lambda size, new: f"/shariff/counts?url={inputs.ORIGIN}/?n={new}{'x' * size}")),
    Growth("GET counts", "services", _get(lambda size, new: f"/shariff/counts?url={inputs.ORIGIN}/{new % 9}&services={quote('|'.join(['vk'] * size))}")),
    Growth("OPTIONS counts", "characters of the origin", _preflight),
    Growth("GET frame", "characters of the query", _get(lambda size, new: f"/shariff/frame?{new}{'x' * size}")),
    Growth("GET frame/removed", "characters of the language", _get(lambda size, new: f"/shariff/frame/removed?lang={new}{'x' * size}")),
    Growth("GET frame/closed", "characters of the content's address", _get(lambda size, new: f"/shariff/frame/closed?embed=https://www.facebook.com/{new}/{'x' * size}")),
    Growth("POST frame", "bytes of the form", _post("/shariff/frame", FORM, lambda size: urlencode({"embed": "x." * (size // 2 - 4)}).encode()), most=LARGEST_BODY),
    Growth("POST csp-report", "bytes of one report", _post("/shariff/csp-report", "application/csp-report", _report), start=512, most=LARGEST_BODY),
    Growth("POST csp-report", "reports", _post("/shariff/csp-report", "application/reports+json", inputs.reports), start=8, most=96),
    Growth("GET status", "pages in the store", _status, start=32, most=16_384),
    Growth("GET channels.json", "channels", _channels, start=4),
    Growth("GET static/", "characters of the file's name", _get(lambda size, new: f"/shariff/static/{new}{'x' * size}")),
    Growth(WSGI, "characters of a buffered page", _wsgi(DENSE), start=4_000, most=250_000),
    Growth(WSGI, "characters of a streamed page", _wsgi(SPARSE), start=400_000, most=3_200_000),
    Growth(WSGI, "hosts in the site's own policy", _own_policy, start=1_024),
    Growth(WSGI, "codings a browser accepts", _request_headers("Accept-Encoding", "gzip;q=0.5"), start=512),
    Growth(WSGI, "tags a browser knows", _request_headers("If-None-Match", '"0123456789abcdef"'), start=512),
    Growth(ASGI, "characters of a buffered page", _asgi(DENSE), start=4_000, most=250_000),
    Growth(ASGI, "characters of a streamed page", _asgi(SPARSE), start=400_000, most=3_200_000),
)  # fmt: skip
