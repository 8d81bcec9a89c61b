"""Opens a page in a browser that cannot be driven from here, and observes it on the wire. It shows less, and the report says so."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress

from shariff_py.audit.evidence.parties import own_endpoints
from shariff_py.audit.evidence.trace import FailureReason, Phase, PhaseName, Problem, Step, StepName, Trace
from shariff_py.audit.visit.options import AuditOptions

TO_LOAD_SECONDS = 2.0
TO_START_SECONDS, TO_END_SECONDS = 30.0, 5.0
NOT_REQUESTED = "the browser did not request the page"


def passive_visit(url: str, options: AuditOptions) -> Trace:
    """Open a page for as long as the first phase waits, then end the browser. What it contacted is listed under ``before``.

    The time counts from the browser's first request to the site: a busy machine takes seconds to start a browser, and one that has not requested
    for the page yet would count as silent.
    """
    setup, began = options.browser, time.time()
    problems = [Problem(FailureReason.PASSIVE_ONLY)]
    try:
        browser = subprocess.Popen(  # noqa: S603 - the command is found on this machine
            [*setup.opener, url], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
    except OSError as error:
        problems.append(Problem(FailureReason.NOT_REACHED, str(error)))
    else:
        reached = _reached(setup.reached, began, browser)
        with suppress(subprocess.TimeoutExpired):
            browser.wait(TO_LOAD_SECONDS + options.idle_seconds if reached else 0.0)
            problems.append(Problem(FailureReason.INTERRUPTED))
        if not reached:
            problems.append(Problem(FailureReason.NOT_REACHED, NOT_REQUESTED))
        with suppress(OSError):
            os.killpg(browser.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            browser.wait(TO_END_SECONDS)
    ended = time.time()
    log = setup.wire(began) if setup.wire else None
    return Trace(
        url,
        own_endpoints((url, *options.own)),
        (Phase(PhaseName.BEFORE, 0.0, ended),),
        log.contacts if log else (),
        log is not None,
        log.browser if log else "",
        (Step(began, StepName.OPENED, url),),
        tuple(problems),
        began=began,
        ended=ended,
    )


def _reached(requested: Callable[[float], bool], since: float, browser: subprocess.Popen[bytes]) -> bool:
    until = time.monotonic() + TO_START_SECONDS
    while browser.poll() is None and time.monotonic() < until:
        if requested(since):
            return True
        time.sleep(0.05)
    return requested(since)
