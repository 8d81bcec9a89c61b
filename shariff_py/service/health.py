"""What happened recently in this process, and whether page views may use the store."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field

from shariff_py.errors import StoreError

STORE_REST_SECONDS = 5.0
"""How long page views leave a failed store alone, so that a slow failure does not slow down every page."""

STORE_LOG_SECONDS = 60.0
"""How long a failing store is not logged again: a burst of requests, or reads that work beside writes that do not, are one line, and the log
still shows to the minute from when to when the store failed."""

_log = logging.getLogger("shariff_py")


def is_recent(then: float | None, now: float, seconds: float) -> bool:
    """Whether ``then`` was less than so many seconds ago. A time in the future means that the clock was set back: not recent."""
    return then is not None and 0 <= now - then < seconds


@dataclass(slots=True)
class Health:
    """Times are Unix seconds, ``None`` for never."""

    running: bool = False
    is_leader: bool = False
    last_cycle: float | None = None
    last_error: tuple[float, str] | None = None
    store_failed_at: float | None = None
    refusals: dict[str, float] = field(default_factory=dict)
    _store_logged_at: float | None = None
    _unlogged: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def cycle_done(self, now: float) -> None:
        """A refresh cycle was completed."""
        self.last_cycle = now

    def cycle_failed(self, now: float, error: Exception) -> None:
        """A refresh cycle ended in an error. Only its type is kept: its text could hold anything."""
        self.last_error = (now, type(error).__name__)

    def request_refused(self, platform: str, now: float) -> None:
        """A request was not sent: it could not be written to the journal, or is not allowed."""
        self.refusals[platform] = now

    def may_use_store(self, now: float) -> bool:
        """Whether a page view may use the store: not within `STORE_REST_SECONDS` of a failure."""
        return not is_recent(self.store_failed_at, now, STORE_REST_SECONDS)

    def store_failed(self, error: StoreError, now: float) -> None:
        """The store failed. That is logged once in `STORE_LOG_SECONDS`, whatever works in between; the next line says how often it was not."""
        self.store_failed_at = now
        with self._lock:
            if is_recent(self._store_logged_at, now, STORE_LOG_SECONDS):
                self._unlogged += 1
                return
            more, self._unlogged, self._store_logged_at = self._unlogged, 0, now
        times = f" ({more} more since the last such line)" if more else ""
        _log.error("The store failed%s; pages show the last known counts or none: %s", times, error)

    def store_worked(self) -> None:
        """The store did what was asked of it, and may be used again at once."""
        self.store_failed_at = None
