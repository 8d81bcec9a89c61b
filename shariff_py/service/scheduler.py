"""When refresh cycles run: on a schedule with jitter, in the one process of all sharing a store that holds the lease."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable

from shariff_py.errors import StoreError
from shariff_py.service.refresh_result import RefreshResult
from shariff_py.service.service import Service

CYCLE_SECONDS = 60.0
"""Average time between two refresh cycles. How often a page is refreshed is set by ``counts.refresh_minutes``."""

LEASE_CHECK_SECONDS = 1.0
"""Average time between two attempts to acquire or renew the lease: how soon another process takes over from one that was killed."""

_log = logging.getLogger("shariff_py")

_running: set[Scheduler] = set()


def _ignore(_: object) -> None:
    """The default callback. `Service.status` reports results and errors all the same."""


class Scheduler:
    """Runs the service's refresh cycles until it is stopped, while this process is the leader: in a thread (`start`, and again in every
    forked child), or in the caller's (`run`).

    It survives any error of a cycle; `Service.status` reports it. ``seconds`` is the average time between two cycles; a process that
    takes over starts at once. ``on_cycle`` and ``on_error`` are called with each result and error.
    """

    def __init__(
        self,
        service: Service,
        *,
        seconds: float = CYCLE_SECONDS,
        on_cycle: Callable[[RefreshResult], object] = _ignore,
        on_error: Callable[[StoreError], object] = _ignore,
    ) -> None:
        self._service = service
        self._seconds = seconds
        self._on_cycle = on_cycle
        self._on_error = on_error
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> bool:
        """Run in a thread. ``False``: there is nothing to do, because ``counts.scheduler`` is ``outside`` or no released platform has
        its token."""
        if self._service.settings.counts.scheduler != "inside" or not self._service.targets:
            return False
        if self._thread is None:
            _running.add(self)
            self._start_thread()
        return True

    def stop(self, *, timeout: float | None = 30.0) -> None:
        """Stop after the request that is under way, waiting for it at most ``timeout`` seconds."""
        _running.discard(self)
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(timeout)
        self._thread = None

    def run(self) -> None:
        """Run in the caller's thread until another thread calls `stop` or an exception such as ``KeyboardInterrupt`` ends it."""
        self._run(self._stopped)

    def _start_thread(self) -> None:
        self._stopped = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=(self._stopped,), name="shariff_py scheduler", daemon=True
        )
        self._thread.start()

    def _run(self, stopped: threading.Event) -> None:
        health, random = self._service.health, self._service.random
        health.running, health.is_leader = True, False
        next_cycle = next_complaint = 0.0
        pause = min(LEASE_CHECK_SECONDS, self._seconds)
        try:
            while not stopped.wait(pause * (0.5 + random())):
                was_leader = health.is_leader
                try:
                    health.is_leader = self._service.lead()
                    if health.is_leader and (not was_leader or time.monotonic() >= next_cycle):
                        next_cycle = time.monotonic() + self._seconds * (0.5 + random())
                        self._on_cycle(self._service.refresh(keep_lease=True))
                except StoreError as error:
                    # The next cycle may succeed. The callback is called once per cycle, not at every check of the lease.
                    health.is_leader = False
                    health.cycle_failed(self._service.clock(), error)
                    if time.monotonic() >= next_complaint:
                        next_complaint = time.monotonic() + self._seconds
                        self._on_error(error)
                except Exception as error:
                    health.cycle_failed(self._service.clock(), error)
                    _log.exception("A refresh cycle failed; the next one runs as scheduled")
        finally:
            if health.is_leader:
                self._service.lease.release()
            health.running = health.is_leader = False


def _restart_in_child() -> None:
    """Threads do not survive a fork, so every child starts its own. The lease decides which of them is the leader."""
    for scheduler in list(_running):
        scheduler._start_thread()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_restart_in_child)
