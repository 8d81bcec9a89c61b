"""The character encoding in which a browser reads a page, and whether that is certain.

A byte order mark takes precedence over the header, the header over the markup (WHATWG Encoding, HTML 13.2.3). Labels are those of the
standard: ``unicode`` is UTF-16, ``iso-8859-1`` is windows-1252.

Most encodings are compatible with ASCII. Such a page is read as Latin-1, one letter for each byte, so that everything outside an embed
keeps its bytes. Two kinds are not. UTF-16 is decoded as such. In ISO-2022-JP, escape sequences switch between character sets and
disappear when the page is decoded, and Chromium detects it even where it is not declared. A page there that does not survive decoding and
encoding unchanged goes out in UTF-8, and its header says so.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from email.message import Message

import webencodings

BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16be"), (b"\xff\xfe", "utf-16le"))
UTF_16 = frozenset({"utf-16be", "utf-16le"})
ISO_2022_JP = "iso-2022-jp"
ESCAPE = b"\x1b"

DECLARATION = re.compile(
    rb"<meta\b[^>]{0,1000}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{1,40})|<\?xml\s[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{1,40})",
    re.IGNORECASE,
)
"""Where a page declares its own encoding."""


PRESCANNED = 1_024
"""Bytes in which a declaration counts in every browser (WHATWG HTML, prescan a byte stream)."""


@dataclass(frozen=True, slots=True)
class Charset:
    """An encoding by its name in the standard. ``pinned``: header or byte order mark decided, so nothing in the page can change it."""

    name: str
    pinned: bool

    @property
    def is_ascii_compatible(self) -> bool:
        """Whether each ASCII byte is that ASCII letter."""
        return self.name not in UTF_16 and self.name != ISO_2022_JP

    def decode(self, page: bytes) -> DecodedPage:
        """The page as text that can be encoded again without a difference, where that is possible."""
        if self.name == "utf-8":
            return DecodedPage(page.decode("utf-8", "surrogateescape"), "utf-8", "surrogateescape")
        if self.is_ascii_compatible:
            return DecodedPage(page.decode("latin-1"), "latin-1", "strict")
        codec, errors = {"utf-16be": ("utf-16-be", "surrogatepass"), "utf-16le": ("utf-16-le", "surrogatepass")}.get(
            self.name, ("iso2022_jp", "strict")
        )
        try:
            html = page.decode(codec, errors)
            if html.encode(codec, errors) == page:
                return DecodedPage(html, codec, errors)
        except UnicodeError:
            pass
        return DecodedPage(page.decode(codec, "replace").removeprefix("\ufeff"), "", "")

    def decode_as_browser(self, page: bytes) -> str:
        """The page with the letters a browser shows; bytes that are none become replacement characters."""
        known = webencodings.lookup(self.name)
        return str(known.codec_info.decode(page, "replace")[0]) if known else ""


@dataclass(frozen=True, slots=True)
class DecodedPage:
    """A page as text, and the Python codec that encodes it again; without one it cannot be, and goes out in UTF-8."""

    html: str
    codec: str
    errors: str

    def encode(self, html: str) -> bytes:
        """Text in the page's encoding."""
        return html.encode(self.codec, self.errors) if self.codec else html.encode("utf-8", "replace")


def charset_of(content_type: str, page: bytes) -> Charset:
    """The encoding in which a browser reads a page, by its header and its bytes; UTF-8 where neither says."""
    from_mark = next((name for mark, name in BYTE_ORDER_MARKS if page.startswith(mark)), "")
    declared = from_mark or _known(_parameter(content_type))
    if declared:
        return Charset(declared, pinned=True)
    # A declaration inside a comment counts as well: what is not certain is declared in the response.
    names = _declared(page)
    if ISO_2022_JP in names:
        return Charset(ISO_2022_JP, pinned=False)
    # A page that can be read up to here holds ASCII, so it is not in UTF-16 (WHATWG HTML, prescan a byte stream).
    named = next(filter(None, names), "utf-8")
    return Charset("utf-8" if named in UTF_16 else named, pinned=False)


def _declared(page: bytes) -> list[str]:
    """The encodings that a page names, in its order; empty names for unknown ones."""
    return [_known((found[1] or found[2]).decode("ascii")) for found in DECLARATION.finditer(page)]


def with_undeclared(charset: Charset, page: bytes) -> Charset:
    """The same; windows-1252, as browsers take it in western languages, for a page that declares nothing and is not in UTF-8."""
    if charset.pinned or DECLARATION.search(page) or is_utf8(page):
        return charset
    return Charset("windows-1252", pinned=False)


def declares_utf8(charset: Charset, page: bytes, *, whole: bool = True) -> bool:
    """Whether a page says itself, where browsers look for it, that it is in UTF-8, and is: then the response may say so, too.

    A page that is not ``whole`` may end within a character. One that says different things, as in a comment, is not certain."""
    if charset.pinned or charset.name != "utf-8":
        return False
    return set(_declared(page[:PRESCANNED])) == {"utf-8"} and is_utf8(page, whole=whole)


def may_be_iso_2022_jp(charset: Charset, page: bytes) -> bool:
    """Whether a browser could take a page for one in ISO-2022-JP although nothing declares it."""
    return not charset.pinned and ESCAPE in page


def is_utf8(page: bytes, *, whole: bool = True) -> bool:
    """Whether the bytes are valid UTF-8; what is not ``whole`` may end within a character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(page, final=whole)
    except UnicodeDecodeError:
        return False
    return True


def _parameter(content_type: str) -> str:
    message = Message()
    message["content-type"] = content_type
    declared = message.get_param("charset", "")
    return declared if isinstance(declared, str) else ""


def _known(label: str) -> str:
    """The name for a label; empty for one that browsers do not know."""
    found = webencodings.lookup(label) if label.isascii() else None
    return {"x-user-defined": "windows-1252"}.get(found.name, str(found.name)) if found else ""
