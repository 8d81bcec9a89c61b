"""Where a script's text names a platform's host, and what can stand there instead so that nothing is contacted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from shariff_py import urls
from shariff_py.gate.detect.prefilter import names_domain
from shariff_py.gate.text_bytes import LATIN_1, places, text_bytes
from shariff_py.platforms.public_links import kind_of_frame
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import DOMAINS, REGISTRY, Table, platform_of_address
from shariff_py.urls import parse

HOSTS = Table(lambda: tuple(domain.encode() for domain in DOMAINS()))

ASSEMBLED = Table(
    lambda: {host.encode(): platform for platform in REGISTRY.values() for host in platform.assembled_hosts}
)
KELVIN_SIGN = "\u212a"
"""The only character beyond ASCII that is a letter of a host in lower case."""
_LABEL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")
LONGEST_NAME = 253
"""Characters of a host's name (RFC 1035)."""
_ESCAPE_BEFORE = re.compile(r"\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|[0-3]?[0-7]{1,2}|[nrtbfv])|%[0-9a-f]{2}", re.IGNORECASE)
"""An escape whose last letters would be read as the beginning of a host, or as a word that it is part of."""
_LONGEST_ESCAPE = len("\\u002f")
_GOES_ON = re.compile(r"[\w-]|\.[\w-]")
_PORT = re.compile(r"(?:\.(?=[/:?#\\\"'`]))?(?::[0-9]{1,5}(?![0-9]))?")
_REST = re.compile(r"[^\s\"'`<>]{0,300}")
_ESCAPED_SLASH = re.compile(r"\\(?:/|u002f|x2f)", re.IGNORECASE)
_FILE = re.compile(r"[^?#]*\.(?:m?js|css|json|png|gif|jpe?g|webp|svg|ico|woff2?|mp4)(?![\w-])", re.IGNORECASE)
"""A path whose ending says that it is loaded, not read."""

_TILE = re.compile(r"\{x\}.*\{-?y\}|\{-?y\}.*\{x\}")
"""The places in the address of a map's tiles that the map fills in (Leaflet, OpenLayers, MapLibre)."""

_RESERVED = ".invalid"
"""A top-level domain that never exists (RFC 6761)."""
_BLOCKED_PORT = ":1"
"""A port that browsers never connect to (WHATWG Fetch, bad port): they do not even look up the name."""


class Address(NamedTuple):
    """A platform's host in a script, from ``start`` to ``end`` with its port.

    ``is_loaded``: what is served there is meant for loading, by the platform's record or by its name; other addresses may be links.
    ``is_frame``: it is the address of a frame. ``is_tile``: it is that of a map's tiles, which is of use to nobody but the map.
    """

    start: int
    end: int
    platform: Platform
    is_loaded: bool
    is_frame: bool
    is_tile: bool


def names_platform(code: str) -> bool:
    """Whether a platform's host stands in the text. Of most scripts nothing else is asked."""
    lowered = text_bytes(code.replace(KELVIN_SIGN, "k")).lowered
    return names_domain(lowered)


def addresses(code: str) -> Iterator[Address]:
    """The platforms' hosts in a script in document order; then those that their own loaders put together."""
    for domain, domain_end in _domains(code):
        start = _name_start(code, domain)
        if start is None or _GOES_ON.match(code, domain_end):
            continue
        end = _match(_PORT, code, domain_end)
        plain = _ESCAPED_SLASH.sub("/", code[start : _match(_REST, code, end)])
        parts = parse(f"https://{plain}") or parse(f"https://{code[start:domain_end]}")
        if parts is not None and (platform := platform_of_address(parts)) is not None:
            yield _address(plain, parts, start, end, platform)
    yield from _assembled(code)


def _assembled(code: str) -> Iterator[Address]:
    lowered = code.encode(LATIN_1, "replace").lower()
    for host, platform in ASSEMBLED().items():
        for place in places(host, lowered):
            yield Address(place, place + len(host), platform, is_loaded=True, is_frame=False, is_tile=False)


def _domains(code: str) -> Iterator[tuple[int, int]]:
    """Where the hosts of platforms are, from and to; of two that overlap the first, and of two that begin together the longer one."""
    # One byte for each character, so that places are the same.
    lowered = code.replace(KELVIN_SIGN, "k").encode(LATIN_1, "replace").lower()
    found = ((place, -len(host)) for host in HOSTS() for place in places(host, lowered))
    done = 0
    for place, negative_length in sorted(found):
        if place >= done:
            done = place - negative_length
            yield place, done


def _name_start(code: str, domain: int) -> int | None:
    """Where the name begins that ends with the domain at this position; ``None`` where it is part of a word."""
    start = _labels_start(code, domain)
    escapes = _ESCAPE_BEFORE.finditer(code, max(0, start - _LONGEST_ESCAPE), domain)
    escaped = max((escape.end() for escape in escapes), default=0)
    if start <= escaped:
        return escaped
    return None if code[start - 1].isalnum() else start


def _labels_start(code: str, domain: int) -> int:
    """Where the name begins that ends with the domain at this position."""
    start = domain
    if code[domain - 1 : domain] == ".":
        while start > max(0, domain - LONGEST_NAME) and code[start - 1] in _LABEL:
            start -= 1
        while code[start] == ".":
            start += 1
    return start


def inert(address: Address) -> str:
    """Text as long as the address' host that leads nowhere: a name that does not exist, on a port that browsers refuse."""
    length = address.end - address.start - len(_BLOCKED_PORT)
    name = _RESERVED.rjust(length, "x") if length > len(_RESERVED) else "x" * length
    return f"{name}{_BLOCKED_PORT}"


def _match(pattern: re.Pattern[str], code: str, position: int) -> int:
    """Where what the pattern matches at a position ends."""
    found = pattern.match(code, position)
    return found.end() if found else position


def _address(plain: str, parts: urls.Address, start: int, end: int, platform: Platform) -> Address:
    path = plain.partition("/")[2]
    is_frame = kind_of_frame(platform, parts) is not None
    marked = any(mark.search(plain) for mark in platform.script_marks)
    is_tile = _TILE.search(path) is not None
    is_loaded = marked or is_frame or is_tile or _FILE.match(path) is not None
    return Address(start, end, platform, is_loaded, is_frame, is_tile)
