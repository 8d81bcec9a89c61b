"""Spotify: code of its dialogue (2026, 2018) and of the one for podcasts (2021), the frames with an address of the application (2013); addresses as they are shared."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "spotify",
    rows=(
        Row(
            '<iframe src="https://open.spotify.com/embed-podcast/episode/5bCdEfGhIjKlMnOpQrStUv" width="100%" height="232"></iframe>',
            "episode",
            "https://open.spotify.com/episode/5bCdEfGhIjKlMnOpQrStUv",
            "https://open.spotify.com/embed/episode/5bCdEfGhIjKlMnOpQrStUv",
        ),
        Row(
            '<iframe data-testid="embed-iframe" style="border-radius:12px" src="https://open.spotify.com/embed/episode/4aBcDeFgHiJkLmNoPqRsTu?utm_source=generator" width="100%" height="352" frameBorder="0" allowfullscreen="" allow="autoplay; clipboard-write; encrypted-media; fullscreen; picture-in-picture" loading="lazy"></iframe>',
            "episode",
            "https://open.spotify.com/episode/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/episode/4aBcDeFgHiJkLmNoPqRsTu",
        ),
        Row(
            '<iframe src="https://open.spotify.com/embed-podcast/show/4aBcDeFgHiJkLmNoPqRsTu" width="100%" height="232" frameborder="0" allowtransparency="true" allow="encrypted-media"></iframe>',
            "show",
            "https://open.spotify.com/show/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/show/4aBcDeFgHiJkLmNoPqRsTu",
        ),
        Row(
            "https://open.spotify.com/intl-de/track/4aBcDeFgHiJkLmNoPqRsTu?si=0123456789abcdef",
            "track",
            "https://open.spotify.com/track/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/track/4aBcDeFgHiJkLmNoPqRsTu",
        ),
        Row(
            "https://open.spotify.com/album/4aBcDeFgHiJkLmNoPqRsTu",
            "album",
            "https://open.spotify.com/album/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/album/4aBcDeFgHiJkLmNoPqRsTu",
        ),
        Row(
            "https://open.spotify.com/artist/4aBcDeFgHiJkLmNoPqRsTu/",
            "artist",
            "https://open.spotify.com/artist/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/artist/4aBcDeFgHiJkLmNoPqRsTu",
        ),
        Row(
            "https://open.spotify.com/user/stadt/playlist/4aBcDeFgHiJkLmNoPqRsTu",
            "playlist",
            "https://open.spotify.com/playlist/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/playlist/4aBcDeFgHiJkLmNoPqRsTu",
        ),
        Row(
            "https://open.spotify.com/embed/track/4aBcDeFgHiJkLmNoPqRsTu?theme=0&utm_source=oembed",
            "track",
            "https://open.spotify.com/track/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/track/4aBcDeFgHiJkLmNoPqRsTu?theme=0",
        ),
        Row(
            "https://open.spotify.com/embed/episode/4aBcDeFgHiJkLmNoPqRsTu/video?t=75",
            "episode",
            "https://open.spotify.com/episode/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/episode/4aBcDeFgHiJkLmNoPqRsTu/video?t=75",
        ),
        Row(
            "https://embed.spotify.com/?uri=spotify:user:stadt:playlist:4aBcDeFgHiJkLmNoPqRsTu",
            "playlist",
            "https://open.spotify.com/playlist/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/playlist/4aBcDeFgHiJkLmNoPqRsTu",
        ),
        Row(
            "https://open.spotify.com/embed?uri=spotify%3Atrack%3A4aBcDeFgHiJkLmNoPqRsTu",
            "track",
            "https://open.spotify.com/track/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/track/4aBcDeFgHiJkLmNoPqRsTu",
        ),
        Row(
            "https://embed.spotify.com/?uri=https://open.spotify.com/album/4aBcDeFgHiJkLmNoPqRsTu",
            "album",
            "https://open.spotify.com/album/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/album/4aBcDeFgHiJkLmNoPqRsTu",
        ),
        Row(
            '<iframe data-testid="embed-iframe" style="border-radius:12px" src="https://open.spotify.com/embed/track/4aBcDeFgHiJkLmNoPqRsTu?utm_source=generator" width="100%" height="352" frameBorder="0" allowfullscreen="" allow="autoplay; clipboard-write; encrypted-media; fullscreen; picture-in-picture" loading="lazy"></iframe>',
            "track",
            "https://open.spotify.com/track/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/track/4aBcDeFgHiJkLmNoPqRsTu",
        ),
        Row(
            '<iframe data-testid="embed-iframe" style="border-radius:12px" src="https://open.spotify.com/embed/album/4aBcDeFgHiJkLmNoPqRsTu?utm_source=generator" width="100%" height="352" frameBorder="0" allowfullscreen="" allow="autoplay; clipboard-write; encrypted-media; fullscreen; picture-in-picture" loading="lazy"></iframe>',
            "album",
            "https://open.spotify.com/album/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/album/4aBcDeFgHiJkLmNoPqRsTu",
        ),
        Row(
            '<iframe data-testid="embed-iframe" style="border-radius:12px" src="https://open.spotify.com/embed/playlist/4aBcDeFgHiJkLmNoPqRsTu?utm_source=generator" width="100%" height="352" frameBorder="0" allowfullscreen="" allow="autoplay; clipboard-write; encrypted-media; fullscreen; picture-in-picture" loading="lazy"></iframe>',
            "playlist",
            "https://open.spotify.com/playlist/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/playlist/4aBcDeFgHiJkLmNoPqRsTu",
        ),
        Row(
            '<iframe data-testid="embed-iframe" style="border-radius:12px" src="https://open.spotify.com/embed/artist/4aBcDeFgHiJkLmNoPqRsTu?utm_source=generator" width="100%" height="352" frameBorder="0" allowfullscreen="" allow="autoplay; clipboard-write; encrypted-media; fullscreen; picture-in-picture" loading="lazy"></iframe>',
            "artist",
            "https://open.spotify.com/artist/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/artist/4aBcDeFgHiJkLmNoPqRsTu",
        ),
        Row(
            '<iframe data-testid="embed-iframe" style="border-radius:12px" src="https://open.spotify.com/embed/show/4aBcDeFgHiJkLmNoPqRsTu?utm_source=generator" width="100%" height="352" frameBorder="0" allowfullscreen="" allow="autoplay; clipboard-write; encrypted-media; fullscreen; picture-in-picture" loading="lazy"></iframe>',
            "show",
            "https://open.spotify.com/show/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/show/4aBcDeFgHiJkLmNoPqRsTu",
        ),
        Row(
            '<iframe src="https://embed.spotify.com/?uri=spotify:track:4aBcDeFgHiJkLmNoPqRsTu" width="300" height="380" frameborder="0" allowtransparency="true"></iframe>',
            "track",
            "https://open.spotify.com/track/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/track/4aBcDeFgHiJkLmNoPqRsTu",
            size=(300, 380),
        ),
        Row(
            '<iframe src="https://embed.spotify.com/?uri=spotify%3Aalbum%3A4aBcDeFgHiJkLmNoPqRsTu" width="300" height="380" frameborder="0" allowtransparency="true"></iframe>',
            "album",
            "https://open.spotify.com/album/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/album/4aBcDeFgHiJkLmNoPqRsTu",
            size=(300, 380),
        ),
        Row(
            '<iframe src="https://embed.spotify.com/?uri=spotify:user:stadt:playlist:4aBcDeFgHiJkLmNoPqRsTu" width="300" height="380" frameborder="0" allowtransparency="true"></iframe>',
            "playlist",
            "https://open.spotify.com/playlist/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/playlist/4aBcDeFgHiJkLmNoPqRsTu",
            size=(300, 380),
        ),
        Row(
            '<iframe src="https://embed.spotify.com/?uri=spotify:artist:4aBcDeFgHiJkLmNoPqRsTu&view=list&theme=white" width="300" height="380" frameborder="0" allowtransparency="true"></iframe>',
            "artist",
            "https://open.spotify.com/artist/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/artist/4aBcDeFgHiJkLmNoPqRsTu",
            size=(300, 380),
        ),
        Row(
            '<iframe src="https://open.spotify.com/embed/user/stadt/playlist/4aBcDeFgHiJkLmNoPqRsTu" width="300" height="380" frameborder="0" allowtransparency="true" allow="encrypted-media"></iframe>',
            "playlist",
            "https://open.spotify.com/playlist/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/playlist/4aBcDeFgHiJkLmNoPqRsTu",
            size=(300, 380),
        ),
        Row(
            """<div id="folge"></div><script src="https://open.spotify.com/embed/iframe-api/v1" async></script><script>window.onSpotifyIframeApiReady = (IFrameAPI) => { const options = {width: '100%', uri: 'spotify:episode:4aBcDeFgHiJkLmNoPqRsTu'}; IFrameAPI.createController(document.getElementById('folge'), options, () => {}); };</script>""",
            "episode",
            "https://open.spotify.com/episode/4aBcDeFgHiJkLmNoPqRsTu",
            "https://open.spotify.com/embed/episode/4aBcDeFgHiJkLmNoPqRsTu",
        ),
    ),
    no_pages=("https://open.spotify.com/embed/none",),
    loads=(
        "https://open.spotify.com/embed/track/1",
        "https://i.scdn.co/image/1",
    ),
    frames={
        "track": Frame(
            "Audio from Spotify", "encrypted-media clipboard-write fullscreen picture-in-picture", size=(640, 152)
        ),
        "album": Frame(
            "Audio from Spotify", "encrypted-media clipboard-write fullscreen picture-in-picture", size=(640, 352)
        ),
        "playlist": Frame(
            "Audio from Spotify", "encrypted-media clipboard-write fullscreen picture-in-picture", size=(640, 352)
        ),
        "artist": Frame(
            "Audio from Spotify", "encrypted-media clipboard-write fullscreen picture-in-picture", size=(640, 352)
        ),
        "episode": Frame(
            "Audio from Spotify", "encrypted-media clipboard-write fullscreen picture-in-picture", size=(640, 152)
        ),
        "show": Frame(
            "Audio from Spotify", "encrypted-media clipboard-write fullscreen picture-in-picture", size=(640, 352)
        ),
    },
    facts={
        "usual host": "open.spotify.com",
        "track takes": "theme width height",
        "album takes": "theme width height",
        "playlist takes": "theme width height",
        "artist takes": "theme width height",
        "episode takes": "theme t width height",
        "show takes": "theme width height",
        "track keeps": "uri",
        "album keeps": "uri",
        "playlist keeps": "uri",
        "artist keeps": "uri",
        "episode keeps": "uri",
        "show keeps": "uri",
        "colour": "#137a3a",
        "company": "Spotify AB",
        "icon": "M3",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other(
            '<script src="https://open.spotify.com/embed/iframe-api/v1" async></script>',
            "removed",
            "https://open.spotify.com/embed/iframe-api/v1",
        ),
        Other(
            '<script>var s = document.createElement("script"); s.src = "https://open.spotify.com/embed/iframe-api/v1"; document.head.append(s)</script>',
            "removed",
        ),
        Other(
            '<iframe src="https://open.spotify.com/embed/chart/1"></iframe>',
            "linked",
            "https://open.spotify.com/embed/chart/1",
        ),
    ),
)
