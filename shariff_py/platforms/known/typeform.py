"""Typeform: forms.

Source: what its library puts out and public sites; not confirmed by any documentation at hand, its hosts and the frame's address included.
"""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.companies import TYPEFORM
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform, ScriptGlobal

FORM = r"/to/(?P<id>[A-Za-z0-9]+)"
SCRIPT = Pattern(r"(?i)\bembed\.typeform\.com\b")

PLATFORM = Platform(
    name="typeform",
    title="Typeform",
    operator=TYPEFORM,
    hosts=("typeform.com",),
    content_hosts=patterns(r"(?!(?:www|embed|api)\.)[\w-]+\.typeform\.com"),
    public_host="form.typeform.com",
    plugin_address=(),
    script_marks=(SCRIPT,),
    script_globals=(ScriptGlobal("tf", SCRIPT), ScriptGlobal("typeformEmbed", SCRIPT)),
    embeds=(
        EmbedKind(
            "form",
            links=forms(rf"{FORM}/?"),
            # The same page, with what its script adds.
            frames=forms(rf"{FORM}/?\?typeform-embed=.*"),
            public=("https://form.typeform.com/to/{id}",),
            frame=("https://form.typeform.com/to/{id}?typeform-embed=embed-widget",),
            keeps_query=frozenset({"typeform-embed"}),
            classes=frozenset({"typeform-widget"}),
            address_attributes={"data-url": "{}"},
            parameters=PASTED_SIZE,
            size=Size(640, 600),
            samples=("https://form.typeform.com/to/AbCdEf12",),
        ),
    ),
    colour="#262627",
    icon=Icon("M3 6h18v4h-7v10h-4V10H3z"),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
