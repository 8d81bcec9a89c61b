"""Qzone. Whether it still answers from abroad is not known."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="qzone",
    title="Qzone",
    share=ShareLink(
        "https://sns.qzone.qq.com/cgi-bin/qzshare/cgi_qzshare_onekey?url={url}&title={title}",
        receiver="Tencent Holdings Limited",
        country="CN",
    ),
    icon=Icon("M12 2l3 6.6 7 .8-5.2 4.8 1.5 7L12 17.6l-6.3 3.6 1.5-7L2 9.4l7-.8z"),
    colour="#2b65b7",
    checked_on=date(2026, 11, 22),
)
