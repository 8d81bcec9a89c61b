"""Bluesky: posts; and counts, from Constellation, an index of all links in its network, run by volunteers.

Sources of the record: docs.bsky.app, oEmbed (21 April 2026); the code of its frame, which reads the post's address in its own network from the path, with a
handle or a DID. Neither the hosts nor the name that its script leaves were confirmed. A frame made by its script is told the page's address (``ref_url``); ours is not. Authors who
do not want to be shown to people without an account are not shown there.

Source of the counts: the index's own pages and clients (late 2026). It has counted since 28 January 2025 and wants clients to name themselves.
Bluesky's own search requires a login. ``platforms.bluesky.server`` names another copy of the index.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from shariff_py.platforms import companies
from shariff_py.platforms.count_sources.cached_count import CountResult
from shariff_py.platforms.count_sources.count_source import CountSource
from shariff_py.platforms.count_sources.credentials import Credentials
from shariff_py.platforms.count_sources.exchange import Reply, Request
from shariff_py.platforms.count_sources.replies import as_json, at, failure, get, number
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, HeightMessage, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform, ScriptGlobal, ShareLink
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


WHO = r"(?P<who>did:[a-z]+:[\w.:-]+|[\w-]+(?:\.[\w-]+)+)"
POST = r"(?P<id>[\w.~-]{1,64})"

PLATFORM = Platform(
    name="bluesky",
    title="Bluesky",
    operator=companies.BLUESKY,
    hosts=("bsky.app", "bsky.social", "bsky.network"),
    content_hosts=patterns(r"(?:www\.)?bsky\.app"),
    public_host="bsky.app",
    plugin_paths=Pattern(r"/embed/.*"),
    script_marks=patterns(r"(?i)\bembed\.bsky\.app\b"),
    script_globals=(ScriptGlobal("bluesky", Pattern(r"(?i)embed\.bsky\.app")),),
    embeds=(
        EmbedKind(
            "post",
            links=forms(rf"/profile/{WHO}/post/{POST}/?"),
            frames=forms(rf"/embed/{WHO}/app\.bsky\.feed\.post/{POST}", host=r"embed\.bsky\.app"),
            public=("https://bsky.app/profile/{who}/post/{id}",),
            # With an id, and only then, it tells its height.
            frame=("https://embed.bsky.app/embed/{who}/app.bsky.feed.post/{id}?id=1",),
            classes=frozenset({"bluesky-embed"}),
            part_attributes={"data-bluesky-uri": Pattern(rf"at://{WHO}/app\.bsky\.feed\.post/{POST}")},
            address_in_link=True,
            parameters=PASTED_SIZE,
            # Its height follows from a script; this is what a text with a picture needs.
            size=Size(600, 600),
            height_message=HeightMessage(("height",), ("id",), "1"),
            features=("fullscreen", "picture-in-picture"),
            samples=(
                "https://bsky.app/profile/musterstadt.example/post/3kabcdefghi2j",
                "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kabcdefghi2j",
            ),
        ),
    ),
    # Its dialogue takes one text of 300 characters and no separate address.
    share=ShareLink(
        "https://bsky.app/intent/compose?text={title}%20{url}",
        receiver="Bluesky Social, PBC",
        country="US",
        longest=200,
    ),
    colour="#0a66c8",
    icon=Icon(
        "M12 11C10.5 8 7 4.5 4 3.5c-1 3 .5 6 1.5 8 1 1.5 3 2 5 1.5-3 .5-5 2-3 5 2.5 3 4 0 4.5-2 .5 2 2 5 4.5 2 2-3 0-4.5-3-5 2 .5 4 0 5-1.5 1-2 2.5-5 1.5-8-3 1-6.5 4.5-8 7.5z"
    ),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
