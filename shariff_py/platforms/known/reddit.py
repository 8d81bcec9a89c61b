"""Counts of Reddit, which requires a login (403 for all anonymous requests since about 30 May 2026).

``platforms.reddit.token`` is ``CLIENT_ID:SECRET`` of an application that Reddit has approved; since November 2025 it often refuses.
Source: Reddit's documentation of OAuth2 and of its limits (100 requests per minute, in ``X-Ratelimit-*``).
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from datetime import timedelta

from shariff_py.platforms.count_sources.cached_count import CountResult, Unavailable
from shariff_py.platforms.count_sources.count_source import CountSource
from shariff_py.platforms.count_sources.credentials import Credentials, TokenRequest
from shariff_py.platforms.count_sources.exchange import QuotaHeaders, Reply, Request, retry_after
from shariff_py.platforms.count_sources.replies import MALFORMED, as_json, at, failure, get, total
from shariff_py.platforms.stub import StubRequest, count_stub

HOUR = 3600.0


def token_request(credentials: Credentials) -> Request:
    """Exchange the application's own credentials for a token; no person is involved."""
    basic = b64encode(credentials.token.encode()).decode()
    return Request(
        method="POST",
        host="www.reddit.com",
        path="/api/v1/access_token",
        headers={"authorization": f"Basic {basic}", "content-type": "application/x-www-form-urlencoded"},
        body=b"grant_type=client_credentials",
        pages=(),
    )


def read_token(reply: Reply) -> tuple[str, float] | Unavailable:
    """``{"access_token": "…", "expires_in": 86400}``; an error, whatever its status, means that the credentials are wrong."""
    content = as_json(reply.body)
    if reply.status in {400, 401, 403} or (reply.status == 200 and at(content, "error") is not None):
        return Unavailable("token")
    if failed := failure(reply):
        return failed
    token, seconds = at(content, "access_token"), at(content, "expires_in")
    if not isinstance(token, str) or not re.fullmatch(r"[!-~]+", token):
        return MALFORMED
    return token, float(seconds) if isinstance(seconds, int | float) and 0 < seconds < 1e7 else HOUR


def build_request(pages: Sequence[str], credentials: Credentials) -> Request:
    """The posts that link to one page."""
    (page,) = pages
    request = get(credentials, "/api/info", page, url=page)
    return Request(
        method="GET",
        host=credentials.host,
        path=request.path,
        headers={"authorization": f"Bearer {credentials.token}"},
        body=b"",
        pages=request.pages,
    )


def read(request: Request, reply: Reply) -> dict[str, CountResult]:
    """The scores of all posts about the page. Nothing found is zero: it searches everything it has."""
    return dict.fromkeys(request.pages, failure(reply) or _scores(as_json(reply.body)))


def parse_quota(reply: Reply, now: float) -> QuotaHeaders:
    """``X-Ratelimit-Used``, ``-Remaining`` and ``-Reset`` (seconds): how much of this period is used, and how long it lasts."""
    used, left, reset = (
        _amount(reply.headers.get(f"x-ratelimit-{name}", "")) for name in ("used", "remaining", "reset")
    )
    share = used / (used + left) if used is not None and left is not None and used + left > 0 else None
    waits = retry_after(reply, now).wait
    return QuotaHeaders(share, max(waits, reset or 0.0 if left is not None and left < 1 else 0.0))


def _scores(content: object) -> CountResult:
    posts = at(content, "data", "children")
    return total([at(post, "data", "score") for post in posts]) if isinstance(posts, list) else MALFORMED


def _amount(text: str) -> float | None:
    return float(text) if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", text.strip()) else None


SIGN_IN = TokenRequest("www.reddit.com", re.compile(r"/api/v1/access_token"), token_request, read_token)

SOURCE = CountSource(
    host="oauth.reddit.com",
    paths=re.compile(r"/api/info"),
    batch=1,
    shortest_interval=timedelta(minutes=10),
    needs_credentials=True,
    token_request=SIGN_IN,
    per_hour=1200,
    burst=20,
    counts="points of its posts",
    build_request=build_request,
    read=read,
    parse_quota=parse_quota,
)


def _stub(request: StubRequest) -> object:
    score = request.number(request.parameters["url"][0])
    posts = [] if score is None else [{"kind": "t3", "data": {"score": score, "num_comments": 0}}]
    return {"kind": "Listing", "data": {"children": posts, "after": None, "before": None}}


def _stub_of_sign_in(request: StubRequest) -> object:
    return {"access_token": STUB_TOKEN, "token_type": "bearer", "expires_in": 86_400, "scope": "*"}


STUB_TOKEN = "stand-in-token"  # noqa: S105 - what the stub gives to every client

STUBS = (
    count_stub(SOURCE.paths, _stub, signed_in_with=STUB_TOKEN),
    count_stub(SIGN_IN.paths, _stub_of_sign_in),
)
