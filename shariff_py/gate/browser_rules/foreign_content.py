"""Foreign content (SVG and MathML): from where on it is uncertain whether a tag is inside it, judged by the page's text.

Inside ``svg`` and ``math`` tags have other meanings than outside (WHATWG HTML 13.2.6.5), and the content can decide where the element
ends. Foreign content made of shapes and plain text leaves no doubt.
"""

from __future__ import annotations

import re
from typing import AnyStr

_START = r"<(?:svg|math)(?![a-z0-9-])"
_SHAPES = (
    r"g|path|circle|ellipse|rect|line|poly(?:line|gon)|defs|use|symbol|stop|(?:linear|radial)gradient|clippath|mask|marker|pattern|image"
    r"|text|tspan|filter|fe[a-z]+|animate|set"
)
TAG_REST = r"(?:[^<>\"']|\"[^\"<>]*+\"|'[^'<>]*+')*+>"
"""What follows a tag's name up to the end of the tag, where no quote leaves it uncertain which that is."""
_PLAIN = (
    rf"<(svg|math)(?![a-z0-9-]){TAG_REST}(?:[^<]|</?(?:{_SHAPES})(?![a-z0-9-]){TAG_REST}"
    rf"|<(title|desc|style)(?![a-z0-9-]){TAG_REST}(?<!/>)[^<]*</\2\s*>)*+</\1\s*>"
)
_TEXT = re.compile(_START, re.IGNORECASE), re.compile(_PLAIN, re.IGNORECASE)
_BYTES = re.compile(_START.encode()), re.compile(_PLAIN.encode())


def unambiguous_until(page: AnyStr) -> int:
    """The first position at which it is uncertain what is inside foreign content; the page's length if it is certain throughout.

    Bytes must be in lower case.
    """
    start, plain = _TEXT if isinstance(page, str) else _BYTES
    starts = (found.start() for found in start.finditer(page))
    return next((position for position in starts if not plain.match(page, position)), len(page))
