"""A visitor's browser with its network log on. The only file that knows Playwright, which is imported when called.

The browser is what a visitor has, not what automation offers: a profile on disk (in an off-the-record one Chromium drops hints,
so leaking pages look clean), third-party cookies allowed, no proxy, no name mapping. The log is complete only once the page
has been left and the browser closed in good order, so contacts can be asked for after the visit, not during it.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shariff_py.audit.contact import Contact, own_place
from shariff_py.audit.judge import outside
from shariff_py.audit.netlog import Log, read
from shariff_py.audit.trace import Phase, within
from shariff_py.errors import AuditError

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""Names under which Chromium and its nearest relatives are installed, best first."""

PREFERENCES = {"profile": {"block_third_party_cookies": False, "cookie_controls_mode": 0}}
"""Third-party cookies as in Google's own builds. Debian's build blocks them, which understates what visitors send."""

SWITCHES = ("--net-log-capture-mode=Default", "--short-reporting-delay")
"""Default mode names every host and path but no cookie; reports, otherwise sent a minute later, are sent at once."""

LEAVING = "leaving"
"""The phase after the last mark: the page is left and the browser closed."""

FOCUSABLE = "a, button, summary, input, select, textarea, label, iframe, img, [tabindex], [onmouseover], [onfocus]"
AT_MOST = 80
"""How many elements are hovered and how many times Tab is pressed: enough for a page, bounded for a hostile one."""

CURE_PLAYWRIGHT = (
    "The audit drives a real browser through Playwright, which is not installed. "
    "Install it with: pip install 'shariff_py[audit]'"
)
CURE_BROWSER = (
    "No Chromium could be started. Install one (Debian: apt install chromium), name one in SHARIFF_CHROMIUM, "
    "or fetch Playwright's own with: playwright install chromium"
)


def find_chromium(environ: Mapping[str, str], exists: Callable[[str], bool]) -> str | None:
    """The browser to drive: ``SHARIFF_CHROMIUM``, else one on the ``PATH``, else ``None`` for Playwright's own.

    ``exists`` answers whether a path is a file. A path given on purpose that is not there is an :class:`AuditError`.
    """
    named = environ.get("SHARIFF_CHROMIUM", "")
    if named:
        if exists(named):
            return named
        raise AuditError(f"SHARIFF_CHROMIUM names {named!r}, which is not there. Correct the path or unset it.")
    folders = [folder for folder in environ.get("PATH", "").split(os.pathsep) if folder]
    paths = (os.path.join(folder, program) for program in PROGRAMS for folder in folders)  # noqa: PTH118 - any system's
    return next((path for path in paths if exists(path)), None)


