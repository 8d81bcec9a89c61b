"""A whole run: what is to be visited, the visits, the judgement of all of them, the reports."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from shariff_py.audit.evidence.contact import own_place
from shariff_py.audit.evidence.redaction import redacted
from shariff_py.audit.evidence.trace import Obstacle, Problem, Trace
from shariff_py.audit.report import Filing, clear, write
from shariff_py.audit.report.baseline import earlier_report
from shariff_py.audit.runner.archive import Evidence
from shariff_py.audit.runner.crawl import Robots, sitemap
from shariff_py.audit.runner.frontier import Frontier, Planned
from shariff_py.audit.runner.options import Order, check, check_same
from shariff_py.audit.runner.workers import Progress, Tell, Visits, fetching
from shariff_py.audit.verdict.judge import Audit, PageResult, judge
from shariff_py.audit.verdict.policy import Allowed
from shariff_py.audit.visit.browser import measure_baseline
from shariff_py.audit.visit.chromium import SWITCHES, Setup, installed
from shariff_py.audit.visit.launch import driver, print_page
from shariff_py.audit.visit.options import Plan
from shariff_py.errors import AuditError

__all__ = ["Order", "Progress", "Tell", "run"]

BASELINE_SECONDS = 5.0


def run(urls: Iterable[str], order: Order | None = None, *, tell: Tell = lambda progress: None, **more: Any) -> Audit:
    """Audit pages and return the judgement; with ``out`` also write the reports there.

    ``more`` are fields of `Order`, as in ``run(urls, lang="en")``. ``tell`` is called as pages begin and end. Raises :class:`AuditError` for
    an address that is none and when no browser can be started; a page that cannot be audited whole is a result, not an error.
    Interrupted by the keyboard, it returns what it has, and the rest as missing.
    """
    order = replace(order or Order(), **more)
    named = list(urls)
    check(order, named)
    earlier = earlier_report(order.earlier) if order.earlier else None
    with ExitStack() as stack:
        folder = order.out or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="shariff-audit-")))
        return _Run(order, Evidence(folder), tell, earlier).go(named)


@dataclass(slots=True)
class _Run:
    order: Order
    evidence: Evidence
    tell: Tell
    earlier: str | None
    frontier: Frontier = field(default_factory=Frontier)
    plan: Plan = field(default_factory=Plan)
    failure: Exception | None = None
    _pause: float = 0.0

    def go(self, named: list[str]) -> Audit:
        about = self._prepare(named)
        visits = Visits(
            self.frontier, self.evidence, self.plan, self.tell, self.order.at_once, self._pause, self.order.resume
        )
        visits.all()
        self.failure = visits.failure
        if self.failure is not None and not any(map(self.frontier.has, self.frontier.planned)):
            raise self.failure
        audit = self._judged(about)
        if self.order.out is not None:
            write(audit, self._filing(self.order.out, about))
        if all(map(self.frontier.has, self.frontier.planned)):
            self.evidence.complete()
        return audit

    def _filing(self, folder: Path, about: Mapping[str, Any]) -> Filing:
        order = self.order

        def printer(page: Path, target: Path) -> None:
            print_page(page, target, self.plan.setup if self.plan.setup.wire is None else Setup(installed()))

        evidence = tuple(self.evidence.filed())
        return Filing(folder, order.lang, order.formats, self._results, printer, self.earlier, about, evidence)

    # -- before ----------------------------------------------------------------------------------------------------------

    def _prepare(self, named: list[str]) -> dict[str, Any]:
        order = self.order
        setup = order.setup or Setup(order.chromium or installed())
        planned: list[Planned] = []
        baseline: frozenset[str] = frozenset()
        if order.resume:
            about, planned = self.evidence.about(), self.evidence.planned()
            check_same(order, about)
            baseline = frozenset(map(str, about["baseline"]))
            order = replace(order, depth=int(about["depth"]), most=int(about["most"]))
        else:
            self.evidence.check()
        self.frontier = Frontier(depth=order.depth, most=order.most)
        with driver() as playwright:
            if not order.resume and not setup.opener:
                seconds = min(order.idle_seconds, BASELINE_SECONDS)
                baseline = measure_baseline(setup=setup, seconds=seconds, playwright=playwright)
            fetch = fetching(playwright)
            robots = Robots(fetch)
            for place in order.sitemaps:
                try:
                    named += sitemap(place, fetch)
                except ValueError as error:
                    raise AuditError(f"{error}. Correct it, or name the pages with --list.") from None
            for page in planned:
                self.frontier.add([page.url], page.depth)
            named = list(dict.fromkeys([*(page.url for page in planned if page.depth == 0), *named]))
            own = (*order.own, *order.policy.own)
            self.frontier.own = frozenset(filter(None, map(own_place, named))) | frozenset(own)
            self._pause = max([order.interval, *(robots.delay(place) for place in named[:1] if order.depth)])
        self.plan = self._plan(setup, own, baseline)
        about = self._about(setup, named, order, baseline)
        clear(self.evidence.folder)
        if order.resume:
            about["began"] = self.evidence.about()["began"]
        else:
            self.evidence.begin(about)
        self.frontier.note = self.evidence.note
        self.frontier.add(named)
        return about

    def _plan(self, setup: Setup, own: tuple[str, ...], baseline: frozenset[str]) -> Plan:
        order = self.order
        return Plan(
            setup=setup,
            own=own,
            baseline=baseline,
            idle_seconds=order.idle_seconds,
            consent=order.policy.consent,
            journal=order.journal,
            unwatched=order.unwatched,
            all_phases=order.all_phases,
            values=order.values,
            net_logs=self.evidence.folder if order.keep_net_log else None,
            patience=order.patience,
        )

    def _about(self, setup: Setup, named: list[str], order: Order, baseline: frozenset[str]) -> dict[str, Any]:
        """What is kept of the run beside its pages, so that it can be gone on with and be told in the report."""
        return {
            "urls": named if order.values else list(map(redacted, named)),
            "depth": order.depth,
            "most": order.most,
            "baseline": sorted(baseline),
            "began": time.time(),
            "idle_seconds": order.idle_seconds,
            "switches": [*SWITCHES, *setup.switches] if setup.wire is None else [],
            "sealed": order.sealed,
            "closed_ports": list(order.closed_ports),
        }

    # -- afterwards --------------------------------------------------------------------------------------------------------

    def _results(self) -> Iterator[PageResult]:
        """The judgement of each planned page with all its contacts, one at a time. What was not filed is judged as well: as missing."""
        for page in self.frontier.planned:
            if self.frontier.has(page):
                trace = self.evidence.trace(page.number)
                yield judge(trace, self.plan.baseline, self.order.policy, self.order.today)
            else:
                yield _missing(page.url if self.order.values else redacted(page.url), self.failure)

    def _judged(self, about: Mapping[str, Any]) -> Audit:
        results, browser, ended, used = [], "", 0.0, set[Allowed]()
        for result in self._results():
            browser, ended = result.trace.browser or browser, max(ended, result.trace.ended)
            used |= {tally.rule for tally in result.expected if tally.rule}
            results.append(result.light)
        unneeded = tuple(rule for rule in self.order.policy.allow if rule not in used)
        return Audit(
            tuple(results),
            tuple(sorted(self.plan.baseline)),
            browser,
            float(about["began"]),
            self.order.idle_seconds,
            ended,
            self.order.policy.site,
            unneeded,
            self.order.sealed,
            self.order.engine,
        )


def _missing(url: str, failure: Exception | None) -> PageResult:
    """A page that was planned and not audited, because the run was interrupted or something failed that is not the page's fault."""
    why = "" if failure is None else str(failure) or type(failure).__name__
    trace = Trace(url, frozenset(), (), (), False, "", problems=(Problem(Obstacle.INTERRUPTED, why),))
    return judge(trace, frozenset())
