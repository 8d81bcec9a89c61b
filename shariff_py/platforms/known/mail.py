"""Sharing by the visitor's own mail program. Nobody receives anything from us: the link opens a draft on the device."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="mail",
    title="E-Mail",
    share=ShareLink("mailto:?subject={title}&body={text}", opens_window=False, phrase="mail"),
    icon=Icon(
        "M3 5h18a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zm9 8.2L4.6 7H4v.9l8 6.6 8-6.6V7h-.6z"
    ),
    checked_on=date(2026, 11, 22),
)
