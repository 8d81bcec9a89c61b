"""The ASGI middleware: the same as for WSGI, for applications that speak the asynchronous protocol."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import quote

from shariff_py.errors import ConfigurationError
from shariff_py.settings import Settings, load
from shariff_py.web.content_codec import readable
from shariff_py.web.gated_response import HELD, Answer, Asked, Tags, fingerprint
from shariff_py.web.site import KEY, Site
from shariff_py.web.standalone import create_app

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

PAST_US = frozenset(
    {"http.response.pathsend", "http.response.zerocopysend", "http.response.push", "http.response.early_hint"}
)
"""Extensions by which an application could answer without its bytes passing here, or hint at hosts before it answers."""


class ShariffMiddleware:
    """Wrap an ASGI 3 application: its HTML pages are gated and carry the policy, everything below the prefix is answered here.

    Needs the extra ``asgi``. Raises `ConfigurationError` without it. Other kinds of connections pass.
    """

    def __init__(self, app: Application, *, settings: Settings | None = None) -> None:
        try:
            from asgiref.wsgi import WsgiToAsgi
        except ImportError:
            raise ConfigurationError(
                "the library that joins the two protocols is not installed.",
                setting="web.asgi",
                cure="Install shariff_py[asgi].",
            ) from None
        own = create_app(settings or load())
        site: Site = own.extensions[KEY]
        self._app = app
        adapter: Any = WsgiToAsgi
        self._own: Application = adapter(own)
        self._settings = site.settings
        self._mark = fingerprint(site.settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif _path(scope).startswith(f"{self._settings.frame.prefix}/"):
            await self._own(scope, receive, send)
        else:
            tags = Tags(self._mark)
            passing = _Passing(self._settings, self._asked(scope), tags, send)
            await self._app(_translated(scope, tags), receive, passing.take)

    def _asked(self, scope: Scope) -> Asked:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        origin = self._settings.site.origin or f"{scope.get('scheme', 'http')}://{headers.get('host', 'localhost')}"
        return Asked(scope["method"], origin + quote(scope["path"]), headers)


class _Passing:
    """One answer on its way through: held while it is short, passed on in pieces when it is long."""

    def __init__(self, settings: Settings, asked: Asked, tags: Tags, send: Send) -> None:
        self._settings, self._asked, self._tags, self._send = settings, asked, tags, send
        self._start: Message = {}
        self._answer: Answer | None = None
        self._held = bytearray()
        self._streaming = False

    async def take(self, message: Message) -> None:
        """What the application sends."""
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif message["type"] == "http.response.body" and self._answer is not None:
            await self._piece(message.get("body", b""), more=message.get("more_body", False))
        else:
            await self._send(message)

    async def _begin(self, message: Message) -> None:
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in message.get("headers", [])]
        answer = Answer(self._settings, self._asked, self._tags, message["status"], headers)
        self._start = message
        if answer.is_page:
            self._answer = answer
        else:
            await self._head(answer.untouched())

    async def _piece(self, body: bytes, *, more: bool) -> None:
        answer = self._answer
        if answer is None:
            return
        if self._streaming:
            ready = answer.feed(body) + (b"" if more else answer.close())
            await self._send({"type": "http.response.body", "body": ready, "more_body": more})
            return
        self._held += body
        if not more:
            headers, whole = answer.whole(bytes(self._held))
            await self._head(headers)
            await self._send({"type": "http.response.body", "body": whole, "more_body": False})
        elif len(self._held) > HELD and answer.can_stream(bytes(self._held)):
            self._streaming = True
            await self._head(answer.begin())
            held, self._held = bytes(self._held), bytearray()
            await self._piece(held, more=True)

    async def _head(self, headers: list[tuple[str, str]]) -> None:
        encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        await self._send({**self._start, "headers": encoded})


def _path(scope: Scope) -> str:
    """The path below the mount point: servers differ in whether ``path`` holds ``root_path``."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path.removeprefix(root) if root and path.startswith(f"{root}/") else path


def _translated(scope: Scope, tags: Tags) -> Scope:
    """The request as the application is to see it: its own validators, only codings that can be read here, no way past us."""
    headers = []
    for name, value in scope["headers"]:
        text = value.decode("latin-1")
        if name.lower() == b"if-none-match":
            text = tags.for_application(text)
            if not text:
                continue
        elif name.lower() == b"accept-encoding":
            text = readable(text)
        headers.append((name, text.encode("latin-1")))
    extensions = {name: value for name, value in (scope.get("extensions") or {}).items() if name not in PAST_US}
    return {**scope, "headers": headers, "extensions": extensions}
