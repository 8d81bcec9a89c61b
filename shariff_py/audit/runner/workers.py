"""Runs the visits of an audit: several pages side by side, each saved as soon as it is done, until none are left or the run stops."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from protego import Protego

from shariff_py.audit.evidence.contact import host_and_port
from shariff_py.audit.evidence.redaction import redacted, without_values
from shariff_py.audit.evidence.trace import FailureReason
from shariff_py.audit.runner.archive import EvidenceArchive
from shariff_py.audit.runner.crawl import Fetch, Robots
from shariff_py.audit.runner.frontier import Frontier, Planned
from shariff_py.audit.visit.launch import driver, process_of
from shariff_py.audit.visit.options import AuditOptions
from shariff_py.audit.visit.page_visit import visit_page
from shariff_py.audit.visit.watchdog import end

if TYPE_CHECKING:
    from playwright.sync_api import Playwright


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: ``url`` is visited now or just was (``finished``); ``done`` of ``planned`` pages have been visited."""

    url: str
    finished: bool
    done: int
    planned: int


ProgressCallback = Callable[[Progress], None]


@dataclass(slots=True)
class WorkerPool:
    """As many visits side by side as the options say. ``failure`` is the error that stopped them, if one did.

    A run that is resumed does not visit pages again that are there already.
    """

    frontier: Frontier
    evidence: EvidenceArchive
    options: AuditOptions
    on_progress: ProgressCallback
    failure: Exception | None = None
    interrupted: threading.Event = field(default_factory=threading.Event)
    _drivers: set[int] = field(default_factory=set)
    _visited: int = 0
    _robots: dict[str, Protego] = field(default_factory=dict)
    _next: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> None:
        """Visit every page of the frontier. Interrupted by the keyboard, it ends the visits under way and leaves the rest."""
        # Each worker has a driver, which costs as much as a page. Only a crawl comes to know of more pages.
        most = self.options.at_once if self.options.depth else min(self.options.at_once, len(self.frontier.planned))
        # An event for the end of each worker, because Python 3.11 and 3.12 call a thread ended whose `join` was interrupted.
        workers = [threading.Event() for _ in range(most)]
        for ended in workers:
            threading.Thread(target=self._work, args=(ended,), daemon=True).start()
        running = True
        while running:
            # However often it is interrupted: an interpreter that ends while browsers are being driven ends badly.
            try:
                running = not all(ended.wait(0.2) for ended in workers)
                if self.interrupted.is_set():
                    self._abort()
            except KeyboardInterrupt:
                self.interrupted.set()

    def _abort(self) -> None:
        """End the visits under way; what they would still report is about an audit that was cut off, not about the page."""
        self.frontier.stop()
        while self._drivers:
            end(self._drivers.pop())

    def _work(self, ended: threading.Event) -> None:
        try:
            while self._with_one_driver():
                pass
        except Exception as error:
            if not self.interrupted.is_set():
                self.failure = error
            self.frontier.stop()
        finally:
            ended.set()

    def _with_one_driver(self) -> bool:
        """Visit pages until none are left; returns whether there is more to do with a new driver, because a page hung and took this one along."""
        hung = False
        try:
            with driver() as playwright, self._known(process_of(playwright)):
                robots = Robots(fetching(playwright), self._robots)
                while not hung and (page := self.frontier.take()) is not None:
                    try:
                        hung = self._visit(playwright, robots, page)
                    finally:
                        self.frontier.done()
        except Exception:
            if not hung:
                raise
        return hung

    @contextmanager
    def _known(self, process: int) -> Iterator[None]:
        """Keep a running driver in the list of those to end when the run is interrupted."""
        self._drivers.add(process)
        try:
            yield
        finally:
            self._drivers.discard(process)

    def _visit(self, playwright: Playwright, robots: Robots, page: Planned) -> bool:
        """Visit one page and save its trace. Returns whether it hung."""
        options = self.options
        trace = self.evidence.kept(page.number, page.url, redacted(page.url)) if options.resume else None
        if trace is None:
            self._wait_for_turn()
            self.on_progress(Progress(page.url, False, self._visited, len(self.frontier.planned)))
            trace = visit_page(page.url, options, playwright=playwright, name=f"{page.number:04d}")
            if self.interrupted.is_set():
                return False
            self.frontier.follow(trace.links, page.depth, robots.allows)
            self.evidence.save(page.number, trace if options.keep_values else without_values(trace))
        self.frontier.saved(page)
        with self._lock:
            self._visited += 1
        self.on_progress(Progress(page.url, True, self._visited, len(self.frontier.planned)))
        return any(problem.name is FailureReason.HUNG for problem in trace.problems)

    def _wait_for_turn(self) -> None:
        """Keep the interval between the starts of two visits, however many run side by side."""
        with self._lock:
            now = time.monotonic()
            at = max(now, self._next)
            self._next = at + self.options.interval
        self.interrupted.wait(max(0.0, at - now))


def fetching(playwright: Playwright) -> Fetch:
    """A function that gets files of the audited site itself (sitemap, robots.txt) with Playwright's HTTP client."""
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
