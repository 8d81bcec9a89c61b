"""The WSGI middleware: any Python site gets the gate, the gate frame, the widget and the policy without a line in its templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from wsgiref.util import request_uri

from shariff_py.settings import Settings, load
from shariff_py.web.content_codec import readable
from shariff_py.web.gated_response import HELD, Answer, Asked, Tags, fingerprint
from shariff_py.web.site import KEY, Site
from shariff_py.web.standalone import create_app


class ShariffMiddleware:
    """Wrap a WSGI application: its HTML pages are gated and carry the policy, everything below the prefix is answered here.

    A page without platform content is passed on as the very bytes it was; see `shariff_py.web.gated_response` for what is left alone. Pages
    longer than `HELD` bytes are passed on while they come.
    """

    def __init__(self, app: WSGIApplication, *, settings: Settings | None = None) -> None:
        self._app = app
        self._own = create_app(settings or load())
        site: Site = self._own.extensions[KEY]
        self._settings = site.settings
        self._mark = fingerprint(site.settings)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        prefix = self._settings.frame.prefix
        if environ.get("PATH_INFO", "").startswith(f"{prefix}/"):
            return self._own(environ, start_response)
        return self._gated(environ, start_response)

    def _gated(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        tags = Tags(self._mark)
        asked = self._asked(environ)
        started = _Started()
        body = self._app(_translated(environ, tags), started.take)
        if not started.status:
            body = _begun(body)
        answer = Answer(self._settings, asked, tags, int(started.status[:3]), started.headers)
        if not answer.is_page:
            start_response(started.status, answer.untouched(), started.exc_info)
            return _Closing(chain([b"".join(started.written)], body), body) if started.written else body
        return _Closing(_page(answer, started, body, start_response), body)

    def _asked(self, environ: WSGIEnvironment) -> Asked:
        place = urlsplit(request_uri(environ, include_query=False))
        origin = self._settings.site.origin or f"{place.scheme}://{place.netloc}"
        headers = {
            key[5:].replace("_", "-").lower(): str(value) for key, value in environ.items() if key.startswith("HTTP_")
        }
        return Asked(environ.get("REQUEST_METHOD", "GET"), origin + place.path, headers)


def _page(answer: Answer, started: _Started, body: Iterable[bytes], start_response: StartResponse) -> Iterator[bytes]:
    """The page as it goes out: whole where it ends within what is held, otherwise piece by piece."""
    held: list[bytes] = []
    size = 0
    pieces = chain(started.written, body)
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size > HELD and answer.can_stream(b"".join(held)):
            start_response(started.status, answer.begin(), started.exc_info)
            yield answer.feed(b"".join(held))
            for later in pieces:
                yield answer.feed(later)
            yield answer.close()
            return
    headers, whole = answer.whole(b"".join(held))
    start_response(started.status, headers, started.exc_info)
    yield whole


def _translated(environ: WSGIEnvironment, tags: Tags) -> WSGIEnvironment:
    """The request as the application is to see it: its own validators, and only codings that can be read here."""
    changed = dict(environ)
    if "HTTP_IF_NONE_MATCH" in changed:
        known = tags.for_application(str(changed.pop("HTTP_IF_NONE_MATCH")))
        changed.update({"HTTP_IF_NONE_MATCH": known} if known else {})
    if "HTTP_ACCEPT_ENCODING" in changed:
        changed["HTTP_ACCEPT_ENCODING"] = readable(str(changed["HTTP_ACCEPT_ENCODING"]))
    # A server that sends files by itself would send them past us.
    changed.pop("wsgi.file_wrapper", None)
    return changed


class _Started:
    """What the wrapped application says about its answer before the body comes."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: list[tuple[str, str]] = []
        self.exc_info: Any = None
        self.written: list[bytes] = []

    def take(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Callable[[bytes], object]:
        self.status, self.headers, self.exc_info = status, headers, exc_info
        return self.written.append


def _begun(body: Iterable[bytes]) -> Iterable[bytes]:
    """The body with its first part drawn: an application that is a generator starts its answer only then (PEP 3333)."""
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
