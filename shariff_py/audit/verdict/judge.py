"""Which contacts were not allowed. Pure: a trace, the registry and the policy file go in, findings come out.

Before consent, after withdrawal and after a reload only the site itself may be contacted. After consent also the platforms
whose gate was opened, by exactly the registry's hosts. Everything else needs an exception in the policy file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import groupby

from shariff_py.audit.evidence.contact import Channel, Contact, endpoint_of, host_and_port, is_loopback
from shariff_py.audit.evidence.declarations import Declaration
from shariff_py.audit.evidence.parties import FORM_SERVICE, is_browser_background, is_own, outside
from shariff_py.audit.evidence.storage import Snapshot
from shariff_py.audit.evidence.trace import CONTROL, FailureReason, PhaseName, Problem, ServerRequest, Trace, within
from shariff_py.audit.verdict.contact_groups import ContactGroup, contact_group, contact_groups
from shariff_py.audit.verdict.policy import Allowed, AuditPolicy
from shariff_py.platforms.registry import REGISTRY, platform_of

SERVER = "server"
"""One more heading beside the phases and ``control``: what the site's own server sent."""

NO_VISIT = frozenset({"schedule", "manual", "start", "probe", "migration"})
"""Triggers of the journal that no visitor causes."""

VISITORS_HEADERS = frozenset({"cookie", "forwarded", "referer", "x-forwarded-for", "x-real-ip", "accept-language"})
"""Names of headers that would pass on data of a visitor."""


