"""The thread that asks: by the clock, a little irregularly, and only where there is somebody to ask."""

from __future__ import annotations

import logging
import os
import threading

from shariff_py.errors import StoreError
from shariff_py.service.service import Service

ROUND_SECONDS = 60.0
"""How often to look whether pages are due, on average. How often a page is asked about is set by ``counts.refresh_minutes``."""

_log = logging.getLogger("shariff_py")

_running: set[Scheduler] = set()


class Scheduler:
    """Runs the service's rounds in a thread of this process until it is stopped, and again in every child that is forked.

    It survives whatever a round does; `Service.status` tells. ``seconds`` is the average time between two rounds.
    """

    def __init__(self, service: Service, *, seconds: float = ROUND_SECONDS) -> None:
        self._service = service
        self._seconds = seconds
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> bool:
        """Begin. ``False``: there is nothing to do, because ``counts.scheduler`` is ``outside`` or no released platform has its token."""
        if self._service.settings.counts.scheduler != "inside" or not self._service.sources:
            return False
        if self._thread is None:
            _running.add(self)
            self._begin()
        return True

    def stop(self, *, timeout: float | None = 30.0) -> None:
        """End after the request under way, waiting for it at most ``timeout`` seconds."""
        _running.discard(self)
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(timeout)
        self._thread = None
        self._service.health.running = False

    def _begin(self) -> None:
        self._stopped = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=(self._stopped,), name="shariff_py scheduler", daemon=True
        )
        self._service.health.running = True
        self._thread.start()

    def _run(self, stopped: threading.Event) -> None:
        roll = self._service.random
        wait = self._seconds * roll()
        while not stopped.wait(wait):
            try:
                self._service.refresh()
            except StoreError:
                pass  # Noted and logged by the service. The next round may fare better.
            except Exception:
                _log.exception("A round of asking for counts failed; the next one is tried all the same")
            wait = self._seconds * (0.5 + roll())


def _begin_again() -> None:
    """Threads do not survive a fork: every child gets its own. Which of them asks is decided by the lease."""
    for scheduler in list(_running):
        scheduler._begin()


os.register_at_fork(after_in_child=_begin_again)
