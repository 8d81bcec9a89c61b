"""Facebook: code of its dialogues, as a frame and as markup of its script, old and new; AMP; addresses."""

from support.platform_rows import Expected, Frame, Other, Row

PLUGINS = "https://www.facebook.com/plugins"
PLAYER = "fullscreen encrypted-media picture-in-picture clipboard-write web-share"
POST = "https://www.facebook.com/musterstadt/posts/123"
VIDEO = "https://www.facebook.com/watch/?v=123"
SDK = '<script async src="https://connect.facebook.net/de_DE/sdk.js"></script>'

EXPECTED = Expected(
    "facebook",
    rows=(
        Row(
            '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fmusterstadt%2Fposts%2F123&amp;show_text=false&amp;width=400" width="400" height="600" style="border:none;overflow:hidden" scrolling="no" frameborder="0" allowfullscreen="true" allow="autoplay; clipboard-write; encrypted-media; picture-in-picture; web-share"></iframe>',
            "post",
            POST,
            f"{PLUGINS}/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fmusterstadt%2Fposts%2F123&width=400&show_text=false",
        ),
        Row(
            f'{SDK}<div class="fb-post" data-href="https://www.facebook.com/musterstadt/posts/123" data-width="500"><blockquote cite="https://www.facebook.com/musterstadt/posts/123" class="fb-xfbml-parse-ignore"><p>Das Freibad ist offen</p></blockquote></div>',
            "post",
            POST,
            f"{PLUGINS}/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fmusterstadt%2Fposts%2F123&width=500&show_text=true",
            kept="Das Freibad ist offen",
        ),
        Row(
            '<iframe src="https://www.facebook.com/v2.3/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fmusterstadt%2Fvideos%2F123%2F&amp;t=7"></iframe>',
            "video",
            "https://www.facebook.com/musterstadt/videos/123/",
            f"{PLUGINS}/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fmusterstadt%2Fvideos%2F123%2F&width=500&show_text=false&t=7",
        ),
        Row('<iframe src="https://www.facebook.com/video/embed?video_id=123"></iframe>', "video", VIDEO, f"{PLUGINS}/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fwatch%2F%3Fv%3D123&width=500&show_text=false"),
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
    frames={
        "post": Frame("Facebook post", PLAYER, size=(400, 600)),
        "video": Frame("Facebook video", PLAYER, size=(500, 282)),
        "page": Frame("Facebook page", size=(500, 500)),
    },
    facts={
        "colour": "#0866ff",
        "company": "Meta Platforms Ireland Limited",
        "icon": "M13.6",
        "share": "https://www.facebook.com/sharer/sharer.php?u={url}",
        "counts": "graph.facebook.com",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other('<img height="1" width="1" src="https://www.facebook.com/tr?id=123&amp;ev=PageView&amp;noscript=1">', "removed", "https://www.facebook.com/tr"),
        Other(f'{SDK}<div class="fb-like" data-href="https://www.example.org/" data-layout="button_count"></div>', "removed", "https://www.example.org/"),
    ),
)  # fmt: skip
