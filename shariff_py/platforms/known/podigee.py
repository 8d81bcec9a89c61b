"""Podigee: episodes of podcasts. Its dialogue gives out a script, which does no more than make a frame of the player.

Sources: public code of the player (frame, its parameter ``configuration``), code of sites and extensions for the script in its old and its new
place, a check of August 2026 that an episode's ``/embed`` leads to the player's document. That today's player still reads its configuration from
the address was not confirmed. A player for a whole podcast is on no page of its own, and is shown as a link.
"""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.companies import PODIGEE
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Size, forms
from shariff_py.platforms.pattern import patterns
from shariff_py.platforms.record import Icon, Platform

PLAYER = "/podcast-player/podigee-podcast-player.html"

PLATFORM = Platform(
    name="podigee",
    title="Podigee",
    operator=PODIGEE,
    hosts=("podigee.io", "podigee-cdn.net", "podigee.com"),
    content_hosts=patterns(r"(?!www\.|app\.|cdn\.)[a-z0-9-]+\.podigee\.io"),
    script_marks=patterns(r"(?i)\bpodigee-podcast-player\b", r"(?i)\bpodigee-cdn\.net\b", r"(?i)\bcdn\.podigee\.com\b"),
    embeds=(
        EmbedKind(
            "episode",
            content="sound",
            links=forms(r"/(?P<episode>(?:s[0-9]+e)?[0-9]+-[\w%.-]+)(?:/embed)?/?"),
            frames=forms(PLAYER),
            address_from={"configuration": "{}"},
            public=("https://{server}/{episode}",),
            frame=(f"https://player.podigee-cdn.net{PLAYER}?configuration={{address}}%2Fembed%3Fcontext%3Dexternal",),
            classes=frozenset({"podigee-podcast-player"}),
            address_attributes={"data-configuration": "{}"},
            parameters=PASTED_SIZE,
            size=Size(640, 180),
            samples=("https://stadtgespraech.podigee.io/12-das-fest-am-see",),
        ),
    ),
    colour="#1a5e5a",
    icon=Icon(
        "M12 3a4 4 0 0 1 4 4v5a4 4 0 0 1-8 0V7a4 4 0 0 1 4-4zM5 11h2a5 5 0 0 0 10 0h2a7 7 0 0 1-6 6.9V21h-2v-3.1A7 7 0 0 1 5 11z"
    ),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
