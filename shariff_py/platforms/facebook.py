"""Facebook, as of November 2026.

Sources: Meta's plugin pages (page plugin 30 June 2026, embedded posts 11 May 2026, embedded video May 2022) for parameters and
sizes; Meta's announcement of 10 November 2025 for the end of Like and Comments on 10 February 2026; the Graph API changelog in
its localised editions for versions; heise's shariff-backend-php for the field that still answers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from urllib.parse import quote, urlencode

from shariff_py.platforms.exchange import Count, CountSource, Reading, Reply, Request, Unavailable
from shariff_py.platforms.record import (
    EmbedKind,
    Icon,
    Operator,
    Parameter,
    Platform,
    ShareLink,
    Size,
    Transfer,
)

END_OF_LIKE_AND_COMMENTS = date(2026, 2, 10)
END_OF_OLD_PLUGINS = date(2015, 6, 23)


USUAL_SIZE = Size(500, 500)


def _patterns(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


def _kind(
    name: str,
    *,
    frames: tuple[str, ...] = (),
    markup: tuple[str, ...] = (),
    links: tuple[re.Pattern[str], ...] = (),
    keeps_query: frozenset[str] = frozenset(),
    parameters: tuple[Parameter, ...] = (),
    size: Size = USUAL_SIZE,
    becomes: str = "gate",
    retired: date | None = None,
    not_content: frozenset[str] = frozenset(),
    address_from: Mapping[str, str] | None = None,
) -> EmbedKind:
    """A kind whose SDK markup is ``fb-NAME`` as a class and ``fb:NAME`` as a tag, and whose frame is ``/plugins/NAME.php``."""
    words = markup or (name,)
    return EmbedKind(
        name=name,
        frame_paths=(f"/plugins/{name.replace('-', '_')}.php", *frames),
        address_from=address_from or {"href": "{}"},
        classes=frozenset(f"fb-{word}" for word in words),
        tags=frozenset(f"fb:{form}" for word in words for form in (word, word.replace("-", "_"))),
        links=links,
        keeps_query=keeps_query,
        not_content=not_content,
        parameters=parameters,
        size=size,
        becomes=becomes,
        retired=retired,
    )


NOT_A_PAGE = frozenset(
    {
        "ads", "bookmarks", "checkpoint", "dialog", "directory", "events", "feed", "friends", "gaming", "groups", "hashtag", "help",
        "home", "legal", "login", "logout", "marketplace", "me", "media", "memories", "messages", "notifications", "photo", "photos",
        "plugins", "policies", "privacy", "public", "recover", "reel", "reg", "saved", "search", "settings", "share", "sharer",
        "stories", "terms", "tr", "v", "video", "videos", "watch",
    }
)  # fmt: skip
"""First path segments that are functions of the site, not names of pages."""

PAGE_TABS = frozenset({"timeline", "events", "messages"})

KINDS = (
    _kind(
        "video",
        frames=("/video/embed",),
        address_from={"href": "{}", "video_id": "https://www.facebook.com/watch/?v={}"},
        links=_patterns(
            r"/watch/(?:live/)?\?v=[0-9]+",
            r"/watch\?v=[0-9]+",
            r"/video\.php\?v=[0-9]+",
            r"/(?:[^/?]+/)?videos/(?:[^?]*/)?[0-9]+/?",
            r"/reel/[0-9]+/?",
            r"/share/[vr]/[\w-]+/?",
        ),
        keeps_query=frozenset({"v"}),
        parameters=(
            Parameter("width", "number", 220, 1920, default="500"),
            Parameter("height", "number", 120, 1920),
            Parameter("show_text", "flag", default="false"),
            Parameter("show_captions", "flag"),
            Parameter("t", "number", 0, 86_400),
        ),
        size=Size(500, 282),
    ),
    _kind(
        "post",
        links=_patterns(
            r"/[^/?]+/posts/[^?]+",
            r"/(?:permalink|story)\.php\?(?:id=[0-9]+&)?story_fbid=[\w]+(?:&id=[0-9]+)?",
            r"/(?:[^/?]+/)?photos?/[^?]+",
            r"/photo(?:\.php)?/?\?fbid=[0-9]+.*",
            r"/media/set/?\?set=[\w.]+",
            r"/groups/[^/?]+/(?:posts|permalink)/[0-9]+/?",
            r"/notes/[^?]+",
            r"/share/p/[\w-]+/?",
        ),
        keeps_query=frozenset({"story_fbid", "id", "fbid", "set"}),
        parameters=(
            Parameter("width", "number", 350, 750, default="500"),
            Parameter("height", "number", 70, 2000),
            Parameter("show_text", "flag", default="true"),
        ),
        size=Size(500, 600),
    ),
    _kind(
        "page",
        frames=("/plugins/likebox.php", "/plugins/fan.php"),
        markup=("page", "like-box", "fan"),
        links=_patterns(
            r"/profile\.php\?id=[0-9]+",
            r"/(?:pages|people|pg|p)/[^?]+",
            r"/(?!(?:pages|people|pg)/?$|[^/]*\.php)[\w.\-%]{2,}/?",
        ),
        keeps_query=frozenset({"id"}),
        not_content=NOT_A_PAGE,
        parameters=(
            Parameter("tabs", "choices", choices=PAGE_TABS, default="timeline"),
            Parameter("width", "number", 180, 500, default="500"),
            Parameter("height", "number", 70, 2000, default="500"),
            Parameter("small_header", "flag"),
            Parameter("hide_cover", "flag"),
            Parameter("hide_cta", "flag"),
            Parameter("show_facepile", "flag"),
            Parameter("adapt_container_width", "flag", default="true"),
        ),
        size=Size(500, 500),
    ),
    _kind("share-button", frames=("/plugins/share.php",), markup=("share-button", "share"), becomes="share"),
    _kind("like", retired=END_OF_LIKE_AND_COMMENTS, becomes="nothing"),
    _kind(
        "comments",
        frames=("/plugins/comment_embed.php", "/plugins/feedback.php"),
        markup=("comments", "comments-count", "comment-embed"),
        retired=END_OF_LIKE_AND_COMMENTS,
        becomes="nothing",
    ),
    *(
        _kind(name, retired=END_OF_OLD_PLUGINS, becomes="nothing")
        for name in ("send", "follow", "subscribe", "activity", "facepile", "recommendations", "quote", "save")
    ),
)


def ask(pages: Sequence[str], token: str, version: str) -> Request:
    """One Graph API batch for up to 50 pages.

    ``og_object{engagement}`` is the variant that still answers with real numbers (plain ``engagement`` returns zeros for small
    sites). The token travels in the header of the request, never in an address.
    """
    fields = "og_object{engagement}"
    batch = [
        {"method": "GET", "relative_url": f"{version}/?id={quote(page, safe='')}&fields={quote(fields, safe='')}"}
        for page in pages
    ]
    body = urlencode({"batch": json.dumps(batch, separators=(",", ":")), "include_headers": "false"}).encode()
    return Request(
        method="POST",
        host="graph.facebook.com",
        path=f"/{version}/",
        headers={"authorization": f"Bearer {token}", "content-type": "application/x-www-form-urlencoded"},
        body=body,
        pages=tuple(pages),
    )


RATE_LIMIT_CODES = frozenset({4, 17, 32, 341, 613, 80001, 80002})
TOKEN_CODES = frozenset({102, 190})
PERMISSION_CODES = frozenset({3, 10, *range(200, 300)})
TEMPORARY_CODES = frozenset({1, 2})


def read(request: Request, reply: Reply) -> dict[str, Reading]:
    """What a batch's reply says about each of its pages. Never raises; what cannot be read is `Unavailable`, never zero."""
    answers = _json(reply.body)
    if isinstance(answers, Mapping) and "error" in answers:
        return dict.fromkeys(request.pages, _reason(answers["error"]))
    if reply.status != 200:
        return dict.fromkeys(request.pages, Unavailable(_status_reason(reply.status)))
    if not isinstance(answers, list) or len(answers) != len(request.pages):
        return dict.fromkeys(request.pages, Unavailable("malformed"))
    return {page: _read_one(answer) for page, answer in zip(request.pages, answers, strict=True)}


