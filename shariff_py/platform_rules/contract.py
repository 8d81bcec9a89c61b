"""All rules for a record, together."""

from __future__ import annotations

from dataclasses import replace

from shariff_py.platform_rules.field_types import wrong_types
from shariff_py.platform_rules.hosts import host_problems
from shariff_py.platform_rules.kind_rules import kind_problems
from shariff_py.platform_rules.pattern_rules import pattern_problems
from shariff_py.platform_rules.problem import Problem
from shariff_py.platform_rules.record_rules import record_problems
from shariff_py.platforms.count_sources.count_source import CountSource
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY


def problems(record: object, source: object = None) -> tuple[Problem, ...]:
    """Everything that is wrong with a record and how its counts are fetched, each with field and cure; empty where it may join the registry.

    Compared with all other platforms that are there now; a record that is there itself, unchanged, is none of them. Types are looked at first,
    then patterns, then the rest, and what comes after a problem may hide behind it.
    """
    if not isinstance(record, Platform):
        return (Problem("PLATFORM", "is no Platform.", "Write PLATFORM = Platform(...)."),)
    if source is not None and not isinstance(source, CountSource):
        return (Problem("SOURCE", "is no CountSource.", "Write SOURCE = CountSource(...)."),)
    if found := tuple(wrong_types(record)) or tuple(pattern_problems(record)):
        return found
    joining = replace(record, counts=source) if source is not None else record
    others = [other for other in REGISTRY.values() if other != joining]
    return (
        *record_problems(record, source or record.counts, others),
        *host_problems(record, others),
        *(problem for kind in record.embeds for problem in kind_problems(record, kind)),
    )
