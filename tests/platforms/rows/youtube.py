"""YouTube: code of its dialogue (November 2025), the old one with an object, AMP; addresses as they are shared."""

from support.platform_rows import Expected, Frame, Other, Row

PLAYER = "https://www.youtube-nocookie.com/embed"
WATCH = "https://www.youtube.com/watch?v=AbCdEfGhIjK"
CHANNEL = "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv"
FILM = Frame(
    "YouTube video",
    "fullscreen encrypted-media picture-in-picture",
    "strict-origin-when-cross-origin",
    credentials=True,
    size=(560, 315),
)

EXPECTED = Expected(
    "youtube",
    rows=(
        Row(
            '<iframe width="560" height="315" src="https://www.youtube.com/embed/AbCdEfGhIjK?si=zYx123" title="YouTube video player" frameborder="0" allow="accelerometer; autoplay; clipboard-write; encrypted-media; gyroscope; picture-in-picture; web-share" referrerpolicy="strict-origin-when-cross-origin" allowfullscreen></iframe><p>Film der Feuerwehr</p>',
            "video",
            WATCH,
            f"{PLAYER}/AbCdEfGhIjK?rel=0",
            kept="<p>Film der Feuerwehr</p>",
        ),
        Row(
            '<object width="425" height="344"><param name="movie" value="https://www.youtube.com/v/AbCdEfGhIjK?fs=1"></param><embed src="https://www.youtube.com/v/AbCdEfGhIjK?fs=1" type="application/x-shockwave-flash" width="425" height="344"></embed></object>',
            "video",
            WATCH,
            f"{PLAYER}/AbCdEfGhIjK?rel=0",
        ),
        Row(
            '<object width="425" height="344"><param name="movie" value="http://www.youtube.com/v/AbCdEfGhIjK&hl=de&fs=1"></param><embed src="http://www.youtube.com/v/AbCdEfGhIjK&hl=de&fs=1" type="application/x-shockwave-flash" width="425" height="344"></embed></object>',
            "video",
            WATCH,
            f"{PLAYER}/AbCdEfGhIjK?rel=0",
        ),
        Row('<iframe src="https://www.youtube.com/embed/AbCdEfGhIjK&rel=0"></iframe>', "video", WATCH, f"{PLAYER}/AbCdEfGhIjK?rel=0"),
        Row('<amp-youtube data-videoid="AbCdEfGhIjK" width="480" height="270"></amp-youtube>', "video", WATCH, f"{PLAYER}/AbCdEfGhIjK?rel=0"),
        Row(
            '<iframe data-src="https://www.youtube-nocookie.com/embed/AbCdEfGhIjK?start=30&amp;end=60&amp;cc_load_policy=1&amp;autoplay=1"></iframe>',
            "video",
            WATCH,
            f"{PLAYER}/AbCdEfGhIjK?rel=0&start=30&end=60&cc_load_policy=1",
        ),
        Row("https://youtu.be/AbCdEfGhIjK?si=zYx123&t=42", "video", WATCH, f"{PLAYER}/AbCdEfGhIjK?rel=0&start=42"),
        Row("https://m.youtube.com/watch?v=AbCdEfGhIjK&pp=ygUEdGVzdA&feature=share", "video", WATCH, f"{PLAYER}/AbCdEfGhIjK?rel=0"),
        Row("https://music.youtube.com/watch?v=AbCdEfGhIjK", "video", WATCH, f"{PLAYER}/AbCdEfGhIjK?rel=0"),
        Row("https://www.youtube.com/live/AbCdEfGhIjK?feature=share", "video", WATCH, f"{PLAYER}/AbCdEfGhIjK?rel=0"),
        Row("https://www.youtube.com/shorts/AbCdEfGhIjK?si=zYx123", "short", "https://www.youtube.com/shorts/AbCdEfGhIjK", f"{PLAYER}/AbCdEfGhIjK?rel=0"),
        Row("https://www.youtube.com/shorts/AbCdEfGhIjK?t=7", "short", "https://www.youtube.com/shorts/AbCdEfGhIjK", f"{PLAYER}/AbCdEfGhIjK?rel=0&start=7"),
        Row(
            '<iframe width="560" height="315" src="https://www.youtube.com/embed/videoseries?list=PLabcDEF0123456789" allowfullscreen></iframe>',
            "playlist",
            "https://www.youtube.com/playlist?list=PLabcDEF0123456789",
            f"{PLAYER}/videoseries?list=PLabcDEF0123456789&rel=0",
        ),
        Row(
            '<iframe src="https://www.youtube.com/embed?listType=playlist&amp;list=PLabcDEF0123456789&amp;start=5"></iframe>',
            "playlist",
            "https://www.youtube.com/playlist?list=PLabcDEF0123456789",
            f"{PLAYER}/videoseries?list=PLabcDEF0123456789&rel=0&start=5",
        ),
        Row(
            '<iframe src="https://www.youtube.com/embed?listType=user_uploads&amp;list=musterstadt"></iframe>',
            "uploads",
            "https://www.youtube.com/user/musterstadt",
            f"{PLAYER}?list=musterstadt&listType=user_uploads&rel=0",
        ),
        Row("https://youtube.com/playlist?list=PLabcDEF0123456789&si=zYx123", "playlist", "https://www.youtube.com/playlist?list=PLabcDEF0123456789", f"{PLAYER}/videoseries?list=PLabcDEF0123456789&rel=0"),
        Row(
            '<iframe src="https://www.youtube.com/embed/live_stream?channel=UCabcdefghijklmnopqrstuv&amp;cc_load_policy=1"></iframe>',
            "channel-live",
            f"{CHANNEL}/live",
            f"{PLAYER}/live_stream?channel=UCabcdefghijklmnopqrstuv&rel=0&cc_load_policy=1",
        ),
        Row(f"{CHANNEL}/live", "channel-live", f"{CHANNEL}/live", f"{PLAYER}/live_stream?channel=UCabcdefghijklmnopqrstuv&rel=0"),
        Row(f"{CHANNEL}/videos?t=3", "channel", CHANNEL, f"{PLAYER}/videoseries?list=UUabcdefghijklmnopqrstuv&rel=0&start=3"),
        Row(CHANNEL, "channel", CHANNEL, f"{PLAYER}/videoseries?list=UUabcdefghijklmnopqrstuv&rel=0"),
        Row('<div id="player"></div><script>var tag = document.createElement(\'script\'); tag.src = "https://www.youtube.com/iframe_api"; document.head.append(tag); var player; function onYouTubeIframeAPIReady() { player = new YT.Player(\'player\', {height: \'390\', width: \'640\', videoId: \'AbCdEfGhIjK\', playerVars: {\'playsinline\': 1}, events: {\'onReady\': ready}}); } function ready(event) { event.target.playVideo(); }</script>', 'video', WATCH, f"{PLAYER}/AbCdEfGhIjK?rel=0"),
        Row('<div id="player"></div><script src="https://www.youtube.com/iframe_api"></script><script>function onYouTubeIframeAPIReady() { new YT.Player("player", {"videoId": "AbCdEfGhIjK", "playerVars": {"start": 30, "autoplay": 1}}) }</script>', 'video', WATCH, f"{PLAYER}/AbCdEfGhIjK?rel=0&start=30"),
        Row('<script src="https://www.youtube.com/iframe_api"></script><script>onYouTubeIframeAPIReady = () => new YT.Player(\'player\', {playerVars: {listType: \'playlist\', list: \'PLabcDEF0123456789\'}})</script>', 'playlist', 'https://www.youtube.com/playlist?list=PLabcDEF0123456789', f"{PLAYER}/videoseries?list=PLabcDEF0123456789&rel=0"),
    ),
    frames={
        "video": FILM,
        "short": Frame("YouTube video", FILM.features, FILM.referrer, credentials=True, size=(315, 560)),
        "playlist": FILM,
        "channel-live": FILM,
        "channel": FILM,
        "uploads": FILM,
    },
    facts={
        "usual host": "www.youtube.com",
        "playlist takes": "start end cc_load_policy width height",
        "uploads takes": "start end cc_load_policy width height",
        "channel-live takes": "start end cc_load_policy width height",
        "channel takes": "start end cc_load_policy width height",
        "short takes": "start end cc_load_policy width height",
        "video takes": "start end cc_load_policy width height",
        "playlist keeps": "list listType",
        "uploads keeps": "list listType",
        "channel-live keeps": "channel",
        "video keeps": "v",
        "colour": "#c4302b",
        "company": "Google Ireland Limited",
        "icon": "M21.6",
        "globals": "YT",
        "shares hosts": "apis.google.com/js/platform.js",
        "discloses": "ip browser language time content site_name",
    },
    no_pages=("https://www.youtube.com/embed/none",),
    loads=("https://www.youtube.com/iframe_api", "https://i.ytimg.com/vi/AbCdEfGhIjK/0.jpg"),
    others=(
        Other('<iframe src="https://m.youtube.com/feed/news?v=1&amp;pp=x"></iframe>', "linked", "https://www.youtube.com/feed/news?v=1"),
        Other('<script src="https://apis.google.com/js/platform.js"></script>', "removed", "https://apis.google.com/js/platform.js"),
        Other('<script src="https://apis.google.com/js/platform.js"></script><div class="g-ytsubscribe" data-channelid="UCabcdefghijklmnopqrstuv"></div>', "linked", CHANNEL, "subscribe-button"),
        Other('<script src="https://apis.google.com/js/platform.js"></script><div class="g-ytsubscribe" data-channel="musterstadt" data-layout="full"></div>', "linked", "https://www.youtube.com/musterstadt", "subscribe-button"),
        Other('<script src="https://apis.google.com/js/platform.js"></script><g:ytsubscribe data-channelid="UCabcdefghijklmnopqrstuv"></g:ytsubscribe>', "linked", CHANNEL, "subscribe-button"),
        Other('<iframe src="https://www.youtube.com/subscribe_embed?channelid=UCabcdefghijklmnopqrstuv"></iframe>', "linked", CHANNEL, "subscribe-button"),
        Other('<iframe src="https://www.youtube.com/watch?v=short&amp;utm_source=x"></iframe>', "linked", "https://www.youtube.com/watch?v=short"),
        Other('<script src="https://www.youtube.com/iframe_api"></script>', "removed", "https://www.youtube.com/iframe_api"),
        Other('<script>var s = document.createElement("script"); s.src = "https://www.youtube.com/iframe_api"; document.head.append(s)</script>', "removed"),
    ),
)  # fmt: skip
