"""What may be sent, to whom, and that it is written down: each attempt is in the journal before its first byte is sent.

What goes out is the same whoever is visiting: a fixed set of headers, the request a platform's record built, no cookies, no
redirects, no proxies from the environment.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus, urlsplit

from shariff_py.errors import FetchFailed, FetchRefused, JournalError
from shariff_py.journal import Journal
from shariff_py.platforms.exchange import Reply, Request
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
"""What every request carries. ``identity``: a compressed answer could be a thousand times its size."""

OWN_HEADERS = frozenset({"authorization", "content-type"})
"""The headers a platform's request may add."""

METHODS = frozenset({"GET", "POST"})

SECRET = "[secret]"  # noqa: S105 - what stands in the journal in place of a secret


class Fetcher:
    """Sends what platforms' records ask for, to the hosts the registry names as count sources, and to nobody else."""

    def __init__(self, settings: Settings, journal: Journal) -> None:
        self._settings = settings
        self._journal = journal
        self._doors = _doors(settings)
        self._connections: Connections | None = None

    def send(self, request: Request, *, trigger: str, purpose: str) -> Reply:
        """Send one request and return what came back, whatever its HTTP status (redirects aside).

        ``trigger`` is why now (``schedule``, ``manual``), ``purpose`` what for (``counts``).

        Raises `FetchRefused` where it may not be sent, or not be written to the journal: then nothing was sent. Raises `FetchFailed`
        where no usable answer came, with one of the reasons ``timeout``, ``connection``, ``tls``, ``redirect``, ``too-large``; and
        `JournalError` where the outcome could not be written.
        """
        facts = self._facts(request, self._settings.origin_of(request.host), trigger, purpose)
        if (refusal := self._refusal(request)) is not None:
            self._write("blocked", {**facts, "error": refusal})
            raise FetchRefused(f"nothing was sent to {request.host!r}: {refusal}")
        reply = self._sent(request, facts, self._settings.counts.largest_reply)
        if 300 <= reply.status < 400:
            raise FetchFailed("redirect", "the platform's host answered with another address")
        return reply

    def get_own(self, address: str, *, trigger: str, purpose: str, largest: int) -> Reply:
        """Get something from the site itself, of at most so many bytes; whatever its HTTP status, redirects included.

        Raises as `send` does; `FetchRefused` for an address that is not on one of the site's own hosts, or on another port.
        """
        parts = parse(address)
        if parts is None or parts.userinfo or not self._settings.owns_page(parts):
            raise FetchRefused("nothing was sent: the address is none of the site's own.")
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        request = Request(method="GET", host=parts.host, path=path, headers={}, body=b"", pages=())
        return self._sent(request, self._facts(request, parts.origin, trigger, purpose), largest)

    def _sent(self, request: Request, facts: Mapping[str, Any], largest: int) -> Reply:
        """Write it down, send it, write down what came of it."""
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
            raise FetchRefused(f"nothing was sent, because it could not be written down before: {error}") from error

    def _facts(self, request: Request, origin: str, trigger: str, purpose: str) -> dict[str, Any]:
        hidden = _secrets(self._settings)
        names = {"host", *HEADERS, *request.headers, *({"content-length"} if request.body else ())}
        return {
            "trigger": trigger,
            "purpose": purpose,
            "platform": self._doors[request.host].platform if request.host in self._doors else "",
            "method": request.method,
            "host": request.host,
            "path": _without(hidden, request.path),
            "origin": origin,
            "pages": [_without(hidden, page) for page in request.pages],
            "headers": sorted(name.lower() for name in names),
            "body_sha256": hashlib.sha256(
                _without(hidden, request.body.decode("latin-1")).encode("latin-1")
            ).hexdigest(),
            "software": SOFTWARE,
        }

    def _refusal(self, request: Request) -> str | None:
        """Why a request may not be sent: one sentence, holding nothing of its content."""
        door = self._doors.get(request.host)
        if door is None:
            return "it is no count source in the registry of platforms."
        if request.method not in METHODS or not re.fullmatch(r"/[!-~]*", request.path):
            return "its method or path is not one a request may have."
        if not any(paths.fullmatch(request.path.partition("?")[0]) for paths in door.paths):
            return "its path is none that counts are asked at."
        if foreign := {name.lower() for name in request.headers} - OWN_HEADERS:
            return f"its record adds headers that are not allowed: {', '.join(sorted(foreign))}."
        for name, value in request.headers.items():
            if not re.fullmatch(r"[!-~]+( [!-~]+)*", value):
                return f"its header {name!r} holds characters no header may have. Check the token for line breaks and blanks."
        return None

    def _exchange(self, request: Request, origin: str, largest: int) -> Reply:
        if self._connections is None:
            # A process that only serves pages never gets here, and need not load the network's library.
            from shariff_py.http_client.connection import Connections

            self._connections = Connections()
        headers = {**HEADERS, **request.headers}
        seconds = self._settings.counts.timeout_seconds
        return self._connections.exchange(request, origin, headers=headers, seconds=seconds, largest=largest)


@dataclass(frozen=True, slots=True)
class _Door:
    """A host that may be asked: for which platform, and with which paths."""

    platform: str
    paths: tuple[re.Pattern[str], ...]


def _doors(settings: Settings) -> dict[str, _Door]:
    """Every host that may be asked, as the registry and the site's own choice of servers have it."""
    doors: dict[str, _Door] = {}
    for name, record in REGISTRY.items():
        if (source := record.counts) is not None:
            hosts = [(settings.platform(name).server or source.host, source.paths)]
            hosts += [(source.token_request.host, source.token_request.paths)] if source.token_request else []
            for host, paths in hosts:
                known = doors.get(host)
                doors[host] = _Door(name, (*(known.paths if known else ()), paths))
    return doors


def _secrets(settings: Settings) -> list[str]:
    """Everything that must never be written down, in each form it could take in a request; longest first."""
    tokens = {platform.token for platform in settings.platforms.values()}
    secrets = {*settings.frame.secrets, *tokens, urlsplit(settings.counts.store).password or ""} - {""}
    forms = {form for secret in secrets for form in (secret, quote(secret, safe=""), quote_plus(secret))}
    return sorted(forms, key=len, reverse=True)


def _without(hidden: list[str], text: str) -> str:
    for secret in hidden:
        text = text.replace(secret, SECRET)
    return text
