"""Flickr: photos and albums.

Sources: its oEmbed interface for what is pasted, and for the frame of photos as a test of Automattic/jetpack keeps its answer; "URLs" of its
interface for short addresses, which are numbers in base 58; public code that was tried on 14 August 2026 for the frame of albums, and that
it needs a size. Frames below the page of a photo (``/player/``) are in reports of 2014 and 2015 only. The hosts were not confirmed.

What is pasted is a link with a picture inside, which its script makes a frame. The picture is fetched from Flickr; in its place is its text.
From the address of a frame the owner does not follow: there the public address is the short one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from shariff_py.platforms.companies import FLICKR
from shariff_py.platforms.embed_kind import USUAL_DISCLOSURES, EmbedKind, Parameter, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform

USER = r"/photos/(?P<user>[\w@.%-]+)"
NUMBER = r"(?P<id>[0-9]{1,24})"
SHORT = r"(?P<short>[1-9A-HJ-NP-Za-km-z]{1,14})"
DIGITS = "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
"""The digits of short addresses: without 0, O, I and l."""


def completed(parts: Mapping[str, str]) -> dict[str, str]:
    """The number of a short address, or the short address of a number."""
    if "id" not in parts:
        number = 0
        for digit in parts["short"]:
            number = number * len(DIGITS) + DIGITS.index(digit)
        return {"id": str(number)}
    number, short = int(parts["id"]), ""
    while number:
        number, rest = divmod(number, len(DIGITS))
        short = DIGITS[rest] + short
    return {"short": short or DIGITS[0]}


_kind = partial(
    EmbedKind,
    content="picture",
    completed=completed,
    # Without a size in its address the frame shows nothing.
    parameters=(
        Parameter("width", "number", 200, 1920, default="640", common=True),
        Parameter("height", "number", 80, 2000, default="480", common=True),
    ),
    features=("fullscreen",),
)

PLATFORM = Platform(
    name="flickr",
    title="Flickr",
    operator=FLICKR,
    hosts=("flickr.com", "flic.kr", "staticflickr.com"),
    content_hosts=patterns(r"(?:(?:www|m|secure)\.)?flickr\.com"),
    public_host="www.flickr.com",
    plugin_paths=Pattern(r"/photos/.*/player|/photosets/.*"),
    script_marks=patterns(r"(?i)\bembedr\.flickr\.com\b", r"(?i)\bstaticflickr\.com\b"),
    embeds=(
        _kind(
            "album",
            links=forms(rf"{USER}/(?:albums|sets)/{NUMBER}(?:/.*)?") + forms(rf"/s/{SHORT}", host=r"flic\.kr"),
            # Behind the frame of today those of 2014 and 2008.
            frames=forms(rf"/photosets/{NUMBER}", host=r"embedr\.flickr\.com")
            + forms(rf"{USER}/(?:albums|sets)/{NUMBER}/player", rf"/slide[sS]how/index\.gne\?set_id={NUMBER}"),
            keeps_query=frozenset({"set_id"}),
            public=("https://www.flickr.com/photos/{user}/albums/{id}/", "https://flic.kr/s/{short}"),
            frame=("https://embedr.flickr.com/photosets/{id}",),
            samples=("https://flic.kr/s/aHsj7SRs7H",),
        ),
        _kind(
            "photo",
            links=forms(rf"{USER}/{NUMBER}(?:/(?:in/.*|sizes/.*)?)?") + forms(rf"/p/{SHORT}", host=r"flic\.kr"),
            frames=forms(rf"/photos/{NUMBER}", host=r"embedr\.flickr\.com")
            + forms(rf"{USER}/{NUMBER}(?:/in/[^/]+)?/player/?"),
            markers={"data-flickr-embed": frozenset()},
            element_attributes={"href": "{}"},
            public=("https://www.flickr.com/photos/{user}/{id}/", "https://flic.kr/p/{short}"),
            frame=("https://embedr.flickr.com/photos/{id}",),
            samples=("https://flic.kr/p/jNWQdM",),
        ),
    ),
    colour="#0063dc",
    icon=Icon(
        "M7 7.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9zM17 7.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9z"
    ),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