@dataclass(slots=True)
class Visitor:
    """One visit. Drive ``page``, name stretches of it with :meth:`mark`; when the visit is over, ask what was contacted."""

    page: Page
    own: frozenset[str]
    baseline: frozenset[str]
    idle_seconds: float
    phases: list[Phase] = field(default_factory=list)
    log: Log | None = None
    _since: float = 0.0

    def mark(self, name: str) -> None:
        """Everything since the last mark (or the start) is called ``name``."""
        self.page.wait_for_timeout(50)
        self._mark(name, time.time())

    def idle(self, seconds: float | None = None) -> None:
        """Do nothing for ``seconds``, by default the visit's own length."""
        self.page.wait_for_timeout(1000 * (self.idle_seconds if seconds is None else seconds))

    def look_around(self) -> None:
        """Scroll to the end and back, move the mouse over everything, and tab through the page. Nothing is pressed."""
        self._scroll()
        self._hover()
        self._tab()

    def leave(self, seconds: float = 1.0) -> None:
        """Leave all pages (what they send on leaving is part of the visit), and wait for it to be sent."""
        for page in self.page.context.pages:
            with suppress(_playwright_error()):
                page.goto("about:blank")
        with suppress(_playwright_error()):
            self.page.wait_for_timeout(1000 * seconds)

    def contacts(self, *names: str) -> tuple[Contact, ...]:
        """All contacts in the phases of these names (without any: of the whole visit), the browser's own included."""
        log = self._finished()
        unknown = set(names) - {phase.name for phase in self.phases}
        if unknown:
            known = ", ".join(phase.name for phase in self.phases)
            raise AuditError(f"no phase was marked {', '.join(sorted(unknown))}; there are: {known}")
        if not names:
            return log.contacts
        return within(log.contacts, [phase for phase in self.phases if phase.name in names])

    def outside(self, *names: str) -> tuple[Contact, ...]:
        """The contacts with anybody but the site itself. Empty means proven silence: an incomplete log is an error."""
        if not self._finished().whole:
            raise AuditError(
                "the browser's network log was cut off, so its silence proves nothing; run the visit again"
            )
        return outside(self.contacts(*names), self.own, self.baseline)

    def _finished(self) -> Log:
        if self.log is None:
            raise AuditError("the network log is complete only after the visit; ask after the with block")
        return self.log

    def _mark(self, name: str, now: float) -> None:
        self.phases.append(Phase(name, self._since, now))
        self._since = now

    def _scroll(self) -> None:
        height = int(self.page.evaluate("document.documentElement.scrollHeight"))
        page_by = 600
        for _ in range(min(height // page_by + 1, AT_MOST)):
            self.page.mouse.wheel(0, page_by)
            self.page.wait_for_timeout(30)
        self.page.evaluate("scrollTo(0, 0)")

    def _hover(self) -> None:
        for element in self.page.query_selector_all(FOCUSABLE)[:AT_MOST]:
            with suppress(_playwright_error()):
                if not element.is_visible():
                    continue
                element.scroll_into_view_if_needed(timeout=300)
                box = element.bounding_box()
                if box:
                    self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=2)
        self.page.evaluate("scrollTo(0, 0)")

    def _tab(self) -> None:
        stops = len(self.page.query_selector_all(FOCUSABLE)) + 2
        for _ in range(min(stops, AT_MOST)):
            self.page.keyboard.press("Tab")


@contextmanager
def visit(
    own: Iterable[str],
    *,
    javascript: bool = True,
    chromium: str | None = None,
    baseline: frozenset[str] = frozenset(),
    idle_seconds: float = 5.0,
    net_log: Path | None = None,
) -> Iterator[Visitor]:
    """Open a fresh browser for one visit and close it in good order; its profile is deleted.

    ``own`` are addresses of the site itself, of which scheme and path do not matter. ``baseline`` are hosts the browser
    contacts by itself (:func:`measure_baseline`). ``net_log`` keeps a copy of the log. Raises :class:`AuditError` with the cure
    when Playwright or a browser is missing.
    """
    own_places = frozenset(filter(None, map(own_place, own)))
    with tempfile.TemporaryDirectory(prefix="shariff-visit-", ignore_cleanup_errors=True) as folder:
        log_file = Path(folder) / "netlog.json"
        with _browser(Path(folder) / "profile", log_file, javascript, chromium) as context:
            page = context.pages[0] if context.pages else context.new_page()
            page.on("dialog", lambda dialog: dialog.accept())
            visitor = Visitor(page, own_places, baseline, idle_seconds, _since=0.0)
            try:
                yield visitor
            finally:
                visitor.leave()
        visitor._mark(LEAVING, float("inf"))
        with log_file.open(encoding="utf-8", errors="replace") as lines:
            visitor.log = read(lines)
        if net_log is not None:
            shutil.copyfile(log_file, net_log)


def measure_baseline(*, chromium: str | None = None, seconds: float = 5.0) -> frozenset[str]:
    """The hosts this browser contacts by itself while an empty page is open for ``seconds``."""
    with visit((), chromium=chromium, idle_seconds=seconds) as visitor:
        visitor.idle()
    return frozenset(contact.host for contact in visitor.contacts())


@contextmanager
def _browser(profile: Path, log_file: Path, javascript: bool, chromium: str | None) -> Iterator[BrowserContext]:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise AuditError(CURE_PLAYWRIGHT) from None
    (profile / "Default").mkdir(parents=True)
    (profile / "Default" / "Preferences").write_text(json.dumps(PREFERENCES), encoding="utf-8")
    program = chromium or find_chromium(os.environ, lambda path: Path(path).is_file())
    options: dict[str, Any] = {"executable_path": program} if program else {"channel": "chromium"}
    with sync_playwright() as playwright:
        try:
            context = playwright.chromium.launch_persistent_context(
                profile,
                headless=True,
                java_script_enabled=javascript,
                args=[f"--log-net-log={log_file}", *SWITCHES],
                **options,
            )
        except Error as error:
            raise AuditError(f"{CURE_BROWSER}. The attempt ended with: {said(error)}") from None
        try:
            yield context
        finally:
            with suppress(Error):
                context.close()


def said(error: Exception) -> str:
    """What the browser said, in one line and without the name of the call that failed."""
    first = (str(error).strip().splitlines() or [""])[0]
    return first.partition(": ")[2] or first


def _playwright_error() -> type[Exception]:
    """Playwright's own error, known only where Playwright is."""
    from playwright.sync_api import Error

    return Error
