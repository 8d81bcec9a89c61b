"""Tumblr: posts; and how many notes those about a page have.

Sources of the record: pasted code in public sites, old and new: the frame has a key of the blog, the address of the post is in the link inside. That a
frame opens by the blog's name as well is from public code and not confirmed, nor are the hosts.

Counts: the interface is undocumented; code of 2025 and 2026 uses it. Whether it still works is not known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from shariff_py.platforms import companies
from shariff_py.platforms.count_sources.cached_count import CountResult
from shariff_py.platforms.count_sources.count_source import CountSource
from shariff_py.platforms.count_sources.credentials import Credentials
from shariff_py.platforms.count_sources.exchange import Reply, Request
from shariff_py.platforms.count_sources.replies import as_json, at, failure, get, number
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform, ShareLink
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


POST = r"(?P<id>[0-9]{6,25})"
FRAME = rf"/embed/post/(?:t:)?(?P<key>[\w-]{{22}})/{POST}(?:/v2)?"
AT = r"(?P<at>[\w-]+\.tumblr\.com/post|www\.tumblr\.com/[\w-]+)"
"""Where the posts of a blog are, in either form of its address. Behind a frame's address it is not sent to anybody."""
BLOG = r"(?!(?:www|embed|assets|api|static|64|66|a|va)\.)[\w-]+\.tumblr\.com"


def completed(parts: Mapping[str, str]) -> dict[str, str]:
    """Where the posts of a blog are, and what it is called: from the host of the post's address, from its path, or from the frame's."""
    at = parts.get("at", "")
    if not at and re.fullmatch(BLOG, parts.get("server", "")):
        at = f"{parts['server']}/post"
    elif not at and "blog" in parts:
        at = f"www.tumblr.com/{parts['blog']}"
    blog = at.partition(".")[0] if at.endswith(".tumblr.com/post") else at.rpartition("/")[2]
    return {"at": at, "blog": blog} if at else {}


PLATFORM = Platform(
    name="tumblr",
    title="Tumblr",
    operator=companies.TUMBLR,
    hosts=("tumblr.com",),
    content_hosts=patterns(r"(?:www\.)?tumblr\.com"),
    public_host="www.tumblr.com",
    plugin_paths=Pattern(r"/embed/.*"),
    script_marks=patterns(r"(?i)\b(?:assets|embed)\.tumblr\.com\b"),
    embeds=(
        EmbedKind(
            "post",
            links=forms(rf"/post/{POST}(?:/[^/?]*)?/?", host=BLOG)
            + forms(rf"/(?:blog/view/)?(?P<blog>[\w-]+)/{POST}(?:/[^/?]*)?/?", host=r"(?:www\.)?tumblr\.com"),
            frames=forms(
                rf"{FRAME}(?:#{AT})?",
                rf"/embed/post/(?P<blog>[\w-]+)/{POST}(?:/v2)?(?:#{AT})?",
                host=r"embed\.tumblr\.com",
            ),
            public=("https://{at}/{id}", "https://embed.tumblr.com/embed/post/t:{key}/{id}/v2"),
            frame=(
                "https://embed.tumblr.com/embed/post/t:{key}/{id}/v2#{at}",
                "https://embed.tumblr.com/embed/post/t:{key}/{id}/v2",
                "https://embed.tumblr.com/embed/post/{blog}/{id}/v2#{at}",
            ),
            classes=frozenset({"tumblr-post"}),
            part_attributes={"data-href": Pattern(rf"(?:https?:)?//embed\.tumblr\.com{FRAME}")},
            address_in_link=True,
            completed=completed,
            parameters=PASTED_SIZE,
            # Its height follows from a script; this is what a text with a picture needs.
            size=Size(540, 700),
            features=("fullscreen", "picture-in-picture"),
            samples=(
                "https://musterstadt.tumblr.com/post/123456789012",
                "https://www.tumblr.com/musterstadt/123456789012",
            ),
        ),
    ),
    share=ShareLink(
        "https://www.tumblr.com/widgets/share/tool?canonicalUrl={url}&title={title}",
        receiver="Tumblr, Inc.",
        country="US",
    ),
    colour="#001935",
    icon=Icon("M9 2h4v4.5h4V10h-4v6c0 2 1.5 2.5 4 1.5V21c-4.5 1.8-8 .5-8-4v-7H6V7c2-.8 3-2.5 3-5z"),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
