"""Who owns the host a URL of a page leads to: the site, a platform, or an unknown party."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shariff_py.gate.browser_rules.lenient_urls import lenient_host
from shariff_py.gate.browser_rules.loading_attributes import EXTERNAL_URL
from shariff_py.platforms.allowed_hosts import held_platform_of
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import platform_of, platform_of_address
from shariff_py.platforms.third_parties.record import ThirdParty
from shariff_py.platforms.third_parties.register import third_party_at
from shariff_py.settings.model import Settings
from shariff_py.urls import NOWHERE, Address, host_allowed, host_is, parse

_STRIPPED = r"[\t\n\r]*+"
SCHEME_WITHOUT_SLASHES = re.compile(
    rf"[\x00-\x20]*+{_STRIPPED.join('http')}{_STRIPPED}(?:s{_STRIPPED})?:{_STRIPPED}(?![/\\])", re.IGNORECASE
)
"""``https:host`` is relative to a page with the same scheme and absolute on any other. Both readings are tried."""


def resolve(url: str, base: str) -> Address | None:
    """A URL of a page, parsed against the page's base URL; ``None`` where it leads to no other host than the page's own."""
    if not EXTERNAL_URL.search(url):
        return None
    if SCHEME_WITHOUT_SLASHES.match(url):
        absolute = resolve_leniently(url)
        if absolute is not None and platform_of_address(absolute) is not None:
            return absolute
    return resolve_leniently(url, base)


def resolve_leniently(url: str, base: str | None = None) -> Address | None:
    """A URL parsed as `shariff_py.urls.parse` does. One that only a lenient parser accepts counts where its host is a platform's."""
    return parse(url, base) or _on_platform(url)


def platform_at(url: str, base: str = NOWHERE, allow: Sequence[str] = ()) -> Platform | None:
    """The platform a URL of a page leads to; ``None`` where ``allow`` names its host."""
    parts = resolve(url, base)
    return held_platform_of(parts, allow) if parts else None


def without_query(url: str, base: str) -> str:
    """A URL as findings show it: without its query, which may hold a visitor's data; empty where it is the page's own."""
    parts = resolve(url, base)
    return f"{parts.origin}{parts.path}" if parts else ""


def is_unknown(parts: Address, base: str, settings: Settings) -> bool:
    """Whether a host is neither the site's nor allowed by name nor in the register, as a platform's or a third party's."""
    return _is_foreign(parts, base, settings) and third_party_at(parts.host, parts.path) is None


def third_party_of(parts: Address, base: str, settings: Settings) -> ThirdParty | None:
    """The third party at an address, unless its host is the site's or allowed by name."""
    return third_party_at(parts.host, parts.path) if _is_foreign(parts, base, settings) else None


def _is_foreign(parts: Address, base: str, settings: Settings) -> bool:
    own = parse(base)
    if (own is not None and parts.host == own.host) or settings.owns(parts.host):
        return False
    return platform_of_address(parts) is None and not host_allowed(parts.host, settings.gate.allow)


def _on_platform(url: str) -> Address | None:
    """The URL with the platform's own domain as its host, where a lenient parser reads a platform's host in it."""
    found = lenient_host(url)
    platform = platform_of(found[0]) if found else None
    if found is None or platform is None:
        return None
    host, rest = found
    domain = next(name for name in platform.hosts if host_is(host, name))
    return parse(f"https://{domain}{rest}") or parse(f"https://{domain}/")
