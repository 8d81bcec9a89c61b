"""The size that an element is given in its tag: by its attributes, or by its own style."""

from __future__ import annotations

import re
from collections.abc import Mapping

_IN_STYLE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([0-9]{1,5})(?:\.[0-9]+)?px\s*(?=;|\Z|!)", re.IGNORECASE)
_PIXELS = re.compile(r"\s*[0-9]{1,5}(?:\.[0-9]+)?(?:px)?\s*", re.IGNORECASE)


def written_size(attributes: Mapping[str, str | None]) -> dict[str, str]:
    """``width`` and ``height`` in CSS pixels, as far as a tag says them; its style counts before its attributes, as in browsers. A share of
    what is around it is no size.
    """
    given = {
        name: value for name in ("width", "height") if (value := attributes.get(name)) and _PIXELS.fullmatch(value)
    }
    styled = {name.lower(): value for name, value in _IN_STYLE.findall(attributes.get("style") or "")}
    return {**given, **styled}
