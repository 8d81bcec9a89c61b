"""Google Maps: the four forms of its frame. Maps that a page's script makes have none.

Sources: "Maps Embed API quick reference" (October 2026) for the keyed form and the referrer; "Maps URLs" for the public addresses; maintained
public code for the others. That a frame without key shows the place of an address was not confirmed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import parse_qs, quote

from shariff_py.platforms.companies import GOOGLE
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform, ScriptGlobal

COUNTRIES = (
    "com", "de", "at", "ch", "be", "bg", "cz", "dk", "ee", "es", "fi", "fr", "gr", "hr", "hu", "ie", "it", "li", "lt", "lu", "lv", "nl", "no",
    "pl", "pt", "ro", "se", "si", "sk", "co.uk", "com.tr",
)  # fmt: skip
HOST = r"(?:(?:www|maps)\.)?google\.(?:com|[a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2})"
NUMBER = r"-?[0-9]{1,3}(?:\.[0-9]+)?"
KEYED = (
    "avoid", "center", "destination", "fov", "heading", "key", "language", "location", "maptype", "mode", "origin", "pano", "pitch", "q", "region",
    "units", "waypoints", "zoom",
)  # fmt: skip
OLD = ("cid", "daddr", "f", "ftid", "geocode", "hl", "ie", "iwloc", "ll", "output", "q", "saddr", "spn", "t", "z")


def completed(parts: Mapping[str, str]) -> dict[str, str]:
    """What the place is called, and where it is, for the address of the page: read from the other parts."""
    given = parse_qs(parts.get("keyed", "") or parts.get("old", ""))
    place = next(
        (given[name][0] for name in ("q", "destination", "daddr", "center", "location", "ll") if name in given), ""
    )
    encoded = quote(re.sub(r"[^\w.,+-]+", "+", place), safe=",+")
    return {"place": encoded} if encoded else {}


PLATFORM = Platform(
    name="google_maps",
    title="Google Maps",
    operator=GOOGLE,
    hosts=(
        "maps.googleapis.com",
        "maps.gstatic.com",
        *(f"khms{number}.googleapis.com" for number in range(4)),
        *(f"maps.google.{country}" for country in COUNTRIES),
        "maps.app.goo.gl",
    ),
    # Tiles are at "/vt".
    shared_hosts=(*(f"google.{country}/maps" for country in COUNTRIES), "google.com/vt", "goo.gl/maps"),
    content_hosts=patterns(HOST),
    public_host="www.google.com",
    plugin_paths=Pattern(r"/maps/(?:d/)?embed(?:/.*)?"),
    keeps_query=frozenset({"q", "query", "api", "destination", "origin", "cid"}),
    # Its own loader of libraries ("Dynamic Library Import") has its parts in variables.
    assembled_hosts=("maps.${c}apis.com",),
    script_marks=patterns(
        r"(?i)\bmaps\.(?:googleapis|gstatic)\.com\b", r"(?i)google\.[a-z.]{2,6}[\\/]++maps[\\/]++(?:d[\\/]++)?+embed"
    ),
    script_globals=(
        ScriptGlobal(
            "google.maps", Pattern(r"(?i)\bmaps\.(?:google(?:apis)?\.[a-z.]{2,6}|\$\{c\}apis\.com)[\\/]++maps")
        ),
    ),
    embeds=(
        EmbedKind(
            "map",
            links=forms(
                rf"/maps/place/[^/?]+/@(?P<lat>{NUMBER}),(?P<lon>{NUMBER}),(?P<zoom>[0-9.]+)z(?:/.*)?",
                rf"/maps/@(?P<lat>{NUMBER}),(?P<lon>{NUMBER}),(?P<zoom>[0-9.]+)z(?:/.*)?",
                r"/maps/(?:place|search)/(?P<place>[^/?@]+)(?:/.*)?",
                r"/maps/search/\?api=1&query=(?P<place>[^&]+)",
                r"/maps/d/(?:u/[0-9]/)?(?:viewer|view|edit)\?mid=(?P<mid>[\w.-]+)",
            ),
            frames=forms(
                rf"/maps/embed\?pb=(?P<pb>[^&]*?%212d(?P<lon>{NUMBER})%213d(?P<lat>{NUMBER})[^&]*)",
                r"/maps/embed\?pb=(?P<pb>[^&]+)",
                r"/maps/embed/v1/(?P<form>place|view|directions|streetview|search)\?(?P<keyed>.+)",
                r"/maps/d/(?:u/[0-9]/)?embed\?mid=(?P<mid>[\w.-]+)",
                r"/maps\?(?P<old>(?:.*&)?output=embed(?:&.*)?)",
            )
            + forms(r"/\?(?P<old>(?:.*&)?output=embed(?:&.*)?)", host=r"maps\.google\.[a-z.]+"),
            public=(
                "https://www.google.com/maps/d/viewer?mid={mid}",
                "https://www.google.com/maps/search/?api=1&query={place}",
                "https://www.google.com/maps/@{lat},{lon},{zoom}z",
                "https://www.google.com/maps/@{lat},{lon},15z",
                "https://www.google.com/maps",
            ),
            frame=(
                "https://www.google.com/maps/embed?pb={pb}",
                "https://www.google.com/maps/embed/v1/{form}?{keyed}",
                "https://www.google.com/maps/d/embed?mid={mid}",
                "https://maps.google.com/maps?{old}",
                "https://maps.google.com/maps?ll={lat}%2C{lon}&output=embed&z={zoom}",
                "https://maps.google.com/maps?output=embed&q={place}",
            ),
            keeps_query=frozenset({"pb", "mid", "api", "query", *KEYED, *OLD}),
            completed=completed,
            parameters=PASTED_SIZE,
            size=Size(600, 450),
            features=("fullscreen",),
            # A key that is bound to referrers shows a dark map without one.
            referrer="strict-origin-when-cross-origin",
            samples=(
                "https://www.google.com/maps/@52.3733,9.738,15z",
                "https://www.google.com/maps/d/viewer?mid=1AbC",
                "https://www.google.com/maps/search/?api=1&query=Rathaus+Musterstadt",
            ),
        ),
    ),
    colour="#1a6dc2",
    icon=Icon("M12 2a7 7 0 0 1 7 7c0 5-7 13-7 13S5 14 5 9a7 7 0 0 1 7-7zm0 4a3 3 0 1 0 0 6 3 3 0 0 0 0-6z"),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
