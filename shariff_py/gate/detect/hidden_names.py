"""A text as it reads once everything in it that represents other characters is resolved: a name that is not there in letters is there then.

Attribute values hold character references, CSS has escapes, hosts in URLs are percent-encoded, and host names map many characters to others
(UTS 46). Which of them apply where a text stands is not certain, so it is resolved in every combination.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence

from turbohtml import unescape

from shariff_py.caches import cached
from shariff_py.gate.browser_rules.lenient_urls import IDEOGRAPHIC_STOP
from shariff_py.gate.text_bytes import LATIN_1, count, mapped
from shariff_py.urls import parse

HARMLESS_REFERENCES = (
    "amp|nbsp|lt|gt|quot|ndash|mdash|apos|hellip|copy|reg|euro|sect|deg|middot|bull|laquo|raquo|bdquo|[lr][sd]quo|sbquo|times"
    "|[AOUaou]uml|szlig|[aeiouAEIOU](?:acute|grave|circ)|ccedil|[nao]tilde"
)
REFERENCE = re.compile(f"&(?!(?:{HARMLESS_REFERENCES});)[#A-Za-z]")
"""A character reference that could represent a letter or a dot. The common ones cannot."""
COMMON_REFERENCES = (b"&amp;", b"&nbsp;", b"&quot;", b"&lt;", b"&gt;", b"&ndash;", b"&copy;")
"""Those of the harmless ones that most pages have no others than: counting them takes less time than looking at each."""
ANY_REFERENCE = re.compile("&[#A-Za-z]")

PERCENT_ENCODING = re.compile("%(?:[4-7][0-9A-Fa-f]|3[0-9]|2[DdEe]|[A-Fa-f89])")
"""Percent-encoding of letters, digits, dots and everything beyond ASCII."""
PERCENT_ENCODED = re.compile("%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*+")
"""Several in a row, which together may be one character."""
ANY_PERCENT_ENCODING = re.compile("%[0-9A-Fa-f]{2}")

CSS_ESCAPE = re.compile(r"\\([0-9A-Fa-f]{1,6})(?:\r\n|[ \t\r\n\f])?")
"""A character as its number in CSS (CSS Syntax 3, 4.3.7)."""

ASCII = bytes(range(128))
REPLACEMENT = "\ufffd"

IN_NAMES = re.compile(r"(?:[a-z0-9-]|\.(?!\.))*+")
"""What a character may become and be part of a name. Ellipses become dots that follow each other, which no host name has."""
IN_ASCII_NAMES = re.compile("[a-z0-9.-]")
DROPPED = f"\u115f\u1160\u3164\uffa0\uff61{IDEOGRAPHIC_STOP}"
"""Letters that host names drop (Hangul fillers), and full stops that NFKC does not change into a dot."""

IN_WORDS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.:_-&#;%\\\t\n\f\r" + bytes(range(128, 256))
"""What names of hosts and widgets are made of, what parsers drop inside them, and what represents other characters."""
_BETWEEN = b"|"
_CUT = bytes(code if code in IN_WORDS else ord(_BETWEEN) for code in range(256))
_CUT_BUT_AT_SPACES = _CUT[: ord(" ")] + b" " + _CUT[ord(" ") + 1 :]

Signs = tuple[tuple[bytes, re.Pattern[bytes]], ...]
_OTHER_SIGNS: Signs = (b"%", re.compile(b"%[0-9A-Fa-f]{2}")), (b"\\", re.compile(rb"\\[0-9A-Fa-f]"))
SIGNS_ONCE: Signs = (b"&", re.compile(REFERENCE.pattern.encode())), *_OTHER_SIGNS
SIGNS: Signs = (b"&", re.compile(ANY_REFERENCE.pattern.encode())), *_OTHER_SIGNS
"""Where something begins that represents another character: in a text that is resolved once, and in one that is resolved repeatedly; each with
its first letter. Searching one after the other is many times faster than all at once, and for a rare letter alone faster still."""
RARE = 25
"""How often a letter, or a word to resolve, may occur in a text for looking at each place to be faster than at the whole text."""
WINDOW = 500
"""Bytes around a place in which the ends of its word are looked for first."""
BACKSLASH = re.compile(rb"&(?:#0*+92|#[xX]0*+5[cC]|bsol)")
"""A reference that represents a backslash."""

MAX_FORMS = 24
"""Forms of one text, resolved again and again, up to which it is looked at. Real pages have fewer than ten."""


def words_to_resolve(page: bytes, encoding: str, shown: Sequence[tuple[int, int]], *, repeatedly: bool) -> bytes:
    """The words of a text in which something represents another character, with a sign between them that is part of no name, and in place of
    what is ``shown``.

    Every name that the text's resolved forms have and the text has not is in the forms of one of these words: what is cut at stays as it is
    in every form, and is part of no name and of nothing that represents a character.
    """
    signs = SIGNS if repeatedly else SIGNS_ONCE if _has_other_references(page) else _OTHER_SIGNS
    places = [place for letter, sign in signs for place in _places(letter, sign, page)]
    # A space can be the end of an escape of CSS.
    escapes = repeatedly or b"\\" in page or any(BACKSLASH.match(page, place) for place in places)
    dropped = _changed_in_hosts(page, encoding)
    if dropped:
        places += [found.start() for found in re.finditer(b"|".join(map(re.escape, sorted(dropped))), page)]
    table = _CUT_BUT_AT_SPACES if escapes else _CUT
    cut = mapped(page, table) if len(places) > RARE else None
    words: list[bytes] = []
    spans = sorted(shown)
    done = 0
    for place in sorted(places):
        if place >= done:
            start, done = _word_around(place, done, cut, 0) if cut else _word_at(page, place, done, table)
            # A span is all of letters that words are made of, so it begins in the word that it ends in.
            inside = spans[bisect_left(spans, (start, 0)) : bisect_left(spans, (done, 0))]
            words.append(without(page[start:done], [(first - start, last - start) for first, last in inside]))
    return _BETWEEN.join(words)


def without(page: bytes, shown: Sequence[tuple[int, int]]) -> bytes:
    """A text with a sign for each of some spans that is none of a host, a reference or an encoding: nothing joins or breaks there."""
    pieces, done = [], 0
    for start, end in sorted(shown):
        pieces += [page[done:start], _BETWEEN]
        done = max(done, end)
    return b"".join([*pieces, page[done:]])


def _has_other_references(page: bytes) -> bool:
    """Whether a text may have other references than the common ones."""
    left = count(b"&", page)
    for reference in COMMON_REFERENCES:
        if not left:
            break
        left -= count(reference, page)
    return left > 0


def _places(letter: bytes, sign: re.Pattern[bytes], page: bytes) -> list[int]:
    """Where a sign is in a text."""
    found: list[int] = []
    place = page.find(letter)
    for _ in range(RARE):
        if place == -1:
            return found
        if sign.match(page, place):
            found.append(place)
        place = page.find(letter, place + 1)
    return found if place == -1 else [*found, *[sign.start() for sign in sign.finditer(page, place)]]


def _changed_in_hosts(page: bytes, encoding: str) -> list[bytes]:
    """The characters beyond ASCII of a text that names of hosts have as other ones."""
    if encoding == LATIN_1:
        return [letter for letter in CHANGED_IN_LATIN_1 if letter in page]
    beyond = set(page.translate(None, ASCII).decode(encoding, "surrogatepass"))
    return [letter.encode(encoding, "surrogatepass") for letter in beyond if _in_hosts(letter) != letter]


def _word_around(place: int, first: int, cut: bytes, offset: int) -> tuple[int, int]:
    """From where to where a word extends in a part of a text that is cut into words; ``offset`` is where the part begins in the text."""
    start = cut.rfind(_BETWEEN, first - offset, place - offset)
    end = cut.find(_BETWEEN, place - offset)
    return (offset + start + 1 if start != -1 else first), (offset + end if end != -1 else offset + len(cut))


def _word_at(page: bytes, place: int, first: int, table: bytes) -> tuple[int, int]:
    """The same in a text that is cut around a place only, as far as the word extends; not before ``first``."""
    width = WINDOW
    while True:
        low, high = max(first, place - width), min(len(page), place + width)
        start, end = _word_around(place, low, mapped(page[low:high], table), low)
        if (start > low or low == first) and (end < high or high == len(page)):
            return start, end
        width *= 4


def resolved_forms(text: str) -> list[str]:
    """Every other text that this one may stand for; empty if it can only be read as it is."""
    return _resolved(text, REFERENCE, PERCENT_ENCODING)


def repeatedly_resolved_forms(text: str) -> list[str] | None:
    """The same for a text with documents in URLs and attributes, where everything may be encoded several times over; ``None`` where there is
    no end to that.
    """
    forms = {text: None}
    pending = [text]
    while pending:
        found = _resolved(pending.pop(), ANY_REFERENCE, ANY_PERCENT_ENCODING)
        new = [form for form in found if form not in forms]
        forms.update(dict.fromkeys(new))
        pending += new
        if len(forms) > MAX_FORMS:
            return None
    return list(forms)[1:]


def as_in_hosts(text: str) -> str:
    """A text with every character beyond ASCII replaced that host names map to letters, to a dot or to nothing."""
    if text.isascii():
        return text
    beyond = text.encode("utf-8", "surrogatepass").translate(None, ASCII).decode("utf-8", "surrogatepass")
    for character in set(beyond):
        in_hosts = _in_hosts(character)
        if in_hosts != character:
            text = text.replace(character, in_hosts)
    return text


def _resolved(text: str, reference: re.Pattern[str], percent_encoding: re.Pattern[str]) -> list[str]:
    forms = [text]
    if "&" in text and reference.search(text):
        forms.append(unescape(text))
    forms += [CSS_ESCAPE.sub(_character, form) for form in forms if "\\" in form]
    forms += [PERCENT_ENCODED.sub(_decoded, form) for form in forms if "%" in form and percent_encoding.search(form)]
    return [form for form in dict.fromkeys(map(as_in_hosts, forms)) if form != text]


@cached("gate.detect.hidden_names._in_hosts")
def _in_hosts(character: str) -> str:
    """What a character beyond ASCII is in a host name; the character itself where that is nothing a name is made of."""
    plain = unicodedata.normalize("NFKC", character).casefold()
    category = unicodedata.category(character)
    if character not in DROPPED and category[0] in "LNPS" and (plain == character or not IN_ASCII_NAMES.search(plain)):
        return character
    parts = parse(f"https://a{character}b.example/")
    if parts is not None:
        found = character if "xn--" in parts.host else parts.host[1 : -len("b.example")]
    else:
        # Where the standard refuses the host, a browser's own reading counts (`shariff_py.gate.browser_rules.lenient_urls`).
        found = "" if category == "Cf" else plain.replace(IDEOGRAPHIC_STOP, ".")
    return found if IN_NAMES.fullmatch(found) else character


CHANGED_IN_LATIN_1 = [bytes([code]) for code in range(128, 256) if _in_hosts(chr(code)) != chr(code)]
"""What `_changed_in_hosts` may find in Latin-1: superscripts, ordinals and the soft hyphen."""


def _character(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return chr(number) if 0 < number < 0x110000 else REPLACEMENT


def _decoded(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace")
