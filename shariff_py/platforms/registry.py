"""The register: every platform's record, found by walking this folder. Adding a platform is adding a file with a ``PLATFORM``.

Where its counts come from is a file of the same name in ``sources/``, with a ``SOURCE``; the record gets it here.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import Any

from shariff_py.platforms import known, sources
from shariff_py.platforms.record import Platform
from shariff_py.urls import host_is

NOT_PLATFORMS = frozenset({"replies"})
"""The modules of these folders that are about platforms rather than one."""


def _gathered() -> Mapping[str, Platform]:
    records: list[Platform] = [module.PLATFORM for module in _modules(known).values()]
    counted = {name: module.SOURCE for name, module in _modules(sources).items()}
    return MappingProxyType({record.name: replace(record, counts=counted.get(record.name)) for record in records})


def _modules(package: ModuleType) -> dict[str, Any]:
    names = sorted(m.name for m in pkgutil.iter_modules(package.__path__) if m.name not in NOT_PLATFORMS)
    return {name: import_module(f"{package.__name__}.{name}") for name in names}


REGISTRY: Mapping[str, Platform] = _gathered()


@lru_cache(maxsize=2048)
def platform_of(host: str) -> Platform | None:
    """The platform a host belongs to, compared on label borders, case and trailing dot aside; ``None`` for everybody else."""
    return next((record for record in REGISTRY.values() if any(host_is(host, domain) for domain in record.hosts)), None)


def count_hosts() -> tuple[str, ...]:
    """Every host that servers are sent to for counts, those that issue tokens included."""
    counted = [record.counts for record in REGISTRY.values() if record.counts is not None]
    return tuple(
        host
        for source in counted
        for host in (source.host, source.token_request.host if source.token_request else "")
        if host
    )


ENDED: Mapping[str, str] = MappingProxyType(
    {
        "addthis": "closed on 31 May 2023.",
        "flattr": "closed in 2020.",
        "googleplus": "closed in 2019.",
        "pocket": "closed on 8 July 2025.",
        "stumbleupon": "closed in June 2018.",
        "tencent": "Tencent Weibo closed in 2020.",
        "tencent-weibo": "Tencent Weibo closed in 2020.",
        "xing": "XING is a job board now; its share address does not work since spring 2026.",
    }
)
"""Services that heise's Shariff still names and that are no more, with what happened to them."""


def service(name: str) -> Platform | None:
    """The record behind a service's name as share bars use it, older names included (``twitter`` is ``x``)."""
    found = REGISTRY.get(name)
    return found or next((record for record in REGISTRY.values() if name in record.aliases), None)
