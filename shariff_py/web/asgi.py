"""The ASGI middleware: the same as for WSGI, for asynchronous applications."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from shariff_py.errors import ConfigurationError
from shariff_py.settings import Settings, load
from shariff_py.web.content_codec import supported_encodings
from shariff_py.web.gated_response import MAX_BUFFERED_BYTES, ETagRewriter, GatedResponse, PageTooLong, fingerprint
from shariff_py.web.request_body import BodyRefused, Disconnected, Message, Receive, Send, read_body, refuse
from shariff_py.web.request_info import RequestInfo, ascii_query
from shariff_py.web.site import Site
from shariff_py.web.standalone import create_app

Scope = MutableMapping[str, Any]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

BODY_HEADERS = frozenset({b"content-length", b"transfer-encoding", b"expect"})
"""Headers about the body as it was sent."""

NORMAL_CLOSURE = 1000
"""Before it is accepted, a web socket is refused by closing it (ASGI, websocket protocol)."""

BYPASSING = frozenset(
    {
        "http.response.pathsend", "http.response.zerocopysend", "http.response.push", "http.response.early_hint",
        "http.response.informational",
    }
)  # fmt: skip
"""Extensions, and the messages of theirs, by which an application could send a body that does not pass through here, or hints before its
response. Gunicorn (25) understands the last one without announcing it."""


class ShariffMiddleware:
    """Wrap an ASGI 3 application: its HTML pages are gated and carry the policy, requests below the prefix are handled here.

    Needs the extra ``asgi``. Raises `ConfigurationError` without it. Other kinds of connections are passed on unchanged, but to the isolated
    host.
    """

    def __init__(self, app: Application, *, settings: Settings | None = None) -> None:
        try:
            from asgiref.wsgi import WsgiToAsgi
        except ImportError:
            raise ConfigurationError(
                "the library that joins the two protocols is not installed.",
                setting="web.asgi",
                cure="Install it: pip install 'shariff_py[asgi]'.",
            ) from None
        own = create_app(settings or load())
        self._app = app
        adapter: Any = WsgiToAsgi
        self._pages = own
        self._own: Application = adapter(own)
        self._site = own.site
        self._settings = own.site.settings
        self._mark = fingerprint(self._settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        host = _host(scope) if scope["type"] in {"http", "websocket"} else ""
        if scope["type"] == "websocket" and self._pages.is_isolated(host):
            await send({"type": "websocket.close", "code": NORMAL_CLOSURE})
        elif scope["type"] != "http":
            await self._app(scope, receive, send)
        elif self._pages.answers(_path(scope), host):
            await self._own_page(scope, receive, send)
        else:
            etags, request = ETagRewriter(self._mark + self._site.previews.version), RequestInfo.from_scope(scope)
            # Warns once where the settings do not know the host.
            self._site.page_url(request)
            sender = _GatingSender(self._site, request, etags, send)
            await self._app(_for_application(scope, etags), receive, sender.send)

    async def _own_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A response of ours. Its request's body is read here: the adapter would write any length of it to the disk first."""
        limit = self._pages.most_bytes(scope["method"], _path(scope))
        try:
            body = await read_body(scope["headers"], receive, limit)
        except BodyRefused as refused:
            await refuse(refused, scope["http_version"], send)
            return
        except Disconnected:
            return
        # The adapter raises for queries that are not ASCII, for a header that comes too often, and takes any path that begins with the letters
        # of the mount point for one that holds it.
        root = _root(scope)
        inner = {
            **scope,
            "headers": _joined(scope["headers"], len(body)),
            "query_string": ascii_query(scope.get("query_string", b"")).encode(),
            "root_path": root,
            "path": root + _path(scope),
        }

        async def receive_body() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        await self._own(inner, receive_body, send)


