"""One application behind granian, in a process of its own on a free port of this machine, that ends with whoever started it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent.parent
START_SECONDS = 120.0
END_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its process, which is the parent of its workers, and its port on 127.0.0.1."""

    process: int
    port: int


@contextmanager
def served(
    target: str,
    folder: Path,
    environ: Mapping[str, str],
    *,
    interface: str = "wsgi",
    python_path: tuple[Path, ...] = (),
) -> Iterator[Served]:
    """Serve the application that the factory ``MODULE:NAME`` makes. The process runs in ``folder``, where its output is kept.

    Raises `RuntimeError` with the end of that output where it does not answer.
    """
    path = os.pathsep.join(map(str, [*python_path, BENCHMARKS, BENCHMARKS.parent]))
    command = [sys.executable, "-m", "under_load.served", target, interface]
    with running(command, folder, {"PYTHONPATH": path, **environ}) as server:
        yield server


@contextmanager
def running(command: list[str], folder: Path, environ: Mapping[str, str]) -> Iterator[Served]:
    """The server that a command starts on the port that is added to it; its processes are ended with the block."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    own = {name: value for name, value in os.environ.items() if not name.startswith("SHARIFF_")}
    with (folder / "output.txt").open("wb") as output:
        process = subprocess.Popen(
            [*command, str(port)], cwd=folder, env={**own, **environ}, stdin=subprocess.PIPE, stdout=output,
            stderr=output, start_new_session=True,
        )  # fmt: skip
    try:
        _wait(process, port, folder)
        yield Served(process.pid, port)
    finally:
        _end(process)


def _wait(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5) as probe:
            # The port is open before the application is made.
            probe.settimeout(START_SECONDS)
            probe.sendall(b"GET /shariff/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            if probe.recv(16):
                return
        time.sleep(0.1)
    raise RuntimeError(f"The server does not answer: {(folder / 'output.txt').read_text(errors='replace')[-2000:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the server and its workers: all of them are in a process group of their own."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(END_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdin is not None:
        process.stdin.close()


def _end_with_the_parent() -> None:
    """The pipe to the parent closes when it ends, however it does. Read without `sys.stdin`, whose lock a forked worker would inherit."""
    while os.read(0, 1):
        pass
    os.killpg(os.getpgid(0), signal.SIGTERM)


def serve(target: str, interface: str, port: int) -> None:
    """Run in the process of the server."""
    from granian.constants import Interfaces
    from granian.server import Server

    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    Server(
        target, address="127.0.0.1", port=port, interface=Interfaces(interface), factory=True, websockets=False,
        log_access=False,
    ).serve()  # fmt: skip


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2], int(sys.argv[3]))
