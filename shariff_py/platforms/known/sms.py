"""A text message, written in the visitor's own program."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="sms",
    title="SMS",
    share=ShareLink("sms:?&body={title}%20{url}", opens_window=False, phrase="send"),
    icon=Icon("M4 4h16v12h-9l-5 4.5V16H4zm3 5v2h2V9zm4 0v2h2V9zm4 0v2h2V9z"),
    checked_on=date(2026, 11, 22),
)
