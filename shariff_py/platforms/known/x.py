"""X, once Twitter. The address is the one that twitter.com/intent/tweet forwards to."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="x",
    title="X",
    share=ShareLink(
        "https://x.com/intent/post?text={title}&url={url}&via={via}",
        receiver="X Internet Unlimited Company",
        country="US",
        longest=240,
    ),
    icon=Icon("M3 3h5.2l4.6 6.4L18.3 3h2.5l-6.9 7.9L21.5 21h-5.2l-5-6.9L5.3 21H2.8l7.3-8.4z"),
    colour="#0f1419",
    aliases=("twitter",),
    checked_on=date(2026, 11, 22),
)
