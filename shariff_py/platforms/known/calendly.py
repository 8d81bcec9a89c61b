"""Calendly: pages on which appointments are booked.

Sources: code of tarteaucitron.js (2 April 2026) for the element, its script and the frame's parameters; nuxt/scripts#750 (7 May 2026) for the
style sheet, which is fetched before anybody presses anything. ``embed_domain`` is for its statistics and left out, and so is
``hide_gdpr_banner``: consent to loading the page is none to what its own dialogue asks for. The hosts were not confirmed.
"""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.companies import CALENDLY
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform, ScriptGlobal

PAGE = r"/(?P<page>(?:d/[\w-]+/)?[\w.-]+(?:/[\w.-]+)?)"
SHOWN_BY = (
    "Calendly.initInlineWidget", "Calendly.initPopupWidget", "Calendly.initBadgeWidget", "Calendly.showPopupWidget",
)  # fmt: skip
"""What shows a page in the page, over it, or behind a button of its own."""
NO_PAGES = frozenset(
    {
        "about", "app", "assets", "blog", "contact", "de", "demo", "en", "es", "event_types", "features", "fr", "help", "integrations",
        "legal", "login", "pages", "pricing", "privacy", "resources", "signup", "solutions", "terms", "users",
    }
)  # fmt: skip

PLATFORM = Platform(
    name="calendly",
    title="Calendly",
    operator=CALENDLY,
    hosts=("calendly.com",),
    content_hosts=patterns(r"(?:www\.)?calendly\.com"),
    public_host="calendly.com",
    script_marks=patterns(r"(?i)\bassets\.calendly\.com\b"),
    script_globals=(ScriptGlobal("Calendly", Pattern(r"(?i)\bassets\.calendly\.com\b")),),
    embeds=(
        EmbedKind(
            "calendar",
            links=forms(rf"{PAGE}/?"),
            # The same page, with what its script adds.
            frames=forms(rf"{PAGE}/?\?(?:.*&)?embed_(?:domain|type)=.*", host=r"calendly\.com"),
            public=("https://calendly.com/{page}",),
            frame=("https://calendly.com/{page}?embed_type=Inline",),
            keeps_query=frozenset({"embed_domain", "embed_type"}),
            not_content=NO_PAGES,
            classes=frozenset({"calendly-inline-widget"}),
            part_attributes={"data-url": Pattern(rf"(?:https?:)?//(?:www\.)?calendly\.com{PAGE}/?(?:[?#].*)?")},
            calls={name: {"url": "{}", "0": "{}"} for name in SHOWN_BY},
            parameters=PASTED_SIZE,
            size=Size(640, 700),
            samples=("https://calendly.com/musterstadt/30min",),
        ),
    ),
    colour="#0061e6",
    icon=Icon("M12 2a10 10 0 1 0 10 10h-3a7 7 0 1 1-7-7z"),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
