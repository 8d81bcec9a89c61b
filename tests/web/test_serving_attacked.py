"""The server of ``shariff-py serve``, as a process of its own: half requests end after seconds, and a flood leaves it as it was."""

from __future__ import annotations

import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from support.sockets import free_port

from shariff_py.cli.stalled_connections import close_stalled, listening_ports

HEAD = b"POST /shariff/frame HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
HALVES = {
    "nothing": (b"", b""),
    "half a request line": (b"GET /shariff/sta", b""),
    "a request line letter by letter": (b"G", b"ET /shariff/status" + b"x" * 100),
    "half of the headers": (b"GET /shariff/status HTTP/1.1\r\nHost: a\r\nX-", b""),
    "headers letter by letter": (b"GET /shariff/status HTTP/1.1\r\nX-A: ", b"y" * 100),
    "half of a body": (HEAD + b"Content-Length: 500\r\n\r\nembed=", b""),
    "a body letter by letter": (HEAD + b"Content-Length: 500\r\n\r\nembed=", b"z" * 100),
    "half of a chunk": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab", b""),
    "a body that is too long": (HEAD + b"Content-Length: 500000000\r\n\r\n", b"z" * 100),
    "nothing after a response": (b"GET /shariff/status HTTP/1.1\r\nHost: a\r\n\r\n", b""),
}
"""What is sent at once, and what is sent of it later, a letter each second."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """The port and the process of the server."""
    secret = "only-for-these-tests-0123456789abcdef0123456789"
    (tmp_path / "shariff.toml").write_text(
        f'[site]\norigin = "https://www.leinau.example"\n[frame]\nsecrets = ["{secret}"]\n'
    )
    port = free_port()
    command = [sys.executable, "-c", "from shariff_py.cli import main; main()", "serve", "--port", str(port)]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SHARIFF_")}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            deadline = time.monotonic() + 60
            while status_of(port) != 200:
                assert process.poll() is None
                assert time.monotonic() < deadline, "it does not answer"
                time.sleep(0.2)
            yield port, process.pid
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


def status_of(port: int) -> int:
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
            connection.request("GET", "/shariff/status")
            return connection.getresponse().status
    except OSError:
        return 0


def memory(parent: int) -> int:
    """Megabytes of the worker of that process."""
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if int(fields["PPid"]) == parent and "VmRSS" in fields:
            return int(fields["VmRSS"].split()[0]) // 1_024
    raise AssertionError("it has no worker")


@pytest.mark.full
@pytest.mark.subprocess
def test_half_a_request_is_closed_after_seconds_while_others_are_answered(served: tuple[int, int]) -> None:
    port, _ = served
    lasted: dict[str, float] = {}

    def attack(name: str, first: bytes, later: bytes) -> None:
        begun = time.monotonic()
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.settimeout(1)
            try:
                client.sendall(first)
                while time.monotonic() - begun < 60:
                    try:
                        if not client.recv(65_536):
                            break
                    except TimeoutError:
                        client.sendall(later[:1])
                        later = later[1:]
            except OSError:
                pass
        lasted[name] = time.monotonic() - begun

    attackers = [threading.Thread(target=attack, args=(name, *sent)) for name, sent in HALVES.items()]
    for attacker in attackers:
        attacker.start()
    assert status_of(port) == 200
    for attacker in attackers:
        attacker.join()

    assert {name for name, seconds in lasted.items() if seconds > 30} == set()


@pytest.mark.full
@pytest.mark.subprocess
def test_a_flood_of_long_questions_leaves_a_worker_as_it_was(served: tuple[int, int]) -> None:
    port, pid = served
    before, chance = memory(pid), Random(1)
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        for number in range(3_000):
            query = "".join(chance.choices("abcdefgh", k=8)) * 7_500
            connection.request("GET", f"/shariff/counts?url=https://www.leinau.example/?x={number}{query}")
            assert connection.getresponse().read() == b"{}"

    assert memory(pid) - before < 80


def test_a_connection_on_which_nothing_is_sent_is_closed_and_no_other() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_server(("127.0.0.1", 0)) as foreign:
        port = server.getsockname()[1]
        assert port in listening_ports()
        clients = [socket.create_connection(place.getsockname()) for place in (server, server, foreign)]
        silent, busy, other = server.accept()[0], server.accept()[0], foreign.accept()[0]
        time.sleep(0.1)
        busy.send(b"x")

        with silent, busy, other:
            assert close_stalled(0.05, {port}) == 1
            assert clients[0].recv(1) == b""
            assert clients[1].recv(1) == b"x"
            for client in clients[1:]:
                client.send(b"y")
            assert (busy.recv(1), other.recv(1)) == (b"y", b"y")
            assert close_stalled(60, {port}) == 0
        for client in clients:
            client.close()


@pytest.mark.subprocess
def test_looking_for_such_connections_releases_no_lock_that_the_process_has_on_a_file(tmp_path: Path) -> None:
    """SQLite's are of this kind: without them, another process removes what the store has not yet written into its file."""
    path = tmp_path / "file"
    code = f"import fcntl; fcntl.lockf(open({str(path)!r}, 'w'), fcntl.LOCK_EX | fcntl.LOCK_NB)"

    def others_get_it() -> bool:
        return subprocess.run([sys.executable, "-c", code], stderr=subprocess.DEVNULL, check=False).returncode == 0

    with path.open("w") as file:
        fcntl.lockf(file, fcntl.LOCK_EX)
        with socket.create_server(("127.0.0.1", 0)):
            assert close_stalled(60, listening_ports()) == 0
        assert not others_get_it()
    assert others_get_it()
