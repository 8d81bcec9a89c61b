"""The company behind a host: the registry's platforms with content first, then the policy file, the services that are only linked to, and a
small list of our own.

Large lists of trackers may not be passed on with free software (their licences forbid commercial use), so this one holds what German
public sites meet most. A host that is not in it is named without a company, never left out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib.resources import files

from shariff_py.audit.evidence.contact import host_as_browsers_write_it
from shariff_py.audit.verdict.policy import Company
from shariff_py.platforms import companies
from shariff_py.platforms.company import Company as Operator
from shariff_py.platforms.registry import linked_platform
from shariff_py.urls import host_is


def _gathered() -> tuple[Company, ...]:
    data = tomllib.loads(files(__package__).joinpath("companies.toml").read_text(encoding="utf-8"))
    return tuple(Company(entry["name"], tuple(entry["hosts"]), entry.get("country", "")) for entry in data["companies"])


COMPANIES: tuple[Company, ...] = _gathered()


SEATS = {each.legal_name: each.country for each in vars(companies).values() if isinstance(each, Operator)}
"""Where the companies of the registry sit, by their legal names."""


def company_of(host: str, more: Iterable[Company] = ()) -> Company | None:
    """The company behind a host; ``more`` are looked at before our own list. ``None`` where it is unknown."""
    platform = linked_platform(host)
    if platform is not None and platform.operator is not None:
        return Company(platform.operator.legal_name, platform.hosts, platform.operator.country)
    linked: tuple[Company, ...] = ()
    if platform is not None and platform.share:
        receiver = platform.share.receiver
        linked = (Company(receiver, platform.link_hosts, SEATS.get(receiver, "")),)
    known = (*more, *linked, *COMPANIES)
    return next(
        (
            company
            for company in known
            if any(host_is(host, host_as_browsers_write_it(domain)) for domain in company.hosts)
        ),
        None,
    )
