"""A recording server: it responds to every request of a browser, under every name, and records it.

Names are looked up by DNS over HTTPS (RFC 8484) at the same port, so a browser can be given this server as its resolver without
rights on the machine. The first byte of a connection shows whether it is TLS.
"""

from __future__ import annotations

import base64
import binascii
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from shariff_py.audit.sink.authority import Authority
from shariff_py.audit.sink.listener import Listener
from shariff_py.audit.sink.names import Addresses, answer, question

HANDSHAKE = b"\x16"
"""The first byte of a TLS connection."""

RESOLVER = "/dns-query"
PATIENCE_SECONDS = 20.0
LARGEST_BODY = 5_000_000
PIXEL = base64.b64decode("R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==")

KINDS: Mapping[str, tuple[str, bytes]] = {
    "image": ("image/gif", PIXEL),
    "style": ("text/css", b""),
    "script": ("text/javascript", b""),
    "worker": ("text/javascript", b""),
    "sharedworker": ("text/javascript", b""),
    "serviceworker": ("text/javascript", b""),
    "paintworklet": ("text/javascript", b""),
    "audioworklet": ("text/javascript", b""),
    "iframe": ("text/html", b"<!doctype html><title>Recorded</title>"),
    "document": ("text/html", b"<!doctype html><title>Recorded</title>"),
    "manifest": ("application/manifest+json", b"{}"),
}
"""The responses, by the purpose of the request (``Sec-Fetch-Dest``)."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recorded event: a ``query`` for a name, a ``connection`` without (yet) a request, or a ``request``."""

    kind: str
    host: str
    when: float
    method: str = ""
    path: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """The response of an application behind the recorder."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


Application = Callable[[Recorded, bytes], "Reply | None"]
"""Responds to a request with its body; ``None`` leaves the response to the recorder."""

Forwarder = Callable[[socket.socket], bool]
"""Forwards a connection if it is to the audited site itself; returns whether it is."""

Resolver = Callable[[str], "str | None"]
"""The address of a name that shall not lead to the recorder (the audited site's own), else ``None``."""


class Recorder:
    """The server. Use it in a ``with`` block, or `start` and `stop` it. It listens on this machine only.

    ``ports`` are listened on besides the free `port`; those that could not be opened are missing from `open_ports`.
    ``sealed`` means that every address of the network is this machine, so that contacts with bare addresses are recorded as well.
    """

    def __init__(
        self,
        authority: Authority,
        *,
        ports: tuple[int, ...] = (),
        addresses: Addresses | None = None,
        application: Application = lambda recorded, body: None,
        resolve_own: Resolver = lambda name: None,
        forward: Forwarder = lambda connection: False,
        sealed: bool = False,
    ) -> None:
        self.authority = authority
        self.addresses = addresses or Addresses()
        self.open_ports: tuple[int, ...] = ()
        self._wanted = ports
        self._application = application
        self._resolve_own = resolve_own
        self._forward = forward
        self._sealed = sealed
        self._lock = threading.Lock()
        self._recorded: list[Recorded] = []
        self._listeners: list[Listener] = []

    @property
    def port(self) -> int:
        """The port that is always open."""
        return self._listeners[0].port

    @property
    def resolver(self) -> str:
        """The address of this server for DNS over HTTPS."""
        return f"https://127.0.0.1:{self.port}{RESOLVER}"

    @property
    def recorded(self) -> list[Recorded]:
        """Everything so far, oldest first."""
        with self._lock:
            return list(self._recorded)

    def start(self) -> Self:
        """Begin to listen."""
        self._listen(0)
        opened = []
        for port in self._wanted:
            with suppress(OSError):
                self._listen(port)
                opened.append(port)
        self.open_ports = tuple(opened)
        return self

    def stop(self) -> None:
        """Stop listening; connections that are open end by themselves."""
        for listener in self._listeners:
            listener.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def note(self, recorded: Recorded) -> None:
        """Remember one event."""
        with self._lock:
            self._recorded.append(recorded)

    def _listen(self, port: int) -> None:
        # Each name has its own loopback address, so all addresses are listened on; connections from other machines are refused.
        listener = Listener(socket.create_server(("", port), backlog=256), self._serve, "sink")
        self._listeners.append(listener)
        listener.start()

    def _serve(self, connection: socket.socket) -> None:
        if self._forward(connection):
            return
        connection.settimeout(PATIENCE_SECONDS)
        local, remote = connection.getsockname()[0], connection.getpeername()[0]
        host = self.addresses.name(local)
        if not host and self._sealed and not ip_address(local).is_loopback:
            host = local  # Contacted without a name; in a sealed network that ends here as well.
        try:
            if not host and not ip_address(remote).is_loopback:
                return
            if host:
                self.note(Recorded("connection", host, time.time()))
            if connection.recv(1, socket.MSG_PEEK) == HANDSHAKE:
                context = self.authority.context(host or "127.0.0.1")
                with context.wrap_socket(connection, server_side=True) as secured:
                    _Handler(secured, self, host, secure=True)
            else:
                _Handler(connection, self, host, secure=False)
        except (OSError, ssl.SSLError, ValueError):
            pass  # A browser that hangs up in the middle is what hints and probes do.
        finally:
            connection.close()

    def resolve(self, packet: bytes) -> bytes:
        """The answer to a DNS question. Raises `ValueError` for anything else."""
        name, kind = question(packet)
        own = self._resolve_own(name)
        if own is not None:
            return answer(packet, own)
        self.note(Recorded("query", name, time.time(), path=str(kind)))
        return answer(packet, self.addresses.of(name))

    def _answer(self, recorded: Recorded, body: bytes) -> Reply:
        self.note(recorded)
        response = self._application(recorded, body)
        if response is not None:
            return response
        kind, content = KINDS.get(recorded.headers.get("sec-fetch-dest", ""), ("text/plain", b""))
        shared = (
            ("Access-Control-Allow-Origin", recorded.headers.get("origin", "*")),
            ("Access-Control-Allow-Credentials", "true"),
            ("Access-Control-Allow-Headers", recorded.headers.get("access-control-request-headers", "*")),
            ("Access-Control-Allow-Methods", "GET, POST, OPTIONS"),
            ("Access-Control-Allow-Private-Network", "true"),
        )
        return Reply(200, (("Content-Type", kind), ("Cache-Control", "no-store"), *shared), content)


class _Handler(BaseHTTPRequestHandler):
    """One connection, request after request."""

    protocol_version = "HTTP/1.1"
    timeout = PATIENCE_SECONDS

    def __init__(self, connection: Any, recorder: Recorder, host: str, *, secure: bool) -> None:
        self._recorder = recorder
        self._host = host
        self._secure = secure
        super().__init__(connection, ("", 0), recorder)  # type: ignore[arg-type]

    def _do(self) -> None:
        length = self.headers.get("content-length", "0")
        body = self.rfile.read(min(int(length), LARGEST_BODY)) if length.isdecimal() else b""
        parts = urlsplit(self.path)
        if parts.path == RESOLVER and not self._host:
            self._resolver(parts.query, body)
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        host = (headers.get("host", "").rsplit(":", 1)[0] or self._host).lower()
        scheme = "https" if self._secure else "http"
        recorded = Recorded("request", host, time.time(), self.command, f"{scheme}://{host}{self.path}", headers)
        reply = self._recorder._answer(recorded, body)
        self._send(reply)

    do_GET = do_POST = do_HEAD = do_OPTIONS = do_PUT = do_DELETE = _do

    def _resolver(self, query: str, body: bytes) -> None:
        try:
            if self.command == "GET":
                text = parse_qs(query).get("dns", [""])[0]
                body = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            content = self._recorder.resolve(body)
        except (ValueError, binascii.Error):
            self._send(Reply(400, (), b""))
            return
        self._send(Reply(200, (("Content-Type", "application/dns-message"),), content))

    def _send(self, reply: Reply) -> None:
        self.send_response_only(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)

    def log_message(self, *_: object) -> None:
        """Prints nothing: requests are recorded instead."""
