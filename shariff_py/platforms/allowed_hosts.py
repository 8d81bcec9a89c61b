"""Platforms' hosts that a site allows by name: what of a platform is held back, and what is not.

``allow`` are hosts as ``gate.allow`` names them: ``www.example.org``, or ``*.example.org`` for what lies below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY, platform_of_address, platforms_on
from shariff_py.urls import Address, host_allowed, host_is


class AllowedPlatform(NamedTuple):
    """A host of ``gate.allow``, and the platform that it lets pages load from without asking."""

    host: str
    platform: Platform

    @property
    def finding(self) -> str:
        """What this means for visitors."""
        return f"{self.host} belongs to {self.platform.title}: pages load from it without asking the visitor"

    @property
    def cure(self) -> str:
        """What to do instead."""
        if any(kind.becomes == "gate" for kind in self.platform.embeds):
            return f"Take it out of gate.allow, and release {self.platform.name} in releases: then visitors are asked first."
        return "Take it out of gate.allow if the site can do without it."


def held_platform_of(address: Address, allow: Sequence[str] = ()) -> Platform | None:
    """The platform an address belongs to, unless its host `is_allowed`."""
    platform = platform_of_address(address)
    return None if platform is None or is_allowed(platform, address.host, allow) else platform


def is_allowed(platform: Platform, host: str, allow: Sequence[str]) -> bool:
    """Whether ``allow`` names this host of the platform, and the platform's record lets it be allowed."""
    if not allow or platform.never_allowed:
        return False
    return any(host_allowed(host, (pattern,)) and not _is_too_wide(pattern) for pattern in allow)


def allows_some_of(platform: Platform, allow: Iterable[str]) -> bool:
    """Whether any host of the platform is allowed: its script may run, and so what is only there for the script may stay."""
    return not platform.never_allowed and any(
        _overlaps(pattern, platform) and not _is_too_wide(pattern) for pattern in allow
    )


def allowed_platforms(allow: Iterable[str]) -> Iterator[AllowedPlatform]:
    """The known platforms that ``allow`` names a host of, with that name."""
    for pattern in allow:
        for platform in REGISTRY.values():
            if allows_some_of(platform, (pattern,)):
                yield AllowedPlatform(pattern, platform)


def _overlaps(pattern: str, platform: Platform) -> bool:
    """Whether some host is both named by the pattern and one of the platform's."""
    bare = pattern.removeprefix("*.")
    if platform in platforms_on(bare):
        return True
    hosts = (*platform.hosts, *(place.partition("/")[0] for place in platform.shared_hosts))
    return bare != pattern and any(host_is(host, bare) for host in hosts)


def _is_too_wide(pattern: str) -> bool:
    """Whether a pattern names hosts that are never allowed, too (``*.com``). No policy of ours names it, so it allows nothing of a platform."""
    return pattern.startswith("*.") and any(_overlaps(pattern, p) for p in REGISTRY.values() if p.never_allowed)
