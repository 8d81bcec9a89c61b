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
from shariff_py.urls import Address, host_is


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


def platform_of_address(parts: Address) -> Platform | None:
    """The platform that an address belongs to: by its host, by host and path where platforms share the host, and by its path alone where it
    is that of a frame which any server may have.
    """
    return platform_of(parts.host) or _sharing(parts) or _on_any_server(parts)


def _sharing(parts: Address) -> Platform | None:
    return next((p for domain, path, p in SHARED if host_is(parts.host, domain) and parts.path.startswith(path)), None)


def _on_any_server(parts: Address) -> Platform | None:
    path = parts.path.rstrip("/")
    return next((p for p, frames in ON_ANY_SERVER if any(frame.path.fullmatch(path) for frame in frames)), None)


SHARED = tuple(
    (domain, f"/{path}", record)
    for record in REGISTRY.values()
    for domain, _, path in (place.partition("/") for place in record.shared_hosts)
)
"""Domains that platforms share with other services, with how the paths of each begin."""

ON_ANY_SERVER = tuple(
    (record, tuple(form for kind in record.embeds for form in kind.frames))
    for record in REGISTRY.values()
    if record.any_server and record.embeds
)
"""Platforms of which anybody can run a server, with the forms of their frames."""

SERVER_MARKS = tuple(sorted({record.server_mark for record, _ in ON_ANY_SERVER}))
"""What the addresses of these frames and their scripts contain."""

DOMAINS = tuple(
    sorted({host for record in REGISTRY.values() for host in record.hosts} | {domain for domain, _, _ in SHARED})
)
"""The domains on which something of a platform may be."""


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
