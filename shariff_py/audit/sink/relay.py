"""The one way out of the sealed network: a socket in the file system, over which only the audited site itself can be reached."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

from shariff_py.audit.sink.listener import Listener

PIECE = 65_536
PATIENCE_SECONDS = 20.0


class Relay:
    """The outer end. ``allows`` says which host and port may be reached; everything else is refused."""

    def __init__(self, path: Path, allows: Callable[[str, int], bool]) -> None:
        self._allows = allows
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(path))
        listening.listen(128)
        self._listener = Listener(listening, self._forward, "relay")

    def __enter__(self) -> Self:
        self._listener.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def _forward(self, inner: socket.socket) -> None:
        try:
            host, _, port = _line(inner).rpartition(" ")
            if not port.isdecimal() or not self._allows(host, int(port)):
                inner.close()
                return
            outer = socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS)
        except OSError:
            inner.close()
            return
        outer.settimeout(None)
        exchange(inner, outer)


def forward(connection: socket.socket, path: Path, host: str, port: int) -> None:
    """The inner end: forward a connection to host and port through the socket at ``path``."""
    outer = socket.socket(socket.AF_UNIX)
    try:
        outer.connect(str(path))
        outer.sendall(f"{host} {port}\n".encode())
    except OSError:
        connection.close()
        return
    connection.settimeout(None)
    exchange(connection, outer)


def exchange(one: socket.socket, other: socket.socket) -> None:
    """Forward both directions until both ends are closed."""
    back = threading.Thread(target=_pump, args=(other, one), daemon=True)
    back.start()
    _pump(one, other)
    back.join()
    one.close()
    other.close()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(PIECE):
            target.sendall(piece)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def _line(connection: socket.socket) -> str:
    """The first line, read byte by byte so that nothing behind it is taken."""
    line = b""
    while len(line) < 512 and (byte := connection.recv(1)) and byte != b"\n":
        line += byte
    return line.decode("ascii", "replace")
