"""A dictionary in front of an application's routing: a count that was just told is told again without asking the application.

It keeps whole answers, as they went out, of one path only: public ones without a cookie, a few seconds old at most, and so many of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

KEPT_SECONDS = 5.0
MOST_KEPT = 10_000
LONGEST_KEY = 2048
"""Characters of a query. Longer ones are answered by the application."""

CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
IN_NOT_MODIFIED = frozenset({"cache-control", "etag", "last-modified", "vary", "access-control-allow-origin"})
"""The headers that a 304 repeats (RFC 9110, section 15.4.5), and what a browser needs to read it from another origin."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer as it went out; it holds until ``ends_at`` (monotonic seconds) and as long as nothing newer is known (``version``)."""

    headers: list[tuple[str, str]]
    body: list[bytes]
    etag: str
    ends_at: float
    version: int


Key = str | tuple[str, str]
"""A query, with the origin of whoever asks where there is one."""


class Front:
    """Wraps an application. ``version`` changes whenever what is kept is outdated; ``clock`` gives monotonic seconds."""

    def __init__(
        self,
        app: WSGIApplication,
        path: str,
        version: Callable[[], int],
        *,
        seconds: float = KEPT_SECONDS,
        most: int = MOST_KEPT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._path = path
        self._version = version
        self._seconds = seconds
        self._most = most
        self._clock = clock
        self._kept: dict[Key, Kept] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        # As few steps as can be: this is asked more often than everything else together.
        if environ["PATH_INFO"] != self._path or environ["REQUEST_METHOD"] != "GET":
            return self._app(environ, start_response)
        query = environ.get("QUERY_STRING", "")
        key: Key = (query, environ["HTTP_ORIGIN"]) if "HTTP_ORIGIN" in environ else query
        kept = self._kept.get(key)
        if kept is None or kept.ends_at <= self._clock() or kept.version != self._version():
            return self._filled(key, environ, start_response)
        if "HTTP_IF_NONE_MATCH" in environ or "HTTP_IF_MODIFIED_SINCE" in environ:
            return self._unless_known(kept, environ, start_response)
        start_response("200 OK", kept.headers[:])
        return kept.body

    def _unless_known(self, kept: Kept, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """A 304 for a browser that has this very answer; every other condition is the application's to judge."""
        if environ.get("HTTP_IF_NONE_MATCH") != kept.etag:
            return self._app(environ, start_response)
        start_response("304 NOT MODIFIED", [header for header in kept.headers if header[0].lower() in IN_NOT_MODIFIED])
        return []

    def __len__(self) -> int:
        """How many answers are kept."""
        return len(self._kept)

    def _filled(self, key: Key, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The application's answer; what may be kept of it is."""
        if any(name in environ for name in CONDITIONS) or len("".join(key)) > LONGEST_KEY:
            return self._app(environ, start_response)
        version = self._version()
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Callable[[bytes], object]:
            started[:] = [(status, headers)]
            return start_response(status, headers, exc_info)

        answer = self._app(environ, start)
        try:
            body = [b"".join(answer)]
        finally:
            if hasattr(answer, "close"):
                answer.close()
        status, headers = started[0]
        named = {name.lower(): value for name, value in headers}
        if status.startswith("200") and "set-cookie" not in named and "public" in named.get("cache-control", ""):
            if len(self._kept) >= self._most:
                self._kept.clear()
            ends_at = self._clock() + self._seconds
            self._kept[key] = Kept(list(headers), body, named.get("etag", ""), ends_at, version)
        return body
