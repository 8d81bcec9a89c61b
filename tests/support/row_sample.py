"""A few rows of each table of tests, for the tiers that try each test and leave every row of it to ``make test``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable


def left_out(functions: Iterable[Hashable], most: int) -> set[int]:
    """Of tests in order, each given as the function it is a row of: the places of those that exceed ``most`` (1 or more) rows of a function.

    What stays is spread evenly over a table, from its first row to its last.
    """
    tables: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, function in enumerate(functions):
        tables[function].append(place)
    out: set[int] = set()
    for places in tables.values():
        last = len(places) - 1
        if last >= most:
            out.update(set(places) - {places[round(step * last / max(most - 1, 1))] for step in range(most)})
    return out
