"""An hour of visitors, robots and mistakes, sent to one server over real connections as fast as one likes."""

from __future__ import annotations

import html
import json
import random
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from typing import NamedTuple
from urllib.parse import quote, urlencode

from under_load.sites import ORIGIN, PAGES

HOUR = 12_000
"""Requests of an hour: 200 a minute, a busy day of a city's portal."""
NEW_CONNECTION = 20
"""One request in so many begins a new connection, as a new visitor does; half as often, the old one is given up in the middle of a request."""
FORM = "application/x-www-form-urlencoded"


class Sent(NamedTuple):
    """One request, and the statuses with which it may be answered."""

    method: str
    path: str
    expected: frozenset[int]
    body: bytes = b""
    headers: Mapping[str, str] = {}


OK = frozenset({200})
REFUSED_UNREAD = 413
"""Where a body may be refused before it is read, the connection may be gone before it is sent."""


class Traffic:
    """So many requests to one server, paced so that they take so many seconds. ``run`` returns when they are sent or ``stop`` is set."""

    def __init__(self, port: int, seconds: float, requests: int, seed: int) -> None:
        self.answered: Counter[int] = Counter()
        self.wrong: Counter[str] = Counter()
        self.sent = 0
        self._port = port
        self._requests = requests
        self._pause = seconds / requests
        self._random = random.Random(seed)
        self._connection: HTTPConnection | None = None
        self._token = ""

    def run(self, stop: threading.Event) -> None:
        """Send them."""
        self._token = self._find_token()
        began = time.monotonic()
        while self.sent < self._requests and not stop.is_set():
            ahead = began + self.sent * self._pause - time.monotonic()
            if ahead > 0:
                time.sleep(ahead)
            self._send(self._next())
            self.sent += 1
        self._close()

    def _find_token(self) -> str:
        self._send(Sent("GET", "/a/0", OK))
        page = self._last.decode("utf-8", "replace")
        found = re.search(r'name="embed" value="([^"]+)"', page)
        if found is None:
            raise RuntimeError(f"There is no gate on a page that has one: {page[:300]}")
        return html.unescape(found[1])

    def _next(self) -> Sent:
        names, weights = zip(*((name, weight) for name, (weight, _) in KINDS.items()), strict=True)
        (name,) = self._random.choices(names, weights)
        return KINDS[name][1](self._random, self._token)

    def _send(self, sent: Sent) -> None:
        if self._connection is None or self._random.randrange(NEW_CONNECTION) == 0:
            self._begin_again()
        connection = self._connection
        assert connection is not None
        try:
            connection.request(sent.method, sent.path, sent.body or None, dict(sent.headers))
            answer = connection.getresponse()
            self._last = answer.read()
            self.answered[answer.status] += 1
            if sent.body and answer.status >= 400:
                self._close()  # A server that has refused a body need not read it, and closes.
            if answer.status not in sent.expected:
                self.wrong[f"{sent.method} {sent.path[:40]}: {answer.status}"] += 1
        except (OSError, HTTPException) as error:
            if REFUSED_UNREAD not in sent.expected:
                self.wrong[f"{sent.method} {sent.path[:40]}: {type(error).__name__}"] += 1
            self._close()

    def _begin_again(self) -> None:
        if self._connection is not None and self._connection.sock is not None and self._random.random() < 0.5:
            with suppress(OSError):
                self._connection.sock.sendall(b"GET /a/1 HTTP/1.1\r\nHost: www.lei")
        self._close()
        self._connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
        self._connection.connect()
        self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _page(kind: str) -> Callable[[random.Random, str], Sent]:
    return lambda pick, token: Sent("GET", f"/{kind}/{pick.randrange(PAGES)}", OK)


def _report(pick: random.Random, token: str) -> Sent:
    number = pick.randrange(PAGES)
    report = {
        "document-uri": f"{ORIGIN}/a/{number}", "effective-directive": "img-src", "disposition": "enforce",
        "blocked-uri": f"https://cdn{number % 30}.example/pixel.gif",
    }  # fmt: skip
    body = json.dumps({"csp-report": report}).encode()
    # 429: a site that gets more than its settings allow in a minute, as in a compressed hour, says so.
    expected = frozenset({204, 429})
    return Sent("POST", "/shariff/csp-report", expected, body, {"Content-Type": "application/csp-report"})


def _garbage(pick: random.Random, token: str) -> Sent:
    expected = frozenset({400, 413, 415, 429})
    body = pick.randbytes(pick.choice((10, 1_000, 100_000)))
    return Sent("POST", "/shariff/csp-report", expected, body, {"Content-Type": "application/csp-report"})


def _opened(pick: random.Random, token: str) -> Sent:
    headers = {"Content-Type": FORM, "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "iframe"}
    return Sent("POST", "/shariff/frame", OK, urlencode({"embed": token, "lang": "de"}).encode(), headers)


def _counts(pick: random.Random, token: str) -> Sent:
    return Sent("GET", f"/shariff/counts?url={quote(f'{ORIGIN}/a/{pick.randrange(PAGES)}')}", OK)


def _made_up(pick: random.Random, token: str) -> Sent:
    address = f"{ORIGIN}/{pick.randbytes(8).hex()}?x={pick.randbytes(50).hex()}"
    return Sent("GET", f"/shariff/counts?url={quote(address)}", OK)


KINDS: Mapping[str, tuple[float, Callable[[random.Random, str], Sent]]] = {
    "page with gates": (38, _page("a")),
    "page without": (12, _page("b")),
    "long page with gates": (2, _page("c")),
    "counts": (20, _counts),
    "counts of an address that somebody made up": (3, _made_up),
    "gate frame opened": (9, _opened),
    "gate frame removed": (3, lambda pick, token: Sent("GET", "/shariff/frame/removed?lang=de", OK)),
    "gate frame with a forged description": (
        1,
        lambda pick, token: Sent("POST", "/shariff/frame", frozenset({400}), b"embed=x", {"Content-Type": FORM}),
    ),
    "report of the policy": (4, _report),
    "garbage instead of a report": (2, _garbage),
    "file of the widget": (5, lambda pick, token: Sent("GET", "/shariff/static/shariff.min.js", OK)),
    "nothing there": (
        0.5,
        lambda pick, token: Sent("GET", f"/shariff/{pick.randbytes(4).hex()}", frozenset({404})),
    ),
    "status": (0.5, lambda pick, token: Sent("GET", "/shariff/status", OK)),
}
"""What is sent, each with how often, and how one such request is made from random numbers and the description on a gate."""
