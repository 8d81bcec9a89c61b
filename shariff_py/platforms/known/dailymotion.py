"""Dailymotion: videos and playlists. It plays advertising, and asks for consent to that inside its frame.

Sources: developers.dailymotion.com, "Embed with iframe" (current); public code for the older frame. Not confirmed: the hosts, the names that its
scripts leave, and what it asks inside its frame.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from shariff_py.platforms.companies import DAILYMOTION
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Parameter, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform, ScriptGlobal

PLAYER = r"/player(?:/\w+)?\.html"
ON_PLAYER = r"geo\.dailymotion\.com"
PLAYERS = ("dailymotion.createPlayer", "DM.player")
VIDEO = r"(?P<id>[A-Za-z0-9]+)"
PLAYLIST = r"(?P<list>[A-Za-z0-9]+)"

_kind = partial(
    EmbedKind,
    content="video",
    parameters=(Parameter("startTime", "number", 0, 86_400, also=("start",)), *PASTED_SIZE),
    size=Size(640, 360),
    features=("fullscreen", "picture-in-picture", "web-share"),
    # Owners may restrict their videos to sites.
    referrer="strict-origin-when-cross-origin",
)

PLATFORM = Platform(
    name="dailymotion",
    title="Dailymotion",
    operator=DAILYMOTION,
    hosts=("dailymotion.com", "dai.ly", "dmcdn.net"),
    content_hosts=patterns(r"(?:(?:www|touch)\.)?dailymotion\.com"),
    public_host="www.dailymotion.com",
    plugin_paths=Pattern(r"/(?:embed/.*|player(?:/\w+)?\.html)"),
    script_marks=patterns(r"(?i)(?:geo|api)\.(?:dailymotion\.com|dmcdn\.net)", r"(?i)dailymotion\.com[\\/]++embed"),
    script_globals=(
        ScriptGlobal("dailymotion", Pattern(r"(?i)geo\.dailymotion\.com")),
        ScriptGlobal("DM", Pattern(r"(?i)api\.dmcdn\.net")),
    ),
    embeds=(
        _kind(
            "video",
            links=forms(rf"/video/{VIDEO}(?:_[^/?]*)?/?") + forms(rf"/{VIDEO}/?", host=r"dai\.ly"),
            frames=forms(rf"/embed/video/{VIDEO}")
            + forms(rf"{PLAYER}\?(?:playlist=\w+&)?video={VIDEO}", host=ON_PLAYER),
            public=("https://www.dailymotion.com/video/{id}",),
            frame=("https://geo.dailymotion.com/player.html?video={id}",),
            keeps_query=frozenset({"video", "playlist"}),
            tags=frozenset({"amp-dailymotion"}),
            script_attributes={"data-video": "https://www.dailymotion.com/video/{}"},
            calls={name: {"video": "https://www.dailymotion.com/video/{}"} for name in PLAYERS},
            element_attributes={"data-videoid": "https://www.dailymotion.com/video/{}"},
            samples=("https://www.dailymotion.com/video/x8abcde", "https://dai.ly/x8abcde"),
        ),
        _kind(
            "playlist",
            links=forms(rf"/playlist/{PLAYLIST}(?:_[^/?]*)?(?:/1)?/?"),
            # The "jukebox" was the player for playlists before 2016.
            frames=forms(
                rf"/embed/playlist/{PLAYLIST}",
                rf"/widget/\w+\?list%5B%5D=%2Fplaylist%2F{PLAYLIST}(?:(?:_|%2F)[^&]*)?",
            )
            + forms(rf"{PLAYER}\?playlist={PLAYLIST}", host=ON_PLAYER),
            public=("https://www.dailymotion.com/playlist/{list}",),
            frame=("https://geo.dailymotion.com/player.html?playlist={list}",),
            keeps_query=frozenset({"list[]", "playlist"}),
            script_attributes={"data-playlist": "https://www.dailymotion.com/playlist/{}"},
            calls={name: {"playlist": "https://www.dailymotion.com/playlist/{}"} for name in PLAYERS},
            samples=("https://www.dailymotion.com/playlist/x6abcde",),
        ),
    ),
    colour="#0b57c9",
    icon=Icon(
        "M16 3h4v18h-4v-1.500A6 6 0 0 1 12.500 20.500 6.500 6.500 0 1 1 16 9zm-3.300 8a3 3 0 1 0 0 6 3 3 0 0 0 0-6z"
    ),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
