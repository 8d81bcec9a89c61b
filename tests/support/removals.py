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
    for one in fields(target):
        default = one.default_factory() if one.default_factory is not MISSING else one.default
        if one.init and default is not MISSING and getattr(target, one.name) != default:
            yield one.name, default


def without(target: Any, field: str, default: object, checks: Iterable[Check]) -> bool:
    """Whether it is noticed that a field of a record is not there."""
    value = getattr(target, field)
    object.__setattr__(target, field, default)
    try:
        return is_noticed(checks)
    finally:
        object.__setattr__(target, field, value)
