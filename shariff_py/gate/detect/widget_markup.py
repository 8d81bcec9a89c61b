"""How a platform's widgets are recognised in markup: element names, class names, other attributes, ids."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from shariff_py.errors import EmbedRefused
from shariff_py.gate.browser_rules.element_content import (
    FORM_ELEMENTS,
    INERT_CONTENT_ELEMENTS,
    SELF_SHOWN_ELEMENTS,
    TABLE_PARTS,
    VOID_ELEMENTS,
)
from shariff_py.gate.browser_rules.loading_attributes import FRAME_ELEMENTS, HYPERLINK_ELEMENTS, RESOURCE_ELEMENTS
from shariff_py.gate.detect.platform_presence import Presence
from shariff_py.gate.written_size import written_size
from shariff_py.platforms.embed_kind import EmbedKind, Parameter, filled
from shariff_py.platforms.public_links import complete, content_parts, on_public_host
from shariff_py.platforms.recognition import embed_at, first_address
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY, Table, platform_of_address
from shariff_py.urls import Address, parse


class Widget(NamedTuple):
    """A widget in a page: the name or class it is recognised by, what it shows, the content's address (empty where there is none), and the
    frame parameters, as they were written.
    """

    name: str
    platform: Platform
    kind: EmbedKind
    address: str
    options: dict[str, str]


WIDGETS = Table(
    lambda: {
        name: (platform, kind)
        for platform in REGISTRY.values()
        for kind in platform.embeds
        for name in (*kind.classes, *kind.tags)
    }
)
"""Class and element names that a platform's script turns into a widget, with the platform and the kind of content."""

MARKED = Table(
    lambda: {
        (attribute, value): (platform, kind)
        for platform in REGISTRY.values()
        for kind in platform.embeds
        for attribute, values in kind.markers.items()
        for value in values or {""}
    }
)
"""The same for attributes with the values that only such a script reads; an empty value stands for any."""

MARKER_ATTRIBUTES = Table(lambda: frozenset(attribute for attribute, _ in MARKED()))
MARKED_BY_NAME = Table(lambda: frozenset(attribute for attribute, value in MARKED() if not value))
"""Those that have any value."""


def markers_of(kind: EmbedKind) -> Iterator[str]:
    """What stands in the text of a page where a marker does: its value, or its name where that has any value; and what scripts call."""
    for attribute, values in kind.markers.items():
        yield from values or {attribute}
    yield from kind.calls


NEVER_WIDGETS = (
    frozenset({"html", "head", "body", "frameset", "frame", "summary"})
    | RESOURCE_ELEMENTS.keys()
    | INERT_CONTENT_ELEMENTS
    | SELF_SHOWN_ELEMENTS
    | FORM_ELEMENTS
    | TABLE_PARTS
)
"""Elements that a class name does not make a widget. Frames are judged by what they show, before it comes to that."""

ROOT_IDS = Table(lambda: {name: platform for platform in REGISTRY.values() for name in platform.root_elements})
"""Ids of the empty elements that a platform's script requires."""

WIDGET_NAMES = Table(lambda: frozenset(WIDGETS()) | frozenset(ROOT_IDS()))


def _start(name: str) -> str:
    """A name up to its first hyphen or colon, or all of it."""
    return re.split("(?<=[-:])", name, maxsplit=1)[0]


STARTS = Table(lambda: Counter(map(_start, WIDGET_NAMES())))
"""How many names of widgets begin in the same way."""


def prefix(name: str, platform: Platform) -> str:
    """The start of a widget's name up to its first hyphen or colon, if several have it or it names the platform; else all of it. Of AMP elements
    up to the platform (AMP component catalogue)."""
    kind, hyphen, rest = name.partition("-")
    if kind == "amp":
        return kind + hyphen + rest.partition("-")[0]
    start = _start(name)
    return start if STARTS()[start] > 1 or start[:-1] in {platform.name, *platform.aliases} else name


ASSEMBLED_HOSTS = Table(lambda: frozenset(host for p in REGISTRY.values() for host in p.assembled_hosts))
PREFIXES = Table(
    lambda: tuple(
        sorted(
            {prefix(name, platform) for name, (platform, _) in WIDGETS().items()}
            | {prefix(name, platform) for name, platform in ROOT_IDS().items()}
            | ASSEMBLED_HOSTS()
            | {mark for platform in REGISTRY.values() for kind in platform.embeds for mark in markers_of(kind)}
        )
    )
)
"""How the names of widgets, and the values that mark them, begin."""


def _is_seen_alone(name: str, platform: Platform, kind: EmbedKind) -> bool:
    """Whether a widget shows something without a domain: AMP's own script or one of the page makes it, it is of the page itself, or of any server."""
    return kind.any_page or platform.any_server or (name in kind.tags and ":" not in name)


