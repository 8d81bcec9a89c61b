"""A local mock server that replies in place of the platforms, by their stubs, and records every request."""

from __future__ import annotations

import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from http.client import responses
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, Self
from urllib.parse import urlsplit

from shariff_py.platforms.registry import count_hosts
from shariff_py.platforms.stub import Stub, StubReply, StubRequest, number_for
from shariff_py.testing.behaviour import HUGE, Behaviour
from shariff_py.testing.frames.requested import frame_hosts, public_hosts
from shariff_py.testing.oembed import preview_hosts
from shariff_py.testing.stubs import load_stubs

MOST_REMEMBERED = 10_000
"""Requests kept, so that a demonstration that runs for weeks does not fill the memory."""

LARGEST_BODY = 10_000_000
DRIP_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it arrived.

    ``headers`` by lower-case name, ``query`` without the question mark, ``when`` in Unix seconds. ``host_role`` is ``counts`` or ``preview`` for
    requests of servers, and ``frame`` for what browsers load.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    when: float
    host_role: str


class StandIn:
    """A server that replies as the platforms do: to servers by the stub beside a record, to browsers with one labelled document for whatever
    is requested. Use it in a ``with`` block, or `start` and `stop` it.

    It listens on 127.0.0.1 and, where the machine has it, on ::1, on the same port (a free one unless ``port`` is given), and on nothing
    else. ``counts`` holds the numbers it knows by page address, the same on every platform, ``None`` for an unknown page; other
    pages get a number made from their address. ``allowance`` is how many pages a platform with a quota
    may be requested before it refuses.
    """

    def __init__(self, *, port: int = 0, clock: Callable[[], float] = time.time) -> None:
        self.counts: dict[str, int | None] = {}
        self.allowance = 5000
        self._spent = 0
        self._wanted_port = port
        self._clock = clock
        self._lock = threading.Lock()
        self._received: deque[Received] = deque(maxlen=MOST_REMEMBERED)
        self._behaviour = Behaviour()
        self._connections = 0
        self._stubs = load_stubs()
        self._servers: list[_Server] = []
        self._stopping = threading.Event()

    def start(self) -> Self:
        """Begin to listen. Raises `OSError` where a requested port is taken."""
        self._stopping.clear()
        first = _Server(socket.AF_INET, "127.0.0.1", self._wanted_port, self)
        self._servers = [first]
        with suppress(OSError):  # No IPv6 on this machine, or the port is taken there: browsers fall back to IPv4.
            self._servers.append(_Server(socket.AF_INET6, "::1", first.server_port, self))
        for server in self._servers:
            server.start()
        return self

    def stop(self) -> None:
        """End all connections and threads. What was received is kept."""
        self._stopping.set()
        for server in self._servers:
            server.stop()
        self._servers = []

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def port(self) -> int:
        """The port it listens on. Raises `RuntimeError` while it is not listening."""
        if not self._servers:
            raise RuntimeError("The mock server is not running: use it in a with block, or start() it.")
        return self._servers[0].server_port

    @property
    def origin(self) -> str:
        """Where browsers load frames: ``localhost``, to a browser another site than 127.0.0.1."""
        return f"http://localhost:{self.port}"

    @property
    def counts_origin(self) -> str:
        """Where servers fetch counts."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> dict[str, str]:
        """The value of the setting ``stand_in`` that sends everything meant for a platform here: for counts, frames and the pages that links
        lead to. A server that anybody may run is named beside it: ``{**stand_in.settings, "social.example.org": stand_in.origin}``.
        """
        # Where a host has both, browsers decide: to them it has to be another site than 127.0.0.1.
        browsers = dict.fromkeys((*frame_hosts(), *public_hosts()), self.origin)
        return dict.fromkeys((*count_hosts(), *preview_hosts()), self.counts_origin) | browsers

    @property
    def received(self) -> list[Received]:
        """Every request so far, oldest first."""
        with self._lock:
            return list(self._received)

    @property
    def connections(self) -> int:
        """How many connections were opened so far, those without any request (preconnect hints) included."""
        with self._lock:
            return self._connections

    def clear(self) -> None:
        """Forget what was received, and how much of the quota was used."""
        with self._lock:
            self._received.clear()
            self._spent = 0
            self._connections = 0

    def behave(self, **switches: Any) -> None:
        """Reply as these switches of `Behaviour` say from now on; without any, as it should."""
        with self._lock:
            self._behaviour = Behaviour(**switches)

    def _connected(self) -> None:
        with self._lock:
            self._connections += 1

    def _take(self, received: Received) -> Behaviour:
        """Record a request and return how to reply to it."""
        with self._lock:
            self._received.append(received)
            behaviour = self._behaviour
            if not behaviour.concerns(received.host_role):
                return Behaviour()
            if behaviour.times is not None:
                self._behaviour = replace(behaviour, times=behaviour.times - 1)
            return behaviour

    def _stub(self, path: str) -> Stub:
        """The stub for a path: one that names it, else the one for everything else."""
        named = (stub for stub in self._stubs if stub.paths is not None and stub.paths.fullmatch(path))
        return next(named, None) or next(stub for stub in self._stubs if stub.paths is None)

    def _answer(self, received: Received) -> StubReply:
        counts = dict(self.counts)
        request = StubRequest(
            received.method,
            received.path,
            received.query,
            received.headers,
            received.body,
            number=lambda page: counts.get(page, number_for(page)),
            spend=self._spend,
        )
        return self._stub(received.path).answer(request)

    def _spend(self, pages: int) -> float:
        """Take so many pages from the quota. Returns the share of it that is used by now."""
        with self._lock:
            self._spent += pages
            return self._spent / self.allowance


class _Server(HTTPServer):
    """One listening socket; a thread for each connection, all of which `stop` ends."""

    request_queue_size = 128

    def __init__(self, family: socket.AddressFamily, host: str, port: int, stand_in: StandIn) -> None:
        self.address_family = family
        self.stand_in = stand_in
        self._open: dict[threading.Thread, socket.socket] = {}
        self._listening = threading.Thread(target=self.serve_forever, args=(0.05,), name="stand-in", daemon=True)
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Bind without the reverse look-up of HTTPServer, and on IPv6 without claiming the IPv4 port."""
        if self.address_family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def start(self) -> None:
        self._listening.start()

    def stop(self) -> None:
        self.shutdown()
        self._listening.join()
        self.server_close()
        for thread, connection in list(self._open.items()):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            thread.join()

    def process_request(self, request: Any, client_address: Any) -> None:
        self.stand_in._connected()
        thread = threading.Thread(target=self._serve, args=(request, client_address), name="stand-in", daemon=True)
        self._open[thread] = request
        thread.start()

    def _serve(self, request: socket.socket, client_address: Any) -> None:
        try:
            # Clients that give up in the middle are part of many tests.
            with suppress(OSError):
                self.finish_request(request, client_address)
        finally:
            self.shutdown_request(request)
            self._open.pop(threading.current_thread(), None)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def _serve(self) -> None:
        stand_in = self.server.stand_in
        received = self._read()
        behaviour = stand_in._take(received)
        if behaviour.slow and stand_in._stopping.wait(behaviour.slow):
            behaviour = replace(behaviour, drop=True)
        if behaviour.silent:
            stand_in._stopping.wait()
        if behaviour.silent or behaviour.drop:
            self.close_connection = True
            return
        self._write(behaviour.spoil(stand_in._answer(received)), behaviour)

    do_GET = do_POST = do_HEAD = do_PUT = do_DELETE = do_OPTIONS = _serve

    def _read(self) -> Received:
        parts = urlsplit(self.path)
        length = self.headers.get("content-length", "0")
        body = self.rfile.read(min(int(length), LARGEST_BODY)) if length.isdecimal() else b""
        role = self.server.stand_in._stub(parts.path).role
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Received(self.command, parts.path, parts.query, headers, body, self.server.stand_in._clock(), role)

    def _write(self, answer: StubReply, behaviour: Behaviour) -> None:
        headers = [*answer.headers.items(), *(("set-cookie", cookie) for cookie in answer.cookies)]
        if behaviour.huge:
            self.close_connection = True
        else:
            headers.append(("content-length", str(len(answer.body))))
        lines = [
            f"HTTP/1.1 {answer.status} {responses.get(answer.status, '')}",
            *(f"{n}: {v}" for n, v in headers),
            "",
            "",
        ]
        self._send("\r\n".join(lines).encode("latin-1"), drip=behaviour.drip == "head")
        if self.command == "HEAD":
            return
        if behaviour.huge:
            self._send_filler(HUGE)
        else:
            self._send(answer.body, drip=behaviour.drip == "body")

    def _send(self, content: bytes, *, drip: bool) -> None:
        if not drip:
            self.wfile.write(content)
            return
        for place in range(len(content)):
            if self.server.stand_in._stopping.wait(DRIP_SECONDS):
                return
            self.wfile.write(content[place : place + 1])

    def _send_filler(self, size: int) -> None:
        part = b"[" * 65_536
        while size > 0 and not self.server.stand_in._stopping.is_set():
            self.wfile.write(part[:size])
            size -= len(part)

    def log_message(self, *_: Any) -> None:
        """Prints nothing: requests are recorded instead."""
