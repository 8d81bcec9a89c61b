"""Instagram: code of its dialogue, the same as a browser has rendered it, AMP; reels and addresses with the account's name."""

from support.platform_rows import Expected, Frame, Other, Row

POST = "https://www.instagram.com/p/CabcDefGhiJ/"
FRAME = "https://www.instagram.com/p/CabcDefGhiJ/embed/captioned/"
SHOWN = Frame("Instagram post", "fullscreen encrypted-media picture-in-picture", size=(540, 880))

EXPECTED = Expected(
    "instagram",
    rows=(
        Row(
            '<blockquote class="instagram-media" data-instgrm-captioned data-instgrm-permalink="https://www.instagram.com/p/CabcDefGhiJ/?utm_source=ig_embed&amp;utm_campaign=loading" data-instgrm-version="14" style="background:#FFF;"><div style="padding:16px;"><p>Sommerfest am See</p></div></blockquote>',
            "post",
            POST,
            FRAME,
            kept="Sommerfest am See",
        ),
        Row(
            '<blockquote class="instagram-media" data-instgrm-version="13"><p><a href="https://www.instagram.com/reel/CabcDefGhiJ/?igsh=x">Film am See</a></p></blockquote>',
            "post",
            "https://www.instagram.com/reel/CabcDefGhiJ/",
            FRAME,
            kept="Film am See",
        ),
        Row(
            '<blockquote class="instagram-media" data-instgrm-version="7"><p><a href="https://instagr.am/p/CabcDefGhiJ/">Winterfest am See</a></p></blockquote>',
            "post",
            POST,
            FRAME,
            kept="Winterfest am See",
        ),
        Row(
            '<iframe class="instagram-media instagram-media-rendered" id="instagram-embed-0" src="https://www.instagram.com/p/CabcDefGhiJ/embed/captioned/?cr=1&amp;v=14&amp;wp=540&amp;rd=https%3A%2F%2Fwww.example.org&amp;rp=%2Fnews%2F#%7B%22ci%22%3A0%7D" allowtransparency="true" height="880"></iframe>',
            "post",
            POST,
            FRAME,
        ),
        Row(
            '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/reel/CabcDefGhiJ/?utm_source=ig_embed"></blockquote>',
            "post",
            "https://www.instagram.com/reel/CabcDefGhiJ/",
            FRAME,
        ),
        Row('<iframe src="https://www.instagram.com/tv/CabcDefGhiJ/embed" width="400" height="700"></iframe>', "post", POST, FRAME, size=(400, 700)),
        Row('<amp-instagram data-shortcode="CabcDefGhiJ" data-captioned width="1" height="1"></amp-instagram>', "post", POST, FRAME),
        Row("https://www.instagram.com/p/CabcDefGhiJ/?igsh=MzRlODBi", "post", POST, FRAME),
        Row("https://instagram.com/musterstadt/p/CabcDefGhiJ/?utm_source=ig_web_copy_link", "post", POST, FRAME),
        Row('<iframe src="https://www.instagram.com/reel/CabcDefGhiJ/embed/" width="320" height="560"></iframe>', "reel", "https://www.instagram.com/reel/CabcDefGhiJ/", FRAME, size=(320, 560)),
        Row('<iframe class="instagram-media instagram-media-rendered" src="https://www.instagram.com/musterstadt/reel/CabcDefGhiJ/embed/?cr=1&amp;rd=https%3A%2F%2Fwww.example.org"></iframe>', "reel", "https://www.instagram.com/reel/CabcDefGhiJ/", FRAME),
        Row('<iframe class="instagram-media instagram-media-rendered" src="https://www.instagram.com/musterstadt/p/CabcDefGhiJ/embed/?cr=1&amp;rd=https%3A%2F%2Fwww.example.org"></iframe>', "post", POST, FRAME),
        Row("https://www.instagram.com/reels/CabcDefGhiJ/", "reel", "https://www.instagram.com/reel/CabcDefGhiJ/", FRAME),
    ),
    frames={"post": SHOWN, "reel": Frame("Instagram video", SHOWN.features, size=(540, 880))},
    facts={
        "usual host": "www.instagram.com",
        "reel takes": "width height",
        "post takes": "width height",
        "post tells its height": "details.height if type is MEASURE",
        "reel tells its height": "details.height if type is MEASURE",
        "colour": "#b4257f",
        "company": "Meta Platforms Ireland Limited",
        "icon": "M7",
        "globals": "instgrm",
        "discloses": "ip browser language time content site_name",
    },
    no_pages=("https://www.instagram.com/explore/musterstadt/embed",),
    loads=("//www.instagram.com/embed.js", "https://scontent.cdninstagram.com/v/t51"),
    others=(
        Other('<iframe src="https://www.instagram.com/musterstadt/embed/?cr=1&amp;rd=https%3A%2F%2Fwww.example.org"></iframe>', "linked", "https://www.instagram.com/musterstadt/", "profile"),
        Other('<iframe src="https://m.instagram.com/explore/tags/fest/?igsh=x"></iframe>', "linked", "https://www.instagram.com/explore/tags/fest/"),
        Other('<script async src="//www.instagram.com/embed.js"></script>', "removed", "https://www.instagram.com/embed.js"),
        Other('<script>var s = document.createElement("script"); s.src = "https://www.instagram.com/embed.js"; document.head.append(s)</script>', "removed"),
    ),
)  # fmt: skip
