"""ZDF: videos of its media library, by path and by number."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "zdf",
    rows=(
        Row(
            '<iframe width="640" height="360" src="https://ngp.zdf.de/miniplayer/embed/?mediaID=%2Fzdf%2Fwissen%2Fleschs-kosmos%2Fumgang-mit-daten-102" allowfullscreen></iframe>',
            "video",
            "https://www.zdf.de/wissen/leschs-kosmos/umgang-mit-daten-102.html",
            "https://ngp.zdf.de/miniplayer/embed/?mediaID=%2Fzdf%2Fwissen%2Fleschs-kosmos%2Fumgang-mit-daten-102",
        ),
        Row(
            '<iframe width="100%" src="https://ngp.zdf.de/miniplayer/embed/?mediaID=/zdf/wissen/leschs-kosmos/umgang-mit-daten-102&amp;autoplay=true"></iframe>',
            "video",
            "https://www.zdf.de/wissen/leschs-kosmos/umgang-mit-daten-102.html",
            "https://ngp.zdf.de/miniplayer/embed/?mediaID=%2Fzdf%2Fwissen%2Fleschs-kosmos%2Fumgang-mit-daten-102",
        ),
        Row(
            "https://www.zdf.de/wissen/leschs-kosmos/umgang-mit-daten-102.html",
            "video",
            "https://www.zdf.de/wissen/leschs-kosmos/umgang-mit-daten-102.html",
            "https://ngp.zdf.de/miniplayer/embed/?mediaID=%2Fzdf%2Fwissen%2Fleschs-kosmos%2Fumgang-mit-daten-102",
        ),
        Row(
            "https://ngp.zdf.de/miniplayer/embed/?mediaID=SCMS_d17fd36e-df06-4928-bb31-fa5ff180f3e9",
            "video",
            "https://ngp.zdf.de/miniplayer/embed/?mediaID=SCMS_d17fd36e-df06-4928-bb31-fa5ff180f3e9",
            "https://ngp.zdf.de/miniplayer/embed/?mediaID=SCMS_d17fd36e-df06-4928-bb31-fa5ff180f3e9",
        ),
        Row(
            "https://ngp.zdf.de/miniplayer/embed/?mediaID=%2Fzdf%2Fwissen%2F%3Fa%09%C3%BC-102",
            "video",
            "https://ngp.zdf.de/miniplayer/embed/?mediaID=%2Fzdf%2Fwissen%2F%3Fa%09%C3%BC-102",
            "https://ngp.zdf.de/miniplayer/embed/?mediaID=%2Fzdf%2Fwissen%2F%3Fa%09%C3%BC-102",
        ),
        Row(
            '<iframe data-name="zdf" data-src="https://ngp.zdf.de/miniplayer/embed/?mediaID=/zdf/wissen/leschs-kosmos/umgang-mit-daten-102" width="640" height="360" allowfullscreen></iframe>',
            "video",
            "https://www.zdf.de/wissen/leschs-kosmos/umgang-mit-daten-102.html",
            "https://ngp.zdf.de/miniplayer/embed/?mediaID=%2Fzdf%2Fwissen%2Fleschs-kosmos%2Fumgang-mit-daten-102",
            size=(640, 360),
        ),
    ),
    no_pages=("https://www.zdf.de/miniplayer/none",),
    loads=("https://ngp.zdf.de/miniplayer/embed/",),
    frames={
        "video": Frame("ZDF video", "fullscreen picture-in-picture", size=(640, 360)),
    },
    facts={
        "usual host": "www.zdf.de",
        "video takes": "width height",
        "video keeps": "mediaID",
        "colour": "#b84300",
        "company": "Zweites Deutsches Fernsehen",
        "icon": "M12",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other('<iframe src="https://zdf.de/live-tv?x=1"></iframe>', "linked", "https://www.zdf.de/live-tv"),
        Other(
            '<script>var s = document.createElement("script"); s.src = "https://ngp.zdf.de/miniplayer"; document.head.append(s)</script>',
            "removed",
        ),
    ),
)
