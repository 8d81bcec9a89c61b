"""Embed code where an address was expected: editors paste what the platform's dialogue gave them.

A snippet is a few hundred characters, so parsing it to a tree costs little; whole pages go through the rewriter instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from shariff_py.errors import EmbedRefused
from shariff_py.gate.browser_rules.loading_attributes import FRAME_ELEMENTS, LAZY_URL_ATTRIBUTES
from shariff_py.gate.detect.embed_placeholders import CONTENT_ELEMENT
from shariff_py.gate.detect.javascript.content_calls import content_calls
from shariff_py.gate.detect.widget_markup import find_widget
from shariff_py.gate.written_size import written_size
from shariff_py.platforms.public_links import is_content_script, is_helper
from shariff_py.platforms.recognition import Embed, embed_of, recognise, script_content
from shariff_py.platforms.registry import platform_of_address
from shariff_py.urls import NOWHERE, parse

if TYPE_CHECKING:
    from bs4 import Tag

ADDRESSES = {**FRAME_ELEMENTS, CONTENT_ELEMENT: "url"}
"""Elements that stand for a frame, and the attribute with its address."""

MAX_LENGTH = 20_000
"""Characters of a snippet. Longer text is a page."""


def read_snippet(html: str, options: Mapping[str, str] | None = None) -> tuple[Embed, str]:
    """The first content in a snippet of embed code, and the text of its fallback quote (empty where it has none).

    ``options`` are frame parameters that override those of the snippet. Raises `EmbedRefused` where there is no content that can be
    shown: with the address and the reason of the first that cannot.
    """
    if len(html) > MAX_LENGTH:
        raise EmbedRefused(html, f"is longer than {MAX_LENGTH} characters. Gate the whole page instead.")
    refusals: list[EmbedRefused] = []
    for element in _elements(html):
        try:
            embed = next(filter(None, (read(element, options or {}) for read in READERS)), None)
        except EmbedRefused as refused:
            refusals.append(refused)
            continue
        if embed is not None:
            return embed, " ".join(element.get_text(" ").split())
    if refusals:
        raise refusals[0]
    raise EmbedRefused(html, "contains no embed code of a known platform. Copy the address of the content instead.")


def _elements(html: str) -> list[Tag]:
    """The snippet's elements; none where there is no markup, or none that a parser accepts."""
    from bs4 import BeautifulSoup
    from bs4.exceptions import ParserRejectedMarkup

    try:
        return list(BeautifulSoup(html, "html.parser").find_all(True)) if "<" in html else []
    except ParserRejectedMarkup:
        return []


def _script(element: Tag, options: Mapping[str, str]) -> Embed | None:
    """The content of a script that is content itself."""
    parts = parse(str(element.get("src", "")).strip(), NOWHERE) if element.name == "script" else None
    platform = platform_of_address(parts) if parts else None
    if parts is None or platform is None:
        return None
    if (shown := script_content(platform, _attributes(element))) is not None:
        return embed_of(platform, *shown, options)
    if not is_content_script(platform, parts):
        return None
    return recognise(f"{parts.origin}{parts.path}?{parts.query}", options)


def _frame(element: Tag, options: Mapping[str, str]) -> Embed | None:
    if element.name not in ADDRESSES:
        return None
    for name in (ADDRESSES[element.name], *LAZY_URL_ATTRIBUTES):
        address = str(element.get(name, "")).strip()
        parts = parse(address, NOWHERE) if address else None
        platform = platform_of_address(parts) if parts else None
        if parts is not None and platform is not None and not is_helper(platform, parts):
            fragment = f"#{parts.fragment}" if parts.fragment else ""
            options = {**written_size({n: str(value) for n, value in element.attrs.items()}), **options}
            return recognise(f"{parts.origin}{parts.path}?{parts.query}{fragment}", options)
    return None


def _called(element: Tag, options: Mapping[str, str]) -> Embed | None:
    """The content that a script, or an element once it is pressed, has the platform's script show."""
    own = _attributes(element)
    code = [value for name, value in own.items() if name.startswith("on")]
    code += [element.get_text()] if element.name == "script" else []
    embed = next((call.embed for text in code for call in content_calls(text, own)), None)
    return embed and embed_of(embed.record, embed.kind_record, embed.address, {**dict(embed.options), **options})


def _attributes(element: Tag) -> dict[str, str]:
    return {name: " ".join(value) if isinstance(value, list) else value for name, value in element.attrs.items()}


def _widget(element: Tag, options: Mapping[str, str]) -> Embed | None:
    attributes = _attributes(element)
    links = [str(link["href"]) for link in element.find_all("a", href=True)]
    widget = find_widget(element.name, attributes, pasted=True, links=lambda: links)
    if widget is None:
        return None
    return embed_of(widget.platform, widget.kind, widget.address, {**widget.options, **options})


READERS = (_frame, _script, _widget, _called)
