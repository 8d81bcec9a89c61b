"""What a browser fetches by itself while it reads a page: the elements, and the attributes that name it.

Sources: the WHATWG HTML standard (attributes that take addresses), SVG 2 (``href`` and ``xlink:href``), the AMP component catalogue, and
what lazy-loading and consent scripts make of pasted code (they move the address to an attribute of their own and back).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

FRAMES = {"iframe": "src", "embed": "src", "object": "data", "amp-iframe": "src"}
"""Elements that show a document, and the attribute that names it."""

REPLACED = frozenset(FRAMES) - {"amp-iframe"}
"""Those of which nobody sees what stands inside. AMP's is an ordinary element wherever AMP's script is not."""

LAZY = (
    "data-src", "data-lazy-src", "data-lazy", "data-original", "data-ezsrc", "data-cmplz-src", "data-src-cmplz",
    "data-cookieblock-src", "data-cmp-src", "data-litespeed-src", "data-consent-src", "data-iframe-src", "data-url-src",
    "data-rocket-src", "data-rocket-lazy-src", "data-phast-src", "data-pagespeed-lazy-src", "pagespeed_lazy_src", "nitro-lazy-src",
    "data-suppressedsrc", "suppressedsrc", "uc-src", "data-uc-src", "consent-original-src-_", "data-borlabs-cookie-script-blocker-src",
    "data-borlabs-script-blocker-src",
)  # fmt: skip
"""Where other tools leave an address that their script makes a real one later."""

LAZY_LISTS = ("data-srcset", "data-lazy-srcset", "data-cmplz-srcset", "data-original-set")
LAZY_BACKGROUNDS = ("data-bg", "data-background", "data-background-image", "data-lazy-background")

WHOLE = {
    "script": ("src", "href", "xlink:href"),
    "link": ("href",),
    "img": ("src",),
    "source": ("src",),
    "track": ("src",),
    "input": ("src",),
    "base": ("href",),
}
"""Elements that are nothing without what they fetch, and of which it is certain where they end: they go as a whole."""

PART = (
    "src",
    "poster",
    "background",
    "manifest",
    "longdesc",
    "classid",
    "codebase",
    "archive",
)
"""Attributes of other elements that name something fetched: the attribute goes, the element stays."""

REFERRING = ("href", "xlink:href")
REFERRED = frozenset(
    {
        "altglyph", "animate", "animatecolor", "animatemotion", "animatetransform", "color-profile", "cursor", "feimage", "filter",
        "font-face-uri", "glyphref", "image", "lineargradient", "mpath", "pattern", "radialgradient", "set", "textpath", "tref", "use",
    }
)  # fmt: skip
"""Elements whose ``href`` names something that is drawn (SVG 2, and what SVG 1.1 had). On others it is a link, or nothing."""

ANIMATIONS = frozenset({"animate", "animatecolor", "animatemotion", "animatetransform", "set"})
ANIMATED = ("from", "to", "by", "values")
"""Attributes of animations (SVG 2), which can give another element its address or its style; the last holds several."""

LISTS = ("srcset", "imagesrcset", "ping", *LAZY_LISTS)
"""Attributes that hold a list: of pictures with their sizes, of who is told."""

STYLED = (
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
"""Attributes that hold CSS, and so may hold ``url()``."""

SENT = {"form": "action", "button": "formaction", "input": "formaction"}
"""Attributes that name where a form goes when somebody sends it. Nothing is fetched before, so they are reported and stay."""

LINKS = frozenset({"a", "area"})
"""Elements whose ``href`` leads somewhere when it is followed, and not before."""

QUIET_RELATIONS = frozenset(
    {"alternate", "author", "bookmark", "canonical", "help", "license", "me", "publisher", "shortlink", "tag"}
)
"""Relations of a ``link`` for which no browser fetches anything."""

LOOK_UPS = "x-dns-prefetch-control"
"""A ``meta`` that lets browsers look up the names of ordinary links before anybody follows them (measured in Chromium 156)."""

ABROAD = re.compile(r"[:\\]|[/][\t\n\r]*[/]")
"""What an address needs to lead to another host (WHATWG URL: a scheme, or two slashes of either kind, white space inside dropped)."""


def leads_away(text: str) -> bool:
    """Whether any address in a text could lead to another host. As `ABROAD`, and quicker where none could."""
    if ":" in text or "\\" in text or "//" in text:
        return True
    return "/" in text and any(space in text for space in "\t\n\r") and ABROAD.search(text) is not None


REFRESH = re.compile(
    r"[\s,;]*+[0-9.]*+[\s,;]*+(?:url\s*+=\s*+)?+(?:\"(?P<double>[^\"]*+)|'(?P<single>[^']*+)|(?P<bare>.*+))",
    re.IGNORECASE | re.DOTALL,
)
"""The parts of a refresh (WHATWG HTML, shared declarative refresh steps, read generously): after a quote the address ends at the next."""


def refreshed_to(content: str) -> str:
    """The address in the ``content`` of a refresh; empty where there is none."""
    found = REFRESH.match(content)
    return next(filter(None, found.groups()), "").strip() if found else ""


WITHIN_A_WORD = re.compile("[,;]")


def addresses_of_list(value: str) -> Iterator[str]:
    """Everything in a list that could be an address: all of it, and the words between white space, whole and cut at commas and semicolons.

    More than the standard's algorithm yields, so that no other reading of the list finds an address that this one misses.
    """
    for word in value.split():
        yield word.strip(",")
        yield from WITHIN_A_WORD.split(word)
    yield value


def quiet_link(relations: str) -> bool:
    """Whether a ``link`` with these relations is one that no browser acts upon, as is one without any (WHATWG HTML 4.2.4)."""
    return QUIET_RELATIONS.issuperset(relations.lower().split())
