"""Reddit."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="reddit",
    title="Reddit",
    share=ShareLink(
        "https://www.reddit.com/submit?url={url}&title={title}",
        receiver="Reddit, Inc.",
        country="US",
    ),
    icon=Icon(
        "M12 7c5 0 9 2.8 9 6.5S17 20 12 20s-9-2.8-9-6.5S7 7 12 7zm-3.5 4a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4zm7 0a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4zM8.5 16c2 1.7 5 1.7 7 0l.8 1c-2.5 2.2-6 2.2-8.6 0zM12 6.5l1-4 3.7.9a1.5 1.5 0 1 1-.3 1.1L13.9 3.9l-.7 2.7z"
    ),
    colour="#c23500",
    checked_on=date(2026, 11, 22),
)
