"""Ways to write a host name that a search of the page's text misses, and whether a page may contain one.

Character references, percent-encoding, CSS escapes, letters that host names map to others, documents inside URLs and attributes, and raw
text that foreign content breaks up. All of it is decided on the text alone; in doubt, something may be hidden.
"""

from __future__ import annotations

import re

from shariff_py.gate.browser_rules.foreign_content import unambiguous_until

IGNORED_BYTES = b"\t\n\r\\"
"""Dropped from URLs (white space, WHATWG URL) or from CSS (a backslash before a letter, CSS Syntax 3)."""

HARMLESS_REFERENCES = (
    "amp|nbsp|lt|gt|quot|ndash|mdash|apos|hellip|copy|reg|euro|sect|deg|middot|bull|laquo|raquo|bdquo|[lr][sd]quo|sbquo|times"
    "|[AOUaou]uml|szlig|[aeiouAEIOU](?:acute|grave|circ)|ccedil|[nao]tilde"
)
REFERENCE = re.compile(f"&(?!(?:{HARMLESS_REFERENCES});)[#A-Za-z]".encode())
"""A character reference that could represent a letter or a dot. The common ones cannot."""

PERCENT_ENCODING = re.compile(rb"%(?:[4-7][0-9A-Fa-f]|2[DdEe]|[A-Fa-f89])")
"""Percent-encoding of letters, dots and everything beyond ASCII."""

CSS_ESCAPE = re.compile(rb"\\[0-9A-Fa-f]")

HARMLESS_TYPES = (
    rb"(?:image/(?:gif|png|jpe?g|webp|avif|x-icon|vnd\.microsoft\.icon)|font/[\w-]+|application/font[\w-]*)(?![\w.+/-])"
)
"""Media types of ``data:`` URLs that load nothing further."""
EMBEDDED_DOCUMENT = re.compile(
    rb":(?:(?<=javascript:)|(?<=(data):)(?!\s*" + HARMLESS_TYPES + rb")\s*(?:[\w.+-]+/|[^,;\"'{}()\[\]]{0,100}+[,;]))"
)
"""A URL that contains a script or a document; what is no media type is read as plain text, and runs as a script all the same (measured in
Chromium 156). The pattern begins with the rarest letter, so a search is fastest."""
BASE64 = re.compile(rb"64\s*,")
"""The end of a ``data:`` URL's header before a body that no search of the text can see (RFC 2397)."""
DOUBLE_ENCODING = re.compile(rb"&(?:amp;)?(?:[#%]|[a-z][a-z0-9]*%)|&amp;[a-z][a-z0-9]*;|%(?:2[56]|[01])|\x1b")
"""What represents other characters only when decoded twice: a reference to a reference, one encoded in part, an encoded ``%`` or ``&``, and
encoded controls, which URLs drop or which switch a document's character set (ISO-2022-JP)."""

BROKEN_RAW_TEXT = re.compile(rb"<(style|script)[^<>]*(?:<|>[^<]*<(?!/\1))")
"""A style or script whose text contains a tag: inside foreign content the tag splits the text, and with it words
(WHATWG HTML 13.2.6.5)."""
CDATA = b"<![cdata["

ASCII = bytes(range(128))
MAPPED_LATIN_1 = tuple(letter.encode("latin-1") for letter in "\xaa\xad\xb2\xb3\xb9\xba\xbc\xbd\xbe")
"""Characters of Latin-1 that host names map to other letters, or to nothing (UTS 46)."""
UNMAPPED_CHARACTERS = re.compile(
    "[\xa0-\xa9\xab\xac\xae-\xb1\xb4-\xb8\xbb\xbf-\u00ff\u0152\u0153\u0160\u0161\u017d\u017e\u2013\u2014\u2018-\u201e\u2022\u2026"
    "\u2039\u203a\u20ac]*"
)
"""Letters and punctuation of western European pages that host names do not map."""

COMPLETE_TAG = re.compile(rb"<[^<>\"']*(?:(?:\"[^\"<>]*\"|'[^'<>]*')[^<>\"']*)*>[^<>\"']*")
"""A tag with its end, as far as it can be recognised from the text alone, and the text behind it."""


def may_hide_name(html: str, page: bytes, encoding: str) -> bool:
    """Whether the page may spell a name with other characters, or ends inside a tag. ``page`` is ``html`` in ``encoding``."""
    last_tag = page.rfind(b"<")
    if last_tag != -1 and COMPLETE_TAG.fullmatch(page, last_tag) is None:
        return True
    if REFERENCE.search(page) or _contains(PERCENT_ENCODING, b"%", page) or _contains(CSS_ESCAPE, b"\\", page):
        return True
    if html.isascii():
        return False
    if encoding == "latin-1":
        return any(letter in page for letter in MAPPED_LATIN_1)
    return UNMAPPED_CHARACTERS.fullmatch(page.translate(None, ASCII).decode(encoding, "surrogatepass")) is None


def may_embed_document(page: bytes, *, srcdoc: bool) -> bool:
    """Whether a URL or attribute (``srcdoc``) contains a document with more in it than its letters show. ``page`` is in lower case."""
    joined = page
    for letter in IGNORED_BYTES:
        joined = joined.replace(bytes([letter]), b"")
    documents = [found[1] for found in EMBEDDED_DOCUMENT.finditer(joined)]
    if any(documents) and BASE64.search(joined):
        return True
    return (srcdoc or bool(documents)) and DOUBLE_ENCODING.search(joined) is not None


def may_split_words(page: bytes) -> bool:
    """Whether foreign content may contain a style or script in several pieces. ``page`` is in lower case."""
    ambiguous = unambiguous_until(page)
    return BROKEN_RAW_TEXT.search(page, ambiguous) is not None or page.find(CDATA, ambiguous) != -1


def _contains(pattern: re.Pattern[bytes], letter: bytes, page: bytes) -> bool:
    """Whether a pattern that begins with a rare letter occurs: searching for the letter alone is many times faster."""
    position = page.find(letter)
    while position != -1:
        if pattern.match(page, position):
            return True
        position = page.find(letter, position + 1)
    return False
