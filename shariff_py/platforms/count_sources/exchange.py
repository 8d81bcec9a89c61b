"""One HTTP exchange with a platform as data: the request before it is sent, the reply as it came."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Request:
    """One outgoing request, complete before anything is sent.

    ``host`` is the platform's own host, ``path`` its path and query, without any secret. Secrets are only in ``headers`` and
    ``body``, which are never logged. ``pages`` are the page addresses it is about, in the order of the results.
    """

    method: str
    host: str
    path: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    pages: tuple[str, ...]


class Reply(NamedTuple):
    """What came back: HTTP status, headers with lower-case names, body as received."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class QuotaHeaders(NamedTuple):
    """What a reply says about the platform's quota: the share ``used`` of it (``None``: not said), and how many seconds to ``wait``
    (0: not said)."""

    used: float | None = None
    wait: float = 0.0


def retry_after(reply: Reply, now: float) -> QuotaHeaders:
    """The wait in ``Retry-After``, in seconds or as a date (RFC 9110, section 10.2.3); a value that is neither says nothing."""
    value = reply.headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", value):
        return QuotaHeaders(wait=float(value))
    # Loads what a mail may be made of, for a reply that few platforms give.
    from email.utils import parsedate_to_datetime

    try:
        return QuotaHeaders(wait=max(0.0, parsedate_to_datetime(value).timestamp() - now))
    except (ValueError, OverflowError):
        return QuotaHeaders()
