"""Getting the site's own sitemaps, so that its pages are known before their first visitor comes.

This is the one thing that is fetched from the site itself and not from a platform: from its own hosts only, through the same door, with a
record in the journal before.
"""

from __future__ import annotations

from pathlib import Path

from shariff_py.counts.sitemap import LARGEST, Sitemap, read
from shariff_py.errors import AddressRefused, FetchFailed, SitemapError
from shariff_py.fetch import Fetcher
from shariff_py.settings import Settings
from shariff_py.urls import canonical, parse

MOST_SITEMAPS = 500
"""How many sitemaps are read, those of an index counted. Each may name 50,000 pages."""

MOST_REDIRECTS = 5


def gather(place: str, settings: Settings, fetcher: Fetcher) -> dict[str, float | None]:
    """All pages named by a sitemap, and by the sitemaps it names, with when they last changed.

    ``place`` is a file, or an address on one of the site's own hosts. Raises `SitemapError` where one of them cannot be had or read, and
    `FetchRefused` where nothing could be sent.
    """
    pages: dict[str, float | None] = {}
    waiting, seen = [place], {place}
    while waiting:
        found = _one(waiting.pop(0), settings, fetcher)
        pages |= found.pages
        new = [address for address in dict.fromkeys(found.sitemaps) if address not in seen]
        seen.update(new)
        waiting += new
        if len(seen) > MOST_SITEMAPS:
            raise SitemapError(f"{place} names more than {MOST_SITEMAPS} sitemaps.")
    return pages


def _one(place: str, settings: Settings, fetcher: Fetcher) -> Sitemap:
    try:
        return read(_fetched(place, settings, fetcher) if parse(place) else Path(place).read_bytes())
    except OSError as error:
        raise SitemapError(f"the sitemap {place!r} cannot be read: {error.strerror}.") from None
    except (SitemapError, FetchFailed) as error:
        raise SitemapError(f"the sitemap {place!r} cannot be used: {error}") from None


def _fetched(address: str, settings: Settings, fetcher: Fetcher) -> bytes:
    """A sitemap's content, as far as redirects within the site lead."""
    for _ in range(MOST_REDIRECTS):
        reply = fetcher.get_own(_own(address, settings), trigger="manual", purpose="sitemap", largest=LARGEST)
        if reply.status == 200:
            return reply.body
        target = parse(reply.headers.get("location", ""), address)
        if not 300 <= reply.status < 400 or target is None:
            raise FetchFailed(f"status {reply.status}", "the site did not answer with a sitemap.")
        address = target.origin + target.path + (f"?{target.query}" if target.query else "")
    raise FetchFailed("redirect", "one address leads to the next without end.")


def _own(address: str, settings: Settings) -> str:
    """The address, if it is one of the site's own. Its query belongs to it: a sitemap is no page a visitor has asked for."""
    parts = parse(address)
    if parts is None or parts.userinfo or not settings.owns_page(parts):
        raise SitemapError(f"{address!r} is not on one of the site's own hosts (site.origin, site.hosts).")
    try:
        return canonical(address, query_allow=parts.parameters)
    except AddressRefused as refused:
        raise SitemapError(str(refused)) from None