class Verdict(StrEnum):
    """The outcome of an audit. Silence in an incomplete run proves nothing, so it is a result of its own."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FINDING = "finding"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class StoredItem:
    """Something stored on the device that the policy does not list: ``phase`` is when it was first seen.

    ``left`` is whether it was still stored after withdrawal; ``None`` where that could no longer be read.
    """

    phase: str
    what: str
    left: bool | None


@dataclass(frozen=True, slots=True)
class PageResult:
    """The judgement of one page: ``findings`` were not allowed, ``expected`` were, ``browser_background`` is the browser's own.

    ``stored`` is what was stored on the device and is not in the policy, ``storage_findings`` the part of it that is a finding, because the
    policy judges storage; ``unused`` is what the page declares and did not use,
    ``only_in_visit`` and ``only_in_control`` the endpoints contacted in one of the two visits only, ``cloaked`` own names that lead to another domain.
    """

    trace: Trace
    verdict: Verdict
    findings: tuple[ContactGroup, ...]
    expected: tuple[ContactGroup, ...]
    browser_background: tuple[ContactGroup, ...]
    problems: tuple[Problem, ...]
    stored: tuple[StoredItem, ...] = ()
    unused: tuple[Declaration, ...] = ()
    only_in_visit: tuple[str, ...] = ()
    only_in_control: tuple[str, ...] = ()
    cloaked: tuple[tuple[str, str], ...] = ()
    storage_findings: tuple[StoredItem, ...] = ()

    @property
    def has_fields(self) -> bool:
        """Whether Chromium asked its maker's server about fields of the page (`FORM_SERVICE`), which is listed with the browser's own contacts."""
        return any(group.endpoint == FORM_SERVICE for group in self.browser_background)

    def summary(self) -> PageResult:
        """The same judgement without the single contacts, to be kept while other pages are audited."""
        control = None if self.trace.control_contacts is None else ()
        return replace(self, trace=replace(self.trace, contacts=(), control_contacts=control, declarations=()))


@dataclass(frozen=True, slots=True)
class Audit:
    """The judgement of all pages. ``background`` are the hosts contacted on an empty page, ``began`` is in seconds since 1970.

    ``unneeded`` are exceptions in the policy file that no page used.
    """

    pages: tuple[PageResult, ...]
    background: tuple[str, ...]
    browser: str
    began: float
    idle_seconds: float
    ended: float = 0.0
    site: str = ""
    unneeded: tuple[Allowed, ...] = ()
    sealed: str = ""
    engine: str = "chromium"

    @property
    def verdict(self) -> Verdict:
        """One finding decides; without one, one incomplete page does. No page at all is incomplete."""
        verdicts = {page.verdict for page in self.pages}
        if Verdict.FINDING in verdicts:
            return Verdict.FINDING
        return Verdict.PASS if verdicts == {Verdict.PASS} else Verdict.INCOMPLETE


def judge(
    trace: Trace, background: frozenset[str], policy: AuditPolicy | None = None, today: date | None = None
) -> PageResult:
    """Judge one page. ``background`` are hosts measured on an empty page in the same browser, ``today`` decides about expiry.

    Without ``today`` the day of the visit counts.
    """
    policy = policy or AuditPolicy()
    today = today or datetime.fromtimestamp(trace.began, UTC).date()
    judged = [*_by_phase(trace, background, policy, today), *_by_control_visit(trace, background, policy, today)]
    judged += _by_server(trace, policy, today)
    findings = tuple(line for line in judged if line.why)
    stored = _stored(trace, policy)
    both = (*trace.contacts, *(trace.control_contacts or ()))
    browser_background = [
        contact
        for contact in both
        if not is_own(contact.endpoint, trace.own) and is_browser_background(contact, background)
    ]
    cut = not trace.whole and all(problem.name is not FailureReason.LOG_INCOMPLETE for problem in trace.problems)
    problems = (*trace.problems, Problem(FailureReason.LOG_INCOMPLETE)) if cut else trace.problems
    storage_findings = stored if policy.storage == "judge" else ()
    visited = _endpoints(trace.contacts, trace, background)
    control = _endpoints(trace.control_contacts or (), trace, background)
    before = _endpoints(
        within(trace.contacts, [p for p in trace.phases if p.name == PhaseName.BEFORE]), trace, background
    )
    return PageResult(
        trace,
        Verdict.FINDING if findings or storage_findings else Verdict.INCOMPLETE if problems else Verdict.PASS,
        findings,
        tuple(line for line in judged if not line.why),
        contact_groups("", browser_background, policy),
        problems,
        stored,
        _unused(trace, visited | control),
        tuple(sorted(before - control)) if trace.control_contacts is not None else (),
        tuple(sorted(control - visited)),
        _cloaked(trace),
        storage_findings,
    )


# -- contacts --------------------------------------------------------------------------------------------------------------


def _by_phase(trace: Trace, background: frozenset[str], policy: AuditPolicy, today: date) -> Iterator[ContactGroup]:
    for name in dict.fromkeys(phase.name for phase in trace.phases):
        phases = [phase for phase in trace.phases if phase.name == name]
        contacts = outside(within(trace.contacts, phases), trace.own, background)
        for one in contact_groups(name, contacts, policy):
            if name == PhaseName.AFTER and _agreed_before(one, contacts, trace):
                yield one
            else:
                yield _ruled(one, policy, today)


def _agreed_before(line: ContactGroup, contacts: Iterable[Contact], trace: Trace) -> bool:
    """Whether each contact with this endpoint came after a gate that had named it was pressed."""
    gates = {contact.gate for contact in contacts if contact.endpoint == line.endpoint}
    return all(_agreed(line.endpoint, trace.agreed(gate)) for gate in gates)


def _ruled(line: ContactGroup, policy: AuditPolicy, today: date) -> ContactGroup:
    host, _ = host_and_port(line.endpoint)
    rule, reason = policy.rule(host, line.phase, today)
    return replace(line, rule=rule, why="" if rule else reason or "unallowed")


def _by_control_visit(
    trace: Trace, background: frozenset[str], policy: AuditPolicy, today: date
) -> Iterator[ContactGroup]:
    """Endpoints contacted in the control visit only: judged as before consent, because nothing is pressed there."""
    before = [phase for phase in trace.phases if phase.name == PhaseName.BEFORE]
    known = {contact.endpoint for contact in within(trace.contacts, before)}
    contacts = [c for c in outside(trace.control_contacts or (), trace.own, background) if c.endpoint not in known]
    for one in contact_groups(PhaseName.BEFORE, contacts, policy):
        yield replace(_ruled(one, policy, today), phase=CONTROL)


def _agreed(endpoint: str, declared: frozenset[str]) -> bool:
    """Whether an endpoint belongs to what the visitor agreed to: a platform's hosts, or a mock server for one on this machine."""
    host, _ = host_and_port(endpoint)
    platform = platform_of(host)
    for origin in declared:
        named = host_and_port(origin)
        if is_loopback(named[0]) and endpoint_of(*named) == endpoint:
            return True
        if platform is not None and platform_of(named[0]) is platform:
            return True
    return False


