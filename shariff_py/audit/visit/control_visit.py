"""The control visit: the same page in the same browser without a debugger, only with its network log.

While a debugger is attached Chromium cancels prerendering, and a page may behave differently. Here nothing is attached to
the page: the pipe the browser was started with is used only at the end, to close its pages and itself.
"""

from __future__ import annotations

import json
import os
import select
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from shariff_py.audit.evidence.log import Log
from shariff_py.audit.evidence.netlog.end_marker import appears_in_log, new_end_marker
from shariff_py.audit.evidence.netlog.reader import read
from shariff_py.audit.visit.chromium import Setup
from shariff_py.urls import parse

TO_START_SECONDS, TO_RESPOND_SECONDS, TO_CLOSE_SECONDS = 30.0, 15.0, 15.0
GONE = "the browser ended by itself"
LEAVING_SECONDS = 0.5
"""How long a page that was closed may still send what it sends on leaving."""


@dataclass(frozen=True, slots=True)
class ControlResult:
    """What the control visit saw. ``log`` is ``None`` where there is none, ``why`` is the reason."""

    log: Log | None
    began: float
    ended: float
    why: str = ""


@dataclass(slots=True)
class Pipe:
    """The browser's own remote control (``--remote-debugging-pipe``): JSON, each message ended by a zero byte."""

    out: int
    back: int
    _last_id: int = 0
    _rest: bytes = b""

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """The browser's result; empty where it refuses. Raises `TimeoutError` when it does not respond, `BrokenPipeError` when it is gone."""
        self._last_id += 1
        message = json.dumps({"id": self._last_id, "method": method, "params": params}).encode() + b"\0"
        try:
            os.write(self.out, message)
        except BrokenPipeError:
            raise BrokenPipeError(GONE) from None
        while True:
            reply = json.loads(self._next())
            if reply.get("id") == self._last_id:
                return dict(reply.get("result") or {})

    def _next(self) -> bytes:
        while b"\0" not in self._rest:
            if not select.select([self.back], [], [], TO_RESPOND_SECONDS)[0]:
                raise TimeoutError("the browser did not answer")
            read = os.read(self.back, 65_536)
            if not read:
                raise BrokenPipeError(GONE)
            self._rest += read
        message, _, self._rest = self._rest.partition(b"\0")
        return message


def control_visit(url: str, setup: Setup, *, seconds: float) -> ControlResult:
    """Open a page in a fresh profile, and leave it ``seconds`` after the browser requested it. Never raises for what page or browser do."""
    began = time.time()
    if setup.program is None or os.name != "posix":
        return ControlResult(None, began, began, "needs a browser on the PATH, on a system with pipes")
    with TemporaryDirectory(prefix="shariff-control-", ignore_cleanup_errors=True) as folder:
        profile, log = Path(folder) / "profile", Path(folder) / "netlog.json"
        setup.prepare(profile)
        end_marker, why = new_end_marker(), ""
        try:
            with _running([setup.program, *setup.arguments(profile, log), url]) as pipe:
                _wait_until_requested(url, log)
                time.sleep(seconds)
                _leave(pipe, log, end_marker)
        except OSError as error:
            why = str(error)
        if not log.exists():
            return ControlResult(None, began, time.time(), why or "the browser wrote no log")
        with log.open(encoding="utf-8", errors="replace") as lines:
            return ControlResult(read(lines, setup.names(), end_marker), began, time.time(), why)


def _wait_until_requested(url: str, log: Path) -> None:
    """Wait until the log names the page's origin, as http or https, which the browser may prefer: a busy machine takes seconds to start one."""
    address = parse(url)
    if address is not None:
        origin = address.origin.removeprefix(address.scheme)
        appears_in_log(f'"http{origin}', log, TO_START_SECONDS, f'"https{origin}')


def _leave(pipe: Pipe, log: Path, end_marker: str) -> None:
    """Close every page but a new one, and write the end marker into the log."""
    kept = pipe.call("Target.createTarget", url="about:blank").get("targetId")
    for target in pipe.call("Target.getTargets").get("targetInfos", ()):
        if target["type"] == "page" and target["targetId"] != kept:
            pipe.call("Target.closeTarget", targetId=target["targetId"])
    time.sleep(LEAVING_SECONDS)
    until = time.monotonic() + TO_RESPOND_SECONDS
    while time.monotonic() < until:
        pipe.call("Target.createTarget", url=end_marker)
        if appears_in_log(end_marker, log, 2.0):
            return


@contextmanager
def _running(command: list[str]) -> Iterator[Pipe]:
    """Start a browser, and have it close when the block is over; ended where it does not."""
    browser_in, write_end = _pipe()
    read_end, browser_out = _pipe()
    dev_null = os.open(os.devnull, os.O_RDWR)
    descriptors = [(os.POSIX_SPAWN_DUP2, dev_null, number) for number in (0, 1, 2)]
    descriptors += [(os.POSIX_SPAWN_DUP2, browser_in, 3), (os.POSIX_SPAWN_DUP2, browser_out, 4)]
    try:
        # Not subprocess: it cannot give descriptors new numbers without running Python between fork and exec.
        process = os.posix_spawn(command[0], command, os.environ, file_actions=descriptors, setpgroup=0)
    except OSError:
        os.close(write_end)
        os.close(read_end)
        raise
    finally:
        for descriptor in (browser_in, browser_out, dev_null):
            os.close(descriptor)
    pipe = Pipe(write_end, read_end)
    try:
        yield pipe
    finally:
        with suppress(OSError):
            pipe.call("Browser.close")
        if not _ended(process, TO_CLOSE_SECONDS):
            with suppress(OSError):
                os.killpg(process, signal.SIGKILL)
            _ended(process, TO_CLOSE_SECONDS)
        os.close(write_end)
        os.close(read_end)


def _pipe() -> tuple[int, int]:
    """A pipe whose descriptors are out of the way of those the browser expects."""
    import fcntl  # not on every system; without it there is no control visit

    ends = os.pipe()
    moved = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends]
    for end in ends:
        os.close(end)
    return moved[0], moved[1]


def _ended(process: int, seconds: float) -> bool:
    """Whether a process ends within ``seconds``; it is reaped then."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if os.waitpid(process, os.WNOHANG)[0]:
            return True
        time.sleep(0.05)
    return False
