"""Who asks, and when: by the clock, a little irregularly, and one process of all that share a store."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable

from shariff_py.errors import StoreError
from shariff_py.service.refresher import RefreshResult
from shariff_py.service.service import Service

ROUND_SECONDS = 60.0
"""How often to look whether pages are due, on average. How often a page is asked about is set by ``counts.refresh_minutes``."""

BEAT_SECONDS = 1.0
"""How often the lease is taken or renewed, on average: how soon somebody else goes on where a process was killed."""

_log = logging.getLogger("shariff_py")

_running: set[Scheduler] = set()


def _unheard(_: object) -> None:
    """What happens to rounds and errors nobody wants to hear of. The service has noted them all the same."""


class Scheduler:
    """Runs the service's rounds until it is stopped, while this process leads: in a thread (`start`, and again in every child that is
    forked), or here (`run`).

    It survives whatever a round does; `Service.status` tells. ``seconds`` is the average time between two rounds; a process that takes
    over begins at once. ``on_round`` and ``on_error`` hear of what happened.
    """

    def __init__(
        self,
        service: Service,
        *,
        seconds: float = ROUND_SECONDS,
        on_round: Callable[[RefreshResult], object] = _unheard,
        on_error: Callable[[StoreError], object] = _unheard,
    ) -> None:
        self._service = service
        self._seconds = seconds
        self._on_round = on_round
        self._on_error = on_error
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> bool:
        """Begin in a thread. ``False``: there is nothing to do, because ``counts.scheduler`` is ``outside`` or no released platform has
        its token."""
        if self._service.settings.counts.scheduler != "inside" or not self._service.targets:
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

    def run(self) -> None:
        """Do it here, until `stop` is called by somebody else or an exception such as ``KeyboardInterrupt`` ends it."""
        self._run(self._stopped)

    def _begin(self) -> None:
        self._stopped = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=(self._stopped,), name="shariff_py scheduler", daemon=True
        )
        self._thread.start()

    def _run(self, stopped: threading.Event) -> None:
        health, roll = self._service.health, self._service.random
        health.running, health.leading = True, False
        next_round = next_complaint = 0.0
        beat = min(BEAT_SECONDS, self._seconds)
        try:
            while not stopped.wait(beat * (0.5 + roll())):
                led = health.leading
                try:
                    health.leading = bool(self._service.lead.take())
                    if health.leading and (not led or time.monotonic() >= next_round):
                        next_round = time.monotonic() + self._seconds * (0.5 + roll())
                        self._on_round(self._service.refresh(keep_lead=True))
                except StoreError as error:
                    # The next round may fare better. Somebody hears of it once a round, not once a beat.
                    health.leading = False
                    health.round_failed(self._service.clock(), error)
                    if time.monotonic() >= next_complaint:
                        next_complaint = time.monotonic() + self._seconds
                        self._on_error(error)
                except Exception as error:
                    health.round_failed(self._service.clock(), error)
                    _log.exception("A round of asking for counts failed; the next one is tried all the same")
        finally:
            if health.leading:
                self._service.lead.give_back()
            health.running = health.leading = False


def _begin_again() -> None:
    """Threads do not survive a fork: every child gets its own. Which of them asks is decided by the lease."""
    for scheduler in list(_running):
        scheduler._begin()


os.register_at_fork(after_in_child=_begin_again)
