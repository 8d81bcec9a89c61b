"""Threema: opens the application."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="threema",
    title="Threema",
    share=ShareLink(
        "https://threema.id/compose?text={title}%20{url}",
        receiver="Threema GmbH",
        country="CH",
        phrase="send",
    ),
    icon=Icon(
        "M12 2a5 5 0 0 0-5 5v2H6v9h12V9h-1V7a5 5 0 0 0-5-5zM9 9V7a3 3 0 0 1 6 0v2zM7 20h2v2H7zm4 0h2v2h-2zm4 0h2v2h-2z"
    ),
    colour="#2a6b3c",
    checked_on=date(2026, 11, 22),
)
