"""The report as the EDPS Website Evidence Collector writes its ``inspection.json``, so that authorities' own tools can open it. Pure.

Its form is flat: one page, one moment. It is filled with the state at the end of the first phase, which is what that tool sees; further
pages are in ``browsing_history``. Values are not kept here, so they are empty. Fields as of version 2.1.1, compared with the example among
that tool's own tests (``tests/test_output/inspection.json``); fields this audit does not fill are empty, as when that tool has them switched off.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from shariff_py.audit.evidence.channels import CONTENT_TYPES
from shariff_py.audit.evidence.contact import Channel, endpoint_of_url, host_and_port
from shariff_py.audit.evidence.parties import is_own, outside
from shariff_py.audit.evidence.storage import Cookie, Snapshot
from shariff_py.audit.evidence.trace import PhaseName, Trace, within
from shariff_py.audit.report.moments import iso
from shariff_py.audit.verdict.judge import Audit, PageResult

TRACKING = frozenset({Channel.BEACON, Channel.PING, *CONTENT_TYPES.values()})


def as_inspection(audit: Audit, pages: Iterable[PageResult], version: str) -> str:
    """The text of an ``inspection.json`` for the first page and the hosts of all."""
    hosts: dict[str, dict[str, set[str]]] = {
        kind: {"firstParty": set(), "thirdParty": set()}
        for kind in ("requests", "beacons", "cookies", "localStorage", "links", "contentSecurityPolicy")
    }
    first: dict[str, Any] | None = None
    history = []
    for page in pages:
        _count_hosts(page.trace, frozenset(audit.background), hosts)
        history.append(page.trace.url)
        if first is None:
            first = _page(page, audit)
    document = {
        "title": "Website Evidence Collection",
        "task_description": None,
        **(first or {}),
        "script": {
            "host": "",
            "version": {"npm": version, "commit": None},
            "config": {},
            "cmd_args": "shariff-py audit",
            "environment": {},
            "node_version": None,
        },
        "start_time": iso(audit.began),
        "end_time": iso(audit.ended),
        "hosts": {kind: {party: sorted(names) for party, names in parties.items()} for kind, parties in hosts.items()},
        "browsing_history": history,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _page(page: PageResult, audit: Audit) -> dict[str, Any]:
    trace = page.trace
    name, _, number = audit.browser.partition(" ")
    snapshot = next((s for s in trace.snapshots if s.phase == PhaseName.BEFORE), Snapshot(PhaseName.BEFORE, 0))
    links = [{"href": link, "inner_text": "", "inner_html": ""} for link in trace.links]
    first = [link for link in links if is_own(endpoint_of_url(link["href"]), trace.own)]
    scheme = urlsplit(trace.url).scheme
    arrived = next((step.detail for step in trace.steps if step.name == "opened"), trace.url)
    return {
        "uri_ins": trace.url,
        "uri_ins_host": host_and_port(trace.url)[0],
        "uri_dest": arrived,
        "uri_refs": [
            trace.url,
            *sorted(f"{scheme}://{endpoint}/" for endpoint in trace.own if endpoint != endpoint_of_url(trace.url)),
        ],
        "uri_redirects": [] if arrived == trace.url else [arrived],
        "secure_connection": {
            "https_redirect": scheme == "http" and urlsplit(arrived).scheme == "https",
            "redirects": [],
            "https_support": "https" in (scheme, urlsplit(arrived).scheme),
            "https_error": None,
            "http_error": None,
        },
        "testSSLError": None,
        "testSSLErrorOutput": None,
        "testSSLErrorCode": None,
        "testSSL": None,
        "host": host_and_port(trace.url)[0],
        "browser": {
            "name": name,
            "version": number,
            "user_agent": "",
            "platform": {"name": "", "version": ""},
            "extra_headers": {"dnt": 0},
            "preset_cookies": {},
        },
        "cookies": [_cookie(cookie, snapshot.time, trace) for cookie in snapshot.cookies],
        "localStorage": {
            stored.origin: {
                key: {"value": "", "firstPartyStorage": is_own(endpoint_of_url(stored.origin), trace.own)}
                for key in stored.local
            }
            for stored in snapshot.stored
            if stored.local
        },
        "beacons": _beacons(trace, frozenset(audit.background)),
        "links": {
            "firstParty": first,
            "thirdParty": [link for link in links if link not in first],
            "social": [],
            "keywords": [],
        },
        "unsafeForms": [],
        "websockets": {},
        "websocketLog": {c.url: [] for c in trace.contacts if c.channel is Channel.WEBSOCKET},
    }


def _cookie(cookie: Cookie, at: float, trace: Trace) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": cookie.name,
        "value": "",
        "domain": cookie.domain.lstrip("."),
        "path": cookie.path,
        "expires": cookie.expires if cookie.expires is not None else -1,
        "size": len(cookie.name),
        "httpOnly": cookie.http_only,
        "secure": cookie.secure,
        "session": cookie.expires is None,
        "sameSite": cookie.same_site,
        "firstPartyStorage": is_own(cookie.domain.lstrip("."), trace.own),
    }
    if cookie.expires is not None:
        entry["expiresUTC"] = iso(cookie.expires)
        entry["expiresDays"] = round((cookie.expires - at) / 86_400, 2)
    return entry


def _beacons(trace: Trace, background: frozenset[str]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for contact in _first_phase(trace, background):
        if contact.url and contact.channel in TRACKING:
            entry = found.setdefault(
                contact.url,
                {
                    "url": contact.url,
                    "query": None,
                    "filter": contact.channel,
                    "listName": "shariff_py",
                    "log": {
                        "stack": [{"fileName": trace.url, "source": contact.cause or f"requested from {trace.url}"}],
                        "timestamp": iso(contact.time),
                    },
                    "occurrances": 0,
                },
            )
            entry["occurrances"] += 1
    return list(found.values())


def _first_phase(trace: Trace, background: frozenset[str]) -> Iterable[Any]:
    return outside(
        within(trace.contacts, [p for p in trace.phases if p.name == PhaseName.BEFORE]), trace.own, background
    )


def _count_hosts(trace: Trace, background: frozenset[str], hosts: Mapping[str, Mapping[str, set[str]]]) -> None:
    for endpoint in trace.own:
        hosts["requests"]["firstParty"].add(host_and_port(endpoint)[0])
    for contact in _first_phase(trace, background):
        hosts["requests"]["thirdParty"].add(contact.host)
        if contact.channel in TRACKING:
            hosts["beacons"]["thirdParty"].add(contact.host)
    for snapshot in (s for s in trace.snapshots if s.phase == PhaseName.BEFORE):
        for cookie in snapshot.cookies:
            host = cookie.domain.lstrip(".")
            hosts["cookies"]["firstParty" if is_own(host, trace.own) else "thirdParty"].add(host)
        for stored in snapshot.stored:
            host = host_and_port(stored.origin)[0]
            if stored.local:
                hosts["localStorage"][
                    "firstParty" if is_own(endpoint_of_url(stored.origin), trace.own) else "thirdParty"
                ].add(host)
    for declaration in trace.declarations:
        if declaration.how == "policy":
            hosts["contentSecurityPolicy"]["firstParty" if is_own(declaration.host, trace.own) else "thirdParty"].add(
                declaration.host
            )
    for link in trace.links:
        host = host_and_port(link)[0]
        if host:
            hosts["links"]["firstParty" if is_own(endpoint_of_url(link), trace.own) else "thirdParty"].add(host)
