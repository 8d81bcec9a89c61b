"""To whom an address leads, also where our parser refuses what a browser takes.

Chromium takes hosts with white space inside, as it is or percent-encoded (measured in 156): ``https://www .facebook.com/`` is looked up
as ``www%20.facebook.com``. The URL standard forbids that, and a parser that follows it refuses the address.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from shariff_py.gate.browser_rules.data_urls import CONTROLS, DROPPED
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import platform_of
from shariff_py.urls import NOWHERE, Address, host_is, parse

AUTHORITY = re.compile(r"(?:(https?|wss?):[\\/]*+|[\\/]{2,}+)(?P<authority>[^\\/?#]*+)", re.IGNORECASE)
"""A scheme that has hosts, or two slashes, and what stands up to the path (WHATWG URL, special schemes)."""

PORT = re.compile(r":[0-9]*+\Z")
DOTS = str.maketrans("\u3002\uff61", "..")
"""Full stops of other scripts that NFKC leaves alone (UTS 46)."""


def leads_to(address: str, base: str | None = None) -> Address | None:
    """An address taken apart as `parse` does. One that only a lenient parser takes counts where its host would be a platform's."""
    return parse(address, base) or _misspelt(address)


def platform_behind(address: str, base: str = NOWHERE) -> Platform | None:
    """The platform an address leads to."""
    parts = leads_to(address, base)
    return platform_of(parts.host) if parts else None


def _misspelt(address: str) -> Address | None:
    plain = address.translate(DROPPED).lstrip(CONTROLS)
    found = AUTHORITY.match(plain)
    if found is None:
        return None
    host = PORT.sub("", unquote(found["authority"].rpartition("@")[2]))
    host = unicodedata.normalize("NFKC", host).casefold().translate(DOTS).rstrip(".\x00 ")
    platform = platform_of(host)
    if platform is None:
        return None
    domain = next(name for name in platform.hosts if host_is(host, name))
    return parse(f"https://{domain}{plain[found.end() :]}") or parse(f"https://{domain}/")
