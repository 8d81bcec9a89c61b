"""URLs that hold their resource themselves: ``data:`` and ``javascript:``."""

from __future__ import annotations

import base64
import binascii
import re
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from turbohtml import unescape

from shariff_py.gate.browser_rules.loading_attributes import has_external_url

STRIPPED_CHARACTERS = str.maketrans("", "", "\t\n\r")
LEADING_CONTROLS = "".join(map(chr, range(0x21)))
"""What browsers drop from URLs, anywhere and at the start (WHATWG URL)."""

BASE64 = re.compile(r"; *base64$", re.IGNORECASE)
"""The end of the media type before a body in base64 (WHATWG Fetch, ``data:`` URL processor)."""

MEDIA_TYPE = re.compile(r"[\w!#$%&'*+.^`|~-]++/[\w!#$%&'*+.^`|~-]++", re.ASCII)
"""A body whose type does not match is read as plain text (WHATWG Fetch; measured in Chromium 156)."""

UNAMBIGUOUS_PARAMETERS = re.compile(
    r"(?:; *(?:(?!charset\b)[\w-]+(?:=[\w.:=+-]*)?|charset=\"?(?:utf-?8|us-ascii)\"?) *)*", re.IGNORECASE | re.ASCII
)
"""Parameters of a media type that leave no doubt about the character set; others, as in ``;utf8``, say nothing (WHATWG MIME Sniffing)."""

CHARSET_OVERRIDE = re.compile(
    r"[\0\x1b\ufeff\ufffe]|charset\s*+=\s*+[\"']?(?!utf-?8|us-ascii|iso-8859-1\b|windows-1252)\w", re.I
)
"""What makes a browser read a document in another character set than the URL says (WHATWG HTML, determining the encoding)."""

BINARY_TYPES = re.compile(r"(?:image(?!/svg)|audio|video|font)/.*+", re.DOTALL)
"""Types that hold no URL a browser fetches: raster images, audio, video, fonts."""

INERT_TYPES = re.compile(r"text/(?:plain|css|javascript)|application/(?:json|javascript|pdf|octet-stream)")
"""Types that a browser shows or saves as a document without fetching anything for it."""

SVG_TYPE = "image/svg+xml"
XML_PROLOG = re.compile(
    r"\s*(?:<\?xml\s[^<>?]*\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*(?:<!DOCTYPE\s[^<>\[\]]*>)?", re.IGNORECASE | re.DOTALL
)
"""The beginning of an XML document without entities of its own (XML 1.0, 2.8)."""
XML_ENCODING = re.compile(r"encoding\s*=\s*[\"'](?!(?:utf-?8|us-ascii|iso-8859-1)[\"'])", re.IGNORECASE)
XML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
XML_DECLARATION = re.compile(r"<\?|<!(?!--)")
"""What may make an XML document another one than its markup shows: style sheets, entities, sections of text."""

W3C_NAMESPACES = "http://www.w3.org/"
"""How the names of XML vocabularies begin, which look like URLs."""


class EmbeddedResource(NamedTuple):
    """The resource inside a URL: scheme ``javascript`` and the code, or ``data`` with its media type in lower case and the text.

    ``unambiguous`` is false where a browser may read another text in it. Everything is empty for every other URL.
    """

    scheme: str = ""
    media_type: str = ""
    text: str = ""
    unambiguous: bool = True

    @property
    def inert(self) -> bool:
        """Whether a document of it fetches nothing, whatever its text."""
        return not self.text or INERT_TYPES.fullmatch(self.media_type) is not None

    @property
    def drawing(self) -> str:
        """The markup of an SVG document that can be read in one way only, up to its last tag; empty for everything else."""
        prolog = XML_PROLOG.match(self.text)
        if self.media_type != SVG_TYPE or not self.unambiguous or prolog is None:
            return ""
        if XML_ENCODING.search(prolog[0]) or XML_DECLARATION.search(self.text, prolog.end()):
            return ""
        # An unfinished tag, as behind a "#" that is not encoded, is no element.
        markup = self.text[prolog.end() : self.text.rfind(">") + 1]
        # A comment in a style ends no word of it, in XML.
        return unescape(XML_COMMENT.sub("", markup))

    def can_be_judged(self, *, document: bool) -> bool:
        """Whether everything the text could fetch can be seen in it, when shown as a document or used by the page as its type says.

        Documents that are not HTML are read by another parser, which has more ways to write a URL; those without any are fine.
        """
        if not document:
            return self.unambiguous or self.media_type.startswith(("image/", "application/manifest"))
        external = self.media_type != "text/html" and has_external_url(unescape(self.text.replace(W3C_NAMESPACES, "")))
        return self.unambiguous and not external


NO_RESOURCE = EmbeddedResource()


def embedded_resource(url: str) -> EmbeddedResource:
    """The resource inside a URL (RFC 2397, and ``javascript:``).

    Undecodable bytes become U+FFFD, and a body in invalid base64 is empty.
    """
    scheme, _, rest = url.translate(STRIPPED_CHARACTERS).lstrip(LEADING_CONTROLS).partition(":")
    match scheme.lower():
        case "javascript":
            return EmbeddedResource("javascript", "", _decoded(_bytes(rest)))
        case "data":
            return _data(rest)
    return NO_RESOURCE


def _data(rest: str) -> EmbeddedResource:
    header, _, body = rest.partition("#")[0].partition(",")
    header = header.strip(" \f")
    encoded = BASE64.search(header)
    if BINARY_TYPES.fullmatch(header.lower()):
        return EmbeddedResource("data", header.lower())
    data = _bytes(body)
    if encoded:
        header = header[: encoded.start()]
        try:
            data = base64.b64decode(data + b"==")
        except binascii.Error:
            data = b""
    media_type, semicolon, parameters = header.partition(";")
    media_type, text = media_type.strip().lower(), _decoded(data)
    media_type = media_type if MEDIA_TYPE.fullmatch(media_type) else "text/plain"
    utf_16 = data.startswith((b"\xfe\xff", b"\xff\xfe"))
    plain = UNAMBIGUOUS_PARAMETERS.fullmatch(semicolon + parameters) is not None
    return EmbeddedResource("data", media_type, text, plain and not utf_16 and CHARSET_OVERRIDE.search(text) is None)


def _bytes(text: str) -> bytes:
    return unquote_to_bytes(text.encode("utf-8", "surrogatepass"))


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")
