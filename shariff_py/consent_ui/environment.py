"""The one place where templates become markup: always escaping, never a silently empty name."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from shariff_py.texts import Language

_TEMPLATES = Environment(
    loader=PackageLoader("shariff_py.consent_ui"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    # The templates come with the package and do not change while it runs.
    auto_reload=False,
    extensions=["jinja2.ext.do"],
)


def render(template: str, language: Language, **values: Any) -> Markup:
    """A template with its values filled in; ``say`` and ``language`` are there in every one."""
    html = _TEMPLATES.get_template(template).render(values, language=language, say=language.say)
    return Markup(html)  # noqa: S704 - rendered with autoescaping
