"""Pages with earlier addresses, from before the site moved or used HTTPS. Counts of all its addresses are added up for a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shariff_py.platforms.count_sources.cached_count import CachedCount

Aliases = Mapping[str, str]
"""Old address prefixes and what replaced them: ``{"http://old.example.org/": "https://www.example.org/"}``."""


def current(address: str, aliases: Aliases) -> str:
    """The current address of a page. The longest matching prefix decides."""
    fitting = max((old for old in aliases if address.startswith(old)), key=len, default=None)
    return address if fitting is None else aliases[fitting] + address.removeprefix(fitting)


def earlier(address: str, aliases: Aliases) -> tuple[str, ...]:
    """The earlier addresses of a page, in the order of the aliases."""
    return tuple(old + address.removeprefix(new) for old, new in aliases.items() if address.startswith(new))


def summed(known: Iterable[Mapping[str, CachedCount]]) -> dict[str, CachedCount]:
    """The counts of several addresses as one count per platform.

    Numbers are added; the sum is as old as its oldest part. Addresses without a number add nothing; where none has one, the sum has none.
    The last attempt and its reason are those of the address that was tried last.
    """
    found: dict[str, CachedCount] = {}
    for counts in known:
        for platform, count in counts.items():
            found[platform] = _sum(found[platform], count) if platform in found else count
    return found


def _sum(one: CachedCount, other: CachedCount) -> CachedCount:
    last = max(one, other, key=lambda count: count.tried_at)
    parts = [count for count in (one, other) if count.value is not None]
    oldest = min((count.as_of for count in parts), default=0.0)
    newest = max((count.newest_at for count in parts), default=0.0)
    return CachedCount(
        sum(count.value or 0 for count in parts) if parts else None,
        as_of=oldest,
        tried_at=last.tried_at,
        reason=last.reason,
        latest=newest if newest > oldest else 0.0,
    )
