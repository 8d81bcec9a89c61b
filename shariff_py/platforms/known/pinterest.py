"""Counts of Pinterest. The interface is undocumented; heise's back end (May 2026) and maintained plugins use it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import timedelta

from shariff_py.platforms.count_sources.cached_count import CountResult, Unavailable
from shariff_py.platforms.count_sources.count_source import CountSource
from shariff_py.platforms.count_sources.credentials import Credentials
from shariff_py.platforms.count_sources.exchange import Reply, Request
from shariff_py.platforms.count_sources.replies import MALFORMED, as_json, at, failure, get, number
from shariff_py.platforms.stub import StubRequest, count_stub

CALL = re.compile(rb"\s*\w*\((.*)\)\s*;?\s*", re.DOTALL)
"""The reply is a call of the function named in the request."""


def build_request(pages: Sequence[str], credentials: Credentials) -> Request:
    """How often one page was saved."""
    (page,) = pages
    return get(credentials, "/v1/urls/count.json", page, callback="x", url=page)


def read(request: Request, reply: Reply) -> dict[str, CountResult]:
    """``x({"url":"https://www.example.org/","count":17})``; ``"-"`` instead of a number: a page it does not know."""
    return dict.fromkeys(request.pages, failure(reply) or _saves(reply.body))


def _saves(body: bytes) -> CountResult:
    call = CALL.fullmatch(body)
    count = at(as_json(call[1]), "count") if call else None
    if count == "-":
        return Unavailable("unknown-page")
    return MALFORMED if count is None else number(count)


SOURCE = CountSource(
    host="api.pinterest.com",
    paths=re.compile(r"/v1/urls/count\.json"),
    batch=1,
    shortest_interval=timedelta(minutes=10),
    needs_credentials=False,
    per_hour=600,
    burst=10,
    counts="saves",
    build_request=build_request,
    read=read,
)


def _stub(request: StubRequest) -> object:
    page = request.parameters["url"][0]
    saves = request.number(page)
    return f"x({json.dumps({'url': page, 'count': '-' if saves is None else saves})})"


STUBS = (count_stub(SOURCE.paths, _stub, "application/javascript; charset=utf-8"),)
