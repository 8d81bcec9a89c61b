"""ARD: videos of its media library.

Source: the code that its share dialogue gives out, as pasted in public sites. The hosts that the frame loads from were not confirmed.
"""

from __future__ import annotations

from datetime import date

from shariff_py.platforms import companies
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Parameter, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform

VIDEO = r"(?P<id>[\w=-]{20,})"
"""An identifier in base64."""

PLATFORM = Platform(
    name="ard",
    title="ARD Mediathek",
    operator=companies.ARD,
    hosts=("ardmediathek.de",),
    content_hosts=patterns(r"(?:www\.)?ardmediathek\.de"),
    public_host="www.ardmediathek.de",
    plugin_paths=Pattern(r"/embed/.*"),
    script_marks=patterns(r"(?i)ardmediathek\.de[\\/]++embed"),
    embeds=(
        EmbedKind(
            "video",
            links=forms(rf"/video/(?:[^/?]+/){{0,4}}{VIDEO}/?", rf"/player/{VIDEO}(?:/[^/?]+)?/?"),
            frames=forms(rf"/embed/(?:video/)?{VIDEO}", rf"/[a-z]+/embed/{VIDEO}"),
            public=("https://www.ardmediathek.de/video/{id}",),
            frame=("https://www.ardmediathek.de/embed/{id}",),
            parameters=(
                Parameter("startTime", "number", 0, 86_400),
                Parameter("endTime", "number", 0, 86_400),
                *PASTED_SIZE,
            ),
            size=Size(640, 360),
            features=("fullscreen", "picture-in-picture"),
            samples=("https://www.ardmediathek.de/video/Y3JpZDovL211c3Rlci5kZS9maWxtLzE",),
        ),
    ),
    colour="#003480",
    icon=Icon("M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zm1.500 4.500L9 9v2l2-.8V18h2.500z"),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
