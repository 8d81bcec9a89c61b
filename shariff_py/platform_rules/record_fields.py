"""The fields of a record and of its parts, which are dataclasses or named tuples."""

from __future__ import annotations

from dataclasses import fields, is_dataclass


def field_names(value: object) -> tuple[str, ...]:
    """The names of its fields; none of a value that is neither."""
    if is_dataclass(value):
        return tuple(field.name for field in fields(value))
    return getattr(value, "_fields", ())
