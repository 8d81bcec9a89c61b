"""YouTube: videos, shorts, live streams, playlists, the uploads of a channel.

Sources: "Required minimum functionality" of the YouTube API services (client identity by referrer, 9 July 2025), the help page on
embedding, code of maintained click-to-load players; reports of 2025 and 2026 on frames without credentials. The hosts were not confirmed.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from shariff_py.platforms.companies import GOOGLE
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Parameter, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.preview_source import PreviewSource
from shariff_py.platforms.record import Icon, Platform, ScriptGlobal

VIDEO = r"(?P<id>[\w-]{11})"
FURTHER = r"(?:&.*)?"
"""Parameters behind the video without a question mark, as code of the old player has them."""
LIST = r"(?P<list>[\w-]+)"
CHANNEL, UPLOADS = r"UC(?P<channel>[\w-]{22})", r"UU(?P<channel>[\w-]{22})"
PLAYER = "https://www.youtube-nocookie.com/embed"

_kind = partial(
    EmbedKind,
    content="video",
    parameters=(
        Parameter("start", "number", 0, 86_400, also=("t",)),
        Parameter("end", "number", 0, 86_400),
        Parameter("cc_load_policy", "number", 0, 1),
        *PASTED_SIZE,
    ),
    size=Size(560, 315),
    features=("fullscreen", "encrypted-media", "picture-in-picture"),
    # Without the origin in the referrer the player shows error 153.
    referrer="strict-origin-when-cross-origin",
    with_credentials="to frames without them its server shows a page for signing in instead of the video",
)

PLATFORM = Platform(
    name="youtube",
    title="YouTube",
    operator=GOOGLE,
    hosts=("youtube.com", "youtube-nocookie.com", "youtu.be", "ytimg.com", "yt3.ggpht.com", "googlevideo.com"),
    shared_hosts=("apis.google.com/js/platform.js",),
    content_hosts=patterns(r"(?:(?:www|m|music|gaming)\.)?youtube(?:-nocookie)?\.com"),
    public_host="www.youtube.com",
    plugin_paths=Pattern(r"/(?:embed|subscribe_embed)(?:/.*)?"),
    keeps_query=frozenset({"v", "list", "search_query", "sub_confirmation"}),
    script_marks=patterns(
        r"(?i)youtube(?:-nocookie)?\.com[\\/]++(?:embed|v|iframe_api|player_api|s[\\/])", r"(?i)\bytimg\.com\b"
    ),
    script_globals=(
        ScriptGlobal("YT", Pattern(r"(?i)youtube\.com[\\/]++(?:iframe|player)_api"), ready="onYouTubeIframeAPIReady"),
    ),
    embeds=(
        _kind(
            "channel",
            links=forms(rf"/channel/{CHANNEL}(?:/(?:videos|featured|about|streams|shorts|playlists))?/?"),
            # Code for a channel shows the list of its uploads, which has its id with other first letters.
            frames=forms(
                rf"/embed/videoseries\?list={UPLOADS}",
                rf"/embed/?\?list={UPLOADS}(?:&listType=playlist)?",
                rf"/embed/?\?list={CHANNEL}&listType=user_uploads",
            ),
            public=("https://www.youtube.com/channel/UC{channel}",),
            frame=(f"{PLAYER}/videoseries?list=UU{{channel}}&rel=0",),
            keeps_query=frozenset({"list", "listType"}),
            samples=("https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",),
        ),
        _kind(
            "playlist",
            links=forms(rf"/playlist\?list={LIST}"),
            # The file of the Flash player, whose playlists had ids without their first letters.
            frames=forms(
                rf"/embed/videoseries\?list={LIST}",
                rf"/embed/?\?list={LIST}(?:&listType=playlist)?",
                rf"/p/(?P<flash>[0-9A-F]{{16}}){FURTHER}",
            ),
            completed=lambda parts: {"list": f"PL{parts['flash']}"} if "flash" in parts else {},
            public=("https://www.youtube.com/playlist?list={list}",),
            frame=(f"{PLAYER}/videoseries?list={{list}}&rel=0",),
            keeps_query=frozenset({"list", "listType"}),
            calls={"YT.Player": {"list": "https://www.youtube.com/playlist?list={}"}},
            samples=("https://www.youtube.com/playlist?list=PLabcDEF0123456789",),
        ),
        _kind(
            "uploads",
            links=forms(r"/user/(?P<user>[\w.-]+)(?:/(?:videos|featured|about|streams|shorts|playlists))?/?"),
            frames=forms(r"/embed/?\?list=(?P<user>[\w.-]+)&listType=user_uploads"),
            public=("https://www.youtube.com/user/{user}",),
            frame=(f"{PLAYER}?list={{user}}&listType=user_uploads&rel=0",),
            keeps_query=frozenset({"list", "listType"}),
            samples=("https://www.youtube.com/user/musterstadt",),
        ),
        _kind(
            "channel-live",
            links=forms(rf"/channel/{CHANNEL}/live"),
            frames=forms(rf"/embed/live_stream\?channel={CHANNEL}"),
            public=("https://www.youtube.com/channel/UC{channel}/live",),
            frame=(f"{PLAYER}/live_stream?channel=UC{{channel}}&rel=0",),
            keeps_query=frozenset({"channel"}),
            samples=("https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv/live",),
        ),
        _kind(
            "short",
            links=forms(rf"/shorts/{VIDEO}/?"),
            # No dialogue gives this out, and it shows an error; pages have it all the same.
            frames=forms(rf"/embed/shorts/{VIDEO}"),
            public=("https://www.youtube.com/shorts/{id}",),
            frame=(f"{PLAYER}/{{id}}?rel=0",),
            size=Size(315, 560),
            samples=("https://www.youtube.com/shorts/AbCdEfGhIjK",),
        ),
        _kind(
            "video",
            links=forms(rf"/watch/?\?v={VIDEO}", rf"/(?:live|v|e)/{VIDEO}/?")
            + forms(rf"/{VIDEO}/?", host=r"youtu\.be"),
            frames=forms(
                rf"/embed/(?!videoseries|live_stream){VIDEO}{FURTHER}", rf"/v/{VIDEO}{FURTHER}", rf"/e/{VIDEO}{FURTHER}"
            ),
            public=("https://www.youtube.com/watch?v={id}",),
            frame=(f"{PLAYER}/{{id}}?rel=0",),
            keeps_query=frozenset({"v"}),
            # The second is the site's own element, which makes the frame once it is pressed (paulirish/lite-youtube-embed).
            tags=frozenset({"amp-youtube", "lite-youtube"}),
            element_attributes=dict.fromkeys(("data-videoid", "videoid"), "https://www.youtube.com/watch?v={}"),
            calls={"YT.Player": {"videoId": "https://www.youtube.com/watch?v={}"}},
            samples=("https://www.youtube.com/watch?v=AbCdEfGhIjK", "https://youtu.be/AbCdEfGhIjK"),
        ),
        EmbedKind(
            "subscribe-button",
            frames=forms(r"/subscribe_embed"),
            address_from={"channelid": "https://www.youtube.com/channel/{}", "channel": "https://www.youtube.com/{}"},
            classes=frozenset({"g-ytsubscribe"}),
            tags=frozenset({"g:ytsubscribe"}),
            address_attributes={
                "data-channelid": "https://www.youtube.com/channel/{}",
                "data-channel": "https://www.youtube.com/{}",
            },
            becomes="link",
        ),
    ),
    colour="#c4302b",
    icon=Icon(
        "M21.6 7.2a2.5 2.5 0 0 0-1.8-1.8C18.2 5 12 5 12 5s-6.2 0-7.8.4a2.5 2.5 0 0 0-1.8 1.8A26 26 0 0 0 2 12a26 26 0 0 0 .4 4.8 2.5 2.5 0 0 0 1.8 1.8c1.6.4 7.8.4 7.8.4s6.2 0 7.8-.4a2.5 2.5 0 0 0 1.8-1.8A26 26 0 0 0 22 12a26 26 0 0 0-.4-4.8zM10 15V9l5.2 3z"
    ),
    previews=PreviewSource(
        template="https://www.youtube.com/oembed?url={address}&format=json",
        # A picture may be a part of the work, of which no copies are allowed (III.E.1).
        keeps=("title", "author"),
        days=30,
        terms="Developer policies III.E.4.d (developers.google.com/youtube/terms/developer-policies): what was fetched without a login is refreshed or deleted after 30 days. Whether they cover this interface is not said.",
        read_on=date(2026, 11, 30),
    ),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
