"""Takes one page through the four phases in a browser. Failures are recorded, never raised."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from shariff_py.audit.evidence.contact import endpoint_of_url
from shariff_py.audit.evidence.declarations import Element
from shariff_py.audit.evidence.parties import is_own, same_site
from shariff_py.audit.evidence.storage import Snapshot
from shariff_py.audit.evidence.trace import LATER_SHARE, FailureReason, PhaseName, Problem, Step, StepName
from shariff_py.audit.visit.browser import BrowserSession
from shariff_py.audit.visit.launch import one_line, playwright_error
from shariff_py.audit.visit.options import AuditOptions

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Frame, Locator, Page, Response

GATE_BUTTONS = 'form[method="post" i][target][action$="/frame"] button[type="submit"]'
"""What opens a gate: it posts into a frame of the page, and is the same with and without script."""

CLOSING_BUTTONS = 'shariff-gate[state="open"] form[target] button[type="submit"]'
"""What closes an open gate again where scripts run: the button that opened it."""

REMOVAL_LINKS = "[data-remove]"
"""What removes the content from inside the gate frame, with and without script."""

PATIENCE_MS = 30_000
"""How long a page may take to respond before the visit counts as incomplete."""

LOADED_MS, AGAIN_MS = 10_000, 2_000
"""How long to wait for everything on a page. Some never finish; a user does not wait for that either, least of all the second time."""

DOWNLOADING = "Download is starting"
"""Playwright's message for an address that leads to a file."""

SETTLE_SECONDS = 0.5
"""After withdrawal the removed frame may still send what it sends on leaving; that belongs to the consent that just ended."""

LINKS = "() => [...new Set([...document.links].map(link => link.href.split('#')[0]))].slice(0, 2000)"
"""The links of the page; a crawl decides which are the site's own."""

_FRAME_SRC = re.compile(r"(?:^|;)\s*frame-src\s+([^;]+)", re.IGNORECASE)
_ANY_SRC = re.compile(r"(?:^|;)\s*[a-z]+-src\s+([^;]+)", re.IGNORECASE)
"""What our document on the isolated host may load, which answers the press alone."""


