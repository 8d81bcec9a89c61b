"""What may be sent, and to whom. Each attempt is in the journal before its first byte is sent.

Requests do not depend on visitors: a fixed set of headers, the request that a platform's record built, no cookies, no redirects, no
proxies from the environment.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus, urlsplit

from shariff_py.errors import FetchFailed, FetchRefused, JournalError
from shariff_py.journal import Journal
from shariff_py.platforms.count_sources.count_source import ANY_PATH
from shariff_py.platforms.count_sources.exchange import Reply, Request
from shariff_py.platforms.registry import REGISTRY
from shariff_py.settings import Settings
from shariff_py.urls import parse

if TYPE_CHECKING:
    from shariff_py.http_client.connection import Connections

try:
    SOFTWARE = f"shariff_py/{installed_version('shariff_py')}"
except PackageNotFoundError:  # A checkout that was never installed.
    SOFTWARE = "shariff_py/0"

HEADERS: Mapping[str, str] = {
    "user-agent": SOFTWARE,
    "accept": "application/json, */*;q=0.1",
    "accept-encoding": "identity",
}
"""The headers of every request. ``identity``: a compressed reply could be a thousand times as large as it looks."""

OWN_HEADERS = frozenset({"authorization", "content-type"})
"""The headers a platform's request may add."""

METHODS = frozenset({"GET", "POST"})

SECRET = "[secret]"  # noqa: S105 - replaces secrets in the journal


class Fetcher:
    """Sends the requests of platforms' records, only to the hosts that the registry lists as sources of counts, and of those previews that the
    settings want."""

    def __init__(self, settings: Settings, journal: Journal) -> None:
        self._settings = settings
        self._journal = journal
        self._allowed = tuple(_allowed_hosts(settings))
        self._connections: Connections | None = None

    def send(self, request: Request, *, trigger: str, purpose: str, largest: int = 0) -> Reply:
        """Send one request and return the reply, whatever its HTTP status (except redirects).

        ``trigger`` (``schedule``, ``manual``) and ``purpose`` (``counts``, ``token``, ``preview``) go into the journal. ``largest`` are the
        bytes that a reply may have, where those are not ``counts.largest_reply``.

        Raises `FetchRefused` where it may not be sent, or cannot be written to the journal: then nothing was sent. Raises `FetchFailed`
        where no usable reply came, with one of the reasons ``timeout``, ``connection``, ``tls``, ``redirect``, ``too-large``; and
        `JournalError` where the outcome could not be written.
        """
        facts = self._facts(request, self._settings.origin_of(request.host), trigger, purpose)
        if (refusal := self._refusal(request)) is not None:
            self._write("blocked", {**facts, "error": refusal})
            raise FetchRefused(f"nothing was sent to {request.host!r}: {refusal}")
        reply = self._sent(request, facts, largest or self._settings.counts.largest_reply)
        if 300 <= reply.status < 400:
            raise FetchFailed("redirect", "the platform's host replied with a redirect")
        return reply

    def get_own(self, address: str, *, trigger: str, purpose: str, largest: int) -> Reply:
        """Get something from the site itself, of at most so many bytes; whatever its HTTP status, redirects included.

        Raises as `send` does; `FetchRefused` for an address that is not on one of the site's own hosts, or on another port.
        """
        parts = parse(address)
        if parts is None or parts.userinfo or not self._settings.owns_page(parts):
            raise FetchRefused("nothing was sent: the address does not belong to the site.")
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        request = Request(method="GET", host=parts.host, path=path, headers={}, body=b"", pages=())
        return self._sent(request, self._facts(request, parts.origin, trigger, purpose), largest)

    def _sent(self, request: Request, facts: Mapping[str, Any], largest: int) -> Reply:
        """Send a request, with a record in the journal before and after."""
        number = self._write("request", facts)
        started = time.monotonic()
        outcome: dict[str, Any] = {"error": "interrupted"}
        try:
            reply = self._exchange(request, str(facts["origin"]), largest)
            redirected = {"error": "redirect"} if 300 <= reply.status < 400 else {}
            outcome = {"status": reply.status, "bytes": len(reply.body), **redirected}
            return reply
        except FetchFailed as failure:
            outcome = {"error": failure.reason}
            raise
        finally:
            milliseconds = round((time.monotonic() - started) * 1000)
            self._journal.append("outcome", {**outcome, "of": number, "milliseconds": milliseconds})

    def _write(self, kind: str, facts: Mapping[str, Any]) -> int:
        try:
            return self._journal.append(kind, facts)
        except JournalError as error:
            raise FetchRefused(f"nothing was sent, because the journal could not be written: {error}") from error

    def _facts(self, request: Request, origin: str, trigger: str, purpose: str) -> dict[str, Any]:
        secrets = _secrets(self._settings)
        names = {"host", *HEADERS, *request.headers, *({"content-length"} if request.body else ())}
        return {
            "trigger": trigger,
            "purpose": purpose,
            "platform": next((allowed.platform for allowed in self._allowed_for(request)), ""),
            "method": request.method,
            "host": request.host,
            "path": _without(secrets, request.path),
            "origin": origin,
            "pages": [_without(secrets, page) for page in request.pages],
            "headers": sorted(name.lower() for name in names),
            "body_sha256": hashlib.sha256(
                _without(secrets, request.body.decode("latin-1")).encode("latin-1")
            ).hexdigest(),
            "software": SOFTWARE,
        }

    def _refusal(self, request: Request) -> str | None:
        """Why a request may not be sent, in a sentence without any of its content."""
        allowed = self._allowed_for(request)
        if not allowed:
            return "the host is no source of counts or of wanted previews of any platform."
        if request.method not in METHODS or not re.fullmatch(r"/[!-~]*", request.path):
            return "its method or path is not allowed in a request."
        if not any(place.paths.fullmatch(request.path.partition("?")[0]) for place in allowed):
            return "its path is none that the platform's record names."
        if foreign := {name.lower() for name in request.headers} - OWN_HEADERS:
            return f"its record adds headers that are not allowed: {', '.join(sorted(foreign))}."
        for name, value in request.headers.items():
            if not re.fullmatch(r"[!-~]+( [!-~]+)*", value):
                return f"its header {name!r} has characters that are not allowed in a header. Check the token for line breaks and blanks."
        return None

    def _allowed_for(self, request: Request) -> list[_AllowedHost]:
        return [place for place in self._allowed if place.host == request.host]

    def _exchange(self, request: Request, origin: str, largest: int) -> Reply:
        if self._connections is None:
            # A process that only serves pages never gets here, and does not load urllib3.
            from shariff_py.http_client.connection import Connections

            self._connections = Connections()
        headers = {**HEADERS, **request.headers}
        seconds = self._settings.counts.timeout_seconds
        return self._connections.exchange(request, origin, headers=headers, seconds=seconds, largest=largest)


