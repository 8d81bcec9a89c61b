"""The addresses of servers a store may be on, and what of them may be printed."""

from __future__ import annotations

import re
from urllib.parse import unquote_plus

SERVERS = frozenset({"redis", "rediss", "unix"})

PREFIX = "shariff"

ADDRESS = re.compile(r"(?:rediss?://[^/?#]*(?:/[0-9]*)?|unix://[^?#]+)(?:\?[^#]*)?")
"""What is one. A password with a slash in it, not escaped, would else be taken for the number of a database, and its host for none."""


def shown(url: str) -> str:
    """The address of a store as it may be printed: without user name, password and query.

    Where a password that is not escaped may reach into the query, or the query into what looks like one, nothing is shown but the kind.
    """
    scheme, mark, rest = url.partition("://")
    if scheme not in SERVERS or not mark:
        return url
    place = re.split("[?#]", rest, maxsplit=1)[0]
    if "@" in rest and "@" not in place:
        return f"{scheme}://…"
    return f"{scheme}://{place.rpartition('@')[2]}"


def without_prefix(url: str) -> tuple[str, str]:
    """The address as redis-py reads it, and the prefix named in its query. All else stays as it is written."""
    place, _, query = url.partition("?")
    options = query.split("&") if query else []
    named = [unquote_plus(option.removeprefix("prefix=")) for option in options if option.startswith("prefix=")]
    rest = "&".join(option for option in options if not option.startswith("prefix="))
    return place + (f"?{rest}" if rest else ""), named[-1] if named else PREFIX
