"""ARTE: videos, in the player of today and in the older one."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "arte",
    rows=(
        Row(
            '<iframe allowfullscreen="true" style="transition-duration:0;background-color:#000000;" frameborder="0" scrolling="no" width="640" height="360" src="https://www.arte.tv/embeds/de/095172-005-A?autoplay=true&amp;mute=0"></iframe>',
            "video",
            "https://www.arte.tv/de/videos/095172-005-A/",
            "https://www.arte.tv/embeds/de/095172-005-A?autoplay=false",
        ),
        Row(
            '<iframe src="https://www.arte.tv/player/v5/index.php?json_url=https%3A%2F%2Fapi.arte.tv%2Fapi%2Fplayer%2Fv2%2Fconfig%2Fde%2F095172-005-A&amp;lang=de&amp;mute=0" width="640" height="360" allowfullscreen></iframe>',
            "video",
            "https://www.arte.tv/de/videos/095172-005-A/",
            "https://www.arte.tv/embeds/de/095172-005-A?autoplay=false",
        ),
        Row(
            "https://www.arte.tv/de/videos/095172-005-A/mit-offenen-karten/?utm_source=share",
            "video",
            "https://www.arte.tv/de/videos/095172-005-A/",
            "https://www.arte.tv/embeds/de/095172-005-A?autoplay=false",
        ),
        Row(
            "https://www.arte.tv/player/v3/index.php?json_url=https%3A%2F%2Fapi.arte.tv%2Fapi%2Fplayer%2Fv1%2Fconfig%2Fde%2F095172-005-A%3Fautostart%3D1",
            "video",
            "https://www.arte.tv/de/videos/095172-005-A/",
            "https://www.arte.tv/embeds/de/095172-005-A?autoplay=false",
        ),
    ),
    loads=("https://www.arte.tv/player/v7/index.php",),
    frames={
        "video": Frame("ARTE video", "fullscreen encrypted-media picture-in-picture", size=(640, 360)),
    },
    facts={
        "usual host": "www.arte.tv",
        "video takes": "start width height",
        "video keeps": "json_url",
        "colour": "#c2410c",
        "company": "ARTE G.E.I.E.",
        "icon": "M12",
        "discloses": "ip browser language time content site_name",
    },
    no_pages=("https://www.arte.tv/player/none",),
    others=(
        Other('<iframe src="https://arte.tv/de/guide/?x=1"></iframe>', "linked", "https://www.arte.tv/de/guide/"),
        Other(
            '<script>var s = document.createElement("script"); s.src = "https://www.arte.tv/embeds"; document.head.append(s)</script>',
            "removed",
        ),
    ),
)
