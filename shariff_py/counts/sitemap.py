"""Reading sitemaps (sitemaps.org, protocol 0.9): XML, plain text, either of them compressed.

A sitemap comes from outside, if only from the site itself: what declares a document type or entities is refused before it can grow,
and so is what is longer than the protocol allows.
"""

from __future__ import annotations

import zlib
from codecs import BOM_UTF8
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.parsers import expat

from shariff_py.errors import SitemapError

LARGEST = 52_428_800
"""Bytes a sitemap may have when it is not compressed; the protocol's own bound (50 MB)."""

GZIP = b"\x1f\x8b"
LISTS = {"urlset": "url", "sitemapindex": "sitemap"}
"""The two kinds of sitemap, and what each entry is called in them."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What one sitemap names: ``pages`` with when they last changed (Unix seconds, ``None``: unknown), and further ``sitemaps``."""

    pages: dict[str, float | None] = field(default_factory=dict)
    sitemaps: tuple[str, ...] = ()


def read(content: bytes) -> Sitemap:
    """The addresses in a sitemap, as they are written there. Raises `SitemapError` with what is wrong with it."""
    if content.startswith(GZIP):
        content = _unpacked(content)
    if len(content) > LARGEST:
        raise SitemapError(f"it has more than {LARGEST} bytes, the protocol's limit.")
    if content.removeprefix(BOM_UTF8).lstrip()[:4].lower() == b"http":
        return Sitemap(dict.fromkeys(content.decode("utf-8-sig", "replace").split()))
    reader = _Reader()
    reader.read(content)
    if reader.root not in LISTS:
        raise SitemapError(f"it is not a sitemap: its root is {reader.root!r}, not 'urlset' or 'sitemapindex'.")
    if reader.root == "urlset":
        return Sitemap(dict(reader.entries))
    return Sitemap(sitemaps=tuple(address for address, _ in reader.entries))


class _Reader:
    """Walks through the XML once. Names are taken without their prefix: sitemaps in the wild use all kinds of namespaces."""

    def __init__(self) -> None:
        self.root = ""
        self.entries: list[tuple[str, float | None]] = []
        self._path: list[str] = []
        self._text: list[str] = []
        self._entry: dict[str, str] = {}

    def read(self, content: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.StartDoctypeDeclHandler = self._refuse
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise SitemapError(f"it is no XML: {error}.") from None
        except (ValueError, LookupError) as error:
            # expat gets encodings it does not know from Python, whose errors are other ones.
            raise SitemapError(
                f"its encoding cannot be read ({error}). Write it in UTF-8, as the protocol requires."
            ) from None

    def _start(self, name: str, _: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self.root = self.root or local
        self._path.append(local)
        self._text.clear()
        if len(self._path) == 2:
            self._entry = {}

    def _end(self, _: str) -> None:
        if len(self._path) == 3 and self._path[1] == LISTS.get(self.root):
            self._entry.setdefault(self._path[2], "".join(self._text).strip())
        if len(self._path) == 2 and (address := self._entry.get("loc")):
            self.entries.append((address, _seconds(self._entry.get("lastmod", ""))))
            self._entry = {}
        self._path.pop()

    @staticmethod
    def _refuse(*_: object) -> None:
        raise SitemapError("it declares a document type, which sitemaps must not have.")


def _seconds(lastmod: str) -> float | None:
    """A day or a moment (W3C Datetime) in Unix seconds; without a time zone it is read as UTC."""
    try:
        moment = datetime.fromisoformat(lastmod)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _unpacked(content: bytes) -> bytes:
    """What is in a compressed sitemap, as far as it keeps within bounds: all members of the file, one after the other (RFC 1952)."""
    unpacked = b""
    while content.startswith(GZIP) and len(unpacked) <= LARGEST:
        unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            unpacked += unpacking.decompress(content, LARGEST + 1 - len(unpacked))
        except zlib.error as error:
            raise SitemapError(f"it cannot be unpacked: {error}.") from None
        if not unpacking.eof and len(unpacked) <= LARGEST:
            raise SitemapError("it cannot be unpacked: it was cut short.")
        content = unpacking.unused_data
    return unpacked
