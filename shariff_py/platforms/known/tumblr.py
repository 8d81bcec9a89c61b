"""Counts of Tumblr. The interface is undocumented; code of 2025 and 2026 uses it. Whether it still works is not known."""

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


def build_request(pages: Sequence[str], credentials: Credentials) -> Request:
    """How many notes the posts about one page have."""
    (page,) = pages
    return get(credentials, "/v2/share/stats", page, url=page)


def read(request: Request, reply: Reply) -> dict[str, CountResult]:
    """``{"meta":{"status":200},"response":{"note_count":17}}``. A page without posts has zero."""
    return dict.fromkeys(request.pages, failure(reply) or number(at(as_json(reply.body), "response", "note_count")))


SOURCE = CountSource(
    host="api.tumblr.com",
    paths=re.compile(r"/v2/share/stats"),
    batch=1,
    shortest_interval=timedelta(minutes=10),
    needs_credentials=False,
    per_hour=600,
    burst=10,
    counts="notes of its posts",
    build_request=build_request,
    read=read,
)


def _stub(request: StubRequest) -> object:
    page = request.parameters["url"][0]
    return {"meta": {"status": 200, "msg": "OK"}, "response": {"url": page, "note_count": request.number(page) or 0}}


STUBS = (count_stub(SOURCE.paths, _stub),)
