"""A whole audit: which pages are visited, the visits, the judgement of all of them, the reports."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shariff_py.audit.evidence.parties import own_endpoints
from shariff_py.audit.evidence.redaction import redacted
from shariff_py.audit.evidence.trace import FailureReason, Problem, Trace
from shariff_py.audit.report import FORMATS, ReportOutput, clear, write
from shariff_py.audit.report.baseline import read_baseline
from shariff_py.audit.runner.archive import EvidenceArchive
from shariff_py.audit.runner.crawl import Fetch, Robots, sitemap_pages
from shariff_py.audit.runner.frontier import Frontier, Planned
from shariff_py.audit.runner.validation import check, check_resumable
from shariff_py.audit.runner.workers import Progress, ProgressCallback, WorkerPool, fetching
from shariff_py.audit.verdict.judge import Audit, PageResult, judge
from shariff_py.audit.verdict.policy import Allowed
from shariff_py.audit.visit.browser import measure_background
from shariff_py.audit.visit.chromium import SWITCHES, Setup, installed
from shariff_py.audit.visit.launch import driver, print_page
from shariff_py.audit.visit.options import AuditOptions
from shariff_py.errors import AuditError, SitemapError

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

__all__ = ["AuditOptions", "Progress", "ProgressCallback", "run"]

BACKGROUND_SECONDS = 5.0
"""How long, at most, an empty page is observed for what the browser contacts by itself."""


def run(
    urls: Iterable[str],
    options: AuditOptions | None = None,
    *,
    on_progress: ProgressCallback = lambda progress: None,
    **more: Any,
) -> Audit:
    """Audit pages and return the judgement; with ``out`` also write the reports there.

    ``more`` are fields of `AuditOptions`, as in ``run(urls, lang="en")``. ``on_progress`` is called as visits begin and end. Raises
    :class:`AuditError` for options or addresses that cannot be used and when no browser can be started; a page that cannot be audited in
    full is a result, not an error. Interrupted by the keyboard, it returns what there is, with the remaining pages as interrupted.
    """
    options = replace(options or AuditOptions(), **more)
    named = list(urls)
    check(options, named)
    baseline = read_baseline(options.baseline) if options.baseline else None
    with ExitStack() as stack:
        folder = options.out or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="shariff-audit-")))
        return _Run(options, EvidenceArchive(folder), on_progress, baseline).audit(named)


@dataclass(slots=True)
class _Run:
    options: AuditOptions
    evidence: EvidenceArchive
    on_progress: ProgressCallback
    baseline: str | None
    frontier: Frontier = field(default_factory=Frontier)
    failure: Exception | None = None

    def audit(self, named: list[str]) -> Audit:
        about = self._prepare(named)
        pool = WorkerPool(self.frontier, self.evidence, self.options, self.on_progress)
        pool.run()
        self.failure = pool.failure
        if self.failure is not None and not any(map(self.frontier.has, self.frontier.planned)):
            raise self.failure
        audit = self._judged(about)
        if self.options.out is not None:
            write(audit, self._output(self.options.out, about))
        if all(map(self.frontier.has, self.frontier.planned)):
            self.evidence.complete()
        return audit

    def _output(self, folder: Path, about: Mapping[str, Any]) -> ReportOutput:
        options = self.options

        def printer(page: Path, target: Path) -> None:
            print_page(page, target, options.browser if options.browser.wire is None else Setup(installed()))

        formats = options.formats or FORMATS
        files = tuple(self.evidence.files())
        return ReportOutput(folder, options.lang, formats, self._results, printer, self.baseline, about, files)

    # -- before the visits -------------------------------------------------------------------------------------------------

    def _prepare(self, named: list[str]) -> dict[str, Any]:
        """Settle the options of this run and the pages it begins with; returns what the archive keeps of it."""
        options = self.options
        self.options = replace(options, setup=options.browser, own=(*options.own, *options.policy.own))
        planned = self._resume() if options.resume else []
        if not options.resume:
            self.evidence.check()
        self.frontier = Frontier(depth=self.options.depth, most=self.options.most)
        for page in planned:
            self.frontier.add([page.url], page.depth)
        with driver() as playwright:
            fetch = fetching(playwright)
            named = [*(page.url for page in planned if page.depth == 0), *named, *self._from_sitemaps(fetch)]
            named = list(dict.fromkeys(named))
            self._measure(playwright, Robots(fetch), named)
        self.frontier.own = own_endpoints((*named, *self.options.own))
        about = self._about(named)
        clear(self.evidence.folder)
        if options.resume:
            about["began"] = self.evidence.about()["began"]
        else:
            self.evidence.begin(about)
        self.frontier.note = self.evidence.note
        self.frontier.add(named)
        return about

    def _resume(self) -> list[Planned]:
        """Take over the bounds and the background of the run in the folder; returns the pages it had planned."""
        about, planned = self.evidence.about(), self.evidence.planned()
        check_resumable(self.options, about)
        self.options = replace(
            self.options,
            depth=int(about["depth"]),
            most=int(about["most"]),
            background=frozenset(map(str, about["background"])),
        )
        return planned

    def _from_sitemaps(self, fetch: Fetch) -> Iterator[str]:
        for url in self.options.sitemaps:
            try:
                yield from sitemap_pages(url, fetch)
            except SitemapError as error:
                raise AuditError(f"{error} Correct it, or name the pages with --list.") from None

    def _measure(self, playwright: Playwright, robots: Robots, named: list[str]) -> None:
        """Settle the options that are measured: the browser's background, and the interval that the site's ``robots.txt`` requires."""
        options = self.options
        if not options.resume and not options.browser.opener:
            empty_page = replace(options, idle_seconds=min(options.idle_seconds, BACKGROUND_SECONDS))
            self.options = replace(self.options, background=measure_background(empty_page, playwright))
        if options.depth and named:
            self.options = replace(self.options, interval=max(options.interval, robots.delay(named[0])))

    def _about(self, named: list[str]) -> dict[str, Any]:
        """What the archive keeps of the run beside its pages: what is needed to continue it and to describe it in the report."""
        options = self.options
        return {
            "urls": named if options.keep_values else list(map(redacted, named)),
            "depth": options.depth,
            "most": options.most,
            "background": sorted(options.background),
            "began": time.time(),
            "idle_seconds": options.idle_seconds,
            "switches": [*SWITCHES, *options.browser.switches] if options.browser.wire is None else [],
            "sealed": options.sealed,
            "closed_ports": list(options.closed_ports),
        }

    # -- after the visits --------------------------------------------------------------------------------------------------

    def _results(self) -> Iterator[PageResult]:
        """The judgement of each planned page with all its contacts, one at a time. A page without evidence is judged as interrupted."""
        options = self.options
        for page in self.frontier.planned:
            if self.frontier.has(page):
                yield judge(self.evidence.trace(page.number), options.background, options.policy, options.today)
            else:
                yield _interrupted(page.url if options.keep_values else redacted(page.url), self.failure)

    def _judged(self, about: Mapping[str, Any]) -> Audit:
        results, browser, ended, used = [], "", 0.0, set[Allowed]()
        for result in self._results():
            browser, ended = result.trace.browser or browser, max(ended, result.trace.ended)
            used |= {group.rule for group in result.expected if group.rule}
            results.append(result.summary())
        options = self.options
        return Audit(
            tuple(results),
            tuple(sorted(options.background)),
            browser,
            float(about["began"]),
            options.idle_seconds,
            ended,
            options.policy.site,
            tuple(rule for rule in options.policy.allow if rule not in used),
            options.sealed,
            options.engine,
        )


def _interrupted(url: str, failure: Exception | None) -> PageResult:
    """A page that was planned and not audited, because the run was interrupted or failed for a reason that is not the page's."""
    why = "" if failure is None else str(failure) or type(failure).__name__
    trace = Trace(url, frozenset(), (), (), False, "", problems=(Problem(FailureReason.INTERRUPTED, why),))
    return judge(trace, frozenset())
