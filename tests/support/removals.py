"""What is noticed of a record from which a field was taken away. Records are changed in place, so this is for processes of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, fields
from types import MappingProxyType
from typing import Any

from shariff_py import caches
from shariff_py.platforms.registry import REGISTRY
from support.platform_rows import settings_for

Check = Callable[[], None]
Held = tuple[Any, str]
"""The record that holds a named tuple, and in which field."""


def is_noticed(checks: Iterable[Check]) -> bool:
    """Whether one of some checks fails, once all that was made of the records as they were is made again, as after a platform joined."""
    REGISTRY.records = MappingProxyType(dict(REGISTRY.records))
    caches.empty()
    settings_for.cache_clear()
    for check in checks:
        try:
            check()
        # A record without a field it needs may break anything.
        except BaseException:
            return True
    return False


def removable(target: Any) -> Iterator[tuple[str, object]]:
    """The fields that have another value than they would have by themselves, with that one. Without others there is no record at all."""
    return ((name, default) for name, default in _defaults(target) if getattr(target, name) != default)


def _defaults(target: Any) -> Iterator[tuple[str, object]]:
    if isinstance(target, tuple):
        yield from target._field_defaults.items()  # type: ignore[attr-defined]
        return
    for one in fields(target):
        default = one.default_factory() if one.default_factory is not MISSING else one.default
        if one.init and default is not MISSING:
            yield one.name, default


def without(target: Any, field: str, default: object, checks: Iterable[Check], held: Held | None = None) -> bool:
    """Whether it is noticed that a field of a record, or of a part that a record has ``held``, is not there."""
    if held is not None:
        return without(*held, target._replace(**{field: default}), checks)
    value = getattr(target, field)
    object.__setattr__(target, field, default)
    try:
        return is_noticed(checks)
    finally:
        object.__setattr__(target, field, value)
