"""The one place where templates become markup: always escaping, never a silently empty name. Some are rendered once with slots, and filled in
for each page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from shariff_py.consent_ui.wording import one_behind_the_other
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


def lines(text: str) -> Markup:
    """A text with its lines one below the other: in easy language each sentence has its own."""
    return Markup("<br>").join(text.split("\n"))


_TEMPLATES.filters["lines"] = lines
_TEMPLATES.filters["together"] = one_behind_the_other


def render(template: str, language: Language, **values: Any) -> Markup:
    """A template with its values filled in; ``say`` and ``language`` are there in every one."""
    html = _TEMPLATES.get_template(template).render(values, language=language, say=language.say)
    return Markup(html)  # noqa: S704 - rendered with autoescaping


_SLOT = re.compile("\0([^\0]*)\0")
"""NUL is in no HTML document (HTML Standard, 13.2.3.5), so no text of a template can be taken for a slot."""


def slot(name: str) -> str:
    """A marker to render in place of the value of that name."""
    return f"\0{name}\0"


@dataclass(frozen=True, slots=True)
class CompiledTemplate:
    """Markup with slots: text and the names of values alternate, beginning and ending with text."""

    pieces: tuple[str, ...]

    @classmethod
    def of(cls, markup: Markup) -> CompiledTemplate:
        """Split rendered markup at its `slot`s."""
        return cls(tuple(_SLOT.split(markup)))

    def filled(self, values: Mapping[str, str]) -> Markup:
        """The markup with every slot filled, values escaped. Raises `KeyError` for a missing value."""
        filled = list(self.pieces)
        filled[1::2] = [escape(values[name]) for name in filled[1::2]]
        return Markup("".join(filled))  # noqa: S704 - the template was rendered with autoescaping, and the values are escaped
