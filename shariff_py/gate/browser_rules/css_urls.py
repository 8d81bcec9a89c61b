"""URLs that CSS fetches, and the same CSS without those that are refused.

tinycss2 reads CSS as browsers do: escapes (``\\66 oo``), comments inside, unclosed blocks. What is not touched keeps its tokens.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import tinycss2

INVALID_URL = "about:invalid"
"""A URL that fetches nothing (CSS Values 4), in place of a refused one."""

URL_FUNCTIONS = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"})
"""Functions whose strings are URLs."""

VALUE_DESCRIPTORS = frozenset({"initial-value", "result"})
"""Descriptors that keep a value for use elsewhere, as custom properties do (CSS Properties and Values 1, CSS Functions and Mixins 1).
A string in them becomes a URL when one of `URL_FUNCTIONS` uses it (measured in Chromium 156)."""

REQUIRED_FOR_URL = ("(", "@", "--", "\\")
"""CSS without any of these fetches nothing: a function, an at-rule, a custom property that a function elsewhere uses, an escape in one."""

MAX_DIGITS = 300
"""Digits of a number that are read. Longer numbers are infinite to a browser, and Python refuses to read them."""
EXCESS_DIGITS = re.compile(rf"(?<=[0-9]{{{MAX_DIGITS}}})[0-9]++")

MAX_DEPTH = 100
"""Nested brackets up to which changed CSS is serialized. Real CSS has no deeper ones; such CSS is removed altogether."""


class _TokenList(NamedTuple):
    """Sibling tokens: whether strings among them are URLs, and how deeply they are nested."""

    tokens: list[Any]
    strings_are_urls: bool
    depth: int


def without_urls(css: str, is_refused: Callable[[str], bool]) -> str | None:
    """``css`` with every URL replaced that ``is_refused`` returns true for; ``None`` where there is none."""
    if not any(mark in css for mark in REQUIRED_FOR_URL):
        return None
    tokens = tinycss2.parse_component_value_list(EXCESS_DIGITS.sub("", css))
    pending = [_TokenList(tokens, strings_are_urls=False, depth=0)]
    found = False
    deepest = 0
    while pending:
        here = pending.pop()
        deepest = max(deepest, here.depth)
        found |= _replace_refused(here, is_refused, pending)
    if not found:
        return None
    return tinycss2.serialize(tokens) if deepest <= MAX_DEPTH else ""


def _replace_refused(here: _TokenList, is_refused: Callable[[str], bool], pending: list[_TokenList]) -> bool:
    """Replace the refused URLs among sibling tokens, in place; whether there were any. Nested tokens are added to ``pending``."""
    found = in_import = in_stored_value = False
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
            token.value = INVALID_URL
            token.representation = f"url({INVALID_URL})" if kind == "url" else f'"{INVALID_URL}"'
            found = True
        elif kind == "function":
            inside = strings_are_urls or token.lower_name in URL_FUNCTIONS
            pending.append(_TokenList(token.arguments, inside, here.depth + 1))
        elif kind in {"{} block", "[] block", "() block"}:
            pending.append(_TokenList(token.content, here.strings_are_urls or in_stored_value, here.depth + 1))
            if kind == "{} block" and not in_stored_value:
                in_import = False
                name = ""
    return found
