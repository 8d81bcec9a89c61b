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
    """What a platform's script turns an element of some name or class into: the platform, the kind of content, and the names of its frame
    parameters by attribute.
    """

    platform: Platform
    kind: EmbedKind
    parameters: Mapping[str, str]

    def options(self, attributes: Mapping[str, str]) -> dict[str, str]:
        """The frame parameters in an element's attributes, by name, as they were written."""
        return {name: attributes[attribute] for attribute, name in self.parameters.items() if attribute in attributes}

    def address(self, attributes: Mapping[str, str], *, own_attributes: bool) -> str:
        """The content's address in an element's attributes, empty where there is none.

        ``own_attributes`` says that all of them belong to the widget; on an element of HTML only ``data-`` attributes do.
        """
        names = (name for name in self.kind.address_attributes if own_attributes or name.startswith("data-"))
        return next(filter(None, map(attributes.get, names)), "")


WIDGETS: Mapping[str, Widget] = {
    name: Widget(platform, kind, {parameter.attribute: parameter.name for parameter in kind.parameters})
    for platform in REGISTRY.values()
    for kind in platform.embeds
    for name in (*kind.classes, *kind.tags)
}
"""Widgets by class and element names."""

NEVER_WIDGETS = frozenset({"html", "head", "body", *FRAME_ELEMENTS, *RESOURCE_ELEMENTS}) | INERT_CONTENT_ELEMENTS
"""Elements that a class name does not make a widget."""

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


def find_widget(tag: str, attributes: Mapping[str, str]) -> tuple[str, Widget] | None:
    """The widget that a platform's script would make of an element, with the name or class by which it is one.

    A class alone is not enough, it may be the site's own, as in ``<li class="some-share">`` around an ordinary link; an element with such
    a class is a widget if it has any ``data-`` attribute.
    """
    has_data = tag not in NEVER_WIDGETS and any(name.startswith("data-") for name in attributes)
    for name in (tag, *attributes.get("class", "").split()):
        widget = WIDGETS.get(name)
        if widget is not None and (has_data or tag in widget.kind.tags):
            return name, widget
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
