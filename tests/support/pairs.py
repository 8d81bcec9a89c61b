"""Products of several factors, of which ``make test`` runs so many that each two values meet; ``make test-all`` runs all.

Most faults show with one value or with two that meet (Kuhn, Wallace, Gallo: Software Fault Interactions, IEEE TSE 30(6), 2004).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product
from typing import Any

import pytest

Row = tuple[Any, ...]


def pairs(factors: Sequence[Iterable[Any]]) -> list[Row]:
    """Rows of the product in which each value of a factor meets each value of every other one; in the order of the product.

    Each step takes the row that brings most new pairs, so the rows are few, if not the fewest there can be.
    """
    rows = list(product(*factors))
    open_pairs = {row: _pairs_of(row) for row in rows}
    chosen = set()
    while open_pairs:
        best = max(open_pairs, key=lambda row: len(open_pairs[row]))
        chosen.add(best)
        met = open_pairs[best]
        open_pairs = {row: left for row, one in open_pairs.items() if (left := one - met)}
    return [row for row in rows if row in chosen]


def _pairs_of(row: Row) -> frozenset[Any]:
    if len(row) == 1:
        return frozenset(row)
    return frozenset(combinations(enumerate(row), 2))


def each_pair(**factors: Iterable[Any]) -> pytest.MarkDecorator:
    """Parametrise a test with the whole product; what :func:`pairs` leaves out is marked ``full``, so only ``make test-all`` runs it."""
    lists: Mapping[str, list[Any]] = {name: list(values) for name, values in factors.items()}
    kept = pairs(list(lists.values()))
    rows = [
        pytest.param(*row, marks=() if row in kept else [pytest.mark.full], id="-".join(map(str, row)))
        for row in product(*lists.values())
    ]
    return pytest.mark.parametrize(list(lists), rows)
