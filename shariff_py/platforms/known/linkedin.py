"""LinkedIn: posts. What its old script made of ``IN/...`` elements becomes a link, or a share link.

Sources: pasted code in public sites, for the frame and for the elements of the script. Not confirmed: the hosts, the names
that its scripts leave, and the parameter that shortens a post (``collapsed``).
"""

from __future__ import annotations

from datetime import date

from shariff_py.platforms import companies
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Parameter, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform, ScriptGlobal, ShareLink

TYPE = r"(?P<type>share|ugcPost|activity)"
_COLON = "(?::|%3[Aa])"
URN = rf"urn{_COLON}li{_COLON}{TYPE}{_COLON}(?P<id>[0-9]{{8,25}})"

PLATFORM = Platform(
    name="linkedin",
    title="LinkedIn",
    operator=companies.LINKEDIN,
    hosts=("linkedin.com", "licdn.com"),
    link_hosts=("lnkd.in",),
    content_hosts=patterns(r"(?:(?:www|[a-z]{2})\.)?linkedin\.com"),
    public_host="www.linkedin.com",
    plugin_paths=Pattern(r"/(?:embeds?|video/embed)/.*"),
    script_marks=patterns(r"(?i)platform\.linkedin\.com", r"(?i)linkedin\.com[\\/]++embed", r"(?i)\blicdn\.com\b"),
    script_globals=(
        ScriptGlobal("IN", Pattern(r"(?i)platform\.linkedin\.com")),
        ScriptGlobal("lintrk", Pattern(r"(?i)snap\.licdn\.com"), is_function=True),
    ),
    embeds=(
        EmbedKind(
            "post",
            links=forms(rf"/feed/update/{URN}/?", rf"/posts/[^/?]*?{TYPE}-(?P<id>[0-9]{{8,25}})(?:-[\w-]*)?/?"),
            # Live videos have a frame of their own, without the text of their post.
            frames=forms(rf"/embed/feed/update/{URN}", rf"/video/embed/(?P<live>live)/{URN}"),
            public=("https://www.linkedin.com/feed/update/urn:li:{type}:{id}/",),
            frame=(
                "https://www.linkedin.com/video/embed/{live}/urn:li:{type}:{id}",
                "https://www.linkedin.com/embed/feed/update/urn:li:{type}:{id}",
            ),
            parameters=(Parameter("collapsed", "number", 0, 1), *PASTED_SIZE),
            size=Size(504, 551),
            features=("fullscreen", "encrypted-media", "picture-in-picture"),
            samples=(
                "https://www.linkedin.com/feed/update/urn:li:share:7123456789012345678/",
                "https://www.linkedin.com/posts/musterstadt_neues-aus-dem-rat-activity-7123456789012345678-AbCd",
            ),
        ),
        EmbedKind(
            "profile",
            markers={"type": frozenset({"IN/MemberProfile"})},
            element_attributes={"data-id": "{}"},
            becomes="link",
        ),
        EmbedKind(
            "company",
            markers={"type": frozenset({"IN/CompanyProfile", "IN/FollowCompany"})},
            element_attributes={"data-id": "https://www.linkedin.com/company/{}"},
            becomes="link",
        ),
        EmbedKind(
            "share-button",
            markers={"type": frozenset({"IN/Share"})},
            element_attributes={"data-url": "{}"},
            becomes="share",
        ),
    ),
    # It takes the title from the page itself.
    share=ShareLink(
        "https://www.linkedin.com/sharing/share-offsite/?url={url}",
        receiver="LinkedIn Ireland Unlimited Company",
        country="US",
    ),
    colour="#0a66c2",
    icon=Icon(
        "M4 9h4v11H4zM6 3.3a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4zM10 9h3.8v1.6c.6-1 1.9-1.9 3.6-1.9 3.3 0 4.1 2.2 4.1 5.1V20h-4v-5.5c0-1.3 0-2.7-1.7-2.7S14 13 14 14.4V20h-4z"
    ),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
