"""Counts of Hacker News, from Algolia's search of it.

Source: the search's own pages (hn.algolia.com/api) and clients of 2026. It matches loosely, so the address of each hit is compared here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from shariff_py.platforms.count_sources.cached_count import CountResult, Unavailable
from shariff_py.platforms.count_sources.count_source import CountSource
from shariff_py.platforms.count_sources.credentials import Credentials
from shariff_py.platforms.count_sources.exchange import Reply, Request
from shariff_py.platforms.count_sources.replies import MALFORMED, as_json, at, failure, get, is_page, number, total
from shariff_py.platforms.stub import StubRequest, count_stub

MOST = 100
"""Hits per request. A page that was submitted more often cannot be counted and has no number."""


def build_request(pages: Sequence[str], credentials: Credentials) -> Request:
    """The stories that link to one page."""
    (page,) = pages
    words = {"tags": "story", "restrictSearchableAttributes": "url", "hitsPerPage": str(MOST), "query": page}
    return get(credentials, "/api/v1/search", page, **words)


def read(request: Request, reply: Reply) -> dict[str, CountResult]:
    """The points of all stories about the page itself. Nothing found is zero."""
    (page,) = request.pages
    return {page: failure(reply) or _points(page, as_json(reply.body))}


def _points(page: str, content: object) -> CountResult:
    hits, found = at(content, "hits"), number(at(content, "nbHits"))
    if not isinstance(hits, list) or isinstance(found, Unavailable):
        return MALFORMED
    if found.value > len(hits):
        return Unavailable("incomplete")
    return total([at(hit, "points") for hit in hits if is_page(at(hit, "url"), page)])


SOURCE = CountSource(
    host="hn.algolia.com",
    paths=re.compile(r"/api/v1/search"),
    batch=1,
    shortest_interval=timedelta(minutes=10),
    needs_credentials=False,
    per_hour=600,
    burst=10,
    counts="points of its stories",
    build_request=build_request,
    read=read,
)


def _stub(request: StubRequest) -> object:
    page = request.parameters["query"][0]
    points = request.number(page)
    hits = [] if points is None else [{"url": page, "points": points, "num_comments": 0, "objectID": "1"}]
    return {"hits": hits, "nbHits": len(hits), "nbPages": 1, "page": 0, "hitsPerPage": 100}


STUBS = (count_stub(SOURCE.paths, _stub),)
