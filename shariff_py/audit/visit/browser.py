"""A browser with its network log on, for one visit. Playwright is imported when called.

The browser is set up like a user's, not as automation does by default: a profile on disk (in an off-the-record one Chromium drops hints,
so leaking pages look clean), third-party cookies allowed, no proxy, no name mapping. The log is complete only once the page
has been left and the end marker is written, so contacts are available after the visit, not during it.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shariff_py.audit.evidence.contact import Contact
from shariff_py.audit.evidence.declarations import Element
from shariff_py.audit.evidence.initiator import ReportedRequest
from shariff_py.audit.evidence.log import Log
from shariff_py.audit.evidence.netlog.end_marker import REFUSED, appears_in_log, new_end_marker
from shariff_py.audit.evidence.netlog.reader import read
from shariff_py.audit.evidence.parties import outside, own_endpoints
from shariff_py.audit.evidence.storage import STORAGE_SCRIPT, Snapshot, snapshot
from shariff_py.audit.evidence.trace import Phase, within
from shariff_py.audit.visit.cdp_listener import ELEMENTS, CdpListener
from shariff_py.audit.visit.explore import explore
from shariff_py.audit.visit.launch import browser, driver, playwright_error, process_of
from shariff_py.audit.visit.options import AuditOptions
from shariff_py.audit.visit.watchdog import Watchdog
from shariff_py.errors import AuditError

if TYPE_CHECKING:
    from playwright.sync_api import Page, Playwright

LEAVING = "leaving"
"""The phase after the last mark: the page is left and the browser closed."""

MARKER_TRIES, MARKER_SECONDS = 10, 3.0
"""How often the end marker is tried (a new page may die with the old ones), and how long writing it may take."""

MOST_FRAMES, FRAME_MS = 60, 1500
"""How many frames' storage is read, and how long each may take."""


@dataclass(slots=True)
class BrowserSession:
    """One visit. Drive ``page``, end phases with :meth:`mark`; when the visit is over, read what was contacted."""

    page: Page
    own: frozenset[str]
    background: frozenset[str]
    idle_seconds: float
    phases: list[Phase] = field(default_factory=list)
    log: Log | None = None
    began: float = field(default_factory=time.time)
    listener: CdpListener | None = None
    watchdog: Watchdog | None = None
    _since: float = 0.0

    def mark(self, name: str, gate: int = 0) -> None:
        """End a phase called ``name`` that began at the last mark (or the start); ``gate`` is the gate pressed before it."""
        self.page.wait_for_timeout(50)
        self._mark(name, time.time(), gate)

    def idle(self, seconds: float | None = None) -> None:
        """Do nothing for ``seconds``, by default the visit's own length."""
        self.page.wait_for_timeout(1000 * (self.idle_seconds if seconds is None else seconds))

    def look_around(self) -> int:
        """Scroll the page and what scrolls in it, move the mouse over what can be pointed at, tab through it; nothing is pressed.

        Returns how many controls were left out, because :data:`EXPLORE_LIMIT` is all that is pointed at.
        """
        self._alive()
        self.page.bring_to_front()  # A window the page opened would get the mouse's moves, and this one would hang.
        return explore(self.page)

    def leave(self, seconds: float = 1.0) -> None:
        """Leave all pages and wait for what they send on leaving, which is part of the visit."""
        crashed_pages = self.listener.crashed_pages if self.listener is not None else []
        with suppress(Exception):  # Whatever it is, the visit is over.
            for page in self.page.context.pages:
                if page not in crashed_pages:  # Those would hang.
                    with suppress(playwright_error()):
                        page.goto("about:blank", timeout=5000)
            time.sleep(seconds) if crashed_pages else self.idle(seconds)

    def write_end_marker(self, log: Path, end_marker: str) -> None:
        """Have the browser write the end marker into its log, which proves that everything before it is there."""
        usable = self.listener is None or not self.listener.crashed
        for attempt in range(MARKER_TRIES):
            try:
                page = self.page if usable and not attempt else self.page.context.new_page()
                page.goto(end_marker, timeout=5000)
            except Exception as error:  # Always: no browser opens that address.
                if appears_in_log(end_marker, log, MARKER_SECONDS if REFUSED in str(error) else 0.2):
                    return

    def stored(self, phase: str, before: Iterable[Snapshot] = ()) -> Snapshot:
        """What is stored on the device now, according to the browser and every frame; ``before`` are the earlier snapshots."""
        self._alive()
        return snapshot(phase, time.time(), self._cookies(), self._in_each_frame(STORAGE_SCRIPT), before)

    def _cookies(self) -> list[dict[str, Any]]:
        """All cookies. Those that no address would ever be sent again are marked: a frame kept them for itself (``credentialless``)."""
        if not self.is_chromium:
            return [dict(cookie) for cookie in self.page.context.cookies()]
        cdp = self.page.context.new_cdp_session(self.page)
        cookies: list[dict[str, Any]] = cdp.send("Storage.getCookies")["cookies"]
        domains = {cookie["domain"].lstrip(".") for cookie in cookies}
        urls = [
            f"https://{domain}{cookie['path']}"
            for domain in domains
            for cookie in cookies
            if domain in cookie["domain"]
        ]
        sent = cdp.send("Network.getCookies", {"urls": [*urls, *(url.replace("https", "http", 1) for url in urls)]})[
            "cookies"
        ]
        cdp.detach()
        known = {(cookie["name"], cookie["domain"], cookie["path"]) for cookie in sent}
        return [
            {
                **cookie,
                "ephemeral": not cookie.get("partitionKey")
                and (cookie["name"], cookie["domain"], cookie["path"]) not in known,
            }
            for cookie in cookies
        ]

    def elements(self) -> list[Element]:
        """The elements of the page that name other endpoints and may make a browser act by itself."""
        return [Element(what, url) for result in self._in_each_frame(ELEMENTS) for what, url in result]

    @property
    def is_chromium(self) -> bool:
        browser = self.page.context.browser
        return browser is None or browser.browser_type.name == "chromium"

    def _in_each_frame(self, script: str) -> list[Any]:
        """What a script returns in each frame that responds; a frame that is still loading would not."""
        self._alive()
        results = []
        for frame in self.page.frames[:MOST_FRAMES]:
            with suppress(playwright_error()):
                results.append(frame.locator(":root").evaluate(script, timeout=FRAME_MS))
        return results

    def _alive(self) -> None:
        """Raise Playwright's error where the page has crashed: calls to a crashed page never return."""
        if self.listener is not None and self.listener.crashed:
            raise playwright_error()("page: it crashed")

    @property
    def seen(self) -> list[ReportedRequest]:
        """The requests the debugger reported, oldest first."""
        return self.listener.seen if self.listener else []

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
        """The contacts with anyone but the site itself. Empty is proof that there was none: an incomplete log is an error."""
        if not self.whole:
            raise AuditError(
                f"the browser's network log is incomplete ({self.log_defect}), so it proves nothing; run the visit again"
            )
        return outside(self.contacts(*names), self.own, self.background)

    @property
    def whole(self) -> bool:
        """Whether the log holds the visit from its beginning to its end."""
        return not self.log_defect

    @property
    def log_defect(self) -> str:
        """What is missing from the log, in a few words; empty where it is complete."""
        return self._finished().lacks(self.listener.responded if self.listener else self.began)

    def _finished(self) -> Log:
        if self.log is None:
            raise AuditError("the network log is complete only after the visit; read it after the with block")
        return self.log

    def _mark(self, name: str, now: float, gate: int = 0) -> None:
        self.phases.append(Phase(name, self._since, now, gate))
        self._since = now


