"""URLs that CSS fetches, and the same CSS without those that are refused.

tinycss2 reads CSS as browsers do: escapes (``\\66 oo``), comments inside, unclosed blocks. The CSS is never written anew: a refused URL's own
characters are exchanged, everything else stays letter for letter. An escape that were resolved could be markup where the CSS stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import tinycss2

INVALID_URL = "about:invalid"
"""A URL that fetches nothing (CSS Values 4), in place of a refused one. Its letters have no other meaning in CSS or in markup."""

URL_FUNCTIONS = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"})
"""Functions whose strings are URLs."""

VALUE_DESCRIPTORS = frozenset({"initial-value", "result"})
"""Descriptors that keep a value for use elsewhere, as custom properties do (CSS Properties and Values 1, CSS Functions and Mixins 1).
A string in them becomes a URL when one of `URL_FUNCTIONS` uses it (measured in Chromium 156)."""

REQUIRED_FOR_URL = ("(", "@", "--", "\\")
"""CSS without any of these fetches nothing: a function, an at-rule, a custom property that a function elsewhere uses, an escape in one."""

MAX_DIGITS = 300
"""Digits of a number that are read. Longer numbers are infinite to a browser, and Python refuses to read them."""

UNREAD = re.compile(rf"\r(?=\n)|(?<=[0-9]{{{MAX_DIGITS}}})[0-9]++")
"""What is left out before CSS is read: carriage returns, as tinycss2 does itself, and excess digits."""

_ESCAPE = r"\\(?:[0-9A-Fa-f]{1,6}[ \n\t]?|.|\Z)"
_INSIDE = {
    '"': re.compile(rf'(?:[^"\\]|{_ESCAPE})*+', re.DOTALL),
    "'": re.compile(rf"(?:[^'\\]|{_ESCAPE})*+", re.DOTALL),
    "(": re.compile(rf"(?:[^)\\]|{_ESCAPE})*+", re.DOTALL),
}
"""The characters of a string or a ``url()``, after the character that opens it (CSS Syntax 3)."""

Span = tuple[int, int]
"""From and to which character."""


class _TokenList(NamedTuple):
    """Sibling tokens, and whether strings among them are URLs."""

    tokens: list[Any]
    strings_are_urls: bool


def without_urls(css: str, is_refused: Callable[[str], bool]) -> str | None:
    """``css`` with every URL replaced that ``is_refused`` returns true for; ``None`` where there is none."""
    spans = refused_urls(css, is_refused)
    return with_invalid_urls(css, spans) if spans else None


def with_invalid_urls(css: str, spans: Sequence[Span]) -> str:
    """``css`` with `INVALID_URL` in place of these spans, which are in order and do not overlap."""
    pieces, done = [], 0
    for start, end in spans:
        pieces += [css[done:start], INVALID_URL]
        done = end
    return "".join([*pieces, css[done:]])


def refused_urls(css: str, is_refused: Callable[[str], bool]) -> list[Span]:
    """Where the URLs are that ``is_refused`` returns true for, without their quotes and brackets, in order."""
    if not any(mark in css for mark in REQUIRED_FOR_URL):
        return []
    pending = [_TokenList(tinycss2.parse_component_value_list(UNREAD.sub("", css)), strings_are_urls=False)]
    found: list[Any] = []
    while pending:
        found += _refused_tokens(pending.pop(), is_refused, pending)
    return _Positions(css).of(found) if found else []


def _refused_tokens(here: _TokenList, is_refused: Callable[[str], bool], pending: list[_TokenList]) -> list[Any]:
    """The refused URLs among sibling tokens. Nested tokens are added to ``pending``."""
    found = []
    in_import = in_stored_value = False
    name = ""
    for token in here.tokens:
        kind = token.type
        strings_are_urls = here.strings_are_urls or in_import or in_stored_value
        if kind == "at-keyword":
            # The at-keyword decides about the strings behind it.
            in_import = token.lower_value == "import"
        elif kind == "ident":
            name = name or token.lower_value
        elif kind == "literal":
            if token.value == ";":
                in_import = in_stored_value = False
                name = ""
            elif token.value == ":":
                in_stored_value = in_stored_value or name.startswith("--") or name in VALUE_DESCRIPTORS
        elif (kind == "url" or (kind == "string" and strings_are_urls)) and is_refused(token.value):
            found.append(token)
        elif kind == "function":
            pending.append(_TokenList(token.arguments, strings_are_urls or token.lower_name in URL_FUNCTIONS))
        elif kind in {"{} block", "[] block", "() block"}:
            pending.append(_TokenList(token.content, here.strings_are_urls or in_stored_value))
            if kind == "{} block" and not in_stored_value:
                in_import = False
                name = ""
    return found


class _Positions:
    """Where tokens are in CSS: tinycss2 counts lines and columns in what it reads, which is without `UNREAD`."""

    def __init__(self, css: str) -> None:
        self._read = UNREAD.sub("", css).replace("\r", "\n").replace("\f", "\n")
        self._lines = [0, *(newline.end() for newline in re.finditer("\n", self._read))]
        self._gaps: list[int] = []
        self._left_out = [0]
        for unread in UNREAD.finditer(css):
            self._gaps.append(unread.start() - self._left_out[-1])
            self._left_out.append(self._left_out[-1] + len(unread[0]))

    def of(self, tokens: Sequence[Any]) -> list[Span]:
        """The characters inside the quotes or brackets of strings and of ``url()``, in order."""
        return sorted(map(self._inside, tokens))

    def _inside(self, token: Any) -> Span:
        opened = self._lines[token.source_line - 1] + token.source_column - 1
        if token.type == "url":
            opened = self._read.index("(", opened)
        inside = _INSIDE[self._read[opened]].match(self._read, opened + 1)
        return self._in_source(opened) + 1, self._in_source(inside.end() if inside else opened + 1)

    def _in_source(self, position: int) -> int:
        return position + self._left_out[bisect_right(self._gaps, position)]