WITHOUT_DOMAIN = Table(
    lambda: frozenset(
        {prefix(name, platform) for name, (platform, kind) in WIDGETS().items() if _is_seen_alone(name, platform, kind)}
        | {prefix(name, platform) for name, platform in ROOT_IDS().items()}
    )
)
"""Those of widgets that show something where no domain of the platform is named."""
BESIDE_DOMAIN = Table(
    lambda: {
        domain.encode(): tuple(
            sorted(
                (
                    {prefix(name, platform) for kind in platform.embeds for name in (*kind.classes, *kind.tags)}
                    | {mark for kind in platform.embeds for mark in markers_of(kind)}
                )
                - WITHOUT_DOMAIN()
            )
        )
        for platform in REGISTRY.values()
        for domain in (*platform.hosts, *(place.partition("/")[0] for place in platform.shared_hosts))
    }
)
"""Those of all others, by the domains without which they are nothing."""


def widgets_of(
    tag: str, attributes: Iterable[tuple[str, str | None]]
) -> Iterator[tuple[str, tuple[Platform, EmbedKind]]]:
    """What an element may be a widget by, each with the platform and the kind: its own name, a class, an attribute (``name=value``, or the
    name where it has any value)."""
    widgets, marker_attributes = WIDGETS(), MARKER_ATTRIBUTES()
    if tag in widgets:
        yield tag, widgets[tag]
    for name, value in attributes:
        if name == "class":
            yield from ((word, widgets[word]) for word in (value or "").split() if word in widgets)
        elif name in marker_attributes and (written := (value or "").strip()) and (found := _marked(name, written)):
            yield (name if name in MARKED_BY_NAME() else f"{name}={written}"), found


def _marked(name: str, value: str) -> tuple[Platform, EmbedKind] | None:
    marked = MARKED()
    return marked.get((name, value)) or marked.get((name, ""))


def find_widget(
    tag: str,
    attributes: Mapping[str, str],
    *,
    pasted: bool = False,
    presence: Callable[[Platform], Presence] = lambda _: Presence.LOADED,
    links: Callable[[], Sequence[str]] = tuple,
) -> Widget | None:
    """The widget that a platform's script would make of an element.

    An element of the platform's own name is one, and one with an attribute that only its script reads. A class alone is not enough, it may be
    the site's own: see `_is_widget`. With
    ``pasted`` it is known that the element is embed code, and the class is enough. ``presence`` says what else of a platform the page
    holds, ``links`` gives the addresses of the links inside the element.
    """
    for name, (platform, kind) in widgets_of(tag, attributes.items()):
        is_certain = name not in kind.classes
        held = {**kind.element_attributes, **kind.address_attributes} if is_certain else kind.address_attributes
        # What a link leads to is no address of a widget that its class alone makes one: it works by itself.
        if tag in HYPERLINK_ELEMENTS and not (pasted or is_certain):
            held = {attribute: template for attribute, template in held.items() if attribute.startswith("data-")}
        address = first_address(held, attributes) or _address_inside(platform, kind, attributes, links)
        if is_certain and tag in HYPERLINK_ELEMENTS and address and not _leads_to(platform, address):
            continue
        if not (pasted or is_certain) and not _is_widget(tag, attributes, platform, kind, address, presence):
            continue
        options = {key: attributes[name] for name, key in kind.parameter_attributes if name in attributes}
        if kind.has_pasted_size:
            options = {**written_size(attributes), **options}
        return Widget(name, platform, kind, address, options)
    return None


def _address_inside(
    platform: Platform, kind: EmbedKind, attributes: Mapping[str, str], links: Callable[[], Sequence[str]]
) -> str:
    """The address of a frame that the parts in some attributes make, with those of a link inside that leads to such content; that link where the
    attributes hold none; empty where there is no such link either. Of several the link counts that says most, and of these the last."""
    found: dict[str, str] = {}
    for name, pattern in kind.part_attributes.items():
        if parts := pattern.fullmatch(attributes.get(name, "").strip()):
            found |= {key: value for key, value in parts.groupdict().items() if value}
    if not found and not kind.address_in_link:
        return ""
    inside = links() if kind.address_in_link else ()
    leading = [(link, shown) for link in reversed(inside) if (shown := _content(platform, kind, link))]
    link, of_link = max(leading, key=lambda one: len(one[1]), default=("", {}))
    return filled(kind.frame, {**of_link, **found}) if found else link


