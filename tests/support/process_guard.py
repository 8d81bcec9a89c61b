"""No test starts a process, and so no browser, unless it is marked ``subprocess`` or ``browser``: ``make check`` stays in one process.

The interpreter reports each start of a process to an audit hook before it happens; while an unmarked test runs, the hook refuses it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

EVENTS = frozenset(
    {"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.system", "os.exec", "os.spawn", "os.startfile"}
)
"""What Python calls the starts of a process: https://docs.python.org/3/library/audit_events.html"""

MARKS = frozenset({"subprocess", "browser"})
"""Marks of the tests that may start one."""


class ProcessStarted(BaseException):
    """An unmarked test was about to start a process. No ``Exception``: code under test that survives failures does not hide it."""


_guarded: list[str] = []
"""The test that may start no process; empty while one may."""


def _refuse(event: str, _: tuple[object, ...]) -> None:
    if _guarded and event in EVENTS:
        raise ProcessStarted(
            f"{_guarded[0]} starts a process ({event}); mark it with @pytest.mark.subprocess, or @pytest.mark.browser"
        )


def install() -> None:
    """From now on :func:`guarded` has an effect. An audit hook stays until the interpreter ends, so call this once."""
    sys.addaudithook(_refuse)


@contextmanager
def guarded(test: str) -> Iterator[None]:
    """Within the block, :class:`ProcessStarted` is raised where a process would be started; ``test`` names the one to blame."""
    _guarded.append(test)
    try:
        yield
    finally:
        _guarded.clear()
