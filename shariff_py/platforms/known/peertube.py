"""PeerTube: videos and playlists, from any server.

Source: docs.joinpeertube.org, "Embed API" and the parameters of its player. Without ``p2p`` only the server learns of a visit; with it, other
viewers do. That ``p2p=0`` switches it off was not confirmed.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Parameter, Size, forms
from shariff_py.platforms.preview_source import PreviewSource
from shariff_py.platforms.record import Icon, Platform

VIDEO = r"(?P<id>[\w-]{8,36})"
QUIET = "p2p=0&peertubeLink=0&warningTitle=0"

PART = (Parameter("start", "number", 0, 86_400), Parameter("stop", "number", 0, 86_400))

_kind = partial(
    EmbedKind,
    content="video",
    parameters=(*PART, *PASTED_SIZE),
    size=Size(560, 315),
    features=("fullscreen", "picture-in-picture"),
)

PLATFORM = Platform(
    name="peertube",
    title="PeerTube",
    any_server=True,
    server_mark="/embed",
    embeds=(
        _kind(
            "playlist",
            links=forms(rf"/(?:w/p|videos/watch/playlist)/{VIDEO}"),
            frames=forms(rf"/video-playlists/embed/{VIDEO}"),
            public=("https://{server}/w/p/{id}",),
            frame=(f"https://{{server}}/video-playlists/embed/{{id}}?{QUIET}",),
            parameters=(*PART, Parameter("playlistPosition", "number", 1, 10_000), *PASTED_SIZE),
            samples=("https://video.example.org/w/p/aBcDeFgHiJkLmNoPqRsTuV",),
        ),
        _kind(
            "video",
            links=forms(rf"/(?:w|videos/watch)/{VIDEO}"),
            frames=forms(rf"/videos/embed/{VIDEO}"),
            public=("https://{server}/w/{id}",),
            frame=(f"https://{{server}}/videos/embed/{{id}}?{QUIET}",),
            samples=("https://video.example.org/w/aBcDeFgHiJkLmNoPqRsTuV",),
        ),
    ),
    colour="#c2450a",
    icon=Icon("M5 2v10l7-5zm0 10v10l7-5zm7-5v10l7-5z"),
    previews=PreviewSource(
        template="https://{server}/services/oembed?url={address}",
        keeps=("title", "author", "picture"),
        days=30,
        terms="Free software, whose interface allows it (server/core/controllers/services.ts); for the rest who runs the server decides. Agree on it with them.",
        read_on=date(2026, 11, 30),
    ),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
