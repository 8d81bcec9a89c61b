"""What a browser's whole parser sees in a page, and a pass over its tags does not.

What a tag means can depend on where in the tree it stands. Inside ``svg`` and ``math`` elements such as ``style`` or ``title`` hold
markup, not text, and ``<![CDATA[`` holds text, not a comment (WHATWG HTML 13.2.6.5). Inside ``frameset`` and, for parsers before 2025,
inside ``select`` tags that begin text elsewhere are passed over. And for visitors without script what ``noscript`` leaves open goes on
behind it. Where a page could hide something in such a difference, it is read by a whole parser in each of these ways. What only then
comes to light is written as text, which it is in every reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count

from turbohtml import Element as Node
from turbohtml import Text, TokenType, parse, tokenize

from shariff_py.gate.detect.widget_markup import RAW
from shariff_py.gate.findings import Finding, Gated, Outcome
from shariff_py.gate.rewrite.context import Page
from shariff_py.gate.rewrite.element_rules import Pass
from shariff_py.gate.rewrite.raw_text_elements import LOOKED_INTO, held
from shariff_py.gate.rewrite.replacements import Element

TEXTS = "|".join(sorted(RAW | {"script"}))
TAG_LIKE = re.compile(r"<[A-Za-z/!?]")
CDATA = "<![CDATA["
DIFFERENT = re.compile(r"<(?:svg|math|select|frameset)(?![a-z0-9-])", re.IGNORECASE)
"""Elements in which a tag may mean something else."""
TEXT_START = re.compile(rf"<({TEXTS})(?![a-z0-9-])", re.IGNORECASE)
TEXT_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in RAW | {"script"}}
DOUBTFUL_START = re.compile(rf"<(?:{TEXTS})(?![a-z0-9-])[^<>]*(?:/>|<)", re.IGNORECASE)
"""A slash that ends such an element for the pass and, outside of pictures, for no browser; or a tag of which that is not certain."""

CLOSE_LISTS = frozenset({"select", "input", "keygen", "textarea"})
CLOSE_LISTS_IN_TABLES = frozenset({"caption", "table", "tbody", "tfoot", "thead", "tr", "td", "th"})
"""Start tags that end a list for parsers before 2025, anywhere and inside of tables (WHATWG HTML of 2024, 13.2.6.4.16 and 17)."""

SELECT = re.compile(r"<select(?![a-z0-9-])", re.IGNORECASE)
FRAMESET = re.compile(r"<frameset(?![a-z0-9-])[^<>]*>?", re.IGNORECASE)
NOSCRIPT = re.compile(r"<noscript(?![a-z0-9-])", re.IGNORECASE)
NOSCRIPT_END = re.compile(r"</noscript", re.IGNORECASE)
GOES_ON = re.compile(rf"<(?:[^a-z/]|(?:svg|math|select|frameset|template|{TEXTS})(?![a-z0-9-])|[^<>]*$)", re.IGNORECASE)
"""Markup that could go on behind the end of ``noscript``."""
QUOTED_END = re.compile(r"<[^<>]*\"[^<>\"]*$|<[^<>]*'[^<>']*$")
LEADS_OUT = re.compile(r"</(?:p|br)(?:[\s/][^<>]*)?>", re.IGNORECASE)
"""End tags that lead out of a picture since 2021."""

TURNS = 8
"""How often a page is read again after something was written as text. Nobody hides a thing by accident even once."""
MOST_PASSED_OVER = 20

HIDDEN = "It stood where some parsers see text and browsers see markup. It is text for all of them now."

GateFragment = Callable[[str], Gated]


def could_hide(html: str) -> bool:
    """Whether parsers could read different things in the page. Told by its letters alone, so that no parser knows better."""
    if leaves_open(html):
        return True
    first = DIFFERENT.search(html)
    if first is None:
        return DOUBTFUL_START.search(html) is not None
    place = first.start()
    if html.find(CDATA, place) >= 0 or DOUBTFUL_START.search(html):
        return True
    while opened := TEXT_START.search(html, place):
        closed = TEXT_END[opened[1].lower()].search(html, opened.end())
        place = closed.start() if closed else len(html)
        if TAG_LIKE.search(html, opened.end(), place):
            return True
    return False


def leaves_open(html: str) -> bool:
    """Whether a ``noscript`` holds something that could go on behind it for visitors without script."""
    for opened in NOSCRIPT.finditer(html):
        closed = NOSCRIPT_END.search(html, opened.end())
        inside = html[opened.end() : closed.start() if closed else len(html)]
        if GOES_ON.search(inside) or QUOTED_END.search(inside):
            return True
    return False


def without_hidden(html: str, page: Page, gate_fragment: GateFragment) -> str:
    """The page with what only some parsers see written as text, and a finding if there was any; the very same string if not."""
    before = page.moment()
    platform = None
    for turn in range(TURNS):
        found = dict(sorted(place for reading in readings(html) for place in _loading(reading, page, gate_fragment)))
        page.back(before)
        if not found:
            break
        platform = next(filter(None, found.values()), platform or "")
        last_turn = turn == TURNS - 1
        html = _everything_as_text(html, min(found)) if last_turn else _as_text(html, list(found))
    if platform is not None:
        page.findings.append(Finding(Outcome.REMOVED, platform, "hidden markup", note=HIDDEN))
    return html


def readings(html: str) -> Iterator[tuple[str, bool]]:
    """The page as different parsers read it, and whether with script. Each is as long as the page: places in one are places in all."""
    ways = [html]
    if SELECT.search(html):
        ways += [_passed_over(html, CLOSE_LISTS), _passed_over(html, CLOSE_LISTS | CLOSE_LISTS_IN_TABLES)]
    if LEADS_OUT.search(html):
        ways.append(_blank(LEADS_OUT, html))
    if frames := FRAMESET.search(html):
        # Whether a frameset counts depends on all that stood before, which is not known of a piece of a page.
        ways += [" " * frames.start() + html[frames.start() :], _blank(FRAMESET, html)]
    for way in dict.fromkeys(ways):
        yield way, False
        if NOSCRIPT.search(way):
            yield way, True


def _passed_over(html: str, closing: frozenset[str]) -> str:
    """How a parser reads the page that takes no notice of tags such as ``style`` inside a list: what they hid is markup."""
    for _ in range(MOST_PASSED_OVER):
        found = _first_text_in_list(html, closing)
        if found is None:
            return html
        start, end = found
        html = f"{html[:start]}{' ' * (end - start)}{html[end:]}"
    return _blank(re.compile(f"{TEXT_START.pattern}[^<>]*>?", re.IGNORECASE), html)


def _first_text_in_list(html: str, closing: frozenset[str]) -> tuple[int, int] | None:
    position = 0
    inside = False
    for token in tokenize(html, resolve_references=False, capture_source=True):
        text = token.source if token.source is not None else token.data or ""
        start, position = position, position + len(text)
        if token.type is TokenType.START_TAG:
            if inside and token.tag in RAW - closing:
                return start, position
            inside = token.tag not in closing if inside else token.tag == "select"
        elif token.type is TokenType.END_TAG and token.tag == "select":
            inside = False
    return None


def _blank(pattern: re.Pattern[str], html: str) -> str:
    return pattern.sub(lambda found: " " * len(found[0]), html)


def _loading(reading: tuple[str, bool], page: Page, gate_fragment: GateFragment) -> Iterator[tuple[int, str]]:
    """Where in a page the tags stand by which a browser that reads it this way would load something of a platform, and of which.

    Judged by the very code that judges the pass.
    """
    html, scripting = reading
    looked = Page(page.settings, page.language, False, page.base, page.controller, count(1), page.references)
    judge = Pass(looked, gate_fragment)
    tree = parse(html, source_locations=True, scripting=scripting, allow_declarative_shadow_roots=False)
    place = max(html.find("<"), 0)
    for node in tree.select("*"):
        if node.source_location and node.source_location.start_tag:
            # What the parser made itself, a copy of an element that was left open, stands where the last one does.
            place = node.source_location.start_tag.start_offset
        seen = _Seen(node.tag.lower(), tuple((name, _value(value)) for name, value in node.attrs.items()))
        known = len(looked.findings)
        judge.on_element(seen)
        touched = [f.platform for f in looked.findings[known:] if f.outcome is not Outcome.REPORTED]
        platform = touched[0] if touched else None
        if platform is None and (scripting or seen.tag != "noscript"):
            texts = dict.fromkeys((_text(node), node.text)) if seen.tag in LOOKED_INTO else ()
            judged = (held(seen.tag, seen.attrs, text, gate_fragment, looked.platform_in) for text in texts)
            platform = next((name for name in judged if name is not None), None)
        if platform is not None:
            yield place, platform


def _value(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


def _text(node: Node) -> str:
    """The text that stands in an element itself. For a tokenizer elements and comments in between break it up, for a browser not."""
    return "".join([child.data for child in node.children if isinstance(child, Text)])


def _as_text(html: str, places: list[int]) -> str:
    pieces, done = [], 0
    for place in places:
        pieces += [html[done:place], "&lt;"]
        done = place + 1
    return "".join([*pieces, html[done:]])


def _everything_as_text(html: str, start: int) -> str:
    return html[:start] + html[start:].replace("<", "&lt;")


class _Seen:
    """An element that is only looked at: whatever is done to it leaves no trace."""

    def __init__(self, tag: str, attrs: tuple[tuple[str, str | None], ...]) -> None:
        self.tag = tag
        self.attrs = attrs

    def before(self, content: str, /, *, html: bool = False) -> None: ...
    def after(self, content: str, /, *, html: bool = False) -> None: ...
    def replace(self, content: str, /, *, html: bool = False) -> None: ...
    def remove_and_keep_content(self) -> None: ...
    def set_attribute(self, name: str, value: str, /) -> None: ...
    def remove_attribute(self, name: str, /) -> None: ...


_: type[Element] = _Seen
