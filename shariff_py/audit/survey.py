"""The audit itself: visits each page as a visitor would, in four phases, and has the outcome judged.

Before consent: load, scroll, hover, tab, wait, leave, come back. After consent: press each gate. After withdrawal: remove what
was opened. After a reload: look around again, and leave.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from publicsuffixlist import PublicSuffixList

from shariff_py.audit.browser import LEAVING, Visitor, measure_baseline, said, visit
from shariff_py.audit.contact import host_and_port, own_place
from shariff_py.audit.judge import Audit, PageResult, judge
from shariff_py.audit.report import as_json, html
from shariff_py.audit.trace import Obstacle, PhaseName, Problem, Step, StepName, Trace
from shariff_py.audit.wording import WORDS
from shariff_py.errors import AuditError
from shariff_py.urls import parse

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Frame, Page, Response

GATE_BUTTONS = 'form[method="post" i][target][action$="/frame"] button[type="submit"]'
"""What opens a gate: it posts into a frame of the page, and is the same with and without script."""

CLOSING_BUTTONS = 'shariff-gate[state="open"] form[target] button[type="submit"]'
"""What closes an open gate again where scripts run: the button that opened it."""

REMOVAL_LINKS = "[data-remove]"
"""What removes the content from inside the gate frame, with and without script."""

PATIENCE_MS = 30_000
"""How long a page may take to load before the visit counts as incomplete."""

SETTLE_SECONDS = 1.0
"""After a withdrawal the removed frame may still say goodbye; that belongs to the consent that just ended."""

_FRAME_SRC = re.compile(r"(?:^|;)\s*frame-src\s+([^;]+)", re.IGNORECASE)


def run(
    urls: Iterable[str],
    *,
    lang: str = "de",
    out: Path | None = None,
    chromium: str | None = None,
    idle_seconds: float = 5.0,
    own: Sequence[str] = (),
    progress: Callable[[str], None] = lambda url: None,
) -> Audit:
    """Audit pages and return the judgement; with ``out`` also write ``report.html`` and ``report.json`` into that folder.

    ``lang`` is the report's language, ``de`` or ``en``. ``chromium`` is a browser's path, by default the one that is found.
    ``own`` are further addresses or hosts of the site itself. ``progress`` is told each address as its visit begins. Raises
    :class:`AuditError` for an address that is none and when no browser can be started; a page that cannot be audited whole is
    a result, not an error.
    """
    if lang not in WORDS:
        raise AuditError(f"there is no report in the language {lang!r}. Choose one of: {', '.join(sorted(WORDS))}")
    pages = list(urls)
    for url in pages:
        if parse(url) is None:
            raise AuditError(
                f"{url!r} is not an address that can be visited. Give it whole, as in https://www.example.org/"
            )
    if not pages:
        raise AuditError("no address to audit. Name at least one page.")
    began = time.time()
    baseline = measure_baseline(chromium=chromium, seconds=min(idle_seconds, 5.0))
    results: list[PageResult] = []
    for url in pages:
        progress(url)
        trace = survey(url, own=own, chromium=chromium, baseline=baseline, idle_seconds=idle_seconds)
        results.append(judge(trace, baseline))
    browser = next((result.trace.browser for result in results), "")
    audit = Audit(tuple(results), tuple(sorted(baseline)), browser, began, idle_seconds)
    if out is not None:
        _file(audit, lang, out)
    return audit


def _file(audit: Audit, lang: str, out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "report.html").write_text(html(audit, lang), encoding="utf-8")
        (out / "report.json").write_text(as_json(audit), encoding="utf-8")
    except OSError as error:
        raise AuditError(f"the report could not be written to {out}: {error.strerror}. Name another folder.") from error


def survey(
    url: str, *, own: Sequence[str], chromium: str | None, baseline: frozenset[str], idle_seconds: float
) -> Trace:
    """Visit one page in a fresh browser. Never raises for what the page does: what went wrong stands in the trace."""
    with visit((url, *own), chromium=chromium, baseline=baseline, idle_seconds=idle_seconds) as visitor:
        round_ = _Round(url, visitor)
        round_.walk()
    if visitor.log is None:
        raise AuditError("the browser ended without a network log")
    completed = frozenset(phase.name for phase in visitor.phases)
    phases = [replace(phase, name=round_.last) if phase.name == LEAVING else phase for phase in visitor.phases]
    return Trace(
        url,
        visitor.own,
        tuple(phases),
        visitor.log.contacts,
        visitor.log.whole,
        visitor.log.browser,
        tuple(round_.steps),
        tuple(round_.problems),
        frozenset(round_.declared),
        round_.gates,
        completed,
    )


@dataclass(slots=True)
class _Round:
    """One page's way through the phases, and what it met on it."""

    url: str
    visitor: Visitor
    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    declared: set[str] = field(default_factory=set)
    gates: int = 0
    last: str = PhaseName.BEFORE

    @property
    def page(self) -> Page:
        return self.visitor.page

    def walk(self) -> None:
        """The four phases. What fails ends the walk, and the phases walked so far stand."""
        self.page.on("response", lambda response: self._note_policy(response))
        with self._obstacle(Obstacle.INTERRUPTED):
            if not self._before():
                return
            self.visitor.mark(PhaseName.BEFORE)
            self._press_gates()
            if self.gates:
                self._withdraw()
            self._reload()

    def _before(self) -> bool:
        if not self._open():
            return False
        self._look()
        self.visitor.leave()
        self._step(StepName.LEFT)
        return self._open()

    def _press_gates(self) -> None:
        """Press every gate on the page, one after the other."""
        self.last = PhaseName.AFTER
        buttons = self.page.query_selector_all(GATE_BUTTONS)
        self.gates = len(buttons)
        self._step(StepName.GATES_FOUND, str(self.gates))
        for number, button in enumerate(buttons, start=1):
            with self._obstacle(Obstacle.GATE_FAILED, f"{number}: "):
                _press(button)
                self._step(StepName.GATE_PRESSED, str(number))
                self.visitor.idle(min(2.0, self.visitor.idle_seconds))
        if buttons:
            self.visitor.idle()
            self.visitor.mark(PhaseName.AFTER)

    def _withdraw(self) -> None:
        """Close every open gate; the farewell of what was shown still belongs to the consent that just ended."""
        withdrawn = self._press_all(self.page.main_frame, CLOSING_BUTTONS)
        for frame in self.page.frames:
            if own_place(frame.url) in self.visitor.own:
                withdrawn += self._press_all(frame, REMOVAL_LINKS)
        if not withdrawn:
            self.problems.append(Problem(Obstacle.NO_WITHDRAWAL))
        self._step(StepName.WITHDREW, str(withdrawn))
        self.visitor.idle(SETTLE_SECONDS)
        self.visitor.mark(PhaseName.AFTER)
        self.last = PhaseName.WITHDRAWN
        self._look()
        self.visitor.mark(PhaseName.WITHDRAWN)

    def _press_all(self, frame: Frame, selector: str) -> int:
        controls = [control for control in frame.query_selector_all(selector) if control.is_visible()]
        for control in controls:
            with self._obstacle(Obstacle.NO_WITHDRAWAL):
                _press(control)
        return len(controls)

    def _reload(self) -> None:
        self.last = PhaseName.RELOADED
        self.page.reload(timeout=PATIENCE_MS)
        self._step(StepName.RELOADED)
        self._look()
        self.visitor.mark(PhaseName.RELOADED)

    def _open(self) -> bool:
        reached = False
        with self._obstacle(Obstacle.NOT_REACHED):
            response = self.page.goto(self.url, timeout=PATIENCE_MS)
            self._step(StepName.OPENED, self.page.url)
            if response is not None and response.status >= 400:
                self.problems.append(Problem(Obstacle.REFUSED, str(response.status)))
            else:
                reached = self._adopt_redirect()
        return reached

    def _adopt_redirect(self) -> bool:
        """A site may send its visitors on within its own domain (to ``www``); anywhere else is another site."""
        place = own_place(self.page.url)
        if place in self.visitor.own:
            return True
        if _domain(self.page.url) == _domain(self.url):
            self.visitor.own |= {place}
            return True
        self.problems.append(Problem(Obstacle.MOVED_AWAY, self.page.url))
        return False

    def _look(self) -> None:
        self.visitor.look_around()
        self._step(StepName.LOOKED_AROUND)
        self.visitor.idle()

    def _note_policy(self, response: Response) -> None:
        """Which platforms a gate frame of ours may show: read from the policy that came with it."""
        request = response.request
        if not request.is_navigation_request() or request.frame == self.page.main_frame:
            return
        if own_place(response.url) in self.visitor.own:
            if response.status >= 400:
                self.problems.append(Problem(Obstacle.GATE_FAILED, str(response.status)))
            for sources in _FRAME_SRC.findall(response.headers.get("content-security-policy", "")):
                self.declared.update(source for source in sources.split() if "://" in source)

    def _step(self, name: StepName, detail: str = "") -> None:
        self.steps.append(Step(time.time(), name, detail))

    @contextmanager
    def _obstacle(self, name: Obstacle, detail: str = "") -> Iterator[None]:
        """What the browser cannot do here becomes a problem of the page, never a lost run."""
        from playwright.sync_api import Error

        try:
            yield
        except Error as error:
            self.problems.append(Problem(name, detail + said(error)))


def _press(element: ElementHandle) -> None:
    element.click(timeout=5000)


def _domain(url: str) -> str:
    """The registrable domain of an address, or its host where there is none (this machine, an IP address)."""
    host = host_and_port(url)[0]
    return PublicSuffixList().privatesuffix(host) or own_place(url)
