"""ARTE: videos.

Sources: the address that its own pages name as that of the player (``embedUrl``, 2026) and pasted code in public sites; public code
(tarteaucitron, 2 April 2026) for the older player. The hosts that the frame loads from were not confirmed.
"""

from __future__ import annotations

from datetime import date

from shariff_py.platforms import companies
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Parameter, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform

LANGUAGE = r"(?P<lang>[a-z]{2})"
VIDEO = r"(?P<id>(?:RC-)?[0-9]{6}(?:-[0-9]{3}-[A-Z])?)"

PLATFORM = Platform(
    name="arte",
    title="ARTE",
    operator=companies.ARTE,
    hosts=("arte.tv",),
    content_hosts=patterns(r"(?:www\.)?arte\.tv"),
    public_host="www.arte.tv",
    plugin_paths=Pattern(r"/(?:embeds|player)/.*"),
    script_marks=patterns(r"(?i)\barte\.tv[\\/]++(?:embeds|player)"),
    embeds=(
        EmbedKind(
            "video",
            links=forms(rf"/{LANGUAGE}/videos/{VIDEO}(?:/[^/?]*)?/?"),
            frames=forms(
                rf"/embeds/{LANGUAGE}/{VIDEO}",
                rf"/player/v[0-9]+/index\.php\?json_url=.*%2F{LANGUAGE}%2F{VIDEO}(?:%.*)?",
            ),
            public=("https://www.arte.tv/{lang}/videos/{id}/",),
            frame=("https://www.arte.tv/embeds/{lang}/{id}?autoplay=false",),
            keeps_query=frozenset({"json_url"}),
            parameters=(Parameter("start", "number", 0, 86_400), *PASTED_SIZE),
            size=Size(640, 360),
            features=("fullscreen", "encrypted-media", "picture-in-picture"),
            samples=("https://www.arte.tv/de/videos/123456-000-A/",),
        ),
    ),
    colour="#c2410c",
    icon=Icon("M12 4l8 16h-4l-1.500-3.200h-5L8 20H4zm0 6.500L10.800 14h2.400z"),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
