"""Facebook, as of November 2026.

Sources: Meta's plugin pages (page plugin 30 June 2026, embedded posts 11 May 2026, embedded video May 2022) for parameters and
sizes; Meta's announcement of 10 November 2025 for the end of Like and Comments on 10 February 2026; the Graph API changelog in
its localised editions for versions. How counts are fetched is in `count_source`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from shariff_py.platforms.record import (
    EmbedKind,
    Icon,
    Operator,
    Parameter,
    Platform,
    ScriptGlobal,
    ShareLink,
    Size,
    Transfer,
)

END_OF_LIKE_AND_COMMENTS = date(2026, 2, 10)
END_OF_OLD_PLUGINS = date(2015, 6, 23)
END_OF_CUSTOMER_CHAT = date(2024, 5, 9)


USUAL_SIZE = Size(500, 500)


def _patterns(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


def _kind(
    name: str,
    *,
    frames: tuple[str, ...] = (),
    markup: tuple[str, ...] = (),
    links: tuple[re.Pattern[str], ...] = (),
    keeps_query: frozenset[str] = frozenset(),
    parameters: tuple[Parameter, ...] = (),
    size: Size = USUAL_SIZE,
    also_shows: frozenset[str] = frozenset(),
    amp: str = "",
    becomes: str = "gate",
    retired: date | None = None,
    not_content: frozenset[str] = frozenset(),
    address_from: Mapping[str, str] | None = None,
) -> EmbedKind:
    """A kind whose SDK markup is ``fb-NAME`` as a class and ``fb:NAME`` as a tag, and whose frame is ``/plugins/NAME.php``.

    ``amp`` is the element that AMP has for it (AMP component catalogue).
    """
    words = markup or (name,)
    forms = {f"fb:{form}" for word in words for form in (word, word.replace("-", "_"))}
    return EmbedKind(
        name=name,
        frame_paths=(f"/plugins/{name.replace('-', '_')}.php", *frames),
        address_from=address_from or {"href": "{}"},
        address_attributes=("data-href", "href"),
        classes=frozenset(f"fb-{word}" for word in words),
        tags=frozenset(forms | ({amp} if amp else set())),
        links=links,
        keeps_query=keeps_query,
        not_content=not_content,
        parameters=parameters,
        size=size,
        also_shows=also_shows,
        becomes=becomes,
        retired=retired,
    )


NOT_A_PAGE = frozenset(
    {
        "ads", "bookmarks", "checkpoint", "dialog", "directory", "events", "feed", "friends", "gaming", "groups", "hashtag", "help",
        "home", "legal", "login", "logout", "marketplace", "me", "media", "memories", "messages", "notifications", "photo", "photos",
        "plugins", "policies", "privacy", "public", "recover", "reel", "reg", "saved", "search", "settings", "share", "sharer",
        "stories", "terms", "tr", "video", "videos", "watch",
    }
)  # fmt: skip
"""First path segments that are functions of the site, not names of pages, as far as they have two characters."""

NOT_CONNECTED = '{"status":"unknown","authResponse":null}'
"""What the SDK says where nobody is logged in (FB.getLoginStatus, FB.login)."""
NOTHING_TO_ASK = '{"error":{"message":"not loaded","type":"OAuthException","code":2500}}'

SCRIPT_FILES = re.compile(r"(?i)connect\.facebook\.net")

SCRIPT_GLOBALS = (
    ScriptGlobal(
        "FB",
        SCRIPT_FILES,
        ready="fbAsyncInit",
        share_method="ui",
        share_dialogues=("share", "share_open_graph", "feed", "stream.publish", "stream.share", "send"),
        share_address=("href", "link", "u"),
        replies={
            "getLoginStatus": NOT_CONNECTED,
            "login": NOT_CONNECTED,
            "logout": NOT_CONNECTED,
            "api": NOTHING_TO_ASK,
            "ui": "null",
        },
    ),
    ScriptGlobal("fbq", SCRIPT_FILES, is_function=True),
    ScriptGlobal("_fbq", SCRIPT_FILES, is_function=True),
)

PAGE_TABS = frozenset({"timeline", "events", "messages"})

KINDS = (
    _kind(
        "video",
        frames=("/video/embed",),
        address_from={"href": "{}", "video_id": "https://www.facebook.com/watch/?v={}"},
        links=_patterns(
            r"/watch/(?:live/)?\?v=[0-9]+",
            r"/watch\?v=[0-9]+",
            r"/video\.php\?v=[0-9]+",
            r"/(?:[^/?]+/)?videos/(?:[^?]*/)?[0-9]+/?",
            r"/reel/[0-9]+/?",
            r"/share/[vr]/[\w-]+/?",
        ),
        keeps_query=frozenset({"v"}),
        parameters=(
            Parameter("width", "number", 220, 1920, default="500"),
            Parameter("height", "number", 120, 1920),
            Parameter("show_text", "flag", default="false"),
            Parameter("show_captions", "flag"),
            Parameter("t", "number", 0, 86_400),
        ),
        size=Size(500, 282),
    ),
    _kind(
        "post",
        amp="amp-facebook",
        also_shows=frozenset({"video"}),
        links=_patterns(
            r"/[^/?]+/posts/[^?]+",
            r"/(?:permalink|story)\.php\?(?:id=[0-9]+&)?story_fbid=[\w]+(?:&id=[0-9]+)?",
            r"/(?:[^/?]+/)?photos?/[^?]+",
            r"/photo(?:\.php)?/?\?fbid=[0-9]+.*",
            r"/media/set/?\?set=[\w.]+",
            r"/groups/[^/?]+/(?:posts|permalink)/[0-9]+/?",
            r"/notes/[^?]+",
            r"/share/p/[\w-]+/?",
        ),
        keeps_query=frozenset({"story_fbid", "id", "fbid", "set"}),
        parameters=(
            Parameter("width", "number", 350, 750, default="500"),
            Parameter("height", "number", 70, 2000),
            Parameter("show_text", "flag", default="true"),
        ),
        size=Size(500, 600),
    ),
    _kind(
        "page",
        frames=("/plugins/likebox.php", "/plugins/fan.php"),
        markup=("page", "like-box", "fan"),
        amp="amp-facebook-page",
        links=_patterns(
            r"/profile\.php\?id=[0-9]+",
            r"/(?:pages|people|pg|p)/[^?]+",
            r"/(?!(?:pages|people|pg)/?$|[^/]*\.php)[\w.\-%]{2,}/?",
        ),
        keeps_query=frozenset({"id"}),
        not_content=NOT_A_PAGE,
        parameters=(
            Parameter("tabs", "choices", choices=PAGE_TABS, default="timeline"),
            Parameter("width", "number", 180, 500, default="500"),
            Parameter("height", "number", 70, 2000, default="500"),
            Parameter("small_header", "flag"),
            Parameter("hide_cover", "flag"),
            Parameter("hide_cta", "flag"),
            Parameter("show_facepile", "flag"),
            Parameter("adapt_container_width", "flag", default="true"),
        ),
        size=Size(500, 500),
    ),
    _kind("share-button", frames=("/plugins/share.php",), markup=("share-button", "share"), becomes="share"),
    _kind("like", amp="amp-facebook-like", retired=END_OF_LIKE_AND_COMMENTS, becomes="nothing"),
    _kind(
        "comments",
        frames=("/plugins/comment_embed.php", "/plugins/feedback.php"),
        markup=("comments", "comments-count", "comment-embed"),
        amp="amp-facebook-comments",
        retired=END_OF_LIKE_AND_COMMENTS,
        becomes="nothing",
    ),
    *(
        _kind(name, retired=END_OF_OLD_PLUGINS, becomes="nothing")
        for name in ("send", "follow", "subscribe", "activity", "facepile", "recommendations", "quote", "save", "group")
    ),
    _kind("customerchat", retired=END_OF_CUSTOMER_CHAT, becomes="nothing"),
)


PLATFORM = Platform(
    name="facebook",
    title="Facebook",
    operator=Operator(
        legal_name="Meta Platforms Ireland Limited",
        address="Merrion Road, Dublin 4, D04 X2K5, Ireland",
        privacy_url="https://www.facebook.com/privacy/policy/",
        joint_control_url="https://www.facebook.com/legal/controller_addendum",
        transfer=Transfer(
            country="US",
            mechanism="EU-US Data Privacy Framework",
            reference="(EU) 2023/1795",
            checked_on=date(2026, 11, 22),
            in_force=True,
        ),
    ),
    hosts=(
        "facebook.com",
        "facebook.net",
        "fb.com",
        "fb.me",
        "fb.watch",
        "fbcdn.net",
        "fbcdn.com",
        "fbsbx.com",
        "fburl.com",
        "tfbnw.net",
        "atdmt.com",
        "messenger.com",
        "m.me",
    ),
    content_hosts=_patterns(
        r"(?:(?:www|m|web|mbasic|touch|[a-z]{2}-[a-z]{2})\.)?facebook\.com",
        r"(?:www\.)?fb\.com",
    ),
    frame_host="www.facebook.com",
    # The version of the SDK that made the frame.
    frame_prefix=re.compile(r"/v[0-9]+\.[0-9]+(?=/)"),
    script_marks=_patterns(
        r"(?i)connect\.facebook\.net",
        r"(?i)facebook\.com(?::[0-9]++)?+[\\/]++(?:v[0-9.]++[\\/]++)?+(?:plugins[\\/]|video[\\/]++embed|tr(?![\w.%-])|x[\\/]++oauth|rsrc\.php)",
        r"(?i)\b(?:graph\.facebook\.com|fbcdn\.(?:com|net)|fbsbx\.com)\b",
    ),
    script_globals=SCRIPT_GLOBALS,
    root_elements=frozenset({"fb-root"}),
    short_hosts={"fb.watch": "video"},
    embeds=KINDS,
    share=ShareLink(
        "https://www.facebook.com/sharer/sharer.php?u={url}", receiver="Meta Platforms Ireland Limited", country="US"
    ),
    colour="#0866ff",
    icon=Icon(
        "M13.6 22v-8.2h2.9l.5-3.4h-3.4V8.3c0-1 .4-1.7 1.8-1.7h1.8V3.5c-.4-.1-1.4-.2-2.6-.2-2.7 0-4.5 1.6-4.5 4.6v2.5H7v3.4h3.1V22z"
    ),
    disclosures=("ip", "browser", "language", "time", "content", "site_name"),
    checked_on=date(2026, 11, 22),
)
