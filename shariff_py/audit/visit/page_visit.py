"""One page, visited like a user would in four phases; what happened goes into a trace. Nothing is judged here.

Before consent: load, scroll, hover, tab, wait, leave, come back. After consent: press each gate by itself. After withdrawal: remove what
was opened. After a reload: explore again, and leave. The control visit, without a debugger, runs at the same time.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from shariff_py.audit.evidence.contact import Contact, endpoint_of_url
from shariff_py.audit.evidence.declarations import declarations
from shariff_py.audit.evidence.initiator import with_causes, with_declared_causes
from shariff_py.audit.evidence.parties import is_own
from shariff_py.audit.evidence.server_journal import read_server_requests
from shariff_py.audit.evidence.trace import FailureReason, Phase, Problem, Trace
from shariff_py.audit.visit.browser import LEAVING, BrowserSession, browser_session
from shariff_py.audit.visit.control_visit import ControlResult, control_visit
from shariff_py.audit.visit.options import AuditOptions
from shariff_py.audit.visit.passive_visit import passive_visit
from shariff_py.audit.visit.phases import PhaseRunner

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

CONTROL_LOADING_SECONDS = 2.0
"""How much longer than the first phase waits the control visit stays on the page, because it has to load it first."""


def visit_page(url: str, options: AuditOptions, *, playwright: Playwright | None = None, name: str = "page") -> Trace:
    """Visit one page in a fresh browser. Never raises for what the page does: failures are in the trace.

    Every address in the trace is complete, so that its links can be followed. Call
    :func:`~shariff_py.audit.evidence.redaction.without_values` before any of it is written down. ``name`` is the stem of the file for the
    browser's log, if the options keep it.
    """
    if options.browser.opener:
        return passive_visit(url, options)
    began = time.time()
    with ThreadPoolExecutor(max_workers=1) as beside:
        session, phases, control = _visited(url, options, playwright, name, beside)
        trace = _trace(url, session, phases, began, control)
    if options.journal is not None:
        journal, problems = read_server_requests(options.journal, began, trace.ended)
        trace = replace(trace, journal=journal, problems=(*trace.problems, *problems))
    return trace


def _visited(
    url: str, options: AuditOptions, playwright: Playwright | None, name: str, beside: Executor
) -> tuple[BrowserSession, PhaseRunner, Future[ControlResult] | None]:
    net_log = options.out / f"{name}.netlog.json" if options.out and options.keep_net_log else None
    with browser_session((url, *options.own), options, net_log=net_log, playwright=playwright) as session:

        @cache
        def control() -> Future[ControlResult] | None:
            """Started by the first call."""
            if not options.control_visit:
                return None
            seconds = CONTROL_LOADING_SECONDS + options.idle_seconds
            return beside.submit(control_visit, url, options.browser, seconds=seconds)

        phases = PhaseRunner(url, session, options, control)
        phases.run()
    return session, phases, control()


def _trace(
    url: str, session: BrowserSession, runner: PhaseRunner, began: float, control: Future[ControlResult] | None
) -> Trace:
    log = session.log
    assert log is not None  # noqa: S101 - the visit is over
    ended = time.time()
    completed = frozenset(phase.name for phase in session.phases)
    phases = tuple(
        replace(phase, name=runner.last, gate=runner.gate, end=ended) if phase.name == LEAVING else phase
        for phase in session.phases
    )
    own_responses = (response for response in log.responses if is_own(endpoint_of_url(response.url), session.own))
    declared = declarations(own_responses, runner.elements)
    contacts = with_causes(log.contacts, session.seen, declared, session.own)
    controlled = control.result() if control else None
    if controlled is not None and (controlled.log is None or not controlled.log.whole):
        runner.problems.append(Problem(FailureReason.CONTROL_VISIT_FAILED, controlled.why))
    if session.log_defect:
        runner.problems.append(Problem(FailureReason.LOG_INCOMPLETE, session.log_defect))
    return Trace(
        url,
        session.own,
        phases,
        tuple(replace(contact, gate=_gate(contact, phases)) for contact in contacts),
        session.whole,
        log.browser,
        tuple(runner.steps),
        tuple(runner.problems),
        tuple(dict.fromkeys(runner.declared)),
        runner.gates,
        completed,
        with_declared_causes(controlled.log.contacts, declared)
        if controlled is not None and controlled.log is not None
        else None,
        declared,
        tuple(runner.snapshots),
        tuple(sorted(log.aliases.items())),
        title=runner.title,
        began=began,
        ended=ended,
        links=runner.links,
    )


def _gate(contact: Contact, phases: Sequence[Phase]) -> int:
    return next((phase.gate for phase in phases if phase.holds(contact.time)), 0)
