"""How a browser reads the bytes of a page: its character set, and whether that is certain.

A mark at the beginning beats the header, the header beats the markup (WHATWG Encoding, HTML 13.2.3). Labels are those of the standard:
``unicode`` is UTF-16, ``iso-8859-1`` is windows-1252.

Most sets leave ASCII as it is: there the page is read letter by letter as the bytes themselves, and what is outside an embed stays the
very same bytes. Two kinds do not. UTF-16 is read as such. In ISO-2022-JP escapes switch between sets and vanish when the page is read,
and one that nobody declared is found by Chromium all the same. A page that cannot be read and written back there without a difference
goes out in UTF-8, as it was read here, and its header says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message

import webencodings

MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16be"), (b"\xff\xfe", "utf-16le"))
WIDE = frozenset({"utf-16be", "utf-16le"})
SWITCHING = "iso-2022-jp"
ESCAPE = b"\x1b"

IN_MARKUP = re.compile(
    rb"<meta\b[^>]{0,1000}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{1,40})|<\?xml\s[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{1,40})",
    re.IGNORECASE,
)
"""Where a page says itself in which set it is written."""


@dataclass(frozen=True, slots=True)
class Charset:
    """The set a page is read in, by the name the standard has for it. ``pinned`` says that nothing in the page can change it."""

    name: str
    pinned: bool

    @property
    def plain(self) -> bool:
        """Whether ASCII stands for itself."""
        return self.name not in WIDE and self.name != SWITCHING

    def read(self, page: bytes) -> Read:
        """The page as text, in such a way that the text can be written back."""
        if self.name == "utf-8":
            return Read(page.decode("utf-8", "surrogateescape"), "utf-8", "surrogateescape")
        if self.plain:
            return Read(page.decode("latin-1"), "latin-1", "strict")
        codec, errors = {"utf-16be": ("utf-16-be", "surrogatepass"), "utf-16le": ("utf-16-le", "surrogatepass")}.get(
            self.name, ("iso2022_jp", "strict")
        )
        try:
            html = page.decode(codec, errors)
            if html.encode(codec, errors) == page:
                return Read(html, codec, errors)
        except UnicodeError:
            pass
        return Read(page.decode(codec, "replace").removeprefix("\ufeff"), "", "")

    def read_by_browser(self, page: bytes) -> str:
        """The page with the letters a browser sees, whatever becomes of bytes that are none."""
        known = webencodings.lookup(self.name)
        return str(known.codec_info.decode(page, "replace")[0]) if known else ""


@dataclass(frozen=True, slots=True)
class Read:
    """A page as text, and how it is written back; without a ``codec`` it cannot be, and goes out in UTF-8."""

    html: str
    codec: str
    errors: str

    def written(self, html: str) -> bytes:
        """Text as bytes of the page's set."""
        return html.encode(self.codec, self.errors) if self.codec else html.encode("utf-8", "replace")


def charset_of(content_type: str, page: bytes) -> Charset:
    """The set a browser reads a page in, told by its header and its bytes; UTF-8 where nothing tells."""
    marked = next((name for mark, name in MARKS if page.startswith(mark)), "")
    declared = marked or _known(_parameter(content_type))
    if declared:
        return Charset(declared, pinned=True)
    # A name in a comment is as good as any other here: what is uncertain is declared in the answer.
    names = [_known((found[1] or found[2]).decode("ascii")) for found in IN_MARKUP.finditer(page)]
    if SWITCHING in names:
        return Charset(SWITCHING, pinned=False)
    # A page that can be read up to here holds ASCII, so it is not in UTF-16 (WHATWG HTML, prescan a byte stream).
    named = next(filter(None, names), "utf-8")
    return Charset("utf-8" if named in WIDE else named, pinned=False)


def uncertain(charset: Charset, page: bytes) -> bool:
    """Whether a browser could take a page for one in `SWITCHING` without being told."""
    return not charset.pinned and ESCAPE in page


def is_utf8(page: bytes) -> bool:
    """Whether the bytes are letters of UTF-8 throughout."""
    try:
        page.decode()
    except UnicodeDecodeError:
        return False
    return True


def _parameter(content_type: str) -> str:
    message = Message()
    message["content-type"] = content_type
    declared = message.get_param("charset", "")
    return declared if isinstance(declared, str) else ""


def _known(label: str) -> str:
    """The name behind a label; empty for one that browsers do not know."""
    found = webencodings.lookup(label) if label.isascii() else None
    return {"x-user-defined": "windows-1252"}.get(found.name, str(found.name)) if found else ""
