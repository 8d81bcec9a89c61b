"""Telegram."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="telegram",
    title="Telegram",
    share=ShareLink(
        "https://t.me/share/url?url={url}&text={title}",
        receiver="Telegram FZ-LLC",
        country="AE",
        phrase="send",
    ),
    icon=Icon("M21.5 3.5 2.5 11l5.5 2 2 6.5 3-3.5 5 4zM9.5 12.8l8-5.6-6.3 7-.5 2.6z"),
    colour="#1a6fa3",
    checked_on=date(2026, 11, 22),
)
