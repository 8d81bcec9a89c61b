"""Deezer: music and podcasts.

Sources: code of tarteaucitron.js (2 April 2026) and public sites for the widget, public code of 2026 for the older player, which shows an
error page whatever it is asked for. The parameters and the host ``dzcdn.net`` were not confirmed.
"""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.companies import DEEZER
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform

ID = r"(?P<id>[0-9]+)"


def _kind(name: str, height: int = 300, *, shown: str = "", older: str = "") -> EmbedKind:
    """A kind of content whose name is in all of its addresses; ``shown`` is the part of it that a widget shows, ``older`` its name in those of
    the older player."""
    return EmbedKind(
        name,
        content="sound",
        links=forms(rf"/(?:[a-z]{{2}}/)?{name}/{ID}/?"),
        frames=forms(rf"/widget/(?:auto|dark|light)/{name}/{ID}(?:/\w+)?", host=r"widget\.deezer\.com")
        + forms(rf"/plugins/player\?id={ID}&type={older or name}s?"),
        public=(f"https://www.deezer.com/{name}/{{id}}",),
        frame=(f"https://widget.deezer.com/widget/auto/{name}/{{id}}{shown}?autoplay=false",),
        keeps_query=frozenset({"id", "type"}),
        parameters=PASTED_SIZE,
        size=Size(640, height),
        features=("encrypted-media", "clipboard-write"),
        samples=(f"https://www.deezer.com/{name}/1234567890",),
    )


PLATFORM = Platform(
    name="deezer",
    title="Deezer",
    operator=DEEZER,
    hosts=("deezer.com", "dzcdn.net", "deezer.page.link"),
    content_hosts=patterns(r"(?:www\.)?deezer\.com"),
    public_host="www.deezer.com",
    plugin_paths=Pattern(r"/(?:widget/.*|plugins/player)"),
    script_marks=patterns(r"(?i)\bwidget\.deezer\.com\b", r"(?i)deezer\.com[\\/]++plugins\b", r"(?i)\bdzcdn\.net\b"),
    embeds=(
        _kind("track", 150),
        _kind("album"),
        _kind("playlist"),
        _kind("artist", shown="/top_tracks"),
        _kind("episode", 150),
        _kind("show", older="podcast"),
    ),
    colour="#8a2be2",
    icon=Icon(
        "M3 16h4v2H3zM8 16h4v2H8zM13 16h4v2h-4zM18 16h4v2h-4zM8 13h4v2H8zM13 13h4v2h-4zM18 13h4v2h-4zM13 10h4v2h-4zM18 10h4v2h-4zM18 7h4v2h-4z"
    ),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
