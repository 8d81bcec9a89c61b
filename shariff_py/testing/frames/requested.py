"""What a browser asks a platform for, told from the path alone: all platforms are played on one origin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from shariff_py.errors import EmbedRefused
from shariff_py.platforms.public_links import kind_of_frame, page_to_share
from shariff_py.platforms.recognition import Embed, recognise
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY
from shariff_py.urls import parse

ANY_SERVER = "server.invalid"
"""In place of the name of a server that anybody may run: which one it is does not show in a path."""


@dataclass(frozen=True, slots=True)
class Requested:
    """``embed`` is the content, ``None`` where no content is at this address. ``in_frame``: as a frame of the platform, not as its page."""

    address: str
    embed: Embed | None = None
    in_frame: bool = False


def requested(target: str) -> Requested:
    """What is at a path, with its query after ``?``, on the platforms that are played here.

    A frame is the one whose address would be written exactly so; where none would, it is the first that could have this address. A dialogue
    for sharing is about the page that it names. A page is told only where one platform alone could have it.
    """
    frames = [embed for host, embed in _at(frame_hosts(), target) if _is_frame(embed.record, host, target)]
    exact = (embed for embed in frames if embed.frame_address == f"https://{embed.frame_host}{target}")
    for embed in (*exact, *frames):
        return Requested(embed.address, embed, in_frame=True)
    if page := _to_share(target):
        return Requested(page)
    pages = [embed for host, embed in _at(public_hosts(), target) if embed.address == f"https://{host}{target}"]
    return Requested(pages[0].address, pages[0]) if len(pages) == 1 else Requested(target)


def frame_hosts() -> tuple[str, ...]:
    """The hosts that frames of any platform come from."""
    return tuple(dict.fromkeys(host for record in REGISTRY.values() for host in record.frame_hosts))


def public_hosts() -> tuple[str, ...]:
    """The usual hosts of the pages that content has on its platform."""
    return tuple(dict.fromkeys(record.public_host for record in REGISTRY.values() if record.public_host))


def _at(hosts: Iterable[str], target: str) -> Iterator[tuple[str, Embed]]:
    """The content at this path of each host that has some."""
    for host in (*hosts, ANY_SERVER):
        with suppress(EmbedRefused):
            embed = recognise(f"https://{host}{target}")
            if embed.record.any_server == (host == ANY_SERVER):
                yield host, embed


def _is_frame(record: Platform, host: str, target: str) -> bool:
    """Whether an address of content is that of its frame, and not of its page."""
    parts = parse(f"https://{host}{target}")
    return parts is not None and kind_of_frame(record, parts) is not None


def _to_share(target: str) -> str:
    pages = (
        page_to_share(record, parts)
        for record in REGISTRY.values()
        if record.public_host and (parts := parse(f"https://{record.public_host}{target}")) is not None
    )
    return next(filter(None, pages), "")
