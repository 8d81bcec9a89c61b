"""Vimeo: code of its dialogue with the player's script, AMP; addresses of listed and unlisted videos."""

from support.platform_rows import Expected, Frame, Other, Row

FILM = Frame(
    "Vimeo video", "fullscreen encrypted-media picture-in-picture", "strict-origin-when-cross-origin", size=(640, 360)
)

EXPECTED = Expected(
    "vimeo",
    rows=(
        Row(
            '<div style="padding:56.25% 0 0 0;position:relative;"><iframe src="https://player.vimeo.com/video/123456789?h=0a1b2c3d4e&amp;badge=0&amp;autopause=0&amp;player_id=0&amp;app_id=58479" frameborder="0" allow="autoplay; fullscreen; picture-in-picture; clipboard-write; encrypted-media; web-share" referrerpolicy="strict-origin-when-cross-origin" title="Film" style="position:absolute;top:0;left:0;width:100%;height:100%;"></iframe></div>',
            "video",
            "https://vimeo.com/123456789/0a1b2c3d4e",
            "https://player.vimeo.com/video/123456789?h=0a1b2c3d4e&dnt=1",
        ),
        Row(
            '<iframe src="https://player.vimeo.com/video/123456789" width="400" height="225" frameborder="0" webkitallowfullscreen mozallowfullscreen allowfullscreen></iframe><p><a href="https://www.example.org/film">Ein Film</a> der Stadt</p>',
            "video",
            "https://vimeo.com/123456789",
            "https://player.vimeo.com/video/123456789?dnt=1",
            size=(400, 225),
            kept='<p><a href="https://www.example.org/film">Ein Film</a> der Stadt</p>',
        ),
        Row('<amp-vimeo data-videoid="123456789" width="500" height="281"></amp-vimeo>', "video", "https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789?dnt=1"),
        Row("https://vimeo.com/123456789/0a1b2c3d4e?share=copy", "video", "https://vimeo.com/123456789/0a1b2c3d4e", "https://player.vimeo.com/video/123456789?h=0a1b2c3d4e&dnt=1"),
        Row("https://vimeo.com/channels/staffpicks/123456789", "video", "https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789?dnt=1"),
        Row('<iframe src="https://vimeo.com/event/1234567/embed?autoplay=1" width="500" height="281"></iframe>', "event", "https://vimeo.com/event/1234567", "https://vimeo.com/event/1234567/embed?dnt=1", size=(500, 281)),
        Row("https://vimeo.com/event/1234567", "event", "https://vimeo.com/event/1234567", "https://vimeo.com/event/1234567/embed?dnt=1"),
        Row(
            '<object width="400" height="225"><param name="movie" value="https://vimeo.com/moogaloop.swf?clip_id=123456789&amp;server=vimeo.com" /><embed src="https://vimeo.com/moogaloop.swf?clip_id=123456789&amp;server=vimeo.com" type="application/x-shockwave-flash" width="400" height="225"></embed></object>',
            "video",
            "https://vimeo.com/123456789",
            "https://player.vimeo.com/video/123456789?dnt=1",
            size=(400, 225),
        ),
        Row(
            '<div data-vimeo-id="123456789" data-vimeo-width="640" id="film"></div><script src="https://player.vimeo.com/api/player.js"></script>',
            "video",
            "https://vimeo.com/123456789",
            "https://player.vimeo.com/video/123456789?dnt=1",
        ),
        Row('<div data-vimeo-url="https://vimeo.com/123456789/0a1b2c3d4e" id="film"></div>', "video", "https://vimeo.com/123456789/0a1b2c3d4e", "https://player.vimeo.com/video/123456789?h=0a1b2c3d4e&dnt=1"),
        Row('<iframe src="https://vimeo.com/showcase/1234567/embed" width="500" height="281"></iframe>', "showcase", "https://vimeo.com/showcase/1234567", "https://vimeo.com/showcase/1234567/embed2?dnt=1", size=(500, 281)),
        Row("https://vimeo.com/album/1234567", "showcase", "https://vimeo.com/showcase/1234567", "https://vimeo.com/showcase/1234567/embed2?dnt=1"),
        Row(
            '<div style="padding:56.25% 0 0 0;position:relative;"><iframe src="https://vimeo.com/event/1234567/embed/interaction" frameborder="0" allow="autoplay; fullscreen; picture-in-picture" allowfullscreen style="position:absolute;top:0;left:0;width:100%;height:100%;"></iframe></div>',
            "event",
            "https://vimeo.com/event/1234567",
            "https://vimeo.com/event/1234567/embed/interaction?dnt=1",
        ),
        Row(
            '<iframe src="https://vimeo.com/event/1234567/embed/0a1b2c3d4e" width="640" height="360" frameborder="0" allow="autoplay; fullscreen" allowfullscreen></iframe>',
            "event",
            "https://vimeo.com/event/1234567/0a1b2c3d4e",
            "https://vimeo.com/event/1234567/embed/0a1b2c3d4e?dnt=1",
            size=(640, 360),
        ),
        Row("https://vimeo.com/event/1234567/0a1b2c3d4e", "event", "https://vimeo.com/event/1234567/0a1b2c3d4e", "https://vimeo.com/event/1234567/embed/0a1b2c3d4e?dnt=1"),
        Row(
            '<div style="padding:56.25% 0 0 0;position:relative;"><iframe src="https://vimeo.com/showcase/1234567/embed2" allowfullscreen frameborder="0" style="position:absolute;top:0;left:0;width:100%;height:100%;"></iframe></div>',
            "showcase",
            "https://vimeo.com/showcase/1234567",
            "https://vimeo.com/showcase/1234567/embed2?dnt=1",
        ),
        Row('<iframe src="https://vimeo.com/album/1234567/embed" width="640" height="360" frameborder="0" allowfullscreen></iframe>', "showcase", "https://vimeo.com/showcase/1234567", "https://vimeo.com/showcase/1234567/embed2?dnt=1", size=(640, 360)),
        Row('<div id="film"></div><script src="https://player.vimeo.com/api/player.js"></script><script>var player = new Vimeo.Player(\'film\', {id: 123456789, width: 640}); player.on(\'play\', () => count());</script>', 'video', 'https://vimeo.com/123456789', 'https://player.vimeo.com/video/123456789?dnt=1'),
        Row('<script src="//player.vimeo.com/api/player.js"></script><div id="film"></div><script>new Vimeo.Player(document.querySelector(\'#film\'), {"url": "https://vimeo.com/123456789/0a1b2c3d4e"})</script>', 'video', 'https://vimeo.com/123456789/0a1b2c3d4e', 'https://player.vimeo.com/video/123456789?h=0a1b2c3d4e&dnt=1'),
    ),
    frames={"video": FILM, "event": FILM, "showcase": FILM},
    facts={
        "usual host": "vimeo.com",
        "event takes": "width height",
        "showcase takes": "width height",
        "video takes": "width height",
        "video keeps": "clip_id h",
        "colour": "#0b6d8f",
        "company": "Vimeo.com, Inc.",
        "icon": "M21.5",
        "globals": "Vimeo",
        "tells": "https://vimeo.com/api/oembed.json?url={address} title author 30 days",
        "allows": "Vimeo 2026-11-30",
        "discloses": "ip browser language time content site_name",
    },
    no_pages=("https://vimeo.com/video/none",),
    loads=("https://player.vimeo.com/api/player.js", "https://i.vimeocdn.com/video/1.jpg"),
    others=(
        Other('<iframe src="https://www.vimeo.com/about/us?utm_source=x"></iframe>', "linked", "https://vimeo.com/about/us"),
        Other('<script src="https://player.vimeo.com/api/player.js"></script>', "removed", "https://player.vimeo.com/api/player.js"),
        Other('<script>var s = document.createElement("script"); s.src = "https://f.vimeocdn.com/p.js"; document.head.append(s)</script>', "removed"),
    ),
)  # fmt: skip
