"""How long all headers of the library on one response may be together. What is longer, a server in front may refuse."""

from __future__ import annotations

from collections.abc import Iterable

MOST_BYTES = 3_500
"""All headers of ours on one response, whatever the site sends itself."""

WARNED_BEFORE = 500
"""So many bytes before the limit a warning says what to do."""

LARGEST_HEAD = 4_096
"""The bytes in which nginx keeps the head of a response unless ``proxy_buffer_size`` says more. A longer one becomes a 502 (measured in
1.22)."""

ADDED_LATER = 200
"""Bytes for what a server adds: the status line, ``Date``, ``Server``, ``Connection``."""

SEPARATORS = len(": \r\n")


def header_bytes(headers: Iterable[tuple[str, str]]) -> int:
    """The bytes that headers have on the wire (HTTP/1.1, uncompressed)."""
    return sum(len(name) + len(value) + SEPARATORS for name, value in headers)


def room_beside(given: Iterable[tuple[str, str]]) -> int:
    """The bytes that ours may have beside the site's own headers.

    Where these fill `LARGEST_HEAD` by themselves the server in front evidently takes more, and ours have `MOST_BYTES`.
    """
    room = LARGEST_HEAD - ADDED_LATER - header_bytes(given)
    return min(room, MOST_BYTES) if room > 0 else MOST_BYTES


def bytes_left(ours: Iterable[tuple[str, str]], given: Iterable[tuple[str, str]] = ()) -> int:
    """How many bytes another header of ours may have, its name and its separators included; never below 0."""
    return max(0, room_beside(given) - header_bytes(ours))