def _read_one(answer: object) -> Reading:
    if answer is None:
        return Unavailable("timeout")
    if not isinstance(answer, Mapping):
        return Unavailable("malformed")
    body = answer.get("body")
    content = _json(body) if isinstance(body, str) else None
    if isinstance(content, Mapping) and "error" in content:
        return _reason(content["error"])
    code = answer.get("code")
    if code != 200:
        return Unavailable(_status_reason(code if isinstance(code, int) else 0))
    return _number(content)


def _number(content: object) -> Reading:
    """``og_object.engagement.count``. A page Facebook has never seen has no ``og_object``: that is unknown, not zero."""
    for name in ("og_object", "engagement", "count"):
        if not isinstance(content, Mapping):
            return Unavailable("malformed")
        if name not in content:
            return Unavailable("unknown-page" if name == "og_object" and "id" in content else "malformed")
        content = content[name]
    if isinstance(content, bool) or not isinstance(content, int) or content < 0:
        return Unavailable("malformed")
    return Count(content)


def _reason(error: object) -> Unavailable:
    code = error.get("code") if isinstance(error, Mapping) else None
    if not isinstance(code, int):
        return Unavailable("refused")
    for codes, reason in (
        (RATE_LIMIT_CODES, "rate-limited"),
        (TOKEN_CODES, "token"),
        (PERMISSION_CODES, "permission"),
        (TEMPORARY_CODES, "temporary"),
    ):
        if code in codes:
            return Unavailable(reason)
    return Unavailable("refused")


