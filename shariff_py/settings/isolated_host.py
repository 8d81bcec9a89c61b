"""The isolated host: that it is one for browsers, so that a script there is kept from the site by the same-origin policy and by its cookies.

Browsers draw the line around a site by the registrable domain (public suffix list): what is below the same one shares cookies that are set
for it, storage partitions, and in some browsers the process.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from ipaddress import ip_address
from typing import TYPE_CHECKING

from shariff_py.errors import ConfigurationError
from shariff_py.platforms.registry import linked_platform
from shariff_py.settings.address_forms import check_origin
from shariff_py.settings.quoting import quoted
from shariff_py.settings.records import FrameSettings, SiteSettings
from shariff_py.urls import host_is, is_loopback_origin, parse

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

SETTING = "frame.isolated_origin"
OTHER_DOMAIN = 'Use a host below another registrable domain, for example "https://content.example.net".'


def check(frame: FrameSettings, site: SiteSettings, allow: Iterable[str]) -> None:
    """An origin of another site than any host of ours, over https or on this machine, of no platform, and a site that its documents can name.

    ``allow`` are the hosts that pages load from. Raises `ConfigurationError`.
    """
    origin = frame.isolated_origin
    if not origin:
        return
    check_origin(origin, SETTING)
    parts = parse(origin)
    if parts is None or not (parts.scheme == "https" or is_loopback_origin(origin)):
        raise ConfigurationError("is not https.", setting=SETTING, cure="Serve it over https, as browsers demand it.")
    own = parse(site.origin)
    if own is None:
        raise ConfigurationError(
            "needs site.origin, which its documents name as the only page they may be on.",
            setting=SETTING,
            cure='Set site.origin to the address visitors use, for example "https://www.example.org".',
        )
    for host in (own.host, *(host.removeprefix("*.") for host in (*site.hosts, *allow))):
        if same_site(parts.host, host):
            raise ConfigurationError(
                f"{quoted(parts.host)} and {quoted(host)} are one site to browsers, so a script there could reach the site's cookies.",
                setting=SETTING,
                cure=OTHER_DOMAIN,
            )
    if (platform := linked_platform(parts.host)) is not None:
        raise ConfigurationError(
            f"{quoted(parts.host)} belongs to {platform.title}.", setting=SETTING, cure="Use a host of the site's own."
        )


def same_site(host: str, other: str) -> bool:
    """Whether two hosts are below one registrable domain, or one is below the other. IP addresses and this machine's name stand for themselves."""
    if host_is(host, other) or host_is(other, host):
        return True
    domain = None if _is_address(host) or _is_address(other) else _suffixes().privatesuffix(host)
    return domain is not None and domain == _suffixes().privatesuffix(other)


def _is_address(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


@cache
def _suffixes() -> PublicSuffixList:
    try:
        from publicsuffixlist import PublicSuffixList
    except ImportError:
        raise ConfigurationError(
            "the list of registrable domains is not installed.",
            setting=SETTING,
            cure="Install it: pip install 'shariff_py[isolated]'.",
        ) from None
    return PublicSuffixList()
