"""The pages still to visit, shared by the threads that visit them."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlsplit

from shariff_py.audit.evidence.contact import endpoint_of_url
from shariff_py.audit.evidence.parties import is_own

NO_PAGE = (
    ".pdf", ".zip", ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".mp3", ".mp4", ".ics", ".doc", ".docx", ".xls", ".xlsx", ".odt",
    ".ods", ".xml", ".json", ".css", ".js", ".ico", ".txt", ".csv", ".gz", ".exe", ".dmg", ".rss", ".atom", ".vcf", ".epub",
)  # fmt: skip
"""Endings of what is no page. A link without one of these is tried."""


class Planned(NamedTuple):
    """A page to visit: its number, from 1 in the order of planning, its address, and how many links lead to it from a named one."""

    number: int
    url: str
    depth: int


@dataclass(slots=True)
class Frontier:
    """The pages of a run, each returned once. ``depth`` is how many links may be followed from a named page.

    ``most`` bounds the number of pages, ``own`` are the site's endpoints. ``note`` is called with each page as it is planned, in order.
    Threads may share one. ``refused`` are addresses that ``robots.txt`` disallows.
    """

    depth: int = 0
    most: int = 1000
    own: frozenset[str] = frozenset()
    note: Callable[[Planned], None] = lambda page: None
    planned: list[Planned] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    _waiting: deque[Planned] = field(default_factory=deque)
    _known: set[str] = field(default_factory=set)
    _saved: set[int] = field(default_factory=set)
    _busy: int = 0
    _lock: threading.Condition = field(default_factory=threading.Condition)

    def add(self, urls: Iterable[str], depth: int = 0) -> None:
        """Plan these addresses, as named ones where ``depth`` is 0."""
        with self._lock:
            for url in urls:
                if len(self.planned) >= self.most:
                    return
                if url in self._known:
                    continue
                page = Planned(len(self.planned) + 1, url, depth)
                self.note(page)
                self._known.add(url)
                self.planned.append(page)
                self._waiting.append(page)
            self._lock.notify_all()

    def follow(self, links: Iterable[str], depth: int, allows: Callable[[str], bool]) -> None:
        """Plan the targets of links on a page of ``depth``: pages of the site that ``allows`` (its ``robots.txt``) permits."""
        if depth >= self.depth:
            return
        fitting = []
        for link in links:
            plain = link.partition("#")[0]
            if plain in self._known or not self._is_page(plain):
                continue
            if allows(plain):
                fitting.append(plain)
            elif plain not in self.refused:
                self.refused.append(plain)
        self.add(fitting, depth + 1)

    def take(self) -> Planned | None:
        """The next page; waits while others may still find some; ``None`` when all is done. Callers report it with `done`."""
        with self._lock:
            while not self._waiting and self._busy:
                self._lock.wait(0.2)
            if not self._waiting:
                return None
            self._busy += 1
            return self._waiting.popleft()

    def saved(self, page: Planned) -> None:
        """The evidence of this page is there."""
        with self._lock:
            self._saved.add(page.number)

    def done(self) -> None:
        """A page that was taken is finished, saved or not."""
        with self._lock:
            self._busy -= 1
            self._lock.notify_all()

    def stop(self) -> None:
        """Return no more pages."""
        with self._lock:
            self._waiting.clear()
            self._lock.notify_all()

    def has(self, page: Planned) -> bool:
        """Whether the evidence of a page is there. All others are missing, those that were being visited when the run stopped as well."""
        return page.number in self._saved

    def _is_page(self, url: str) -> bool:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and is_own(endpoint_of_url(url), self.own)
            and not parts.path.lower().endswith(NO_PAGE)
        )
