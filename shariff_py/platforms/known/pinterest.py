"""Pinterest. It wants a picture; without one its page lets the reader choose."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="pinterest",
    title="Pinterest",
    share=ShareLink(
        "https://www.pinterest.com/pin/create/button/?url={url}&media={media}&description={title}",
        receiver="Pinterest Europe Ltd.",
        country="US",
    ),
    icon=Icon(
        "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM9 19l2-8.5h2l-.6 2.7c2 .6 3.6-1 3.6-2.8C16 8.3 14.3 7 12.2 7 9.6 7 8 8.8 8 10.8c0 .9.3 1.7.9 2.2l-.6 1.6C6.7 13.8 6 12.3 6 10.7 6 7.5 8.7 5 12.3 5 15.6 5 18 7.3 18 10.3c0 3.2-2 5.3-4.8 5.3-.5 0-1-.1-1.4-.3L10.9 19z"
    ),
    colour="#bd081c",
    checked_on=date(2026, 11, 22),
)
