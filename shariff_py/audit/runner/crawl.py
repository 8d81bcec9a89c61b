"""Which pages of a site are audited: those named, those of a sitemap, and those that links lead to. Pure: the caller fetches.

A named address is always audited. Pages found by following links stay within the site and its ``robots.txt`` (RFC 9309).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from protego import Protego

from shariff_py.counts.sitemap import Sitemap, read
from shariff_py.errors import SitemapError
from shariff_py.urls import parse

AGENT = "shariff-audit"
"""The name that ``robots.txt`` may address."""

MOST_SITEMAPS = 500
"""How many sitemaps are read, those of an index counted; the size of each is bounded by its reader."""

CURE_LINE = (
    "Give it in full and alone on its line, as in https://www.example.org/, or begin the line with # to leave it out."
)

_QUOTED = re.compile(r'"([^"]*)"\s*(?:[,;\t]|$)')
"""The first column of a table that puts its cells in quotes. Without quotes the end of the address is ambiguous."""

Fetch = Callable[[str], "bytes | None"]
"""Fetches a file of the site; ``None`` where there is none."""


@dataclass(slots=True)
class Robots:
    """What each site's ``robots.txt`` allows. A missing one allows everything; ``known`` may be shared between instances."""

    fetch: Fetch
    known: dict[str, Protego] = field(default_factory=dict)

    def allows(self, url: str) -> bool:
        """Whether the address may be crawled."""
        return self._of(url).can_fetch(url, AGENT)

    def delay(self, url: str) -> float:
        """Seconds the site requires between two visits; 0 by default."""
        return float(self._of(url).crawl_delay(AGENT) or 0)

    def _of(self, url: str) -> Protego:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self.known:
            content = self.fetch(f"{origin}/robots.txt")
            self.known[origin] = Protego.parse((content or b"").decode("utf-8", "replace"))
        return self.known[origin]


def sitemap_pages(url: str, fetch: Fetch) -> list[str]:
    """The pages of a sitemap (sitemaps.org), those of the sitemaps it lists included; a listed one that cannot be fetched or read is left out.

    Raises `SitemapError` where the first cannot be fetched or read, for an entry that is no address, and for more than `MOST_SITEMAPS`.
    """
    pages: dict[str, None] = {}
    sitemaps = {url: None}
    waiting = [url]
    while waiting:
        address = waiting.pop(0)
        try:
            found = _fetched(address, fetch)
        except SitemapError:
            if address == url:
                raise
            continue
        pages.update(dict.fromkeys(_absolute(address, found.pages)))
        listed = [one for one in _absolute(address, found.sitemaps) if one not in sitemaps]
        sitemaps.update(dict.fromkeys(listed))
        waiting += dict.fromkeys(listed)
        if len(sitemaps) > MOST_SITEMAPS:
            raise SitemapError(f"the sitemap {url} lists more than {MOST_SITEMAPS} others.")
    return list(pages)


def _fetched(address: str, fetch: Fetch) -> Sitemap:
    content = fetch(address)
    if content is None:
        raise SitemapError(f"there is no sitemap at {address}.")
    try:
        return read(content)
    except SitemapError as error:
        raise SitemapError(f"the sitemap {address} cannot be used: {error}") from None


def _absolute(base: str, entries: Iterable[str]) -> list[str]:
    """The entries of a sitemap as whole addresses. Raises `SitemapError` for one that is none."""
    for entry in entries:
        if parse(urljoin(base, entry)) is None:
            raise SitemapError(f"the sitemap {base} names {entry!r}, which is not an address that can be visited.")
    return [urljoin(base, entry) for entry in entries]


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
