"""Facebook: code of its dialogues, as a frame and as markup of its script, old and new; AMP; addresses."""

from support.platform_rows import Expected, Frame, Other, Row

PLUGINS = "https://www.facebook.com/plugins"
PLAYER = "fullscreen encrypted-media picture-in-picture clipboard-write web-share"
POST = "https://www.facebook.com/musterstadt/posts/123"
VIDEO = "https://www.facebook.com/watch/?v=123"
SDK = '<script async src="https://connect.facebook.net/de_DE/sdk.js"></script>'

GROUP = "https://www.facebook.com/groups/leinau/posts/1"
OF_A_PAGE = "https://www.example.org/a"
ENDED = {
    "like": 'data-layout="box_count"',
    "comments": 'data-numposts="7"',
    "send": 'data-layout="box_count"',
    "follow": 'data-layout="box_count"',
    "subscribe": 'data-layout="box_count"',
    "quote": 'data-layout="box_count"',
    "save": 'data-layout="box_count"',
    "activity": 'data-app-id="7"',
    "facepile": 'data-app-id="7"',
    "recommendations": 'data-app-id="7"',
    "customerchat": 'data-page-id="7"',
}
"""Plugins that are no more, each with an attribute that only its markup has. They went with any page of a site."""


def written(name: str, attribute: str, outcome: str, without_address: str) -> tuple[Other, ...]:
    """A plugin for a page of the site in four forms."""
    file = name.replace("-", "_")
    return (
        Other(f'<iframe src="https://www.facebook.com/plugins/{file}.php?href=https%3A%2F%2Fwww.example.org%2Fa"></iframe>', outcome, OF_A_PAGE, name),
        Other(f'{SDK}<div class="fb-{name}" data-href="{OF_A_PAGE}"></div>', outcome, OF_A_PAGE, name),
        Other(f'<fb:{name} href="{OF_A_PAGE}"></fb:{name}>', outcome, OF_A_PAGE, name),
        Other(f'{SDK}<div class="fb-{name}" {attribute}></div>', outcome, without_address, name),
    )  # fmt: skip


