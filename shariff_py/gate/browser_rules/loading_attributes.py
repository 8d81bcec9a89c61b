"""What a browser fetches while it parses a page: the elements, and the attributes that hold the URL.

Sources: the WHATWG HTML standard (attributes that hold URLs), SVG 2 (``href`` and ``xlink:href``), the AMP component catalogue, and
what lazy-loading and consent scripts make of pasted code (they move the URL to an attribute of their own and back).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

FRAME_ELEMENTS = {
    "iframe": "src",
    "embed": "src",
    "object": "data",
    "amp-iframe": "src",
}
"""Elements that show a document, and the attribute with its URL."""

LAZY_URL_ATTRIBUTES = (
    "data-src", "data-lazy-src", "data-lazy", "data-original", "data-ezsrc", "data-cmplz-src", "data-src-cmplz",
    "data-cookieblock-src", "data-cmp-src", "data-litespeed-src", "data-consent-src", "data-iframe-src", "data-url-src",
    "data-rocket-src", "data-rocket-lazy-src", "data-phast-src", "data-pagespeed-lazy-src", "pagespeed_lazy_src", "nitro-lazy-src",
    "data-suppressedsrc", "suppressedsrc", "uc-src", "data-uc-src", "consent-original-src-_", "data-borlabs-cookie-script-blocker-src",
    "data-borlabs-script-blocker-src",
)  # fmt: skip
"""Where other tools keep a URL that their script later writes to the real attribute."""

LAZY_URL_ELEMENTS = frozenset(
    {
        "amp-iframe", "amp-img", "amp-video", "audio", "embed", "frame", "iframe", "image", "img", "input", "link", "object", "picture",
        "script", "source", "track", "video",
    }
)  # fmt: skip
"""Elements that such a script writes the URL to: those that have the real attribute. On others it is the page's own data."""

LAZY_SRCSET_ATTRIBUTES = ("data-srcset", "data-lazy-srcset", "data-cmplz-srcset", "data-original-set")
LAZY_BACKGROUND_ATTRIBUTES = ("data-bg", "data-background", "data-background-image", "data-lazy-background")

RESOURCE_ELEMENTS = {
    "script": ("src", "href", "xlink:href"),
    "link": ("href",),
    "img": ("src",),
    "source": ("src",),
    "track": ("src",),
    "input": ("src",),
    "base": ("href",),
}
"""Elements that serve no purpose without what they fetch, and whose end is certain: the whole element is removed."""

RESOURCE_ATTRIBUTES = (
    "src",
    "poster",
    "background",
    "manifest",
    "longdesc",
    "classid",
    "codebase",
    "archive",
)
"""Attributes of other elements that name a resource to fetch: the attribute is removed, the element stays."""

HREF_ATTRIBUTES = ("href", "xlink:href")
SVG_RESOURCE_ELEMENTS = frozenset(
    {
        "altglyph", "animate", "animatecolor", "animatemotion", "animatetransform", "color-profile", "cursor", "feimage", "filter",
        "font-face-uri", "glyphref", "image", "lineargradient", "mpath", "pattern", "radialgradient", "set", "textpath", "tref", "use",
    }
)  # fmt: skip
"""Elements whose ``href`` names something that is drawn (SVG 2, and what SVG 1.1 had). On others it is a link, or nothing."""

ANIMATION_ELEMENTS = frozenset({"animate", "animatecolor", "animatemotion", "animatetransform", "set"})
ANIMATION_VALUE_ATTRIBUTES = ("from", "to", "by", "values")
"""Attributes of animations (SVG 2) that can set another element's URL or style; ``values`` holds several, separated by semicolons."""

URL_LIST_ATTRIBUTES = ("srcset", "imagesrcset", "ping")
"""Attributes that hold several URLs: image candidates with their sizes, ping targets."""

CSS_ATTRIBUTES = (
    "style",
    "fill",
    "stroke",
    "filter",
    "mask",
    "clip-path",
    "cursor",
    "marker-start",
    "marker-mid",
    "marker-end",
)
"""The ``style`` attribute and SVG presentation attributes, whose CSS may hold ``url()``."""

FORM_ACTION_ATTRIBUTES = {"form": "action", "button": "formaction", "input": "formaction"}
"""Attributes that say where a form is submitted. Nothing is fetched before that, so they are reported and stay."""

HYPERLINK_ELEMENTS = frozenset({"a", "area"})
"""Elements whose ``href`` is fetched only when a visitor follows it."""

NON_FETCHING_LINK_TYPES = frozenset(
    {"alternate", "author", "bookmark", "canonical", "help", "license", "me", "publisher", "shortlink", "tag"}
)
"""``rel`` keywords of ``link`` for which no browser fetches anything."""

DNS_PREFETCH_CONTROL = "x-dns-prefetch-control"
"""A ``meta`` that lets browsers resolve the host names of ordinary links before they are followed (measured in Chromium 156)."""

EXTERNAL_URL = re.compile(r"[:\\]|[/][\t\n\r]*[/]")
"""What a URL needs to reach another host (WHATWG URL: a scheme, or two slashes of either kind, with white space inside dropped)."""


def has_external_url(text: str) -> bool:
    """Whether any URL in a text could lead to another host. Equivalent to searching `EXTERNAL_URL`, and faster where none could."""
    if ":" in text or "\\" in text or "//" in text:
        return True
    return "/" in text and any(space in text for space in "\t\n\r") and EXTERNAL_URL.search(text) is not None


REFRESH_CONTENT = re.compile(
    r"[\s,;]*+[0-9.]*+[\s,;]*+(?:url\s*+=\s*+)?+(?:\"(?P<double>[^\"]*+)|'(?P<single>[^']*+)|(?P<bare>.*+))",
    re.IGNORECASE | re.DOTALL,
)
"""``content`` of a refresh (WHATWG HTML, shared declarative refresh steps, read generously): a quoted URL ends at the next quote."""


def refresh_url(content: str) -> str:
    """The URL in the ``content`` of a refresh; empty where there is none."""
    found = REFRESH_CONTENT.match(content)
    return next(filter(None, found.groups()), "").strip() if found else ""


WORD_SEPARATOR = re.compile("[,;]")


def urls_in_list(value: str) -> Iterator[str]:
    """Everything in a list that could be a URL: the words between white space, whole and cut at commas and semicolons, and the list.

    More than the standard's algorithm yields, so that no other reading of the list finds a URL that this one misses.
    """
    for word in value.split():
        yield word.strip(",")
        yield from WORD_SEPARATOR.split(word)
    yield value


def link_fetches_nothing(rel: str) -> bool:
    """Whether no browser acts on a ``link`` with this ``rel``; one without any keyword is such (WHATWG HTML 4.2.4)."""
    return NON_FETCHING_LINK_TYPES.issuperset(rel.lower().split())
