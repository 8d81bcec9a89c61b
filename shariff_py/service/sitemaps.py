"""Fetching the site's own sitemaps, so that its pages are known before their first visit.

They are the only thing fetched from the site itself: from its own hosts only, by the same HTTP client, with a journal record before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from shariff_py.counts.sitemap import LARGEST, Sitemap, read
from shariff_py.errors import AddressRefused, FetchFailed, SitemapError
from shariff_py.http_client import Fetcher
from shariff_py.settings import Settings
from shariff_py.urls import canonical, parse

MOST_SITEMAPS = 500
"""How many sitemaps are read, those of an index included. Each may list 50,000 pages."""

MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Gathered:
    """The ``pages`` in sitemaps, with when they last changed; ``missing`` names each sitemap that could not be fetched or read, and why."""

    pages: Mapping[str, float | None]
    missing: tuple[str, ...] = field(default=())


def gather(place: str, settings: Settings, fetcher: Fetcher) -> Gathered:
    """All pages in a sitemap, and in the sitemaps it refers to.

    ``place`` is a file, or an address on one of the site's own hosts; a sitemap can refer only to such addresses, because its author must
    not choose which files of this machine are read. Raises `SitemapError` where the first sitemap cannot be fetched or read, and
    `FetchRefused` where no request could be sent; others that fail are left out and named.
    """
    found = _one(place, settings, fetcher) if parse(place) else _file(place)
    pages, missing = dict(found.pages), []
    waiting, seen = list(dict.fromkeys(found.sitemaps)), {place, *found.sitemaps}
    while waiting:
        try:
            found = _one(waiting.pop(0), settings, fetcher)
        except SitemapError as error:
            missing.append(str(error))
            continue
        pages |= found.pages
        new = [address for address in dict.fromkeys(found.sitemaps) if address not in seen]
        seen.update(new)
        waiting += new
        if len(seen) > MOST_SITEMAPS:
            raise SitemapError(f"{place} refers to more than {MOST_SITEMAPS} sitemaps.")
    return Gathered(pages, tuple(missing))


def _one(address: str, settings: Settings, fetcher: Fetcher) -> Sitemap:
    try:
        return read(_fetched(address, settings, fetcher))
    except (SitemapError, FetchFailed) as error:
        raise SitemapError(f"the sitemap {address!r} cannot be used: {error}") from None


def _file(place: str) -> Sitemap:
    try:
        if Path(place).exists() and not Path(place).is_file():
            raise SitemapError("it is not a regular file.")
        with Path(place).open("rb") as file:
            return read(file.read(LARGEST + 1))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise SitemapError(f"the sitemap {place!r} cannot be read: {why}.") from None
    except SitemapError as error:
        raise SitemapError(f"the sitemap {place!r} cannot be used: {error}") from None


def _fetched(address: str, settings: Settings, fetcher: Fetcher) -> bytes:
    """A sitemap's content, following redirects within the site."""
    for _ in range(MOST_REDIRECTS):
        reply = fetcher.get_own(_own(address, settings), trigger="manual", purpose="sitemap", largest=LARGEST)
        if reply.status == 200:
            return reply.body
        target = parse(reply.headers.get("location", ""), address)
        if not 300 <= reply.status < 400 or target is None:
            raise FetchFailed(f"status {reply.status}", "the site's reply is not a sitemap.")
        address = target.origin + target.path + (f"?{target.query}" if target.query else "")
    raise FetchFailed("redirect", f"more than {MOST_REDIRECTS} redirects.")


def _own(address: str, settings: Settings) -> str:
    """The address, if it is one of the site's own. Its whole query is kept: no visitor requested it."""
    parts = parse(address)
    if parts is None or parts.userinfo or not settings.owns_page(parts):
        raise SitemapError(f"{address!r} is not on one of the site's own hosts (site.origin, site.hosts).")
    try:
        return canonical(address, query_allow=parts.parameters)
    except AddressRefused as refused:
        raise SitemapError(str(refused)) from None
