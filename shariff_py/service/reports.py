"""Violation reports that browsers send: which origin a policy of the page blocked, on which page, how often. No visitor data.

Of a report only the blocked origin, the directive and the page are kept: no address of a visitor, no browser, no path or query of what
was blocked, no sample of a script, and of the page neither its query nor a piece of its path that may belong to a person (GDPR
Art. 5(1)(c)). Where a visitor wanted to go is kept only if it is a registered platform.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Any

from shariff_py.counts.rate_limit import RateLimit
from shariff_py.counts.token_bucket import TokenBucket
from shariff_py.errors import UNREADABLE, AddressRefused, TooManyReports
from shariff_py.personal_paths import CUT, is_personal, without_personal
from shariff_py.settings.model import Settings
from shariff_py.stores import Finding, ReportStore
from shariff_py.stores.report_store import UNNAMED
from shariff_py.stores.report_table import registered_host
from shariff_py.urls import Address, canonical, parse

FORMATS = frozenset({"application/csp-report", "application/reports+json"})
"""The media types of ``report-uri`` (CSP 2 and 3) and of the Reporting API (``report-to``)."""

LARGEST_REPORT = 16_384
MOST_IN_ONE = 20
"""Bytes of a message, and reports taken from it. A browser sends a few hundred bytes per report."""

MINUTE = 60.0
LONGEST_PAGE = 300
"""Characters of a page's address that are kept."""

WORDS = frozenset({"inline", "eval", "wasm-eval", "data", "blob", "self", "trusted-types-policy", "trusted-types-sink"})
"""What browsers send where the blocked content has no origin (CSP 3, section 2.4.1)."""

CONNECTION_WORDS = frozenset({"webrtc"})
"""The same for connections, as Chromium 156 sends it."""

NAVIGATION = frozenset({"form-action", "navigate-to", "frame-ancestors"})
DIRECTIVES = NAVIGATION | {
    "base-uri", "child-src", "connect-src", "default-src", "fenced-frame-src", "font-src", "frame-src", "img-src", "manifest-src", "media-src",
    "object-src", "prefetch-src", "require-trusted-types-for", "sandbox", "script-src", "script-src-attr", "script-src-elem", "style-src",
    "style-src-attr", "style-src-elem", "trusted-types", "worker-src",
}  # fmt: skip
"""The directives of a policy that can be violated. Those of `NAVIGATION` tell where a visitor wanted to go."""

CONNECTIONS = "connection-allowlist"
"""The type of reports about ``Connection-Allowlist``, and what their findings have as directive."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One report in a message: the ``kind`` is its type in the Reporting API, ``page`` the address of the document it is about."""

    kind: str
    page: str
    body: Mapping[str, Any]


