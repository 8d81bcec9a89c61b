"""How much of it a page gets: bounds of a gate and of the texts in it, so that a few bytes of markup never become a long page.

Texts that a visitor has to be told are never cut: a gate that is too long by them goes without what is only offered beside them, and where
that is not enough it is text and an ordinary link. ``shariff-py doctor`` names both.
"""

from __future__ import annotations

from html import escape as escape_for_attribute

from markupsafe import escape

from shariff_py.platforms.recognition import Embed

MAX_GATES = 100
"""Gates of one page. Further content is text and an ordinary link."""

MAX_GATE_BYTES = 12_000
"""Bytes of one gate as it is written in the page, the pasted text in it aside."""

LONGEST_CONTENT = 300
"""Characters of an address and its frame parameters together. They are in a gate twice: as a link and as an embed token."""

TITLE_BYTES, LABEL_BYTES = 200, 80
"""Bytes of a title as it is shown, and as it is read out as the name of gate and frame; the text of a picture may be as long as the first."""

SHARED_CHARACTERS = 300
"""Characters of a page's title in a share bar, where each service has it anew."""


def exceeded(embed: Embed, nth: int) -> str:
    """Why the ``nth`` content of a page gets no gate, as the code of a finding: ``too_many_gates`` or ``too_long``; otherwise empty."""
    if nth > MAX_GATES:
        return "too_many_gates"
    options = sum(len(name) + len(value) for name, value in embed.options)
    return "too_long" if len(embed.address) + options > LONGEST_CONTENT else ""


def written_length(html: str, charset: str, nested: int) -> int:
    """The bytes of markup in a page: in a charset, ``nested`` times within the ``srcdoc`` of a frame (WHATWG HTML 13.3, escaping)."""
    written = html.encode(charset, "xmlcharrefreplace").decode(charset)
    for _ in range(nested):
        written = escape_for_attribute(written, quote=False).replace('"', "&quot;")
    return len(written.encode())


def shortened(text: str, most_bytes: int) -> str:
    """A text of at most so many bytes as it is written in HTML, cut behind a word and marked with an ellipsis."""
    if _written(text) <= most_bytes:
        return text
    kept = text[:most_bytes]
    while _written(kept) > most_bytes - 3:
        kept = kept[:-1]
    words = kept.rpartition(" ")[0] if " " in kept[len(kept) // 2 :] else kept
    return f"{words.rstrip()}…"


def _written(text: str) -> int:
    return len(str(escape(text)).encode("utf-8", "surrogatepass"))
