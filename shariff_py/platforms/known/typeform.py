"""Typeform: forms.

Source: the library that it publishes (@typeform/embed) for the attributes, the frame's address, ``disable-tracking`` (its pull requests 175
and 251), and for ``data-tf-live``, whose value only an interface of its own turns into a form: of that there is neither a frame nor an
address. What ``disable-tracking`` leaves out, and the hosts, were not confirmed.
"""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.companies import TYPEFORM
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform, ScriptGlobal

FORM = r"/to/(?P<id>[A-Za-z0-9]+)"
OPENED_BY = ("data-tf-widget", "data-tf-popup", "data-tf-slider", "data-tf-popover", "data-tf-sidetab")
"""Attributes with the name or the address of a form, which is shown in the page or once somebody presses."""
SHOWN_AS = ("Widget", "Popup", "Slider", "Popover", "Sidetab")
ADDRESS = r"(?:https?:)?//[\w-]+\.typeform\.com/to/"
ID = r"(?P<id>[A-Za-z0-9]+)/?(?:[?#].*)?"
NAMED, ADDRESSED = Pattern(f"(?:{ADDRESS})?{ID}"), Pattern(f"{ADDRESS}{ID}")
SCRIPT = Pattern(r"(?i)\bembed\.typeform\.com\b")

PLATFORM = Platform(
    name="typeform",
    title="Typeform",
    operator=TYPEFORM,
    hosts=("typeform.com",),
    content_hosts=patterns(r"(?!(?:www|embed|api)\.)[\w-]+\.typeform\.com"),
    public_host="form.typeform.com",
    script_marks=(SCRIPT,),
    script_globals=(ScriptGlobal("tf", SCRIPT), ScriptGlobal("typeformEmbed", SCRIPT)),
    embeds=(
        EmbedKind(
            "form",
            links=forms(rf"{FORM}/?"),
            # The same page, with what its script adds.
            frames=forms(rf"{FORM}/?\?typeform-embed=.*"),
            public=("https://form.typeform.com/to/{id}",),
            frame=("https://form.typeform.com/to/{id}?typeform-embed=embed-widget&disable-tracking=true",),
            keeps_query=frozenset({"typeform-embed"}),
            classes=frozenset({"typeform-widget"}),
            markers=dict.fromkeys(OPENED_BY, frozenset()),
            part_attributes={**dict.fromkeys(OPENED_BY, NAMED), "data-url": ADDRESSED},
            calls={
                **{f"tf.create{name}": {"0": "https://form.typeform.com/to/{}"} for name in SHOWN_AS},
                "typeformEmbed.makePopup": {"0": "{}"},
                "typeformEmbed.makeWidget": {"1": "{}"},
            },
            parameters=PASTED_SIZE,
            size=Size(640, 600),
            samples=("https://form.typeform.com/to/AbCdEf12",),
        ),
        EmbedKind("live", content="form", markers={"data-tf-live": frozenset()}, becomes="nothing"),
    ),
    colour="#262627",
    icon=Icon("M3 6h18v4h-7v10h-4V10H3z"),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
