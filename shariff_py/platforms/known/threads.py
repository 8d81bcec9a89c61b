"""Threads. The host threads.net is the old one."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="threads",
    title="Threads",
    share=ShareLink(
        "https://www.threads.com/intent/post?text={title}&url={url}",
        receiver="Meta Platforms Ireland Limited",
        country="US",
        longest=300,
    ),
    icon=Icon(
        "M12 3a9 9 0 1 0 4.5 16.8l-1-1.7A7 7 0 1 1 19 12v1c0 2-2 2-2 0V8h-2v.6A4 4 0 1 0 15.5 15c1.5 2 5.5 1.5 5.5-2v-1a9 9 0 0 0-9-9zm0 7a2 2 0 1 1 0 4 2 2 0 0 1 0-4z"
    ),
    colour="#101010",
    checked_on=date(2026, 11, 22),
)
