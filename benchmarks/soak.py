"""An hour's load, compressed into a few minutes: ``make soak``. Memory, descriptors and threads must be flat; the exit code is 1 if they grow.

Three servers run at once, each a process of its own: the site behind the WSGI middleware, the same behind the ASGI middleware, and a Flask
application with the extension. Visitors, robots and garbage come over real connections; the scheduler fetches counts from the mock server on
a clock that runs as much faster as the hour is compressed. ``SECONDS`` sets into how many seconds, ``--application`` serves another one.

The first half of the time is for warming up: caches fill. Of the second half, the last third is held against the first.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from under_load.process_figures import MEGABYTE, Holding, holding, readable
from under_load.served import Served, served
from under_load.traffic import HOUR, Traffic

from shariff_py.testing import StandIn

SERVERS = {
    "WSGI middleware": ("under_load.sites:wsgi", "wsgi"),
    "ASGI middleware": ("under_load.sites:asgi", "asgi"),
    "Flask extension": ("under_load.sites:flask", "wsgi"),
}
SECONDS = 170.0
SAMPLES = 30
PATIENCE = 1.5
"""How many times as long as wanted it may take on a machine that is too slow; then what was sent has to do."""

MORE_MEMORY, LEAST_MEMORY = 0.05, 4 * MEGABYTE
"""Growth that is no verdict: this share of what is held, but at least so many bytes. What a cache gains in minutes stays below that."""
STEADY = 0.25
"""So much of that growth has to come in each half of the time."""

MORE_DESCRIPTORS, MORE_THREADS = 5, 3
"""A server accepts a connection before it has closed the last one."""


@dataclass(slots=True)
class Watched:
    """One server under load: what was sent to it, and what it held at each sample."""

    name: str
    server: Served
    traffic: Traffic
    held: list[Holding] = field(default_factory=list)


def growths(held: Sequence[Holding]) -> list[str]:
    """What grew in the second half of the samples, as sentences; none: everything is flat.

    A leak grows all the time. One step is none: the first thread that works beside another gets memory of its own from the C library.
    """
    settled = held[len(held) // 2 :]
    third = max(1, len(settled) // 3)
    parts = settled[:third], settled[third:-third] or settled, settled[-third:]
    found = []
    for what, unit in (("resident", "MB"), ("private", "MB"), ("descriptors", ""), ("threads", "")):
        before, between, after = (statistics.median(getattr(sample, what) for sample in part) for part in parts)
        allowed = {"descriptors": MORE_DESCRIPTORS, "threads": MORE_THREADS}.get(
            what, max(before * MORE_MEMORY, LEAST_MEMORY)
        )
        if after - before > allowed and min(between - before, after - between) > allowed * STEADY:
            scale = MEGABYTE if unit else 1
            found.append(f"{what} grew from {before / scale:.0f} to {after / scale:.0f} {unit}".rstrip())
    return found


def row(second: float, seconds: float, watched: Watched) -> str:
    """One line of the table."""
    now = watched.held[-1]
    return (
        f"{second:6.0f} s  minute {min(60.0, second / seconds * 60):4.0f}  {watched.name:<16} {watched.traffic.sent:>7} sent "
        f"{now.resident / MEGABYTE:7.1f} MB resident {now.private / MEGABYTE:7.1f} MB private "
        f"{now.descriptors:4} descriptors {now.threads:4} threads"
    )


def soak(
    servers: Mapping[str, tuple[str, str]], seconds: float, *, requests: int = HOUR, python_path: tuple[Path, ...] = ()
) -> list[Watched]:
    """Send so many requests to each server, an hour's by default, within so many seconds, and print what they hold meanwhile."""
    stop = threading.Event()
    with ExitStack() as stack:
        stand_in = stack.enter_context(StandIn())
        watched = []
        for number, (name, (target, interface)) in enumerate(servers.items()):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            environ = {
                "LOAD_FOLDER": str(folder),
                "LOAD_STAND_IN": json.dumps(stand_in.settings),
                "LOAD_SPEED": str(3600 / seconds),
            }
            server = stack.enter_context(served(target, folder, environ, interface=interface, python_path=python_path))
            watched.append(Watched(name, server, Traffic(server.port, seconds, requests, seed=number)))
        threads = [threading.Thread(target=each.traffic.run, args=(stop,)) for each in watched]
        stack.callback(lambda: [thread.join() for thread in threads])
        stack.callback(stop.set)
        began = time.monotonic()
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads) and time.monotonic() - began < seconds * PATIENCE:
            time.sleep(seconds / SAMPLES)
            _sample(watched, time.monotonic() - began, seconds)
        print(f"Requests that reached the platforms' mock server: {len(stand_in.received)}", flush=True)
    return watched


def _sample(watched: list[Watched], second: float, seconds: float) -> None:
    for each in watched:
        each.held.append(holding(each.server.process))
        if len(each.held) % (SAMPLES // 10) == 1:
            print(row(second, seconds, each), flush=True)


def verdict(watched: list[Watched]) -> bool:
    """Print what each server comes to. Whether all are flat, answered as they should, and got at least half an hour's load."""
    well = True
    for each in watched:
        faults = growths(each.held)
        faults += [f"{times} times not as expected: {what}" for what, times in each.traffic.wrong.most_common(5)]
        if each.traffic.sent < HOUR / 2:
            faults.append(f"too slow: {each.traffic.sent} of {HOUR} requests were sent; set SECONDS higher")
        first, last = each.held[len(each.held) // 2], each.held[-1]
        statuses = ", ".join(f"{status}: {times}" for status, times in sorted(each.traffic.answered.items()))
        print(
            f"{each.name}: {'; '.join(faults) if faults else 'flat'} "
            f"({each.traffic.sent} of {HOUR} requests of an hour; {statuses}; resident "
            f"{first.resident / MEGABYTE:.1f} to {last.resident / MEGABYTE:.1f} MB, descriptors "
            f"{first.descriptors} to {last.descriptors}, threads {first.threads} to {last.threads})"
        )
        well = well and not faults
    return well


def main() -> int:
    """Print the table and the verdict; 1 if something grew."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument(
        "--seconds", type=float, default=SECONDS, help="into how many seconds the hour is compressed"
    )
    arguments.add_argument("--application", help="only this one: MODULE:FACTORY of a WSGI application, found from here")
    chosen = arguments.parse_args()
    if not readable():
        print("What a process holds is read from /proc, which this system does not have: make soak needs Linux.")
        return 1
    servers = {chosen.application: (chosen.application, "wsgi")} if chosen.application else SERVERS
    watched = soak(servers, chosen.seconds, python_path=(Path.cwd(),))
    return 0 if verdict(watched) else 1


if __name__ == "__main__":
    sys.exit(main())
