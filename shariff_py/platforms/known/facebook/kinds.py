"""The kinds of Facebook's content: how each is pasted, how its public addresses look, what its plugin reads.

Source of the end of Like and Comments on 10 February 2026: Meta's announcement of 10 November 2025.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from shariff_py.platforms.embed_kind import EmbedKind, Form, Parameter, Size, forms

END_OF_LIKE_AND_COMMENTS = date(2026, 2, 10)
END_OF_OLD_PLUGINS = date(2015, 6, 23)
END_OF_CUSTOMER_CHAT = date(2024, 5, 9)


USUAL_SIZE = Size(500, 500)
HREF = {"href": "{}"}
PLAYER = ("fullscreen", "encrypted-media", "picture-in-picture", "clipboard-write", "web-share")
"""What Meta's own code allows its video frames, but for starting by themselves."""


def _kind(
    name: str,
    *,
    frames: tuple[str, ...] = (),
    markup: tuple[str, ...] = (),
    links: tuple[Form, ...] = (),
    keeps_query: frozenset[str] = frozenset(),
    parameters: tuple[Parameter, ...] = (),
    size: Size = USUAL_SIZE,
    also_shows: frozenset[str] = frozenset(),
    amp: str = "",
    becomes: str = "gate",
    retired: date | None = None,
    not_content: frozenset[str] = frozenset(),
    address_from: Mapping[str, str] | None = None,
    address_attributes: Mapping[str, str] | None = None,
    any_page: bool = False,
    also_reads: tuple[Parameter, ...] = (),
    features: tuple[str, ...] = (),
    samples: tuple[str, ...] = (),
) -> EmbedKind:
    """A kind whose SDK markup is ``fb-NAME`` as a class and ``fb:NAME`` as a tag, and whose frame is ``/plugins/NAME.php``.

    Before 2010 the same frame was ``/widgets/NAME.php``. The SDK reads an attribute with and without ``data-`` before its name.

    ``amp`` is the element that AMP has for it (AMP component catalogue).
    """
    words = markup or (name,)
    file = f"{name.replace('-', '_')}.php"
    elements = {f"fb:{form}" for word in words for form in (word, word.replace("-", "_"))}
    return EmbedKind(
        name=name,
        frames=forms(*map(re.escape, (f"/plugins/{file}", f"/widgets/{file}", *frames)), flags=re.IGNORECASE),
        public=("https://fb.watch{short}", "https://www.facebook.com{path}") if links else (),
        frame=(f"https://www.facebook.com/plugins/{file}?{next(iter(address_from or HREF))}={{address}}",)
        if links
        else (),
        address_from=address_from or HREF,
        address_attributes={"data-href": "{}", "href": "{}", **(address_attributes or {})},
        any_page=any_page,
        also_reads=also_reads,
        classes=frozenset(f"fb-{word}" for word in words),
        tags=frozenset(elements | ({amp} if amp else set())),
        links=links,
        keeps_query=keeps_query,
        not_content=not_content,
        parameters=parameters,
        size=size,
        also_shows=also_shows,
        becomes=becomes,
        retired=retired,
        features=features,
        samples=samples,
    )


