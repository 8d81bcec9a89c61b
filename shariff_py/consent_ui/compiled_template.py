"""Markup that is made once and filled in for each page, as a printed form is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

_GAP = re.compile("\0([^\0]*)\0")
"""NUL is in no HTML document (HTML Standard, 13.2.3.5), so no text of a form can be taken for a gap."""


def gap(name: str) -> str:
    """What stands in a form where the value of that name belongs."""
    return f"\0{name}\0"


@dataclass(frozen=True, slots=True)
class Form:
    """Markup with gaps: text and the names of values in turn, beginning and ending with text."""

    pieces: tuple[str, ...]

    @classmethod
    def of(cls, markup: Markup) -> Form:
        """The form that some markup with `gap`s in it is."""
        return cls(tuple(_GAP.split(markup)))

    def filled(self, values: Mapping[str, str]) -> Markup:
        """The markup with every gap filled, values escaped. Raises `KeyError` for a value that is not given."""
        filled = list(self.pieces)
        filled[1::2] = [escape(values[name]) for name in filled[1::2]]
        return Markup("".join(filled))  # noqa: S704 - the form was rendered with autoescaping, and the values are escaped
