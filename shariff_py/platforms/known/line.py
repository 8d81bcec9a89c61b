"""LINE."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="line",
    title="LINE",
    share=ShareLink(
        "https://social-plugins.line.me/lineit/share?url={url}&text={title}",
        receiver="LY Corporation",
        country="JP",
        phrase="send",
    ),
    icon=Icon(
        "M12 3C6.5 3 2 6.6 2 11c0 4 3.5 7.3 8.3 8 .6.1.7.5.6 1l-.2 1.7C13.7 20.5 22 16.2 22 11c0-4.4-4.5-8-10-8zM6 8.5h1.5v4H10V14H6zm5 0h1.5V14H11zm2.5 0H15l2 3v-3h1.5V14H17l-2-3v3h-1.5z"
    ),
    colour="#057a3b",
    checked_on=date(2026, 11, 22),
)
