"""What a process and all its descendants hold: memory, descriptors, threads. Read from ``/proc``, so only on Linux."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Holding:
    """Bytes of memory (``resident``, and ``private``, which no other process shares), open descriptors, threads, processes."""

    resident: int = 0
    private: int = 0
    descriptors: int = 0
    threads: int = 0
    processes: int = 0

    def __add__(self, other: Holding) -> Holding:
        return Holding(
            self.resident + other.resident,
            self.private + other.private,
            self.descriptors + other.descriptors,
            self.threads + other.threads,
            self.processes + other.processes,
        )


def readable() -> bool:
    """Whether this system tells what processes hold."""
    return (PROC / "self" / "smaps_rollup").exists()


def holding(process: int) -> Holding:
    """What a process and its descendants hold. One that has ended meanwhile holds nothing."""
    return sum((_of_one(number) for number in [process, *_descendants(process)]), Holding())


def _of_one(process: int) -> Holding:
    folder = PROC / str(process)
    try:
        rollup = dict(
            line.split(":", 1) for line in (folder / "smaps_rollup").read_text().splitlines()[1:] if ":" in line
        )
        private = _bytes(rollup["Private_Clean"]) + _bytes(rollup["Private_Dirty"])
        descriptors = sum(1 for _ in (folder / "fd").iterdir())
        threads = sum(1 for _ in (folder / "task").iterdir())
        return Holding(_bytes(rollup["Rss"]), private, descriptors, threads, 1)
    except (OSError, KeyError):
        return Holding()


def _bytes(kilobytes: str) -> int:
    return int(kilobytes.split()[0]) * 1024


def _descendants(process: int) -> Iterator[int]:
    below: dict[int, list[int]] = {}
    for folder in PROC.iterdir():
        if folder.name.isdecimal():
            # A process may end while it is looked at. The name, in parentheses, may hold anything.
            with suppress(OSError):
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                below.setdefault(parent, []).append(int(folder.name))
    waiting = [process]
    while waiting:
        found = below.get(waiting.pop(), [])
        yield from found
        waiting += found
