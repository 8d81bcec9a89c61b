"""diaspora*: the page asks for the reader's pod."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="diaspora",
    title="diaspora*",
    share=ShareLink(
        "https://share.diasporafoundation.org/?url={url}&title={title}",
        receiver="diaspora* Foundation",
    ),
    icon=Icon("M10.5 3h3v6l5.7-2 1 2.9-5.8 1.9 3.6 4.9-2.5 1.8-3.5-4.9-3.5 4.9L6 16.7l3.6-4.9-5.8-1.9 1-2.9 5.7 2z"),
    colour="#333333",
    checked_on=date(2026, 11, 22),
)
