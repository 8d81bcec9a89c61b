"""Tumblr."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="tumblr",
    title="Tumblr",
    share=ShareLink(
        "https://www.tumblr.com/widgets/share/tool?canonicalUrl={url}&title={title}",
        receiver="Automattic Inc.",
        country="US",
    ),
    icon=Icon("M9 2h4v4.5h4V10h-4v6c0 2 1.5 2.5 4 1.5V21c-4.5 1.8-8 .5-8-4v-7H6V7c2-.8 3-2.5 3-5z"),
    colour="#001935",
    checked_on=date(2026, 11, 22),
)
