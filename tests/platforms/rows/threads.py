"""Threads: posts, with the host of today and the old one."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "threads",
    rows=(
        Row(
            '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.com/@musterstadt/post/CabcDefGhiJ">Das Freibad ist offen</blockquote>',
            "post",
            "https://www.threads.com/@musterstadt/post/CabcDefGhiJ",
            "https://www.threads.com/@musterstadt/post/CabcDefGhiJ/embed",
            kept="Das Freibad ist offen",
        ),
        Row(
            '<blockquote class="text-post-media"><a href="https://www.threads.com/@musterstadt/post/CabcDefGhiJ">Das Freibad ist offen</a></blockquote>',
            "post",
            "https://www.threads.com/@musterstadt/post/CabcDefGhiJ",
            "https://www.threads.com/@musterstadt/post/CabcDefGhiJ/embed",
            kept="Das Freibad ist offen",
        ),
        Row(
            '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.com/@musterstadt/post/AbCdEfG?xmt=x"></blockquote>',
            "post",
            "https://www.threads.com/@musterstadt/post/AbCdEfG",
            "https://www.threads.com/@musterstadt/post/AbCdEfG/embed",
        ),
        Row(
            '<blockquote class="text-post-media"><a href="https://www.threads.net/@musterstadt/post/AbCdEfG">Beitrag</a></blockquote>',
            "post",
            "https://www.threads.com/@musterstadt/post/AbCdEfG",
            "https://www.threads.com/@musterstadt/post/AbCdEfG/embed",
        ),
        Row(
            '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.com/@musterstadt/post/CabcDefGhiJ" data-text-post-version="0" id="ig-tp-CabcDefGhiJ" style="background:#FFF;border-radius:16px;max-width:650px;"><a href="https://www.threads.com/@musterstadt/post/CabcDefGhiJ" target="_blank">Auf Threads ansehen</a></blockquote><script async src="https://www.threads.com/embed.js"></script>',
            "post",
            "https://www.threads.com/@musterstadt/post/CabcDefGhiJ",
            "https://www.threads.com/@musterstadt/post/CabcDefGhiJ/embed",
            kept="Auf Threads ansehen",
        ),
        Row(
            '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.net/@musterstadt/post/CabcDefGhiJ?xmt=AQGz" data-text-post-version="0"><a href="https://www.threads.net/@musterstadt/post/CabcDefGhiJ?xmt=AQGz">Das Freibad ist offen</a></blockquote><script async src="https://www.threads.net/embed.js"></script>',
            "post",
            "https://www.threads.com/@musterstadt/post/CabcDefGhiJ",
            "https://www.threads.com/@musterstadt/post/CabcDefGhiJ/embed",
            kept="Das Freibad ist offen",
        ),
        Row(
            "https://www.threads.com/@musterstadt/post/CabcDefGhiJ?xmt=AQGz",
            "post",
            "https://www.threads.com/@musterstadt/post/CabcDefGhiJ",
            "https://www.threads.com/@musterstadt/post/CabcDefGhiJ/embed",
        ),
        Row(
            "https://threads.net/@musterstadt/post/CabcDefGhiJ/media",
            "post",
            "https://www.threads.com/@musterstadt/post/CabcDefGhiJ",
            "https://www.threads.com/@musterstadt/post/CabcDefGhiJ/embed",
        ),
        Row(
            "https://www.threads.com/@musterstadt/post/CabcDefGhiJ/embed",
            "post",
            "https://www.threads.com/@musterstadt/post/CabcDefGhiJ",
            "https://www.threads.com/@musterstadt/post/CabcDefGhiJ/embed",
        ),
        Row(
            '<iframe src="https://www.threads.com/@musterstadt/post/CabcDefGhiJ/embed?theme=dark" height="500"></iframe>',
            "post",
            "https://www.threads.com/@musterstadt/post/CabcDefGhiJ",
            "https://www.threads.com/@musterstadt/post/CabcDefGhiJ/embed",
        ),
        Row(
            "https://www.threads.net/t/CabcDefGhiJ/",
            "post",
            "https://www.threads.com/t/CabcDefGhiJ",
            "https://www.threads.com/t/CabcDefGhiJ/embed",
        ),
    ),
    no_pages=("https://www.threads.com/none/embed",),
    loads=("https://www.threads.com/embed.js",),
    frames={
        "post": Frame("Threads post", "fullscreen encrypted-media picture-in-picture", size=(540, 700)),
    },
    facts={
        "usual host": "www.threads.com",
        "post takes": "width height",
        "colour": "#101010",
        "company": "Meta Platforms Ireland Limited",
        "icon": "M12",
        "share": "https://www.threads.com/intent/post?text={title}&url={url}",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other('<iframe src="https://threads.net/explore?x=1"></iframe>', "linked", "https://www.threads.com/explore"),
        Other(
            '<script>var s = document.createElement("script"); s.src = "https://www.threads.com/embed"; document.head.append(s)</script>',
            "removed",
        ),
    ),
)
