"""An unknown platform, as a file that is put into ``shariff_py/platforms/known`` to see what follows from it alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from shariff_py.platforms.company import Company, Transfer
from shariff_py.platforms.count_sources.cached_count import CountResult
from shariff_py.platforms.count_sources.count_source import CountSource
from shariff_py.platforms.count_sources.credentials import Credentials
from shariff_py.platforms.count_sources.exchange import Reply, Request
from shariff_py.platforms.count_sources.replies import as_json, at, failure, get, number
from shariff_py.platforms.embed_kind import EmbedKind, Parameter, Size, forms
from shariff_py.platforms.record import Icon, Platform, ShareLink
from shariff_py.platforms.stub import StubRequest, count_stub

PLATFORM = Platform(
    name="stranger",
    title="Stranger",
    operator=Company(
        legal_name="Stranger S.A.",
        address="1 rue Neuve, Paris",
        country="FR",
        checked_on=date(2026, 11, 22),
        privacy_url="https://www.stranger.example/privacy",
        joint_control_url="https://www.stranger.example/joint",
        transfer=Transfer("US", "EU-US Data Privacy Framework", "(EU) 2023/1795", date(2026, 11, 22), in_force=True),
    ),
    hosts=("stranger.example",),
    content_hosts=(re.compile(r"(?:www\.)?stranger\.example"),),
    public_host="www.stranger.example",
    plugin_paths=re.compile(r"/embed/.*"),
    plugin_address=("of",),
    helper_paths=re.compile(r"/pixel"),
    keeps_query=frozenset({"n"}),
    embeds=(
        EmbedKind(
            "video",
            frames=forms(r"/player"),
            frame=("https://www.stranger.example/player?film={address}",),
            public=("https://www.stranger.example{path}",),
            classes=frozenset({"stranger-video"}),
            links=forms(r"/film/[0-9]+"),
            address_from={"film": "{}"},
            address_attributes={"data-film": "{}"},
            address_in_link=True,
            tags=frozenset({"amp-stranger"}),
            element_attributes={"data-filmid": "https://www.stranger.example/film/{}"},
            size=Size(480, 270),
            features=("fullscreen",),
            referrer="strict-origin-when-cross-origin",
            samples=("https://www.stranger.example/film/7",),
            also_reads=(Parameter("chapters", "flag"),),
        ),
        EmbedKind(
            "board",
            content="post",
            links=forms(r"/board/(?P<id>[a-z]+)"),
            frames=forms(r"/b/(?P<id>[a-z]+)", host=r"boards\.stranger\.example"),
            public=("https://www.stranger.example/board/{id}",),
            frame=("https://boards.stranger.example/b/{id}?quiet=1",),
            with_credentials="boards are only for members",
            samples=("https://www.stranger.example/board/news",),
        ),
        EmbedKind(
            "club",
            frames=forms(r"/club-frame"),
            classes=frozenset({"stranger-club"}),
            address_attributes={"data-club": "https://stranger.example/club?n={}"},
            also_reads=(Parameter("club", "number"),),
            becomes="link",
            retired=date(2026, 1, 1),
        ),
    ),
    share=ShareLink("https://stranger.example/share?u={url}", receiver="Stranger S.A.", country="US"),
    colour="#1d5c63",
    icon=Icon("M2 2h20v20H2z"),
    disclosures=("ip", "browser"),
    checked_on=date(2026, 11, 22),
)


def build_request(pages: Sequence[str], credentials: Credentials) -> Request:
    """How often one page was shared."""
    return get(credentials, "/count", pages[0], page=pages[0])


def read(request: Request, reply: Reply) -> dict[str, CountResult]:
    """``{"n": 17}``."""
    return dict.fromkeys(request.pages, failure(reply) or number(at(as_json(reply.body), "n")))


SOURCE = CountSource(
    host="counts.stranger.example",
    paths=re.compile(r"/count"),
    batch=1,
    shortest_interval=timedelta(minutes=10),
    needs_credentials=False,
    build_request=build_request,
    read=read,
)


def _count(request: StubRequest) -> object:
    return {"n": request.number(request.parameters["page"][0])}


STUBS = (count_stub(SOURCE.paths, _count),)