def _button(
    name: str,
    *,
    retired: date,
    amp: str = "",
    address_attributes: Mapping[str, str] | None = None,
    also_reads: tuple[Parameter, ...] | None = None,
) -> EmbedKind:
    """A button that is no more. It showed nothing that a link could lead to."""
    return _kind(
        name,
        amp=amp,
        address_attributes=address_attributes,
        any_page=True,
        also_reads=BUTTON if also_reads is None else also_reads,
        becomes="nothing",
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

PROFILE = "https://www.facebook.com/profile.php?id={}"
"""The address of a page that is only known by its number."""

LAYOUTS = frozenset({"box_count", "button_count", "icon_link"})
COMMON_LAYOUTS = frozenset({"standard", "button", "icon", "link"})
LAYOUT = (
    Parameter("layout", "choices", choices=LAYOUTS),
    Parameter("layout", "choices", choices=COMMON_LAYOUTS, common=True),
)
SIZE = Parameter("size", "choices", choices=frozenset({"small", "large"}), common=True)
COLOURS = Parameter("colorscheme", "choices", choices=frozenset({"light", "dark"}), common=True)
WIDTH = Parameter("width", "number", choices=frozenset({"100%", "auto"}), common=True)
LAZY = Parameter("lazy", "flag", common=True)
BUTTON = (
    *LAYOUT, SIZE, COLOURS, WIDTH, LAZY,
    Parameter("action", "choices", choices=frozenset({"like", "recommend"}), common=True),
    Parameter("show_faces", "flag"), Parameter("kid_directed_site", "flag"),
    Parameter("share", "flag", common=True), Parameter("send", "flag", common=True),
)  # fmt: skip
"""What the markup of buttons may say."""
FEED = (
    Parameter("app_id", "number"), Parameter("event_app_id", "number"), Parameter("max_age", "number", common=True),
    Parameter("max_rows", "number", common=True), Parameter("header", "flag", common=True), Parameter("recommendations", "flag"),
    COLOURS, SIZE, WIDTH,
)  # fmt: skip
"""What the markup of lists of people and of their doings may say."""

PAGE_TABS = frozenset({"timeline", "events", "messages"})

KINDS = (
    _kind(
        "video",
        frames=("/video/embed",),
        address_from={"href": "{}", "video_id": "https://www.facebook.com/watch/?v={}"},
        links=forms(
            r"/watch/(?:live/)?\?v=[0-9]+",
            r"/watch\?v=[0-9]+",
            r"/video\.php\?v=[0-9]+",
            r"/(?:[^/?]+/)?videos/(?:[^?]*/)?[0-9]+/?",
            r"/reel/[0-9]+/?",
            r"/share/[vr]/[\w-]+/?",
        )
        + forms(r"(?P<short>/[\w.-]+/?)", host=r"fb\.watch"),
        keeps_query=frozenset({"v"}),
        features=PLAYER,
        samples=("https://www.facebook.com/watch/?v=1234567890", "https://fb.watch/aBcDeF123/"),
        parameters=(
            Parameter("width", "number", 220, 1920, default="500", common=True),
            Parameter("height", "number", 120, 1920, common=True),
            Parameter("show_text", "flag", default="false"),
            Parameter("show_captions", "flag"),
            Parameter("t", "number", 0, 86_400, common=True),
        ),
        also_reads=(Parameter("allowfullscreen", "flag"), Parameter("autoplay", "flag", common=True), LAZY),
        size=Size(500, 282),
    ),
    _kind(
        "post",
        amp="amp-facebook",
        also_shows=frozenset({"video"}),
        links=forms(
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
        features=PLAYER,
        samples=("https://www.facebook.com/musterstadt/posts/pfbid02abc",),
        parameters=(
            Parameter("width", "number", 350, 750, default="500", common=True),
            Parameter("height", "number", 70, 2000, common=True),
            Parameter("show_text", "flag", default="true"),
        ),
        also_reads=(Parameter("include_parent", "flag"), LAZY),
        size=Size(500, 600),
    ),
    _kind(
        "page",
        frames=(
            *(f"/{folder}/{name}.php" for folder in ("plugins", "widgets") for name in ("likebox", "fan")),
            "/connect/connect.php",
        ),
        markup=("page", "like-box", "fan"),
        address_from={"href": "{}", "id": PROFILE},
        address_attributes={"data-profile-id": PROFILE, "profile-id": PROFILE, "profile_id": PROFILE},
        amp="amp-facebook-page",
        links=forms(
            r"/profile\.php\?id=[0-9]+",
            r"/(?:pages|people|pg|p)/[^?]+",
            r"/(?!(?:pages|people|pg)/?$|[^/]*\.php)[\w.\-%]{2,}/?",
        ),
        keeps_query=frozenset({"id"}),
        not_content=NOT_A_PAGE,
        samples=("https://www.facebook.com/musterstadt", "https://www.facebook.com/profile.php?id=100064"),
        parameters=(
            Parameter("tabs", "choices", choices=PAGE_TABS, default="timeline", common=True),
            Parameter("width", "number", 180, 500, default="500", common=True),
            Parameter("height", "number", 70, 2000, default="500", common=True),
            Parameter("small_header", "flag"),
            Parameter("hide_cover", "flag"),
            Parameter("hide_cta", "flag"),
            Parameter("show_facepile", "flag"),
            Parameter("adapt_container_width", "flag", default="true"),
        ),
        also_reads=(
            *(Parameter(name, "flag") for name in ("show_faces", "show_border", "show_posts", "force_wall")),
            *(Parameter(name, "flag", common=True) for name in ("header", "stream")),
            Parameter("connections", "number", common=True),
            COLOURS,
            LAZY,
        ),
    ),
    _kind(
        "share-button",
        frames=("/plugins/share.php",),
        markup=("share-button", "share"),
        any_page=True,
        also_reads=(
            *LAYOUT,
            Parameter("type", "choices", choices=LAYOUTS | COMMON_LAYOUTS, common=True),
            Parameter("mobile_iframe", "flag"),
            SIZE,
            WIDTH,
            LAZY,
        ),
        becomes="share",
    ),
    _button("like", amp="amp-facebook-like", retired=END_OF_LIKE_AND_COMMENTS),
    _kind(
        "comments",
        frames=("/plugins/comment_embed.php", "/plugins/feedback.php"),
        markup=("comments", "comments-count", "comment-embed"),
        amp="amp-facebook-comments",
        any_page=True,
        also_reads=(
            Parameter("numposts", "number"),
            Parameter("num_posts", "number"),
            Parameter("order_by", "choices", choices=frozenset({"reverse_time"})),
            Parameter("order_by", "choices", choices=frozenset({"social", "time"}), common=True),
            Parameter("mobile", "flag", common=True),
            Parameter("include_parent", "flag"),
            COLOURS,
            WIDTH,
            LAZY,
        ),
        retired=END_OF_LIKE_AND_COMMENTS,
        becomes="link",
    ),
    *(_button(name, retired=END_OF_OLD_PLUGINS) for name in ("send", "follow", "subscribe", "quote")),
    _button("save", retired=END_OF_OLD_PLUGINS, address_attributes={"data-uri": "{}", "uri": "{}"}),
    *(
        _kind(name, retired=END_OF_OLD_PLUGINS, also_reads=FEED, any_page=True, becomes="link")
        for name in ("activity", "facepile", "recommendations")
    ),
    _kind(
        "group",
        retired=END_OF_OLD_PLUGINS,
        also_reads=(
            Parameter("show_social_context", "flag"),
            Parameter("show_metadata", "flag"),
            Parameter("skin", "choices", choices=frozenset({"light", "dark"}), common=True),
            WIDTH,
        ),
        becomes="link",
    ),
    _button(
        "customerchat",
        retired=END_OF_CUSTOMER_CHAT,
        also_reads=(
            Parameter("page_id", "number"),
            Parameter(
                "attribution",
                "choices",
                choices=frozenset({"biz_inbox", "page_inbox", "setup_tool", "install_email", "fbe_wordpress"}),
            ),
            Parameter("greeting_dialog_display", "choices", choices=frozenset({"show", "hide", "fade", "icon"})),
            Parameter("greeting_dialog_delay", "number"),
            Parameter("minimized", "flag", common=True),
        ),
    ),
)
