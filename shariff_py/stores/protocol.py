"""What a store of counts can do. Every store passes the same tests; nothing outside this folder knows which one it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Protocol

from shariff_py.counts.refresh_policy import FURTHEST, KnownPage
from shariff_py.counts.standing import Standing
from shariff_py.platforms.cached_count import CachedCount, CountResult

__all__ = [
    "FURTHER",
    "FURTHEST",
    "LISTED",
    "LONGEST_LEASE",
    "NOT_PUT_OFF",
    "NUMBER",
    "REPORTS_KEPT",
    "SEEN_PRECISION",
    "SOON",
    "UNSEEN",
    "Finding",
    "Reported",
    "Store",
    "StoreSummary",
]

LONGEST_LEASE = 3600.0
"""Seconds. A lease that ends further ahead was written by a clock that ran wrong, and binds nobody."""

SEEN_PRECISION = 3600.0
"""Seconds. A page seen again within this time of its last noted view is not noted again: most views write nothing."""

SOON = 1800.0
"""Seconds. No shorter than any platform's shortest interval, which is kept that way."""

UNSEEN = 30 * 86_400.0
"""Seconds. A page that nobody has seen and the site has not named for so long makes room for pages the site names."""

NUMBER, LISTED = 1, 2
"""What makes a page worth keeping, added up: it had a number above zero on some platform, the site named it. Zero is no such number:
most platforms answer it about any address somebody made up."""

REPORTS_KEPT = timedelta(days=90)
"""What was not reported again within this time is forgotten with the next report."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the page's policy held back, or where not ``enforced`` would have. No more than this is kept of a report.

    ``blocked`` is an origin or a word (``inline``), ``directive`` the rule that held it back, ``page`` a canonical address of the site.
    """

    blocked: str
    directive: str
    page: str
    enforced: bool


@dataclass(frozen=True, slots=True)
class Reported(Finding):
    """A finding with how often browsers reported it, and the first and last day they did."""

    times: int
    first: date
    last: date


NOT_PUT_OFF: Mapping[str, float] = MappingProxyType({})

FURTHER = "(further)"
"""What stands for ``blocked`` in the row under which all findings are counted that there was no room for."""


@dataclass(frozen=True, slots=True)
class StoreSummary:
    """What is in the store: ``pages``, and how many of them have a number, by platform. ``dropped`` pages made room for others since
    this process began."""

    pages: int = 0
    dropped: int = 0
    with_number: Mapping[str, int] = field(default_factory=dict)


class Store(Protocol):
    """Pages, what is known about them, and who may ask. Times are Unix seconds; addresses are canonical already.

    Safe between threads; every method raises `StoreError` where the store cannot be reached, read or written, and works again as
    soon as it can be. All processes, and with Redis all machines, that open the same address share one store.
    """

    def track(self, page: str, now: float) -> None:
        """Note a page to be asked about, or, to `SEEN_PRECISION`, that a known one was seen at ``now``.

        A new page is due at once. Where there is no room, a page of the least worth (`NUMBER`, `LISTED`) is dropped, of those the one
        that was not seen for longest: addresses that somebody made up are worth nothing, and so cannot push out real pages.
        """

    def import_pages(self, pages: Mapping[str, float | None], now: float) -> tuple[int, int]:
        """Note pages the site itself names, each with when it last changed (``None``: not told): how many were new, and how many new
        ones were left out because there is no room.

        A page that has changed since it was last told is due everywhere within `SOON`. Room is made by pages worth nothing, and by those
        nobody has seen for `UNSEEN`; what else is there stays, with its numbers.
        """

    def read(self, page: str) -> dict[str, CachedCount]:
        """What is known about a page, by platform; nothing for a page that was never asked about."""

    def due(self, platform: str, now: float, most: int, *, furthest: float = FURTHEST) -> list[KnownPage]:
        """The registered pages whose time has come on the platform, those that waited longest first; at most so many.

        A time more than ``furthest`` seconds ahead was written by a clock that ran wrong, and has come.
        """

    def record(
        self,
        platform: str,
        readings: Mapping[str, CountResult],
        now: float,
        *,
        next_at: Mapping[str, float] = NOT_PUT_OFF,
        fence: int | None = None,
    ) -> None:
        """Take in what an attempt at ``now`` gave for each page, all or nothing; ``next_at`` is when each is due again (default: at once).

        A failed attempt keeps the last good number and its age. Pages that are not registered are left out. ``fence`` is the lease
        under which it was asked: raises `LeaseLost`, and writes nothing, where somebody else has taken it since.
        """

    def lease(self, holder: str, seconds: float) -> int:
        """Take or renew the right to ask, for so many seconds from now by the store's own clock (at most `LONGEST_LEASE`).

        Returns its fence, a number that is larger for each new holder, or 0 where somebody else has the lease. Zero seconds give it
        back. There is one lease per store.
        """

    def load_state(self, platform: str) -> Standing:
        """How the platform stands with us."""

    def save_state(self, platform: str, standing: Standing, fence: int | None = None) -> None:
        """Write that down. Raises `LeaseLost` as `record` does."""

    def all_counts(self, platforms: Sequence[str]) -> dict[str, dict[str, CachedCount]]:
        """Everything that holds a number: by page, and by platform of those that are named. This looks through the whole store."""

    def report(self, findings: Iterable[Finding], day: date, most: int) -> None:
        """Count findings reported on a day, all or nothing. So many different ones are kept; others count as `FURTHER`."""

    def reports(self) -> list[Reported]:
        """What was reported, the most frequent first. A store nothing was written to yet is not made by asking."""

    def check_writable(self) -> None:
        """Write something and take it back. Raises `StoreError` where nothing can be written, as in a store that is full."""

    def summary(self) -> StoreSummary:
        """What is in the store, for the status page."""

    def close(self) -> None:
        """Let go of files and connections. The store can be used again afterwards."""
