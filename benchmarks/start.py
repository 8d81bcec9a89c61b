"""What ``from shariff_py import Shariff`` costs, against ``import flask`` alone: CPU time and memory of fresh processes, in turn. And what the
register of platforms is of it: the CPU time of its import where the packages it needs are loaded, also as a share of Flask's, which does not
depend on the machine.

make bench-start
"""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Mapping

FLASK = "import flask"
OURS = "from shariff_py import Shariff"
WITHOUT_REGISTER = "import flask, ada_url, publicsuffixlist, importlib.resources, json, dataclasses"
REGISTER = f"{WITHOUT_REGISTER}; import shariff_py.platforms.registry"
RUNS = 15
MOST_TIMES, MOST_MEGABYTES = 2.0, 15.0
MOST_OF_REGISTER = 0.030
"""CPU seconds of a quiet machine of 2024."""
MOST_OF_FLASK = 0.2
"""The same as a share of what importing Flask takes there."""


def environment() -> Mapping[str, str]:
    """This environment, in which Python keeps compiled modules, as an installed package has them."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def cost(program: str) -> tuple[float, float]:
    """CPU seconds and peak megabytes of a fresh interpreter that runs a program."""
    child = os.posix_spawn(sys.executable, [sys.executable, "-c", program], environment())
    _, status, used = os.wait4(child, 0)
    if status:
        raise SystemExit(f"{program!r} failed.")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Measure and print. The runs alternate, so that a busy machine slows both down."""
    for program in (FLASK, OURS, REGISTER):
        cost(program)  # compiles what is not compiled yet
    pairs = [(cost(FLASK), cost(OURS)) for _ in range(RUNS)]
    flask_cpu, flask_mb = (statistics.median(flask[at] for flask, _ in pairs) for at in (0, 1))
    our_cpu, our_mb = (statistics.median(ours[at] for _, ours in pairs) for at in (0, 1))
    print(f"{FLASK}: {flask_cpu:.3f} s CPU, {flask_mb:.1f} MB")
    print(f"{OURS}: {our_cpu:.3f} s CPU, {our_mb:.1f} MB")
    print(f"CPU: {our_cpu / flask_cpu:.2f} times (at most {MOST_TIMES:.0f})")
    registers = [(cost(WITHOUT_REGISTER)[0], cost(REGISTER)[0]) for _ in range(RUNS)]
    register = min(whole for _, whole in registers) - min(without for without, _ in registers)
    share = register / min(flask[0] for flask, _ in pairs)
    print(f"register of platforms: {register * 1000:.0f} ms CPU (at most {MOST_OF_REGISTER * 1000:.0f})")
    print(f"register of platforms: {share:.2f} of {FLASK} (at most {MOST_OF_FLASK})")
    print(f"memory: {our_mb - flask_mb:.1f} MB more (at most {MOST_MEGABYTES:.0f})")


if __name__ == "__main__":
    main()
