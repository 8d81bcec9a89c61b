"""What a store of counts can do. Every store passes the same tests; nothing outside this folder knows which one it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from shariff_py.counts.platform_state import PlatformState
from shariff_py.counts.refresh_policy import LONGEST_HORIZON, KnownPage
from shariff_py.platforms.count_sources.cached_count import CachedCount, CountResult

LONGEST_LEASE = 3600.0
"""Seconds. A lease that ends further ahead was written by a clock that was wrong, and is ignored."""

SEEN_PRECISION = 3600.0
"""Seconds. A page seen again within this time of its last noted view is not noted again: most views write nothing."""

SOON = 1800.0
"""Seconds until a changed page is due. Not shorter than any platform's shortest interval, which is kept that way."""

UNSEEN, AGREED = 30 * 86_400.0, 7 * 86_400.0
"""Seconds. A page that was neither seen nor in a sitemap for `UNSEEN` makes room for pages of a sitemap. That is counted back from the last
page that was seen at least `AGREED` seconds ago: one reading of a clock that is wrong makes no page an old one."""

NUMBER, LISTED = 1, 2
"""What makes a page worth keeping, added up: it had a number above zero on some platform; it is in a sitemap. Zero is no such number:
most platforms return it for any made-up address."""

LEASE_LOST = "another process is the leader now; nothing was written."

DUE_AT_ONCE: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class StoreSummary:
    """How many ``pages`` are in the store, and how many of them have a number, by platform. ``dropped`` pages made room for others since
    this process started; ``set_aside`` names the stores that were corrupt and are kept, oldest first."""

    pages: int = 0
    dropped: int = 0
    with_number: Mapping[str, int] = field(default_factory=dict)
    set_aside: tuple[str, ...] = ()


class CountStore(Protocol):
    """Pages, their counts, the state of each platform, and the lease. Times are Unix seconds; addresses are canonical already.

    Safe between threads; every method raises `StoreError` where the store cannot be reached, read or written, and works again as
    soon as it can be. All processes, and with Redis all machines, that open the same address share one store.
    """

    @property
    def epoch(self) -> int:
        """Grows whenever a call of this process finds another store than the calls before did: removed, emptied, exchanged, restored. What
        a process remembers of having written to the store is then worth nothing. Reads nothing."""

    def look(self) -> None:
        """Find out whether it is still the same store, where no other call has; see `epoch`."""

    def track(self, page: str, now: float, *, due_at: float | None = None) -> None:
        """Add a page, or, to `SEEN_PRECISION`, note that a known one was seen at ``now``.

        A new page is due everywhere at ``due_at`` (default: at once), and its age counts from then. For a known one nothing is changed by
        it, so that a page waits as long as was decided at its first view, by whichever process. Where there is no room, a page of the least worth (`NUMBER`, `LISTED`) is dropped, of those the one
        that was not seen for longest: made-up addresses are worth nothing, and so cannot push out real pages.
        """

    def import_pages(self, pages: Mapping[str, float | None], now: float) -> tuple[int, int]:
        """Add the pages of a sitemap, each with when it last changed (``None``: unknown). Returns how many were new, and how many new
        ones were left out because there is no room.

        A new page is due at once, and so is a known one that still waits for its first request: when a page of a sitemap is due must not
        tell whether somebody has seen it. A page that has changed since the last import is due everywhere within `SOON`. Room is made by pages worth nothing, and by those
        not seen for `UNSEEN`; all others stay, with their numbers.
        """

    def read(self, page: str) -> dict[str, CachedCount]:
        """The counts of a page by platform; empty for a page that was never fetched."""

    def due(self, platform: str, now: float, most: int, *, furthest: float = LONGEST_HORIZON) -> list[KnownPage]:
        """The pages that are due on a platform, those that waited longest first, of those that waited equally long by address: the order in
        which they were added tells which of a sitemap were viewed before it was read. At most so many.

        A time more than ``furthest`` seconds ahead was written by a clock that was wrong; such a page is due.
        """

    def record(
        self,
        platform: str,
        results: Mapping[str, CountResult],
        now: float,
        *,
        next_at: Mapping[str, float] = DUE_AT_ONCE,
        fence: int | None = None,
    ) -> None:
        """Save what an attempt at ``now`` gave for each page, all or nothing; ``next_at`` is when each is due again (default: at once).

        A failed attempt keeps the last good number and its age. Pages that are not in the store are left out. ``fence`` is the fencing
        token of the lease under which the request was sent: raises `LeaseLost`, and writes nothing, where another process has acquired
        the lease since.
        """

    def restore(
        self, known: Mapping[str, Mapping[str, CachedCount]], now: float, *, due_at: float | None = None
    ) -> None:
        """Give back what a process still knows of pages, by platform, after the store has lost it.

        Pages that are not in the store are added as `track` does. Of each count the newer number and the newer attempt stay; what is added
        is due at ``due_at`` (default: `SOON` after its last attempt).
        """

    def lease(self, holder: str, seconds: float) -> int:
        """Acquire or renew the lease for so many seconds from now by the store's own clock (at most `LONGEST_LEASE`).

        Returns its fencing token, which is larger for each new holder, or 0 where another one holds the lease. Zero seconds release it.
        There is one lease per store.
        """

    def load_state(self, platform: str) -> PlatformState:
        """The saved state of a platform; an empty one where none was saved."""

    def save_state(self, platform: str, state: PlatformState, fence: int | None = None) -> None:
        """Save the state of a platform. Raises `LeaseLost` as `record` does."""

    def load_checkpoint(self, journal: str) -> str:
        """The checkpoint of a journal that was saved last; empty where none was. Does not create a store that does not exist yet."""

    def save_checkpoint(self, journal: str, text: str) -> None:
        """Save the checkpoint of a journal, named by a short word."""

    def all_counts(self, platforms: Sequence[str]) -> dict[str, dict[str, CachedCount]]:
        """Every count with a number on one of the platforms, by page and platform. Reads the whole store."""

    def check_writable(self) -> None:
        """Write something and remove it. Raises `StoreError` where nothing can be written, as in a store that is full."""

    def summary(self) -> StoreSummary:
        """What is in the store, for the status page."""

    def waiting(self, now: float) -> int:
        """How many pages wait for their first request; `summary` counts them, too."""

    def close(self) -> None:
        """Close files and connections. The store can be used again afterwards."""
