"""The text that browsers show in place of a picture that is not there (WHATWG HTML 15.4.3), and what they do not show."""

from __future__ import annotations

import re
from collections.abc import Mapping

PICTURE_ELEMENTS = frozenset({"img", "input"})
"""Elements with a picture of their own and an ``alt``. An ``input`` has one only where it is a picture."""

HIDDEN = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
TINY = re.compile(r"\s*\+?0*[01](?:px)?\s*", re.IGNORECASE)
"""A width or height of at most one pixel: what is not to be seen, but to be fetched."""


def hiding_attribute(attributes: Mapping[str, str | None]) -> str:
    """The attribute that keeps an element's content from being seen or focused as these do; empty where they do not."""
    if "hidden" in attributes or "popover" in attributes or HIDDEN.search(attributes.get("style") or ""):
        return "hidden"
    return "inert" if "inert" in attributes else ""


def alternative_text(tag: str, attributes: Mapping[str, str]) -> str:
    """The alternative text of a picture, in one line; empty for other elements, and for pictures that nobody was to see."""
    if tag not in PICTURE_ELEMENTS or "hidden" in attributes or HIDDEN.search(attributes.get("style", "")):
        return ""
    if any(TINY.fullmatch(attributes[name]) for name in ("width", "height") if name in attributes):
        return ""
    return " ".join(attributes.get("alt", "").split())
