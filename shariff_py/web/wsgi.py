"""The WSGI middleware: any Python site gets the gate, the gate frame and the widget without a line in its templates."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from email.message import Message
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from wsgiref.util import request_uri

from shariff_py.gate import gate_html
from shariff_py.settings import Settings, load
from shariff_py.web.site import KEY, Site
from shariff_py.web.standalone import create_app

log = logging.getLogger("shariff_py")

WITHOUT_WHOLE_BODY = frozenset({"204", "206", "304"})

VALIDATORS = frozenset({"content-length", "etag", "last-modified", "content-md5", "digest", "repr-digest"})
"""Headers that describe the body as it was. A page that changed must not be confirmed as unchanged afterwards."""

NO_LOOKUPS = ("X-DNS-Prefetch-Control", "off")
"""Keeps browsers from looking up the names of links before anybody follows them, see the Flask extension."""


class ShariffMiddleware:
    """Wrap a WSGI application: its HTML pages are gated, everything below the prefix is answered here.

    Whole HTML answers that are not compressed are gated; a page without platform content is passed on as it came. Where the application
    compresses by itself its pages cannot be read, and a warning in the log says so.
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
        changed = self._gate(whole, answer.charset(), self._place(environ))
        headers = answer.headers
        if changed is not whole:
            headers = [(name, value) for name, value in headers if name.lower() not in VALIDATORS]
            headers.append(("Content-Length", str(len(changed))))
        if "x-dns-prefetch-control" not in {name.lower() for name, _ in headers}:
            headers = [*headers, NO_LOOKUPS]
        start_response(answer.status, headers, answer.exc_info)
        return [changed]

    def _place(self, environ: WSGIEnvironment) -> str:
        """Where the page stands: the site's origin and the path."""
        place = urlsplit(request_uri(environ, include_query=False))
        return (self._settings.site.origin or f"{place.scheme}://{place.netloc}") + place.path

    def _gate(self, page: bytes, charset: str, place: str) -> bytes:
        """The page gated, in its own bytes. What is no letter of its character set stays as it is; our own letters are references."""
        try:
            html = page.decode(charset, "surrogateescape")
            result = gate_html(html, self._settings, page=place, references=True)
            return result.html.encode(charset, "surrogateescape") if result.findings else page
        except (LookupError, UnicodeError, ValueError):
            # A character set nobody knows: letter by letter the bytes themselves, which holds for every set that extends ASCII.
            result = gate_html(page.decode("latin-1"), self._settings, page=place, references=True)
            return result.html.encode("latin-1") if result.findings else page


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
        """Whether the body is a whole HTML page as it is read, whatever its status: an error page has the same footer."""
        named = {name.lower(): value for name, value in self.headers}
        if named.get("content-type", "").split(";")[0].strip().lower() != "text/html":
            return False
        if named.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
            log.warning(
                "An HTML answer came compressed and was passed on ungated: let the server in front compress instead."
            )
            return False
        return self.status[:3] not in WITHOUT_WHOLE_BODY

    def charset(self) -> str:
        """The page's declared character set, UTF-8 where it declares none."""
        message = Message()
        message["content-type"] = next(value for name, value in self.headers if name.lower() == "content-type")
        return str(message.get_param("charset", "utf-8")) or "utf-8"


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
