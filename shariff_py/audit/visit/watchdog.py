"""Ends a page that hangs: first what draws it, so that the browser can still finish its log; then the browser; then what drives it.

A page whose script never returns blocks every call to it, and Playwright has no time limit for most calls. The
processes are found by the profile they use; only ones started for this audit are ended.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

GRACE_SECONDS, DRIVER_SECONDS = 15.0, 6.0
"""How long the visit has to come to its end once a page is gone, and the driver once the browser is. The end takes two seconds, on a busy
machine several times that."""

LOCK = "SingletonLock"
"""A link in the profile that names host and process of the browser that uses it."""

PROCESSES = Path("/proc")


class Watchdog:
    """Watches one visit; ``fired`` is whether it had to act. ``driver`` is the process between us and the browser, 0 if unknown.

    The driver is ended last, because some calls to a crashed page do not even return when its browser is gone.
    """

    def __init__(self, profile: Path, seconds: float, driver: int = 0) -> None:
        self.fired = False
        self._driver = driver
        self._profile = profile
        self._hurried = self._over = False
        self._changing = threading.Lock()
        self._timer = _timer(seconds, self._fire)

    @contextmanager
    def on(self) -> Iterator[Watchdog]:
        """Watch while the block runs."""
        self._timer.start()
        try:
            yield self
        finally:
            with self._changing:
                self._over = True
                self._timer.cancel()

    def hurry(self) -> None:
        """A page has died: if the visit is not over soon, it waits for a reply that will never come."""
        if not self._hurried:
            self._hurried = True
            self._then(GRACE_SECONDS, self._end_browser)

    def _fire(self) -> None:
        self.fired = True
        browser = _browser(self._profile)
        for renderer in _renderers(browser) if browser else ():
            end(renderer)
        self.hurry()

    def _end_browser(self) -> None:
        end(_browser(self._profile) or 0)
        self._then(DRIVER_SECONDS, lambda: end(self._driver))

    def _then(self, seconds: float, what: Callable[[], None]) -> None:
        """Schedule the next, harder measure in place of the last one; none once the visit is over, because the driver goes on to other pages."""
        with self._changing:
            self._timer.cancel()
            if not self._over:
                self._timer = _timer(seconds, what)
                self._timer.start()


def _timer(seconds: float, what: Callable[[], None]) -> threading.Timer:
    timer = threading.Timer(seconds, what)
    timer.daemon = True
    return timer


def _browser(profile: Path) -> int | None:
    """The process that holds a profile; ``None`` where there is none or the system has no such links."""
    with suppress(OSError, ValueError):
        return int(str((profile / LOCK).readlink()).rpartition("-")[2])
    return None


def _renderers(browser: int) -> list[int]:
    """The processes below a browser that draw pages. Empty where the system does not list processes."""
    parents: dict[int, int] = {}
    drawing: set[int] = set()
    for folder in PROCESSES.glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            number = int(folder.name)
            parents[number] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if b"--type=renderer" in (folder / "cmdline").read_bytes():
                drawing.add(number)
    return [number for number in drawing if _is_below(number, browser, parents)]


def _is_below(number: int, ancestor: int, parents: dict[int, int]) -> bool:
    for _ in range(10):
        number = parents.get(number, 0)
        if number == ancestor:
            return True
    return False


def end(process: int) -> None:
    """End a process at once; nothing where there is none any more."""
    if process <= 0:
        return
    with suppress(OSError):
        os.kill(
            process, getattr(signal, "SIGKILL", signal.SIGTERM)
        )  # Windows has no SIGKILL; there any signal ends it.
