"""More than anybody should send, over real connections, and what the server holds afterwards."""

from __future__ import annotations

import json
import random
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from select import select
from typing import Any

from under_load.process_figures import MEGABYTE, holding
from under_load.served import Served
from under_load.sites import ORIGIN

from faults.outcome import Outcome, counted
from faults.servers import STORE, exchange, flooded, get, proxy, values
from shariff_py.gate import gate_html
from shariff_py.settings import Settings
from shariff_py.stores import open_store
from shariff_py.testing import StandIn

ALLOWED = 64 * MEGABYTE
"""What a worker may hold more after a flood: its bounded caches filled, and the buffers of its threads."""
LETTERS = 60_000


# What is remembered of requests

Request = Callable[[random.Random], tuple[str, dict[str, str]]]


def requests(number: int, request: Request, *, site: str = "") -> Callable[[Path], Outcome]:
    """So many different requests to the proxy, or to the ``site`` of `under_load.sites`."""

    def cause(folder: Path) -> Outcome:
        pick = random.Random(number)
        with flooded(folder, site) as server:
            for _ in range(30):
                get(server, *request(pick))
            before = holding(server.process).private
            answered = _send_all(server, request, pick, number // 2)
            between = holding(server.process).private
            answered |= _send_all(server, request, pick, number // 2)
            after = holding(server.process).private
            well = get(server, "/shariff/status")
        return Outcome(
            f"{number:,} requests",
            "–",
            f"statuses: {', '.join(map(str, sorted(answered)))}",
            "the next request" if well == 200 else f"not: the next request was answered {well}",
            f"worker {' – '.join(f'{held / MEGABYTE:.0f}' for held in (before, between, after))} MB before, at half, at the end",
            after - before <= ALLOWED and well == 200,
        )

    return cause


def _send_all(server: Served, request: Request, pick: random.Random, number: int) -> set[int]:
    answered: set[int] = set()
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    for _ in range(number):
        path, headers = request(pick)
        try:
            connection.request("GET", path, None, headers)
            answer = connection.getresponse()
            answer.read()
            answered.add(answer.status)
        except (OSError, HTTPException):
            answered.add(0)
            connection.close()
    connection.close()
    return answered


def long_addresses(pick: random.Random) -> tuple[str, dict[str, str]]:
    """A page of the site with a query of 60,000 letters."""
    return f"/shariff/counts?url={ORIGIN}/?y={pick.randbytes(8).hex()}{'x' * LETTERS}", {}


def made_up_pages(pick: random.Random) -> tuple[str, dict[str, str]]:
    """Addresses of 1,900 letters that may be pages of the site."""
    return f"/shariff/counts?url={ORIGIN}/{pick.randbytes(8).hex()}{'x' * 1_880}", {}


def long_origins(pick: random.Random) -> tuple[str, dict[str, str]]:
    """One page, asked for from origins of 6,000 letters."""
    return f"/shariff/counts?url={ORIGIN}/", {"Origin": f"https://{pick.randbytes(8).hex()}{'x' * 6_000}"}


def long_services(pick: random.Random) -> tuple[str, dict[str, str]]:
    """One page, with names of services that nobody has."""
    return f"/shariff/counts?url={ORIGIN}/&services={pick.randbytes(8).hex()}{'x' * 20_000}", {}


def languages(pick: random.Random) -> tuple[str, dict[str, str]]:
    """Languages that nobody speaks."""
    return f"/shariff/frame/removed?lang={pick.randbytes(8).hex()}{'x' * 20_000}", {}


def contents(pick: random.Random) -> tuple[str, dict[str, str]]:
    """Addresses of content that nobody has."""
    return f"/shariff/frame/closed?embed=https://www.facebook.com/{pick.randbytes(8).hex()}{'x' * 1_500}/posts/1", {}


def different_pages(pick: random.Random) -> tuple[str, dict[str, str]]:
    """Pages with gates, each different, as a search page that repeats what was searched for."""
    return f"/a/{pick.randbytes(8).hex()}", {}


# Bodies


def bodies(interface: str) -> Callable[[Path], Outcome]:
    """A body without an end to each address below the prefix that takes one, or none."""

    def cause(folder: Path) -> Outcome:
        taken: list[int] = []
        statuses: list[int] = []
        with flooded(folder, interface) as server:
            before = holding(server.process).private
            for method, path, kind in TARGETS:
                sent, status = _pour(server, method, path, kind)
                taken.append(sent)
                statuses.append(status)
            after = holding(server.process).private
            well = get(server, "/shariff/status")
        return Outcome(
            f"{len(TARGETS)} addresses, {POURED / MEGABYTE:.0f} MB each",
            "–",
            f"statuses: {', '.join(map(str, sorted(set(statuses))))}",
            "the next request" if well == 200 else f"not: the next request was answered {well}",
            f"at most {max(taken) / MEGABYTE:.0f} MB were taken; worker {(after - before) / MEGABYTE:+.0f} MB",
            max(taken) <= SOCKET_BUFFERS and after - before <= ALLOWED and well == 200,
        )

    return cause


POURED = 150 * MEGABYTE
SOCKET_BUFFERS = 12 * MEGABYTE
"""What the system takes for a program that reads nothing."""
TARGETS = (
    ("POST", "/shariff/frame", "application/x-www-form-urlencoded"),
    ("POST", "/shariff/csp-report", "application/csp-report"),
    ("POST", "/shariff/counts", "application/octet-stream"),
    ("POST", "/shariff/nothing", "application/octet-stream"),
    ("GET", "/shariff/counts", "application/octet-stream"),
)


def _pour(server: Served, method: str, path: str, kind: str) -> tuple[int, int]:
    """Send a body in chunks until it is answered. Returns the bytes that were taken before, and the status."""
    piece = b"x" * 65_536
    chunk = b"%x\r\n%s\r\n" % (len(piece), piece)
    sent = 0
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        head = f"{method} {path} HTTP/1.1\r\nHost: www.leinau.example\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n"
        with suppress(OSError):
            connection.sendall(head.encode())
            while sent < POURED and not select([connection], [], [], 0)[0]:
                connection.sendall(chunk)
                sent += len(piece)
            if sent >= POURED:
                connection.sendall(b"0\r\n\r\n")
        with suppress(OSError):
            answer = connection.recv(64)
            return sent, int(answer.split(b" ")[1]) if answer.startswith(b"HTTP/") else 0
    return sent, 0


# Reports of the policy


def reports(folder: Path) -> Outcome:
    """Made-up reports that fill the table, then garbage, then reports of what really happened."""
    kind = {"Content-Type": "application/reports+json"}
    real = ["https://www.facebook.com", "https://connect.facebook.net"]
    with proxy(folder) as server:
        for message in range(30):
            body = [_report(f"https://x{message}-{place}.example", f"/{message}/{place}") for place in range(20)]
            exchange(server, "POST", "/shariff/csp-report", json.dumps(body).encode(), kind)
        first = exchange(server, "POST", "/shariff/csp-report", json.dumps([_report(real[0], "/")]).encode(), kind)
        for _ in range(150):
            exchange(server, "POST", "/shariff/csp-report", b"garbage", kind)
        second = exchange(server, "POST", "/shariff/csp-report", json.dumps([_report(real[1], "/")]).encode(), kind)
    there = {row.blocked for row in open_store(f"sqlite:///{folder}/{STORE}").reports.all()}
    lost = [host for host in real if host not in there]
    size = sum(file.stat().st_size for file in folder.glob(f"{STORE}*"))
    return Outcome(
        "600 made-up findings, 150 pieces of garbage, 2 real ones",
        counted(len(lost), "real finding"),
        f"statuses of the real ones: {first}, {second}",
        "the next report" if not lost else "not",
        f"{len(there)} rows, {size / MEGABYTE:.1f} MB",
        not lost,
    )


def _report(blocked: str, path: str) -> dict[str, Any]:
    body = {
        "documentURL": f"{ORIGIN}{path}",
        "effectiveDirective": "frame-src",
        "blockedURL": blocked,
        "disposition": "enforce",
    }
    return {"type": "csp-violation", "body": body}


# Gates

ELEMENT = '<div class="fb-post" data-href="https://www.facebook.com/leinau/posts/1"></div>'
MOST_GATES, LARGEST_GATE, LARGEST_CLOSED = 100, 12_000, 1_500


def gates(folder: Path) -> Outcome:
    """A page of nothing but embeds."""
    with StandIn() as stand_in:
        settings = Settings.from_mapping(values(folder, stand_in))
    number = 2_000
    page = ELEMENT * number
    gated = gate_html(page, settings).html
    made = gated.count('action="/shariff/frame"')
    one = len(gate_html(ELEMENT, settings).html)
    return Outcome(
        f"{number:,} embeds of {len(ELEMENT)} bytes",
        "–",
        f"{made:,} gates, {one:,} bytes each",
        "–",
        f"{len(gated) / len(page):.0f} times the page",
        made <= MOST_GATES
        and one <= LARGEST_GATE
        and len(gated) <= MOST_GATES * LARGEST_GATE + number * LARGEST_CLOSED,
    )


# Connections

HALVES = (
    b"GET /shariff/status HT",
    b"POST /shariff/frame HTTP/1.1\r\nHost: www.leinau.example\r\nContent-Length: 100\r\n\r\nembed",
)
OPEN, PATIENCE = 100, 30.0


def half_requests(folder: Path) -> Outcome:
    """Connections that never end their request. The others are answered meanwhile, and these are closed."""
    with proxy(folder) as server:
        held = holding(server.process).descriptors
        waiting = []
        for half in HALVES * OPEN:
            connection = socket.create_connection(("127.0.0.1", server.port), timeout=60)
            connection.sendall(half)
            waiting.append(connection)
        answered = sum(get(server, "/shariff/status") == 200 for _ in range(20))
        end = time.monotonic() + PATIENCE
        left = list(waiting)
        while left and time.monotonic() < end:
            ready = select(left, [], [], 1.0)[0]
            left = [connection for connection in left if connection not in ready or not _closed(connection)]
        for connection in waiting:
            connection.close()
        well = get(server, "/shariff/status")
        freed = _descriptors_after(server, held)
    return Outcome(
        f"{len(waiting)} connections, half of them in the headers, half in the body",
        f"{20 - answered} of 20 visitors not answered" if answered < 20 else "none: 20 of 20 visitors were answered",
        f"closed by the server: {len(waiting) - len(left)} of {len(waiting)} within {PATIENCE:.0f} s",
        "the next request" if well == 200 else f"not: the next request was answered {well}",
        f"descriptors {freed - held:+} afterwards",
        answered == 20 and not left and well == 200,
    )


def _closed(connection: socket.socket) -> bool:
    """Whether the other side has closed it; an answer before that is read and dropped."""
    try:
        return connection.recv(65_536) == b""
    except OSError:
        return True


def _descriptors_after(server: Served, before: int) -> int:
    """Descriptors once the server has noticed that the connections are gone, or has had two seconds for it."""
    end = time.monotonic() + 2
    while (now := holding(server.process).descriptors) > before + 5 and time.monotonic() < end:
        time.sleep(0.1)
    return now
