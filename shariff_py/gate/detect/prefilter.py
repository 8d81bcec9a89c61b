"""What a page's text tells before it is read element by element: that nothing in it is of a platform, or in which tags something may be.

Most pages hold nothing, and the others hold it in a few tags; reading each of them element by element would be wasted. Every address of
a platform ends in one of its domains, and its markup begins in one of a few ways. So either these stand in the text, perhaps
broken up by characters that address and style parsers pass over, or they are written in one of the ways that stand for other characters.
In doubt the answer is that the text tells nothing, and every element is read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from shariff_py.gate.browser_rules.foreign_content import certain_until
from shariff_py.gate.browser_rules.loading_attributes import LOOK_UPS
from shariff_py.gate.detect.widget_markup import STEMS
from shariff_py.platforms.registry import REGISTRY

DOMAINS = tuple(sorted({host.encode() for platform in REGISTRY.values() for host in platform.hosts}))
PASSED_OVER = b"\t\n\r\\"
"""Dropped from addresses (white space, WHATWG URL) or from styles (a backslash before a letter, CSS Syntax 3)."""

_GAP = r"[\t\n\r\\]*"
_ENDINGS = sorted({domain.rpartition(b".")[2].decode() for domain in DOMAINS})
DOMAIN_END = re.compile(rf"\.{_GAP}(?:{'|'.join(_GAP.join(ending) for ending in _ENDINGS)})".encode())
LONGEST = 4 * max(map(len, DOMAINS), default=0)
"""Bytes before a domain's end that are looked at. A name broken up more than that is taken for one."""

_SHORT = sorted({start[:-1] for start in STEMS if start[-1] in "-:"})
_BEGINNINGS = [f"{re.escape(start)}[-:]" for start in _SHORT]
_NAMES = [start for start in STEMS if start[-1] not in "-:"]
BEGINNINGS = tuple(re.compile(start.encode()) for start in _BEGINNINGS)
NAMES = tuple(name.encode() for name in _NAMES)
"""How a platform's own markup begins where it needs no address. One after the other is many times quicker than all at once."""

HINT = re.compile(
    "|".join([rf"\.\s*[{''.join(sorted({ending[0] for ending in _ENDINGS}))}]", *_BEGINNINGS, *map(re.escape, _NAMES)]),
    re.IGNORECASE,
)
"""What a text needs to hold any of it; quicker to see in the many that do not."""

PLAIN_REFERENCES = (
    "amp|nbsp|lt|gt|quot|ndash|mdash|apos|hellip|copy|reg|euro|sect|deg|middot|bull|laquo|raquo|bdquo|[lr][sd]quo|sbquo|times"
    "|[AOUaou]uml|szlig|[aeiouAEIOU](?:acute|grave|circ)|ccedil|[nao]tilde"
)
REFERENCE = re.compile(f"&(?!(?:{PLAIN_REFERENCES});)[#A-Za-z]".encode())
"""A character reference that could stand for a letter or a dot. The usual ones cannot."""

PERCENT = re.compile(rb"%(?:[4-7][0-9A-Fa-f]|2[DdEe]|[A-Fa-f89])")
"""Percent-encoding of letters, dots and everything beyond ASCII."""

CSS_ESCAPE = re.compile(rb"\\[0-9A-Fa-f]")

HARMLESS = (
    rb"(?:image/(?:gif|png|jpe?g|webp|avif|x-icon|vnd\.microsoft\.icon)|font/[\w-]+|application/font[\w-]*)(?![\w.+/-])"
)
"""Types of ``data:`` addresses of which nothing is loaded further."""
WRITTEN_IN = re.compile(rb":(?:(?<=javascript:)|(?<=(data):)(?!\s*" + HARMLESS + rb")\s*(?:[\w.+-]+/|[,;]))")
"""An address in which a script or a document is written. It begins with the rarest letter, and so is found quickest."""
BASE64 = re.compile(rb"64\s*,")
"""The end of a ``data:`` address's head before a body into which no search of the text can look (RFC 2397)."""
WRITTEN_TWICE = re.compile(rb"&(?:amp;)?(?:[#%]|[a-z][a-z0-9]*%)|&amp;[a-z][a-z0-9]*;|%(?:2[56]|[01])|\x1b")
"""What stands for other characters only when it is read twice: a reference to a reference, one that is encoded in part, an encoded ``%`` or
``&``, and encoded controls, which addresses drop or by which a document changes its letters (ISO-2022-JP)."""

TEXT_IN_PIECES = re.compile(rb"<(style|script)[^<>]*(?:<|>[^<]*<(?!/\1))")
"""A style or a script in which something stands that ends no text inside a picture (WHATWG HTML 13.2.6.5): it breaks up words."""
CDATA = b"<![cdata["

