"""The accept loop of every server of the audit: each connection is served in a thread of its own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress


class Listener:
    """Accepts connections on a listening socket until it is closed. ``serve`` gets each connection, and closes it."""

    def __init__(self, listening: socket.socket, serve: Callable[[socket.socket], None], name: str) -> None:
        self._socket = listening
        self._serve = serve
        self._name = name

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return int(self._socket.getsockname()[1])

    def start(self) -> None:
        """Begin to accept connections."""
        self._thread(self._accept)

    def close(self) -> None:
        """Accept no more connections; those that are open end by themselves."""
        # Wakes the thread that waits in accept; not every system lets a listening socket be shut down.
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self._thread(self._serve, connection)

    def _thread(self, work: Callable[..., None], *arguments: socket.socket) -> None:
        threading.Thread(target=work, args=arguments, name=self._name, daemon=True).start()
