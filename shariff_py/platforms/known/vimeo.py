"""Vimeo: videos, showcases and live events.

Sources: README of the player's library (2.30.3) for ``dnt`` and ``h``; the code its dialogue gives out, as found in public sites. The hosts
were not confirmed.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from shariff_py.platforms.companies import VIMEO
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.preview_source import PreviewSource
from shariff_py.platforms.record import Icon, Platform, ScriptGlobal

VIDEO = r"(?P<id>[0-9]+)"
EVENT = r"/event/(?P<event>[0-9]+)"
UNLISTED = r"(?P<h>[0-9a-f]+)"
"""The key of a video or an event that is not listed; without it the player shows nothing."""

_kind = partial(
    EmbedKind,
    content="video",
    parameters=PASTED_SIZE,
    size=Size(640, 360),
    features=("fullscreen", "encrypted-media", "picture-in-picture"),
    # Owners may restrict their videos to domains.
    referrer="strict-origin-when-cross-origin",
)

PLATFORM = Platform(
    name="vimeo",
    title="Vimeo",
    operator=VIMEO,
    hosts=("vimeo.com", "vimeocdn.com"),
    content_hosts=patterns(r"(?:www\.)?vimeo\.com"),
    public_host="vimeo.com",
    plugin_paths=Pattern(r"/video/.*"),
    script_marks=patterns(r"(?i)player\.vimeo\.com", r"(?i)\bvimeocdn\.com\b"),
    script_globals=(ScriptGlobal("Vimeo", Pattern(r"(?i)player\.vimeo\.com[\\/]++api[\\/]++player\.js")),),
    embeds=(
        _kind(
            "event",
            links=forms(rf"{EVENT}(?:/{UNLISTED})?/?"),
            frames=forms(rf"{EVENT}/embed(?:/{UNLISTED})?", rf"{EVENT}/embed/(?P<view>interaction)"),
            public=("https://vimeo.com/event/{event}/{h}", "https://vimeo.com/event/{event}"),
            frame=(
                "https://vimeo.com/event/{event}/embed/{h}?dnt=1",
                "https://vimeo.com/event/{event}/embed/{view}?dnt=1",
                "https://vimeo.com/event/{event}/embed?dnt=1",
            ),
            samples=("https://vimeo.com/event/1234567",),
        ),
        _kind(
            "showcase",
            links=forms(r"/(?:showcase|album)/(?P<showcase>[0-9]+)/?"),
            frames=forms(r"/(?:showcase|album)/(?P<showcase>[0-9]+)/embed2?"),
            public=("https://vimeo.com/showcase/{showcase}",),
            frame=("https://vimeo.com/showcase/{showcase}/embed2?dnt=1",),
            samples=("https://vimeo.com/showcase/1234567",),
        ),
        _kind(
            "video",
            links=forms(
                rf"/{VIDEO}(?:/{UNLISTED})?/?",
                rf"/(?:channels|groups|album|showcase)/[^/?]+/(?:videos?/)?{VIDEO}/?",
                rf"/(?:ondemand|staffpicks)/(?:[^/?]+/)?{VIDEO}/?",
            ),
            frames=forms(rf"/video/{VIDEO}\?h={UNLISTED}", rf"/video/{VIDEO}", host=r"player\.vimeo\.com")
            # The player of old code, which was a Flash file.
            + forms(rf"/moogaloop\.swf\?clip_id={VIDEO}"),
            public=("https://vimeo.com/{id}/{h}", "https://vimeo.com/{id}"),
            frame=("https://player.vimeo.com/video/{id}?h={h}&dnt=1", "https://player.vimeo.com/video/{id}?dnt=1"),
            keeps_query=frozenset({"clip_id", "h"}),
            # The library of the player makes frames of elements with these.
            markers={"data-vimeo-id": frozenset(), "data-vimeo-url": frozenset()},
            tags=frozenset({"amp-vimeo"}),
            element_attributes={
                "data-vimeo-url": "{}",
                "data-vimeo-id": "https://vimeo.com/{}",
                "data-videoid": "https://vimeo.com/{}",
            },
            calls={"Vimeo.Player": {"url": "{}", "id": "https://vimeo.com/{}"}},
            samples=("https://vimeo.com/123456789", "https://vimeo.com/123456789/0a1b2c3d4e"),
        ),
    ),
    colour="#0b6d8f",
    icon=Icon(
        "M21.5 7.4c-.1 2-1.5 4.7-4.1 8.1-2.7 3.5-5 5.3-6.9 5.3-1.2 0-2.1-1.1-2.9-3.2L6 11.700C5.400 9.600 4.800 8.500 4.100 8.500c-.1 0-.6.3-1.400.8l-.9-1.100 2.600-2.300c1.200-1 2.100-1.600 2.600-1.600 1.400-.1 2.300.8 2.600 2.900.4 2.200.600 3.600.8 4.200.400 1.900.9 2.800 1.400 2.800.4 0 1-.6 1.800-1.900.8-1.200 1.200-2.200 1.300-2.800.1-1.100-.3-1.600-1.300-1.600-.5 0-.9.1-1.400.3.900-3 2.700-4.500 5.300-4.400 1.900.1 2.800 1.300 2.700 3.600z"
    ),
    previews=PreviewSource(
        template="https://vimeo.com/api/oembed.json?url={address}",
        # Of pictures today's text says nothing.
        keeps=("title", "author"),
        days=30,
        terms="Vimeo asks developers to keep replies and to ask again when they expect a change (help.vimeo.com, article 12427851678097); it names no time.",
        read_on=date(2026, 11, 30),
    ),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
