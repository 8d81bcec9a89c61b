"""Flipboard."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="flipboard",
    title="Flipboard",
    share=ShareLink(
        "https://share.flipboard.com/bookmarklet/popout?v=2&title={title}&url={url}",
        receiver="Flipboard, Inc.",
        country="US",
    ),
    icon=Icon("M4 3h16v6h-5v5h-5v7H4z"),
    colour="#c01f1f",
    checked_on=date(2026, 11, 22),
)
