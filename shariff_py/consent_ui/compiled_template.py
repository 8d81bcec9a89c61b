"""Markup that is rendered once with slots, and filled in for each page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

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
