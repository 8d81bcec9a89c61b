"""Whether data that a page keeps may hold embed code of a platform, and where: a few searches of the text.

What a page's script puts in later stands in the page's text before, in JSON, in attributes, in comments. There it names the platform's
domain or begins as the platform's markup does, or it is in base64.
"""

from __future__ import annotations

import binascii
import re
import string
from collections.abc import Iterable, Iterator, Sequence

from shariff_py.gate.detect.context_tags import MAX_TAG_BYTES
from shariff_py.gate.detect.prefilter import CandidateSpans, names_domain
from shariff_py.gate.detect.widget_markup import PREFIXES
from shariff_py.gate.text_bytes import LATIN_1, TextBytes, find, mapped, places, text_bytes
from shariff_py.platforms.frame_beginnings import FRAME_HINTS, FRAME_PATH, FRAME_PATH_OR_REFERENCE
from shariff_py.platforms.registry import DOMAINS, REGISTRY, Table

_PREFIXES = Table(lambda: tuple(start.lower() for start in PREFIXES()))
_STARTS = Table(lambda: tuple(start.encode() for start in _PREFIXES()))
PLAIN_HINTS = Table(lambda: tuple(hint.encode() for hint in sorted({*DOMAINS(), *_PREFIXES()})))
"""What stored embed code has in lower case: a domain, or the beginning of a widget's name."""


BASE64_LETTERS = (string.ascii_letters + string.digits + "+/-_\\").encode()
"""Both alphabets (RFC 4648), and the backslash that JSON may have before a slash."""
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_LETTER, _OTHER = b"a", b" "
_AS_LETTERS = bytes(ord(_LETTER) if code in BASE64_LETTERS else ord(_OTHER) for code in range(256))
SHORTEST_BASE64 = 44
"""Letters of base64 below which no embed code fits. Few words of a page are as long."""
_LONG_WORD = _LETTER * SHORTEST_BASE64
_GROUP = 4
"""Letters that stand for three bytes. Where in a word one begins is not known: something else may stand before."""


ORDINARY_ATTRIBUTES = frozenset(
    {
        "action", "alt", "aria-label", "background", "cite", "class", "content", "data", "formaction", "href", "id", "imagesrcset", "itemid",
        "itemtype", "longdesc", "name", "ping", "poster", "property", "rel", "src", "srcdoc", "srcset", "style", "title", "xlink:href",
    }
)  # fmt: skip
"""Attributes that are examined as what they are, or that are text. What scripts keep is in others."""

ADDRESS_ATTRIBUTES = Table(
    lambda: frozenset(
        name for platform in REGISTRY.values() for kind in platform.embeds for name in kind.address_attributes
    )
)
"""Where a platform's own markup keeps a public address."""


def _widget_start() -> re.Pattern[bytes]:
    starts = (re.escape(start) + ("[a-z]" if start[-1] in "-:" else "(?![a-z0-9_])") for start in _PREFIXES())
    return re.compile(rf"(?<![\w-])(?:{'|'.join(starts)})".encode())


WIDGET_START = Table(_widget_start)
"""The beginning of a widget's name, or all of it where no others begin so."""
MAX_BEFORE_PATH = 200
"""Bytes from the beginning of an attribute's value to the end of a frame's path."""


def may_keep_embeds(text: TextBytes, spans: CandidateSpans | None) -> bool:
    """Whether a page may keep embed code as data. ``spans`` are its candidate spans if all of them were visited in their elements."""
    if spans is None:
        return _names_platform(text)
    if spans.outside_tags:
        return True
    named = {candidate.attribute for candidate in spans.candidates} - ORDINARY_ATTRIBUTES
    tags = text.lowered[max(0, spans.start - MAX_TAG_BYTES) : spans.end + MAX_BEFORE_PATH]
    if named - ADDRESS_ATTRIBUTES() or (named and _has_frame_in_attribute(tags, named)):
        return True
    return _in_base64(text.in_case)


def _has_frame_in_attribute(lowered: bytes, names: Iterable[str]) -> bool:
    frame = FRAME_PATH_OR_REFERENCE()
    for name in names:
        for place in places(f"{name}=".encode(), lowered):
            value = place + len(name) + 1
            quote = lowered[value : value + 1]
            end = lowered.find(quote, value + 1, value + MAX_BEFORE_PATH) if quote in {b'"', b"'"} else -1
            if frame.search(lowered, value, value + MAX_BEFORE_PATH if end == -1 else end):
                return True
    return False


def names_platform(text: str) -> bool:
    """Whether a text names a platform or its markup, plainly or in base64."""
    return _names_platform(text_bytes(text))


def _names_platform(text: TextBytes) -> bool:
    lowered = text.lowered
    return names_domain(lowered) or any(find(start, lowered) != -1 for start in _STARTS()) or _in_base64(text.in_case)


def may_keep_embed(code: str) -> bool:
    """Whether the strings of a script may hold a frame's address or a widget, or either in base64."""
    in_case, lowered, _ = text_bytes(code)
    return (
        _occurs(FRAME_PATH(), FRAME_HINTS(), lowered)
        or _occurs(WIDGET_START(), _PREFIXES(), lowered)
        or _in_base64(in_case)
    )


def _occurs(pattern: re.Pattern[bytes], starts: Iterable[str], text: bytes) -> bool:
    """Whether a pattern matches at one of its possible beginnings: searching for those alone is many times faster."""
    return any(pattern.match(text, place) for start in starts for place in places(start.encode(), text))


def named_places(text: str) -> list[int]:
    """Where a text names a platform, in order."""
    # One byte for each character.
    page = text.encode(LATIN_1, "replace")
    lowered = page.lower()
    found = {place for hint in PLAIN_HINTS() for place in places(hint, lowered)}
    found.update(_base64_places(page))
    return sorted(found)


def _in_base64(page: bytes) -> bool:
    return next(_base64_places(page), None) is not None


def _base64_places(page: bytes) -> Iterator[int]:
    """Where the long words of a text begin that have a platform's domain in base64."""
    words = list(_long_words(page))
    # Hardly a text has any, so all are read at once before each is.
    if any(map(names_domain, _decoded([word for _, word in words]))):
        yield from (start for start, word in words if any(map(names_domain, _decoded([word]))))


def _long_words(page: bytes) -> Iterator[tuple[int, bytes]]:
    letters = mapped(page, _AS_LETTERS)
    # Where nearly all letters are the same, this search is the faster one.
    start = letters.find(_LONG_WORD)
    while start != -1:
        end = letters.find(_OTHER, start)
        end = end if end != -1 else len(page)
        yield start, page[start:end].translate(_URL_SAFE, b"\\")
        start = letters.find(_LONG_WORD, end)


def _decoded(words: Sequence[bytes]) -> Iterator[bytes]:
    """What words stand for in lower case, for each place in them at which a group may begin."""
    for start in range(_GROUP if words else 0):
        whole = (word[start : start + (len(word) - start) // _GROUP * _GROUP] for word in words)
        yield binascii.a2b_base64(b"".join(whole)).lower()
