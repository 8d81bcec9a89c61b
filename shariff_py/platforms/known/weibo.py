"""Sina Weibo."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="weibo",
    title="Weibo",
    share=ShareLink(
        "https://service.weibo.com/share/share.php?url={url}&title={title}&pic={media}",
        receiver="Weibo Corporation",
        country="CN",
    ),
    icon=Icon(
        "M10 8c-4 0-7.5 3-7.5 6.2C2.5 17.5 6 20 10 20s7.5-2.5 7.5-5.5c0-1.5-1-2.5-2.5-3 .5-1.5 0-2.5-1.5-2.5-.8 0-1.7.2-2.5.6.2-1-.2-1.6-1-1.6zm-.5 3.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM16 3a6 6 0 0 1 6 7.5h-2A4 4 0 0 0 16 5z"
    ),
    colour="#c7252a",
    checked_on=date(2026, 11, 22),
)
