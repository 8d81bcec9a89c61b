"""Violation reports that browsers send (CSP): which origin the page's policy blocked, on which page, how often. No visitor data.

Of a report only the blocked origin, the directive and the page's canonical address are kept: no address of a visitor, no browser, no
path or query of what was blocked, no sample of a script (GDPR Art. 5(1)(c)).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from threading import Lock
from typing import Any

from shariff_py.errors import UNREADABLE, AddressRefused
from shariff_py.settings.model import Settings
from shariff_py.stores import Finding, ReportStore
from shariff_py.urls import canonical, parse

FORMATS = frozenset({"application/csp-report", "application/reports+json"})
"""The media types of ``report-uri`` (CSP 2 and 3) and of the Reporting API."""

LARGEST_REPORT = 16_384
MOST_IN_ONE = 20
"""Bytes of a message, and reports taken from it. A browser sends a few hundred bytes per report."""

WORDS = frozenset({"inline", "eval", "wasm-eval", "data", "blob", "self", "trusted-types-policy", "trusted-types-sink"})
"""What browsers send where the blocked content has no origin."""

DIRECTIVE = re.compile(r"[a-z][a-z-]{0,39}")


class Reports:
    """Saves what browsers report, within ``headers.most_reports`` findings and ``headers.reports_per_minute`` messages.

    The findings are shared by all processes through the store; messages are limited per process. ``clock`` gives Unix seconds.
    """

    def __init__(self, settings: Settings, store: ReportStore, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._store = store
        self._clock = clock
        self._minute = (0, 0)
        self._lock = Lock()

    def may_read(self) -> bool:
        """Whether one more message may be read in this minute."""
        minute = int(self._clock() // 60)
        with self._lock:
            read = self._minute[1] if self._minute[0] == minute else 0
            self._minute = (minute, read + 1)
        return read < self._settings.headers.reports_per_minute

    def take(self, body: bytes) -> int:
        """Save the reports in a message of one of the `FORMATS`. Returns how many of them were about pages of this site.

        Raises `ValueError` for a message of neither format, `StoreError` where the store fails.
        """
        found = [finding for finding in map(self._read, _reports(body)) if finding is not None]
        if found:
            day = datetime.fromtimestamp(self._clock(), UTC).date()
            self._store.add(found, day, self._settings.headers.most_reports)
        return len(found)

    def _read(self, report: Mapping[str, Any]) -> Finding | None:
        page = self._page(_text(report, "document-uri", "documentURL"))
        directive = _text(report, "effective-directive", "effectiveDirective", "violated-directive").partition(" ")[0]
        blocked = _origin(_text(report, "blocked-uri", "blockedURL"))
        if not (page and blocked and DIRECTIVE.fullmatch(directive)):
            return None
        return Finding(blocked, directive, page, _text(report, "disposition") != "report")

    def _page(self, address: str) -> str:
        parts = parse(address)
        if parts is None or not self._settings.owns(parts.host):
            return ""
        try:
            return canonical(address, query_allow=self._settings.site.query_allow)
        except AddressRefused:
            return ""


def _reports(body: bytes) -> Iterator[Mapping[str, Any]]:
    """The reports in a message of either format."""
    try:
        message = json.loads(body)
    except UNREADABLE:
        raise ValueError("is not JSON.") from None
    if isinstance(message, Mapping) and isinstance(message.get("csp-report"), Mapping):
        return iter([message["csp-report"]])
    if not isinstance(message, list):
        raise ValueError("is neither a csp-report nor a list of reports.")
    violations = [r for r in message[:MOST_IN_ONE] if isinstance(r, Mapping) and r.get("type") == "csp-violation"]
    return (r["body"] for r in violations if isinstance(r.get("body"), Mapping))


def _text(report: Mapping[str, Any], *names: str) -> str:
    return next((value for value in map(report.get, names) if isinstance(value, str)), "")


def _origin(blocked: str) -> str:
    """The origin of what was blocked, or the keyword browsers send where it has none."""
    if blocked in WORDS:
        return blocked
    # WebSocket addresses are not parsed by `parse`; their hosts are.
    scheme, _, rest = blocked.partition("://")
    parts = parse(f"https://{rest}" if scheme in {"ws", "wss"} else blocked)
    return parts.origin if parts else ""
