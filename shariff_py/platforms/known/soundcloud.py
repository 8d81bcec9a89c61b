"""SoundCloud: tracks, sets, the tracks of an account.

Sources: developers.soundcloud.com, "Widget API" and "oEmbed", for the frame, its parameters and its heights; public sites of 2025 and 2026
for the form ``soundcloud:tracks:ID``, older ones for the secret of private tracks. ``hide_related`` and ``show_teaser`` are in the code that
the dialogue gives out, but in no documentation. The hosts were not confirmed.

A frame names a track by a number, from which no address of a page follows: there the address is that of the player, which is a page, too.
The line of links behind the frame leads to the track; it is the page's and stays.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from shariff_py.platforms.companies import SOUNDCLOUD
from shariff_py.platforms.embed_kind import (
    PASTED_SIZE,
    USUAL_DISCLOSURES,
    EmbedKind,
    Form,
    Parameter,
    Size,
    forms,
)
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform, ScriptGlobal

PLAYER = "https://w.soundcloud.com/player/?url="
QUIET = "auto_play=false&hide_related=true&show_teaser=false"

USER = r"(?P<user>[\w-]+)"
SECRET = r"(?P<secret>s-\w+)"  # noqa: S105
NO_USERS = frozenset(
    {
        "charts", "discover", "download", "feed", "go", "groups", "imprint", "jobs", "login", "logout", "messages", "mobile",
        "notifications", "oembed", "pages", "people", "player", "popular", "pro", "search", "settings", "signin", "stream", "tags",
        "terms-of-use", "upload", "you",
    }
)  # fmt: skip


def _numbered(what: str) -> tuple[Form, ...]:
    """Forms of the interface's address of something with a number."""
    path = rf"/{what}/(?:soundcloud(?:%3[Aa]|:){what}(?:%3[Aa]|:))?(?P<id>[0-9]+)"
    return forms(rf"{path}\?secret_token={SECRET}", path, host=r"api\.soundcloud\.com")


def _frames(what: str) -> tuple[str, ...]:
    """Templates of a frame's address, from a number or from the page."""
    number = f"{PLAYER}https%3A%2F%2Fapi.soundcloud.com%2F{what}%2F{{id}}"
    return f"{number}%3Fsecret_token%3D{{secret}}&{QUIET}", f"{number}&{QUIET}", f"{PLAYER}{{address}}&{QUIET}"


def _pages(what: str, page: str) -> tuple[str, ...]:
    """Templates of the public address; of something with a number that of its player."""
    number = f"{PLAYER}https%3A%2F%2Fapi.soundcloud.com%2F{what}%2F{{id}}"
    return (
        f"{number}%3Fsecret_token%3D{{secret}}",
        number,
        f"https://soundcloud.com/{page}/{{secret}}",
        f"https://soundcloud.com/{page}",
    )


_kind = partial(
    EmbedKind,
    content="sound",
    keeps_query=frozenset({"secret_token"}),
    not_content=NO_USERS,
    parameters=(Parameter("visual", "flag"), *PASTED_SIZE),
    size=Size(640, 450),
)

PLATFORM = Platform(
    name="soundcloud",
    title="SoundCloud",
    operator=SOUNDCLOUD,
    hosts=("soundcloud.com", "sndcdn.com", "soundcloud.app.goo.gl"),
    content_hosts=patterns(r"(?:(?:www|m)\.)?soundcloud\.com"),
    public_host="soundcloud.com",
    plugin_paths=Pattern(r"/player(?:\.swf)?"),
    plugin_address=("url",),
    script_marks=patterns(r"(?i)\b(?:w|connect|api)\.soundcloud\.com\b", r"(?i)\bsndcdn\.com\b"),
    script_globals=(ScriptGlobal("SC", Pattern(r"(?i)\b(?:w|connect)\.soundcloud\.com")),),
    embeds=(
        _kind(
            "playlist",
            links=(*forms(rf"/{USER}/sets/(?P<set>[\w-]+)(?:/{SECRET})?/?"), *_numbered("playlists")),
            public=_pages("playlists", "{user}/sets/{set}"),
            frame=_frames("playlists"),
            samples=("https://soundcloud.com/musterstadt/sets/stadtgeschichten",),
        ),
        _kind(
            "track",
            links=(
                *forms(
                    rf"/{USER}/(?!(?:sets|tracks|albums|reposts|likes|followers|following|comments|popular-tracks)(?:/|\Z))(?P<track>[\w-]+)(?:/{SECRET})?/?"
                ),
                *_numbered("tracks"),
            ),
            # The same address shows whatever its parameter names.
            frames=forms(r"/player/?", r"/player\.swf", host=r"(?:w|player)\.soundcloud\.com"),
            address_from={"url": "{}"},
            public=_pages("tracks", "{user}/{track}"),
            frame=_frames("tracks"),
            tags=frozenset({"amp-soundcloud"}),
            element_attributes={
                "data-trackid": "https://api.soundcloud.com/tracks/{}",
                "data-playlistid": "https://api.soundcloud.com/playlists/{}",
            },
            size=Size(640, 166),
            samples=("https://soundcloud.com/musterstadt/ratssitzung-november",),
        ),
        _kind(
            "account",
            links=(*forms(rf"/{USER}(?:/(?:tracks|albums|popular-tracks))?/?"), *_numbered("users")),
            public=_pages("users", "{user}"),
            frame=_frames("users"),
            samples=("https://soundcloud.com/musterstadt",),
        ),
    ),
    colour="#c24100",
    icon=Icon(
        "M2 13h1.500v5H2zM4.500 11H6v7H4.500zM7 12h1.500v6H7zM9.500 9H11v9H9.500zM12 7.500A5 5 0 0 1 19.500 11a3.500 3.500 0 0 1 0 7H12z"
    ),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