@dataclass(slots=True)
class PhaseRunner:
    """Runs the phases on one page and collects what happens.

    ``when_waiting`` is called each time there is only waiting to do: starting another browser then delays nothing.
    """

    url: str
    session: BrowserSession
    options: AuditOptions
    when_waiting: Callable[[], object]
    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    declared: list[tuple[int, str]] = field(default_factory=list)
    snapshots: list[Snapshot] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    gates: int = 0
    gate: int = 0
    last: str = PhaseName.BEFORE
    title: str = ""
    links: tuple[str, ...] = ()
    over: bool = False

    @property
    def page(self) -> Page:
        return self.session.page

    def run(self) -> None:
        """Run the four phases. A failure ends the run; the phases completed so far remain."""
        self.page.on("response", lambda response: self._note_policy(response))
        with self._noting_failure(FailureReason.INTERRUPTED):
            if self._before() and self.options.all_phases:
                self._consent()
                if self.gates:
                    self._withdraw()
                self._reload()
        self.over = True
        self._note_interruptions()

    # -- the phases ------------------------------------------------------------------------------------------------------

    def _before(self) -> bool:
        if not self._open():
            return False
        self.title = self.page.title()
        self.links = tuple(self.page.evaluate(LINKS))
        self._look(1.0)
        self.elements += self.session.elements()
        self._border(PhaseName.BEFORE)
        if self.options.all_phases:
            self.session.leave(0.5)
            self._step(StepName.LEFT)
            if not self._open():
                return False
        self.session.mark(PhaseName.BEFORE)
        return True

    def _consent(self) -> None:
        """Press every gate on the page, one after the other; then the controls named in the policy file."""
        self.last = PhaseName.AFTER
        buttons = self.page.query_selector_all(GATE_BUTTONS)
        self.gates = len(buttons)
        self._step(StepName.GATES_FOUND, str(self.gates))
        for number, button in enumerate(buttons, start=1):
            self.gate = number
            with self._noting_failure(FailureReason.GATE_FAILED, f"{number}: "):
                _press(button)
                self._step(StepName.GATE_PRESSED, str(number))
            if number < len(buttons):
                self.session.idle(min(1.0, self.session.idle_seconds))
                self.session.mark(PhaseName.AFTER, number)
        if self.options.policy.consent.accept:
            self.gates += 1
            self._press_named(self.options.policy.consent.accept, StepName.CONSENTED, FailureReason.NO_CONSENT)
        if self.gates:
            self.session.idle(max(self._share(), min(1.5, self.session.idle_seconds)))
            self.elements += self.session.elements()
            self._border(PhaseName.AFTER)
            self.session.mark(PhaseName.AFTER, self.gate)

    def _withdraw(self) -> None:
        """Close every open gate; what the content sends on leaving still belongs to the consent that just ended."""
        withdrawn = self._press_all(self.page.main_frame, CLOSING_BUTTONS)
        for frame in self.page.frames:
            if is_own(endpoint_of_url(frame.url), self.session.own):
                withdrawn += self._press_all(frame, REMOVAL_LINKS)
        if self.options.policy.consent.withdraw:
            withdrawn += self._press_named(
                self.options.policy.consent.withdraw, StepName.WITHDREW, FailureReason.NO_WITHDRAWAL
            )
        elif not withdrawn:
            self.problems.append(Problem(FailureReason.NO_WITHDRAWAL))
        self._step(StepName.WITHDREW, str(withdrawn))
        self.session.idle(SETTLE_SECONDS)
        self.session.mark(PhaseName.AFTER, self.gate)
        self.last, self.gate = PhaseName.WITHDRAWN, 0
        self._look(LATER_SHARE)
        self._border(PhaseName.WITHDRAWN)
        self.session.mark(PhaseName.WITHDRAWN)

    def _reload(self) -> None:
        self.last, self.gate = PhaseName.RELOADED, 0
        self.page.reload(timeout=PATIENCE_MS, wait_until="commit")
        self._wait_for_everything()
        self._step(StepName.RELOADED)
        self._look(LATER_SHARE)
        self._border(PhaseName.RELOADED)
        self.session.mark(PhaseName.RELOADED)

    # -- parts of the phases ------------------------------------------------------------------------------------------------

    def _open(self) -> bool:
        reached = False
        with self._noting_failure(FailureReason.NOT_REACHED):
            response = self.page.goto(self.url, timeout=PATIENCE_MS, wait_until="commit")
            self._wait_for_everything()
            self._step(StepName.OPENED, self.page.url)
            if response is not None and response.status >= 400:
                self.problems.append(Problem(FailureReason.REFUSED, str(response.status)))
            else:
                reached = self._adopt_redirect()
        return reached

    def _wait_for_everything(self) -> None:
        from playwright.sync_api import TimeoutError

        endless = any(step.name is StepName.STILL_LOADING for step in self.steps)
        try:
            self.page.wait_for_load_state("load", timeout=AGAIN_MS if endless else LOADED_MS)
        except TimeoutError:
            self._step(StepName.STILL_LOADING)

    def _adopt_redirect(self) -> bool:
        """A site may redirect within its own domain (to ``www``); anything else is another site."""
        endpoint = endpoint_of_url(self.page.url)
        if is_own(endpoint, self.session.own):
            return True
        if same_site(self.page.url, self.url):
            self.session.own |= {endpoint}
            return True
        self.problems.append(Problem(FailureReason.MOVED_AWAY, self.page.url))
        return False

    def _look(self, share: float) -> None:
        left_out = self.session.look_around()
        self._step(StepName.EXPLORED)
        if left_out:
            self._step(StepName.LEFT_OUT, str(left_out))
        self.when_waiting()
        self.session.idle(self.session.idle_seconds * share)

    def _share(self) -> float:
        return self.session.idle_seconds * LATER_SHARE

    def _border(self, phase: PhaseName) -> None:
        self.snapshots.append(self.session.stored(phase, self.snapshots))

    def _press_all(self, frame: Frame, selector: str) -> int:
        try:
            controls = [control for control in frame.query_selector_all(selector) if control.is_visible()]
        except playwright_error():
            if not frame.is_detached():
                raise
            # Gone since the page's frames were counted, as a frame is that has the isolated host's storage removed.
            return 0
        for control in controls:
            with self._noting_failure(FailureReason.NO_WITHDRAWAL):
                _press(control)
        return len(controls)

    def _press_named(self, selectors: Sequence[str], step: StepName, reason: FailureReason) -> int:
        """Press the controls named in the policy file, in its order, wherever on the page they are. Returns how many were found."""
        pressed = 0
        for selector in selectors:
            with self._noting_failure(reason, f"{selector}: "):
                control = self._find(selector)
                if control is None:
                    self.problems.append(Problem(reason, selector))
                    break
                control.click(timeout=5000)
                pressed += 1
                self._step(step, selector)
                self.session.idle(min(1.0, self.session.idle_seconds))
        return pressed

    def _find(self, selector: str) -> Locator | None:
        """The first visible control in any frame. One without an address has no document yet (a lazy one below the fold) and would hang."""
        until = time.monotonic() + self.options.policy.consent.wait
        while True:
            for frame in self.page.frames:
                if frame.url and _visible(found := frame.locator(selector).first):
                    return found
            if time.monotonic() > until:
                return None
            self.session.idle(0.1)

    def _note_policy(self, response: Response) -> None:
        """Which platforms one of our gate frames may show: read from its policy header."""
        request = response.request
        if not request.is_navigation_request() or request.frame == self.page.main_frame:
            return
        if is_own(endpoint_of_url(response.url), self.session.own):
            if response.status >= 400 and self.gate:
                self.problems.append(Problem(FailureReason.GATE_FAILED, str(response.status)))
            named = _ANY_SRC if request.method == "POST" else _FRAME_SRC
            for sources in named.findall(response.headers.get("content-security-policy", "")):
                self.declared += [(self.gate, source) for source in sources.split() if "://" in source]

    def _note_interruptions(self) -> None:
        """Record hangs, crashes, dialogs and downloads."""
        listener, watchdog = self.session.listener, self.session.watchdog
        if watchdog is not None and watchdog.fired:
            self._replace(FailureReason.HUNG)
        elif listener is not None and listener.crashed:
            self._replace(FailureReason.CRASHED)
        if listener is not None:
            if listener.dialogs:
                self._step(StepName.DIALOGS, str(listener.dialogs))
            for address in listener.downloads[:5]:
                self._step(StepName.DOWNLOAD, address)
        if any(
            problem.name is FailureReason.NOT_REACHED and DOWNLOADING in problem.detail for problem in self.problems
        ):
            self._replace(FailureReason.NOT_A_PAGE)

    def _replace(self, name: FailureReason) -> None:
        """Replace the browser's message on being cut off by the actual reason."""
        vague = {
            FailureReason.INTERRUPTED,
            FailureReason.NOT_REACHED,
            FailureReason.GATE_FAILED,
            FailureReason.NO_WITHDRAWAL,
            FailureReason.NO_CONSENT,
        }
        self.problems = [problem for problem in self.problems if problem.name not in vague]
        self.problems.append(Problem(name))

    def _step(self, name: StepName, detail: str = "") -> None:
        self.steps.append(Step(time.time(), name, detail))
        listener = self.session.listener
        if listener is not None and listener.crashed and not self.over:
            from playwright.sync_api import Error

            raise Error("step: the page crashed")  # Calls to a crashed page never return.

    @contextmanager
    def _noting_failure(self, name: FailureReason, detail: str = "") -> Iterator[None]:
        """An error inside the block becomes a problem of the page, never a failed run."""
        try:
            yield
        except Exception as error:  # Not only Playwright's own: a driver that was ended raises others.
            self.problems.append(Problem(name, detail + one_line(error)))


def _visible(control: Locator) -> bool:
    with suppress(playwright_error()):  # A frame may be gone before it responds.
        return control.is_visible()
    return False


def _press(element: ElementHandle) -> None:
    element.click(timeout=5000)
