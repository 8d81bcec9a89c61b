"""The register: every platform's record, found by walking this folder. Adding a platform is adding a file with a ``PLATFORM``."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from shariff_py import platforms
from shariff_py.platforms.record import Platform
from shariff_py.urls import host_is

NOT_PLATFORMS = frozenset({"exchange", "recognition", "record", "register"})
"""The modules of this folder that are about platforms rather than one."""


def _gathered() -> Mapping[str, Platform]:
    names = sorted(m.name for m in pkgutil.iter_modules(platforms.__path__) if m.name not in NOT_PLATFORMS)
    records: list[Platform] = [import_module(f"shariff_py.platforms.{name}").PLATFORM for name in names]
    return MappingProxyType({record.name: record for record in records})


REGISTER: Mapping[str, Platform] = _gathered()


def platform_of(host: str) -> Platform | None:
    """The platform a host belongs to, compared on label borders, case and trailing dot aside; ``None`` for everybody else."""
    return next((record for record in REGISTER.values() if any(host_is(host, domain) for domain in record.hosts)), None)
