"""JSON with embed code in it, whatever else is in it: everything else keeps its value."""

from __future__ import annotations

import html
import json
from typing import Any

from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from support.stored import WIDGET, gated_in_stores
from turbohtml import tokenize

MARK = "EMBED"
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=12)
AROUND = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r<&\"'`{["), max_size=12)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=6
)


def with_gate_as_mark(value: Any) -> Any:
    """The value with each string that holds a gate cut to what is around it."""
    if isinstance(value, str) and '<div class="shariff-block">' in value:
        before, _, rest = value.partition('<div class="shariff-block">')
        return f"{before}{MARK}{rest.rpartition('</shariff-gate></div>')[2]}"
    if isinstance(value, list):
        return [with_gate_as_mark(one) for one in value]
    if isinstance(value, dict):
        return {name: with_gate_as_mark(one) for name, one in value.items()}
    return value


def written(value: Any, style: int) -> str:
    text = json.dumps(value, ensure_ascii=style % 2 == 0, indent=style // 2 or None)
    # A script may not contain the tag that ends it.
    return (
        text.replace("<", "\\u003c")
        if style < 3
        else text.replace("</", "<\\/").replace("<!--", "\\u003C!--").replace("<script", "\\u003Cscript")
    )


def attribute(document: str) -> str:
    return next(value or "" for token in tokenize(document) for _, value in token.attrs or ())


@effort(max_examples=25, deadline=None)
@given(VALUES, VALUES, AROUND, st.integers(0, 5))
def test_json_in_a_script_keeps_every_other_value(one: Any, other: Any, around: str, style: int) -> None:
    value = {"one": one, "html": f"{around} {WIDGET}{around}", "other": [other]}
    result = gated_in_stores(f'<script type="application/json">{written(value, style)}</script>').html

    inside = result.removeprefix('<script type="application/json">').removesuffix("</script>")
    assert with_gate_as_mark(json.loads(inside)) == {**value, "html": f"{around} {MARK}{around}"}


@effort(max_examples=25, deadline=None)
@given(VALUES, AROUND, st.integers(0, 5))
def test_json_in_an_attribute_keeps_every_other_value(one: Any, around: str, style: int) -> None:
    value = [one, {"html": f"{around} {WIDGET}{around}"}]
    result = gated_in_stores(f'<div data-page="{html.escape(written(value, style))}"></div>').html

    assert with_gate_as_mark(json.loads(attribute(result))) == [one, {"html": f"{around} {MARK}{around}"}]
