"""Pinterest: pins, by script and as a frame; boards and profiles become links."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "pinterest",
    rows=(
        Row(
            '<a data-pin-do="embedPin" data-pin-width="medium" href="https://www.pinterest.com/pin/123456789012345678/"></a><script async defer src="https://assets.pinterest.com/js/pinit.js"></script>',
            "pin",
            "https://www.pinterest.com/pin/123456789012345678/",
            "https://assets.pinterest.com/ext/embed.html?id=123456789012345678",
        ),
        Row(
            '<iframe src="https://assets.pinterest.com/ext/embed.html?id=123456789012345678" height="714" width="345" frameborder="0" scrolling="no" ></iframe>',
            "pin",
            "https://www.pinterest.com/pin/123456789012345678/",
            "https://assets.pinterest.com/ext/embed.html?id=123456789012345678",
        ),
        Row(
            "https://www.pinterest.com/pin/123456789012345678/",
            "pin",
            "https://www.pinterest.com/pin/123456789012345678/",
            "https://assets.pinterest.com/ext/embed.html?id=123456789012345678",
        ),
        Row(
            "https://de.pinterest.com/pin/123456789012345678/?mt=login",
            "pin",
            "https://www.pinterest.com/pin/123456789012345678/",
            "https://assets.pinterest.com/ext/embed.html?id=123456789012345678",
        ),
        Row(
            "https://www.pinterest.de/pin/rathaus-bei-nacht--123456789012345678",
            "pin",
            "https://www.pinterest.com/pin/123456789012345678/",
            "https://assets.pinterest.com/ext/embed.html?id=123456789012345678",
        ),
        Row(
            '<amp-pinterest width="245" height="330" data-do="embedPin" data-url="https://www.pinterest.com/pin/123456789012345678/"></amp-pinterest>',
            "pin",
            "https://www.pinterest.com/pin/123456789012345678/",
            "https://assets.pinterest.com/ext/embed.html?id=123456789012345678",
        ),
    ),
    no_pages=("https://www.pinterest.com/ext/none",),
    nothing=("https://www.pinterest.com/about/", "https://www.pinterest.com/business/news/"),
    loads=(
        "https://assets.pinterest.com/js/pinit.js",
        "https://i.pinimg.com/1.jpg",
    ),
    frames={
        "pin": Frame("Pinterest post", "fullscreen", size=(345, 650)),
    },
    facts={
        "usual host": "www.pinterest.com",
        "pin takes": "width height",
        "pin keeps": "id",
        "globals": "PinUtils pintrk",
        "colour": "#bd081c",
        "company": "Pinterest Europe Ltd.",
        "icon": "M12",
        "share": "https://www.pinterest.com/pin/create/button/?url={url}&media={media}&description={title}",
        "counts": "api.pinterest.com",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other(
            '<iframe src="https://de.pinterest.com/ideas/rathaus/1/?x=1"></iframe>',
            "linked",
            "https://www.pinterest.com/ideas/rathaus/1/",
        ),
        Other(
            '<script>var s = document.createElement("script"); s.src = "https://assets.pinterest.com/js"; document.head.append(s)</script>',
            "removed",
        ),
        Other(
            '<script async defer src="https://assets.pinterest.com/js/pinit.js"></script><a data-pin-do="embedBoard" data-pin-board-width="400" href="https://www.pinterest.com/musterstadt/rathaus/"></a>',
            "linked",
            "https://www.pinterest.com/musterstadt/rathaus/",
            "board",
        ),
        Other(
            '<script async defer src="https://assets.pinterest.com/js/pinit.js"></script><a data-pin-do="embedUser" data-pin-board-width="400" href="https://www.pinterest.com/musterstadt/"></a>',
            "linked",
            "https://www.pinterest.com/musterstadt/",
            "profile",
        ),
    ),
)
