"""Of a product of several factors, `make test` runs so many rows that each two values meet."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from support.pairs import each_pair, pairs

COLOURS, STYLES, THEMES = ("light", "dark"), ("standard", "icon", "count"), ("a", "b", "c", "d")


@pytest.mark.parametrize("factors", [[COLOURS], [COLOURS, STYLES], [COLOURS, STYLES, THEMES], [range(5)] * 5], ids=len)
def test_each_two_values_meet(factors: list[tuple[str, ...]]) -> None:
    rows = pairs(factors)

    for (n, one), (m, other) in combinations(enumerate(factors), 2):
        assert {(row[n], row[m]) for row in rows} == set(product(one, other))
    assert [{row[n] for row in rows} for n in range(len(factors))] == [set(values) for values in factors]


def test_two_factors_are_their_whole_product_and_more_are_far_less() -> None:
    assert pairs([COLOURS, STYLES]) == list(product(COLOURS, STYLES))
    assert len(pairs([COLOURS, STYLES, THEMES])) == 12  # The fewest there can be: 3 times 4.
    assert len(pairs([range(5)] * 5)) <= 45  # Of 3,125.


def test_the_rest_of_the_product_is_there_for_make_test_all() -> None:
    mark = each_pair(colour=COLOURS, style=STYLES, theme=THEMES).mark
    names, rows = mark.args

    full = [row for row in rows if row.marks]
    assert names == ["colour", "style", "theme"]
    assert [row.id for row in rows] == ["-".join(row) for row in product(COLOURS, STYLES, THEMES)]
    assert (len(rows), len(full)) == (24, 12)
    assert {mark.name for row in full for mark in row.marks} == {"full"}
