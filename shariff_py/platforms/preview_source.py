"""Where a title and a picture of content can be asked for without a token, and what the terms allow keeping of the reply."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from urllib.parse import quote

from shariff_py.platforms.embed_kind import filled, host_in

KEPT = ("title", "author", "picture")
"""What of a reply can be kept."""


class PreviewSource(NamedTuple):
    """An interface by the oEmbed format (oembed.com, 1.0), which a server asks before any visit.

    template  its address, with ``{address}``, the encoded public address of the content, and ``{server}``, where anybody can run one
    keeps     what may be kept, of `KEPT`; a picture only from the interface's own host
    days      for how many days, at most, it is shown without being asked for again
    terms     what allows that, in a sentence with the address of the source
    read_on   the day on which the source was read
    """

    template: str
    keeps: tuple[str, ...]
    days: int
    terms: str
    read_on: date

    def address(self, content: str, server: str = "") -> str:
        """The address that tells about the content at a public address."""
        return filled((self.template,), {"address": quote(content, safe=""), "server": server})

    @property
    def host(self) -> str:
        """Its host; empty where it is that of the content."""
        host = host_in(self.template)
        return "" if "{" in host else host

    @property
    def path(self) -> str:
        """The path that every request has."""
        return "/" + self.template.removeprefix("https://").partition("/")[2].partition("?")[0]
