"""How long all headers of the library on one response may be together. What is longer, a server in front may refuse."""

from __future__ import annotations

from collections.abc import Iterable

MOST_BYTES = 3_500
"""Of a page of 4,096 bytes, in which nginx and others keep the head of a response (``proxy_buffer_size``), what is left beside some
600 bytes of the site's own headers. A longer head becomes a 502."""

WARNED_FROM = 3_000
"""From here on a warning says what to do."""

SEPARATORS = len(": \r\n")


def header_bytes(headers: Iterable[tuple[str, str]]) -> int:
    """The bytes that headers have on the wire (HTTP/1.1, uncompressed)."""
    return sum(len(name) + len(value) + SEPARATORS for name, value in headers)


def bytes_left(headers: Iterable[tuple[str, str]]) -> int:
    """How many bytes another header may have beside these, its name and its separators included; never below 0."""
    return max(0, MOST_BYTES - header_bytes(headers))
