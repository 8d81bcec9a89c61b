"""Apple Podcasts: shows and episodes.

Source: the code that its dialogue gives out, as found in public sites of 2022 to 2026: the address of the page on another host, the heights
175 and 450. Its own frame has tokens for top navigation and storage access; ours has neither. That no other host is contacted was not
confirmed.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from shariff_py.platforms.companies import APPLE
from shariff_py.platforms.embed_kind import (
    PASTED_SIZE,
    USUAL_DISCLOSURES,
    EmbedKind,
    Parameter,
    Size,
    forms,
)
from shariff_py.platforms.pattern import patterns
from shariff_py.platforms.record import Icon, Platform

FRAMES = r"embed\.podcasts\.apple\.com"
PAGE = r"/(?P<page>(?:[a-z]{2}/)?podcast/(?:[^/?]+/)?id[0-9]+)"
EPISODE = rf"{PAGE}\?i=(?P<episode>[0-9]+)"

_kind = partial(
    EmbedKind,
    content="sound",
    keeps_query=frozenset({"i"}),
    parameters=(Parameter("theme", "choices", choices=frozenset({"auto", "dark", "light"})), *PASTED_SIZE),
    features=("encrypted-media", "clipboard-write", "fullscreen"),
)

PLATFORM = Platform(
    name="apple_podcasts",
    title="Apple Podcasts",
    operator=APPLE,
    hosts=("podcasts.apple.com",),
    content_hosts=patterns(r"podcasts\.apple\.com"),
    public_host="podcasts.apple.com",
    script_marks=patterns(r"(?i)embed\.podcasts\.apple\.com"),
    embeds=(
        _kind(
            "episode",
            links=forms(EPISODE),
            frames=forms(EPISODE, host=FRAMES),
            public=("https://podcasts.apple.com/{page}?i={episode}",),
            frame=("https://embed.podcasts.apple.com/{page}?i={episode}",),
            size=Size(660, 175),
            samples=("https://podcasts.apple.com/de/podcast/stadtgespr%C3%A4ch/id1234567890?i=1000123456789",),
        ),
        _kind(
            "show",
            links=forms(PAGE),
            frames=forms(PAGE, host=FRAMES),
            public=("https://podcasts.apple.com/{page}",),
            frame=("https://embed.podcasts.apple.com/{page}",),
            size=Size(660, 450),
            samples=("https://podcasts.apple.com/de/podcast/stadtgespr%C3%A4ch/id1234567890",),
        ),
    ),
    colour="#9333c8",
    icon=Icon(
        "M12 9a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5zM10 15h4l-.7 6h-2.600zM12 3a8.500 8.500 0 0 1 5.500 15l-1-1.700a6.500 6.500 0 1 0-9 0l-1 1.700A8.500 8.500 0 0 1 12 3z"
    ),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
