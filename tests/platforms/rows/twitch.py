"""Twitch: channels, videos, clips, in the frames of today and in those without the host of the page (2017), below the channel (2014), in Flash; the host of the page is filled in when the frame is asked for."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "twitch",
    rows=(
        Row(
            '<iframe src="https://player.twitch.tv/?channel=musterstadt&amp;parent=www.leinau.example&amp;muted=false" frameborder="0" allowfullscreen="true" scrolling="no" height="378" width="620"></iframe>',
            "channel",
            "https://www.twitch.tv/musterstadt",
            "https://player.twitch.tv/?channel=musterstadt&autoplay=false&parent=",
        ),
        Row(
            "https://m.twitch.tv/musterstadt",
            "channel",
            "https://www.twitch.tv/musterstadt",
            "https://player.twitch.tv/?channel=musterstadt&autoplay=false&parent=",
        ),
        Row(
            '<iframe src="//player.twitch.tv/?video=v123456789&amp;autoplay=true" height="200" width="320"></iframe>',
            "video",
            "https://www.twitch.tv/videos/123456789",
            "https://player.twitch.tv/?video=123456789&autoplay=false&parent=",
        ),
        Row(
            "https://www.twitch.tv/videos/123456789?t=1h",
            "video",
            "https://www.twitch.tv/videos/123456789",
            "https://player.twitch.tv/?video=123456789&autoplay=false&parent=",
        ),
        Row(
            '<iframe src="https://clips.twitch.tv/embed?clip=SlugAbc-1a2B&amp;parent=www.leinau.example" frameborder="0" allowfullscreen="true" scrolling="no" height="378" width="620"></iframe>',
            "clip",
            "https://clips.twitch.tv/SlugAbc-1a2B",
            "https://clips.twitch.tv/embed?clip=SlugAbc-1a2B&autoplay=false&parent=",
        ),
        Row(
            "https://clips.twitch.tv/SlugAbc",
            "clip",
            "https://clips.twitch.tv/SlugAbc",
            "https://clips.twitch.tv/embed?clip=SlugAbc&autoplay=false&parent=",
        ),
        Row(
            "https://www.twitch.tv/musterstadt/clip/SlugAbc?filter=clips",
            "clip",
            "https://clips.twitch.tv/SlugAbc",
            "https://clips.twitch.tv/embed?clip=SlugAbc&autoplay=false&parent=",
        ),
        Row(
            '<iframe src="https://player.twitch.tv/?video=123456789&amp;parent=www.leinau.example&amp;time=1h2m3s" allowfullscreen="true" height="378" width="620"></iframe>',
            "video",
            "https://www.twitch.tv/videos/123456789",
            "https://player.twitch.tv/?video=123456789&autoplay=false&parent=",
        ),
        Row(
            '<iframe src="http://www.twitch.tv/musterstadt/embed" frameborder="0" scrolling="no" height="378" width="620"></iframe><a href="http://www.twitch.tv/musterstadt?tt_medium=live_embed&tt_content=text_link" style="padding:2px 0px 4px; display:block; width:345px;">Die Sitzung live</a>',
            "channel",
            "https://www.twitch.tv/musterstadt",
            "https://player.twitch.tv/?channel=musterstadt&autoplay=false&parent=",
            kept=">Die Sitzung live</a>",
            size=(620, 378),
        ),
        Row(
            '<iframe src="http://player.twitch.tv/?channel=musterstadt" frameborder="0" scrolling="no" height="378" width="620"></iframe>',
            "channel",
            "https://www.twitch.tv/musterstadt",
            "https://player.twitch.tv/?channel=musterstadt&autoplay=false&parent=",
            size=(620, 378),
        ),
        Row(
            '<object type="application/x-shockwave-flash" height="378" width="620" id="live_embed_player_flash" data="http://www.twitch.tv/widgets/live_embed_player.swf?channel=musterstadt" bgcolor="#000000"><param name="allowFullScreen" value="true" /><param name="movie" value="http://www.twitch.tv/widgets/live_embed_player.swf" /><param name="flashvars" value="hostname=www.twitch.tv&channel=musterstadt&auto_play=true&start_volume=25" /></object>',
            "channel",
            "https://www.twitch.tv/musterstadt",
            "https://player.twitch.tv/?channel=musterstadt&autoplay=false&parent=",
            size=(620, 378),
        ),
        Row(
            '<iframe src="https://clips.twitch.tv/embed?autoplay=false&clip=musterstadt/SlugAbc&tt_medium=clips_embed" width="640" height="360" frameborder="0" scrolling="no" allowfullscreen="true"></iframe>',
            "clip",
            "https://clips.twitch.tv/SlugAbc",
            "https://clips.twitch.tv/embed?clip=SlugAbc&autoplay=false&parent=",
            size=(640, 360),
        ),
        Row(
            '<iframe data-name="script-twitch" data-src="https://player.twitch.tv/?video=123456789&amp;parent=www.leinau.example&amp;autoplay=false&amp;muted=false" frameborder="0" allowfullscreen="true" scrolling="no" height="378" width="620"></iframe>',
            "video",
            "https://www.twitch.tv/videos/123456789",
            "https://player.twitch.tv/?video=123456789&autoplay=false&parent=",
            size=(620, 378),
        ),
        Row(
            '<iframe class="lazy-iframe" data-src="https://clips.twitch.tv/embed?clip=SlugAbc&amp;parent=www.leinau.example" frameborder="0" allowfullscreen scrolling="no" width="640" height="360"></iframe>',
            "clip",
            "https://clips.twitch.tv/SlugAbc",
            "https://clips.twitch.tv/embed?clip=SlugAbc&autoplay=false&parent=",
            size=(640, 360),
        ),
    ),
    no_pages=("https://www.twitch.tv/popout/none",),
    nothing=("https://www.twitch.tv/directory",),
    loads=("https://player.twitch.tv/js/embed/v1.js",),
    frames={
        "channel": Frame("Twitch video", "fullscreen", size=(620, 378), sandbox="allow-modals"),
        "video": Frame("Twitch video", "fullscreen", size=(620, 378), sandbox="allow-modals"),
        "clip": Frame("Twitch video", "fullscreen", size=(620, 378), sandbox="allow-modals"),
    },
    facts={
        "usual host": "www.twitch.tv",
        "clip takes": "width height",
        "video takes": "width height",
        "channel takes": "width height",
        "clip keeps": "clip",
        "video keeps": "video",
        "channel keeps": "channel",
        "globals": "Twitch",
        "colour": "#772ce8",
        "company": "Twitch Interactive, Inc.",
        "icon": "M5",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other(
            '<iframe src="https://www.twitch.tv/embed/musterstadt/chat?parent=www.example.org"></iframe>',
            "linked",
            "https://www.twitch.tv/musterstadt",
            "chat",
        ),
        Other(
            '<iframe src="https://m.twitch.tv/directory?x=1"></iframe>',
            "linked",
            "https://www.twitch.tv/directory",
        ),
        Other(
            '<script>var s = document.createElement("script"); s.src = "https://embed.twitch.tv/embed"; document.head.append(s)</script>',
            "removed",
        ),
    ),
)
