"""Komoot: tours and collections.

Source: the code that its dialogue gives out, as found in public sites of 2022 to 2026, and public code that reads it. A tour that is not
public is shown with ``share_token`` only; so the frame has it, and nothing else: who has the token sees the tour. Hosts were not confirmed.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from shariff_py.platforms.companies import KOMOOT
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

LOCALE = r"/[a-z]{2}-[a-z]{2}"
TOUR = r"/tour/(?P<id>[0-9]+)"
COLLECTION = r"/collection/(?P<id>[0-9]+)(?:/(?P<name>[\w%-]+?))?"
TOKEN = r"\?share_token=(?P<share_token>\w+)"  # noqa: S105

_kind = partial(
    EmbedKind,
    content="map",
    keeps_query=frozenset({"share_token"}),
    # With "profile" the heights of a tour are below the map.
    parameters=(Parameter("profile", "number", 0, 1), *PASTED_SIZE),
    size=Size(640, 440),
    features=("fullscreen",),
)

PLATFORM = Platform(
    name="komoot",
    title="Komoot",
    operator=KOMOOT,
    hosts=("komoot.com", "komoot.de"),
    content_hosts=patterns(r"(?:(?:www|[a-z]{2}|[a-z]{2}-[a-z]{2})\.)?komoot\.(?:com|de)"),
    public_host="www.komoot.com",
    frame_prefix=Pattern(LOCALE),
    plugin_paths=Pattern(r"/.*/embed"),
    script_marks=patterns(r"(?i)komoot\.(?:com|de)[\\/]++[^\s\"'<>]*?[\\/]embed\b"),
    embeds=(
        _kind(
            "tour",
            links=forms(rf"(?:{LOCALE})?{TOUR}{TOKEN}", rf"(?:{LOCALE})?{TOUR}/?"),
            frames=forms(rf"{TOUR}/embed{TOKEN}", rf"{TOUR}/embed"),
            public=("https://www.komoot.com/tour/{id}",),
            frame=(
                "https://www.komoot.com/tour/{id}/embed?share_token={share_token}",
                "https://www.komoot.com/tour/{id}/embed",
            ),
            samples=("https://www.komoot.com/tour/1234567890", "https://www.komoot.com/de-de/tour/1234567890"),
        ),
        _kind(
            "collection",
            links=forms(rf"(?:{LOCALE})?{COLLECTION}/?"),
            frames=forms(rf"{COLLECTION}/embed"),
            public=("https://www.komoot.com/collection/{id}/{name}", "https://www.komoot.com/collection/{id}"),
            frame=(
                "https://www.komoot.com/collection/{id}/{name}/embed",
                "https://www.komoot.com/collection/{id}/embed",
            ),
            samples=("https://www.komoot.com/collection/1234567/radtouren-um-musterstadt",),
        ),
    ),
    colour="#4a6b12",
    icon=Icon("M2 20 9 7l4 6 2-3 7 10z"),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
