"""X: code of its dialogue (both names of the company), AMP, a copy that a browser has rendered; addresses of both names."""

from support.platform_rows import Expected, Frame, Other, Row

POST = "https://x.com/example/status/1234567890123456789"
NUMBER_ALONE = "https://x.com/i/status/1234567890123456789"
FRAME = "https://platform.twitter.com/embed/Tweet.html?dnt=true&id=1234567890123456789"

EXPECTED = Expected(
    "x",
    rows=(
        Row(
            '<blockquote class="twitter-tweet" data-dnt="true"><p lang="de" dir="ltr">Die Halle ist offen <a href="https://t.co/AbC">pic</a></p>&mdash; Name (@example) <a href="https://twitter.com/example/status/1234567890123456789?ref_src=twsrc%5Etfw">1. November 2026</a></blockquote>',
            "post",
            POST,
            FRAME,
            kept="Die Halle ist offen",
        ),
        Row(
            '<blockquote class="twitter-video"><p>Film vom Fest</p><a href="https://x.com/example/status/1234567890123456789">1. November 2026</a></blockquote>',
            "post",
            POST,
            FRAME,
            kept="Film vom Fest",
        ),
        Row(
            '<iframe id="twitter-widget-0" src="https://platform.twitter.com/embed/Tweet.html?dnt=false&amp;frame=false&amp;id=1234567890123456789&amp;origin=https%3A%2F%2Fwww.example.org%2Fnews&amp;sessionId=abc" width="400" height="300"></iframe>',
            "post",
            NUMBER_ALONE,
            FRAME,
            size=(400, 300),
        ),
        Row('<amp-twitter data-tweetid="1234567890123456789" width="375" height="472"></amp-twitter>', "post", NUMBER_ALONE, FRAME),
        Row("https://twitter.com/example/status/1234567890123456789?s=20", "post", POST, FRAME),
        Row("https://mobile.twitter.com/example/statuses/1234567890123456789/photo/1", "post", POST, FRAME),
        Row("https://x.com/i/web/status/1234567890123456789", "post", NUMBER_ALONE, FRAME),
        Row('<div id="beitrag"></div><script src="https://platform.twitter.com/widgets.js"></script><script>twttr.ready(function () { twttr.widgets.createTweet("1234567890123456789", document.getElementById("beitrag"), {theme: "dark"}); });</script>', 'post', NUMBER_ALONE, FRAME),
        Row('<script async src="https://platform.x.com/widgets.js"></script><p id="film"></p><script>window.twttr.widgets.createVideo(\'1234567890123456789\', film)</script>', 'post', NUMBER_ALONE, FRAME),
    ),
    frames={"post": Frame("X post", "fullscreen encrypted-media picture-in-picture", size=(550, 600))},
    facts={
        "usual host": "x.com",
        "post takes": "width height",
        "post keeps": "id",
        "post tells its height": "twttr.embed.params.0.height if twttr.embed.method is twttr.private.resize",
        "colour": "#0f1419",
        "company": "X Internet Unlimited Company",
        "icon": "M3",
        "also": "twitter",
        "share": "https://x.com/intent/post?text={title}&url={url}&via={via}",
        "globals": "twttr twq",
        "discloses": "ip browser language time content site_name",
    },
    no_pages=("https://x.com/embed/none",),
    ended=('<a class="twitter-timeline" href="https://twitter.com/example?ref_src=twsrc%5Etfw">Posts von @example</a>',),
    loads=("https://syndication.twitter.com/settings", "https://pbs.twimg.com/media/a.jpg"),
    others=(
        Other('<iframe src="https://platform.twitter.com/widgets/tweet_button.html?url=https%3A%2F%2Fwww.example.org%2Fnews"></iframe>', "shared", "https://www.example.org/news"),
        Other('<iframe src="https://platform.twitter.com/widgets/follow_button.2f70fb17.de.html#screen_name=example"></iframe>', "removed", "https://platform.twitter.com/widgets/follow_button.2f70fb17.de.html"),
        Other('<iframe src="https://mobile.twitter.com/explore?s=20"></iframe>', "linked", "https://x.com/explore"),
        Other('<script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>', "removed", "https://platform.twitter.com/widgets.js"),
        Other('<script async src="https://platform.x.com/widgets.js"></script>', "removed", "https://platform.x.com/widgets.js"),
        Other('<script>var s = document.createElement("script"); s.src = "https://platform.x.com/widgets.js"; document.head.append(s)</script>', "removed"),
    ),
)  # fmt: skip
