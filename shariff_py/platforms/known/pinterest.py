"""Pinterest: pins, and how often a page was saved. Boards and profiles become links: only its script shows them.

Sources of the record: iframely's and AMP's code for the markup; pasted code in public sites for the frame of a pin. Not confirmed: the hosts, the
names that its scripts leave, its domains of countries other than Germany.

Counts: the interface is undocumented; heise's back end (May 2026) and maintained plugins use it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, timedelta

from shariff_py.platforms import companies
from shariff_py.platforms.count_sources.cached_count import CountResult, Unavailable
from shariff_py.platforms.count_sources.count_source import CountSource
from shariff_py.platforms.count_sources.credentials import Credentials
from shariff_py.platforms.count_sources.exchange import Reply, Request
from shariff_py.platforms.count_sources.replies import MALFORMED, as_json, at, failure, get, number
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform, ScriptGlobal, ShareLink
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


COUNTRIES = ("at", "ch", "co.uk", "com", "de", "dk", "es", "fr", "ie", "it", "pt", "se")
DOMAIN = rf"pinterest\.(?:{'|'.join(map(re.escape, COUNTRIES))})"

PLATFORM = Platform(
    name="pinterest",
    title="Pinterest",
    operator=companies.PINTEREST,
    hosts=(*(f"pinterest.{country}" for country in COUNTRIES), "pinimg.com", "pin.it"),
    content_hosts=patterns(rf"(?:(?:www|[a-z]{{2}})\.)?{DOMAIN}"),
    public_host="www.pinterest.com",
    plugin_paths=Pattern(r"/ext/.*"),
    script_marks=patterns(r"(?i)\bassets\.pinterest\.com\b", r"(?i)\bpinimg\.com\b"),
    script_globals=(
        ScriptGlobal("PinUtils", Pattern(r"(?i)assets\.pinterest\.com")),
        ScriptGlobal("pintrk", Pattern(r"(?i)\bs\.pinimg\.com"), is_function=True),
    ),
    embeds=(
        EmbedKind(
            "pin",
            content="post",
            links=forms(r"/pin/(?:[^/?]*--)?(?P<id>[0-9]{5,25})(?:/[^/?]*)?/?"),
            frames=forms(r"/ext/embed\.html\?id=(?P<id>[0-9]{5,25})"),
            public=("https://www.pinterest.com/pin/{id}/",),
            frame=("https://assets.pinterest.com/ext/embed.html?id={id}",),
            keeps_query=frozenset({"id"}),
            markers={"data-pin-do": frozenset({"embedPin"})},
            tags=frozenset({"amp-pinterest"}),
            element_attributes={"href": "{}", "data-url": "{}"},
            parameters=PASTED_SIZE,
            size=Size(345, 650),
            features=("fullscreen",),
            samples=("https://www.pinterest.com/pin/123456789012345678/",),
        ),
        EmbedKind(
            "board",
            markers={"data-pin-do": frozenset({"embedBoard"})},
            element_attributes={"href": "{}"},
            becomes="link",
        ),
        EmbedKind(
            "profile",
            markers={"data-pin-do": frozenset({"embedUser"})},
            element_attributes={"href": "{}"},
            becomes="link",
        ),
    ),
    # It wants a picture; without one its page lets the reader choose.
    share=ShareLink(
        "https://www.pinterest.com/pin/create/button/?url={url}&media={media}&description={title}",
        receiver="Pinterest Europe Ltd.",
        country="US",
    ),
    colour="#bd081c",
    icon=Icon(
        "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM9 19l2-8.5h2l-.6 2.7c2 .6 3.6-1 3.6-2.8C16 8.3 14.3 7 12.2 7 9.6 7 8 8.8 8 10.8c0 .9.3 1.7.9 2.2l-.6 1.6C6.7 13.8 6 12.3 6 10.7 6 7.5 8.7 5 12.3 5 15.6 5 18 7.3 18 10.3c0 3.2-2 5.3-4.8 5.3-.5 0-1-.1-1.4-.3L10.9 19z"
    ),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
