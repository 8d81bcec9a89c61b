"""The visits of a run: several pages side by side, each filed as soon as it is done, until there are none left or the run stops."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.robotparser import RobotFileParser

from shariff_py.audit.evidence.contact import host_and_port
from shariff_py.audit.evidence.redaction import redacted, without_values
from shariff_py.audit.evidence.trace import Obstacle
from shariff_py.audit.runner.archive import Evidence
from shariff_py.audit.runner.crawl import Fetch, Robots
from shariff_py.audit.runner.frontier import Frontier, Planned
from shariff_py.audit.visit.launch import driver, process_of
from shariff_py.audit.visit.options import Plan
from shariff_py.audit.visit.page_visit import with_values
from shariff_py.audit.visit.watchdog import end

if TYPE_CHECKING:
    from playwright.sync_api import Playwright


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: ``url`` is visited now or just was (``finished``)."""

    url: str
    finished: bool
    done: int
    planned: int


Tell = Callable[[Progress], None]


@dataclass(slots=True)
class Visits:
    """``at_once`` visits side by side, ``pause`` seconds between the beginnings of two. ``failure`` is what stopped them, if anything did.

    With ``resume`` a page that is there already is not visited again.
    """

    frontier: Frontier
    evidence: Evidence
    plan: Plan
    tell: Tell
    at_once: int
    pause: float
    resume: bool = False
    failure: Exception | None = None
    interrupted: threading.Event = field(default_factory=threading.Event)
    _drivers: set[int] = field(default_factory=set)
    _visited: int = 0
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _next: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def all(self) -> None:
        """Visit every page of the frontier. Interrupted by the keyboard, it ends the visits under way and leaves the rest."""
        workers = [threading.Thread(target=self._work, daemon=True) for _ in range(max(1, self.at_once))]
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
        trace = self.evidence.kept(page.number, page.url, redacted(page.url)) if self.resume else None
        if trace is None:
            self._wait_for_turn()
            self.tell(Progress(page.url, False, self._visited, len(self.frontier.planned)))
            trace = with_values(page.url, self.plan, playwright=playwright, name=f"{page.number:04d}")
            if self.interrupted.is_set():
                return False
            self.frontier.follow(trace.links, page.depth, robots.allows)
            self.evidence.file(page.number, trace if self.plan.values else without_values(trace))
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
            self._next = at + self.pause
        self.interrupted.wait(max(0.0, at - now))


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
