"""How many times as long, and how many times as much memory, twice the input takes."""

from __future__ import annotations

import gc
import math
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Call = Callable[[], object]

MAX_RATIO = 2.6
"""What either may be. Twice the input takes about twice; a reader that begins anew for each part takes four times."""
ENOUGH = 0.06
"""CPU seconds that the largest input takes, where it may be as large as one likes."""
LEAST = 0.004
"""CPU seconds of one turn: shorter calls are repeated within it."""
LARGEST = 1 << 21
TURNS, MORE_TURNS = 3, 6
ABOVE_NOISE = 0.01
"""CPU seconds below which nothing is said about time: at the largest input that is read, or at 2 million characters, that is quick enough."""
LEAST_MEMORY = 200_000
"""Bytes below which nothing is said about memory: it is not the input's."""

CACHING = ("shariff_py.gate", "shariff_py.urls", "shariff_py.platforms.recognition")
"""Modules that remember what they have read. What is measured is the first reading."""


@dataclass(frozen=True, slots=True)
class Growth:
    """A case: the public ``entry``, what is ``doubled``, and ``prepare``, which makes the call for an input of so many units in a folder.

    ``start`` is the smallest input that is tried, ``most`` the largest that the entry reads (0: any).
    """

    entry: str
    doubled: str
    prepare: Callable[[int, Path], Call]
    start: int = 64
    most: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """The largest input, and the ratios per doubling: ``None`` where it takes less than `ABOVE_NOISE`, or than `LEAST_MEMORY`."""

    largest: int
    time: float | None
    memory: float | None

    @property
    def holds(self) -> bool:
        """Whether both are within `MAX_RATIO`."""
        return all(ratio is None or ratio <= MAX_RATIO for ratio in (self.time, self.memory))


def measured(case: Growth, folder: Path) -> Measured:
    """Measure a case at four sizes, each twice the one before, in alternating turns; of each size the fastest turn counts."""
    made: dict[int, Call] = {}

    def call(size: int) -> Call:
        if size not in made:
            place = folder / str(size)
            place.mkdir()
            made[size] = case.prepare(size, place)
        return made[size]

    limit = case.most or LARGEST
    largest = min(8 * case.start, limit)
    while (took := _seconds(call(largest), 1)) < ENOUGH and largest < limit:
        largest = min(limit, largest * (2 if took > ENOUGH / 5 else 8 if took < ENOUGH / 60 else 4))
    sizes = [largest // 8, largest // 4, largest // 2, largest]
    best = {size: _seconds(call(size), 1) for size in sizes}
    times = {size: max(1, math.ceil(LEAST / max(took, 1e-5))) for size, took in best.items()}
    for turn in range(MORE_TURNS if best[largest] >= ABOVE_NOISE else 0):
        for size in sizes:
            best[size] = min(best[size], _seconds(call(size), times[size]))
        if turn + 1 >= TURNS and _ratio(best, sizes) <= 0.9 * MAX_RATIO:
            break
    ratio = _ratio(best, sizes) if best[largest] >= ABOVE_NOISE else None
    return Measured(largest, ratio, _memory(call(largest // 2), call(largest)))


def _ratio(best: dict[int, float], sizes: list[int]) -> float:
    """Of the last doubling, or the mean of all three, whichever is worse."""
    first, _, third, last = (best[size] for size in sizes)
    return max(last / third, (last / first) ** (1 / 3))


def _seconds(call: Call, times: int) -> float:
    """CPU seconds of one call, the mean of several. The garbage collector is off: what it does depends on what else is in memory."""
    spent = 0.0
    gc.disable()
    try:
        for _ in range(times):
            forget()
            began = time.process_time()
            call()
            spent += time.process_time() - began
    finally:
        gc.enable()
    return spent / times


def _memory(once: Call, twice: Call) -> float | None:
    small, large = _peak(once), _peak(twice)
    return None if large < LEAST_MEMORY else large / max(small, 1)


def _peak(call: Call) -> int:
    forget()
    gc.collect()
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def forget() -> None:
    """Empty the caches of what was read."""
    for empty in _caches():
        empty()


_known: dict[int, list[Callable[[], object]]] = {}


def _caches() -> list[Callable[[], object]]:
    """How each cache of `CACHING` is emptied; looked for again once more modules are imported."""
    if len(sys.modules) not in _known:
        _known.clear()
        _known[len(sys.modules)] = [
            value.cache_clear
            for name, module in list(sys.modules.items())
            if name.startswith(CACHING)
            for value in list(vars(module).values())
            if hasattr(value, "cache_clear")
        ]
    return _known[len(sys.modules)]
