"""The contract of a platform's record, as a test for its author."""

from __future__ import annotations

from shariff_py.platform_rules import problems
from shariff_py.platforms.count_sources.count_source import CountSource
from shariff_py.platforms.record import Platform


def check_platform(record: Platform, source: CountSource | None = None) -> None:
    """Pass if the record, and the source of its counts, may join the registry; `docs/own-platform.md` builds one from nothing.

    Otherwise raises `AssertionError` with one line for each problem: the field, what is wrong with it, the cure. Nothing joins, and nothing is
    contacted. A file that the settings name, and an installed package, are refused for the same reasons.
    """
    found = problems(record, source)
    if found:
        raise AssertionError(
            "\n".join([f"{getattr(record, 'name', 'PLATFORM')} may not join the registry:", *map(str, found)])
        )
