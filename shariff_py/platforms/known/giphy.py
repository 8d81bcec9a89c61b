"""Giphy: short moving pictures.

Sources: its oEmbed interface, code of iframely (27 June 2026), developers.giphy.com for clips. The hosts were not confirmed.
"""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.companies import GIPHY
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform

ID = r"(?P<id>[A-Za-z0-9]+)"

PLATFORM = Platform(
    name="giphy",
    title="Giphy",
    operator=GIPHY,
    hosts=("giphy.com", "gph.is"),
    content_hosts=patterns(r"(?:www\.)?giphy\.com"),
    public_host="giphy.com",
    plugin_paths=Pattern(r"/embed/.*"),
    script_marks=patterns(r"(?i)giphy\.com[\\/]++(?:embed|media)\b"),
    embeds=(
        EmbedKind(
            "gif",
            content="picture",
            links=forms(rf"/(?:gifs|stickers|clips)/(?:[^/?]*-)?{ID}/?"),
            frames=forms(rf"/embed/{ID}(?:/(?:html5|twitter|video))?(?:/.*)?"),
            public=("https://giphy.com/gifs/{id}",),
            frame=("https://giphy.com/embed/{id}",),
            parameters=PASTED_SIZE,
            size=Size(480, 270),
            features=("fullscreen",),
            samples=("https://giphy.com/gifs/winken-AbCdEf123456",),
        ),
    ),
    colour="#121212",
    icon=Icon("M4 2h11l5 5v15H4zM6 4v16h12V9h-5V4z"),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
