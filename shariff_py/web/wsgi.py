"""The WSGI middleware: any Python site gets the gate, the gate frame, the widget and the policy without a line in its templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from shariff_py.settings import Settings, load
from shariff_py.web.content_codec import supported_encodings
from shariff_py.web.gated_response import MAX_BUFFERED_BYTES, ETagRewriter, GatedResponse, PageTooLong, fingerprint
from shariff_py.web.request_info import RequestInfo, requested_host
from shariff_py.web.standalone import create_app

BYPASSING = ("wsgi.file_wrapper", "wsgi.early_hints")
"""What servers offer an application to send a file by themselves (PEP 3333), or hints before its response (Gunicorn 25): past us."""


class ShariffMiddleware:
    """Wrap a WSGI application: its HTML pages are gated and carry the policy, requests below the prefix are handled here.

    A page without platform content is passed on byte for byte; see `shariff_py.web.gated_response` for what is not changed. Pages
    longer than `MAX_BUFFERED_BYTES` bytes are streamed.
    """

    def __init__(self, app: WSGIApplication, *, settings: Settings | None = None) -> None:
        self._app = app
        self._own = create_app(settings or load())
        self._settings = self._own.site.settings
        self._mark = fingerprint(self._settings)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self._own.answers(environ.get("PATH_INFO", ""), requested_host(environ)):
            return self._own(environ, start_response)
        return self._gated(environ, start_response)

    def _gated(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        site = self._own.site
        etags = ETagRewriter(self._mark + site.previews.version)
        request = RequestInfo.from_environ(environ)
        # Warns once where the settings do not know the host.
        site.page_url(request)

        def response_to(status: str, headers: list[tuple[str, str]]) -> GatedResponse:
            shown = site.previews.shown
            return GatedResponse(self._settings, request, etags, int(status[:3]), headers, site.warn_once, shown)

        started = _StartedResponse(response_to, start_response)
        body = self._app(_for_application(environ, etags), started.start)
        if not started.status:
            body = _started_generator(body)
        response = response_to(started.status, started.headers)
        if not response.is_page:
            if not started.passed_on:
                start_response(started.status, response.unchanged_headers(), started.exc_info)
            return _Closing(chain([b"".join(started.written)], body), body) if started.written else body
        return _Closing(_page(response, started, body, start_response), body)


def _page(
    response: GatedResponse, started: _StartedResponse, body: Iterable[bytes], start_response: StartResponse
) -> Iterator[bytes]:
    """The page as it goes out: whole where it ends within what is buffered, otherwise piece by piece."""
    buffered: list[bytes] = []
    size = 0
    pieces = chain(started.written, body)
    status = started.status
    try:
        for piece in pieces:
            buffered.append(piece)
            size += len(piece)
            if size > MAX_BUFFERED_BYTES:
                if response.can_stream(lambda: b"".join(buffered)):
                    start_response(status, response.begin(), started.exc_info)
                    for later in chain([b"".join(buffered)], pieces):
                        yield from response.feed(later)
                    yield response.close()
                    return
                response.hold(size)
        headers, whole = response.whole(b"".join(buffered))
    except PageTooLong as error:
        if response.has_begun:
            raise
        status, headers, whole = response.refusal(error)
    start_response(status, headers, started.exc_info)
    yield whole


def _for_application(environ: WSGIEnvironment, etags: ETagRewriter) -> WSGIEnvironment:
    """The request as the application is to see it: its own validators, and only codings that can be read here."""
    changed = dict(environ)
    if "HTTP_IF_NONE_MATCH" in changed:
        known = etags.for_application(str(changed.pop("HTTP_IF_NONE_MATCH")))
        changed.update({"HTTP_IF_NONE_MATCH": known} if known else {})
    if "HTTP_ACCEPT_ENCODING" in changed:
        changed["HTTP_ACCEPT_ENCODING"] = supported_encodings(str(changed["HTTP_ACCEPT_ENCODING"]))
    for name in BYPASSING:
        changed.pop(name, None)
    return changed


class _StartedResponse:
    """Status and headers of the wrapped application's response, which come before the body, and what it writes (PEP 3333, write callable):
    of a page it is kept in ``written``, anything else is ``passed_on`` to the server at once, where that can be written to."""

    def __init__(
        self, response_to: Callable[[str, list[tuple[str, str]]], GatedResponse], start_response: StartResponse
    ) -> None:
        self.status = ""
        self.headers: list[tuple[str, str]] = []
        self.exc_info: Any = None
        self.written: list[bytes] = []
        self.passed_on = False
        self._response_to = response_to
        self._start_response = start_response
        self._size = 0
        self._write: Callable[[bytes], object] | None = None
        self._response: GatedResponse | None = None

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Callable[[bytes], object]:
        self.status, self.headers, self.exc_info = status, headers, exc_info
        return self._written

    def _written(self, piece: bytes) -> None:
        if self._response is None:
            self._response = response = self._response_to(self.status, self.headers)
            if not response.is_page:
                self._write = self._start_response(self.status, response.unchanged_headers(), self.exc_info)
                self.passed_on = True
        if self._write is not None:
            self._write(piece)
            return
        self.written.append(piece)
        if not self.passed_on:
            self._size += len(piece)
            self._response.hold(self._size)


def _started_generator(body: Iterable[bytes]) -> Iterable[bytes]:
    """The body with its first part drawn: an application that is a generator calls ``start_response`` only then (PEP 3333)."""
    parts = iter(body)
    return _Closing(chain([next(parts, b"")], parts), body)


class _Closing:
    """Pieces, and the closing of the body they came from."""

    def __init__(self, pieces: Iterable[bytes], body: Iterable[bytes]) -> None:
        self._pieces, self._body, self._closed = pieces, body, False

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._pieces
        except BaseException:
            # Not every server closes what has failed.
            self.close()
            raise

    def close(self) -> None:
        if not self._closed and hasattr(self._body, "close"):
            self._closed = True
            self._body.close()
