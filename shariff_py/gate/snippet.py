"""Embed code where an address was asked for: editors paste into one field what the platform's dialogue gave them.

A snippet is a few hundred characters, so a soup of it costs little; whole pages go through the rewriter instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import Embed, embed_of, kind_of_frame, kind_of_markup, recognise
from shariff_py.platforms.registry import REGISTRY, platform_of
from shariff_py.urls import NOWHERE, parse

if TYPE_CHECKING:
    from bs4 import Tag

LONGEST = 20_000
"""Characters of a snippet. Longer text is a page."""


def read_snippet(html: str, options: Mapping[str, str] | None = None) -> tuple[Embed, str]:
    """The first content a snippet of embed code stands for, and the words of its fallback quote (empty where it has none).

    ``options`` are frame parameters that go over those of the snippet. Raises `EmbedRefused` where there is none, and with the reason where its kind has ended.
    """
    if len(html) > LONGEST:
        raise EmbedRefused(html, f"is longer than {LONGEST} characters. Gate the whole page instead.")
    for element in _elements(html):
        embed = _frame(element, options or {}) or _markup(element, options or {})
        if embed is not None:
            return embed, " ".join(element.get_text(" ").split())
    raise EmbedRefused(html, "holds no embed code of a platform we know. Copy the address of the content instead.")


def _elements(html: str) -> list[Tag]:
    """The snippet's elements; none of what no parser accepts and of what holds no markup at all."""
    from bs4 import BeautifulSoup
    from bs4.exceptions import ParserRejectedMarkup

    try:
        return list(BeautifulSoup(html, "html.parser").find_all(True)) if "<" in html else []
    except ParserRejectedMarkup:
        return []


def _frame(element: Tag, options: Mapping[str, str]) -> Embed | None:
    address = str(element.get("src", "")).strip() if element.name == "iframe" else ""
    parts = parse(address, NOWHERE) if address else None
    platform = platform_of(parts.host) if parts else None
    if parts is None or platform is None or kind_of_frame(platform, parts) is None:
        return None
    return recognise(f"{parts.origin}{parts.path}?{parts.query}", options)


def _markup(element: Tag, over: Mapping[str, str]) -> Embed | None:
    classes = frozenset(element.get_attribute_list("class"))
    for platform in REGISTRY.values():
        kind = kind_of_markup(platform, element.name, frozenset(str(name) for name in classes))
        if kind is not None:
            href = str(element.get("data-href") or element.get("href") or "")
            options = {p.name: str(element[p.attribute]) for p in kind.parameters if p.attribute in element.attrs}
            return embed_of(platform, kind, href, {**options, **over})
    return None
