"""Connections that keep the server waiting: a body that does not end, a client that does not read. They are closed after some seconds.

The server closes what does not become a request by itself, but lets a body take as long as it likes. The kernel knows since when nothing
was sent on a connection (``tcp_info``, tcp(7)); what is asked here is answered within milliseconds. Linux only: elsewhere nothing is
closed.
"""

from __future__ import annotations

import os
import socket
import stat
import struct
import threading
import time
from collections.abc import Container, Iterator
from contextlib import suppress
from pathlib import Path

SILENT_SECONDS = 20.0
"""How long nothing may have been sent on a connection. What is posted here has a few hundred bytes; but a visitor among a thousand may have to
wait while the store's disk is slow, and looks the same: 16 seconds were seen."""

SWEEP_SECONDS = 2.0
DESCRIPTORS = Path("/proc/self/fd")
LAST_DATA_SENT = 44
"""Where ``tcp_info`` says how many milliseconds ago data was last sent, or the connection accepted (linux/tcp.h)."""


def watch(seconds: float = SILENT_SECONDS) -> None:
    """Close what stalls from now on, in a thread of its own that ends with the process."""

    def sweep() -> None:
        while True:
            time.sleep(SWEEP_SECONDS)
            close_stalled(seconds, listening_ports())

    if DESCRIPTORS.is_dir() and hasattr(socket, "TCP_INFO"):
        threading.Thread(target=sweep, name="stalled connections", daemon=True).start()


def listening_ports() -> frozenset[int]:
    """The ports on which this process accepts connections."""
    return frozenset(
        found.getsockname()[1] for found in _sockets() if found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    )


def close_stalled(seconds: float, ports: Container[int]) -> int:
    """Close each connection to one of these ports of ours on which nothing was sent for so long. Returns how many there were."""
    closed = 0
    for connection in _sockets():
        # It may end at any moment, by itself.
        with suppress(OSError, struct.error):
            if connection.getsockname()[1] not in ports or not connection.getpeername():
                continue
            [silent] = struct.unpack_from(
                "I", connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 104), LAST_DATA_SENT
            )
            if silent > seconds * 1_000:
                connection.shutdown(socket.SHUT_RDWR)
                closed += 1
    return closed


def _sockets() -> Iterator[socket.socket]:
    """Each TCP socket of this process, as a duplicate that is closed again.

    No descriptor of a file is duplicated: whichever is closed, the process's locks on the file end (fcntl(2)), and with SQLite's locks its
    stores are lost (howtocorrupt.html, 2.2).
    """
    for entry in DESCRIPTORS.iterdir():
        with suppress(OSError):
            if not _is_socket(int(entry.name)):
                continue
            copy = os.dup(int(entry.name))
            if not _is_socket(copy):
                # The number is another one's by now. It stays open, for the same reason.
                continue
            with socket.socket(fileno=copy) as found:
                if found.family in {socket.AF_INET, socket.AF_INET6} and found.type == socket.SOCK_STREAM:
                    yield found


def _is_socket(descriptor: int) -> bool:
    return stat.S_ISSOCK(os.fstat(descriptor).st_mode)
