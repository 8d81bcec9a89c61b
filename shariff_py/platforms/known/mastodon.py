"""Mastodon, and everything that takes its share address. The official page (since 2 March 2026) asks for the server; the text stays in the
fragment and so in the browser. With script, the widget asks for the server itself and nobody else is involved.
"""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Icon, Platform, ShareLink

PLATFORM = Platform(
    name="mastodon",
    title="Mastodon",
    share=ShareLink(
        "https://share.joinmastodon.org/#text={title}%20{url}",
        receiver="Mastodon gGmbH",
        country="DE",
        action="server",
        longest=300,
    ),
    icon=Icon(
        "M5 3h14a2 2 0 0 1 2 2v8c0 3-2 4-5 4.3-2 .2-4 .2-5.5 0 .3 1.5 2 2 5 1.7v2c-5.5 1-9-.5-9.5-4.5C3.5 16 3 14.5 3 13V5a2 2 0 0 1 2-2zm3.2 10V9c0-2.5 2.8-2.5 2.8 0v2.5h2V9c0-2.5 2.8-2.5 2.8 0v4H18V8.5C18 5 14 5 12 7.5 10 5 6 5 6 8.5V13z"
    ),
    colour="#563acc",
    aliases=("fediverse",),
    checked_on=date(2026, 11, 22),
)
