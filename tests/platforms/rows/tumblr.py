"""Tumblr: posts: the frame has a key of the blog, the link inside the address of the post."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "tumblr",
    rows=(
        Row(
            '<div class="tumblr-post" data-href="https://embed.tumblr.com/embed/post/t:BVez7Cl_SeW9VrD92h36Og/138827117418/v2" data-did="6d25b0a1"><a href="https://musterstadt.tumblr.com/post/138827117418/das-freibad-ist-offen">Das Freibad ist offen</a></div><script async src="https://assets.tumblr.com/post.js"></script>',
            "post",
            "https://musterstadt.tumblr.com/post/138827117418",
            "https://embed.tumblr.com/embed/post/t:BVez7Cl_SeW9VrD92h36Og/138827117418/v2#musterstadt.tumblr.com/post",
            kept="Das Freibad ist offen",
        ),
        Row(
            '<div class="tumblr-post" data-href="https://embed.tumblr.com/embed/post/BVez7Cl_SeW9VrD92h36Og/138827117418" data-did="6d25b0a1"><a href="http://musterstadt.tumblr.com/post/138827117418">Das Freibad ist offen</a></div><script async src="https://secure.assets.tumblr.com/post.js"></script>',
            "post",
            "https://musterstadt.tumblr.com/post/138827117418",
            "https://embed.tumblr.com/embed/post/t:BVez7Cl_SeW9VrD92h36Og/138827117418/v2#musterstadt.tumblr.com/post",
            kept="Das Freibad ist offen",
        ),
        Row(
            '<div class="tumblr-post" data-href="https://embed.tumblr.com/embed/post/t:BVez7Cl_SeW9VrD92h36Og/138827117418/v2" data-did="6d25b0a1"><a href="https://blog.musterstadt.example/post/138827117418/das-freibad-ist-offen">Das Freibad ist offen</a></div><script async src="https://assets.tumblr.com/post.js"></script>',
            "post",
            "https://embed.tumblr.com/embed/post/t:BVez7Cl_SeW9VrD92h36Og/138827117418/v2",
            "https://embed.tumblr.com/embed/post/t:BVez7Cl_SeW9VrD92h36Og/138827117418/v2",
            kept="Das Freibad ist offen",
        ),
        Row(
            "https://musterstadt.tumblr.com/post/138827117418/das-freibad-ist-offen?source=share",
            "post",
            "https://musterstadt.tumblr.com/post/138827117418",
            "https://embed.tumblr.com/embed/post/musterstadt/138827117418/v2#musterstadt.tumblr.com/post",
        ),
        Row(
            "https://www.tumblr.com/musterstadt/138827117418/das-freibad",
            "post",
            "https://www.tumblr.com/musterstadt/138827117418",
            "https://embed.tumblr.com/embed/post/musterstadt/138827117418/v2#www.tumblr.com/musterstadt",
        ),
    ),
    no_pages=("https://www.tumblr.com/embed/none",),
    loads=("https://assets.tumblr.com/post.js",),
    frames={
        "post": Frame("Tumblr post", "fullscreen picture-in-picture", size=(540, 700)),
    },
    facts={
        "usual host": "www.tumblr.com",
        "post takes": "width height",
        "colour": "#001935",
        "company": "Tumblr, Inc.",
        "icon": "M9",
        "share": "https://www.tumblr.com/widgets/share/tool?canonicalUrl={url}&title={title}",
        "counts": "api.tumblr.com",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other('<iframe src="https://tumblr.com/explore?x=1"></iframe>', "linked", "https://www.tumblr.com/explore"),
        Other(
            '<script>var s = document.createElement("script"); s.src = "https://assets.tumblr.com/post"; document.head.append(s)</script>',
            "removed",
        ),
    ),
)
