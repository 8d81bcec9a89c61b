"""Frames of unknown hosts that the policies of their own response block: a browser shows a grey error page in place of each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from turbohtml import unescape

from shariff_py.gate.browser_rules.alternative_text import TINY, hiding_attribute
from shariff_py.gate.browser_rules.loading_attributes import FRAME_ELEMENTS
from shariff_py.gate.browser_rules.script_types import EXAMINED_ELEMENTS
from shariff_py.gate.detect.prefilter import FrameSpan
from shariff_py.gate.detect.url_owner import is_unknown, resolve
from shariff_py.gate.rewrite.context import RewriteContext
from shariff_py.gate.text_bytes import TextBytes, places
from shariff_py.urls import Address

STARTS = tuple(f"<{tag}".encode() for tag in FRAME_ELEMENTS)
START_TAG = re.compile(rb"<([a-z-]+)(?![a-z0-9-])[^<>]*")
"""A start tag up to its end, or up to a bracket inside it."""
URL = re.compile(r"(?:https?:)?//[^\s\"'<>]*", re.IGNORECASE)
OTHER_SPELLINGS = re.compile(r"\\|https?:(?!//)|/[\t\r\n]+/|srcdoc\s*=", re.IGNORECASE)
"""Where a tag may lead to a host without an address that `URL` finds."""

TEXT_TAG = re.compile(rf"</?(?:{'|'.join(sorted(EXAMINED_ELEMENTS))})(?![a-z0-9-])".encode())
"""Tags of the elements whose content is text to the pass over the elements, and is examined by itself."""

NO_DOCUMENT = re.compile(r"\s*(?:image|audio|video|font)/", re.IGNORECASE)
"""Media types that browsers show without an error page of their own."""
TINY_STYLE = re.compile(r"(?:^|[;\s])(?:width|height)\s*:\s*[01](?:px)?\s*(?:!|;|$)", re.IGNORECASE)


def is_blocked(context: RewriteContext, tag: str, attributes: Mapping[str, str], parts: Address) -> bool:
    """Whether people would see an error in place of this frame: its host is unknown, and the response's policies do not allow it.

    Nobody sees anything of a frame that is hidden, or a pixel high; with ``srcdoc`` another document is shown.
    """
    return (
        _is_refused(context, tag, parts)
        and "srcdoc" not in attributes
        and not NO_DOCUMENT.match(attributes.get("type", ""))
        and hiding_attribute(attributes) != "hidden"
        and not any(TINY.fullmatch(attributes[name]) for name in ("width", "height") if name in attributes)
        and not TINY_STYLE.search(attributes.get("style", ""))
    )


def blocked_frames(text: TextBytes, context: RewriteContext) -> FrameSpan | None:
    """From where to where in a page's text there are frames that may be blocked, without parsing it; ``None`` where there are none."""
    if context.frame_policy is None:
        return None
    starts = sorted(place for start in STARTS for place in places(start, text.lowered))
    spans = [span for place in starts if (span := _span(place, text, context)) is not None]
    if not spans:
        return None
    return FrameSpan(spans[0][0], spans[-1][1], _any_in_text(spans, text.lowered))


def _span(place: int, text: TextBytes, context: RewriteContext) -> tuple[int, int] | None:
    found = START_TAG.match(text.lowered, place)
    tag = found[1].decode() if found else ""
    if found is None or tag not in FRAME_ELEMENTS:
        return None
    written = text.in_case[place : found.end()].decode(text.encoding, "replace")
    if "&" in written:
        written = unescape(written)
    is_cut = text.lowered[found.end() : found.end() + 1] != b">"
    urls = (resolve(url, context.base) for url in URL.findall(written))
    may_be = is_cut or OTHER_SPELLINGS.search(written) or any(url and _is_refused(context, tag, url) for url in urls)
    return (place, found.end()) if may_be else None


def _is_refused(context: RewriteContext, tag: str, parts: Address) -> bool:
    policy = context.frame_policy
    return (
        policy is not None and is_unknown(parts, policy.page.origin, context.settings) and not policy.allows(tag, parts)
    )


def _any_in_text(spans: Sequence[tuple[int, int]], page: bytes) -> bool:
    """Whether any of the spans in a page in lower case may stand inside an element of `EXAMINED_ELEMENTS`."""
    tags = [(found.start(), not found[0].startswith(b"</")) for found in TEXT_TAG.finditer(page)]
    before = (bisect_left(tags, (start,)) for start, _ in spans)
    return any(count and tags[count - 1][1] for count in before)
