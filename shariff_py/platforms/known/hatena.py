"""Hatena Bookmark."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="hatena",
    title="Hatena",
    share=ShareLink(
        "https://b.hatena.ne.jp/add?mode=confirm&url={url}&title={title}",
        receiver="Hatena Co., Ltd.",
        country="JP",
    ),
    icon=Icon(
        "M4 5h6c3 0 4.5 1.4 4.5 3.5 0 1.6-.9 2.6-2.3 3 1.8.3 2.8 1.5 2.8 3.3 0 2.7-1.8 4.2-5 4.2H4zm3.2 2.5v3h2.3c1.2 0 1.8-.5 1.8-1.5s-.6-1.5-1.8-1.5zm0 5.5v3.5h2.5c1.3 0 2-.6 2-1.7S11 13 9.7 13zM17.5 5h3v9h-3zm1.5 10.5a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4z"
    ),
    colour="#00709b",
    checked_on=date(2026, 11, 22),
)
