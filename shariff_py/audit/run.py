"""A whole run: several pages side by side, each filed as soon as it is done; then the judgement of all of them."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.robotparser import RobotFileParser

from shariff_py.audit.browser import measure_baseline
from shariff_py.audit.chromium import SWITCHES, Setup, installed
from shariff_py.audit.contact import host_and_port, own_place
from shariff_py.audit.crawl import Fetch, Robots, sitemap
from shariff_py.audit.evidence import Evidence
from shariff_py.audit.frontier import Frontier, Planned
from shariff_py.audit.judge import Audit, PageResult, judge
from shariff_py.audit.launch import driver, print_page, process_of
from shariff_py.audit.plan import Plan
from shariff_py.audit.policy import Allowed, AuditPolicy
from shariff_py.audit.redaction import redacted
from shariff_py.audit.report import FORMATS, Filing, write
from shariff_py.audit.survey import survey
from shariff_py.audit.trace import Obstacle, Problem, Trace
from shariff_py.audit.watchdog import end
from shariff_py.audit.wording import WORDS
from shariff_py.errors import AuditError
from shariff_py.urls import parse

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

BASELINE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of a run.

    ``own`` are further hosts of the site, ``sitemaps`` and ``depth`` tell where more pages come from, ``most`` bounds their number, ``at_once``
    is how many are visited side by side and ``interval`` how many seconds lie between the beginnings of two visits. ``formats`` are names
    from `FORMATS`, written to ``out``. ``resume`` goes on with the run that is in ``out``.
    """

    lang: str = "de"
    out: Path | None = None
    formats: tuple[str, ...] = FORMATS
    chromium: str | None = None
    idle_seconds: float = 5.0
    own: tuple[str, ...] = ()
    policy: AuditPolicy = field(default_factory=AuditPolicy)
    sitemaps: tuple[str, ...] = ()
    depth: int = 0
    most: int = 1000
    at_once: int = 2
    interval: float = 1.0
    resume: bool = False
    journal: Path | None = None
    earlier: Path | None = None
    unwatched: bool = True
    all_phases: bool = True
    values: bool = False
    keep_net_log: bool = False
    patience: float = 240.0
    setup: Setup | None = None
    sealed: str = ""
    engine: str = "chromium"
    closed_ports: tuple[int, ...] = ()
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: ``url`` is visited now or just was (``finished``)."""

    url: str
    finished: bool
    done: int
    planned: int


Tell = Callable[[Progress], None]


def run(urls: Iterable[str], order: Order | None = None, *, tell: Tell = lambda progress: None, **more: Any) -> Audit:
    """Audit pages and return the judgement; with ``out`` also write the reports there.

    ``more`` are fields of `Order`, as in ``run(urls, lang="en")``. ``tell`` is called as pages begin and end. Raises :class:`AuditError` for
    an address that is none and when no browser can be started; a page that cannot be audited whole is a result, not an error.
    Interrupted by the keyboard, it returns what it has, and the rest as missing.
    """
    order = replace(order or Order(), **more)
    named = list(urls)
    _check(order, named)
    with ExitStack() as stack:
        folder = order.out or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="shariff-audit-")))
        return _Run(order, Evidence(folder), tell).go(named)


def _check(order: Order, urls: list[str]) -> None:
    if order.lang not in WORDS:
        raise AuditError(
            f"there is no report in the language {order.lang!r}. Choose one of: {', '.join(sorted(WORDS))}"
        )
    for url in (*urls, *order.sitemaps):
        if parse(url) is None:
            raise AuditError(
                f"{url!r} is not an address that can be visited. Give it whole, as in https://www.example.org/"
            )
    if not urls and not order.sitemaps and not order.resume:
        raise AuditError("no address to audit. Name at least one page, a list or a sitemap.")
    if order.resume and order.out is None:
        raise AuditError("a run can only be gone on with in its folder. Name it with --out.")


def _same(order: Order, about: Mapping[str, Any]) -> None:
    """A run that is gone on with is bounded as it was begun: pages already visited are not asked again where they lead."""
    for name in ("depth", "most"):
        begun, wanted = int(about[name]), getattr(order, name)
        if wanted not in (begun, getattr(Order(), name)):
            raise AuditError(
                f"the run was begun with --{name} {begun}, not {wanted}. Leave it out, or begin a new run."
            )


@dataclass(slots=True)
class _Run:
    order: Order
    evidence: Evidence
    tell: Tell
    frontier: Frontier = field(default_factory=Frontier)
    plan: Plan = field(default_factory=Plan)
    failure: Exception | None = None
    interrupted: threading.Event = field(default_factory=threading.Event)
    _drivers: set[int] = field(default_factory=set)
    _visited: int = 0
    _pause: float = 0.0
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _next: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def go(self, named: list[str]) -> Audit:
        about = self._prepare(named)
        self._visit_all()
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
        try:
            earlier = order.earlier.read_text(encoding="utf-8") if order.earlier else None
        except OSError as error:
            raise AuditError(f"the earlier report {order.earlier} cannot be read: {error.strerror}.") from error

        def printer(page: Path, target: Path) -> None:
            print_page(page, target, self.plan.setup if self.plan.setup.wire is None else Setup(installed()))

        return Filing(folder, order.lang, order.formats, self._results, printer, earlier, about)

    # -- before ----------------------------------------------------------------------------------------------------------

    def _prepare(self, named: list[str]) -> dict[str, Any]:
        order = self.order
        setup = order.setup or Setup(order.chromium or installed())
        planned: list[Planned] = []
        if order.resume:
            about, planned = self.evidence.about(), self.evidence.planned()
            _same(order, about)
            baseline = frozenset(map(str, about["baseline"]))
            order = replace(order, depth=int(about["depth"]), most=int(about["most"]))
        else:
            seconds = min(order.idle_seconds, BASELINE_SECONDS)
            baseline = frozenset() if setup.opener else measure_baseline(setup=setup, seconds=seconds)
        self.frontier = Frontier(depth=order.depth, most=order.most)
        with driver() as playwright:
            fetch = fetching(playwright)
            robots = Robots(fetch)
            for place in order.sitemaps:
                try:
                    named += sitemap(place, fetch)
                except ValueError as error:
                    raise AuditError(f"{error}. Check the address.") from None
            for page in planned:
                self.frontier.add([page.url], page.depth)
            named = list(dict.fromkeys([*(page.url for page in planned if page.depth == 0), *named]))
            own = (*order.own, *order.policy.own)
            self.frontier.own = frozenset(filter(None, map(own_place, named))) | frozenset(own)
            self._pause = max([order.interval, *(robots.delay(place) for place in named[:1] if order.depth)])
        self.plan = Plan(
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
        about = {
            "urls": named,
            "depth": order.depth,
            "most": order.most,
            "baseline": sorted(baseline),
            "began": time.time(),
            "idle_seconds": order.idle_seconds,
            "switches": [*SWITCHES, *setup.switches] if setup.wire is None else [],
            "sealed": order.sealed,
            "closed_ports": list(order.closed_ports),
        }
        if order.resume:
            about["began"] = self.evidence.about()["began"]
        else:
            self.evidence.begin(about)
        self.frontier.note = self.evidence.note
        self.frontier.add(named)
        return about

    # -- the visits --------------------------------------------------------------------------------------------------------

    def _visit_all(self) -> None:
        workers = [threading.Thread(target=self._work, daemon=True) for _ in range(max(1, self.order.at_once))]
        for worker in workers:
            worker.start()
        while any(worker.is_alive() for worker in workers):
            # However often it is interrupted: an interpreter that ends while browsers are being driven ends badly.
            try:
                for worker in workers:
                    worker.join(0.2)
                if self.interrupted.is_set():
                    self._break_off()
            except KeyboardInterrupt:
                self.interrupted.set()

    def _break_off(self) -> None:
        """End the visits under way; what they were about to say would be about an audit that was cut off, not about the page."""
        self.frontier.stop()
        while self._drivers:
            end(self._drivers.pop())

    def _work(self) -> None:
        try:
            while self._with_one_driver():
                pass
        except Exception as error:
            if not self.interrupted.is_set():
                self.failure = error
            self.frontier.stop()

    def _with_one_driver(self) -> bool:
        """Visit pages until there are none left, or until the driver has to be renewed because a page took it along."""
        hung = False
        try:
            with driver() as playwright, self._known(process_of(playwright)):
                robots = Robots(fetching(playwright), self._robots)
                while not hung and (page := self.frontier.take()) is not None:
                    try:
                        hung = self._page(playwright, robots, page)
                    finally:
                        self.frontier.done()
        except Exception:
            if not hung:
                raise
        return hung

    @contextmanager
    def _known(self, process: int) -> Iterator[None]:
        """Drivers that are running, to be ended when the run is interrupted."""
        self._drivers.add(process)
        try:
            yield
        finally:
            self._drivers.discard(process)

    def _page(self, playwright: Playwright, robots: Robots, page: Planned) -> bool:
        """Visit one page and file it. Returns whether it hung."""
        if self.order.resume and self.evidence.holds(page.number, page.url, redacted(page.url)):
            trace = self.evidence.trace(page.number)
        else:
            self._wait_for_turn()
            self.tell(Progress(page.url, False, self._visited, len(self.frontier.planned)))
            trace = survey(page.url, self.plan, playwright=playwright, name=f"{page.number:04d}")
            if self.interrupted.is_set():
                return False
            self.frontier.follow(trace.links, page.depth, robots.allows)
            self.evidence.file(page.number, trace)
        self.frontier.filed(page)
        with self._lock:
            self._visited += 1
        self.tell(Progress(page.url, True, self._visited, len(self.frontier.planned)))
        return any(problem.name is Obstacle.HUNG for problem in trace.problems)

    def _wait_for_turn(self) -> None:
        """Visits begin at intervals, however many there are side by side."""
        with self._lock:
            now = time.monotonic()
            at = max(now, self._next)
            self._next = at + self._pause
        self.interrupted.wait(max(0.0, at - now))

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


def fetching(playwright: Playwright) -> Fetch:
    """Gets files of the audited site itself (its sitemap, its robots.txt) through the browser's own library."""
    from playwright.sync_api import Error

    request = playwright.request.new_context(ignore_https_errors=False)

    def fetch(url: str) -> bytes | None:
        try:
            response = request.get(url, timeout=30_000, max_redirects=5)
        except Error:
            return None
        if not response.ok or host_and_port(response.url)[0] == "":
            return None
        return response.body()

    return fetch
