"""What a reader pasted, reduced to what embed code needs before it is gated and shown.

Embed code of editors is trusted and goes straight through the gate. A reader's is not: nobody may get a script, a form or a
borrowed look into the page by pasting, or by making somebody else's browser post it here.
"""

from __future__ import annotations

import nh3
from bs4 import BeautifulSoup

from shariff_py.platforms.registry import platform_of
from shariff_py.urls import parse

LONGEST = 20_000
"""Characters a reader may paste."""

HERE = "https://www.leinau.example/"
"""What relative addresses are read against: a frame of the portal itself is no platform's either."""

TEXT_TAGS = {"p", "br", "strong", "em", "b", "i", "ul", "ol", "li", "h3", "h4", "figure", "figcaption", "span"}
EMBED_TAGS = {"iframe", "blockquote", "div", "a"}

EMBED_DATA = {
    *("data-href", "data-width", "data-height", "data-size", "data-layout", "data-lazy"),
    *("data-tabs", "data-small-header", "data-hide-cover", "data-show-facepile", "data-adapt-container-width"),
    *("data-show-text", "data-allowfullscreen", "data-include-parent", "data-numposts", "data-action", "data-share"),
}
ATTRIBUTES = {
    "iframe": {"src", "width", "height", "title"},
    "blockquote": {"cite", "class"} | EMBED_DATA,
    "div": {"class", "id"} | EMBED_DATA,
    "a": {"href"},
}


def sanitised(html: str) -> str:
    """The HTML with nothing left but text and the elements and attributes that embed code is made of."""
    clean = nh3.clean(
        html,
        tags=TEXT_TAGS | EMBED_TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer nofollow",
    )
    return _without_empty_frames(clean).strip()


def _kept(tag: str, attribute: str, value: str) -> str | None:
    """The attribute's value, ``None`` to drop it.

    Classes and ids are kept only where they mark embed code, so that nothing pasted can look like a part of the portal; a frame keeps
    its address only where it leads to a platform, which the gate then takes out.
    """
    if attribute == "class":
        return " ".join(name for name in value.split() if name.startswith("fb-")) or None
    if attribute == "id":
        return value if value == "fb-root" else None
    if tag == "iframe" and attribute == "src":
        address = parse(value, base=HERE)
        return value if address and platform_of(address.host) else None
    return value


def _without_empty_frames(html: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    for frame in soup.find_all("iframe", src=False):
        frame.decompose()
    return str(soup)
