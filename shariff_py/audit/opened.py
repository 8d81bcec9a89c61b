"""A page that is only opened, in a browser that nothing here can drive, and watched on the wire. It says less, and says so."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress

from shariff_py.audit.contact import own_place
from shariff_py.audit.plan import Plan
from shariff_py.audit.redaction import without_values
from shariff_py.audit.trace import Obstacle, Phase, PhaseName, Problem, Step, StepName, Trace

TO_START_SECONDS = 4.0
TO_END_SECONDS = 5.0


def opened(url: str, plan: Plan) -> Trace:
    """Open a page for as long as the first phase waits, then end the browser. What it contacted stands under ``before``."""
    began = time.time()
    problems = [Problem(Obstacle.ONLY_OPENED)]
    try:
        browser = subprocess.Popen(  # noqa: S603 - the command is found on this machine
            [*plan.setup.opener, url], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
    except OSError as error:
        problems.append(Problem(Obstacle.NOT_REACHED, str(error)))
    else:
        with suppress(subprocess.TimeoutExpired):
            browser.wait(TO_START_SECONDS + plan.idle_seconds)
            problems.append(Problem(Obstacle.INTERRUPTED))
        with suppress(OSError):
            os.killpg(browser.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            browser.wait(TO_END_SECONDS)
    ended = time.time()
    log = plan.setup.wire(began) if plan.setup.wire else None
    own = frozenset({own_place(url), *(place for host in plan.own for place in (host, own_place(host)) if place)})
    trace = Trace(
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
    return trace if plan.values else without_values(trace)
