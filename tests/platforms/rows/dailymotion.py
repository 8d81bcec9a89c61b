"""Dailymotion: videos and playlists, in the frames of both its hosts and in the one of 2013 for playlists."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "dailymotion",
    rows=(
        Row(
            '<div style="position:relative;padding-bottom:56.25%;height:0;overflow:hidden;"> <iframe style="width:100%;height:100%" frameborder="0" type="text/html" src="https://geo.dailymotion.com/player.html?video=x8abcde" width="100%" height="100%" allowfullscreen title="Film" allow="web-share"></iframe> </div>',
            "video",
            "https://www.dailymotion.com/video/x8abcde",
            "https://geo.dailymotion.com/player.html?video=x8abcde",
        ),
        Row(
            '<iframe frameborder="0" width="480" height="270" src="//www.dailymotion.com/embed/video/x8abcde?autoplay=1" allowfullscreen></iframe>',
            "video",
            "https://www.dailymotion.com/video/x8abcde",
            "https://geo.dailymotion.com/player.html?video=x8abcde",
        ),
        Row(
            "https://geo.dailymotion.com/player/xabc1.html?video=x8abcde&mute=true&startTime=30",
            "video",
            "https://www.dailymotion.com/video/x8abcde",
            "https://geo.dailymotion.com/player.html?video=x8abcde&startTime=30",
        ),
        Row(
            "https://www.dailymotion.com/video/x8abcde_der-film?start=12",
            "video",
            "https://www.dailymotion.com/video/x8abcde",
            "https://geo.dailymotion.com/player.html?video=x8abcde&startTime=12",
        ),
        Row(
            "https://dai.ly/x8abcde",
            "video",
            "https://www.dailymotion.com/video/x8abcde",
            "https://geo.dailymotion.com/player.html?video=x8abcde",
        ),
        Row(
            '<amp-dailymotion data-videoid="x8abcde" width="480" height="270"></amp-dailymotion>',
            "video",
            "https://www.dailymotion.com/video/x8abcde",
            "https://geo.dailymotion.com/player.html?video=x8abcde",
        ),
        Row(
            "https://www.dailymotion.com/playlist/x6abcde",
            "playlist",
            "https://www.dailymotion.com/playlist/x6abcde",
            "https://geo.dailymotion.com/player.html?playlist=x6abcde",
        ),
        Row(
            "https://www.dailymotion.com/embed/playlist/x6abcde",
            "playlist",
            "https://www.dailymotion.com/playlist/x6abcde",
            "https://geo.dailymotion.com/player.html?playlist=x6abcde",
        ),
        Row(
            '<iframe src="https://geo.dailymotion.com/player.html?playlist=x6abcde"></iframe>',
            "playlist",
            "https://www.dailymotion.com/playlist/x6abcde",
            "https://geo.dailymotion.com/player.html?playlist=x6abcde",
        ),
        Row(
            '<iframe width="640" height="360" src="https://www.dailymotion.com/embed/playlist/x6abcde" allowfullscreen></iframe>',
            "playlist",
            "https://www.dailymotion.com/playlist/x6abcde",
            "https://geo.dailymotion.com/player.html?playlist=x6abcde",
            size=(640, 360),
        ),
        Row(
            '<iframe id="dm_jukebox_iframe" style="overflow:hidden; margin:0; padding:0; width: 420px; height: 340px;" width="420" height="340" align="center" frameborder="0" marginwidth="0" marginheight="0" src="http://www.dailymotion.com/widget/jukebox?list[]=%2Fplaylist%2Fx6abcde_stadt_sitzungen%2F1&&autoplay=0&mute=0"></iframe>',
            "playlist",
            "https://www.dailymotion.com/playlist/x6abcde",
            "https://geo.dailymotion.com/player.html?playlist=x6abcde",
            size=(420, 340),
        ),
        Row(
            "https://www.dailymotion.com/playlist/x6abcde_stadt_sitzungen/1",
            "playlist",
            "https://www.dailymotion.com/playlist/x6abcde",
            "https://geo.dailymotion.com/player.html?playlist=x6abcde",
        ),
        Row(
            '<script src="https://geo.dailymotion.com/player/x123.js" data-video="x8abcde"></script>',
            "video",
            "https://www.dailymotion.com/video/x8abcde",
            "https://geo.dailymotion.com/player.html?video=x8abcde",
        ),
        Row(
            '<script src="//geo.dailymotion.com/player.js" data-playlist="x6abcde"></script>',
            "playlist",
            "https://www.dailymotion.com/playlist/x6abcde",
            "https://geo.dailymotion.com/player.html?playlist=x6abcde",
        ),
        Row(
            '<div id="film"></div><script src="https://geo.dailymotion.com/libs/player/x123.js"></script><script>dailymotion.createPlayer("film", {video: "x8abcde"}).then((player) => player.play());</script>',
            "video",
            "https://www.dailymotion.com/video/x8abcde",
            "https://geo.dailymotion.com/player.html?video=x8abcde",
        ),
        Row(
            '<div id="film"></div><script src="https://geo.dailymotion.com/libs/player.js"></script><script>dailymotion.createPlayer("film", {"playlist": "x6abcde"});</script>',
            "playlist",
            "https://www.dailymotion.com/playlist/x6abcde",
            "https://geo.dailymotion.com/player.html?playlist=x6abcde",
        ),
        Row(
            '<div id="player"></div><script src="https://api.dmcdn.net/all.js"></script><script>var player = DM.player(document.getElementById("player"), {video: "x8abcde", width: "100%", params: {autoplay: true}});</script>',
            "video",
            "https://www.dailymotion.com/video/x8abcde",
            "https://geo.dailymotion.com/player.html?video=x8abcde",
        ),
    ),
    loads=(
        "https://geo.dailymotion.com/player.html",
        "https://www.dailymotion.com/embed/video/x8abcde",
    ),
    frames={
        "video": Frame(
            "Dailymotion video",
            "fullscreen picture-in-picture web-share",
            referrer="strict-origin-when-cross-origin",
            size=(640, 360),
        ),
        "playlist": Frame(
            "Dailymotion video",
            "fullscreen picture-in-picture web-share",
            referrer="strict-origin-when-cross-origin",
            size=(640, 360),
        ),
    },
    facts={
        "usual host": "www.dailymotion.com",
        "video takes": "startTime width height",
        "playlist takes": "startTime width height",
        "video keeps": "playlist video",
        "playlist keeps": "list[] playlist",
        "globals": "dailymotion DM",
        "colour": "#0b57c9",
        "company": "Dailymotion SA",
        "icon": "M16",
        "discloses": "ip browser language time content site_name",
    },
    no_pages=("https://www.dailymotion.com/embed/none",),
    others=(
        Other(
            '<iframe src="https://touch.dailymotion.com/musterstadt?x=1"></iframe>',
            "linked",
            "https://www.dailymotion.com/musterstadt",
        ),
        Other(
            '<script>var s = document.createElement("script"); s.src = "https://geo.dailymotion.com/player"; document.head.append(s)</script>',
            "removed",
        ),
    ),
)
