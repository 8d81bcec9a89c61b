"""One page, as a visitor would meet it, in four phases; what happened goes into a trace. Nothing is judged here.

Before consent: load, scroll, hover, tab, wait, leave, come back. After consent: press each gate by itself. After withdrawal: remove what
was opened. After a reload: look around again, and leave. Beside it, the same page is opened without a debugger.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from shariff_py.audit.evidence.contact import Contact, own_place
from shariff_py.audit.evidence.declarations import declarations
from shariff_py.audit.evidence.initiator import announced, explained
from shariff_py.audit.evidence.parties import is_own
from shariff_py.audit.evidence.redaction import without_values
from shariff_py.audit.evidence.server_journal import testimony
from shariff_py.audit.evidence.trace import Obstacle, Phase, Problem, Trace
from shariff_py.audit.visit.browser import LEAVING, Visitor, visit
from shariff_py.audit.visit.control_visit import Unwatched, look
from shariff_py.audit.visit.options import Plan
from shariff_py.audit.visit.passive_visit import opened
from shariff_py.audit.visit.phases import Walk

if TYPE_CHECKING:
    from playwright.sync_api import Playwright


def survey(url: str, plan: Plan, *, playwright: Playwright | None = None, name: str = "page") -> Trace:
    """Visit one page in a fresh browser. Never raises for what the page does: what went wrong stands in the trace.

    The trace is without values unless the plan keeps them.
    """
    trace = with_values(url, plan, playwright=playwright, name=name)
    return trace if plan.values else without_values(trace)


def with_values(url: str, plan: Plan, *, playwright: Playwright | None = None, name: str = "page") -> Trace:
    """As `survey`, with every address whole. For whoever follows its links; nothing of it may be written down."""
    if plan.setup.opener:
        return opened(url, plan)
    began = time.time()
    with ThreadPoolExecutor(max_workers=1) as beside:
        visitor, walk, second = _visited(url, plan, playwright, name, beside)
        trace = _trace(url, visitor, walk, began, second)
    if plan.journal is not None:
        journal, problems = testimony(plan.journal, began, trace.ended)
        trace = replace(trace, journal=journal, problems=(*trace.problems, *problems))
    return trace


def _second_look_seconds(plan: Plan) -> float:
    """Long enough to load, and as long as the first look waits."""
    return 2.0 + plan.idle_seconds


def _visited(
    url: str, plan: Plan, playwright: Playwright | None, name: str, beside: Executor
) -> tuple[Visitor, Walk, Future[Unwatched] | None]:
    net_log = plan.net_logs / f"{name}.netlog.json" if plan.net_logs else None
    own = (url, *(host for host in plan.own if not host.startswith("*.")))
    with visit(
        own,
        baseline=plan.baseline,
        idle_seconds=plan.idle_seconds,
        net_log=net_log,
        setup=plan.setup,
        playwright=playwright,
        patience=plan.patience,
    ) as visitor:
        visitor.own |= {host for host in plan.own if host.startswith("*.")}

        @cache
        def second_look() -> Future[Unwatched] | None:
            """Begun by whoever asks first."""
            return beside.submit(look, url, plan.setup, seconds=_second_look_seconds(plan)) if plan.unwatched else None

        walk = Walk(url, visitor, plan, second_look)
        walk.walk()
    return visitor, walk, second_look()


def _trace(url: str, visitor: Visitor, walk: Walk, began: float, second: Future[Unwatched] | None) -> Trace:
    log = visitor.log
    assert log is not None  # noqa: S101 - the visit is over
    ended = time.time()
    completed = frozenset(phase.name for phase in visitor.phases)
    phases = tuple(
        replace(phase, name=walk.last, gate=walk.gate, end=ended) if phase.name == LEAVING else phase
        for phase in visitor.phases
    )
    promises = declarations((a for a in log.answers if is_own(own_place(a.url), visitor.own)), walk.elements)
    contacts = explained(log.contacts, visitor.seen, promises, visitor.own)
    unwatched = second.result() if second else None
    if unwatched is not None and (unwatched.log is None or not unwatched.log.whole):
        walk.problems.append(Problem(Obstacle.UNWATCHED_FAILED, unwatched.why))
    if visitor.cut:
        walk.problems.append(Problem(Obstacle.LOG_CUT, visitor.cut))
    return Trace(
        url,
        visitor.own,
        phases,
        tuple(replace(contact, gate=_gate(contact, phases)) for contact in contacts),
        visitor.whole,
        log.browser,
        tuple(walk.steps),
        tuple(walk.problems),
        tuple(dict.fromkeys(walk.declared)),
        walk.gates,
        completed,
        announced(unwatched.log.contacts, promises) if unwatched is not None and unwatched.log is not None else None,
        promises,
        tuple(walk.snapshots),
        tuple(sorted(log.aliases.items())),
        title=walk.title,
        began=began,
        ended=ended,
        links=walk.links,
    )


def _gate(contact: Contact, phases: Sequence[Phase]) -> int:
    return next((phase.gate for phase in phases if phase.holds(contact.time)), 0)
