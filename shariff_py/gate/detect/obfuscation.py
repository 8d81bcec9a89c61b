"""Where a page's text cannot be searched as it stands: it ends inside a tag, holds documents that are decoded again, or raw text that
foreign content breaks up. All of it is decided on the text alone.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from shariff_py.gate.browser_rules.foreign_content import unambiguous_until

IGNORED_BYTES = b"\t\n\f\r\\"
"""Dropped from URLs (white space, WHATWG URL) or from CSS (a backslash before a letter or a line end, CSS Syntax 3)."""

HARMLESS_TYPES = (
    rb"(?:image/(?:gif|png|jpe?g|webp|avif|x-icon|vnd\.microsoft\.icon)|font/[\w-]+|application/(?:x-)?font[\w-]*"
    rb"|application/vnd\.ms-fontobject)(?![\w.+/-])"
)
"""Media types of ``data:`` URLs that load nothing further."""
EMBEDDED_DOCUMENT = re.compile(
    rb":(?:(?<=javascript:)|(?<=(data):)(?!\s*" + HARMLESS_TYPES + rb")\s*(?:[\w.+-]+/|[^,;\"'{}()\[\]]{0,100}+[,;]))"
)
"""A URL that contains a script or a document; what is no media type is read as plain text, and runs as a script all the same (measured in
Chromium 156). The pattern begins with the rarest letter, so a search is fastest."""
SCHEMES = (b"data", b"javascript")
MAX_COLONS, MAX_SCHEME_BYTES = 200, 80
"""Colons of a text up to which looking at what stands before each is faster than searching all of it, and how far before."""
WHITE_SPACE = b"\t\n\f\r"
DATA_URL_UNSETTLED = re.compile(
    rb":(?<=data:)(?!\s*" + HARMLESS_TYPES + rb"[,;])(?![^,;\"'{}()\[\]&%\\\x80-\xff]{0,99}[\"'{}()\[\]])"
)
"""A scheme of which it depends on something that may represent other characters whether a document follows."""
BASE64 = re.compile(rb";\s*base64\s*,", re.IGNORECASE)
"""The end of a ``data:`` URL's header before a body that no search of the text can see (RFC 2397)."""
BASE64_URL = re.compile(
    rb":(?<=data:)(?:\s*(?P<harmless>" + HARMLESS_TYPES + rb"))?[^,:]{0,100}?;\s*base64\s*,", re.IGNORECASE
)
"""Such a URL up to its body."""
OPENER = re.compile(rb"(?:[\"'(]|&(?:quot|apos|#0{0,5}3[49]);)\Z")
"""What can come before a URL and says where it ends."""
CLOSERS = {b"(": b")"}
OUTER_HEADER = re.compile(rb"data:[^\s,\"'()<>]*+\Z")
"""The header of a ``data:`` URL around a position: what looks like a URL there is a parameter of it."""
MAX_HEADER_BYTES, MAX_OPENER_BYTES = 200, 10
OTHER_CHARACTER_SETS = re.compile(rb"%(?:0[0-8B-CEFb-cef]|1)|\x1b")
"""Encoded controls, which switch a document's character set (ISO-2022-JP) or fill it up (UTF-16)."""

XML_ASSEMBLY = re.compile(rb"<!(?:entity|\[cdata\[|--)|<\?(?!xml\s)|encoding=.(?!utf-?8|us-ascii|iso-8859-1)")
"""What puts a word of an XML document together from several pieces, or makes it another one than its bytes show: entities, sections,
comments (XML 1.0, sections 2 and 4)."""
_DECLARED = rb"(?:!|%21)(?:entity|(?:\[|%5b)cdata"
XML_ASSEMBLY_IN_URL = (
    re.compile(rb"<" + _DECLARED + rb")"),
    re.compile(rb"%3c(?:" + _DECLARED + rb"|--)|(?:\?|%3f)(?!xml\b))"),
    re.compile(rb"&lt;(?:" + _DECLARED + rb"|--)|(?:\?|%3f)(?!xml\b))"),
    re.compile(rb"%3cstyle\b[^%]*+(?:%(?!3c)[^%]*+)*+%3c(?!/|%2f)"),
    re.compile(rb"&lt;style\b[^&]*+(?:&(?!lt;)[^&]*+)*+&lt;(?!/|%2f)"),
)
"""The same in a text around such documents, as far as it is not the text's own; in lower case. Searching one after the other is many times
faster than all at once."""

