"""A micro-cache in front of an application: a response of the last few seconds is repeated without calling the application.

It holds complete responses of one path: public ones without a cookie, to requests that the application calls canonical. Of other spellings
of the same question, and of questions about nothing, there is no end.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from shariff_py.caches import BoundedDict

CACHED_SECONDS = 5.0
CANONICAL = "shariff.canonical"
"""The key of the environment under which the application notes that a request is written in the one form that is cached."""

CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
NOT_MODIFIED_HEADERS = frozenset({"cache-control", "etag", "last-modified", "vary", "access-control-allow-origin"})
"""The headers that a 304 repeats (RFC 9110, section 15.4.5), and what a browser needs to read it from another origin."""


@dataclass(frozen=True, slots=True)
class CachedResponse:
    """One response as it was sent; it holds until ``expires_at`` (monotonic seconds) and as long as nothing newer is known (``version``)."""

    headers: list[tuple[str, str]]
    body: list[bytes]
    etag: str
    expires_at: float
    version: int


Key = str | tuple[str, str]
"""A query, with the origin of the requesting page where there is one."""


class ResponseCache:
    """Wraps an application. ``version`` changes whenever what is cached is outdated; ``clock`` gives monotonic seconds."""

    def __init__(
        self,
        app: WSGIApplication,
        path: str,
        version: Callable[[], int],
        *,
        seconds: float = CACHED_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._path = path
        self._version = version
        self._seconds = seconds
        self._clock = clock
        self._entries: BoundedDict[Key, CachedResponse] = BoundedDict(
            "web.own_pages.response_cache.ResponseCache._entries"
        )

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        # As few steps as possible: this is called more often than everything else together.
        if environ.get("PATH_INFO", "") != self._path or environ["REQUEST_METHOD"] != "GET":
            return self._app(environ, start_response)
        query = environ.get("QUERY_STRING", "")
        key: Key = (query, environ["HTTP_ORIGIN"]) if "HTTP_ORIGIN" in environ else query
        cached = self._entries.get(key)
        if cached is None or cached.expires_at <= self._clock() or cached.version != self._version():
            return self._fetch(key, environ, start_response)
        if "HTTP_IF_NONE_MATCH" in environ or "HTTP_IF_MODIFIED_SINCE" in environ:
            return self._revalidate(cached, environ, start_response)
        start_response("200 OK", cached.headers[:])
        return cached.body

    def _revalidate(
        self, cached: CachedResponse, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """A 304 for a browser that has this very response; the application handles every other condition."""
        if environ.get("HTTP_IF_NONE_MATCH") != cached.etag:
            return self._app(environ, start_response)
        start_response(
            "304 NOT MODIFIED", [header for header in cached.headers if header[0].lower() in NOT_MODIFIED_HEADERS]
        )
        return []

    def __len__(self) -> int:
        """How many responses are cached."""
        return len(self._entries)

    def _fetch(self, key: Key, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The application's response; cached where that is allowed."""
        if any(name in environ for name in CONDITIONS):
            return self._app(environ, start_response)
        version = self._version()
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Callable[[bytes], object]:
            started[:] = [(status, headers)]
            return start_response(status, headers, exc_info)

        pieces = self._app(environ, start)
        try:
            body = [b"".join(pieces)]
        finally:
            if hasattr(pieces, "close"):
                pieces.close()
        status, headers = started[0]
        named = {name.lower(): value for name, value in headers}
        is_public = "set-cookie" not in named and "public" in named.get("cache-control", "")
        if status.startswith("200") and is_public and environ.get(CANONICAL):
            length = len("".join(key)) + len(body[0]) + sum(len(name) + len(value) for name, value in headers)
            expires_at = self._clock() + self._seconds
            response = CachedResponse(list(headers), body, named.get("etag", ""), expires_at, version)
            self._entries.keep(key, response, length)
        return body
