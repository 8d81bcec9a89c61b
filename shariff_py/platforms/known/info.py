"""A page of the site that says how sharing works here (``share.info_url``). Without one there is no link."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="info",
    title="Info",
    share=ShareLink(action="info", opens_window=False, phrase="info"),
    icon=Icon("M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zm-1.2 4.5v2.4h2.4V6.5zm0 4.5v6.5h2.4V11z"),
    checked_on=date(2026, 11, 22),
)
