"""Deezer: code of its dialogue (2026) and of the player before it (2016); addresses as they are shared."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "deezer",
    rows=(
        Row(
            "https://www.deezer.com/fr/track/3135556?host=0",
            "track",
            "https://www.deezer.com/track/3135556",
            "https://widget.deezer.com/widget/auto/track/3135556?autoplay=false",
        ),
        Row(
            '<iframe data-src="https://widget.deezer.com/widget/auto/playlist/123?app_id=457142" height="300"></iframe>',
            "playlist",
            "https://www.deezer.com/playlist/123",
            "https://widget.deezer.com/widget/auto/playlist/123?autoplay=false",
        ),
        Row(
            '<iframe title="deezer-widget" src="https://widget.deezer.com/widget/dark/playlist/7871175002" width="100%" height="300" frameborder="0" allowtransparency="true" allow="encrypted-media; clipboard-write"></iframe>',
            "playlist",
            "https://www.deezer.com/playlist/7871175002",
            "https://widget.deezer.com/widget/auto/playlist/7871175002?autoplay=false",
        ),
        Row(
            '<iframe scrolling="no" frameborder="0" allowTransparency="true" src="https://www.deezer.com/plugins/player?format=classic&autoplay=true&playlist=true&width=700&height=350&color=007FEB&layout=dark&size=medium&type=tracks&id=3135556&app_id=1" width="700" height="350"></iframe>',
            "track",
            "https://www.deezer.com/track/3135556",
            "https://widget.deezer.com/widget/auto/track/3135556?autoplay=false",
        ),
        Row(
            "https://www.deezer.com/de/album/1",
            "album",
            "https://www.deezer.com/album/1",
            "https://widget.deezer.com/widget/auto/album/1?autoplay=false",
        ),
        Row(
            "https://widget.deezer.com/widget/light/artist/27/top_tracks",
            "artist",
            "https://www.deezer.com/artist/27",
            "https://widget.deezer.com/widget/auto/artist/27/top_tracks?autoplay=false",
        ),
        Row(
            "https://www.deezer.com/episode/2?utm_source=x",
            "episode",
            "https://www.deezer.com/episode/2",
            "https://widget.deezer.com/widget/auto/episode/2?autoplay=false",
        ),
        Row(
            "deezer.com/show/3",
            "show",
            "https://www.deezer.com/show/3",
            "https://widget.deezer.com/widget/auto/show/3?autoplay=false",
        ),
    ),
    no_pages=("https://www.deezer.com/plugins/player",),
    loads=(
        "https://widget.deezer.com/widget/dark/track/123",
        "https://www.deezer.com/plugins/player",
        "https://e-cdns-files.dzcdn.net/a.js",
    ),
    frames={
        "track": Frame("Audio from Deezer", "encrypted-media clipboard-write", size=(640, 150)),
        "album": Frame("Audio from Deezer", "encrypted-media clipboard-write", size=(640, 300)),
        "playlist": Frame("Audio from Deezer", "encrypted-media clipboard-write", size=(640, 300)),
        "artist": Frame("Audio from Deezer", "encrypted-media clipboard-write", size=(640, 300)),
        "episode": Frame("Audio from Deezer", "encrypted-media clipboard-write", size=(640, 150)),
        "show": Frame("Audio from Deezer", "encrypted-media clipboard-write", size=(640, 300)),
    },
    facts={
        "usual host": "www.deezer.com",
        "track takes": "width height",
        "album takes": "width height",
        "playlist takes": "width height",
        "artist takes": "width height",
        "episode takes": "width height",
        "show takes": "width height",
        "track keeps": "id type",
        "album keeps": "id type",
        "playlist keeps": "id type",
        "artist keeps": "id type",
        "episode keeps": "id type",
        "show keeps": "id type",
        "colour": "#8a2be2",
        "company": "Deezer SA",
        "icon": "M3",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other(
            '<iframe src="https://www.deezer.com/plugins/player?type=radio&amp;id=1"></iframe>',
            "linked",
            "https://www.deezer.com/plugins/player",
        ),
        Other(
            '<script>var s = document.createElement("script"); s.src = "https://widget.deezer.com/sdk.js"; document.head.append(s)</script>',
            "removed",
        ),
    ),
)
