"""Serves the self-test's page over TLS and HTTP/2, with Early Hints: browsers follow those over HTTP/2 only."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from typing import Self
from urllib.parse import parse_qs, urlsplit

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived
from h2.exceptions import ProtocolError

from shariff_py.audit.selftest.page import Document
from shariff_py.audit.sink.authority import Authority
from shariff_py.audit.sink.listener import Listener

PATIENCE_SECONDS = 30.0
REDIRECT = "/redirect"
MISSING = Document("text/plain", "")


class LeakSite:
    """The server. Use it in a ``with`` block; ``documents`` by path, everything else is not found."""

    def __init__(self, authority: Authority, host: str, documents: Mapping[str, Document]) -> None:
        self._context = authority.context(host, "h2")
        self._documents = documents
        self._listener = Listener(socket.create_server(("127.0.0.1", 0), backlog=64), self._serve, "leaks")

    @property
    def port(self) -> int:
        return self._listener.port

    def __enter__(self) -> Self:
        self._listener.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def _serve(self, plain: socket.socket) -> None:
        plain.settimeout(PATIENCE_SECONDS)
        with plain, suppress(OSError, ssl.SSLError, ProtocolError), self._secured(plain) as connection:
            self._talk(connection)

    def _secured(self, plain: socket.socket) -> ssl.SSLSocket:
        return self._context.wrap_socket(plain, server_side=True)

    def _talk(self, connection: ssl.SSLSocket) -> None:
        h2 = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        h2.initiate_connection()
        connection.sendall(h2.data_to_send())
        while received := connection.recv(65_536):
            for event in h2.receive_data(received):
                if isinstance(event, RequestReceived):
                    headers = {str(name): str(value) for name, value in event.headers}
                    self._answer(h2, connection, event.stream_id, headers[":path"])
            connection.sendall(h2.data_to_send())

    def _answer(self, h2: H2Connection, connection: ssl.SSLSocket, stream: int, path: str) -> None:
        parts = urlsplit(path)
        if parts.path == REDIRECT:
            target = parse_qs(parts.query).get("to", ["/"])[0]
            h2.send_headers(stream, [(":status", "302"), ("location", target)], end_stream=True)
            return
        document = self._documents.get(parts.path, MISSING)
        if document.hints:  # One response for all of them: Chromium follows only the first.
            h2.send_headers(stream, [(":status", "103"), ("link", ", ".join(document.hints))])
            connection.sendall(h2.data_to_send())
        status = "404" if document is MISSING else "200"
        named = [(name.lower(), value) for name, value in document.headers]
        h2.send_headers(
            stream,
            [(":status", status), ("content-type", document.content_type), ("cache-control", "no-store"), *named],
        )
        body = document.body.encode()
        # One frame at a time: the whole page is smaller than the window a browser opens with.
        for start in range(0, len(body), h2.max_outbound_frame_size):
            h2.send_data(stream, body[start : start + h2.max_outbound_frame_size])
        h2.end_stream(stream)
