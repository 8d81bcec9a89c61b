"""Reddit: posts and comments, in the code of 2016, 2018, 2023 and 2026."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "reddit",
    rows=(
        Row(
            '<blockquote class="reddit-embed-bq" style="height:500px" data-embed-height="546"><a href="https://www.reddit.com/r/musterstadt/comments/1abc2d/das_freibad_ist_offen/">Das Freibad ist offen</a><br> by <a href="https://www.reddit.com/user/erika/">u/erika</a> in <a href="https://www.reddit.com/r/musterstadt/">musterstadt</a></blockquote><script async="" src="https://embed.reddit.com/widgets.js" charset="UTF-8"></script>',
            "post",
            "https://www.reddit.com/r/musterstadt/comments/1abc2d/",
            "https://embed.reddit.com/r/musterstadt/comments/1abc2d/?embed=true",
            kept="Das Freibad ist offen",
        ),
        Row(
            '<blockquote class="reddit-card" data-card-created="1520000000"><a href="https://www.reddit.com/r/musterstadt/comments/1abc2d/das_freibad_ist_offen/?ref=share&amp;ref_source=embed">Das Freibad ist offen</a> from <a href="http://www.reddit.com/r/musterstadt">r/musterstadt</a></blockquote><script async src="//embed.redditmedia.com/widgets/platform.js" charset="UTF-8"></script>',
            "post",
            "https://www.reddit.com/r/musterstadt/comments/1abc2d/",
            "https://embed.reddit.com/r/musterstadt/comments/1abc2d/?embed=true",
            kept="Das Freibad ist offen",
        ),
        Row(
            '<iframe id="reddit-embed" src="https://www.redditmedia.com/r/musterstadt/comments/1abc2d/das_freibad_ist_offen/?ref_source=embed&amp;ref=share&amp;embed=true" sandbox="allow-scripts allow-same-origin allow-popups" style="border: none;" height="316" width="640"></iframe>',
            "post",
            "https://www.reddit.com/r/musterstadt/comments/1abc2d/",
            "https://embed.reddit.com/r/musterstadt/comments/1abc2d/?embed=true",
        ),
        Row(
            "https://old.reddit.com/r/musterstadt/comments/1abc2d/das_freibad_ist_offen/?utm_source=share",
            "post",
            "https://www.reddit.com/r/musterstadt/comments/1abc2d/",
            "https://embed.reddit.com/r/musterstadt/comments/1abc2d/?embed=true",
        ),
        Row(
            "https://www.reddit.com/r/musterstadt/comments/1abc2d",
            "post",
            "https://www.reddit.com/r/musterstadt/comments/1abc2d/",
            "https://embed.reddit.com/r/musterstadt/comments/1abc2d/?embed=true",
        ),
        Row(
            '<amp-reddit width="300" height="400" data-embedtype="post" data-src="https://www.reddit.com/r/musterstadt/comments/1abc2d/das_freibad_ist_offen/"></amp-reddit>',
            "post",
            "https://www.reddit.com/r/musterstadt/comments/1abc2d/",
            "https://embed.reddit.com/r/musterstadt/comments/1abc2d/?embed=true",
        ),
        Row(
            '<blockquote class="reddit-embed-bq" data-embed-height="240"><a href="https://www.reddit.com/r/musterstadt/comments/1abc2d/comment/k1abcde/">Comment</a><br> by <a href="https://www.reddit.com/user/erika/">u/erika</a> from discussion <a href="https://www.reddit.com/r/musterstadt/comments/1abc2d/das_freibad_ist_offen/"></a></blockquote><script async="" src="https://embed.reddit.com/widgets.js" charset="UTF-8"></script>',
            "post",
            "https://www.reddit.com/r/musterstadt/comments/1abc2d/comment/k1abcde/",
            "https://embed.reddit.com/r/musterstadt/comments/1abc2d/comment/k1abcde/?embed=true",
            kept="Comment",
        ),
        Row(
            '<div class="reddit-embed" data-embed-media="www.redditmedia.com" data-embed-parent="false" data-embed-live="false"><a href="https://www.reddit.com/r/musterstadt/comments/1abc2d/das_freibad_ist_offen/k1abcde">Comment</a> from discussion <a href="https://www.reddit.com/r/musterstadt/comments/1abc2d/das_freibad_ist_offen">Das Freibad ist offen</a>.</div><script async src="https://www.redditstatic.com/comment-embed.js"></script>',
            "post",
            "https://www.reddit.com/r/musterstadt/comments/1abc2d/comment/k1abcde/",
            "https://embed.reddit.com/r/musterstadt/comments/1abc2d/comment/k1abcde/?embed=true",
            kept="Comment",
        ),
        Row(
            "https://www.reddit.com/r/musterstadt/comments/1abc2d/das_freibad_ist_offen/k1abcde/?context=3",
            "post",
            "https://www.reddit.com/r/musterstadt/comments/1abc2d/comment/k1abcde/",
            "https://embed.reddit.com/r/musterstadt/comments/1abc2d/comment/k1abcde/?embed=true",
        ),
        Row(
            "https://embed.reddit.com/r/musterstadt/comments/1abc2d/comment/k1abcde/?embed=true",
            "post",
            "https://www.reddit.com/r/musterstadt/comments/1abc2d/comment/k1abcde/",
            "https://embed.reddit.com/r/musterstadt/comments/1abc2d/comment/k1abcde/?embed=true",
        ),
    ),
    loads=(
        "https://embed.reddit.com/widgets.js",
        "https://www.redditstatic.com/1.js",
        "https://www.redditmedia.com/r/x",
    ),
    frames={
        "post": Frame("Reddit post", "fullscreen picture-in-picture", size=(640, 500)),
    },
    facts={
        "usual host": "www.reddit.com",
        "post takes": "width height",
        "globals": "rembeddit rdt",
        "post tells its height": "data if type is resize.embed",
        "colour": "#c23500",
        "company": "Reddit Netherlands B.V.",
        "icon": "M12",
        "share": "https://www.reddit.com/submit?url={url}&title={title}",
        "counts": "oauth.reddit.com",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other(
            '<iframe src="https://old.reddit.com/r/musterstadt/?x=1"></iframe>',
            "linked",
            "https://www.reddit.com/r/musterstadt/",
        ),
        Other(
            '<script>var s = document.createElement("script"); s.src = "https://embed.reddit.com/widgets"; document.head.append(s)</script>',
            "removed",
        ),
    ),
)
