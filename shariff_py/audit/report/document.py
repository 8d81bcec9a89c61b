"""The report for programs: one JSON document with a published schema. Pure.

Times are ISO 8601 in UTC, ``null`` where there is none. ``version`` rises when something is taken away or changes its meaning.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter

from shariff_py.audit.evidence.redaction import cleaned, redacted
from shariff_py.audit.evidence.storage import Snapshot
from shariff_py.audit.evidence.trace import ServerRequest
from shariff_py.audit.report.baseline import Comparison
from shariff_py.audit.report.moments import iso
from shariff_py.audit.report.records import (
    ComparisonEntry,
    ContactEntry,
    CookieEntry,
    DeclaredEntry,
    Document,
    JournalEntry,
    NamedEntry,
    PageEntry,
    PhaseEntry,
    RuleEntry,
    ServerEntry,
    SnapshotEntry,
    StoredEntry,
    ToolEntry,
    UndeclaredEntry,
)
from shariff_py.audit.report.version import VERSION
from shariff_py.audit.verdict.findings import Tally
from shariff_py.audit.verdict.judge import Audit, PageResult

_ADAPTER: TypeAdapter[Document] = TypeAdapter(Document)


def schema() -> Mapping[str, Any]:
    """The document's JSON Schema."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_ADAPTER.json_schema()}


def as_json(
    audit: Audit,
    pages: Iterable[PageResult] | None = None,
    comparison: Comparison | None = None,
    tool: ToolEntry | None = None,
) -> str:
    """The document as text. ``pages`` are the audit's own by default."""
    document = Document(
        "shariff-audit",
        VERSION,
        audit.verdict.value,
        audit.site,
        iso(audit.began),
        iso(audit.ended),
        audit.browser,
        audit.idle_seconds,
        audit.sealed,
        list(audit.baseline),
        [rule.host for rule in audit.unneeded],
        _comparison(comparison) if comparison else None,
        tool,
        [page_entry(page) for page in (audit.pages if pages is None else pages)],
    )
    return json.dumps(_ADAPTER.dump_python(document, mode="json"), ensure_ascii=False, indent=2) + "\n"


def page_entry(page: PageResult) -> PageEntry:
    """One page of the document."""
    trace = page.trace
    return PageEntry(
        redacted(trace.url),
        trace.title,
        page.verdict.value,
        iso(trace.began),
        iso(trace.ended),
        trace.whole,
        sorted(trace.own),
        sorted({origin for _, origin in trace.declared}),
        trace.gates,
        [PhaseEntry(p.name, iso(p.start), iso(p.end), p.gate, trace.proves(p.name)) for p in trace.phases],
        [_contact(tally) for tally in page.findings],
        [_contact(tally) for tally in page.expected],
        [_contact(tally) for tally in page.noise],
        list(page.only_watched),
        list(page.only_unwatched),
        trace.unwatched is not None,
        [_snapshot(snapshot) for snapshot in trace.snapshots],
        [UndeclaredEntry(thing.phase, thing.what, thing.left, thing in page.breaches) for thing in page.stored],
        [DeclaredEntry(promise.host, promise.how, promise.where) for promise in page.unused],
        [list(pair) for pair in page.cloaked],
        JournalEntry(trace.journal.head, trace.journal.records, [_server(r) for r in trace.journal.requests])
        if trace.journal
        else None,
        [NamedEntry(problem.name, cleaned(problem.detail), None) for problem in page.problems],
        [NamedEntry(step.name, cleaned(step.detail), iso(step.time)) for step in trace.steps],
    )


def _contact(tally: Tally) -> ContactEntry:
    rule = tally.rule
    return ContactEntry(
        tally.phase,
        tally.place,
        tally.platform,
        tally.company,
        tally.country,
        [channel.value for channel in tally.channels],
        [redacted(url) for url in tally.urls],
        [cleaned(cause) for cause in tally.causes],
        list(tally.carried),
        list(tally.gates),
        tally.count,
        iso(tally.first),
        tally.sent,
        tally.why,
        RuleEntry(rule.host, rule.owner, rule.purpose, rule.legal_basis, str(rule.expires) if rule.expires else None)
        if rule
        else None,
    )


def _snapshot(snapshot: Snapshot) -> SnapshotEntry:
    return SnapshotEntry(
        snapshot.phase,
        iso(snapshot.time),
        [
            CookieEntry(
                c.name,
                c.domain,
                c.path,
                iso(c.expires or 0),
                c.secure,
                c.http_only,
                c.same_site,
                c.partitioned,
                c.ephemeral,
            )
            for c in snapshot.cookies
        ],
        [
            StoredEntry(
                s.origin,
                list(s.local),
                list(s.session),
                list(s.databases),
                list(s.caches),
                list(s.workers),
                s.ephemeral,
            )
            for s in snapshot.stored
        ],
        list(snapshot.unasked),
    )


def _server(request: ServerRequest) -> ServerEntry:
    return ServerEntry(
        iso(request.time),
        request.trigger,
        request.purpose,
        request.platform,
        request.method,
        request.host,
        request.path,
        [redacted(page) for page in request.pages],
        list(request.headers),
        request.outcome,
        request.blocked,
    )


def _comparison(comparison: Comparison) -> ComparisonEntry:
    return ComparisonEntry(
        comparison.earlier,
        [list(pair) for pair in comparison.new],
        [list(pair) for pair in comparison.gone],
        [list(pair) for pair in comparison.same],
    )
