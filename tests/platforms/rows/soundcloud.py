"""SoundCloud: code of its dialogue (2025, 2016, and 2011 with an object), AMP; addresses as they are shared."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "soundcloud",
    rows=(
        Row(
            '<iframe width="100%" height="166" scrolling="no" frameborder="no" allow="autoplay" src="https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/soundcloud%253Atracks%253A123456789&color=%23ff5500&auto_play=true&hide_related=false&show_comments=true&show_user=true&show_reposts=false&show_teaser=true"></iframe><div style="font-size: 10px; color: #cccccc"><a href="https://soundcloud.com/musterstadt" title="Stadt" target="_blank">Stadt</a> · <a href="https://soundcloud.com/musterstadt/ratssitzung" title="Ratssitzung" target="_blank">Ratssitzung</a></div>',
            "track",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F123456789",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F123456789&auto_play=false&hide_related=true&show_teaser=false",
            kept='<div style="font-size: 10px; color: #cccccc"><a href="https://soundcloud.com/musterstadt" title="Stadt" target="_blank">Stadt</a> · <a href="https://soundcloud.com/musterstadt/ratssitzung" title="Ratssitzung" target="_blank">Ratssitzung</a></div>',
        ),
        Row(
            '<iframe frameborder="no" height="450" scrolling="no" width="100%" src="https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/playlists/46842500%3Fsecret_token%3Ds-bsbIv&auto_play=false&hide_related=false&show_comments=true&show_user=true&show_reposts=false&visual=true"></iframe>',
            "playlist",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Fplaylists%2F46842500%3Fsecret_token%3Ds-bsbIv",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Fplaylists%2F46842500%3Fsecret_token%3Ds-bsbIv&auto_play=false&hide_related=true&show_teaser=false&visual=true",
        ),
        Row(
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Fusers%2F123",
            "account",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Fusers%2F123",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Fusers%2F123&auto_play=false&hide_related=true&show_teaser=false",
        ),
        Row(
            "https://w.soundcloud.com/player?url=http://soundcloud.com/musterstadt/ratssitzung",
            "track",
            "https://soundcloud.com/musterstadt/ratssitzung",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fmusterstadt%2Fratssitzung&auto_play=false&hide_related=true&show_teaser=false",
        ),
        Row(
            "https://m.soundcloud.com/musterstadt/entwurf/s-AbC?si=1&utm_source=clipboard",
            "track",
            "https://soundcloud.com/musterstadt/entwurf/s-AbC",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fmusterstadt%2Fentwurf%2Fs-AbC&auto_play=false&hide_related=true&show_teaser=false",
        ),
        Row(
            "https://soundcloud.com/musterstadt/sets/stadtgeschichten",
            "playlist",
            "https://soundcloud.com/musterstadt/sets/stadtgeschichten",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fmusterstadt%2Fsets%2Fstadtgeschichten&auto_play=false&hide_related=true&show_teaser=false",
        ),
        Row(
            "https://soundcloud.com/musterstadt/",
            "account",
            "https://soundcloud.com/musterstadt",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fmusterstadt&auto_play=false&hide_related=true&show_teaser=false",
        ),
        Row(
            '<amp-soundcloud height="300" layout="fixed-height" data-trackid="123" data-visual="true"></amp-soundcloud>',
            "track",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F123",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F123&auto_play=false&hide_related=true&show_teaser=false&visual=true",
        ),
        Row(
            '<amp-soundcloud height="300" layout="fixed-height" data-playlistid="123"></amp-soundcloud>',
            "playlist",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Fplaylists%2F123",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Fplaylists%2F123&auto_play=false&hide_related=true&show_teaser=false",
        ),
        Row(
            '<iframe width="100%" height="450" scrolling="no" frameborder="no" allow="autoplay" src="https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/users/soundcloud%253Ausers%253A145862987&color=%23ff5500&auto_play=false&hide_related=false&show_comments=true&show_user=true&show_reposts=false&show_teaser=true"></iframe><div style="font-size: 10px; color: #cccccc"><a href="https://soundcloud.com/musterstadt" title="Musterstadt" target="_blank">Musterstadt</a></div>',
            "account",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Fusers%2F145862987",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Fusers%2F145862987&auto_play=false&hide_related=true&show_teaser=false",
            kept='<div style="font-size: 10px; color: #cccccc"><a href="https://soundcloud.com/musterstadt" title="Musterstadt" target="_blank">Musterstadt</a></div>',
        ),
        Row(
            '<iframe width="100%" height="350" scrolling="no" frameborder="no" src="https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/users/145862987&amp;color=ff5500&amp;auto_play=false&amp;hide_related=false&amp;show_comments=true&amp;show_user=true&amp;show_reposts=false"></iframe>',
            "account",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Fusers%2F145862987",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Fusers%2F145862987&auto_play=false&hide_related=true&show_teaser=false",
        ),
        Row(
            '<object height="225" width="500"><param name="movie" value="https://player.soundcloud.com/player.swf?url=http%3A%2F%2Fapi.soundcloud.com%2Fusers%2F145862987"></param><param name="allowscriptaccess" value="always"></param><embed allowscriptaccess="always" height="225" src="https://player.soundcloud.com/player.swf?url=http%3A%2F%2Fapi.soundcloud.com%2Fusers%2F145862987" type="application/x-shockwave-flash" width="500"></embed></object>',
            "account",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Fusers%2F145862987",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Fusers%2F145862987&auto_play=false&hide_related=true&show_teaser=false",
            size=(500, 225),
        ),
    ),
    no_pages=("https://soundcloud.com/player.swf",),
    nothing=(
        "https://soundcloud.com/discover",
        "https://soundcloud.com/discover/sets/news",
        "https://soundcloud.com/discover/news",
    ),
    loads=(
        "https://w.soundcloud.com/player/api.js",
        "https://i1.sndcdn.com/1.jpg",
    ),
    frames={
        "playlist": Frame("Audio from SoundCloud", size=(640, 450)),
        "track": Frame("Audio from SoundCloud", size=(640, 166)),
        "account": Frame("Audio from SoundCloud", size=(640, 450)),
    },
    facts={
        "usual host": "soundcloud.com",
        "playlist takes": "visual width height",
        "track takes": "visual width height",
        "account takes": "visual width height",
        "playlist keeps": "secret_token",
        "track keeps": "secret_token",
        "account keeps": "secret_token",
        "globals": "SC",
        "colour": "#c24100",
        "company": "SoundCloud Global Limited & Co. KG",
        "icon": "M2",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other(
            '<iframe src="https://soundcloud.com/player.swf?url=https%3A%2F%2Fsoundcloud.com%2Fmusterstadt%2Ffest"></iframe>',
            "gated",
            "https://soundcloud.com/musterstadt/fest",
            "track",
        ),
        Other(
            '<script src="https://w.soundcloud.com/player/api.js"></script>',
            "removed",
            "https://w.soundcloud.com/player/api.js",
        ),
        Other(
            '<script>var s = document.createElement("script"); s.src = "https://connect.soundcloud.com/sdk/sdk-3.3.2.js"; document.head.append(s)</script>',
            "removed",
        ),
        Other('<iframe src="https://w.soundcloud.com/player/?auto_play=true"></iframe>', "removed", kind="track"),
    ),
)
