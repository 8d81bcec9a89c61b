"""Where a script's text names a platform's host, and what can stand there instead so that nothing is contacted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from shariff_py.platforms.recognition import kind_of_frame
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY, platform_of
from shariff_py.urls import parse

HOSTS = tuple(sorted({host for platform in REGISTRY.values() for host in platform.hosts}, key=len, reverse=True))

_DOMAIN = re.compile("|".join(map(re.escape, HOSTS)) or r"(?!)", re.IGNORECASE)
_LABEL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")
LONGEST_NAME = 253
"""Characters of a host's name (RFC 1035)."""
_ESCAPE_BEFORE = re.compile(r"\\(?:u002f|x2f|[nrtbfv])|%2f", re.IGNORECASE)
"""An escape whose last letters would be read as the beginning of a host."""
LONGEST_ESCAPE = 6
_GOES_ON = re.compile(r"[\w-]|\.[\w-]")
_PORT = re.compile(r"(?:\.(?=[/:?#\\\"'`]))?(?::[0-9]{1,5}(?![0-9]))?")
_REST = re.compile(r"[^\s\"'`<>]{0,300}")
_ESCAPED_SLASH = re.compile(r"\\(?:/|u002f|x2f)", re.IGNORECASE)
_FILE = re.compile(r"[^?#]*\.(?:m?js|css|json|png|gif|jpe?g|webp|svg|ico|woff2?|mp4)(?![\w-])", re.IGNORECASE)
"""A path whose ending says that it is loaded, not read."""

_RESERVED = ".invalid"
"""A top-level domain that never exists (RFC 6761)."""
_BLOCKED_PORT = ":1"
"""A port that browsers never connect to (WHATWG Fetch, bad port): they do not even look up the name."""


class Address(NamedTuple):
    """A platform's host in a script, from ``start`` to ``end`` with its port.

    ``is_loaded``: what is served there is meant for loading, by the platform's record or by its name; other addresses may be links.
    ``is_frame``: it is the address of a frame.
    """

    start: int
    end: int
    platform: Platform
    is_loaded: bool
    is_frame: bool


def names_platform(code: str) -> bool:
    """Whether a platform's host stands in the text. Of most scripts nothing else is asked, so this is a search for each host, which takes a
    tenth of the time of one for all of them in any case.
    """
    lowered = code.lower()
    return any(host in lowered for host in HOSTS)


def addresses(code: str) -> Iterator[Address]:
    """The platforms' hosts in a script in document order."""
    for found in _DOMAIN.finditer(code):
        start = _labels_start(code, found.start())
        part_of_word = code[start - 1 : start].isalnum() if start else False
        for escape in _ESCAPE_BEFORE.finditer(code, max(0, start - LONGEST_ESCAPE), found.start()):
            if escape.start() < start <= escape.end():
                start, part_of_word = escape.end(), False
        platform = platform_of(code[start : found.end()].lower())
        if platform is None or part_of_word or _GOES_ON.match(code, found.end()):
            continue
        end = _match(_PORT, code, found.end())
        yield _address(code[start : _match(_REST, code, end)], start, end, platform)


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


def _address(whole: str, start: int, end: int, platform: Platform) -> Address:
    plain = _ESCAPED_SLASH.sub("/", whole)
    parts = parse(f"https://{plain}")
    path = plain.partition("/")[2]
    is_frame = parts is not None and kind_of_frame(platform, parts) is not None
    marked = any(mark.search(plain) for mark in platform.script_marks)
    return Address(start, end, platform, marked or is_frame or _FILE.match(path) is not None, is_frame)
