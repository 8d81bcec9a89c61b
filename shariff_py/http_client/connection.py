"""Connections: one exchange, within a deadline and a size limit, or a failure with a one-word reason."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)

from shariff_py.errors import FetchFailed
from shariff_py.platforms.count_sources.exchange import Reply, Request

CONNECT_SECONDS = 5.0
CHUNK = 65_536


class Connections:
    """The connections of this process, kept open between requests."""

    def __init__(self) -> None:
        self._pool: urllib3.PoolManager | None = None
        self._process = 0

    def exchange(
        self, request: Request, origin: str, *, headers: Mapping[str, str], seconds: float, largest: int
    ) -> Reply:
        """Send one request to ``origin`` and read its reply of at most ``largest`` bytes, within so many seconds.

        Raises `FetchFailed` with one of the reasons ``timeout``, ``connection``, ``tls``, ``too-large``.
        """
        deadline = time.monotonic() + seconds
        with _named_failures(deadline):
            response = self._manager().request(
                request.method,
                origin + request.path,
                headers=headers,
                body=request.body or None,
                timeout=urllib3.Timeout(total=seconds, connect=min(CONNECT_SECONDS, seconds)),
                retries=False,
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
            complete = False
            try:
                with _after(deadline - time.monotonic(), response.shutdown):
                    body = _read(response, largest, deadline)
                complete = True
            finally:
                if complete:
                    response.release_conn()
                else:
                    response.close()
        return Reply(response.status, {name.lower(): value for name, value in response.headers.items()}, body)

    def _manager(self) -> urllib3.PoolManager:
        """The connection pool of this process: a forked child must not use its parent's connections."""
        if self._pool is None or self._process != os.getpid():
            self._pool, self._process = urllib3.PoolManager(cert_reqs="CERT_REQUIRED", maxsize=2), os.getpid()
            self._pool.pool_classes_by_scheme = {"http": _PlainPool, "https": _TlsPool}
        return self._pool


class _DeadlineConnection(HTTPConnection):
    """A connection that reads the whole head of a reply within the timeout, however slowly it arrives."""

    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override]
        left = self.timeout if isinstance(self.timeout, int | float) else CONNECT_SECONDS
        connected = self.sock
        with _after(left, lambda: socket.socket.shutdown(connected, socket.SHUT_RDWR)):
            return super().getresponse()


class _DeadlineTlsConnection(_DeadlineConnection, HTTPSConnection):
    pass


class _PlainPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _DeadlineConnection


class _TlsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _DeadlineTlsConnection


def _read(response: urllib3.BaseHTTPResponse, largest: int, deadline: float) -> bytes:
    """The body, within the size limit and the deadline."""
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length) > largest:
        raise FetchFailed("too-large", f"the reply announces {length} bytes, {largest} are allowed")
    body = b""
    while chunk := response.read1(CHUNK):
        body += chunk
        if len(body) > largest:
            raise FetchFailed("too-large", f"the reply has more than {largest} bytes")
        if time.monotonic() >= deadline:
            break
    if time.monotonic() >= deadline:
        raise FetchFailed("timeout", "the reply was not complete in time")
    return body


@contextmanager
def _after(seconds: float, action: Callable[[], object]) -> Iterator[None]:
    """Run ``action`` after so many seconds, unless the block ends earlier."""

    def run() -> None:
        try:
            action()
        except (OSError, ValueError, HTTPError):
            return  # The connection is closed already.

    timer = threading.Timer(max(0.0, seconds), run)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def _named_failures(deadline: float) -> Iterator[None]:
    """Raise every network failure as a `FetchFailed` with a one-word reason. Messages are our own: those of urllib3 may quote the request."""
    try:
        yield
    except (ConnectTimeoutError, ReadTimeoutError) as error:
        # In urllib3, a refused connection and an unknown host are subclasses of ConnectTimeoutError.
        refused = isinstance(error, NewConnectionError)
        raise FetchFailed("connection" if refused else "timeout", type(error).__name__) from None
    except SSLError as error:
        raise FetchFailed("tls", type(error).__name__) from None
    except (HTTPError, OSError, ValueError) as error:
        late = time.monotonic() >= deadline
        raise FetchFailed("timeout" if late else "connection", type(error).__name__) from None
