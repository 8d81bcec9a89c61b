"""Giphy: code of its dialogue (2026, 2015); addresses as they are shared."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "giphy",
    rows=(
        Row(
            '<iframe src="https://giphy.com/embed/F7yLXA5fJ5sLC" width="480" height="270" style="" frameBorder="0" class="giphy-embed" allowFullScreen></iframe><p><a href="https://giphy.com/gifs/winken-rathaus-F7yLXA5fJ5sLC">via GIPHY</a></p>',
            "gif",
            "https://giphy.com/gifs/F7yLXA5fJ5sLC",
            "https://giphy.com/embed/F7yLXA5fJ5sLC",
            kept='<p><a href="https://giphy.com/gifs/winken-rathaus-F7yLXA5fJ5sLC">via GIPHY</a></p>',
        ),
        Row(
            '<iframe src="//giphy.com/embed/F7yLXA5fJ5sLC" width="480" height="240" class="giphy-embed"></iframe>',
            "gif",
            "https://giphy.com/gifs/F7yLXA5fJ5sLC",
            "https://giphy.com/embed/F7yLXA5fJ5sLC",
        ),
        Row(
            "https://giphy.com/embed/AbC123/video",
            "gif",
            "https://giphy.com/gifs/AbC123",
            "https://giphy.com/embed/AbC123",
        ),
        Row(
            "https://giphy.com/gifs/AbC123",
            "gif",
            "https://giphy.com/gifs/AbC123",
            "https://giphy.com/embed/AbC123",
        ),
        Row(
            "https://giphy.com/stickers/herz-rot-AbC123?utm_source=share",
            "gif",
            "https://giphy.com/gifs/AbC123",
            "https://giphy.com/embed/AbC123",
        ),
        Row(
            "https://giphy.com/clips/ein-clip-AbC123",
            "gif",
            "https://giphy.com/gifs/AbC123",
            "https://giphy.com/embed/AbC123",
        ),
        Row(
            '<div style="width:100%;height:0;padding-bottom:56%;position:relative;"><iframe src="https://giphy.com/embed/F7yLXA5fJ5sLC/video" width="100%" height="100%" style="position:absolute" frameBorder="0" class="giphy-embed" allowFullScreen></iframe></div>',
            "gif",
            "https://giphy.com/gifs/F7yLXA5fJ5sLC",
            "https://giphy.com/embed/F7yLXA5fJ5sLC",
        ),
    ),
    no_pages=("https://giphy.com/embed/no.gif",),
    loads=("https://giphy.com/embed/AbC123",),
    frames={
        "gif": Frame("Picture from Giphy", "fullscreen", size=(480, 270)),
    },
    facts={
        "usual host": "giphy.com",
        "gif takes": "width height",
        "colour": "#121212",
        "company": "Giphy, Inc.",
        "icon": "M4",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other(
            '<img src="https://media.giphy.com/media/AbC/giphy.gif">',
            "removed",
            "https://media.giphy.com/media/AbC/giphy.gif",
        ),
        Other('<iframe src="https://giphy.com/search/katzen"></iframe>', "linked", "https://giphy.com/search/katzen"),
    ),
)
