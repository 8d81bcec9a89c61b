"""The cost of counts, as ratios within one run: ``make bench-counts``.

A cached count is measured against a bare WSGI callable behind the same server: one worker of granian, pipelined requests so that the
server is measured and not the client, alternating turns, the fastest turn of each.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask

from shariff_py import Shariff
from shariff_py.platforms.count_sources.cached_count import Count
from shariff_py.service import Service
from shariff_py.settings import Settings
from shariff_py.testing import StandIn
from shariff_py.web.standalone import create_app

SITE = "https://www.leinau.example"
PAGE = f"{SITE}/aktuelles/stadtfest"
BODY = b'{"facebook":1452,"vk":7}'
COUNTS = f"/shariff/counts?url={PAGE}"
BARE = f"/bare?url={PAGE}"

PIPELINE = 64
"""Requests in flight at once, over one connection."""

REQUESTS = 30 * PIPELINE
TURNS = 150
"""Many short turns in alternation: on a busy machine, at least some of each run undisturbed."""

BARS = 200
TURNS_OF_BARS = 20
"""Bars of one turn, and turns: the fastest turn counts."""

ALLOWED_MICROSECONDS = 100
ALLOWED_REQUESTS = 20


def bare(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    """The least an application can do."""
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(BODY)))])
    return [BODY]


def settings(folder: Path, **counts: object) -> Settings:
    """Two platforms, everything in a folder of its own."""
    return Settings.from_mapping(
        {
            "site": {"origin": SITE},
            "frame": {"secrets": ["only for measuring speed"]},
            "releases": {"facebook": {"state": "released"}, "vk": {"state": "released"}},
            "platforms": {"facebook": {"token": "t"}},
            "counts": {"store": f"sqlite:///{folder}/counts.sqlite", "scheduler": "outside", **counts},
            "journal": {"path": str(folder / "outgoing.jsonl")},
        }
    )


def application() -> Callable[[WSGIEnvironment, StartResponse], object]:
    """What granian serves: the bare callable and the proxy side by side."""
    app = create_app(settings(Path(os.environ["BENCH_FOLDER"])))
    fill(app.site.service)
    proxy = app

    def both(environ: WSGIEnvironment, start_response: StartResponse) -> object:
        return bare(environ, start_response) if environ["PATH_INFO"] == "/bare" else proxy(environ, start_response)

    return both


def fill(service: Service) -> None:
    """One page with two numbers."""
    service.track(PAGE)
    service.store.record("facebook", {PAGE: Count(1452)}, service.clock())
    service.store.record("vk", {PAGE: Count(7)}, service.clock())


def serve(port: int) -> None:
    """Run in a process of its own."""
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        f"{__file__}:application", address="127.0.0.1", port=port, interface=Interfaces.WSGI, factory=True,
        websockets=False, log_enabled=False,
    ).serve()  # fmt: skip


class Client:
    """Sends the same request over and over on one connection, so many at once, and counts the responses by their length."""

    def __init__(self, port: int, path: str) -> None:
        self._request = f"GET {path} HTTP/1.1\r\nHost: counts.example\r\n\r\n".encode()
        self._connection = socket.create_connection(("127.0.0.1", port))
        self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._connection.sendall(self._request)
        response = self._connection.recv(65_536)
        assert response.startswith(b"HTTP/1.1 200"), response
        assert response.endswith(BODY), response
        self._length = len(response)

    def seconds(self, requests: int) -> float:
        """How long so many requests take."""
        started = time.perf_counter()
        for _ in range(requests // PIPELINE):
            self._connection.sendall(self._request * PIPELINE)
            left = self._length * PIPELINE
            while left:
                left -= len(self._connection.recv(1 << 20))
        return time.perf_counter() - started


def cached_count(folder: Path) -> float:
    """Requests a second of a cached count, divided by those of the bare callable."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environ = {**os.environ, "BENCH_FOLDER": str(folder)}
    server = subprocess.Popen([sys.executable, __file__, str(port)], env=environ)
    try:
        _wait(port)
        clients = {path: Client(port, path) for path in (BARE, COUNTS)}
        fastest = dict.fromkeys(clients, float("inf"))
        for _ in range(TURNS):
            for path, client in clients.items():
                fastest[path] = min(fastest[path], client.seconds(REQUESTS))
        rate = {path: REQUESTS / seconds for path, seconds in fastest.items()}
        print(f"# requests a second: bare callable {rate[BARE]:.0f}, cached count {rate[COUNTS]:.0f}", file=sys.stderr)
        return rate[COUNTS] / rate[BARE]
    finally:
        server.terminate()
        server.wait(timeout=30)


def share_bar(folder: Path) -> tuple[float, float]:
    """Microseconds of ``{{ shariff.share() }}`` in a template: on a page that was shown before, and on new pages, each with a title and a
    number that were never rendered."""
    app = Flask("portal")
    Shariff(app, settings=settings(folder))
    service = app.extensions["shariff"].service
    fill(service)
    pages = {f"{SITE}/{n}": Count(n) for n in range(TURNS_OF_BARS * BARS)}
    service.import_pages(dict.fromkeys(pages))
    service.store.record("facebook", pages, service.clock())
    template = app.jinja_env.from_string("{{ shariff.share(url, title=title) }}")
    with app.test_request_context("/aktuelles/stadtfest", base_url=SITE):
        again = _fastest(lambda: template.render(url=PAGE, title="Stadtfest"))
        new = iter(pages)
        first = _fastest(lambda: template.render(url=(page := next(new)), title=page))
    return again, first


def refreshing(folder: Path) -> int:
    """How many requests a refresh cycle sends for 1,000 addresses."""
    with StandIn() as stand_in:
        values = settings(folder)
        mapping = {
            "site": {"origin": SITE}, "frame": {"secrets": ["only for measuring speed"]},
            "releases": {"facebook": {"state": "released"}}, "platforms": {"facebook": {"token": "t"}},
            "counts": {"store": values.counts.store}, "journal": {"path": values.journal.path}, "stand_in": stand_in.settings,
        }  # fmt: skip
        service = Service(Settings.from_mapping(mapping))
        service.import_pages({f"{SITE}/{n}": None for n in range(1000)})
        done = service.refresh()
        assert done.counts == 1000, done
        return len(stand_in.received)


def _fastest(action: Callable[[], object], turns: int = TURNS_OF_BARS, times: int = BARS) -> float:
    """Microseconds of one call: the fastest turn's mean."""
    best = float("inf")
    for _ in range(turns):
        started = time.perf_counter()
        for _ in range(times):
            action()
        best = min(best, time.perf_counter() - started)
    return best / times * 1e6


def _wait(port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("The server does not answer.")


def main() -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder, name) for name in "abc"]
        for place in places:
            place.mkdir()
        print(f"cached count, against a bare WSGI callable (at least 0.80): ratio {cached_count(places[0]):.2f}")
        again, first = share_bar(places[1])
        print(
            f"share bar in a template, against {ALLOWED_MICROSECONDS} microseconds: ratio {again / ALLOWED_MICROSECONDS:.2f}"
        )
        print(
            f"share bar, first time on a page, against {ALLOWED_MICROSECONDS} microseconds: ratio {first / ALLOWED_MICROSECONDS:.2f}"
        )
        requests = refreshing(places[2])
        print(
            f"requests for 1,000 Facebook addresses, against {ALLOWED_REQUESTS}: ratio {requests / ALLOWED_REQUESTS:.2f}"
        )


if __name__ == "__main__":
    serve(int(sys.argv[1])) if sys.argv[1:] else main()
