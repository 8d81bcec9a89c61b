"""Whether each field of a record holds what it is declared to hold. In Python ``hosts=("tube.example")`` is a text, and would be walked letter by
letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from shariff_py.platform_rules.problem import Problem
from shariff_py.platform_rules.record_fields import field_names
from shariff_py.platforms.pattern import Pattern

CURES: Mapping[object, str] = {
    tuple: 'Write a tuple, with a comma after a single value: ("a",).',
    frozenset: 'Write frozenset({"a"}).',
    Mapping: 'Write a mapping: {"name": "value"}.',
    Pattern: 'Write Pattern(r"...").',
    str: "Write a text.",
}


def wrong_types(record: object, within: str = "") -> Iterator[Problem]:
    """A problem for each field, in this record and those inside it, whose value is of another type than the field's."""
    hints = get_type_hints(type(record))
    for name in field_names(record):
        yield from _wrong(getattr(record, name), hints[name], f"{within}{name}")


def _wrong(value: Any, hint: Any, place: str) -> Iterator[Problem]:
    kind, inner = get_origin(hint) or hint, get_args(hint)
    if kind in (Union, UnionType):
        alone = [one for one in inner if one is not type(None)]
        if value is not None and len(alone) == 1:
            yield from _wrong(value, alone[0], place)
    elif not _is_one(value, kind):
        wanted = getattr(kind, "__name__", str(kind))
        yield Problem(place, f"is of the type {type(value).__name__}, not {wanted}.", CURES.get(kind, "Correct it."))
    elif kind in (tuple, frozenset):
        for number, each in enumerate(value):
            name = getattr(each, "name", "") or f"{number}"
            yield from _wrong(each, inner[0], f"{place}.{name}")
    elif kind is Mapping:
        for name, each in value.items():
            yield from _wrong(each, inner[1], f"{place}.{name}")
    elif kind is not Pattern and field_names(value):
        yield from wrong_types(value, f"{place}.")


def _is_one(value: object, kind: Any) -> bool:
    if kind in (Any, object):
        return True
    if kind is Callable:
        return callable(value)
    if kind in (Pattern, re.Pattern):
        return isinstance(value, Pattern | re.Pattern)
    if kind is int:
        return type(value) is int
    return isinstance(value, kind)
