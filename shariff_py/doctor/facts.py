"""The facts that the registers hold about platforms, companies, transfers and third parties, and how old each is. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from shariff_py.platforms import companies
from shariff_py.platforms.company import Company, Transfer
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY
from shariff_py.platforms.third_parties.register import register

WARN_AFTER = 180
"""Days after which ``doctor`` names a fact: plugins have ended within three months of the announcement."""

RELEASE_UNTIL = 365
"""Days after which nothing is released with a fact."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: what it is, the day it was last checked, and the platforms and services it is about (empty: none of the registry)."""

    name: str
    checked_on: date
    about: frozenset[str] = frozenset()


def facts(records: Mapping[str, Platform] = REGISTRY) -> tuple[Fact, ...]:
    """Every fact with a date: those of platforms, and those of third parties."""
    return (*platform_facts(records), *third_party_facts())


def platform_facts(records: Mapping[str, Platform] = REGISTRY) -> tuple[Fact, ...]:
    """The records, their companies and all others that are known, the bases of transfers, and the terms for previews."""
    runs: dict[Company, set[str]] = {one: set() for one in vars(companies).values() if isinstance(one, Company)}
    for record in records.values():
        if record.operator is not None:
            runs.setdefault(record.operator, set()).add(record.name)
    bases: dict[Transfer, set[str]] = {}
    for company, names in runs.items():
        if company.transfer is not None:
            bases.setdefault(company.transfer, set()).update(names)
    return (
        *(Fact(f"{record.name}: record", record.checked_on, frozenset({record.name})) for record in records.values()),
        *(
            Fact(f"{record.name}: terms for previews", record.previews.read_on, frozenset({record.name}))
            for record in records.values() if record.previews is not None
        ),
        *(Fact(company.legal_name, company.checked_on, frozenset(names)) for company, names in runs.items()),
        *(Fact(f"{base.mechanism} {base.reference}", base.checked_on, frozenset(names)) for base, names in bases.items()),
    )  # fmt: skip


def third_party_facts() -> tuple[Fact, ...]:
    """The third parties, which may be in the pages of any site."""
    return tuple(Fact(f"{one.title}: third party", one.checked_on) for one in register().third_parties)


def older_than(days: int, today: date, among: Iterable[Fact]) -> tuple[Fact, ...]:
    """Those facts that were last checked more than so many days ago, the oldest first."""
    old = (fact for fact in among if today - fact.checked_on > timedelta(days=days))
    return tuple(sorted(old, key=lambda fact: (fact.checked_on, fact.name)))


def named(old: Iterable[Fact]) -> Iterator[str]:
    """The names of facts, grouped by the day they were checked: ``youtube: record, Google Ireland Limited (2026-11-30)``."""
    by_day: dict[date, dict[str, None]] = {}
    for fact in old:
        by_day.setdefault(fact.checked_on, {})[fact.name] = None
    return (f"{', '.join(names)} ({day})" for day, names in by_day.items())