TAGS = re.compile(rb"<(/>|s(?:cript|tyle)|t(?:itle|extarea)|no(?:embed|frames|script)|xmp|iframe|meta|!\[cdata\[)")
"""Tags that change how what stands behind them, or elsewhere in the page, is read."""
SPECULATION, LOOK_UP = b"speculationrules", LOOK_UPS.encode()
"""By these, in a script's tag and in a ``meta`` element, a page has its browser ask about addresses that nobody has followed."""

ASCII = bytes(range(128))
ODD_LATIN = tuple(letter.encode("latin-1") for letter in "\xaa\xad\xb2\xb3\xb9\xba\xbc\xbd\xbe")
"""Characters of Latin-1 that host names turn into other letters, or into nothing (UTS 46)."""
USUAL = re.compile(
    "[\xa0-\xa9\xab\xac\xae-\xb1\xb4-\xb8\xbb\xbf-\u00ff\u0152\u0153\u0160\u0161\u017d\u017e\u2013\u2014\u2018-\u201e\u2022\u2026"
    "\u2039\u203a\u20ac]*"
)
"""The letters and marks of western European pages that they do not."""

START = re.compile(
    rb"<([a-z][a-z0-9:-]*)(?:\s+[a-z][a-z0-9:-]*(?:=(?:\"[^\"<>]*\"|'[^'<>]*'))?)*\s+([a-z][a-z0-9:-]*)=(?:\"[^\"<>]*|'[^'<>]*)"
)
"""A start tag up to a place inside one of its attributes, in lower case and written in the usual way."""
FURTHEST = 4_000
"""Bytes of a tag that are read back."""

FINISHED = re.compile(rb"<[^<>\"']*(?:(?:\"[^\"<>]*\"|'[^'<>]*')[^<>\"']*)*>[^<>\"']*")
"""A tag with its end, as far as can be told from it alone, and the text behind it."""

ADDRESS = re.compile(rb"href=.(?:https?:)?//[^<>\s]*")
TEXT = re.compile(rb"[^<>\"'=]*")


class Place(NamedTuple):
    """A start tag in whose attribute something of a platform may stand: its name, the attribute's, and the words that tell."""

    tag: str
    attribute: str
    words: str


class Places(NamedTuple):
    """Where a platform's words occur: how often in which start tags, how often ``elsewhere``, and from where to where those stand that
    want a look.

    ``marked`` are those that want a look; ordinary links stand in ``counted`` alone. ``noscript`` says whether there is any,
    ``odd_tags`` whether there is an end tag without a name, or a text element that could have a slash at the end of its start tag.
    """

    marked: frozenset[Place]
    counted: Counter[Place]
    elsewhere: int
    start: int
    end: int
    noscript: bool
    odd_tags: bool

    @property
    def any(self) -> bool:
        """Whether anything wants a look."""
        return bool(self.marked) or self.elsewhere > 0

    @property
    def named(self) -> bool:
        """Whether a platform is named at all, if only in an ordinary link."""
        return bool(self.counted) or self.elsewhere > 0


MOST = 50
"""Different places for which reading a few elements is quicker than reading all."""


def clean(html: str) -> bool:
    """Whether nothing in the page can be of a platform, apart from ordinary links in their usual spelling."""
    found = places(html)
    return found is not None and not found.any


def places(html: str) -> Places | None:
    """Where something of a platform may stand; ``None`` where the text could hide something."""
    page, encoding = _bytes(html)
    if _ends_open(page) or _may_hide(html, page, encoding):
        return None
    page = page.lower()
    tags = _Tags(page)
    if tags.looks_up or _is_written_twice(page, srcdoc=tags.srcdoc) or (tags.in_pieces and _breaks_words(page)):
        return None
    marked: set[Place] = set()
    counted: Counter[Place] = Counter()
    first, last, elsewhere = len(page), 0, 0
    for start, end in _occurrences(page):
        if start == end:
            return None
        place = _place(page, start, end)
        if place is not None:
            counted[place] += 1
            if (
                place.tag == "a"
                and place.attribute == "href"
                and _is_ordinary_link(page, start)
                and not tags.in_code(start)
            ):
                continue
            marked.add(place)
        else:
            elsewhere += 1
        first, last = min(first, start), max(last, end)
    if len(marked) > MOST or (tags.speculates and (counted or elsewhere)):
        return None
    if encoding != "latin-1":
        # A place among bytes is none among letters.
        first, last = 0, len(html)
    return Places(frozenset(marked), counted, elsewhere, first, last, tags.noscript, tags.odd)


def occurrences(text: str) -> int:
    """How many of a platform's words stand in a text of a page that hides nothing."""
    return sum(1 for _ in _occurrences(_bytes(text)[0].lower())) if HINT.search(text) else 0


def _bytes(html: str) -> tuple[bytes, str]:
    """The page as bytes in which ASCII stands for itself: searching those is quicker, and Latin-1 is quickest to make."""
    try:
        return html.encode("latin-1"), "latin-1"
    except UnicodeEncodeError:
        return html.encode("utf-8", "surrogatepass"), "utf-8"


