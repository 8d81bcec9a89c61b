"""How a platform's widgets are recognised in markup: element names, class names, ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from shariff_py.gate.browser_rules.element_content import INERT_CONTENT_ELEMENTS, VOID_ELEMENTS
from shariff_py.gate.browser_rules.loading_attributes import FRAME_ELEMENTS, RESOURCE_ELEMENTS
from shariff_py.platforms.record import EmbedKind, Platform
from shariff_py.platforms.registry import REGISTRY


class Widget(NamedTuple):
    """A widget in a page: the name or class it is recognised by, what it shows, the content's address (empty where there is none), and the
    frame parameters, as they were written.
    """

    name: str
    platform: Platform
    kind: EmbedKind
    address: str
    options: dict[str, str]


WIDGETS: Mapping[str, tuple[Platform, EmbedKind]] = {
    name: (platform, kind)
    for platform in REGISTRY.values()
    for kind in platform.embeds
    for name in (*kind.classes, *kind.tags)
}
"""Class and element names that a platform's script turns into a widget, with the platform and the kind of content."""

NEVER_WIDGETS = frozenset({"html", "head", "body", *RESOURCE_ELEMENTS}) | INERT_CONTENT_ELEMENTS
"""Elements that a class name does not make a widget. Frames are judged by what they show, before it comes to that."""

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


def find_widget(tag: str, attributes: Mapping[str, str], *, pasted: bool = False) -> Widget | None:
    """The widget that a platform's script would make of an element.

    A class alone is not enough, it may be the site's own, as in ``<li class="some-share">`` around an ordinary link; an element with such
    a class is a widget if it has any ``data-`` attribute, and only these belong to the widget. With ``pasted`` it is known that the
    element is embed code, and the class is enough.
    """
    has_data = pasted or (tag not in NEVER_WIDGETS and any(name.startswith("data-") for name in attributes))
    for name in (tag, *attributes.get("class", "").split()):
        if name not in WIDGETS:
            continue
        platform, kind = WIDGETS[name]
        own_tag = tag in kind.tags
        if not has_data and not own_tag:
            continue
        names = [name for name in kind.address_attributes if own_tag or pasted or name.startswith("data-")]
        address = next(filter(None, map(attributes.get, names)), "")
        options = {p.name: attributes[p.attribute] for p in kind.parameters if p.attribute in attributes}
        return Widget(name, platform, kind, address, options)
    return None


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
