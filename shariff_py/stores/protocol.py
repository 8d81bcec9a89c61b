"""What a store of counts can do. Every store passes the same tests; nothing outside this folder knows which one it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from shariff_py.counts.due import KnownPage
from shariff_py.platforms.exchange import Reading, StoredReading

LONGEST_LEASE = 3600.0
"""Seconds. A lease that ends further ahead was written by a clock that ran wrong, and binds nobody."""


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
    """What is in the store. ``refused`` pages found no room since this process began."""

    pages: int = 0
    refused: int = 0
    platforms: Mapping[str, PlatformState] = field(default_factory=dict)


class Store(Protocol):
    """Pages, what is known about them, and who may ask. Times are Unix seconds; addresses are canonical already.

    Safe between threads; every method raises `StoreError` where the store cannot be reached, read or written, and works again as
    soon as it can be.
    """

    def register(self, page: str, now: float) -> bool:
        """Note a page to be asked about. Does nothing for a page that is known. ``False``: there is no room for it."""

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
