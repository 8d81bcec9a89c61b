"""Addresses of third parties in the text of a script or a style sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shariff_py.platforms.third_parties.register import third_party_at
from shariff_py.urls import Address, parse

ADDRESS = re.compile(
    r"""\\?/\\?/(?P<host>(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})(?![a-z0-9.-])(?P<path>(?:\\?/[^\s"'`<>()\\?\#&]{0,200}){0,20})""",
    re.IGNORECASE,
)
"""Two slashes, which JSON may escape, a host and a path."""


def addresses_in(text: str) -> Iterator[Address]:
    """The addresses in a text that are those of third parties, in order. What a script joins from pieces is not seen."""
    for found in ADDRESS.finditer(text):
        parts = parse(f"https://{found['host']}{found['path'].replace(chr(92), '')}")
        if parts is not None and third_party_at(parts.host, parts.path) is not None:
            yield parts
