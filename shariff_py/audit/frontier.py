"""The pages still to visit, shared by the threads that visit them."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from shariff_py.audit.contact import own_place
from shariff_py.audit.parties import is_own

NO_PAGE = (
    ".pdf", ".zip", ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".mp3", ".mp4", ".ics", ".doc", ".docx", ".xls", ".xlsx", ".odt",
    ".ods", ".xml", ".json", ".css", ".js", ".ico", ".txt", ".csv", ".gz", ".exe", ".dmg", ".rss", ".atom", ".vcf", ".epub",
)  # fmt: skip
"""Endings of what is no page. A link without one of these is tried."""


@dataclass(slots=True)
class Frontier:
    """The pages still to visit, each handed out once. ``depth`` is how many links may be followed from a named page.

    ``most`` bounds the number of pages, ``own`` are the site's places. Threads may share one. ``refused`` is what ``robots.txt`` keeps us from.
    """

    depth: int = 0
    most: int = 1000
    own: frozenset[str] = frozenset()
    planned: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    _waiting: deque[tuple[int, str, int]] = field(default_factory=deque)
    _known: set[str] = field(default_factory=set)
    _busy: int = 0
    _lock: threading.Condition = field(default_factory=threading.Condition)

    def add(self, urls: Iterable[str], depth: int = 0) -> None:
        """Plan these addresses, as named ones where ``depth`` is 0."""
        with self._lock:
            for url in urls:
                if len(self.planned) >= self.most:
                    return
                plain = url.partition("#")[0]
                if plain in self._known:
                    continue
                self._known.add(plain)
                self.planned.append(plain)
                self._waiting.append((len(self.planned), plain, depth))
            self._lock.notify_all()

    def follow(self, links: Iterable[str], depth: int, allows: Callable[[str], bool]) -> None:
        """Plan what links on a page of ``depth`` lead to: pages of the site for which ``allows`` (its ``robots.txt``) says yes."""
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

    def take(self) -> tuple[int, str, int] | None:
        """The next page as number, address and depth; waits while others may still find some; ``None`` when all is done."""
        with self._lock:
            while not self._waiting and self._busy:
                self._lock.wait(0.2)
            if not self._waiting:
                return None
            self._busy += 1
            return self._waiting.popleft()

    def done(self) -> None:
        """A page that was taken is visited."""
        with self._lock:
            self._busy -= 1
            self._lock.notify_all()

    def stop(self) -> list[str]:
        """Hand out nothing more. Returns what was not visited."""
        with self._lock:
            left = [url for _, url, _ in self._waiting]
            self._waiting.clear()
            self._lock.notify_all()
            return left

    def _is_page(self, url: str) -> bool:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and is_own(own_place(url), self.own)
            and not parts.path.lower().endswith(NO_PAGE)
        )
