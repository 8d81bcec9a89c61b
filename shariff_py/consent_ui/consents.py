"""The list of remembered consents: complete and hidden from the server, shown by script for what this browser has stored."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from shariff_py.consent_ui.information import covered
from shariff_py.consent_ui.templating import render
from shariff_py.consent_ui.wording import titled
from shariff_py.platforms.registry import REGISTRY
from shariff_py.response_policy.integrity import widget_element
from shariff_py.settings.model import Settings
from shariff_py.texts import Language


@dataclass(frozen=True, slots=True)
class _Entry:
    """One consent there may be: the key it is stored under, and what it is called."""

    key: str
    platform: str
    controller: str


def consents(settings: Settings, language: Language, *, level: int = 2) -> Markup:
    """A list of every consent a visitor's browser may hold for this site, with a button each; for the privacy page or the footer.

    What is no longer offered is listed, too: a stored consent must be seen and withdrawn even after its platform was suspended. ``level``
    is the heading's.
    """
    entries = [
        _Entry(
            f"shariff:{record.name}:{covered(name, server)}",
            titled(record, server),
            controller.in_language(language.code).name,
        )
        for record in REGISTRY.values()
        if record.name in settings.releases and any(kind.becomes == "gate" for kind in record.embeds)
        for server in settings.operators(record)
        for name, controller in settings.controllers.items()
    ]
    unknown = _Entry("", "", "")
    return render(
        "consents.html",
        language,
        entries=[*entries, unknown],
        level=min(max(level, 1), 6),
        element=partial(widget_element, settings),
    )
