"""What is known of a request, independent of the protocol."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote
from wsgiref.types import WSGIEnvironment

PATH_CHARACTERS = "/:@!$&'()*+,;=~"
"""What a path may hold unescaped (RFC 3986, section 3.3)."""

QUERY_CHARACTERS = "".join(map(chr, range(0x80)))
"""All of ASCII: a query is escaped already, but for bytes that no browser sends as they are."""

DEFAULT_PORTS = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, slots=True)
class RequestInfo:
    """One request. ``origin`` is the one that it names, which anybody can invent, ``root_path`` where the application is mounted, ``path`` the
    whole path, percent-encoded, ``query`` without its question mark, ``headers`` by lower-case name."""

    method: str
    origin: str
    root_path: str
    path: str
    query: str
    headers: Mapping[str, str]

    @classmethod
    def from_environ(cls, environ: WSGIEnvironment) -> RequestInfo:
        """The request as WSGI gives it (PEP 3333: texts hold bytes as Latin-1)."""
        root = environ.get("SCRIPT_NAME", "").rstrip("/").encode("latin-1")
        path = root + environ.get("PATH_INFO", "").encode("latin-1")
        headers = {
            key[5:].replace("_", "-").lower(): str(value) for key, value in environ.items() if key.startswith("HTTP_")
        }
        host = requested_host(environ)
        return cls(
            environ.get("REQUEST_METHOD", "GET"),
            _origin(environ.get("wsgi.url_scheme", "http"), host),
            root.decode("utf-8", "replace"),
            quote(path, safe=PATH_CHARACTERS),
            ascii_query(environ.get("QUERY_STRING", "").encode("latin-1")),
            headers,
        )

    @classmethod
    def from_scope(cls, scope: Mapping[str, object]) -> RequestInfo:
        """The request as ASGI gives it."""
        pairs: Iterable[tuple[bytes, bytes]] = scope["headers"]  # type: ignore[assignment]
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in pairs}
        query = scope.get("query_string", b"")
        return cls(
            str(scope["method"]),
            _origin(str(scope.get("scheme", "http")), headers.get("host", "localhost")),
            str(scope.get("root_path", "")),
            quote(str(scope["path"]), safe=PATH_CHARACTERS),
            ascii_query(query) if isinstance(query, bytes) else "",
            headers,
        )

    @property
    def by_script(self) -> bool:
        """Whether a script of the page sent it, for a piece of a page."""
        return (
            self.headers.get("x-requested-with", "").lower() == "xmlhttprequest"
            or "hx-request" in self.headers
            or self.headers.get("sec-fetch-dest", "") == "empty"
        )

    def page_url(self, origin: str) -> str:
        """The page's address without its query, on an origin that the settings confirm (`Settings.page_origin`); without one its path."""
        return origin + self.path


def requested_host(environ: WSGIEnvironment) -> str:
    """The host that a WSGI request names, with its port if it has one."""
    return environ.get("HTTP_HOST") or f"{environ.get('SERVER_NAME', 'localhost')}:{environ.get('SERVER_PORT', 80)}"


def ascii_query(query: bytes) -> str:
    """A query in which bytes beyond ASCII are percent-encoded, whether they are UTF-8 or not: readers of queries raise for those that are
    not, and some for any of them."""
    return quote(query, safe=QUERY_CHARACTERS)


def _origin(scheme: str, host: str) -> str:
    return f"{scheme}://{host.removesuffix(DEFAULT_PORTS.get(scheme, ''))}"
