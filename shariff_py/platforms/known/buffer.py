"""Buffer."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="buffer",
    title="Buffer",
    share=ShareLink(
        "https://publish.buffer.com/compose?url={url}&text={title}",
        receiver="Buffer, Inc.",
        country="US",
    ),
    icon=Icon("M12 3 2 8l10 5 10-5zM5 11l-3 1.5 10 5 10-5-3-1.5-7 3.5zm0 4.5L2 17l10 5 10-5-3-1.5-7 3.5z"),
    colour="#231f20",
    checked_on=date(2026, 11, 22),
)
