"""The page's address into the clipboard. Needs script and a secure context; without them there is no button."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="clipboard",
    title="Link",
    share=ShareLink(action="copy", opens_window=False, phrase="clipboard"),
    icon=Icon("M8 2h11v15h-3v-2h1V4h-7v1H8zM5 6h10v16H5zm2 2v12h6V8z"),
    aliases=("copy",),
    checked_on=date(2026, 11, 22),
)
