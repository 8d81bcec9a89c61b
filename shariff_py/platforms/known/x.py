"""X: posts, and the timelines that have ended.

Sources: answers of its oEmbed interface (16 September 2026) for the markup; code of iframely (28 May 2026) and reports for the end of
timelines; maintained public code for the frame, which was not confirmed.
"""

from __future__ import annotations

import re
from datetime import date

from shariff_py.platforms import companies
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, HeightMessage, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform, ScriptGlobal, ShareLink

END_OF_TIMELINES = date(2025, 5, 1)
SCRIPT = Pattern(r"(?i)platform\.(?:twitter|x)\.com[\\/]++(?:\w++[\\/]++)*+widgets\.js")

PLATFORM = Platform(
    name="x",
    title="X",
    operator=companies.X,
    hosts=("twitter.com", "x.com", "twimg.com", "t.co", "ads-twitter.com"),
    content_hosts=patterns(r"(?:(?:www|m|mobile)\.)?(?:twitter|x)\.com"),
    public_host="x.com",
    plugin_paths=Pattern(r"/embed/.*"),
    helper_paths=Pattern(r"/widgets/(?:tweet|follow)_button(?:\.\w+)*\.html"),
    share_paths=Pattern(r"/widgets/tweet_button(?:\.\w+)*\.html"),
    share_address=("url", "original_referer"),
    script_marks=patterns(
        r"(?i)(?:platform|syndication|analytics)\.(?:twitter|x)\.com", r"(?i)\b(?:twimg|ads-twitter)\.com\b"
    ),
    script_globals=(
        ScriptGlobal("twttr", SCRIPT),
        ScriptGlobal("twq", Pattern(r"(?i)ads-twitter\.com[\\/]++uwt\.js"), is_function=True),
    ),
    embeds=(
        EmbedKind(
            "post",
            links=forms(
                r"/(?P<user>\w{1,20})/status(?:es)?/(?P<id>[0-9]+)(?:/.*)?",
                r"/i/(?:web/)?status/(?P<id>[0-9]+)(?:/.*)?",
            ),
            frames=forms(r"/embed/(?:tweet|index)\.html\?id=(?P<id>[0-9]+)", flags=re.IGNORECASE),
            public=("https://x.com/{user}/status/{id}", "https://x.com/i/status/{id}"),
            # "dnt": its use is not for recommending and advertising.
            frame=("https://platform.twitter.com/embed/Tweet.html?dnt=true&id={id}",),
            keeps_query=frozenset({"id"}),
            classes=frozenset({"twitter-tweet", "twitter-video"}),
            tags=frozenset({"amp-twitter"}),
            element_attributes={"data-tweetid": "https://x.com/i/status/{}"},
            address_in_link=True,
            calls={f"twttr.widgets.create{name}": {"0": "https://x.com/i/status/{}"} for name in ("Tweet", "Video")},
            parameters=PASTED_SIZE,
            size=Size(550, 600),
            height_message=HeightMessage(
                ("twttr.embed", "params", "0", "height"), ("twttr.embed", "method"), "twttr.private.resize"
            ),
            features=("fullscreen", "encrypted-media", "picture-in-picture"),
            samples=(
                "https://x.com/musterstadt/status/1234567890123456789",
                "https://twitter.com/i/status/1234567890123456789",
            ),
        ),
        EmbedKind(
            "timeline",
            classes=frozenset({"twitter-timeline", "twitter-grid", "twitter-follow-button", "twitter-moment"}),
            becomes="link",
            retired=END_OF_TIMELINES,
        ),
    ),
    share=ShareLink(
        "https://x.com/intent/post?text={title}&url={url}&via={via}",
        receiver="X Internet Unlimited Company",
        country="US",
        longest=240,
    ),
    aliases=("twitter",),
    colour="#0f1419",
    icon=Icon("M3 3h5.2l4.6 6.4L18.3 3h2.500l-6.900 7.900L21.500 21h-5.200l-5-6.900L5.300 21H2.800l7.300-8.400z"),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
