"""Counts of VK. The interface is undocumented; heise's back end uses it (May 2026)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from shariff_py.platforms.count_sources.cached_count import CountResult
from shariff_py.platforms.count_sources.count_source import CountSource
from shariff_py.platforms.count_sources.credentials import Credentials
from shariff_py.platforms.count_sources.exchange import Reply, Request
from shariff_py.platforms.count_sources.replies import MALFORMED, failure, get, number
from shariff_py.platforms.stub import StubRequest, count_stub

CALL = re.compile(rb'\s*VK\.Share\.count\(1, ?(?P<quote>"?)(?P<count>[0-9]{1,16})(?P=quote)\);?\s*')


def build_request(pages: Sequence[str], credentials: Credentials) -> Request:
    """How often one page was shared."""
    (page,) = pages
    return get(credentials, "/share.php", page, act="count", index="1", url=page)


def read(request: Request, reply: Reply) -> dict[str, CountResult]:
    """``VK.Share.count(1, 17);``. Pages without shares and unknown pages look the same: zero."""
    call = CALL.fullmatch(reply.body)
    found = number(call["count"].decode()) if call else MALFORMED
    return dict.fromkeys(request.pages, failure(reply) or found)


SOURCE = CountSource(
    host="vk.com",
    paths=re.compile(r"/share\.php"),
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
    return f"VK.Share.count(1, {request.number(request.parameters['url'][0]) or 0});"


STUBS = (count_stub(SOURCE.paths, _stub, "text/html; charset=windows-1251"),)
