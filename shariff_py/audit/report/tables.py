"""Every single contact, for spreadsheets (CSV) and for tools that read HTTP archives (HAR 1.2). Pure: lines, one page at a time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlsplit

from shariff_py.audit.evidence.contact import Channel, Contact
from shariff_py.audit.evidence.parties import is_browser_background, is_own
from shariff_py.audit.evidence.trace import ServerRequest, Trace
from shariff_py.audit.report.moments import iso
from shariff_py.audit.verdict.judge import PageResult

COLUMNS = (
    "page", "source", "phase", "gate", "time", "party", "endpoint", "channel", "kind", "method", "address", "status", "sent", "hint", "referrer",
    "cookies", "cause", "ip_address",
)  # fmt: skip
"""The columns of the CSV. ``source`` is ``visit``, ``control`` for the control visit, or ``server`` for requests of the site's own server;
``party`` is ``own``, ``other`` or ``browser``. A request of the server may have an error instead of a status."""

WITHOUT_HTTP = frozenset(
    {Channel.DNS, Channel.CONNECTION, Channel.QUIC, Channel.UDP, Channel.WEBRTC, Channel.WEBTRANSPORT}
)
"""Channels without an HTTP request, which an archive of requests has no room for: they are marked in entries of their own."""


def as_csv(pages: Iterable[PageResult], background: frozenset[str]) -> Iterator[str]:
    """Lines of a table with a row per contact, those of the control visit and of the server included."""
    yield _row(COLUMNS)
    for page in pages:
        trace = page.trace
        for source, contacts in (("visit", trace.contacts), ("control", trace.control_contacts or ())):
            for contact in contacts:
                phase = _phase(trace, contact) if source == "visit" else ""
                yield _row(_cells(trace, source, phase, contact, background))
        for request in trace.journal.requests if trace.journal else ():
            yield _row(_server_cells(trace, request))


def _cells(trace: Trace, source: str, phase: str, contact: Contact, background: frozenset[str]) -> tuple[object, ...]:
    party = (
        "own"
        if is_own(contact.endpoint, trace.own)
        else "browser"
        if is_browser_background(contact, background)
        else "other"
    )
    return (
        trace.url, source, phase, contact.gate or "", iso(contact.time), party, contact.endpoint, contact.channel, contact.kind, contact.method,
        contact.url, contact.status or "", "yes" if contact.sent else "no", "yes" if contact.speculative else "no", contact.referrer,
        "yes" if contact.cookies else "no", contact.cause, contact.address,
    )  # fmt: skip


def _server_cells(trace: Trace, request: ServerRequest) -> tuple[object, ...]:
    """The server's requests; the phase is the one in which the browser was then, which may be a coincidence."""
    cause = f"{request.trigger}: {request.purpose}" if request.purpose else request.trigger
    return (
        trace.url, "server", _phase(trace, request), "", iso(request.time), "other", request.host, Channel.SERVER, request.platform, request.method,
        f"https://{request.host}{request.path}", request.outcome, "no" if request.blocked else "yes", "no", "", "no", cause, "",
    )  # fmt: skip


def _phase(trace: Trace, contact: Contact | ServerRequest) -> str:
    return next((phase.name for phase in trace.phases if phase.holds(contact.time)), "")


def _row(cells: Iterable[object]) -> str:
    line = io.StringIO()
    # A cell that begins like a formula would be run by a spreadsheet.
    safe = (
        "'" + str(c) if str(c)[:1] in ("=", "+", "-", "@", "\t") else str(c) if c is not None else "" for c in cells
    )
    csv.writer(line, lineterminator="\n").writerow(safe)
    return line.getvalue()


def as_har(pages: Iterable[PageResult], version: str, browser: str) -> Iterator[str]:
    """Pieces of an archive: WebSockets are entries like requests, channels without HTTP are entries with method ``NONE``."""
    creator = {"name": "shariff_py", "version": version}
    name, _, number = browser.partition(" ")
    head = {"version": "1.2", "creator": creator, "browser": {"name": name or "unknown", "version": number}}
    yield '{"log": ' + json.dumps(head)[:-1] + ', "entries": ['
    ids: list[dict[str, object]] = []
    separator = "\n"
    for number_of_page, page in enumerate(pages, start=1):
        trace = page.trace
        ids.append(
            {
                "startedDateTime": iso(trace.began) or iso(1.0),
                "id": f"page_{number_of_page}",
                "title": trace.title or trace.url,
                "pageTimings": {},
            }
        )
        for contact in trace.contacts:
            entry = _entry(contact, f"page_{number_of_page}", _phase(trace, contact))
            yield separator + json.dumps(entry, ensure_ascii=False)
            separator = ",\n"
    yield '\n], "pages": ' + json.dumps(ids, ensure_ascii=False) + "}}\n"


def _entry(contact: Contact, page: str, phase: str) -> dict[str, object]:
    query = parse_qsl(urlsplit(contact.url).query, keep_blank_values=True)
    headers = [{"name": "Referer", "value": contact.referrer}] if contact.referrer else []
    if contact.cookies:
        headers.append({"name": "Cookie", "value": "…"})
    without = contact.channel in WITHOUT_HTTP
    entry: dict[str, object] = {
        "pageref": page,
        "startedDateTime": iso(contact.time),
        "time": 0,
        "request": {
            "method": "NONE" if without else contact.method or "GET",
            "url": contact.url or f"about:{contact.channel}#{contact.host}",
            "httpVersion": "unknown",
            "cookies": [],
            "headers": headers,
            "queryString": [{"name": name, "value": value} for name, value in query],
            "headersSize": -1,
            "bodySize": -1,
        },
        "response": {
            "status": contact.status,
            "statusText": "",
            "httpVersion": "unknown",
            "cookies": [],
            "headers": [],
            "content": {"size": -1, "mimeType": ""},
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": -1,
        },
        "cache": {},
        "timings": {"send": -1, "wait": -1, "receive": -1},
        "_channel": contact.channel,
        "_host": contact.host,
        "_phase": phase,
        "_sent": contact.sent,
        "_cause": contact.cause,
    }
    if contact.channel is Channel.WEBSOCKET:
        entry["_resourceType"] = "websocket"
        entry["_webSocketMessages"] = []
    if contact.address:
        entry["serverIPAddress"] = contact.address
    return entry
