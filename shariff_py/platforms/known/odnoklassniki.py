"""Odnoklassniki."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="odnoklassniki",
    title="OK",
    share=ShareLink(
        "https://connect.ok.ru/offer?url={url}&title={title}",
        receiver="V Kontakte LLC",
        country="RU",
    ),
    icon=Icon(
        "M12 2a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zm0 2.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM6.5 12.5c3.5 2.2 7.5 2.2 11 0l1.3 2c-1.5 1-3 1.6-4.6 1.9l4 4-1.8 1.8L12 18l-4.4 4.2-1.8-1.8 4-4a12 12 0 0 1-4.6-1.9z"
    ),
    colour="#a85400",
    aliases=("ok",),
    checked_on=date(2026, 11, 22),
)
