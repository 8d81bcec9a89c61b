"""Instagram: posts and reels, and profiles as links.

Sources: Meta's oEmbed documentation; reports of 2025 on how its code is pasted; maintained public code for the frame. The frame's hosts were
not confirmed.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from shariff_py.platforms.companies import META
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, HeightMessage, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform, ScriptGlobal

_kind = partial(
    EmbedKind,
    frame=("https://www.instagram.com/p/{id}/embed/captioned/",),
    parameters=PASTED_SIZE,
    # Its height follows from a script; this is what a picture with its text needs.
    size=Size(540, 880),
    height_message=HeightMessage(("details", "height"), ("type",), "MEASURE"),
    features=("fullscreen", "encrypted-media", "picture-in-picture"),
)

PLATFORM = Platform(
    name="instagram",
    title="Instagram",
    operator=META,
    hosts=("instagram.com", "instagr.am", "cdninstagram.com", "ig.me"),
    content_hosts=patterns(r"(?:(?:www|m)\.)?instagram\.com", r"(?:www\.)?instagr\.am"),
    public_host="www.instagram.com",
    plugin_paths=Pattern(r"/.*/embed(?:/.*)?"),
    script_marks=patterns(
        r"(?i)instagram\.com[\\/]++(?:[a-z_A-Z]++[\\/]++)?+embeds?\.js", r"(?i)\bcdninstagram\.com\b"
    ),
    script_globals=(ScriptGlobal("instgrm", Pattern(r"(?i)instagram\.com[\\/]++(?:[a-z_]++[\\/]++)?+embeds?\.js")),),
    embeds=(
        _kind(
            "reel",
            content="video",
            links=forms(r"/(?:[\w.]+/)?reels?/(?P<id>[\w-]+)/?"),
            frames=forms(r"/(?:[\w.]+/)?reels?/(?P<id>[\w-]+)/embed(?:/captioned)?"),
            public=("https://www.instagram.com/reel/{id}/",),
            samples=("https://www.instagram.com/reel/CabcDefGhiJ/",),
        ),
        _kind(
            "post",
            links=forms(r"/(?:[\w.]+/)?(?:p|tv)/(?P<id>[\w-]+)/?"),
            frames=forms(r"/(?:[\w.]+/)?(?:p|tv)/(?P<id>[\w-]+)/embed(?:/captioned)?"),
            public=("https://www.instagram.com/p/{id}/",),
            classes=frozenset({"instagram-media"}),
            tags=frozenset({"amp-instagram"}),
            address_attributes={"data-instgrm-permalink": "{}"},
            element_attributes={"data-shortcode": "https://www.instagram.com/p/{}/"},
            address_in_link=True,
            also_shows=frozenset({"reel"}),
            samples=(
                "https://www.instagram.com/p/CabcDefGhiJ/",
                "https://www.instagram.com/musterstadt/p/CabcDefGhiJ/",
            ),
        ),
        EmbedKind(
            "profile",
            content="page",
            frames=forms(r"/(?P<user>[\w.]+)/embed(?:/captioned)?"),
            public=("https://www.instagram.com/{user}/",),
            becomes="link",
        ),
    ),
    colour="#b4257f",
    icon=Icon(
        "M7 2h10a5 5 0 0 1 5 5v10a5 5 0 0 1-5 5H7a5 5 0 0 1-5-5V7a5 5 0 0 1 5-5zm0 2a3 3 0 0 0-3 3v10a3 3 0 0 0 3 3h10a3 3 0 0 0 3-3V7a3 3 0 0 0-3-3zm5 3a5 5 0 1 1 0 10 5 5 0 0 1 0-10zm0 2a3 3 0 1 0 0 6 3 3 0 0 0 0-6zm5.300-3.200a1.300 1.300 0 1 1 0 2.600 1.300 1.300 0 0 1 0-2.600z"
    ),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
