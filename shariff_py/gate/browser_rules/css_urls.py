"""Style sheets: which addresses they fetch, and the same sheet without those that are refused.

tinycss2 reads CSS as browsers do: escapes (``\\66 acebook``), comments inside, unclosed blocks. What is not touched keeps its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import tinycss2

NOTHING = "about:invalid"
"""An address that is none (CSS Values 4), for what was refused."""

FETCHING = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"})
"""Functions whose strings are addresses."""

KEEPING = frozenset({"initial-value", "result"})
"""Descriptors that keep a value for other places, as custom properties do (CSS Properties and Values 1, CSS Functions and Mixins 1).
A string in them becomes an address when a fetching function asks for it (measured in Chromium 156)."""

MAY_FETCH = ("(", "@", "\\")
"""Without any of these a style fetches nothing."""

NUMBER = 300
"""Digits of a number that are read. All longer ones are as good as endless to a browser, and Python refuses to read them."""
ENDLESS = re.compile(rf"(?<=[0-9]{{{NUMBER}}})[0-9]++")

DEEPEST = 100
"""Brackets within brackets up to which a touched sheet is written anew. Deeper ones are written by nobody; such a sheet goes."""


class _List(NamedTuple):
    """Tokens in a row: whether strings among them are addresses, and how deep they stand."""

    tokens: list[Any]
    fetching: bool
    depth: int


def without(css: str, refused: Callable[[str], bool]) -> str | None:
    """``css`` with every address that ``refused`` says yes to replaced; ``None`` where there is none."""
    if not any(mark in css for mark in MAY_FETCH):
        return None
    tokens = tinycss2.parse_component_value_list(ENDLESS.sub("", css))
    pending = [_List(tokens, fetching=False, depth=0)]
    found = False
    deepest = 0
    while pending:
        here = pending.pop()
        deepest = max(deepest, here.depth)
        found |= _refuse(here, refused, pending)
    if not found:
        return None
    return tinycss2.serialize(tokens) if deepest <= DEEPEST else ""


def _refuse(here: _List, refused: Callable[[str], bool], pending: list[_List]) -> bool:
    """Whether anything in a row of tokens was refused. What stands in brackets among them is left for later."""
    found = importing = keeping = False
    name = ""
    for token in here.tokens:
        kind = token.type
        fetching = here.fetching or importing or keeping
        if kind == "at-keyword":
            # The at-keyword decides about the strings behind it.
            importing = token.lower_value == "import"
        elif kind == "ident":
            name = name or token.lower_value
        elif kind == "literal":
            if token.value == ";":
                importing = keeping = False
                name = ""
            elif token.value == ":":
                keeping = keeping or name.startswith("--") or name in KEEPING
        elif (kind == "url" or (kind == "string" and fetching)) and refused(token.value):
            token.value = NOTHING
            token.representation = f"url({NOTHING})" if kind == "url" else f'"{NOTHING}"'
            found = True
        elif kind == "function":
            pending.append(_List(token.arguments, fetching or token.lower_name in FETCHING, here.depth + 1))
        elif kind in {"{} block", "[] block", "() block"}:
            pending.append(_List(token.content, here.fetching or keeping, here.depth + 1))
            if kind == "{} block" and not keeping:
                importing = False
                name = ""
    return found
