"""Decoding a page's bytes to text, and back to the same bytes."""

from __future__ import annotations

from dataclasses import dataclass

from turbohtml import parse


@dataclass(frozen=True, slots=True)
class PageText:
    """A page as text. ``codec`` is the Python codec of its bytes; undecodable bytes are lone surrogates.

    ``references`` says that our own text has to be written as character references, because the page does not declare UTF-8.
    """

    html: str
    codec: str
    references: bool

    def encode(self, html: str) -> bytes:
        """The changed page ``html`` in this page's encoding."""
        return html.encode(self.codec, "surrogateescape")


def decode_page(raw: bytes) -> PageText:
    """Decode a page that comes without headers: by its byte-order mark, its ``meta`` element, or its content, as browsers do
    (WHATWG HTML 13.2.3.2). ``decode_page(raw).encode(html)`` gives ``raw`` back for the same text.

    Raises `UnicodeError`, with the fix, where the bytes claim to be UTF-16 and are not.
    """
    name = str(parse(raw, positions=False).encoding or "windows-1252").lower()
    text = _read(raw, name)
    if text is not None:
        return text
    if name.startswith("utf-16"):
        raise UnicodeError("The file begins like UTF-16 and is not. Save it as UTF-8.")
    # An unknown encoding, or one with several byte sequences for a character: byte by byte, which works for all that extend ASCII.
    return PageText(raw.decode("latin-1"), "latin-1", references=True)


def _read(raw: bytes, codec: str) -> PageText | None:
    try:
        text = PageText(raw.decode(codec, "surrogateescape"), codec, references=not codec.startswith("utf"))
        return text if text.encode(text.html) == raw else None
    except (LookupError, UnicodeError):
        return None
