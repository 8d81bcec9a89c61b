"""Twitch: channels, videos, clips. Its frame opens only on pages whose host it was told (``parent``), over https.

Source: dev.twitch.tv/docs/embed (current), which asks for more in a sandbox: ``allow-storage-access-by-user-activation`` is left out, as it is
for the visitor's login alone. Not confirmed: the smallest size that it plays at, 400 by 300 pixels, and the hosts.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from shariff_py.platforms.companies import TWITCH
from shariff_py.platforms.embed_kind import USUAL_DISCLOSURES, EmbedKind, Parameter, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform, ScriptGlobal

CHANNEL = r"(?P<channel>\w{2,25})"
VIDEO = r"(?P<id>[0-9]{4,15})"
CLIP = r"(?P<clip>(?!embed\b)[\w-]{4,120})"
ON_PLAYER = r"(?:player|embed)\.twitch\.tv"
ON_CLIPS = r"clips\.twitch\.tv"
PLAYERS = ("Twitch.Embed", "Twitch.Player")
NOT_A_CHANNEL = frozenset(
    {
        "broadcast", "clip", "collections", "creatorcamp", "dashboard", "directory", "downloads", "drops", "embed", "event", "events",
        "friends", "inventory", "jobs", "login", "logout", "messages", "p", "popout", "prime", "products", "search", "settings", "signup",
        "store", "subs", "subscriptions", "team", "teams", "turbo", "u", "user", "videos", "wallet",
    }
)  # fmt: skip
"""First path segments that are functions of the site, not names of channels."""

_kind = partial(
    EmbedKind,
    content="video",
    parameters=(
        Parameter("width", "number", 400, 1920, common=True, in_frame=False),
        Parameter("height", "number", 300, 1080, common=True, in_frame=False),
    ),
    size=Size(620, 378),
    features=("fullscreen",),
    sandbox=("allow-modals",),
)

PLATFORM = Platform(
    name="twitch",
    title="Twitch",
    operator=TWITCH,
    hosts=("twitch.tv", "ttvnw.net", "jtvnw.net", "twitchcdn.net"),
    content_hosts=patterns(r"(?:(?:www|m|go)\.)?twitch\.tv"),
    public_host="www.twitch.tv",
    plugin_paths=Pattern(r"/embed(?:/.*)?|/popout/.*"),
    script_marks=patterns(r"(?i)(?:player|embed)\.twitch\.tv"),
    script_globals=(ScriptGlobal("Twitch", Pattern(r"(?i)(?:player|embed)\.twitch\.tv")),),
    embeds=(
        _kind(
            "clip",
            links=forms(rf"/\w+/clip/{CLIP}/?") + forms(rf"/{CLIP}/?", host=ON_CLIPS),
            frames=forms(rf"/embed\?clip=(?:\w+%2F)?{CLIP}", host=ON_CLIPS),
            public=("https://clips.twitch.tv/{clip}",),
            frame=("https://clips.twitch.tv/embed?clip={clip}&autoplay=false&parent={site}",),
            keeps_query=frozenset({"clip"}),
            samples=("https://clips.twitch.tv/SlugAbc", "https://www.twitch.tv/musterstadt/clip/SlugAbc-1a2B"),
        ),
        _kind(
            "video",
            links=forms(rf"/videos/{VIDEO}/?", rf"/\w+/v(?:ideo)?/{VIDEO}/?"),
            frames=forms(rf"/\?video=v?{VIDEO}", host=ON_PLAYER),
            public=("https://www.twitch.tv/videos/{id}",),
            frame=("https://player.twitch.tv/?video={id}&autoplay=false&parent={site}",),
            keeps_query=frozenset({"video"}),
            calls={name: {"video": "https://player.twitch.tv/?video={}"} for name in PLAYERS},
            samples=("https://www.twitch.tv/videos/1234567890",),
        ),
        _kind(
            "channel",
            links=forms(rf"/{CHANNEL}/?"),
            # Code of the dialogue before 2016, and the Flash file of the one before that.
            frames=forms(rf"/\?channel={CHANNEL}", host=ON_PLAYER)
            + forms(rf"/{CHANNEL}/embed", rf"/widgets/live_embed_player\.swf\?channel={CHANNEL}"),
            public=("https://www.twitch.tv/{channel}",),
            frame=("https://player.twitch.tv/?channel={channel}&autoplay=false&parent={site}",),
            keeps_query=frozenset({"channel"}),
            calls={name: {"channel": "https://www.twitch.tv/{}"} for name in PLAYERS},
            not_content=NOT_A_CHANNEL,
            samples=("https://www.twitch.tv/musterstadt",),
        ),
        EmbedKind(
            "chat",
            content="page",
            frames=forms(rf"/(?:embed|popout)/{CHANNEL}/chat"),
            public=("https://www.twitch.tv/{channel}",),
            becomes="link",
        ),
    ),
    colour="#772ce8",
    icon=Icon("M5 2h16v11l-5 5h-4l-3 3H7v-3H3V6zm1 2v11h4v2l2-2h4l3-3V4zm4 3h2v5h-2zm5 0h2v5h-2z"),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
