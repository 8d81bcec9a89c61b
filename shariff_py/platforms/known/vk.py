"""VK."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="vk",
    title="VK",
    share=ShareLink(
        "https://vk.com/share.php?url={url}&title={title}",
        receiver="V Kontakte LLC",
        country="RU",
    ),
    icon=Icon("M3 6h3.3l2.7 6.5V6h3v5l4-5h3.7l-4.3 5.5L20 18h-3.8L12 13v5H9.5z"),
    colour="#0059c8",
    checked_on=date(2026, 11, 22),
)
