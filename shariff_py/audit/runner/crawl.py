"""Which pages of a site are audited: those named, those of a sitemap, and those that links lead to. Pure: who has a connection gives what is fetched.

Whoever names an address wants it audited. What is only found by following links keeps to the site and to its ``robots.txt`` (RFC 9309).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser
from zlib import error as ZlibError

from bs4 import BeautifulSoup

from shariff_py.urls import parse

AGENT = "shariff-audit"
"""The name that ``robots.txt`` may address."""

MOST_SITEMAPS = 50

CURE_LINE = (
    "Give it whole and alone on its line, as in https://www.example.org/, or begin the line with # to leave it out."
)

_QUOTED = re.compile(r'"([^"]*)"\s*(?:[,;\t]|$)')
"""The first column of a table that puts its cells in quotes. Without them nobody can tell where the address ends."""

Fetch = Callable[[str], "bytes | None"]
"""Gets a file of the site; ``None`` where there is none."""


@dataclass(slots=True)
class Robots:
    """What each site's ``robots.txt`` says to us. One that is missing allows everything; ``known`` may be shared."""

    fetch: Fetch
    known: dict[str, RobotFileParser] = field(default_factory=dict)

    def allows(self, url: str) -> bool:
        """Whether the address may be crawled."""
        return self._of(url).can_fetch(AGENT, url)

    def delay(self, url: str) -> float:
        """Seconds the site wants between two visits; 0 where it says nothing."""
        return float(self._of(url).crawl_delay(AGENT) or 0)

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps that it names."""
        return list(self._of(url).site_maps() or ())

    def _of(self, url: str) -> RobotFileParser:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self.known:
            parser = RobotFileParser()
            content = self.fetch(f"{origin}/robots.txt")
            parser.parse((content or b"").decode("utf-8", "replace").splitlines())
            self.known[origin] = parser
        return self.known[origin]


def sitemap(url: str, fetch: Fetch) -> list[str]:
    """The pages of a sitemap (sitemaps.org), those of the sitemaps it lists included.

    Raises `ValueError` where there is none, and for an entry that is no address.
    """
    found: dict[str, None] = {}
    waiting, read = [url], 0
    while waiting and read < MOST_SITEMAPS:
        place = waiting.pop(0)
        content = fetch(place)
        read += 1
        if content is None:
            if read == 1:
                raise ValueError(f"there is no sitemap at {place}")
            continue
        document = BeautifulSoup(_plain(content), "html.parser")
        entries = [entry.get_text(strip=True) for entry in document.find_all("loc")]
        addresses = [urljoin(place, entry) for entry in entries]
        for entry, address in zip(entries, addresses, strict=True):
            if not entry or parse(address) is None:
                raise ValueError(f"the sitemap {place} names {entry!r}, which is no address that can be visited")
        if document.find("sitemapindex"):
            waiting += addresses
        else:
            found.update(dict.fromkeys(addresses))
    return list(found)


def listed(text: str) -> list[str]:
    """The addresses of a list: one a line, whole, as commas and semicolons may be part of one. Of a table, the first column, if in quotes.

    Empty lines and lines that begin with ``#`` are remarks. Raises `ValueError` with the number of the line for anything else.
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        entry = line.strip()
        if entry and not entry.startswith("#"):
            quoted = _QUOTED.match(entry)
            address = quoted[1] if quoted else entry
            if parse(address) is None or not address.isprintable() or " " in address:
                raise ValueError(f"line {number}: {address!r} is not an address that can be visited. {CURE_LINE}")
            found.append(address)
    return found


def _plain(content: bytes) -> bytes:
    if content[:2] != b"\x1f\x8b":
        return content
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, ZlibError):
        return b""
