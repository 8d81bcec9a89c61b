"""Addresses that are no addresses: what they lead to is written in them."""

from __future__ import annotations

import base64
import binascii
import re
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from turbohtml import unescape

from shariff_py.gate.browser_rules.loading_attributes import leads_away

DROPPED = str.maketrans("", "", "\t\n\r")
CONTROLS = "".join(map(chr, range(0x21)))
"""What browsers drop from addresses, inside and before them (WHATWG URL)."""

BASE64 = re.compile(r"; *base64$", re.IGNORECASE)
"""The end of the media type of a body in base64 (WHATWG Fetch, ``data:`` URL processor)."""

MEDIA_TYPE = re.compile(r"[\w!#$%&'*+.^`|~-]++/[\w!#$%&'*+.^`|~-]++", re.ASCII)
"""What is none is read as plain text (WHATWG Fetch; measured in Chromium 156)."""

PLAIN = re.compile(r"(?:; *charset=\"?(?:utf-8|us-ascii)\"?)?", re.IGNORECASE)
"""Parameters of a media type that leave no doubt how its text is read."""

ANOTHER_SET = re.compile(
    r"[\0\x1b\ufeff\ufffe]|charset\s*+=\s*+[\"']?(?!utf-?8|us-ascii|iso-8859-1\b|windows-1252)\w", re.I
)
"""What makes a browser read a document in another character set than the address says (WHATWG HTML, determining the encoding)."""

BITS = re.compile(r"(?:image(?!/svg)|audio|video|font)/.*+", re.DOTALL)
"""Types in which no address is written that anybody follows: pictures, sounds, fonts."""

INERT = re.compile(r"text/(?:plain|css|javascript)|application/(?:json|javascript|pdf|octet-stream)")
"""Types of which a browser shows or saves a document, and fetches nothing for it."""

STANDARDS = "http://www.w3.org/"
"""How names of the standards' vocabularies begin, which look like addresses."""


class Written(NamedTuple):
    """What is written in an address: ``javascript`` and the code, or ``data`` with its media type in lower case and the text.

    ``certain`` is false where a browser may read another text in it. Everything is empty for every other address.
    """

    scheme: str = ""
    kind: str = ""
    text: str = ""
    certain: bool = True

    @property
    def inert(self) -> bool:
        """Whether it is a document that fetches nothing, whatever stands in it."""
        return not self.text or INERT.fullmatch(self.kind) is not None

    def judged(self, *, document: bool) -> bool:
        """Whether all that the text could fetch can be seen in it, shown as a document or used by the page as what it is.

        Documents that are no HTML are read by another parser, which knows more ways to write an address; what holds none is fine.
        """
        if not document:
            return self.certain or self.kind.startswith(("image/", "application/manifest"))
        return self.certain and (self.kind == "text/html" or not leads_away(unescape(self.text.replace(STANDARDS, ""))))


NOTHING = Written()


def written_in(address: str) -> Written:
    """What is written in an address itself (RFC 2397, and ``javascript:``).

    Bytes that are no letters, and base64 that is none, are passed over.
    """
    scheme, _, rest = address.translate(DROPPED).lstrip(CONTROLS).partition(":")
    match scheme.lower():
        case "javascript":
            return Written("javascript", "", _readable(_bytes(rest)))
        case "data":
            return _data(rest)
    return NOTHING


def _data(rest: str) -> Written:
    media, _, body = rest.partition("#")[0].partition(",")
    media = media.strip(" \f")
    encoded = BASE64.search(media)
    if BITS.fullmatch(media.lower()):
        return Written("data", media.lower())
    data = _bytes(body)
    if encoded:
        media = media[: encoded.start()]
        try:
            data = base64.b64decode(data + b"==")
        except binascii.Error:
            data = b""
    kind, semicolon, parameters = media.partition(";")
    kind, text = kind.strip().lower(), _readable(data)
    kind = kind if MEDIA_TYPE.fullmatch(kind) else "text/plain"
    marked = data.startswith((b"\xfe\xff", b"\xff\xfe"))
    certain = PLAIN.fullmatch(semicolon + parameters) is not None and not marked and ANOTHER_SET.search(text) is None
    return Written("data", kind, text, certain)


def _bytes(text: str) -> bytes:
    return unquote_to_bytes(text.encode("utf-8", "surrogatepass"))


def _readable(data: bytes) -> str:
    return data.decode("utf-8", "replace")
