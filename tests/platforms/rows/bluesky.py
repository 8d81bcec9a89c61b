"""Bluesky: posts, with a handle or a DID."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "bluesky",
    rows=(
        Row(
            '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3kabcdefghi2j"><p>Das Freibad ist offen</p></blockquote><script async src="https://embed.bsky.app/static/embed.js"></script>',
            "post",
            "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kabcdefghi2j",
            "https://embed.bsky.app/embed/did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3kabcdefghi2j?id=1",
            kept="Das Freibad ist offen",
        ),
        Row(
            '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abc/app.bsky.feed.post/3kabc"></blockquote><script async src="https://embed.bsky.app/static/embed.js"></script>',
            "post",
            "https://bsky.app/profile/did:plc:abc/post/3kabc",
            "https://embed.bsky.app/embed/did:plc:abc/app.bsky.feed.post/3kabc?id=1",
        ),
        Row(
            '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3kabcdefghi2j" data-bluesky-cid="bafyreib" data-bluesky-embed-color-mode="system"><p lang="de">Das Freibad ist offen</p>&mdash; Musterstadt (<a href="https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx?ref_src=embed">@musterstadt.example</a>) <a href="https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kabcdefghi2j?ref_src=embed">1. November 2026</a></blockquote><script async src="https://embed.bsky.app/static/embed.js" charset="utf-8"></script>',
            "post",
            "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kabcdefghi2j",
            "https://embed.bsky.app/embed/did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3kabcdefghi2j?id=1",
            kept="Das Freibad ist offen",
        ),
        Row(
            '<blockquote class="bluesky-embed"><p lang="de">Das Freibad ist offen</p>&mdash; Musterstadt (<a href="https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx?ref_src=embed">@musterstadt.example</a>) <a href="https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kabcdefghi2j?ref_src=embed">1. November 2026</a></blockquote><script async src="https://embed.bsky.app/static/embed.js" charset="utf-8"></script>',
            "post",
            "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kabcdefghi2j",
            "https://embed.bsky.app/embed/did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3kabcdefghi2j?id=1",
            kept="Das Freibad ist offen",
        ),
        Row(
            '<div class="bluesky-embed"><iframe src="https://embed.bsky.app/embed/did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3kabcdefghi2j?id=0123&amp;ref_url=https%3A%2F%2Fwww.leinau.example%2Fneues&amp;colorMode=system" width="100%" frameborder="0" scrolling="no" style="height: 402px;"></iframe></div>',
            "post",
            "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kabcdefghi2j",
            "https://embed.bsky.app/embed/did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3kabcdefghi2j?id=1",
        ),
        Row(
            "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kabcdefghi2j",
            "post",
            "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kabcdefghi2j",
            "https://embed.bsky.app/embed/did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3kabcdefghi2j?id=1",
        ),
        Row(
            "https://embed.bsky.app/embed/did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3kabcdefghi2j?ref_url=https%3A%2F%2Fwww.leinau.example",
            "post",
            "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kabcdefghi2j",
            "https://embed.bsky.app/embed/did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3kabcdefghi2j?id=1",
        ),
        Row(
            "bsky.app/profile/musterstadt.example/post/3kabcdefghi2j",
            "post",
            "https://bsky.app/profile/musterstadt.example/post/3kabcdefghi2j",
            "https://embed.bsky.app/embed/musterstadt.example/app.bsky.feed.post/3kabcdefghi2j?id=1",
        ),
    ),
    no_pages=("https://bsky.app/embed/none",),
    loads=("https://embed.bsky.app/static/embed.js",),
    frames={
        "post": Frame("Bluesky post", "fullscreen picture-in-picture", size=(600, 600)),
    },
    facts={
        "usual host": "bsky.app",
        "post takes": "width height",
        "globals": "bluesky",
        "post tells its height": "height if id is 1",
        "colour": "#0a66c8",
        "company": "Bluesky Social, PBC",
        "icon": "M12",
        "share": "https://bsky.app/intent/compose?text={title}%20{url}",
        "counts": "constellation.microcosm.blue",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other('<iframe src="https://www.bsky.app/about?x=1"></iframe>', "linked", "https://bsky.app/about"),
        Other(
            '<script>var s = document.createElement("script"); s.src = "https://embed.bsky.app/static"; document.head.append(s)</script>',
            "removed",
        ),
    ),
)
