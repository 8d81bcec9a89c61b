"""Google Forms: a form inside the page.

Sources: code of iframely and of tarteaucitron.js (2 April 2026) for the frame. A form with a file upload, or for members alone, needs a
login, so that it leads to a page for signing in, which no frame shows (sesauoa/ausesa.github.com#42, May 2017): then the link to the form is
what people use. Whether a form is of that kind cannot be told from its address, and all others are shown without. Answers that an address
fills in are dropped. The hosts were not confirmed.
"""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.companies import GOOGLE
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Size, forms
from shariff_py.platforms.pattern import patterns
from shariff_py.platforms.record import Icon, Platform

FORM = r"/forms/(?:u/[0-9]+/)?d/(?:e/(?P<form>[\w-]+)|(?!e/)(?P<id>[\w-]+))/viewform"

PLATFORM = Platform(
    name="google_forms",
    title="Google Forms",
    operator=GOOGLE,
    hosts=("forms.gle",),
    shared_hosts=("docs.google.com/forms",),
    content_hosts=patterns(r"docs\.google\.com"),
    public_host="docs.google.com",
    script_marks=patterns(r"(?i)docs\.google\.com[\\/]++forms\b"),
    embeds=(
        EmbedKind(
            "form",
            links=forms(FORM),
            frames=forms(
                r"/forms/d/e/(?P<form>[\w-]+)/viewform\?embedded=true",
                r"/forms/d/(?P<id>[\w-]+)/viewform\?embedded=true",
                r"/forms/u/[0-9]+/d/e/(?P<form>[\w-]+)/viewform\?embedded=true",
            ),
            public=(
                "https://docs.google.com/forms/d/e/{form}/viewform",
                "https://docs.google.com/forms/d/{id}/viewform",
            ),
            frame=(
                "https://docs.google.com/forms/d/e/{form}/viewform?embedded=true",
                "https://docs.google.com/forms/d/{id}/viewform?embedded=true",
            ),
            keeps_query=frozenset({"embedded"}),
            parameters=PASTED_SIZE,
            size=Size(640, 800),
            samples=("https://docs.google.com/forms/d/e/1FAIpQLSabcDEF0123456789/viewform",),
        ),
    ),
    colour="#673ab7",
    icon=Icon("M5 2h14v20H5zM8 7v2h8V7zM8 11v2h8v-2zM8 15v2h5v-2z"),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
