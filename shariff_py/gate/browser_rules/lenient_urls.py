"""Hosts in URLs that a conforming parser refuses and a browser opens.

Chromium accepts hosts with white space inside, literal or percent-encoded (measured in 156): ``https://www .example.com/`` is looked up as
``www%20.example.com``. The URL standard forbids that, and a parser that follows it refuses the URL.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from shariff_py.gate.browser_rules.data_urls import LEADING_CONTROLS, STRIPPED_CHARACTERS

AUTHORITY = re.compile(r"(?:(https?|wss?):[\\/]*+|[\\/]{2,}+)(?P<authority>[^\\/?#]*+)", re.IGNORECASE)
"""A scheme that has hosts, or two slashes, and everything up to the path (WHATWG URL, special schemes)."""

PORT = re.compile(r":[0-9]*+\Z")
IDEOGRAPHIC_STOP = "\u3002"
"""The one full stop of another script that NFKC does not change (UTS 46)."""


def lenient_host(url: str) -> tuple[str, str] | None:
    """The host of an absolute or protocol-relative URL as a lenient parser reads it, and what follows the host; ``None`` without a host.

    The host is in lower case, decoded, without user name, port and trailing dot.
    """
    plain = url.translate(STRIPPED_CHARACTERS).lstrip(LEADING_CONTROLS)
    found = AUTHORITY.match(plain)
    if found is None:
        return None
    host = PORT.sub("", unquote(found["authority"].rpartition("@")[2]))
    name = unicodedata.normalize("NFKC", host).casefold().replace(IDEOGRAPHIC_STOP, ".").rstrip(".\x00 ")
    return name, plain[found.end() :]
