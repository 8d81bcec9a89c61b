"""What is asked of a platform and how its answer is read: a request, a reply, and what is known afterwards.

A platform says *what to ask* and *how to read*; it never asks. So every reader is tested with recorded replies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parsedate_to_datetime


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


CountResult = Count | Unavailable


@dataclass(frozen=True, slots=True)
class CachedCount:
    """What is known about one page on one platform, with its age.

    ``value`` is the last good number (``None``: there never was one) and ``as_of`` when it was read; ``tried_at`` is when it was last
    asked for and ``reason`` why that gave no number (empty: it did). Of a sum over several addresses ``as_of`` is when its oldest part
    was read, and ``latest`` when its newest was, where that is another time. Times are Unix seconds.
    """

    value: int | None
    as_of: float
    tried_at: float
    reason: str = ""
    latest: float = 0.0

    @property
    def newest_at(self) -> float:
        """When any part of the number was last read."""
        return max(self.as_of, self.latest)

    def after(self, reading: CountResult, now: float) -> CachedCount:
        """What is known after another attempt: a failed one keeps the last good number and its age."""
        if isinstance(reading, Count):
            return CachedCount(reading.value, as_of=now, tried_at=now)
        return CachedCount(self.value, self.as_of, tried_at=now, reason=reading.reason)


NEVER_FETCHED = CachedCount(None, as_of=0.0, tried_at=0.0, reason="never-asked")


@dataclass(frozen=True, slots=True)
class QuotaHeaders:
    """What a reply says about how much may be asked: the share ``used`` of the platform's allowance (``None``: not said), and how many
    seconds to ``wait`` (0: not said)."""

    used: float | None = None
    wait: float = 0.0


def retry_after(reply: Reply, now: float) -> QuotaHeaders:
    """What ``Retry-After`` says, in seconds or as a date (RFC 9110, section 10.2.3); nonsense says nothing."""
    value = reply.headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", value):
        return QuotaHeaders(wait=float(value))
    try:
        return QuotaHeaders(wait=max(0.0, parsedate_to_datetime(value).timestamp() - now))
    except (ValueError, OverflowError):
        return QuotaHeaders()


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request needs beside the pages: the host that is asked, the token it wants, the version of its interface."""

    host: str
    token: str = field(default="", repr=False)
    version: str = ""


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """How credentials become a token, where a platform wants that (OAuth). ``read`` gives the token and how many seconds it holds, or
    why there is none; it never raises."""

    host: str
    paths: re.Pattern[str]
    ask: Callable[[Credentials], Request]
    read: Callable[[Reply], tuple[str, float] | Unavailable]


ANY_PATH = re.compile(r"/.*")


@dataclass(frozen=True, slots=True)
class CountSource:
    """How a platform is asked for the counts of pages.

    ``host`` is the only host asked, with paths that match ``paths`` whole; where ``own_server`` is true, a site may name another
    server of the same kind. ``batch`` is how many pages fit in one request, ``shortest_interval`` how soon the same page may be asked
    again, ``per_hour`` how many pages are asked about in an hour and ``burst`` how many of them at once. ``needs_credentials`` says
    that it answers nobody without a token.

    ``ask(pages, access)`` builds the request; ``read(request, reply)`` tells for each page of the request what is now known and never
    raises; ``parse_quota(reply, now)`` reads what the reply says about the allowance. ``counts`` says in a few words what the number counts.
    """

    host: str
    batch: int
    shortest_interval: timedelta
    needs_credentials: bool
    ask: Callable[[Sequence[str], Credentials], Request]
    read: Callable[[Request, Reply], dict[str, CountResult]]
    parse_quota: Callable[[Reply, float], QuotaHeaders] = retry_after
    paths: re.Pattern[str] = ANY_PATH
    per_hour: int = 600
    burst: int = 30
    counts: str = ""
    own_server: bool = False
    sign_in: TokenRequest | None = None
    version: str = ""
    version_ends: Mapping[str, str] = field(default_factory=dict)
