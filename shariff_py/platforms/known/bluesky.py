"""Counts of Bluesky, from Constellation: an index of all links in its network, run by volunteers.

Source: the index's own pages and clients (late 2026). It has counted since 28 January 2025 and wants clients to name themselves. Bluesky's
own search requires a login. ``platforms.bluesky.server`` names another copy of the index.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from shariff_py.platforms.count_sources.cached_count import CountResult
from shariff_py.platforms.count_sources.count_source import CountSource
from shariff_py.platforms.count_sources.credentials import Credentials
from shariff_py.platforms.count_sources.exchange import Reply, Request
from shariff_py.platforms.count_sources.replies import as_json, at, failure, get, number
from shariff_py.platforms.stub import StubRequest, count_stub

CARD = "app.bsky.feed.post:embed.external.uri"
"""Posts with a card of the page. Links within the text are counted apart; most posts have both and would count twice."""


def build_request(pages: Sequence[str], credentials: Credentials) -> Request:
    """How many posts have a card of one page."""
    (page,) = pages
    return get(credentials, "/xrpc/blue.microcosm.links.getBacklinksCount", page, subject=page, source=CARD)


def read(request: Request, reply: Reply) -> dict[str, CountResult]:
    """``{"total": 17}``. The index holds every post, so nothing found is zero."""
    return dict.fromkeys(request.pages, failure(reply) or number(at(as_json(reply.body), "total")))


SOURCE = CountSource(
    host="constellation.microcosm.blue",
    paths=re.compile(r"/xrpc/blue\.microcosm\.links\.getBacklinksCount"),
    batch=1,
    shortest_interval=timedelta(minutes=20),
    needs_credentials=False,
    per_hour=300,
    burst=5,
    counts="posts with a card of the page",
    own_server=True,
    build_request=build_request,
    read=read,
)


def _stub(request: StubRequest) -> object:
    return {"total": request.number(request.parameters["subject"][0]) or 0}


STUBS = (count_stub(SOURCE.paths, _stub),)
