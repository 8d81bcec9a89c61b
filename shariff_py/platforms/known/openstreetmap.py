"""OpenStreetMap: the map of its own site. Maps that a page's script makes of its tiles have no frame.

Sources: the "Share" panel of openstreetmap.org for the frame and the link; operations.osmfoundation.org/policies/tiles.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from urllib.parse import quote, unquote

from shariff_py.platforms.companies import OPENSTREETMAP_FOUNDATION
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform

NUMBER = r"-?[0-9]{1,3}(?:\.[0-9]+)?"
PLACE = rf"map=(?P<zoom>[0-9]{{1,2}})/(?P<lat>{NUMBER})/(?P<lon>{NUMBER})"
BOX = rf"bbox=(?P<bbox>{NUMBER}(?:%2C{NUMBER}){{3}})"
MARKER = rf"(?P<marker>{NUMBER}%2C{NUMBER})"
LAYER = r"(?P<layer>[A-Za-z]+)"

MOST_ZOOM = 19
TILE = 256
"""Pixels of a tile (OSM wiki, "Slippy map tilenames"): at zoom z the world is 2**z tiles wide."""
SHOWN = Size(560, 400)


def completed(parts: Mapping[str, str]) -> dict[str, str]:
    """The box of a place, or the place in the middle of a box: the frame is addressed by one, the page by the other."""
    if "bbox" in parts:
        west, south, east, north = (float(number) for number in unquote(parts["bbox"]).split(","))
        width = max(east - west, 1e-6)
        zoom = math.floor(math.log2(360 * SHOWN.width / TILE / width))
        middle = {
            "zoom": str(min(max(zoom, 0), MOST_ZOOM)),
            "lat": f"{(south + north) / 2:.5f}",
            "lon": f"{(west + east) / 2:.5f}",
        }
    else:
        lat, lon, zoom = float(parts["lat"]), float(parts["lon"]), min(int(parts["zoom"]), MOST_ZOOM)
        degrees = 360 / TILE / 2**zoom / 2
        across, up = degrees * SHOWN.width, degrees * SHOWN.height * math.cos(math.radians(lat))
        box = ",".join(f"{number:.6f}" for number in (lon - across, lat - up, lon + across, lat + up))
        middle = {"bbox": quote(box, safe="")}
    if marker := parts.get("marker"):
        lat_of_marker, _, lon_of_marker = unquote(marker).partition(",")
        middle |= {"mlat": lat_of_marker, "mlon": lon_of_marker}
    elif "mlat" in parts:
        middle["marker"] = f"{parts['mlat']}%2C{parts['mlon']}"
    return {"layer": parts.get("layer", "mapnik"), **middle}


PLATFORM = Platform(
    name="openstreetmap",
    title="OpenStreetMap",
    operator=OPENSTREETMAP_FOUNDATION,
    hosts=("openstreetmap.org", "osm.org"),
    content_hosts=patterns(r"(?:www\.)?(?:openstreetmap|osm)\.org"),
    public_host="www.openstreetmap.org",
    plugin_paths=Pattern(r"/export/.*"),
    keeps_query=frozenset({"mlat", "mlon", "query"}),
    script_marks=patterns(r"(?i)\btile\.(?:openstreetmap|osm)\.org\b", r"(?i)openstreetmap\.org[\\/]++export"),
    embeds=(
        EmbedKind(
            "map",
            links=forms(
                rf"/\?mlat=(?P<mlat>{NUMBER})&mlon=(?P<mlon>{NUMBER})#{PLACE}(?:&.*)?",
                rf"/#{PLACE}(?:&.*)?",
                rf"/(?:node|way|relation)/[0-9]+#{PLACE}(?:&.*)?",
            ),
            frames=forms(rf"/export/embed\.html\?{BOX}(?:&layer={LAYER})?(?:&marker={MARKER})?"),
            public=(
                "https://www.openstreetmap.org/?mlat={mlat}&mlon={mlon}#map={zoom}/{lat}/{lon}",
                "https://www.openstreetmap.org/#map={zoom}/{lat}/{lon}",
            ),
            frame=(
                "https://www.openstreetmap.org/export/embed.html?bbox={bbox}&layer={layer}&marker={marker}",
                "https://www.openstreetmap.org/export/embed.html?bbox={bbox}&layer={layer}",
            ),
            keeps_query=frozenset({"bbox", "layer", "marker", "mlat", "mlon"}),
            completed=completed,
            parameters=PASTED_SIZE,
            size=SHOWN,
            features=("fullscreen",),
            # Its tiles are refused without a referrer, which the frame's own document sends.
            samples=(
                "https://www.openstreetmap.org/#map=14/52.37330/9.73800",
                "https://www.openstreetmap.org/?mlat=52.3733&mlon=9.7380#map=14/52.37330/9.73800",
            ),
        ),
    ),
    colour="#3f6b2a",
    icon=Icon(
        "M12 2a7 7 0 0 1 7 7c0 5-7 13-7 13S5 14 5 9a7 7 0 0 1 7-7zm0 4.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z"
    ),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
