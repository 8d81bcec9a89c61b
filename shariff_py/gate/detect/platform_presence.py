"""What a page's text says of a platform, all in all: whether it is named anywhere, and whether anything of it is loaded.

It decides nothing about what is loaded: scripts, frames and pictures are judged one by one. It only tells a widget, which a platform's
script would find, from an element of the site's own that happens to be called the same.
"""

from __future__ import annotations

import re
from enum import IntEnum

from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY, Table
from shariff_py.urls import parse


class Presence(IntEnum):
    """What a page holds of a platform: nothing; one of its hosts, if only in a link; or something that it loads or that is for its script."""

    NONE = 0
    NAMED = 1
    LOADED = 2


class PagePresence:
    """What the pieces of a page seen so far hold of each platform. A piece is not read before that is asked."""

    def __init__(self) -> None:
        self._unread: list[str] = []
        self._known: dict[str, Presence] = {}

    def add(self, html: str) -> None:
        """Take another piece of the page; all of it, for pages that are not read in pieces."""
        self._settle()
        self._unread.append(html)

    def of(self, platform: Platform) -> Presence:
        """What the page holds of a platform, as far as it was seen."""
        self._settle()
        return self._known.get(platform.name, Presence.NONE)

    def _settle(self) -> None:
        for html in self._unread:
            text = html.lower()
            for platform in WITH_WIDGETS():
                if (known := self._known.get(platform.name, Presence.NONE)) is not Presence.LOADED:
                    self._known[platform.name] = max(known, presence(platform, text))
        self._unread.clear()


def presence(platform: Platform, text: str) -> Presence:
    """What a text in lower case holds of a platform with widgets. Written in other letters than its own, a name is not found."""
    own_elements, hosts = PATTERNS()[platform.name]
    marks = platform.script_marks
    if own_elements.search(text) or any(mark.search(text) for mark in marks):
        return Presence.LOADED
    if hosts.search(text) is None:
        return Presence.NONE
    # Of a platform whose code nobody has described, any address may be that of its script.
    return Presence.NAMED if marks else Presence.LOADED


def _domains(platform: Platform) -> list[str]:
    return [*platform.hosts, *(place.partition("/")[0] for place in platform.shared_hosts)]


def _own_elements(platform: Platform) -> re.Pattern[str]:
    """Elements of the platform's own name, and those with the id that its script requires."""
    tags = sorted({tag for kind in platform.embeds for tag in kind.tags})
    named = rf"<(?:{'|'.join(map(re.escape, tags))})(?![\w:-])" if tags else r"(?!)"
    ids = sorted(platform.root_elements)
    return re.compile(rf"{named}|\bid=[\"']?(?:{'|'.join(map(re.escape, ids))})(?![\w:-])" if ids else named)


def _hosts(platform: Platform) -> re.Pattern[str]:
    """The platform's hosts, but not in links to share something: those the gate puts into pages itself."""
    template = parse(platform.share.template.partition("?")[0]) if platform.share else None
    but = f"(?!{re.escape(template.path)})" if template is not None else ""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, _domains(platform)))})(?![\w-]|\.[\w-]){but}")


WITH_WIDGETS = Table(
    lambda: tuple(platform for platform in REGISTRY.values() if any(kind.classes for kind in platform.embeds))
)
PATTERNS = Table(lambda: {platform.name: (_own_elements(platform), _hosts(platform)) for platform in WITH_WIDGETS()})
