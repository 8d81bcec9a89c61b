"""Counts of Hatena Bookmark.

Source: Hatena's documentation of its count interface and clients of 2026. It takes up to fifty addresses per request and requests a few
seconds between requests.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from urllib.parse import urlencode

from shariff_py.platforms.count_sources.cached_count import CountResult
from shariff_py.platforms.count_sources.count_source import CountSource
from shariff_py.platforms.count_sources.credentials import Credentials
from shariff_py.platforms.count_sources.exchange import Reply, Request
from shariff_py.platforms.count_sources.replies import MALFORMED, as_json, failure, number
from shariff_py.platforms.stub import StubRequest, count_stub


def build_request(pages: Sequence[str], credentials: Credentials) -> Request:
    """How many people have bookmarked each page."""
    path = f"/count/entries?{urlencode([('url', page) for page in pages])}"
    return Request(method="GET", host=credentials.host, path=path, headers={}, body=b"", pages=tuple(pages))


def read(request: Request, reply: Reply) -> dict[str, CountResult]:
    """``{"https://www.example.org/": 17}``. It names every address of the request; no bookmark is zero."""
    content = as_json(reply.body)
    if failed := failure(reply):
        return dict.fromkeys(request.pages, failed)
    if not isinstance(content, Mapping):
        return dict.fromkeys(request.pages, MALFORMED)
    return {page: number(content.get(page)) for page in request.pages}


SOURCE = CountSource(
    host="bookmark.hatenaapis.com",
    paths=re.compile(r"/count/entries"),
    # Half of what it takes: addresses of usual length then fit into the 8 kB that servers read of a request line.
    batch=25,
    shortest_interval=timedelta(minutes=10),
    needs_credentials=False,
    per_hour=1500,
    burst=25,
    counts="bookmarks",
    build_request=build_request,
    read=read,
)


def _stub(request: StubRequest) -> object:
    return {page: request.number(page) or 0 for page in request.parameters["url"]}


STUBS = (count_stub(SOURCE.paths, _stub),)
