"""LinkedIn. It takes the title from the page itself."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="linkedin",
    title="LinkedIn",
    share=ShareLink(
        "https://www.linkedin.com/sharing/share-offsite/?url={url}",
        receiver="LinkedIn Ireland Unlimited Company",
        country="US",
    ),
    icon=Icon(
        "M4 9h4v11H4zM6 3.3a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4zM10 9h3.8v1.6c.6-1 1.9-1.9 3.6-1.9 3.3 0 4.1 2.2 4.1 5.1V20h-4v-5.5c0-1.3 0-2.7-1.7-2.7S14 13 14 14.4V20h-4z"
    ),
    colour="#0a66c2",
    checked_on=date(2026, 11, 22),
)
