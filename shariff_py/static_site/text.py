"""A page's bytes as text, and back as the very same bytes."""

from __future__ import annotations

from dataclasses import dataclass

from turbohtml import parse


@dataclass(frozen=True, slots=True)
class Text:
    """A page as text. ``codec`` is what its bytes are read with; what is no letter in it stands as a lone surrogate.

    ``references`` says that letters of our own have to be written as character references: the page does not show itself to be UTF-8.
    """

    html: str
    codec: str
    references: bool

    def encoded(self, html: str) -> bytes:
        """A changed page in the bytes of this one."""
        return html.encode(self.codec, "surrogateescape")


def decoded(raw: bytes) -> Text:
    """The text of a page that comes without headers: by its byte-order mark, its ``meta`` element, or the look of it, as browsers do
    (WHATWG HTML 13.2.3.2). ``decoded(raw).encoded(html)`` gives ``raw`` back for the same text.

    Raises `UnicodeError`, with the cure, where bytes are neither the sixteen-bit letters they claim to be nor anything else.
    """
    name = str(parse(raw, positions=False).encoding or "windows-1252").lower()
    text = _read(raw, name)
    if text is not None:
        return text
    if name.startswith("utf-16"):
        raise UnicodeError("The file begins like UTF-16 and is not. Save it as UTF-8.")
    # A character set nobody knows, or one with several ways to write a letter: byte by byte, which holds for all that extend ASCII.
    return Text(raw.decode("latin-1"), "latin-1", references=True)


def _read(raw: bytes, codec: str) -> Text | None:
    try:
        text = Text(raw.decode(codec, "surrogateescape"), codec, references=not codec.startswith("utf"))
        return text if text.encoded(text.html) == raw else None
    except (LookupError, UnicodeError):
        return None
