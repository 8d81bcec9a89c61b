"""WhatsApp: opens the application, or its web page."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="whatsapp",
    title="WhatsApp",
    share=ShareLink(
        "https://wa.me/?text={title}%20{url}",
        receiver="WhatsApp Ireland Limited",
        country="US",
        phrase="send",
    ),
    icon=Icon(
        "M12 2a10 10 0 0 0-8.6 15L2 22l5.2-1.4A10 10 0 1 0 12 2zM8.5 7h1.7l1 2.8-1 1.2c.7 1.5 1.8 2.6 3.4 3.3l1.2-1.1 2.7 1.2v1.6c-.5 1-1.5 1.5-2.5 1.4C10.5 17 7 13 7 9.5c0-1 .5-2 1.5-2.5z"
    ),
    colour="#0a7050",
    checked_on=date(2026, 11, 22),
)
