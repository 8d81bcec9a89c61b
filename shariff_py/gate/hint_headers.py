"""Response headers by which a browser fetches something or leaves by itself: ``Link`` and ``Refresh``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from shariff_py.gate.browser_rules.loading_attributes import refresh_url
from shariff_py.platforms.allowed_hosts import held_platform_of
from shariff_py.urls import parse

LINK_SEPARATOR = re.compile(r",(?=\s*<)")
LINK_TARGET = re.compile(r"\s*<([^>]*)>")


def without_hints(headers: Sequence[tuple[str, str]], place: str, allow: Sequence[str] = ()) -> list[tuple[str, str]]:
    """The headers without hints and redirections that lead a browser to a platform by themselves (``Link``, ``Refresh``), on no host that ``allow`` names.
    ``place`` is the page's address."""
    kept: list[tuple[str, str]] = []
    for name, value in headers:
        reading = HINT_HEADERS.get(name.lower())
        left = reading(value, place, allow) if reading else value
        if left or not reading:
            kept.append((name, left))
    return kept


def _without_links(value: str, place: str, allow: Sequence[str]) -> str:
    entries = LINK_SEPARATOR.split(value)
    targets = [(entry, LINK_TARGET.match(entry)) for entry in entries]
    return ",".join(
        entry for entry, target in targets if target is None or not _leads_to_platform(target[1], place, allow)
    ).strip()


def _without_refresh(value: str, place: str, allow: Sequence[str]) -> str:
    return "" if _leads_to_platform(refresh_url(value), place, allow) else value


def _leads_to_platform(address: str, place: str, allow: Sequence[str]) -> bool:
    parts = parse(address, place)
    return parts is not None and held_platform_of(parts, allow) is not None


HINT_HEADERS: Mapping[str, Callable[[str, str, Sequence[str]], str]] = {
    "link": _without_links,
    "refresh": _without_refresh,
}
