"""What a store of counts can do. Every store passes the same tests; nothing outside this folder knows which one it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from shariff_py.counts.due import KnownPage
from shariff_py.platforms.exchange import Reading, StoredReading

LONGEST_LEASE = 3600.0
"""Seconds. A lease that ends further ahead was written by a clock that ran wrong, and binds nobody."""

SEEN_PRECISION = 3600.0
"""Seconds. A page seen again within this time of its last noted view is not noted again: most views write nothing."""


@dataclass(frozen=True, slots=True)
class PlatformState:
    """One platform in the store: how many pages have a number, and when asking last went well or wrong (Unix seconds).

    That the platform does not know a page is neither.
    """

    with_number: int = 0
    last_success: float | None = None
    last_failure: float | None = None
    last_reason: str = ""


@dataclass(frozen=True, slots=True)
class StoreState:
    """What is in the store. ``dropped`` pages made room for others since this process began."""

    pages: int = 0
    dropped: int = 0
    platforms: Mapping[str, PlatformState] = field(default_factory=dict)


class Store(Protocol):
    """Pages, what is known about them, and who may ask. Times are Unix seconds; addresses are canonical already.

    Safe between threads; every method raises `StoreError` where the store cannot be reached, read or written, and works again as
    soon as it can be.
    """

    def register(self, page: str, now: float) -> None:
        """Note a page to be asked about, or, to `SEEN_PRECISION`, that a known one was seen at ``now``.

        Where there is no room, the page that was not seen for longest is dropped. Pages that ever had a number on some platform are
        dropped only when all have: addresses that somebody made up get none, and so cannot push out real pages.
        """

    def read(self, page: str) -> dict[str, StoredReading]:
        """What is known about a page, by platform; nothing for a page that was never asked about."""

    def record(self, platform: str, readings: Mapping[str, Reading], now: float) -> None:
        """Take in what an attempt at ``now`` gave for each page, all or nothing.

        A failed attempt keeps the last good number and its age. Pages that are not registered are left out.
        """

    def pages(self, platform: str, now: float, rest: float) -> list[KnownPage]:
        """The registered pages, each with its reading on the platform, in the order they were registered.

        Those whose last attempt lies within ``rest`` seconds of ``now`` are left out.
        """

    def lease(self, holder: str, now: float, seconds: float) -> bool:
        """Take or renew the right to ask, for so many seconds (at most `LONGEST_LEASE`) from ``now``. ``False``: somebody else has it.

        Zero seconds give it back. There is one lease per store.
        """

    def state(self) -> StoreState:
        """What is in the store, for the status page."""

    def close(self) -> None:
        """Let go of files and connections. The store can be used again afterwards."""
