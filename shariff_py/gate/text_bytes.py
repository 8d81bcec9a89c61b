"""A text as bytes in which ASCII is itself: what names a platform is ASCII, and bytes are searched many times faster than characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import stringzilla

LATIN_1, UTF_8 = "latin-1", "utf-8"

_LOWER = bytes(range(256)).lower()
_START = re.compile(rb"\W\w\w")


class TextBytes(NamedTuple):
    """A text in its own case, the same with ASCII in lower case, and the encoding: Latin-1, which is the fastest to make, where it has all
    characters of the text, else UTF-8."""

    in_case: bytes
    lowered: bytes
    encoding: str

    def characters(self, place: int) -> int:
        """How many characters there are before a place among the bytes."""
        return place if self.encoding == LATIN_1 else len(self.in_case[:place].decode(UTF_8, "surrogatepass"))


def text_bytes(text: str) -> TextBytes:
    """The bytes of a text; lone surrogates are kept."""
    try:
        in_case, encoding = text.encode(LATIN_1), LATIN_1
    except UnicodeEncodeError:
        in_case, encoding = text.encode(UTF_8, "surrogatepass"), UTF_8
    return TextBytes(in_case, mapped(in_case, _LOWER), encoding)


def mapped(text: bytes, table: bytes) -> bytes:
    """A text with each byte replaced by what a table of 256 has for it."""
    replaced: bytes = stringzilla.translate(text, table)
    return replaced


def find(word: bytes, text: bytes, start: int = 0) -> int:
    """Where a word begins in a text, at ``start`` at the earliest; -1 where it does not."""
    place: int = stringzilla.find(text, word, start)
    return place


def count(word: bytes, text: bytes) -> int:
    """How often a word is in a text, none overlapping another."""
    found: int = stringzilla.count(text, word)
    return found


def alike(words: Iterable[bytes]) -> Mapping[bytes, tuple[bytes, ...]]:
    """Words by the sign and the two letters that they begin with: for `places_of`, which looks for those that begin alike together. A word that
    begins with a letter is alone: what words have in common with those of a language is everywhere in a text.
    """
    found: dict[bytes, tuple[bytes, ...]] = {}
    for word in words:
        start = _START.match(word)
        key = start[0] if start else word
        found[key] = (*found.get(key, ()), word)
    return {key if len(begun) > 1 else begun[0]: begun for key, begun in found.items()}


def places_of(words: Mapping[bytes, tuple[bytes, ...]], text: bytes) -> Iterator[tuple[int, bytes]]:
    """Everywhere that one of some words begins that are grouped by `alike`, and which."""
    for start, begun in words.items():
        for place in places(start, text):
            for word in begun:
                if text.startswith(word, place):
                    yield place, word


def places(word: bytes, text: bytes) -> Iterator[int]:
    """Everywhere that a word begins in a text, in order."""
    place: int = stringzilla.find(text, word)
    while place != -1:
        yield place
        place = stringzilla.find(text, word, place + 1)