@dataclass(frozen=True, slots=True)
class _AllowedHost:
    """A host that requests may be sent to: for which platform, and with which paths."""

    host: str
    platform: str
    paths: re.Pattern[str]


def _allowed_hosts(settings: Settings) -> Iterator[_AllowedHost]:
    """Every host that requests may be sent to, by the registry and by what the site has chosen."""
    for name, record in REGISTRY.items():
        if (source := record.counts) is not None:
            yield _AllowedHost(settings.platform(name).server or source.host, name, source.paths)
            if source.token_request:
                yield _AllowedHost(source.token_request.host, name, source.token_request.paths)
    for name in settings.previews.platforms:
        if (previews := REGISTRY[name].previews) is not None:
            for host in [previews.host] if previews.host else settings.platform(name).servers:
                yield _AllowedHost(
                    host, name, ANY_PATH if "picture" in previews.keeps else re.compile(re.escape(previews.path))
                )


def _secrets(settings: Settings) -> list[str]:
    """Every secret that must not get into the journal, in each encoding it could have in a request; longest first."""
    tokens = {platform.token for platform in settings.platforms.values()}
    secrets = {*settings.frame.secrets, *tokens, urlsplit(settings.counts.store).password or ""} - {""}
    forms = {form for secret in secrets for form in (secret, quote(secret, safe=""), quote_plus(secret))}
    return sorted(forms, key=len, reverse=True)


def _without(secrets: list[str], text: str) -> str:
    for secret in secrets:
        text = text.replace(secret, SECRET)
    return text
