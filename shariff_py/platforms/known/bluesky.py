"""Bluesky. Its dialogue takes one text of 300 characters and no separate address."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="bluesky",
    title="Bluesky",
    share=ShareLink(
        "https://bsky.app/intent/compose?text={title}%20{url}",
        receiver="Bluesky Social, PBC",
        country="US",
        longest=200,
    ),
    icon=Icon(
        "M12 11C10.5 8 7 4.5 4 3.5c-1 3 .5 6 1.5 8 1 1.5 3 2 5 1.5-3 .5-5 2-3 5 2.5 3 4 0 4.5-2 .5 2 2 5 4.5 2 2-3 0-4.5-3-5 2 .5 4 0 5-1.5 1-2 2.5-5 1.5-8-3 1-6.5 4.5-8 7.5z"
    ),
    colour="#0a66c8",
    checked_on=date(2026, 11, 22),
)
