"""What is asked of a platform and how its answer is read: a request, a reply, and what is known afterwards.

A platform says *what to ask* and *how to read*; it never asks. So every reader is tested with recorded replies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Count:
    """A known number of shares, reactions and comments, zero included."""

    value: int


@dataclass(frozen=True, slots=True)
class Unavailable:
    """No number is known, and why: one short word (``malformed``, ``rate-limited``, ``timeout``). Never shown as zero."""

    reason: str


@dataclass(frozen=True, slots=True)
class Request:
    """One outgoing request, complete before anything is sent.

    ``host`` is the platform's own host, ``path`` what is asked there, without any secret. Secrets are only in ``headers`` and
    ``body``, which are never logged. ``pages`` are the page addresses it is about, in the order of the answers.
    """

    method: str
    host: str
    path: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: HTTP status, headers with lower-case names, body as received."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Reading = Count | Unavailable


@dataclass(frozen=True, slots=True)
class StoredReading:
    """What is known about one page on one platform, with its age.

    ``value`` is the last good number (``None``: there never was one) and ``as_of`` when it was read; ``tried_at`` is when it was last
    asked for and ``reason`` why that gave no number (empty: it did). Times are Unix seconds.
    """

    value: int | None
    as_of: float
    tried_at: float
    reason: str = ""

    def after(self, reading: Reading, now: float) -> StoredReading:
        """What is known after another attempt: a failed one keeps the last good number and its age."""
        if isinstance(reading, Count):
            return StoredReading(reading.value, as_of=now, tried_at=now)
        return StoredReading(self.value, self.as_of, tried_at=now, reason=reading.reason)


NEVER_READ = StoredReading(None, as_of=0.0, tried_at=0.0, reason="never-asked")


@dataclass(frozen=True, slots=True)
class CountSource:
    """How a platform is asked for the counts of pages.

    ``host`` is the only host asked. ``batch`` is how many pages fit in one request, ``shortest_interval`` how soon the same page
    may be asked again. ``needs_credentials`` says that it answers nobody without a token. ``ask(pages, credentials, version)``
    builds the request; ``read(request, reply)`` tells for each page of the request what is now known and never raises.
    """

    host: str
    batch: int
    shortest_interval: timedelta
    needs_credentials: bool
    ask: Callable[[Sequence[str], str, str], Request]
    read: Callable[[Request, Reply], dict[str, Reading]]
    version: str = ""
    version_ends: Mapping[str, str] = field(default_factory=dict)
