"""The addresses of Redis servers, and what of them may be printed."""

from __future__ import annotations

import re
from urllib.parse import unquote_plus

SERVERS = frozenset({"redis", "rediss", "unix"})

PREFIX = "shariff"

PLACE = re.compile(r"(?:[A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+\])(?::[0-9]{0,5})?(?:/[0-9]{0,5})?")
"""A host, a port and the number of a database. Where one of them is anything else, it may be a password in the wrong place."""

ADDRESS = re.compile(r"(?:rediss?://[^/?#]*(?:/[0-9]*)?|unix://[^?#]+)(?:\?[^#]*)?")
"""A valid address. An unescaped slash in a password would otherwise end the host and start the number of the database."""


def shown(url: str) -> str:
    """The address of a store as it may be printed: without user name, password and query.

    Where an unescaped password may reach into the query, only the scheme is shown; of an address of another kind nothing is.
    """
    scheme, mark, rest = url.partition("://")
    if url == "memory:" or url.startswith("sqlite:///"):
        return url
    if scheme not in SERVERS or not mark:
        return "…"
    place = re.split("[?#]", rest, maxsplit=1)[0]
    if "@" in rest and "@" not in place:
        return f"{scheme}://…"
    place = place.rpartition("@")[2]
    return f"{scheme}://{place if scheme == 'unix' or PLACE.fullmatch(place) else '…'}"


def without_prefix(url: str) -> tuple[str, str]:
    """The address for redis-py, and the prefix from its query. Everything else stays as it is."""
    place, _, query = url.partition("?")
    options = query.split("&") if query else []
    named = [unquote_plus(option.removeprefix("prefix=")) for option in options if option.startswith("prefix=")]
    rest = "&".join(option for option in options if not option.startswith("prefix="))
    return place + (f"?{rest}" if rest else ""), named[-1] if named else PREFIX
