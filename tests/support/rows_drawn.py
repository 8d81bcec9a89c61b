"""A few rows of each table of tests, for the tiers that try each sentence and leave every row of it to ``make test``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable


def beyond(most: int, tests: Iterable[Hashable]) -> set[int]:
    """The places of tests that are left out so that no function has more than ``most`` rows. ``tests`` names the function of each.

    What stays is spread evenly over a table, from its first row to its last.
    """
    tables: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, function in enumerate(tests):
        tables[function].append(place)
    out: set[int] = set()
    for places in tables.values():
        last = len(places) - 1
        if last >= most:
            out.update(set(places) - {places[round(step * last / max(most - 1, 1))] for step in range(most)})
    return out
