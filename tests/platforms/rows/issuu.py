"""Issuu: code of its dialogue (2026), the element with a number (2014) and the frame that its script made; addresses as they are shared."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "issuu",
    rows=(
        Row(
            '<div style="position:relative;padding-top:max(60%,326px);height:0;width:100%"><iframe allow="clipboard-write" sandbox="allow-top-navigation allow-top-navigation-by-user-activation allow-downloads allow-scripts allow-same-origin allow-popups allow-modals allow-popups-to-escape-sandbox allow-forms" allowfullscreen="true" style="position:absolute;border:none;width:100%;height:100%;left:0;right:0;top:0;bottom:0;" src="https://e.issuu.com/embed.html?backgroundColor=%23ffffff&amp;d=amtsblatt_11_2026&amp;u=musterstadt"></iframe></div>',
            "document",
            "https://issuu.com/musterstadt/docs/amtsblatt_11_2026",
            "https://e.issuu.com/embed.html?d=amtsblatt_11_2026&u=musterstadt",
        ),
        Row(
            '<div data-configid="0/35473455" style="width:650px; height:455px;" class="issuuembed"></div><script type="text/javascript" src="//e.issuu.com/embed.js" async="true"></script>',
            "document",
            "https://e.issuu.com/embed.html#0/35473455",
            "https://e.issuu.com/embed.html#0/35473455",
        ),
        Row(
            '<iframe src="//e.issuu.com/embed.html#0/35473455" allowfullscreen></iframe>',
            "document",
            "https://e.issuu.com/embed.html#0/35473455",
            "https://e.issuu.com/embed.html#0/35473455",
        ),
        Row(
            '<div class="issuuembed" data-url="https://issuu.com/musterstadt/docs/amtsblatt_11_2026"></div>',
            "document",
            "https://issuu.com/musterstadt/docs/amtsblatt_11_2026",
            "https://e.issuu.com/embed.html?d=amtsblatt_11_2026&u=musterstadt",
        ),
        Row(
            "https://issuu.com/musterstadt/docs/amtsblatt_11_2026/5?fr=abc",
            "document",
            "https://issuu.com/musterstadt/docs/amtsblatt_11_2026",
            "https://e.issuu.com/embed.html?d=amtsblatt_11_2026&u=musterstadt",
        ),
        Row(
            "https://e.issuu.com/issuu-reader3-embed-files/latest/anonymous-embed.html?u=musterstadt&d=amtsblatt_11_2026",
            "document",
            "https://issuu.com/musterstadt/docs/amtsblatt_11_2026",
            "https://e.issuu.com/embed.html?d=amtsblatt_11_2026&u=musterstadt",
        ),
    ),
    no_pages=("https://issuu.com/none/embed.html",),
    loads=(
        "//e.issuu.com/embed.js",
        "https://image.isu.pub/1.jpg",
    ),
    frames={
        "document": Frame(
            "Document from Issuu", "fullscreen clipboard-write", size=(640, 480), sandbox="allow-downloads"
        ),
    },
    facts={
        "usual host": "issuu.com",
        "document takes": "width height",
        "document keeps": "d u",
        "colour": "#c7361b",
        "company": "Issuu, Inc.",
        "icon": "M3",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other('<script src="//e.issuu.com/embed.js" async="true"></script>', "removed", "https://e.issuu.com/embed.js"),
        Other(
            '<script>var s = document.createElement("script"); s.src = "//e.issuu.com/embed.js"; document.head.append(s)</script>',
            "removed",
        ),
        Other('<iframe src="https://issuu.com/musterstadt"></iframe>', "linked", "https://issuu.com/musterstadt"),
    ),
)