class _GatingSender:
    """Sends one response on: buffered while it is short, in pieces when it is long."""

    def __init__(self, site: Site, request: RequestInfo, etags: ETagRewriter, send: Send) -> None:
        self._site, self._request, self._etags, self._send = site, request, etags, send
        self._start: Message = {}
        self._response: GatedResponse | None = None
        self._buffered = bytearray()
        self._refused = False

    async def send(self, message: Message) -> None:
        """What the application sends."""
        if self._refused:
            # The response is complete. What the application still sends belongs to the page that was refused.
            return
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif message["type"] == "http.response.body" and self._response is not None:
            await self._piece(message.get("body", b""), more=message.get("more_body", False))
        elif message["type"] not in BYPASSING:
            await self._send(message)

    async def _begin(self, message: Message) -> None:
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in message.get("headers", [])]
        site, status = self._site, message["status"]
        response = GatedResponse(
            site.settings, self._request, self._etags, status, headers, site.warn_once, site.previews.shown
        )
        self._start = message
        if response.is_page:
            self._response = response
        else:
            await self._head(response.unchanged_headers())

    async def _piece(self, body: bytes, *, more: bool) -> None:
        response = self._response
        if response is None:
            return
        if response.has_begun:
            for ready in response.feed(body):
                await self._send({"type": "http.response.body", "body": ready, "more_body": True})
            if not more:
                await self._send({"type": "http.response.body", "body": response.close(), "more_body": False})
            return
        self._buffered += body
        try:
            if not more:
                await self._whole(*response.whole(bytes(self._buffered)))
            elif len(self._buffered) > MAX_BUFFERED_BYTES:
                if response.can_stream(lambda: bytes(self._buffered)):
                    await self._head(response.begin())
                    buffered, self._buffered = bytes(self._buffered), bytearray()
                    await self._piece(buffered, more=True)
                else:
                    response.hold(len(self._buffered))
        except PageTooLong as error:
            if response.has_begun:
                raise
            status, headers, body = response.refusal(error)
            self._start = {**self._start, "status": int(status[:3])}
            self._response, self._buffered = None, bytearray()
            self._refused = True
            await self._whole(headers, body)

    async def _whole(self, headers: list[tuple[str, str]], body: bytes) -> None:
        await self._head(headers)
        await self._send({"type": "http.response.body", "body": body, "more_body": False})

    async def _head(self, headers: list[tuple[str, str]]) -> None:
        encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        await self._send({**self._start, "headers": encoded})


def _host(scope: Scope) -> str:
    return next((value.decode("latin-1") for name, value in scope.get("headers", ()) if name.lower() == b"host"), "")


def _path(scope: Scope) -> str:
    """The path below the mount point: servers differ in whether ``path`` holds ``root_path``."""
    path, root = str(scope["path"]), _root(scope)
    return path.removeprefix(root) if root and path.startswith(f"{root}/") else path


def _root(scope: Scope) -> str:
    return str(scope.get("root_path", "")).rstrip("/")


def _joined(headers: Iterable[tuple[bytes, bytes]], length: int) -> list[tuple[bytes, bytes]]:
    """The headers of a request whose body was read and has this length, each name once (RFC 9110, section 5.3)."""
    joined: dict[bytes, list[bytes]] = {}
    for name, value in headers:
        joined.setdefault(name.lower(), []).append(value)
    others = [(name, b",".join(values)) for name, values in joined.items() if name not in BODY_HEADERS]
    return [*others, *([(b"content-length", b"%d" % length)] if length else [])]


def _for_application(scope: Scope, etags: ETagRewriter) -> Scope:
    """The request as the application is to see it: its own validators, only codings that can be read here, no way past us."""
    headers = []
    for name, value in scope["headers"]:
        text = value.decode("latin-1")
        if name.lower() == b"if-none-match":
            text = etags.for_application(text)
            if not text:
                continue
        elif name.lower() == b"accept-encoding":
            text = supported_encodings(text)
        headers.append((name, text.encode("latin-1")))
    extensions = {name: value for name, value in (scope.get("extensions") or {}).items() if name not in BYPASSING}
    return {**scope, "headers": headers, "extensions": extensions}
