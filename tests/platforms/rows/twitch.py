"""Twitch: channels, videos, clips; the host of the page is filled in when the frame is asked for."""

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
            '<div id="twitch-embed"></div><script src="https://embed.twitch.tv/embed/v1.js"></script><script type="text/javascript">new Twitch.Embed("twitch-embed", {width: 854, height: 480, channel: "musterstadt", parent: ["www.leinau.example"]});</script>',
            "channel",
            "https://www.twitch.tv/musterstadt",
            "https://player.twitch.tv/?channel=musterstadt&autoplay=false&parent=",
        ),
        Row(
            '<script src="https://player.twitch.tv/js/embed/v1.js"></script><div id="film"></div><script>var options = {a: 1}; var player = new Twitch.Player("film", {video: "123456789"}); player.setVolume(0.5);</script>',
            "video",
            "https://www.twitch.tv/videos/123456789",
            "https://player.twitch.tv/?video=123456789&autoplay=false&parent=",
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
