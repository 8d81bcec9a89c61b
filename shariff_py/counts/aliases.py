"""Pages that have had other addresses: before the site moved, before it was encrypted. What was shared under those counts for the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shariff_py.platforms.cached_count import CachedCount

Aliases = Mapping[str, str]
"""How addresses began, by how they begin now: ``{"http://old.example.org/": "https://www.example.org/"}``."""


def current(address: str, aliases: Aliases) -> str:
    """The address a page has now. The longest beginning that fits decides."""
    fitting = max((old for old in aliases if address.startswith(old)), key=len, default=None)
    return address if fitting is None else aliases[fitting] + address.removeprefix(fitting)


def earlier(address: str, aliases: Aliases) -> tuple[str, ...]:
    """The other addresses a page was known by, in the order they are listed."""
    return tuple(old + address.removeprefix(new) for old, new in aliases.items() if address.startswith(new))


def summed(known: Iterable[Mapping[str, CachedCount]]) -> dict[str, CachedCount]:
    """What is known under several addresses as one reading for each platform.

    Numbers are added; the sum is as old as its oldest part. Addresses without a number add nothing, and where none has one there is
    none. The last attempt and its reason are those of the address that was tried last.
    """
    found: dict[str, CachedCount] = {}
    for readings in known:
        for platform, reading in readings.items():
            found[platform] = _together(found[platform], reading) if platform in found else reading
    return found


def _together(one: CachedCount, other: CachedCount) -> CachedCount:
    last = max(one, other, key=lambda reading: reading.tried_at)
    parts = [reading for reading in (one, other) if reading.value is not None]
    oldest = min((reading.as_of for reading in parts), default=0.0)
    newest = max((reading.newest_at for reading in parts), default=0.0)
    return CachedCount(
        sum(reading.value or 0 for reading in parts) if parts else None,
        as_of=oldest,
        tried_at=last.tried_at,
        reason=last.reason,
        latest=newest if newest > oldest else 0.0,
    )
