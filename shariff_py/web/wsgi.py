"""The WSGI middleware: any Python site gets the gate, the gate frame and the widget without a line in its templates."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from email.message import Message
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from shariff_py.gate import gate_html
from shariff_py.settings import Settings, load
from shariff_py.web.site import KEY, Site
from shariff_py.web.standalone import create_app

VALIDATORS = frozenset({"content-length", "etag", "last-modified", "content-md5", "digest", "repr-digest"})
"""Headers that describe the body as it was. A page that changed must not be confirmed as unchanged afterwards."""

NO_LOOKUPS = ("X-DNS-Prefetch-Control", "off")
"""Keeps browsers from looking up the names of links before anybody follows them, see `shariff_py.web.flask.without_lookups`."""


class ShariffMiddleware:
    """Wrap a WSGI application: its HTML pages are gated, everything below the prefix is answered here.

    Only complete HTML answers (status 200, not compressed) are touched; a page without platform content is passed on as it came.
    """

    def __init__(self, app: WSGIApplication, *, settings: Settings | None = None) -> None:
        self._app = app
        self._own = create_app(settings or load())
        site: Site = self._own.extensions[KEY]
        self._settings = site.settings

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        prefix = self._settings.frame.prefix
        if environ.get("PATH_INFO", "").startswith(f"{prefix}/"):
            return self._own(environ, start_response)
        return self._gated(environ, start_response)

    def _gated(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = _Answer()
        body = self._app(environ, answer.start)
        if not answer.started:
            body = _begun(body)
        if environ.get("REQUEST_METHOD") == "HEAD" or not answer.is_page():
            start_response(answer.status, answer.headers, answer.exc_info)
            return _with_written(answer.written, body)
        try:
            whole = b"".join([*answer.written, *body])
        finally:
            if hasattr(body, "close"):
                body.close()
        changed = self._gate(whole, answer.charset())
        headers = answer.headers
        if changed is not whole:
            headers = [(name, value) for name, value in headers if name.lower() not in VALIDATORS]
            headers.append(("Content-Length", str(len(changed))))
        if "x-dns-prefetch-control" not in {name.lower() for name, _ in headers}:
            headers = [*headers, NO_LOOKUPS]
        start_response(answer.status, headers, answer.exc_info)
        return [changed]

    def _gate(self, page: bytes, charset: str) -> bytes:
        try:
            html = page.decode(charset, "surrogateescape")
        except LookupError:
            return page
        result = gate_html(html, self._settings)
        return result.html.encode(charset, ENCODED) if result.findings else page


ENCODED = "shariff_py.page"


def _as_page(error: UnicodeError) -> tuple[bytes, int]:
    """Bytes that were no letters become themselves again; letters the page's character set does not have become references."""
    assert isinstance(error, UnicodeEncodeError)  # noqa: S101 - nothing else asks this handler
    letters = error.object[error.start : error.end]
    written = (
        bytes([ord(letter) - 0xDC00]) if "\udc80" <= letter <= "\udcff" else f"&#{ord(letter)};".encode()
        for letter in letters
    )
    return b"".join(written), error.end


codecs.register_error(ENCODED, _as_page)


class _Answer:
    """What the wrapped application says about its answer before the body comes."""

    def __init__(self) -> None:
        self.started = False
        self.status = ""
        self.headers: list[tuple[str, str]] = []
        self.exc_info: Any = None
        self.written: list[bytes] = []

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Callable[[bytes], object]:
        self.started, self.status, self.headers, self.exc_info = True, status, headers, exc_info
        return self.written.append

    def is_page(self) -> bool:
        """Whether the body is a complete, uncompressed HTML page."""
        named = {name.lower(): value for name, value in self.headers}
        return (
            self.status.startswith("200")
            and named.get("content-type", "").split(";")[0].strip().lower() == "text/html"
            and "content-encoding" not in named
        )

    def charset(self) -> str:
        """The page's declared character set, UTF-8 where it declares none."""
        message = Message()
        message["content-type"] = next(value for name, value in self.headers if name.lower() == "content-type")
        return str(message.get_param("charset", "utf-8"))


def _begun(body: Iterable[bytes]) -> Iterable[bytes]:
    """The body with its first part drawn: an application that is a generator starts its answer only then (PEP 3333)."""
    parts = iter(body)
    first = next(parts, b"")
    return _Rest(first, parts, body)


class _Rest:
    """A first part, the parts after it, and the closing of the body they came from."""

    def __init__(self, first: bytes, parts: Iterable[bytes], body: Iterable[bytes]) -> None:
        self._first, self._parts, self._body = first, parts, body

    def __iter__(self) -> Any:
        yield self._first
        yield from self._parts

    def close(self) -> None:
        if hasattr(self._body, "close"):
            self._body.close()


def _with_written(written: list[bytes], body: Iterable[bytes]) -> Iterable[bytes]:
    return _Rest(b"".join(written), body, body) if written else body
