"""A page that is only opened, in a browser that nothing here can drive, and watched on the wire. It says less, and says so."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress

from shariff_py.audit.evidence.contact import own_place
from shariff_py.audit.evidence.trace import Obstacle, Phase, PhaseName, Problem, Step, StepName, Trace
from shariff_py.audit.visit.options import Plan

TO_LOAD_SECONDS = 2.0
TO_START_SECONDS, TO_END_SECONDS = 30.0, 5.0
UNASKED = "the browser did not ask for the page"


def opened(url: str, plan: Plan) -> Trace:
    """Open a page for as long as the first phase waits, then end the browser. What it contacted stands under ``before``.

    The time counts from the browser's first question to the site: a busy machine takes seconds to start a browser, and one that has asked
    for nothing yet would be called silent.
    """
    began = time.time()
    problems = [Problem(Obstacle.ONLY_OPENED)]
    try:
        browser = subprocess.Popen(  # noqa: S603 - the command is found on this machine
            [*plan.setup.opener, url], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
    except OSError as error:
        problems.append(Problem(Obstacle.NOT_REACHED, str(error)))
    else:
        reached = _reached(plan.setup.reached, began, browser)
        with suppress(subprocess.TimeoutExpired):
            browser.wait(TO_LOAD_SECONDS + plan.idle_seconds if reached else 0.0)
            problems.append(Problem(Obstacle.INTERRUPTED))
        if not reached:
            problems.append(Problem(Obstacle.NOT_REACHED, UNASKED))
        with suppress(OSError):
            os.killpg(browser.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            browser.wait(TO_END_SECONDS)
    ended = time.time()
    log = plan.setup.wire(began) if plan.setup.wire else None
    own = frozenset({own_place(url), *(place for host in plan.own for place in (host, own_place(host)) if place)})
    return Trace(
        url,
        own,
        (Phase(PhaseName.BEFORE, 0.0, ended),),
        log.contacts if log else (),
        log is not None,
        log.browser if log else "",
        (Step(began, StepName.OPENED, url),),
        tuple(problems),
        began=began,
        ended=ended,
    )


def _reached(asked: Callable[[float], bool], since: float, browser: subprocess.Popen[bytes]) -> bool:
    until = time.monotonic() + TO_START_SECONDS
    while browser.poll() is None and time.monotonic() < until:
        if asked(since):
            return True
        time.sleep(0.05)
    return asked(since)
