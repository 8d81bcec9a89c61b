"""The device's own dialogue (Web Share), which leads to every application that is installed. Nobody is contacted by it. Needs a
browser that has it; elsewhere there is no button.
"""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="native",
    title="Share",
    share=ShareLink(action="native", opens_window=False, phrase="native"),
    icon=Icon(
        "M18 2.5a3 3 0 1 1-2.8 4L9.2 9.7a3 3 0 0 1 0 2.6l6 3.2a3 3 0 1 1-.9 1.8l-6-3.3a3 3 0 1 1 0-4l6-3.3A3 3 0 0 1 18 2.5z"
    ),
    aliases=(
        "share",
        "webshare",
    ),
    checked_on=date(2026, 11, 22),
)
