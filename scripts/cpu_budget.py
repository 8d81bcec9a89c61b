"""Run commands one after the other and print what they cost: ``cpu_budget.py SECONDS COMMAND [-- COMMAND]...``.

``SECONDS`` is the limit of CPU time, of which 0 sets none. Counted are the commands and everything they started and waited for. The exit code is
that of the first command that fails, which is the last to be run, and 1 where the limit is exceeded. Only the standard library is used.
"""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import groupby
from resource import RUSAGE_CHILDREN, getrusage

OVER = (
    "Over the budget: --durations=30 shows what takes long, pyproject.toml has the marks of tests that other tiers run."
)


def main(arguments: list[str]) -> int:
    limit, began = float(arguments[0]), time.monotonic()
    commands = [list(command) for separates, command in groupby(arguments[1:], key="--".__eq__) if not separates]
    code = next(filter(None, (subprocess.run(command, check=False).returncode for command in commands)), 0)
    spent = getrusage(RUSAGE_CHILDREN)
    used = spent.ru_utime + spent.ru_stime
    print(f"CPU time: {used:.0f} s{f' of {limit:.0f}' if limit else ''}; wall clock: {time.monotonic() - began:.0f} s")
    if exceeded := bool(limit) and used > limit:
        print(OVER, file=sys.stderr)
    return code or int(exceeded)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
