"""By what a platform's markup is recognised: names of elements, class names, ids."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from shariff_py.gate.browser_rules.loading_attributes import FRAMES
from shariff_py.platforms.registry import REGISTRY

LOOKED_AT = ("noscript", "style", "script", "svg", "math", "select", "frameset")
"""Elements whose content, or whose place, the pass cannot judge by itself."""

VOID = frozenset({"embed"})
"""Frames that hold nothing and have no end tag."""

RAW = frozenset({"iframe", "noembed", "noframes", "noscript", "plaintext", "style", "textarea", "title", "xmp"})
"""Elements whose content is text to a tokenizer."""

WIDGETS = {mark: (p, kind) for p in REGISTRY.values() for kind in p.embeds for mark in (*kind.classes, *kind.tags)}
"""Class and element names of which a platform's script makes a widget."""

ROOTS = {name: platform for platform in REGISTRY.values() for name in platform.root_elements}
"""Ids of the empty elements that a platform's script wants."""

MARKS = frozenset(WIDGETS) | frozenset(ROOTS)


def stem(mark: str) -> str:
    """How a mark begins, up to its first hyphen or colon; AMP's elements up to the platform's name (AMP component catalogue)."""
    kind, hyphen, rest = mark.partition("-")
    if kind == "amp":
        return kind + hyphen + rest.partition("-")[0]
    end = next((place for place, letter in enumerate(mark) if letter in "-:"), len(mark) - 1)
    return mark[: end + 1]


STEMS = tuple(sorted({stem(mark) for mark in MARKS}))
"""How marks begin."""


def is_embed(tag: str, given: Sequence[tuple[str, str | None]]) -> bool:
    """Whether an element could be one of a platform's widgets, or the empty element its script wants."""
    words = {word for name, value in given if name in {"class", "id"} for word in (value or "").split()}
    return tag in WIDGETS or (tag in FRAMES and tag not in VOID) or not words.isdisjoint(MARKS)


@lru_cache(maxsize=1024)
def selector(tag: str, attribute: str = "", words: str = "") -> str:
    """A selector for elements of this name, with these words in that attribute if there is one."""
    condition = f'[{attribute}*="{words}" i]' if attribute else ""
    return (tag + condition).replace(":", "\\:")


TAG_SELECTORS = tuple(selector(tag) for tag in sorted(WIDGETS) if ":" in tag)
EMBEDS = ",".join([*FRAMES, *(f'[class*="{start}"]' for start in STEMS if start.endswith("-"))])
"""Frames, and what may be a widget by its class."""
