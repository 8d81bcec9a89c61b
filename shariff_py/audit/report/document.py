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
from shariff_py.audit.report.baseline import BaselineComparison
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
    ServiceEntry,
    SnapshotEntry,
    StoredEntry,
    ToolEntry,
    UndeclaredEntry,
)
from shariff_py.audit.report.version import VERSION
from shariff_py.audit.verdict.contact_groups import ContactGroup
from shariff_py.audit.verdict.judge import Audit, PageResult

_ADAPTER: TypeAdapter[Document] = TypeAdapter(Document)


def schema() -> Mapping[str, Any]:
    """The document's JSON Schema."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_ADAPTER.json_schema()}


def as_json(
    audit: Audit,
    pages: Iterable[PageResult] | None = None,
    comparison: BaselineComparison | None = None,
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
        list(audit.background),
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
        sorted({origin for _, origin in trace.recipients}),
        trace.gates,
        [PhaseEntry(p.name, iso(p.start), iso(p.end), p.gate, trace.proves(p.name)) for p in trace.phases],
        [_contact(group) for group in page.findings],
        [_contact(group) for group in page.expected],
        [_contact(group) for group in page.browser_background],
        list(page.only_in_visit),
        list(page.only_in_control),
        trace.control_contacts is not None,
        [_snapshot(snapshot) for snapshot in trace.snapshots],
        [UndeclaredEntry(item.phase, item.what, item.left, item in page.storage_findings) for item in page.stored],
        [DeclaredEntry(declaration.host, declaration.how, declaration.where) for declaration in page.unused],
        [list(pair) for pair in page.cloaked],
        JournalEntry(trace.journal.head, trace.journal.records, [_server(r) for r in trace.journal.requests])
        if trace.journal
        else None,
        [NamedEntry(problem.name, cleaned(problem.detail), None) for problem in page.problems],
        [NamedEntry(step.name, cleaned(step.detail), iso(step.time)) for step in trace.steps],
    )


def _contact(group: ContactGroup) -> ContactEntry:
    rule = group.rule
    return ContactEntry(
        group.phase,
        group.endpoint,
        group.platform,
        group.company,
        group.country,
        list(group.data_may_go_to),
        list(group.unconfirmed),
        [ServiceEntry(t.name, t.title, t.what, t.instead, bool(t.source)) for t in group.third_parties],
        [channel.value for channel in group.channels],
        [redacted(url) for url in group.urls],
        [cleaned(cause) for cause in group.causes],
        list(group.carried),
        list(group.gates),
        group.count,
        iso(group.first),
        group.sent,
        group.why,
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


def _comparison(comparison: BaselineComparison) -> ComparisonEntry:
    return ComparisonEntry(
        comparison.began,
        [list(pair) for pair in comparison.new],
        [list(pair) for pair in comparison.gone],
        [list(pair) for pair in comparison.same],
    )
