"""TikTok: videos. Profiles and live broadcasts become links: one needs TikTok's script, the other a domain that TikTok has approved.

Sources: developers.tiktok.com, "Embed player" (28 October 2026; ``rel=0`` keeps recommendations to the same author) and "Embed videos"
(23 October 2026; the old code, which is to end). Public code (yt-dlp) for addresses without the author. The hosts and the names that its scripts
leave were not confirmed.
"""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.companies import TIKTOK
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Parameter, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform, ScriptGlobal

USER = r"@(?P<user>[\w.-]+)"
VIDEO = r"(?P<id>[0-9]{6,25})"

PLATFORM = Platform(
    name="tiktok",
    title="TikTok",
    operator=TIKTOK,
    hosts=(
        "tiktok.com",
        "tiktokcdn.com",
        "tiktokcdn-eu.com",
        "tiktokcdn-us.com",
        "ttwstatic.com",
        "tiktokv.com",
        "tiktokv.eu",
        "tiktokv.us",
    ),
    content_hosts=patterns(r"(?:(?:www|m)\.)?tiktok\.com"),
    public_host="www.tiktok.com",
    plugin_paths=Pattern(r"/(?:embed|player)/.*"),
    script_marks=patterns(
        r"(?i)tiktok\.com[\\/]++(?:embed|player)", r"(?i)\b(?:ttwstatic|tiktokcdn(?:-[a-z]+)?)\.com\b"
    ),
    script_globals=(
        ScriptGlobal("tiktokEmbed", Pattern(r"(?i)tiktok\.com[\\/]++embed")),
        ScriptGlobal("ttq", Pattern(r"(?i)analytics\.tiktok\.com")),
    ),
    embeds=(
        EmbedKind(
            "video",
            links=forms(rf"/{USER}/video/{VIDEO}/?", rf"/v/{VIDEO}(?:\.html)?"),
            frames=forms(rf"/player/v1/{VIDEO}", rf"/embed/(?:v[0-9]/)?{VIDEO}"),
            public=("https://www.tiktok.com/@{user}/video/{id}", "https://www.tiktok.com/@_/video/{id}"),
            frame=("https://www.tiktok.com/player/v1/{id}?rel=0&description=1",),
            classes=frozenset({"tiktok-embed"}),
            tags=frozenset({"amp-tiktok"}),
            address_attributes={"cite": "{}", "data-video-id": "https://www.tiktok.com/player/v1/{}"},
            element_attributes={"data-src": "{}"},
            parameters=(Parameter("closed_caption", "number", 0, 1), *PASTED_SIZE),
            size=Size(325, 720),
            features=("fullscreen",),
            samples=("https://www.tiktok.com/@musterstadt/video/7123456789012345678",),
        ),
        EmbedKind(
            "live",
            frames=forms(rf"/embed/live/{USER}"),
            public=("https://www.tiktok.com/@{user}/live",),
            becomes="link",
        ),
        EmbedKind(
            "profile",
            frames=forms(rf"/embed/{USER}"),
            public=("https://www.tiktok.com/@{user}",),
            becomes="link",
        ),
    ),
    colour="#111111",
    icon=Icon(
        "M13 2h3c.3 2.500 1.800 4.200 4 4.500v3c-1.500 0-2.900-.5-4-1.300V15a6 6 0 1 1-7-5.900v3.200a2.800 2.800 0 1 0 4 2.700z"
    ),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
