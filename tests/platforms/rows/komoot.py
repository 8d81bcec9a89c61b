"""Komoot: code of its dialogue (2026, 2018); addresses as they are shared."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "komoot",
    rows=(
        Row(
            '<iframe src="https://www.komoot.com/de-de/tour/2307166457/embed?share_token=aQnymAKsMOlx&profile=1" width="640" height="700" frameborder="0" scrolling="no"></iframe>',
            "tour",
            "https://www.komoot.com/tour/2307166457",
            "https://www.komoot.com/tour/2307166457/embed?share_token=aQnymAKsMOlx&profile=1",
        ),
        Row(
            '<iframe src="https://www.komoot.de/tour/14022454/embed?profile=0" width="640" height="440"></iframe>',
            "tour",
            "https://www.komoot.com/tour/14022454",
            "https://www.komoot.com/tour/14022454/embed?profile=0",
        ),
        Row(
            "https://en.komoot.de/tour/14022454/embed",
            "tour",
            "https://www.komoot.com/tour/14022454",
            "https://www.komoot.com/tour/14022454/embed",
        ),
        Row(
            "https://www.komoot.com/tour/1/embed?share_token=aFC&hl=es&layout=gallery&gallery=1",
            "tour",
            "https://www.komoot.com/tour/1",
            "https://www.komoot.com/tour/1/embed?share_token=aFC",
        ),
        Row(
            "https://www.komoot.com/de-de/tour/1?share_token=aB&ref=wtd",
            "tour",
            "https://www.komoot.com/tour/1",
            "https://www.komoot.com/tour/1/embed?share_token=aB",
        ),
        Row(
            "https://www.komoot.com/collection/3965053/radwege-am-meer/embed?layout=map",
            "collection",
            "https://www.komoot.com/collection/3965053/radwege-am-meer",
            "https://www.komoot.com/collection/3965053/radwege-am-meer/embed",
        ),
        Row(
            "https://www.komoot.com/de-de/collection/3965053/",
            "collection",
            "https://www.komoot.com/collection/3965053",
            "https://www.komoot.com/collection/3965053/embed",
        ),
        Row(
            '<iframe src="https://www.komoot.com/collection/3965053/embed" width="100%" height="600" frameborder="0" scrolling="no"></iframe>',
            "collection",
            "https://www.komoot.com/collection/3965053",
            "https://www.komoot.com/collection/3965053/embed",
        ),
        Row(
            '<iframe src="https://www.komoot.com/de-de/collection/3965053/-radwege-am-meer/embed" width="640" height="580" frameborder="0" scrolling="no"></iframe>',
            "collection",
            "https://www.komoot.com/collection/3965053/-radwege-am-meer",
            "https://www.komoot.com/collection/3965053/-radwege-am-meer/embed",
            size=(640, 580),
        ),
    ),
    no_pages=("https://www.komoot.com/none/embed",),
    loads=("https://www.komoot.com/tour/123/embed",),
    frames={
        "tour": Frame("Map from Komoot", "fullscreen", size=(640, 440)),
        "collection": Frame("Map from Komoot", "fullscreen", size=(640, 440)),
    },
    facts={
        "usual host": "www.komoot.com",
        "tour takes": "profile width height",
        "collection takes": "profile width height",
        "tour keeps": "share_token",
        "collection keeps": "share_token",
        "colour": "#4a6b12",
        "company": "komoot GmbH",
        "icon": "M2",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other(
            '<iframe src="https://www.komoot.com/user/1/embed"></iframe>',
            "linked",
            "https://www.komoot.com/user/1/embed",
        ),
        Other(
            '<img src="https://www.komoot.com/tour/1/embed?image=1">', "removed", "https://www.komoot.com/tour/1/embed"
        ),
    ),
)
