"""The ways in which parsers read the same page.

What a tag means can depend on its place in the tree, and for some places parsers differ: inside ``frameset`` and, for parsers before 2025,
inside ``select`` most tags are ignored. For visitors without script ``noscript`` is markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from turbohtml import TokenType, tokenize

from shariff_py.gate.browser_rules.element_content import RAW_TEXT_ELEMENTS
from shariff_py.gate.browser_rules.foreign_content import TAG_REST, unambiguous_until

TEXT_ELEMENTS = "|".join(sorted(RAW_TEXT_ELEMENTS | {"script"}))
TEXT_START = re.compile(rf"<({TEXT_ELEMENTS})(?![a-z0-9-])", re.IGNORECASE)

TEXT_TAG = re.compile(rf"<(?:{'|'.join(sorted(RAW_TEXT_ELEMENTS - {'noscript'}))})(?![a-z0-9-])", re.IGNORECASE)
"""Where such a tag begins. What is blanked is no more than that: in an attribute, the next quote is the attribute's."""

SELECT_CLOSERS = frozenset({"select", "input", "keygen", "textarea"})
SELECT_CLOSERS_IN_TABLES = frozenset({"caption", "table", "tbody", "tfoot", "thead", "tr", "td", "th"})
"""Start tags that close a ``select`` for parsers before 2025, anywhere and inside tables (WHATWG HTML of 2024, 13.2.6.4.16 and 17)."""

SELECT_CONTENT = frozenset({"select", "option", "optgroup", "hr", "script", "template"})
"""Tags that such parsers heed inside ``select`` (and ``hr``, which they do since 2023)."""

SELECT = re.compile(
    rf"<select(?![a-z0-9-])(?!{TAG_REST}(?:[^<]|</?opt(?:ion|group)(?![a-z0-9-]){TAG_REST})*+</select\s*+>)",
    re.IGNORECASE,
)
"""A ``select`` that holds more than options: all parsers read the others alike."""
FRAMESET = re.compile(r"<frameset(?![a-z0-9-])", re.IGNORECASE)
NOSCRIPT = re.compile(r"<noscript(?![a-z0-9-])", re.IGNORECASE)
BREAKOUT_END_TAG = re.compile(r"</(?:p|br)(?:[\s/][^<>]*)?>", re.IGNORECASE)
"""End tags that end foreign content since 2021."""

MAX_IGNORED_TAGS = 20


class Reading(NamedTuple):
    """A page as one parser reads it, whether with script, and the same page at an earlier stage read in the same way."""

    html: str
    scripting: bool
    before: str = ""


def readings(html: str, before: str = "") -> Iterator[Reading]:
    """The page in each of these ways. All have the page's length, so positions hold in each of them."""
    known = set()
    for way in _ways(html, before):
        variant, before_it = way(html), way(before)
        if (variant, before_it) in known:
            continue
        known.add((variant, before_it))
        yield Reading(variant, False, before_it)
        if NOSCRIPT.search(variant) or NOSCRIPT.search(before_it):
            yield Reading(variant, True, before_it)


def _ways(html: str, before: str) -> Iterator[Callable[[str], str]]:
    yield str
    select, breakout = SELECT.search(html), BREAKOUT_END_TAG.search(html)
    ambiguous = bool(select or breakout) and unambiguous_until(html) < len(html)
    if select:
        for closing in (SELECT_CLOSERS, SELECT_CLOSERS | SELECT_CLOSERS_IN_TABLES):
            yield partial(_without_text_elements_in_select, closing=closing)
            yield partial(_without_ignored_tags_in_select, closing=closing)
        if ambiguous:
            yield _without_text_elements
    if breakout and ambiguous:
        yield _without_breakout_end_tags
    if FRAMESET.search(html) or FRAMESET.search(before):
        # Whether a frameset counts depends on everything before it, which is not known for a piece of a page.
        yield _from_frameset
        yield partial(_blanked, FRAMESET)


def _without_breakout_end_tags(html: str) -> str:
    pieces = []
    position = 0
    for token in tokenize(html, resolve_references=False, capture_source=True):
        text = token.source if token.source is not None else token.data or ""
        position += len(text)
        # In an attribute it is text.
        pieces.append(text if token.type is TokenType.START_TAG else _blanked(BREAKOUT_END_TAG, text))
    return "".join([*pieces, html[position:]])


def _from_frameset(html: str) -> str:
    found = FRAMESET.search(html)
    return " " * found.start() + html[found.start() :] if found else html


def _without_text_elements(html: str) -> str:
    """The page behind the first foreign content with tags such as ``style`` in it, which a row of tokens alone cannot tell from others: none
    of them begins text. What both parsers of ``select`` and those of foreign content read differently is markup in it."""
    place = unambiguous_until(html)
    return html[:place] + _blanked(TEXT_TAG, html[place:])


def _without_ignored_tags_in_select(html: str, closing: frozenset[str]) -> str:
    """The page for a parser that ignores most tags inside ``select``."""
    pieces = []
    position = 0
    inside = False
    for token in tokenize(
        _without_text_elements_in_select(html, closing), resolve_references=False, capture_source=True
    ):
        text = token.source if token.source is not None else token.data or ""
        position += len(text)
        if token.type is TokenType.START_TAG:
            inside = token.tag not in closing if inside else token.tag == "select"
            ignored = inside and token.tag not in SELECT_CONTENT
        elif token.type is TokenType.END_TAG:
            inside = inside and token.tag != "select"
            ignored = inside and token.tag not in SELECT_CONTENT
        else:
            ignored = False
        pieces.append(" " * len(text) if ignored else text)
    return "".join([*pieces, html[position:]])


def _without_text_elements_in_select(html: str, closing: frozenset[str]) -> str:
    """The page for a parser that ignores tags such as ``style`` inside ``select``: what was their text is markup."""
    for _ in range(MAX_IGNORED_TAGS):
        found = _first_text_element_in_select(html, closing)
        if found is None:
            return html
        start, end = found
        html = f"{html[:start]}{' ' * (end - start)}{html[end:]}"
    return _blanked(TEXT_START, html)


def _first_text_element_in_select(html: str, closing: frozenset[str]) -> tuple[int, int] | None:
    position = 0
    inside = False
    for token in tokenize(html, resolve_references=False, capture_source=True):
        text = token.source if token.source is not None else token.data or ""
        start, position = position, position + len(text)
        if token.type is TokenType.START_TAG:
            if inside and token.tag in RAW_TEXT_ELEMENTS - closing:
                return start, position
            inside = token.tag not in closing if inside else token.tag == "select"
        elif token.type is TokenType.END_TAG and token.tag == "select":
            inside = False
    return None


def _blanked(pattern: re.Pattern[str], html: str) -> str:
    return pattern.sub(lambda found: " " * len(found[0]), html)