class Reports:
    """Saves what browsers report: ``headers.most_reports`` findings, and ``headers.reports_per_minute`` messages of each of two kinds.

    Messages about registered platforms are one kind, those about anything else the other. One that is refused takes nothing from either.
    The findings are shared by all processes through the store; messages are limited per process. ``clock`` gives Unix seconds.
    """

    def __init__(self, settings: Settings, store: ReportStore, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._store = store
        self._clock = clock
        per_minute = settings.headers.reports_per_minute
        self._limit = RateLimit(per_hour=60 * per_minute, burst=per_minute)
        self._buckets: dict[bool, TokenBucket] = {}
        self._lock = Lock()

    def take(self, body: bytes) -> int:
        """Save the reports in a message of one of the `FORMATS`. Returns how many of them were about pages of this site.

        Raises `ValueError` for a message of neither format, `TooManyReports` where there were too many of its kind, `StoreError` where the
        store fails.
        """
        found = [finding for finding in map(self._read, violations(body)) if finding is not None]
        if found:
            self._count(any(registered_host(finding.blocked) for finding in found))
            day = datetime.fromtimestamp(self._clock(), UTC).date()
            self._store.add(found, day, self._settings.headers.most_reports)
        return len(found)

    def _count(self, registered: bool) -> None:
        """Take one from the bucket of a kind: it fills steadily, so that nobody is locked out for the rest of a minute."""
        now = self._clock()
        with self._lock:
            bucket = self._buckets.get(registered, TokenBucket())
            if bucket.tat > now + MINUTE:
                # The clock was set back.
                bucket = TokenBucket()
            if bucket.available(self._limit, now) < 1:
                raise TooManyReports("Too many reports in this minute.")
            self._buckets[registered] = bucket.take(1, self._limit, now)

    def _read(self, violation: Violation) -> Finding | None:
        page, body = self._page(violation.page), violation.body
        directive, blocked = _blocked(violation)
        return Finding(blocked, directive, page, _text(body, "disposition") != "report") if page and blocked else None

    def _page(self, address: str) -> str:
        """A page of the site as it is kept; empty for any other address."""
        try:
            page = parse(canonical(address))
        except AddressRefused:
            return ""
        if page is None or not self._owns(page):
            return ""
        kept = self._origin_kept(page) + without_personal(page.path)
        return kept if len(kept) <= LONGEST_PAGE else kept[: LONGEST_PAGE - 1] + CUT

    def _origin_kept(self, page: Address) -> str:
        """The origin of a page. Where the settings name its host by a wildcard, labels that may belong to a person are cut."""
        return page.origin if page.host in self._settings.own_hosts else _without_keys(page)

    def _owns(self, page: Address) -> bool:
        """Whether it is a page of the site; on any port of its hosts where the site's own is not known."""
        settings = self._settings
        return settings.owns_page(page) or (not settings.site.origin and settings.owns(page.host))

    def may_come_from(self, origin: str) -> bool:
        """Whether the page that sends a message is one of the site's, by its ``Origin`` header."""
        page = parse(origin)
        return page is not None and self._owns(page)


def violations(body: bytes) -> Iterator[Violation]:
    """The reports in a message of either format. Raises `ValueError` for one of neither."""
    try:
        message = json.loads(body)
    except UNREADABLE:
        raise ValueError("is not JSON.") from None
    if isinstance(message, Mapping) and isinstance(message.get("csp-report"), Mapping):
        report = message["csp-report"]
        return iter([Violation("csp-violation", _text(report, "document-uri"), report)])
    if not isinstance(message, list):
        raise ValueError("is neither a csp-report nor a list of reports.")
    some = (r for r in message[:MOST_IN_ONE] if isinstance(r, Mapping) and isinstance(r.get("body"), Mapping))
    return (Violation(_text(r, "type"), _text(r["body"], "documentURL") or _text(r, "url"), r["body"]) for r in some)


def _blocked(violation: Violation) -> tuple[str, str]:
    """The directive and what it blocked, as both are kept; empty where they are not known."""
    body = violation.body
    if violation.kind == CONNECTIONS:
        return CONNECTIONS, _connection(_text(body, "connection"))
    names = ("effective-directive", "effectiveDirective", "violated-directive")
    directive = _text(body, *names).partition(" ")[0]
    if violation.kind != "csp-violation" or directive not in DIRECTIVES:
        return "", ""
    blocked = _text(body, "blocked-uri", "blockedURL")
    return directive, (_connection if directive in NAVIGATION else _origin)(blocked)


def _text(report: Mapping[str, Any], *names: str) -> str:
    return next((value for value in map(report.get, names) if isinstance(value, str)), "")


def _origin(blocked: str) -> str:
    """The origin of what was blocked, or the keyword browsers send where it has none."""
    if blocked in WORDS:
        return blocked
    parts = _parsed(blocked)
    if parts is None:
        return ""
    registered = registered_host(parts.origin)
    if registered and _without_keys(parts) != parts.origin:
        return f"{parts.scheme}://{registered}"
    return _without_keys(parts)


def _without_keys(parts: Address) -> str:
    """An origin in which labels of its host that may belong to a person are cut; the port is left out then."""
    labels = parts.host.split(".")
    if not any(map(_is_key, labels)):
        return parts.origin
    return f"{parts.scheme}://{'.'.join(CUT if _is_key(label) else label for label in labels)}"


def _connection(target: str) -> str:
    """Where a connection or a navigation would have led: a registered host, else no name."""
    if target in CONNECTION_WORDS or not target:
        return target
    parts = _parsed(target)
    host = registered_host(parts.origin) if parts else None
    if parts is None or host is None:
        return UNNAMED
    # A name below it may be somebody's: blogs and shops have names of their own there.
    return f"https://{parts.host if parts.host == f'www.{host}' else host}"


def _parsed(address: str) -> Address | None:
    # WebSocket addresses are not parsed by `parse`; their hosts are.
    scheme, _, rest = address.partition("://")
    return parse(f"https://{rest}" if scheme in {"ws", "wss"} else address)


def _is_key(label: str) -> bool:
    """Whether a label of a host may belong to a person. Names in other scripts look like keys in punycode."""
    return not label.startswith("xn--") and is_personal(label)
