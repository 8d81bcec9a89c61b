"""Issuu: documents, by publisher and name, or by the number that older code has.

Sources: the code that its dialogue gives out, as found in public sites, for ``d`` and ``u`` and for the sandbox; code of tarteaucitron.js
(2 April 2026) and public code of 2026 for the older element, whose script makes a frame with the number in its fragment. Its own frame may
navigate the page; ours may not. That the number still shows anything, and the hosts, were not confirmed.

From a number no address of a page follows: there the address is that of the frame, which is a page, too.
"""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.companies import ISSUU
from shariff_py.platforms.embed_kind import (
    PASTED_SIZE,
    USUAL_DISCLOSURES,
    EmbedKind,
    Size,
    forms,
)
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform

NAME = r"[\w.~%-]+"
NUMBER = r"(?P<number>[0-9]+/[0-9]+)"
PAGE = rf"/(?P<user>{NAME})/docs/(?P<document>{NAME})(?:/.*)?"
SHOWN = rf"\?d=(?P<document>{NAME})&u=(?P<user>{NAME})"

PLATFORM = Platform(
    name="issuu",
    title="Issuu",
    operator=ISSUU,
    hosts=("issuu.com", "isu.pub"),
    content_hosts=patterns(r"(?:www\.)?issuu\.com"),
    public_host="issuu.com",
    plugin_paths=Pattern(r"/(?:.*/)?(?:embed|anonymous-embed)\.html"),
    script_marks=patterns(r"(?i)\be\.issuu\.com\b", r"(?i)\bisu\.pub\b"),
    embeds=(
        EmbedKind(
            "document",
            links=forms(PAGE),
            frames=forms(
                rf"/embed\.html{SHOWN}",
                rf"/embed\.html#{NUMBER}",
                rf"/issuu-reader3-embed-files/[^?]*/anonymous-embed\.html{SHOWN}",
            ),
            public=("https://issuu.com/{user}/docs/{document}", "https://e.issuu.com/embed.html#{number}"),
            frame=("https://e.issuu.com/embed.html?d={document}&u={user}", "https://e.issuu.com/embed.html#{number}"),
            keeps_query=frozenset({"d", "u"}),
            classes=frozenset({"issuuembed"}),
            part_attributes={
                "data-configid": Pattern(NUMBER),
                "data-url": Pattern(rf"(?:https?:)?//(?:www\.)?issuu\.com{PAGE}"),
            },
            parameters=PASTED_SIZE,
            size=Size(640, 480),
            features=("fullscreen", "clipboard-write"),
            sandbox=("allow-downloads",),
            samples=("https://issuu.com/musterstadt/docs/amtsblatt_11_2026",),
        ),
    ),
    colour="#c7361b",
    icon=Icon("M3 4h8v16H3zM13 4h8v16h-8z"),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
