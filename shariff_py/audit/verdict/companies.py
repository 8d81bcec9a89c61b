"""The company behind a host: the registry's platforms first, then the policy file, then a small list of our own.

Large lists of trackers may not be passed on with free software (their licences forbid commercial use), so this one holds what German
public sites meet most. A host that is not in it is named without a company, never left out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib.resources import files

from shariff_py.audit.evidence.contact import host_as_browsers_write_it
from shariff_py.audit.verdict.policy import Company
from shariff_py.platforms.registry import platform_of
from shariff_py.urls import host_is


def _gathered() -> tuple[Company, ...]:
    data = tomllib.loads(files(__package__).joinpath("companies.toml").read_text(encoding="utf-8"))
    return tuple(Company(entry["name"], tuple(entry["hosts"]), entry.get("country", "")) for entry in data["companies"])


COMPANIES: tuple[Company, ...] = _gathered()


def company_of(host: str, more: Iterable[Company] = ()) -> Company | None:
    """The company behind a host, with its seat; ``more`` are looked at before our own list. ``None`` where it is unknown."""
    platform = platform_of(host)
    if platform is not None and platform.operator is not None:
        return Company(platform.operator.legal_name, platform.hosts, platform.operator.country)
    known = (*more, *COMPANIES)
    return next(
        (
            company
            for company in known
            if any(host_is(host, host_as_browsers_write_it(domain)) for domain in company.hosts)
        ),
        None,
    )