# -- the server ------------------------------------------------------------------------------------------------------------


def _by_server(trace: Trace, policy: AuditPolicy, today: date) -> Iterator[ContactGroup]:
    """What the server sent, according to its journal: allowed on schedule, to the registry's count sources, without data of a visitor."""
    if trace.journal is None:
        return
    by_host = sorted(
        (r for r in trace.journal.requests if not r.blocked), key=lambda request: (request.host, request.time)
    )
    for host, group in groupby(by_host, key=lambda request: request.host):
        requests = list(group)
        line = contact_group(SERVER, [_as_contact(request) for request in requests], policy)
        yield replace(line, channels=(Channel.SERVER,), why=_wrong(host, requests, policy, today))


def _as_contact(request: ServerRequest) -> Contact:
    url = f"https://{request.host}{request.path}"
    return Contact(request.host, 443, Channel.SERVER, request.time, url=url, sent=True, cause=request.trigger)


def _wrong(host: str, requests: list[ServerRequest], policy: AuditPolicy, today: date) -> str:
    if any(request.trigger not in NO_VISIT for request in requests):
        return "visit"
    if any(VISITORS_HEADERS & {name.lower() for name in request.headers} for request in requests):
        return "headers"
    sources = {record.counts.host for record in REGISTRY.values() if record.counts}
    return "" if host in sources or policy.rule(host, "server", today)[0] else "host"


# -- what else is worth knowing ----------------------------------------------------------------------------------------------


def _endpoints(contacts: Iterable[Contact], trace: Trace, background: frozenset[str]) -> frozenset[str]:
    return frozenset(contact.endpoint for contact in outside(contacts, trace.own, background))


def _unused(trace: Trace, contacted: frozenset[str]) -> tuple[Declaration, ...]:
    """Foreign endpoints that the page names for the browser to act on, and that nothing went to in this run."""
    hosts = {host_and_port(endpoint)[0] for endpoint in contacted}
    own = {host_and_port(endpoint)[0] for endpoint in trace.own if not endpoint.startswith("*.")}
    return tuple(
        declaration
        for declaration in trace.declarations
        if declaration.host not in hosts | own
        and not is_own(declaration.host, trace.own)
        and declaration.how != "element"
    )


def _stored(trace: Trace, policy: AuditPolicy) -> tuple[StoredItem, ...]:
    """What lay on the device without being covered by the policy, with when it appeared and whether withdrawal removed it."""
    first: dict[str, str] = {}
    for snapshot in trace.snapshots:
        for what in _undeclared(snapshot, policy):
            first.setdefault(what, snapshot.phase)
    ended = [s for s in trace.snapshots if s.phase in (PhaseName.WITHDRAWN, PhaseName.RELOADED)]
    return tuple(
        StoredItem(phase, what, phase == PhaseName.AFTER and _outlasted(what, ended)) for what, phase in first.items()
    )


def _outlasted(what: str, ended: Iterable[Snapshot]) -> bool | None:
    """The last reading counts; where storage could not be read at the end, what was stored before counts as still stored."""
    readings = [snapshot.holds(what) for snapshot in ended]
    known = [reading for reading in readings if reading is not None]
    if readings and readings[-1] is None:
        return True if known and known[-1] else None
    return bool(readings and readings[-1])


def _undeclared(snapshot: Snapshot, policy: AuditPolicy) -> list[str]:
    def name(line: str) -> str:
        return line.rpartition(" (")[0].split(" ", 1)[1] if not line.startswith("service worker") else "service worker"

    return [
        line
        for line in sorted(snapshot.names)
        if not any(kept.covers(name(line), snapshot.phase) for kept in policy.keep)
    ]


def _cloaked(trace: Trace) -> tuple[tuple[str, str], ...]:
    """Own names that name servers lead to another domain: first party by name only (CNAME cloaking)."""
    own = {host_and_port(endpoint)[0] for endpoint in trace.own}
    return tuple((name, target) for name, target in trace.aliases if name in own and not is_own(target, trace.own))