EXPECTED = Expected(
    "facebook",
    rows=(
        Row(
            f'{SDK}<div class="fb-post" data-href="https://www.facebook.com/musterstadt/posts/123" data-width="500"><blockquote cite="https://www.facebook.com/musterstadt/posts/123" class="fb-xfbml-parse-ignore"><p>Das Freibad ist offen</p></blockquote></div>',
            "post",
            POST,
            f"{PLUGINS}/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fmusterstadt%2Fposts%2F123&width=500&show_text=true",
            kept="Das Freibad ist offen",
        ),
        Row(
            '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fmusterstadt%2Fposts%2F123&amp;show_text=false&amp;width=400" width="400" height="600" style="border:none;overflow:hidden" scrolling="no" frameborder="0" allowfullscreen="true" allow="autoplay; clipboard-write; encrypted-media; picture-in-picture; web-share"></iframe>',
            "post",
            POST,
            f"{PLUGINS}/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fmusterstadt%2Fposts%2F123&width=400&height=600&show_text=false",
        ),
        Row(
            '<iframe src="https://www.facebook.com/v2.3/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fmusterstadt%2Fvideos%2F123%2F&amp;t=7"></iframe>',
            "video",
            "https://www.facebook.com/musterstadt/videos/123/",
            f"{PLUGINS}/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fmusterstadt%2Fvideos%2F123%2F&width=500&show_text=false&t=7",
        ),
        Row('<iframe src="https://www.facebook.com/video/embed?video_id=123"></iframe>', "video", VIDEO, f"{PLUGINS}/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fwatch%2F%3Fv%3D123&width=500&show_text=false"),
        Row(
            f'{SDK}<div class="fb-video" data-href="https://www.facebook.com/musterstadt/videos/123/" data-width="500"></div>',
            "video",
            "https://www.facebook.com/musterstadt/videos/123/",
            f"{PLUGINS}/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fmusterstadt%2Fvideos%2F123%2F&width=500&show_text=false",
        ),
        Row(
            '<fb:video href="https://www.facebook.com/musterstadt/videos/123/"></fb:video>',
            "video",
            "https://www.facebook.com/musterstadt/videos/123/",
            f"{PLUGINS}/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fmusterstadt%2Fvideos%2F123%2F&width=500&show_text=false",
        ),
        Row(
            '<amp-facebook width="552" height="310" data-href="https://www.facebook.com/photo.php?fbid=123&amp;theater"></amp-facebook>',
            "post",
            "https://www.facebook.com/photo.php?fbid=123",
            f"{PLUGINS}/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fphoto.php%3Ffbid%3D123&width=500&show_text=true",
        ),
        Row(
            '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fmusterstadt%2Fvideos%2F123%2F"></iframe>',
            "post",
            "https://www.facebook.com/musterstadt/videos/123/",
            f"{PLUGINS}/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fmusterstadt%2Fvideos%2F123%2F&width=500&show_text=true",
        ),
        Row(
            '<amp-facebook-page data-href="https://www.facebook.com/musterstadt" width="340" height="130"></amp-facebook-page>',
            "page",
            "https://www.facebook.com/musterstadt",
            f"{PLUGINS}/page.php?href=https%3A%2F%2Fwww.facebook.com%2Fmusterstadt&tabs=timeline&width=500&height=500&adapt_container_width=true",
        ),
        Row("https://m.facebook.com/watch/?v=123&ref=sharing", "video", VIDEO, f"{PLUGINS}/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fwatch%2F%3Fv%3D123&width=500&show_text=false"),
        Row(
            f'{SDK}<div class="fb-page" data-href="https://www.facebook.com/musterstadt" data-tabs="events" data-small-header="true"></div>',
            "page",
            "https://www.facebook.com/musterstadt",
            f"{PLUGINS}/page.php?href=https%3A%2F%2Fwww.facebook.com%2Fmusterstadt&tabs=events&width=500&height=500&small_header=true&adapt_container_width=true",
        ),
        Row(
            '<iframe src="//www.facebook.com/plugins/likebox.php?href=http%3A%2F%2Fwww.facebook.com%2Fmusterstadt&amp;width=292&amp;show_faces=true"></iframe>',
            "page",
            "https://www.facebook.com/musterstadt",
            f"{PLUGINS}/page.php?href=https%3A%2F%2Fwww.facebook.com%2Fmusterstadt&tabs=timeline&width=292&height=500&adapt_container_width=true",
        ),
    ),
    ended=(
        *(f'<div class="fb-{name}" data-href="{OF_A_PAGE}"></div>' for name in ENDED),
        f'<div class="fb-group" data-href="{GROUP}"></div>',
    ),
    frames={
        "post": Frame("Facebook post", PLAYER, size=(500, 600)),
        "video": Frame("Facebook video", PLAYER, size=(500, 282)),
        "page": Frame("Facebook page", size=(500, 500)),
    },
    facts={
        "usual host": "www.facebook.com",
        "video takes": "width height show_text show_captions t",
        "post takes": "width height show_text",
        "page takes": "tabs width height small_header hide_cover hide_cta show_facepile adapt_container_width",
        "video keeps": "v",
        "post keeps": "fbid id set story_fbid",
        "page keeps": "id",
        "colour": "#0866ff",
        "company": "Meta Platforms Ireland Limited",
        "icon": "M13.6",
        "share": "https://www.facebook.com/sharer/sharer.php?u={url}",
        "counts": "graph.facebook.com",
        "globals": "FB fbq _fbq",
        "discloses": "ip browser language time content site_name",
    },
    loads=("https://connect.facebook.net/de_DE/all.js", "https://www.facebook.com/v2.0/plugins/", "https://scontent.fbcdn.net/a.jpg"),
    others=(
        *(row for name, attribute in ENDED.items() for row in written(name, attribute, "removed", "")),
        *written("share-button", 'data-layout="box_count"', "shared", "https://www.example.org/"),
        Other(f'{SDK}<div class="fb-save" data-uri="{OF_A_PAGE}"></div>', "removed", OF_A_PAGE, "save"),
        Other('<iframe src="https://www.facebook.com/plugins/group.php?href=https%3A%2F%2Fwww.facebook.com%2Fgroups%2Fleinau%2Fposts%2F1"></iframe>', "linked", GROUP, "group"),
        Other(f'{SDK}<div class="fb-group" data-href="{GROUP}"></div>', "linked", GROUP, "group"),
        Other(f'<fb:group href="{GROUP}"></fb:group>', "linked", GROUP, "group"),
        Other(f'{SDK}<div class="fb-group" data-href="/groups/leinau/posts/1" data-show-metadata="true"></div>', "removed", "/groups/leinau/posts/1", "group"),
        Other(f'{SDK}<div class="fb-post" data-href="/musterstadt/posts/123" data-include-parent="true"></div>', "gated", POST, "post"),
        Other(f'{SDK}<div class="fb-page" data-href="/musterstadt" data-show-faces="true"></div>', "gated", "https://www.facebook.com/musterstadt", "page"),
        Other(f'{SDK}<div class="fb-video" data-href="/watch/?v=123" data-allowfullscreen="true"></div>', "gated", VIDEO, "video"),
        Other('<iframe src="https://m.facebook.com/events/123/?ref=x"></iframe>', "linked", "https://www.facebook.com/events/123/"),
        Other('<iframe src="https://www.facebook.com/plugins/new_one.php?href=https%3A%2F%2Fwww.facebook.com%2Fmusterstadt"></iframe>', "gated", "https://www.facebook.com/musterstadt", "page"),
        Other('<iframe src="https://www.facebook.com/xd_arbiter.php?version=46"></iframe>', "removed", "https://www.facebook.com/xd_arbiter.php"),
        Other('<iframe src="https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fwww.example.org%2F"></iframe>', "shared", "https://www.example.org/"),
        Other('<iframe src="https://www.facebook.com/search/top/?q=fest&amp;__cft__=x"></iframe>', "linked", "https://www.facebook.com/search/top/?q=fest"),
        Other(f'{SDK}<div id="fb-root"></div>', "removed"),
        Other('<iframe src="https://www.facebook.com/groups"></iframe>', "linked", "https://www.facebook.com/groups"),
        Other('<img height="1" width="1" src="https://www.facebook.com/tr?id=123&amp;ev=PageView&amp;noscript=1">', "removed", "https://www.facebook.com/tr"),
    ),
)  # fmt: skip