@contextmanager
def browser_session(
    own: Iterable[str],
    options: AuditOptions,
    *,
    javascript: bool = True,
    net_log: Path | None = None,
    playwright: Playwright | None = None,
) -> Iterator[BrowserSession]:
    """Open a fresh browser for one visit and close it in good order; its profile is deleted.

    ``own`` are addresses or hosts of the site itself, of which scheme and path do not matter. Of the options, browser, background, idle
    time and patience are used. ``net_log`` keeps a copy of the log, ``playwright`` is a running one to use. Raises :class:`AuditError`
    with the fix when Playwright or a browser is missing.
    """
    setup = options.browser
    with tempfile.TemporaryDirectory(prefix="shariff-visit-", ignore_cleanup_errors=True) as folder:
        profile, log_file = Path(folder) / "profile", Path(folder) / "netlog.json"
        setup.prepare(profile)
        end_marker = new_end_marker()
        with (
            driver() if playwright is None else nullcontext(playwright) as running,
            Watchdog(profile, options.patience, process_of(running)).on() as watchdog,
            browser(setup, profile, log_file, javascript, running) as context,
        ):
            page = context.pages[0] if context.pages else context.new_page()
            listener = CdpListener.of(context, page, watchdog.hurry)
            session = BrowserSession(
                page, own_endpoints(own), options.background, options.idle_seconds, listener=listener, watchdog=watchdog
            )
            try:
                yield session
            finally:
                session.leave()
                if setup.wire is None:
                    session.write_end_marker(log_file, end_marker)
        session._mark(LEAVING, float("inf"))
        if setup.wire is not None:
            session.log = setup.wire(session.began)
            return
        with log_file.open(encoding="utf-8", errors="replace") as lines:
            session.log = read(lines, setup.names(), end_marker)
        if net_log is not None:
            shutil.copyfile(log_file, net_log)


def measure_background(options: AuditOptions, playwright: Playwright | None = None) -> frozenset[str]:
    """The hosts the browser contacts by itself while an empty page is open for the idle time.

    Starts it as `browser_session` does, and raises what that raises.
    """
    with browser_session((), options, playwright=playwright) as session:
        session.idle()
    return frozenset(contact.host for contact in session.contacts())
