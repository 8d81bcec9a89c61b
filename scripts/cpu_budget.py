"""Run commands one after the other and print what they cost: ``cpu_budget.py SECONDS COMMAND [-- COMMAND]...``.

``SECONDS`` is the limit of CPU time, of which 0 sets none. Counted is everything the commands started; on Linux also what they left behind, as
browsers do with their own processes. The exit code is that of the first command that fails, which is the last to be run, and 1 where the
limit is exceeded; where ``CI`` is set, that is only printed, because a busy machine needs more CPU time for the same work. Only the standard
library is used.
"""

from __future__ import annotations

import ctypes
import os
import sys
import time
from contextlib import suppress
from itertools import groupby
from resource import RUSAGE_CHILDREN, getrusage

SET_CHILD_SUBREAPER = 36
"""``PR_SET_CHILD_SUBREAPER`` of prctl(2): a process whose parent has ended becomes a child of this one, so that its time is counted."""

OVER = (
    "Over the budget: --durations=30 shows what takes long, pyproject.toml has the marks of tests that other tiers run."
)


def run(command: list[str]) -> int:
    """The exit code of a command. Whatever ended until then is collected with it, and so counted."""
    pid, ended = os.posix_spawnp(command[0], command, os.environ), 0
    while ended != pid:
        ended, status = os.wait()
    return os.waitstatus_to_exitcode(status)


def main(arguments: list[str]) -> int:
    limit, began = float(arguments[0]), time.monotonic()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    commands = [list(command) for separates, command in groupby(arguments[1:], key="--".__eq__) if not separates]
    code = next(filter(None, map(run, commands)), 0)
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass  # What the last command left behind and has ended by now.
    spent = getrusage(RUSAGE_CHILDREN)
    used = spent.ru_utime + spent.ru_stime
    print(f"CPU time: {used:.0f} s{f' of {limit:.0f}' if limit else ''}; wall clock: {time.monotonic() - began:.0f} s")
    if exceeded := bool(limit) and used > limit:
        print(OVER, file=sys.stderr)
    return code or int(exceeded and not os.environ.get("CI"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
