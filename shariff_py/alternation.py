"""The pattern of any of many words, as a tree. An expression tries its alternatives one by one at each place of a text, so what words begin with
in common is there once. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby, takewhile
from types import MappingProxyType

_Word = tuple[str, str]
"""A word, or what is left of it, and the pattern of what has to follow it."""


def one_of(words: Iterable[str], between: str = "", then: Mapping[str, str] = MappingProxyType({})) -> str:
    """A pattern that matches where one of the words is, and nowhere if there are none. Every word has a letter.

    ``between`` is a pattern of what may stand between two letters of a word, ``then`` has those of what has to follow some of the words.
    """
    return _tree([(word, then.get(word, "")) for word in sorted(set(words))], between)


def _tree(words: list[_Word], between: str) -> str:
    branches = [_branch(list(alike), between) for _, alike in groupby(words, lambda word: word[0][0])]
    return f"(?:{'|'.join(branches)})" if branches else "(?!)"


def _branch(words: list[_Word], between: str) -> str:
    """The pattern of words that begin with the same letter."""
    # They are sorted, so what the first and the last have in common all have.
    pairs = zip(words[0][0], words[-1][0], strict=False)
    start = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    longer = [(word.removeprefix(start), then) for word, then in words if word != start]
    rests = [between + _tree(longer, between)] if longer else []
    rests += [then for word, then in words if word == start]
    rest = rests[0] if len(rests) == 1 else f"(?:{'|'.join(rests)})"
    return between.join(map(re.escape, start)) + rest
