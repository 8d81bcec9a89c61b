"""Hacker News."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="hackernews",
    title="Hacker News",
    share=ShareLink(
        "https://news.ycombinator.com/submitlink?u={url}&t={title}",
        receiver="Y Combinator Management, LLC",
        country="US",
    ),
    icon=Icon("M3 3h18v18H3zm4.5 4 3.5 6.5V18h2v-4.5L16.5 7h-2.2L12 11.5 9.7 7z"),
    colour="#b84a00",
    checked_on=date(2026, 11, 22),
)
