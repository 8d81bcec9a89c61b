"""Counts of OK. The interface is undocumented; the WordPress plugin Shariff Wrapper uses it (January 2025), as does react-share (March 2026)."""

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
    """How often one page was shared."""
    (page,) = pages
    return get(credentials, "/dk", page, **{"st.cmd": "extLike", "tp": "json", "ref": page})


def read(request: Request, reply: Reply) -> dict[str, CountResult]:
    """``{"count": 17}``. Pages without shares and unknown pages look the same: zero."""
    return dict.fromkeys(request.pages, failure(reply) or number(at(as_json(reply.body), "count")))


SOURCE = CountSource(
    host="connect.ok.ru",
    paths=re.compile(r"/dk"),
    batch=1,
    shortest_interval=timedelta(minutes=10),
    needs_credentials=False,
    per_hour=600,
    burst=10,
    counts="shares",
    build_request=build_request,
    read=read,
)


def _stub(request: StubRequest) -> object:
    return {"count": request.number(request.parameters["ref"][0]) or 0}


STUBS = (count_stub(SOURCE.paths, _stub),)
