"""Threads: posts.

Sources: code of meta-embeds-for-wordpress (2026) and oEmbed answers for the markup. Not confirmed: the frame, its hosts, and that ``/t/ID`` has one.
``threads.net`` is the old host.
"""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.companies import META
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform, ShareLink

BY_USER = r"/@(?P<user>[\w.]+)/post/(?P<id>[\w-]+)"
BY_ID = r"/t/(?P<id>[\w-]+)"

PLATFORM = Platform(
    name="threads",
    title="Threads",
    operator=META,
    hosts=("threads.com", "threads.net"),
    content_hosts=patterns(r"(?:www\.)?threads\.(?:com|net)"),
    public_host="www.threads.com",
    plugin_paths=Pattern(r"/.*/embed"),
    script_marks=patterns(r"(?i)\bthreads\.(?:com|net)[\\/]++embed"),
    embeds=(
        EmbedKind(
            "post",
            links=forms(rf"{BY_USER}(?:/media)?/?", rf"{BY_ID}/?"),
            frames=forms(rf"{BY_USER}/embed", rf"{BY_ID}/embed"),
            public=("https://www.threads.com/@{user}/post/{id}", "https://www.threads.com/t/{id}"),
            frame=("https://www.threads.com/@{user}/post/{id}/embed", "https://www.threads.com/t/{id}/embed"),
            classes=frozenset({"text-post-media"}),
            address_attributes={"data-text-post-permalink": "{}"},
            address_in_link=True,
            parameters=PASTED_SIZE,
            # Its height follows from a script; this is what a text with a picture needs.
            size=Size(540, 700),
            features=("fullscreen", "encrypted-media", "picture-in-picture"),
            samples=(
                "https://www.threads.com/@musterstadt/post/CabcDefGhiJ",
                "https://www.threads.com/t/CabcDefGhiJ",
            ),
        ),
    ),
    share=ShareLink(
        "https://www.threads.com/intent/post?text={title}&url={url}",
        receiver="Meta Platforms Ireland Limited",
        country="US",
        longest=300,
    ),
    colour="#101010",
    icon=Icon(
        "M12 3a9 9 0 1 0 4.5 16.8l-1-1.7A7 7 0 1 1 19 12v1c0 2-2 2-2 0V8h-2v.6A4 4 0 1 0 15.5 15c1.5 2 5.5 1.5 5.5-2v-1a9 9 0 0 0-9-9zm0 7a2 2 0 1 1 0 4 2 2 0 0 1 0-4z"
    ),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
