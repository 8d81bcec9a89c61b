"""ZDF: videos of its media library.

Source: public code and pages that show its small player, by the path of the video's page or by a number alone. Not confirmed: that pages of the old form
(``/sendung/titel-100.html``) still lead to the video; addresses of the newer form (``/video/...``) name no video that the player knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import quote, unquote

from shariff_py.platforms import companies
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform

SITE = "/zdf/"
"""How the player's paths of the videos of its own site begin."""
PAGE = r"(?P<page>(?:[\w-]+/)+[\w-]+-[0-9]{2,4})"
"""The path of a video's page, without its ending."""
OF_SITE = re.compile(SITE + PAGE, re.ASCII)


def completed(parts: Mapping[str, str]) -> dict[str, str]:
    """The path of the video's page and the player's name of the video, each from the other."""
    if "page" in parts:
        return {"media": quote(f"{SITE}{parts['page']}", safe="")}
    found = OF_SITE.fullmatch(unquote(parts["media"]))
    return found.groupdict() if found else {}


PLATFORM = Platform(
    name="zdf",
    title="ZDF",
    operator=companies.ZDF,
    hosts=("zdf.de",),
    content_hosts=patterns(r"(?:www\.)?zdf\.de"),
    public_host="www.zdf.de",
    plugin_paths=Pattern(r"/miniplayer/.*"),
    script_marks=patterns(r"(?i)\bngp\.zdf\.de\b"),
    embeds=(
        EmbedKind(
            "video",
            links=forms(rf"/{PAGE}\.html"),
            frames=forms(r"/miniplayer/embed\?mediaID=(?P<media>[\w%-]+)", host=r"ngp\.zdf\.de"),
            public=("https://www.zdf.de/{page}.html", "https://ngp.zdf.de/miniplayer/embed/?mediaID={media}"),
            frame=("https://ngp.zdf.de/miniplayer/embed/?mediaID={media}",),
            keeps_query=frozenset({"mediaID"}),
            completed=completed,
            parameters=PASTED_SIZE,
            size=Size(640, 360),
            features=("fullscreen", "picture-in-picture"),
            samples=("https://www.zdf.de/nachrichten/heute-journal/musterstadt-100.html",),
        ),
    ),
    colour="#b84300",
    icon=Icon("M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zM7 7v3h5.500L7 15v3h10v-3h-5.500L17 10V7z"),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
