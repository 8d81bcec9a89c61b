"""The registry: every platform's record by name. Adding a platform is adding one file to ``known``, adding a service that only shares is
adding one row to ``services.json``.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from types import MappingProxyType
from typing import Any

from shariff_py.caches import cached
from shariff_py.errors import ConfigurationError
from shariff_py.platforms import known
from shariff_py.platforms.record import Platform
from shariff_py.platforms.services import SERVICES
from shariff_py.urls import host_is


def joined(rows: Mapping[str, Platform], modules: Mapping[str, Any]) -> Mapping[str, Platform]:
    """The records of all platforms, sorted by name: the rows, and each module's ``PLATFORM`` and ``SOURCE``.

    Raises `ConfigurationError` where a module has neither a record nor a row, both of them, or a record of another name.
    """
    records = dict(rows)
    for name, module in modules.items():
        own: Platform | None = getattr(module, "PLATFORM", None)
        if (own is None) == (name not in rows):
            wrong = "neither a PLATFORM nor" if own is None else "both a PLATFORM and"
            raise ConfigurationError(
                f"has {wrong} a row in services.json.", setting=module.__name__, cure="It needs one of the two."
            )
        record = own or rows[name]
        if record.name != name:
            raise ConfigurationError(f"its PLATFORM is named {record.name!r}.", setting=module.__name__)
        records[name] = replace(record, counts=getattr(module, "SOURCE", None))
    return MappingProxyType(dict(sorted(records.items())))


def names_of_modules() -> list[str]:
    """The platforms that have code in ``known``."""
    return sorted(module.name for module in pkgutil.iter_modules(known.__path__))


REGISTRY: Mapping[str, Platform] = joined(
    SERVICES, {name: import_module(f"{known.__name__}.{name}") for name in names_of_modules()}
)


LINKED: Mapping[str, Platform] = {host: record for record in REGISTRY.values() for host in record.link_hosts}
"""The services that are only linked to, by host: pages have many links, and each is looked up."""


@cached("platforms.registry.platform_of", len)
def platform_of(host: str) -> Platform | None:
    """The platform a host belongs to, compared on label borders, case and trailing dot aside; otherwise ``None``."""
    return next((record for record in REGISTRY.values() if any(host_is(host, domain) for domain in record.hosts)), None)


def linked_platform(host: str) -> Platform | None:
    """As `platform_of`, with the services that are only linked to: for naming whose a host is, never for what happens to a page."""
    labels = host.lower().rstrip(".").split(".")
    above = (".".join(labels[start:]) for start in range(len(labels)))
    return platform_of(host) or next((LINKED[domain] for domain in above if domain in LINKED), None)


def count_hosts() -> tuple[str, ...]:
    """Every host that counts are fetched from, those that issue tokens included."""
    counted = [record.counts for record in REGISTRY.values() if record.counts is not None]
    return tuple(
        host
        for source in counted
        for host in (source.host, source.token_request.host if source.token_request else "")
        if host
    )


def service(name: str) -> Platform | None:
    """The record behind a service's name as share bars use it, older names included (``twitter`` is ``x``)."""
    found = REGISTRY.get(name)
    return found or next((record for record in REGISTRY.values() if name in record.aliases), None)
