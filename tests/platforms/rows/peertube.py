"""PeerTube: code of its dialogue; addresses of videos and playlists, with short and with long names."""

from support.platform_rows import Expected, Frame, Row

FILM = "https://video.example.org/w/aBcDeFgHiJkLmNoPqRsTuV"
QUIET = "p2p=0&peertubeLink=0&warningTitle=0"
FRAME = f"https://video.example.org/videos/embed/aBcDeFgHiJkLmNoPqRsTuV?{QUIET}"
PLAYER = Frame("PeerTube video", "fullscreen picture-in-picture", size=(560, 315))

EXPECTED = Expected(
    "peertube",
    rows=(
        Row(
            '<iframe title="Ratssitzung" width="560" height="315" src="https://video.example.org/videos/embed/aBcDeFgHiJkLmNoPqRsTuV" frameborder="0" allowfullscreen="" sandbox="allow-same-origin allow-scripts allow-popups allow-forms"></iframe><p>Ratssitzung vom Mai</p>',
            "video",
            FILM,
            FRAME,
            kept="<p>Ratssitzung vom Mai</p>",
        ),
        Row(
            '<iframe src="https://video.example.org/videos/embed/9c9de5e8-0a1e-484a-b099-e80766180a6d?start=1m2s&amp;stop=90&amp;p2p=1&amp;title=0"></iframe>',
            "video",
            "https://video.example.org/w/9c9de5e8-0a1e-484a-b099-e80766180a6d",
            f"https://video.example.org/videos/embed/9c9de5e8-0a1e-484a-b099-e80766180a6d?{QUIET}&stop=90",
        ),
        Row("https://video.example.org/w/aBcDeFgHiJkLmNoPqRsTuV?start=30s", "video", FILM, f"{FRAME}&start=30"),
        Row("https://video.example.org/videos/watch/aBcDeFgHiJkLmNoPqRsTuV", "video", FILM, FRAME),
        Row(
            '<iframe src="https://video.example.org/video-playlists/embed/aBcDeFgHiJkLmNoPqRsTuV"></iframe>',
            "playlist",
            "https://video.example.org/w/p/aBcDeFgHiJkLmNoPqRsTuV",
            f"https://video.example.org/video-playlists/embed/aBcDeFgHiJkLmNoPqRsTuV?{QUIET}",
        ),
        Row("https://video.example.org/w/p/aBcDeFgHiJkLmNoPqRsTuV?stop=5", "playlist", "https://video.example.org/w/p/aBcDeFgHiJkLmNoPqRsTuV", f"https://video.example.org/video-playlists/embed/aBcDeFgHiJkLmNoPqRsTuV?{QUIET}&stop=5"),
        Row(
            '<iframe title="Ratssitzungen" width="640" height="360" src="https://video.example.org/video-playlists/embed/9c9de5e8-0a1e-484a-b099-e80766180a6d?playlistPosition=9" frameborder="0" allowfullscreen="" sandbox="allow-same-origin allow-scripts allow-popups allow-forms"></iframe>',
            "playlist",
            "https://video.example.org/w/p/9c9de5e8-0a1e-484a-b099-e80766180a6d",
            f"https://video.example.org/video-playlists/embed/9c9de5e8-0a1e-484a-b099-e80766180a6d?{QUIET}&playlistPosition=9",
            size=(640, 360),
        ),
        Row('<iframe data-name="peertube" data-src="https://video.example.org/videos/embed/aBcDeFgHiJkLmNoPqRsTuV" width="560" height="315" allowfullscreen></iframe>', "video", FILM, FRAME, size=(560, 315)),
        Row(
            '<iframe data-name="peertube" data-src="https://video.example.org/video-playlists/embed/aBcDeFgHiJkLmNoPqRsTuV" width="560" height="315" allowfullscreen></iframe>',
            "playlist",
            "https://video.example.org/w/p/aBcDeFgHiJkLmNoPqRsTuV",
            f"https://video.example.org/video-playlists/embed/aBcDeFgHiJkLmNoPqRsTuV?{QUIET}",
            size=(560, 315),
        ),
    ),
    frames={"video": PLAYER, "playlist": PLAYER},
    facts={
        "playlist takes": "start stop playlistPosition width height",
        "video takes": "start stop width height",
        "colour": "#c2450a",
        "icon": "M5",
        "mark": "/embed",
        "tells": "https://{server}/services/oembed?url={address} title author picture 30 days",
        "allows": "Free 2026-11-30",
        "discloses": "ip browser language time content site_name",
    },
)  # fmt: skip
