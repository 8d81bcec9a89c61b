"""How counts are fetched from a platform: how to build the request and read the reply. Nothing here sends anything, so every reader is tested with
recorded replies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import NamedTuple

from shariff_py.platforms.count_sources.cached_count import CountResult
from shariff_py.platforms.count_sources.credentials import Credentials, TokenRequest
from shariff_py.platforms.count_sources.exchange import QuotaHeaders, Reply, Request, retry_after

ANY_PATH = re.compile(r"/.*")


class CountSource(NamedTuple):
    """How the counts of pages are fetched from a platform.

    host               the only host that requests are sent to
    own_server         whether a site may name another server of the same kind
    paths              pattern that the path of a request matches whole
    batch              pages per request
    shortest_interval  how soon the same page may be requested again
    per_hour, burst    pages per hour, and how many of them at once
    needs_credentials  whether it requires a token
    token_request      how credentials become a token (OAuth)
    version            of its interface, and ``version_ends`` when older ones end (ISO dates)
    counts             in a few words, what the number counts

    ``build_request(pages, credentials)`` gives the request. ``read(request, reply)`` gives a result for each page of the request and never raises.
    ``parse_quota(reply, now)`` reads what the reply says about the platform's quota.
    """

    host: str
    batch: int
    shortest_interval: timedelta
    needs_credentials: bool
    build_request: Callable[[Sequence[str], Credentials], Request]
    read: Callable[[Request, Reply], dict[str, CountResult]]
    parse_quota: Callable[[Reply, float], QuotaHeaders] = retry_after
    paths: re.Pattern[str] = ANY_PATH
    per_hour: int = 600
    burst: int = 30
    counts: str = ""
    own_server: bool = False
    token_request: TokenRequest | None = None
    version: str = ""
    version_ends: Mapping[str, str] = MappingProxyType({})
