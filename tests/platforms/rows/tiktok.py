"""TikTok: videos, in the old code and in the player; profiles and live broadcasts become links."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "tiktok",
    rows=(
        Row(
            '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@musterstadt/video/7123456789012345678" data-video-id="7123456789012345678" style="max-width: 605px;min-width: 325px;"><section><a target="_blank" title="@musterstadt" href="https://www.tiktok.com/@musterstadt?refer=embed">@musterstadt</a> Das Freibad ist offen</section></blockquote> <script async src="https://www.tiktok.com/embed.js"></script>',
            "video",
            "https://www.tiktok.com/@musterstadt/video/7123456789012345678",
            "https://www.tiktok.com/player/v1/7123456789012345678?rel=0&description=1",
            kept="Das Freibad ist offen",
        ),
        Row(
            '<iframe height="740" width="340" src="https://www.tiktok.com/player/v1/7123456789012345678?music_info=1&amp;description=1&amp;autoplay=1&amp;closed_caption=1" allow="fullscreen" title="TikTok"></iframe>',
            "video",
            "https://www.tiktok.com/@_/video/7123456789012345678",
            "https://www.tiktok.com/player/v1/7123456789012345678?rel=0&description=1&closed_caption=1",
        ),
        Row(
            "https://www.tiktok.com/@musterstadt/video/7123456789012345678?is_from_webapp=1&sender_device=pc",
            "video",
            "https://www.tiktok.com/@musterstadt/video/7123456789012345678",
            "https://www.tiktok.com/player/v1/7123456789012345678?rel=0&description=1",
        ),
        Row(
            "https://m.tiktok.com/v/7123456789012345678.html",
            "video",
            "https://www.tiktok.com/@_/video/7123456789012345678",
            "https://www.tiktok.com/player/v1/7123456789012345678?rel=0&description=1",
        ),
        Row(
            "https://www.tiktok.com/embed/v2/7123456789012345678?lang=de-DE",
            "video",
            "https://www.tiktok.com/@_/video/7123456789012345678",
            "https://www.tiktok.com/player/v1/7123456789012345678?rel=0&description=1",
        ),
        Row(
            "https://www.tiktok.com/embed/7123456789012345678",
            "video",
            "https://www.tiktok.com/@_/video/7123456789012345678",
            "https://www.tiktok.com/player/v1/7123456789012345678?rel=0&description=1",
        ),
        Row(
            '<amp-tiktok width="325" height="731" data-src="https://www.tiktok.com/@musterstadt/video/7123456789012345678"></amp-tiktok>',
            "video",
            "https://www.tiktok.com/@musterstadt/video/7123456789012345678",
            "https://www.tiktok.com/player/v1/7123456789012345678?rel=0&description=1",
        ),
    ),
    no_pages=("https://www.tiktok.com/embed/none",),
    loads=(
        "https://www.tiktok.com/embed.js",
        "https://sf16-website-login.neutral.ttwstatic.com/1.js",
    ),
    frames={
        "video": Frame("TikTok video", "fullscreen", size=(325, 720)),
    },
    facts={
        "usual host": "www.tiktok.com",
        "video takes": "closed_caption width height",
        "globals": "tiktokEmbed ttq",
        "colour": "#111111",
        "company": "TikTok Technology Limited",
        "icon": "M13",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other('<iframe src="https://m.tiktok.com/explore?x=1"></iframe>', "linked", "https://www.tiktok.com/explore"),
        Other(
            '<script>var s = document.createElement("script"); s.src = "https://www.tiktok.com/embed"; document.head.append(s)</script>',
            "removed",
        ),
        Other(
            '<script async src="https://www.tiktok.com/embed.js"></script><blockquote class="tiktok-embed" cite="https://www.tiktok.com/@musterstadt" data-unique-id="musterstadt" data-embed-type="creator" style="max-width: 780px; min-width: 288px;"><section><a target="_blank" href="https://www.tiktok.com/@musterstadt?refer=creator_embed">@musterstadt</a></section></blockquote>',
            "linked",
            "https://www.tiktok.com/@musterstadt",
            "video",
        ),
        Other(
            '<script async src="https://www.tiktok.com/embed.js"></script><iframe src="https://www.tiktok.com/embed/@musterstadt"></iframe>',
            "linked",
            "https://www.tiktok.com/@musterstadt",
            "profile",
        ),
        Other(
            '<script async src="https://www.tiktok.com/embed.js"></script><iframe src="https://www.tiktok.com/embed/live/@musterstadt?embed_domain=www.leinau.example" allow="autoplay; fullscreen"></iframe>',
            "linked",
            "https://www.tiktok.com/@musterstadt/live",
            "live",
        ),
    ),
)
