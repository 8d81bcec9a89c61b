"""One exchange with an oEmbed interface as data: the request, and what the reply says. Nothing here sends anything."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from shariff_py.errors import UNREADABLE, FetchFailed
from shariff_py.platforms.count_sources.exchange import Reply, Request
from shariff_py.platforms.preview_source import PreviewSource
from shariff_py.platforms.recognition import Embed
from shariff_py.urls import LONGEST, parse

MOST_CHARACTERS = 300
"""Of a title or a name. What is shown is cut further, to the gate's own bounds."""

GONE = frozenset({401, 403, 404, 410})
"""Replies about content that is private, deleted or not to be embedded: what was kept of it is removed."""

DIRECTING = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
"""Categories of characters that nobody sees, and of which some turn the order of letters around."""

MARKS, MOST_MARKS = frozenset({"Mn", "Me"}), 4
"""Categories of marks on a letter, and how many one letter keeps: a pile of them covers the lines above."""


class Facts(NamedTuple):
    """What may be kept of a reply: plain texts, and the address of the picture; each empty where there is none."""

    title: str = ""
    author: str = ""
    picture: str = ""


def request(source: PreviewSource, embed: Embed) -> Request:
    """The request about some content. It names the content and nobody who looks at it."""
    return get(source.address(embed.address, embed.frame_host), embed.address)


def get(address: str, about: str) -> Request:
    """A request for an address, for the sake of the content at another."""
    parts = parse(address)
    if parts is None:
        raise FetchFailed("malformed", "the reply names a picture at no address")
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return Request(method="GET", host=parts.host, path=path, headers={}, body=b"", pages=(about,))


def read(source: PreviewSource, embed: Embed, reply: Reply) -> Facts:
    """What the reply says, as far as the terms allow keeping it.

    Raises `FetchFailed`: ``gone`` for content that is private or not there any more, ``status`` for another refusal, ``malformed`` for what
    is no oEmbed reply.
    """
    if reply.status in GONE:
        raise FetchFailed(
            "gone", f"the platform replied with status {reply.status}: private, deleted or not embeddable"
        )
    if reply.status != 200:
        raise FetchFailed("status", f"the platform replied with status {reply.status}")
    try:
        told = json.loads(reply.body.decode())
    except UNREADABLE:
        told = None
    if not isinstance(told, dict):
        raise FetchFailed("malformed", "the reply is no JSON object")
    found = {
        "title": _text(told, "title"),
        "author": _text(told, "author_name"),
        "picture": _picture(source, embed, told),
    }
    return Facts(**{name: value for name, value in found.items() if name in source.keeps})


def _text(told: dict[str, Any], name: str) -> str:
    """A text as one line of plain characters. It is never read as markup."""
    value = told.get(name)
    line = " ".join(value.split()) if isinstance(value, str) else ""
    return "".join(_seen(line))[:MOST_CHARACTERS].strip()


def _seen(line: str) -> Iterator[str]:
    marks = 0
    for character in line:
        category = unicodedata.category(character)
        marks = marks + 1 if category in MARKS else 0
        if category not in DIRECTING and marks <= MOST_MARKS:
            yield character


def _picture(source: PreviewSource, embed: Embed, told: dict[str, Any]) -> str:
    """The address of the picture, if it is on the interface's own host; elsewhere nothing is sent."""
    address = told.get("thumbnail_url")
    parts = parse(address) if isinstance(address, str) and len(address) <= LONGEST else None
    if parts is None or parts.userinfo or parts.origin != f"https://{source.host or embed.frame_host}":
        return ""
    return parts.without_fragment