def _status_reason(status: int) -> str:
    if status == 429:
        return "rate-limited"
    return "temporary" if status >= 500 else "refused" if status >= 400 else "malformed"


def _json(body: bytes | str) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


PLATFORM = Platform(
    name="facebook",
    title="Facebook",
    operator=Operator(
        legal_name="Meta Platforms Ireland Limited",
        address="Merrion Road, Dublin 4, D04 X2K5, Ireland",
        privacy_url="https://www.facebook.com/privacy/policy/",
        joint_control_url="https://www.facebook.com/legal/controller_addendum",
        transfer=Transfer(
            country="US",
            mechanism="EU-US Data Privacy Framework",
            reference="(EU) 2023/1795",
            checked_on=date(2026, 11, 22),
            in_force=True,
        ),
    ),
    hosts=(
        "facebook.com",
        "facebook.net",
        "fb.com",
        "fb.me",
        "fb.watch",
        "fbcdn.net",
        "fbcdn.com",
        "fbsbx.com",
        "fburl.com",
        "tfbnw.net",
        "atdmt.com",
        "messenger.com",
        "m.me",
    ),
    content_hosts=_patterns(
        r"(?:(?:www|m|web|mbasic|touch|[a-z]{2}-[a-z]{2})\.)?facebook\.com",
        r"(?:www\.)?fb\.com",
    ),
    frame_host="www.facebook.com",
    script_marks=("connect.facebook.net",),
    root_elements=frozenset({"fb-root"}),
    short_hosts={"fb.watch": "video"},
    embeds=KINDS,
    share=ShareLink("https://www.facebook.com/sharer/sharer.php?u={url}"),
    icon=Icon(
        "M13.6 22v-8.2h2.9l.5-3.4h-3.4V8.3c0-1 .4-1.7 1.8-1.7h1.8V3.5c-.4-.1-1.4-.2-2.6-.2-2.7 0-4.5 1.6-4.5 4.6v2.5H7v3.4h3.1V22z"
    ),
    counts=CountSource(
        host="graph.facebook.com",
        batch=50,
        shortest_interval=timedelta(minutes=10),
        needs_credentials=True,
        ask=ask,
        read=read,
        version="v26.0",
        version_ends={
            "v21.0": "2027-01-21",
            "v22.0": "2027-05-20",
            "v23.0": "2027-10-08",
            "v24.0": "2028-02-18",
            "v25.0": "2028-07-29",
        },
    ),
    discloses=("ip", "browser", "language", "time", "content", "site_name", "own_storage"),
    checked_on=date(2026, 11, 22),
)