def _content(platform: Platform, kind: EmbedKind, link: str) -> dict[str, str]:
    """The parts of the content that a link leads to, of this kind or of one that its frame shows as well; none where it leads elsewhere."""
    address = parse(link)
    kinds = (kind, *(shown for name in sorted(kind.also_shows) if (shown := platform.kind(name))))
    for shown in kinds:
        if address is not None and (found := content_parts(platform, shown, address)):
            return {**found, **(shown.completed(found) if shown.completed is not None else {})}
    return {}


def _is_widget(
    tag: str,
    attributes: Mapping[str, str],
    platform: Platform,
    kind: EmbedKind,
    address: str,
    presence: Callable[[Platform], Presence],
) -> bool:
    """Whether an element with a widget's class is one: it has an attribute of the plugin, with a value that the plugin reads.

    An address of the platform's, and any absolute one where the kind takes any, settle it. Other values do so only where the page holds
    something else of the platform, and only if the plugin would show something: a kind that shows one address alone needs one of the
    platform's, or one without a host at which the platform has content.
    """
    if (tag in NEVER_WIDGETS and not _is_marked_script(tag, attributes, platform)) or (
        tag in HYPERLINK_ELEMENTS and attributes.get("href") and not address
    ):
        return False
    parts = parse(complete(address)) if address else None
    if parts is not None and _is_of(platform, parts) and not (kind.any_page and tag in HYPERLINK_ELEMENTS):
        return True
    if kind.any_page and parts is not None and tag not in HYPERLINK_ELEMENTS:
        return True
    if not kind.any_page and (kind.becomes == "gate" if parts is not None else not _is_content(platform, address)):
        return False
    read = [parameter for parameter in (*kind.parameters, *kind.also_reads) if _is_read(parameter, attributes)]
    if any(not parameter.common for parameter in read):
        return presence(platform) >= Presence.NAMED
    return (
        bool(read or (parts is not None and (kind.any_page or kind.becomes != "gate")))
        and presence(platform) is Presence.LOADED
    )


def _leads_to(platform: Platform, address: str) -> bool:
    parts = parse(complete(address))
    return parts is not None and _is_of(platform, parts)


def _is_marked_script(tag: str, attributes: Mapping[str, str], platform: Platform) -> bool:
    """Whether an element is the platform's own script, which finds itself by its class and reads its data."""
    source = parse(complete(attributes.get("src", ""))) if tag == "script" else None
    return source is not None and platform_of_address(source) is platform


def _is_of(platform: Platform, parts: Address) -> bool:
    """Whether an address is one of the platform's."""
    owner = platform_of_address(parts)
    return owner is platform or (
        owner is None and any(content_parts(platform, kind, parts) is not None for kind in platform.embeds)
    )


def _is_content(platform: Platform, address: str) -> bool:
    """Whether an address without a host is that of content on the platform's own host; otherwise it is one of the page's own site."""
    try:
        embed_at(platform, on_public_host(platform, address), {})
    except EmbedRefused:
        return False
    return True


def _is_read(parameter: Parameter, attributes: Mapping[str, str]) -> bool:
    names = (parameter.attribute,) if parameter.common else (parameter.attribute, parameter.name)
    return any(name in attributes and parameter.is_read(attributes[name]) for name in names)


def may_be_embed(tag: str, attributes: Sequence[tuple[str, str | None]]) -> bool:
    """Whether an element with content could be a frame, a platform's widget, or the empty element its script requires."""
    frame = tag in FRAME_ELEMENTS and tag not in VOID_ELEMENTS
    ids = {word for name, value in attributes if name == "id" for word in (value or "").split()}
    return frame or not ids.isdisjoint(ROOT_IDS()) or next(widgets_of(tag, attributes), None) is not None


def selector(tag: str, attribute: str = "", text: str = "") -> str:
    """A CSS selector for elements of this name, with this text in that attribute if one is given."""
    condition = f'[{attribute}*="{text}" i]' if attribute else ""
    return (tag + condition).replace(":", "\\:")


MARKED_SELECTORS = Table(
    lambda: tuple(f'[{attribute}="{value}"]' if value else f"[{attribute}]" for attribute, value in sorted(MARKED()))
)
WIDGET_TAG_SELECTORS = Table(lambda: tuple(selector(tag) for tag in sorted(WIDGETS()) if ":" in tag))


def _embed_selector() -> str:
    classes = {prefix(name, platform) for name, (platform, kind) in WIDGETS().items() if name in kind.classes}
    return ",".join([*FRAME_ELEMENTS, *(f'[class*="{start}"]' for start in sorted(classes)), *MARKED_SELECTORS()])


EMBED_SELECTOR = Table(_embed_selector)
"""Frames, and elements that may be a widget by their class or by another attribute."""
