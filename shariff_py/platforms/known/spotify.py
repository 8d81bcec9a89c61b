"""Spotify: music and podcasts.

Sources: developer.spotify.com, "Embeds" and its oEmbed interface, for the frame and its heights (80, 152, 352); a report of Spotify's staff
(itteco/iframely#405) for ``encrypted-media`` and for links that open windows; public sites for the older forms. Without a login music is
played for 30 seconds, podcasts whole. The hosts ``scdn.co`` and ``spotifycdn.com`` were not confirmed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from shariff_py.platforms.companies import SPOTIFY
from shariff_py.platforms.embed_kind import (
    PASTED_SIZE,
    USUAL_DISCLOSURES,
    EmbedKind,
    Parameter,
    Size,
    forms,
)
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform

ID = r"(?P<id>[A-Za-z0-9]+)"
OF_USER = r"(?:user/[^/]+/)?"
OLD_URI = r"uri=(?:spotify%3A|https?%3A%2F%2F(?:open|play)\.spotify\.com%2F)(?:user(?:%3A|%2F)[^%&]+(?:%3A|%2F))?"
"""What the first frames had in a parameter: an address of the application, or of the page."""

THEME = Parameter("theme", "number", 0, 1)
START = Parameter("t", "number", 0, 86_400)


def _kind(name: str, height: int, *parameters: Parameter) -> EmbedKind:
    """A kind of content whose name is in all of its addresses."""
    return EmbedKind(
        name,
        content="sound",
        links=forms(rf"/(?:intl-[a-z]+/)?{OF_USER}{name}/{ID}/?"),
        frames=forms(
            rf"/embed/{OF_USER}{name}/{ID}(?:/(?P<video>video))?",
            rf"/embed-podcast/{name}/{ID}",
            rf"/embed/?\?{OLD_URI}{name}(?:%3A|%2F){ID}",
        )
        + forms(rf"/\?{OLD_URI}{name}(?:%3A|%2F){ID}", host=r"embed\.spotify\.com"),
        public=(f"https://open.spotify.com/{name}/{{id}}",),
        frame=(
            f"https://open.spotify.com/embed/{name}/{{id}}/{{video}}",
            f"https://open.spotify.com/embed/{name}/{{id}}",
        ),
        keeps_query=frozenset({"uri"}),
        parameters=(THEME, *parameters, *PASTED_SIZE),
        size=Size(640, height),
        features=("encrypted-media", "clipboard-write", "fullscreen", "picture-in-picture"),
        samples=(f"https://open.spotify.com/{name}/4aBcDeFgHiJkLmNoPqRsTu",),
    )


PLATFORM = Platform(
    name="spotify",
    title="Spotify",
    operator=SPOTIFY,
    hosts=("spotify.com", "scdn.co", "spotifycdn.com", "spotify.link"),
    content_hosts=patterns(r"(?:open|play)\.spotify\.com"),
    public_host="open.spotify.com",
    plugin_paths=Pattern(r"/embed(?:-podcast)?(?:/.*)?"),
    script_marks=patterns(r"(?i)open\.spotify\.com[\\/]++embed", r"(?i)\b(?:scdn\.co|spotifycdn\.com)\b"),
    embeds=(
        _kind("track", 152),
        _kind("album", 352),
        _kind("playlist", 352),
        _kind("artist", 352),
        replace(
            _kind("episode", 152, START),
            calls={"IFrameAPI.createController": {"uri": "https://open.spotify.com/embed?uri={}"}},
        ),
        _kind("show", 352),
    ),
    colour="#137a3a",
    icon=Icon(
        "M3 7.500c6-2 13-1.500 18 1.500l-1 2c-5-2.600-11-3.200-16.400-1.500zM4 12c5-1.500 11-1 15 1.500l-1 1.800c-3.800-2.200-8.800-2.600-13.400-1.400zM5 16.200c4-1 8.500-.6 12 1.400l-.9 1.600c-3-1.700-7-2-10.600-1.200z"
    ),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
