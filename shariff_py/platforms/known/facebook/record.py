"""Facebook, as of November 2026. Kinds of content are in `kinds`, how counts are fetched in `count_source`.

Sources: Meta's plugin pages (page plugin 30 June 2026, embedded posts 11 May 2026, embedded video May 2022) for parameters and
sizes; the Graph API changelog in its localised editions for versions.
"""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.companies import META
from shariff_py.platforms.embed_kind import USUAL_DISCLOSURES
from shariff_py.platforms.known.facebook.kinds import KINDS
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform, ScriptGlobal, ShareLink

HELPER_PATHS = Pattern(
    r"/(?:x/)?(?:connect/)?(?:xd_(?:arbiter|proxy|receiver)|ping|canvas_proxy|window_comm|login_status)\b.*"
    r"|/(?:x/)?(?:oauth|dialog)(?:/.*)?|/extern/login_status\.php|/tr(?:/.*|\.php)?|/fr/[a-z]\.php|/common/[\w-]+_endpoint\.php"
    r"|/(?:ai|impression|offsite_event|brandlift|l|sharer|share)\.php|/sharer(?:/.*)?|/security/[\w.-]+"
    r"|/(?:ajax|method)/.*|/plugins/(?:error|close_popup|ping|serverfbml)\b.*"
)
"""Message channels and checks of the SDK (old ones too), the pixel, dialogues, redirects."""

SHARE_PATHS = Pattern(r"/share(?:r(?:/sharer)?)?\.php|/dialog/(?:share|feed|send)")

ADDRESS_PARAMETERS = frozenset(
    {
        "aid", "album_id", "comment_id", "eid", "event_time_id", "fbid", "gid", "id", "multi_permalinks", "note_id", "post_id", "q",
        "reply_comment_id", "set", "sk", "story_fbid", "v", "vanity", "video_id", "view", "view_all_page_id",
    }
)  # fmt: skip
"""What says which content is meant: numbers of posts, pictures, groups; the words of a search. All others follow visitors."""

NOT_CONNECTED = '{"status":"unknown","authResponse":null}'
"""What the SDK says where nobody is logged in (FB.getLoginStatus, FB.login)."""
NOT_SHARED = '{"error_code":4201,"error_message":"User canceled the Dialog flow"}'
NOTHING_TO_ASK = '{"error":{"message":"not loaded","type":"OAuthException","code":2500}}'

SCRIPT_FILES = Pattern(r"(?i)connect\.facebook\.net")

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
            "ui": NOT_SHARED,
            "getAuthResponse": "null",
            "getAccessToken": "null",
            "getUserID": '""',
        },
    ),
    ScriptGlobal("fbq", SCRIPT_FILES, is_function=True),
    ScriptGlobal("_fbq", SCRIPT_FILES, is_function=True),
)


PLATFORM = Platform(
    name="facebook",
    title="Facebook",
    operator=META,
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
    content_hosts=patterns(
        r"(?:(?:www|m|web|mbasic|touch|[a-z]{2}-[a-z]{2})\.)?facebook\.com",
        r"(?:www\.)?fb\.com",
    ),
    public_host="www.facebook.com",
    # The version of the SDK that made the frame.
    frame_prefix=Pattern(r"/v[0-9]+\.[0-9]+(?=/)"),
    plugin_paths=Pattern(r"/(?:plugins|widgets)/.*"),
    plugin_address=("href",),
    helper_paths=HELPER_PATHS,
    share_paths=SHARE_PATHS,
    share_address=("u", "href", "link"),
    keeps_query=ADDRESS_PARAMETERS,
    script_marks=patterns(
        r"(?i)connect\.facebook\.net",
        r"(?i)facebook\.com(?::[0-9]++)?+[\\/]++(?:v[0-9.]++[\\/]++)?+(?:plugins[\\/]|video[\\/]++embed|tr(?![\w.%-])|x[\\/]++oauth|rsrc\.php)",
        r"(?i)\b(?:graph\.facebook\.com|fbcdn\.(?:com|net)|fbsbx\.com)\b",
    ),
    script_globals=SCRIPT_GLOBALS,
    root_elements=frozenset({"fb-root"}),
    embeds=KINDS,
    share=ShareLink(
        "https://www.facebook.com/sharer/sharer.php?u={url}", receiver="Meta Platforms Ireland Limited", country="US"
    ),
    colour="#0866ff",
    icon=Icon(
        "M13.6 22v-8.2h2.9l.5-3.4h-3.4V8.3c0-1 .4-1.7 1.8-1.7h1.8V3.5c-.4-.1-1.4-.2-2.6-.2-2.7 0-4.5 1.6-4.5 4.6v2.5H7v3.4h3.1V22z"
    ),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 22),
)
