"""The registry: every platform's record by name. Adding a platform is adding one file to ``known``, adding a service that only shares is
adding one row to ``services.json``. A site's own platforms join while its settings are read (`Registry.add`).
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, ItemsView, Iterator, Mapping, ValuesView
from dataclasses import replace
from importlib import import_module
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from shariff_py import caches
from shariff_py.caches import cached
from shariff_py.errors import ConfigurationError
from shariff_py.platforms import known
from shariff_py.platforms.count_sources.count_source import CountSource
from shariff_py.platforms.record import Platform
from shariff_py.platforms.services import SERVICES
from shariff_py.platforms.stub import Stub
from shariff_py.urls import Address, host_is

T = TypeVar("T")


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
        records[name] = _with_source(record, getattr(module, "SOURCE", None))
    return MappingProxyType(dict(sorted(records.items())))


def names_of_modules() -> list[str]:
    """The platforms that have code in ``known``."""
    return sorted(module.name for module in pkgutil.iter_modules(known.__path__))


class Registry(Mapping[str, Platform]):
    """The records by name, sorted. ``records`` is another mapping after each addition, so whoever walks one sees no change."""

    def __init__(self, records: Mapping[str, Platform]) -> None:
        self.records = records
        self.stubs: tuple[Stub, ...] = ()
        """Those of the platforms that joined."""

    def __getitem__(self, name: str) -> Platform:
        return self.records[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)

    def items(self) -> ItemsView[str, Platform]:
        """The names and records, as they are now."""
        return self.records.items()

    def values(self) -> ValuesView[Platform]:
        """The records, as they are now."""
        return self.records.values()

    def has(self, record: Platform, source: CountSource | None = None) -> bool:
        """Whether this very record, its counts fetched in this way, is there."""
        return self.records.get(record.name) == _with_source(record, source)

    def add(self, record: Platform, source: CountSource | None = None, stubs: tuple[Stub, ...] = ()) -> None:
        """Let a platform join, with how its counts are fetched and how it replies in tests: for this process, until it ends.

        From then on every `Table` is made again, and every cache is empty. Meant for the time before pages are served, and for one thread at
        a time; ``shariff_py.settings.own_platforms`` adds what the settings name, and refuses before what `shariff_py.platform_rules` do. A
        record that is there already changes nothing. Raises `ConfigurationError` for a name that is taken.
        """
        if self.has(record, source):
            return
        if record.name in self.records:
            raise ConfigurationError(
                f"another platform is named {record.name!r}.", setting="name", cure="Choose another name."
            )
        self.records = MappingProxyType(
            dict(sorted({**self.records, record.name: _with_source(record, source)}.items()))
        )
        self.stubs += stubs
        caches.empty()


def _with_source(record: Platform, source: CountSource | None) -> Platform:
    return record if source is None else replace(record, counts=source)


REGISTRY = Registry(joined(SERVICES, {name: import_module(f"{known.__name__}.{name}") for name in names_of_modules()}))


class Table(Generic[T]):
    """Something that is made from the registry: made when it is first asked for, and again after a platform joined.

    ``make`` reads the registry and other tables. Calling the table gives what it made. Loops take that once, before they begin.
    """

    __slots__ = ("_made", "_make", "_registry")

    def __init__(self, make: Callable[[], T], registry: Registry = REGISTRY) -> None:
        self._make = make
        self._registry = registry
        self._made: tuple[Mapping[str, Platform], T] | None = None

    def __call__(self) -> T:
        records, made = self._registry.records, self._made
        if made is None or made[0] is not records:
            # Threads may make it at the same time, each the same. What is made during an addition counts as older, and is made again.
            made = self._made = (records, self._make())
        return made[1]


LINKED = Table(lambda: {host: record for record in REGISTRY.values() for host in record.link_hosts})
"""The services that are only linked to, by host: pages have many links, and each is looked up."""


@cached("platforms.registry.platform_of", len)
def platform_of(host: str) -> Platform | None:
    """The platform a host belongs to, compared on label borders, case and trailing dot aside; otherwise ``None``."""
    return next((record for record in REGISTRY.values() if any(host_is(host, domain) for domain in record.hosts)), None)


def linked_platform(host: str) -> Platform | None:
    """As `platform_of`, with the services that are only linked to: for naming whose a host is, never for what happens to a page."""
    labels = host.lower().rstrip(".").split(".")
    above = (".".join(labels[start:]) for start in range(len(labels)))
    linked = LINKED()
    return platform_of(host) or next((linked[domain] for domain in above if domain in linked), None)


def platform_of_address(parts: Address) -> Platform | None:
    """The platform that an address belongs to: by its host, by host and path where platforms share the host, and by its path alone where it
    is that of a frame which any server may have.
    """
    return platform_of(parts.host) or _sharing(parts) or _on_any_server(parts)


def owner_of_address(parts: Address) -> Platform | None:
    """As `platform_of_address`, with the services that are only linked to: for what may lead to no platform. A server that anybody can run
    belongs to whoever runs it, so it is none.
    """
    return platform_of_address(parts) or linked_platform(parts.host)


def platforms_on(host: str) -> tuple[Platform, ...]:
    """The platforms that have something on a host: the one that it belongs to, or those that share the nearest domain above it."""
    if (owner := platform_of(host)) is not None:
        return (owner,)
    nearest = max((domain for domain, _, _ in SHARED() if host_is(host, domain)), key=len, default="")
    return tuple({record.name: record for domain, _, record in SHARED() if domain == nearest}.values())


def _sharing(parts: Address) -> Platform | None:
    path = f"{parts.path}/"
    return next((p for domain, start, p in SHARED() if path.startswith(start) and host_is(parts.host, domain)), None)


def _on_any_server(parts: Address) -> Platform | None:
    path = parts.path.rstrip("/")
    return next((p for p, frames in ON_ANY_SERVER() if any(frame.path.fullmatch(path) for frame in frames)), None)


SHARED = Table(
    lambda: tuple(
        (domain, f"/{path.rstrip('/')}/", record)
        for record in REGISTRY.values()
        for domain, _, path in (place.partition("/") for place in record.shared_hosts)
    )
)
"""Domains that platforms share with other services, with how the paths of each begin, up to a slash that may be missing at their end."""

ON_ANY_SERVER = Table(
    lambda: tuple(
        (record, tuple(form for kind in record.embeds for form in kind.frames))
        for record in REGISTRY.values()
        if record.any_server and record.embeds
    )
)
"""Platforms of which anybody can run a server, with the forms of their frames."""

SERVER_MARKS = Table(lambda: tuple(sorted({record.server_mark for record, _ in ON_ANY_SERVER()})))
"""What the addresses of these frames and their scripts contain."""

DOMAINS = Table(
    lambda: tuple(
        sorted({host for record in REGISTRY.values() for host in record.hosts} | {domain for domain, _, _ in SHARED()})
    )
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