BROKEN_RAW_TEXT = re.compile(rb"<(style|script)[^<>]*+(?:<|>[^<]*+<(?!/\1))")
"""A style or script whose text contains a tag: inside foreign content the tag splits the text, and with it words
(WHATWG HTML 13.2.6.5)."""
CDATA = b"<![cdata["

COMPLETE_TAG = re.compile(rb"<[^<>\"']*+(?:(?:\"[^\"<>]*+\"|'[^'<>]*+')[^<>\"']*+)*+>[^<>\"']*+")
"""A tag with its end, as far as it can be recognised from the text alone, and the text behind it."""


def ends_inside_tag(page: bytes) -> bool:
    """Whether the page may end inside a tag."""
    last_tag = page.rfind(b"<")
    return last_tag != -1 and COMPLETE_TAG.fullmatch(page, last_tag) is None


class Documents(NamedTuple):
    """Whether a text contains documents or scripts in URLs and attributes, whether any is in a ``data:`` URL, and whether the scheme of such
    URLs occurs at all."""

    any: bool
    in_data_urls: bool
    has_data_scheme: bool


def documents_in(page: bytes, *, srcdoc: bool) -> Documents:
    """What there is of them in a text in lower case; with ``srcdoc`` an attribute holds one."""
    if not _may_have_scheme(page):
        return Documents(srcdoc, in_data_urls=False, has_data_scheme=False)
    joined = page.translate(None, IGNORED_BYTES)
    found = EMBEDDED_DOCUMENT.finditer(joined)
    in_data_urls = [url[1] is not None for url in found]
    return Documents(srcdoc or bool(in_data_urls), any(in_data_urls), b"data:" in joined)


def _may_have_scheme(page: bytes) -> bool:
    """Whether a colon may end the scheme of a URL with a document."""
    place = page.find(b":")
    for _ in range(MAX_COLONS):
        if place == -1:
            return False
        before = page[max(0, place - MAX_SCHEME_BYTES) : place].translate(None, IGNORED_BYTES)
        if before.endswith(SCHEMES) or (place > MAX_SCHEME_BYTES and len(before) < max(map(len, SCHEMES))):
            return True
        place = page.find(b":", place + 1)
    return True


def may_become_documents(page: bytes) -> bool:
    """Whether what is no document in a text in lower case could be one once the text is resolved: where it is not settled by characters that
    stay as they are."""
    joined = page.translate(None, WHITE_SPACE)
    # A backslash in the scheme is dropped, or begins an escape.
    split = b"\\" in joined and joined.count(b"data:") != joined.translate(None, b"\\").count(b"data:")
    return split or DATA_URL_UNSETTLED.search(joined) is not None


def schemes(page: bytes) -> int:
    """How often a text in lower case has the schemes of URLs that contain documents or scripts."""
    joined = page.translate(None, IGNORED_BYTES)
    return joined.count(b"data:") + joined.count(b"javascript:")


def bodies_in_base64(page: bytes) -> list[bytes] | None:
    """What ``data:`` URLs with documents hold in base64; ``None`` where that cannot be told. ``page`` is in its own case."""
    joined = page.translate(None, IGNORED_BYTES)
    found = list(BASE64_URL.finditer(joined)) if BASE64.search(joined) else []
    if len(found) < sum(1 for _ in BASE64.finditer(joined)):
        return None
    bodies: list[bytes] = []
    done = 0
    for url in found:
        start = url.start() - len("data")
        if url["harmless"] is not None and OUTER_HEADER.search(joined, max(0, start - MAX_HEADER_BYTES), start) is None:
            continue
        opener = OPENER.search(joined, max(0, start - MAX_OPENER_BYTES), start)
        end = joined.find(CLOSERS.get(opener[0], opener[0]), url.end()) if opener else -1
        if start < done or end == -1:
            return None
        done = end
        bodies.append(joined[url.end() : end])
    return bodies


def assembles_xml_in_urls(page: bytes) -> bool:
    """Whether documents in URLs of a text put words together from several pieces."""
    lowered = page.lower()
    return any(pattern.search(lowered) for pattern in XML_ASSEMBLY_IN_URL)


def may_split_words(page: bytes) -> bool:
    """Whether foreign content may contain a style or script in several pieces. ``page`` is in lower case."""
    ambiguous = unambiguous_until(page)
    return BROKEN_RAW_TEXT.search(page, ambiguous) is not None or page.find(CDATA, ambiguous) != -1
