"""Counts of Lemmy, as known to one of its servers (``platforms.lemmy.server``; default: the largest).

Source: clients of 2026. The interface is version 3, which Lemmy 1.0 still serves beside its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from shariff_py.platforms.count_sources.cached_count import CountResult, Unavailable
from shariff_py.platforms.count_sources.count_source import CountSource
from shariff_py.platforms.count_sources.credentials import Credentials
from shariff_py.platforms.count_sources.exchange import Reply, Request
from shariff_py.platforms.count_sources.replies import MALFORMED, as_json, at, failure, get, is_page, total
from shariff_py.platforms.stub import StubRequest, count_stub

MOST = 50
"""Posts per reply, at most."""


def build_request(pages: Sequence[str], credentials: Credentials) -> Request:
    """The posts that link to one page."""
    (page,) = pages
    return get(credentials, "/api/v3/search", page, q=page, type_="Url", listing_type="All", limit=str(MOST))


def read(request: Request, reply: Reply) -> dict[str, CountResult]:
    """The upvotes of all posts about the page itself. Nothing found is zero."""
    (page,) = request.pages
    return {page: failure(reply) or _upvotes(page, as_json(reply.body))}


def _upvotes(page: str, content: object) -> CountResult:
    posts = at(content, "posts")
    if not isinstance(posts, list):
        return MALFORMED
    if len(posts) >= MOST:
        return Unavailable("incomplete")
    return total([at(view, "counts", "upvotes") for view in posts if is_page(at(view, "post", "url"), page)])


SOURCE = CountSource(
    host="lemmy.world",
    paths=re.compile(r"/api/v3/search"),
    batch=1,
    shortest_interval=timedelta(minutes=20),
    needs_credentials=False,
    per_hour=300,
    burst=5,
    counts="upvotes of its posts",
    own_server=True,
    build_request=build_request,
    read=read,
)


def _stub(request: StubRequest) -> object:
    page = request.parameters["q"][0]
    votes = request.number(page)
    post = {"post": {"url": page}, "counts": {"upvotes": votes, "score": votes, "comments": 0}}
    return {"type_": "Url", "posts": [] if votes is None else [post], "comments": [], "communities": [], "users": []}


STUBS = (count_stub(SOURCE.paths, _stub),)
