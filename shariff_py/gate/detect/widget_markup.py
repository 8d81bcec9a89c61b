"""How a platform's widgets are recognised in markup: element names, class names, ids."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from shariff_py.gate.browser_rules.element_content import VOID_ELEMENTS
from shariff_py.gate.browser_rules.loading_attributes import FRAME_ELEMENTS
from shariff_py.platforms.registry import REGISTRY

WIDGETS = {name: (p, kind) for p in REGISTRY.values() for kind in p.embeds for name in (*kind.classes, *kind.tags)}
"""Class and element names that a platform's script turns into a widget, with the platform and the kind of content."""

ROOT_IDS = {name: platform for platform in REGISTRY.values() for name in platform.root_elements}
"""Ids of the empty elements that a platform's script requires."""

WIDGET_NAMES = frozenset(WIDGETS) | frozenset(ROOT_IDS)


def prefix(name: str) -> str:
    """The start of a widget's name up to its first hyphen or colon; of AMP elements up to the platform (AMP component catalogue)."""
    kind, hyphen, rest = name.partition("-")
    if kind == "amp":
        return kind + hyphen + rest.partition("-")[0]
    end = next((index for index, letter in enumerate(name) if letter in "-:"), len(name) - 1)
    return name[: end + 1]


PREFIXES = tuple(sorted({prefix(name) for name in WIDGET_NAMES}))
"""How the names of widgets begin."""


def may_be_embed(tag: str, attributes: Sequence[tuple[str, str | None]]) -> bool:
    """Whether an element with content could be a frame, a platform's widget, or the empty element its script requires."""
    words = {word for name, value in attributes if name in {"class", "id"} for word in (value or "").split()}
    frame = tag in FRAME_ELEMENTS and tag not in VOID_ELEMENTS
    return frame or tag in WIDGETS or not words.isdisjoint(WIDGET_NAMES)


@lru_cache(maxsize=1024)
def selector(tag: str, attribute: str = "", text: str = "") -> str:
    """A CSS selector for elements of this name, with this text in that attribute if one is given."""
    condition = f'[{attribute}*="{text}" i]' if attribute else ""
    return (tag + condition).replace(":", "\\:")


WIDGET_TAG_SELECTORS = tuple(selector(tag) for tag in sorted(WIDGETS) if ":" in tag)
EMBED_SELECTOR = ",".join([*FRAME_ELEMENTS, *(f'[class*="{start}"]' for start in PREFIXES if start.endswith("-"))])
"""Frames, and elements that may be a widget by their class."""