def _ends_open(page: bytes) -> bool:
    """Whether the page ends inside a tag."""
    last = page.rfind(b"<")
    return last >= 0 and FINISHED.fullmatch(page, last) is None


def _may_hide(html: str, page: bytes, encoding: str) -> bool:
    """Whether the text is written in a way that could stand for other characters."""
    if REFERENCE.search(page) or _begins(PERCENT, b"%", page) or _begins(CSS_ESCAPE, b"\\", page):
        return True
    if html.isascii():
        return False
    if encoding == "latin-1":
        return any(letter in page for letter in ODD_LATIN)
    return USUAL.fullmatch(page.translate(None, ASCII).decode(encoding, "surrogatepass")) is None


def _begins(pattern: re.Pattern[bytes], letter: bytes, page: bytes) -> bool:
    """Whether a pattern that begins with a rare letter occurs: looking for the letter alone is many times quicker."""
    place = page.find(letter)
    while place >= 0:
        if pattern.match(page, place):
            return True
        place = page.find(letter, place + 1)
    return False


class _Tags:
    """What a page's tags say about how it is read.

    ``in_pieces``: a style or a script holds something that breaks words up where it stands in a picture.
    """

    def __init__(self, page: bytes) -> None:
        self.noscript = self.srcdoc = self.in_pieces = self.odd = False
        self.looks_up = self.speculates = False
        self._code: list[int] = []
        done = 0
        for found in TAGS.finditer(page):
            name, start = found[1], found.start()
            if name == CDATA[1:]:
                self.in_pieces = True
                continue
            if name == b"/>":
                self.odd = True
                continue
            end = page.find(b">", start)
            tag = page[start:end]
            self.odd |= tag.endswith(b"/") or tag.count(b'"') % 2 == 1 or tag.count(b"'") % 2 == 1
            self.noscript |= name == b"noscript"
            self.srcdoc |= b"srcdoc" in tag
            self.looks_up |= LOOK_UP in tag
            self.speculates |= SPECULATION in tag
            if name in {b"script", b"style"} and start >= done:
                done = page.find(b"</" + name, end)
                self.in_pieces |= page.find(b"<", end) != done
                if done < 0 or page.find(b"<!--", end, done) >= 0:
                    # It is not certain where it ends.
                    done = len(page)
                self._code += [start, done]

    def in_code(self, place: int) -> bool:
        """Whether it stands inside a script or a style, where what looks like a link is none."""
        return bisect_right(self._code, place) % 2 == 1


def _is_written_twice(page: bytes, *, srcdoc: bool) -> bool:
    """Whether the page holds a document of its own, in an address or an attribute, in which more could stand than its letters show."""
    whole = page
    for letter in PASSED_OVER:
        whole = whole.replace(bytes([letter]), b"")
    written = [found[1] for found in WRITTEN_IN.finditer(whole)]
    if any(written) and BASE64.search(whole):
        return True
    return (srcdoc or bool(written)) and WRITTEN_TWICE.search(whole) is not None


def _breaks_words(page: bytes) -> bool:
    """Whether a picture could hold a style or a script in pieces."""
    doubtful = certain_until(page)
    return TEXT_IN_PIECES.search(page, doubtful) is not None or page.find(CDATA, doubtful) >= 0


def _occurrences(page: bytes) -> Iterator[tuple[int, int]]:
    """Where a platform's words stand in a text in lower case, from and to; nothing between where they are broken up."""
    for found in DOMAIN_END.finditer(page):
        name = page[max(0, found.start() - LONGEST) : found.end()]
        whole = name.translate(None, PASSED_OVER)
        domain = next((domain for domain in DOMAINS if whole.endswith(domain)), b"")
        if domain and name.endswith(domain):
            yield found.end() - len(domain), found.end()
        elif domain or len(whole) * 4 < len(name):
            yield found.end(), found.end()
    for beginning in BEGINNINGS:
        yield from (found.span() for found in beginning.finditer(page))
    for name in NAMES:
        start = page.find(name)
        while start >= 0:
            yield start, start + len(name)
            start = page.find(name, start + 1)


def _place(page: bytes, start: int, end: int) -> Place | None:
    opened = page.rfind(b"<", max(0, start - FURTHEST), start)
    tag = START.fullmatch(page, opened, start) if opened >= 0 else None
    return Place(tag[1].decode(), tag[2].decode(), page[start:end].decode()) if tag else None


def _is_ordinary_link(page: bytes, start: int) -> bool:
    """Whether the tag around a place, told to be a link, is one whatever stands before it."""
    opened = page.rfind(b"<", 0, start)
    href = page.rfind(b"href=", opened, start)
    if ADDRESS.fullmatch(page, href, start) is None:
        return False
    # The bracket before must have ended a tag: only text without quotes and equals signs may stand between.
    before = page.rfind(b">", 0, opened)
    return before >= 0 and TEXT.fullmatch(page, before + 1, opened) is not None
