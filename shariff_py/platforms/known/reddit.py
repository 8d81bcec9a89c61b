"""Reddit: posts and comments; and counts of both, for which it requires a login (403 for all anonymous requests since about 30 May 2026).

Sources of the record: pasted code in public sites, old and new, and public code for the frame of a comment. The hosts, and the name that its older script
leaves, were not confirmed.

``platforms.reddit.token`` is ``CLIENT_ID:SECRET`` of an application that Reddit has approved; since November 2025 it often refuses.
Source of the counts: Reddit's documentation of OAuth2 and of its limits (100 requests per minute, in ``X-Ratelimit-*``).
"""

from __future__ import annotations

import re
from binascii import b2a_base64
from collections.abc import Sequence
from datetime import date, timedelta

from shariff_py.platforms import companies
from shariff_py.platforms.count_sources.cached_count import CountResult, Unavailable
from shariff_py.platforms.count_sources.count_source import CountSource
from shariff_py.platforms.count_sources.credentials import Credentials, TokenRequest
from shariff_py.platforms.count_sources.exchange import QuotaHeaders, Reply, Request, retry_after
from shariff_py.platforms.count_sources.replies import MALFORMED, as_json, at, failure, get, total
from shariff_py.platforms.embed_kind import USUAL_DISCLOSURES, EmbedKind, HeightMessage, Parameter, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform, ScriptGlobal, ShareLink
from shariff_py.platforms.stub import StubRequest, count_stub

HOUR = 3600.0


def token_request(credentials: Credentials) -> Request:
    """Exchange the application's own credentials for a token; no person is involved."""
    basic = b2a_base64(credentials.token.encode(), newline=False).decode()
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


CONTENT = r"/(?P<place>(?:r|u|user)/[\w-]+)/comments/(?P<id>\w+)(?:/[^/?]*(?:/(?P<comment>\w+))?)?/?"
"""The title stands between a post and its comment, or the word ``comment``."""

PLATFORM = Platform(
    name="reddit",
    title="Reddit",
    operator=companies.REDDIT,
    hosts=("reddit.com", "redd.it", "redditstatic.com", "redditmedia.com"),
    content_hosts=patterns(r"(?:(?:www|old|new|np|m|[a-z]{2})\.)?reddit\.com"),
    public_host="www.reddit.com",
    script_marks=patterns(
        r"(?i)\bembed\.reddit(?:media)?\.com\b", r"(?i)\bredditstatic\.com\b", r"(?i)\bwww\.redditmedia\.com\b"
    ),
    script_globals=(
        ScriptGlobal("rembeddit", Pattern(r"(?i)redditstatic\.com[\\/]++comment-embed")),
        ScriptGlobal("rdt", Pattern(r"(?i)redditstatic\.com[\\/]++ads"), is_function=True),
    ),
    embeds=(
        EmbedKind(
            "post",
            links=forms(CONTENT),
            frames=forms(CONTENT, host=r"embed\.reddit\.com|www\.redditmedia\.com"),
            public=(
                "https://www.reddit.com/{place}/comments/{id}/comment/{comment}/",
                "https://www.reddit.com/{place}/comments/{id}/",
            ),
            frame=(
                "https://embed.reddit.com/{place}/comments/{id}/comment/{comment}/?embed=true",
                "https://embed.reddit.com/{place}/comments/{id}/?embed=true",
            ),
            classes=frozenset({"reddit-embed-bq", "reddit-card"}),
            markers={"data-embed-media": frozenset({"www.redditmedia.com", "embed.reddit.com"})},
            tags=frozenset({"amp-reddit"}),
            element_attributes={"data-src": "{}"},
            address_in_link=True,
            parameters=(
                Parameter("width", "number", 200, 1920, common=True, in_frame=False),
                Parameter("height", "number", 80, 2000, common=True, in_frame=False, also=("data-embed-height",)),
            ),
            size=Size(640, 500),
            height_message=HeightMessage(("data",), ("type",), "resize.embed"),
            features=("fullscreen", "picture-in-picture"),
            samples=(
                "https://www.reddit.com/r/musterstadt/comments/1abc2d/neues_aus_dem_rat/",
                "https://www.reddit.com/r/musterstadt/comments/1abc2d/comment/k1abcde/",
            ),
        ),
    ),
    share=ShareLink(
        "https://www.reddit.com/submit?url={url}&title={title}", receiver="Reddit Netherlands B.V.", country="US"
    ),
    colour="#c23500",
    icon=Icon(
        "M12 7c5 0 9 2.8 9 6.5S17 20 12 20s-9-2.8-9-6.5S7 7 12 7zm-3.5 4a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4zm7 0a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4zM8.5 16c2 1.7 5 1.7 7 0l.8 1c-2.5 2.2-6 2.2-8.6 0zM12 6.5l1-4 3.7.9a1.5 1.5 0 1 1-.3 1.1L13.9 3.9l-.7 2.7z"
    ),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
