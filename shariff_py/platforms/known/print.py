"""The page on paper. Needs script; without it there is no button."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="print",
    title="Print",
    share=ShareLink(action="print", opens_window=False, phrase="print"),
    icon=Icon("M7 3h10v4H7zM4 8h16a1 1 0 0 1 1 1v7h-4v-3H7v3H3V9a1 1 0 0 1 1-1zm4.5 6.5h7V21h-7z"),
    checked_on=date(2026, 11, 22),
)
