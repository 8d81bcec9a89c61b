"""Markup that some parsers see and the rewriter does not (parser differentials).

What a tag means can depend on its place in the tree. Inside ``svg`` and ``math`` elements such as ``style`` or ``title`` contain markup,
not text, and ``<![CDATA[`` is text, not a comment (WHATWG HTML 13.2.6.5). Inside ``frameset`` and, for parsers before 2025, inside
``select`` tags that begin text elsewhere are ignored. And for visitors without script what ``noscript`` leaves open continues behind it.
Where a page could hide something in such a difference, it is parsed to a tree in each of these ways. What only then appears is escaped to
text, which it is in every reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count

from turbohtml import Element as Node
from turbohtml import Text, TokenType, parse, tokenize

from shariff_py.gate.browser_rules.element_content import RAW_TEXT_ELEMENTS
from shariff_py.gate.browser_rules.script_types import EXAMINED_ELEMENTS
from shariff_py.gate.findings import Outcome, Reason
from shariff_py.gate.rewrite.context import GateFragment, RewriteContext
from shariff_py.gate.rewrite.element_rules import ElementRewriter
from shariff_py.gate.rewrite.handles import Attributes, Element
from shariff_py.gate.rewrite.raw_text_elements import platform_in_content
from shariff_py.platforms.registry import REGISTRY

TEXT_ELEMENTS = "|".join(sorted(RAW_TEXT_ELEMENTS | {"script"}))
TAG_LIKE = re.compile(r"<[A-Za-z/!?]")
CDATA = "<![CDATA["
AMBIGUOUS_ELEMENT = re.compile(r"<(?:svg|math|select|frameset)(?![a-z0-9-])", re.IGNORECASE)
"""Elements in which a tag may mean something else."""
TEXT_START = re.compile(rf"<({TEXT_ELEMENTS})(?![a-z0-9-])", re.IGNORECASE)
TEXT_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in RAW_TEXT_ELEMENTS | {"script"}}
AMBIGUOUS_START = re.compile(rf"<(?:{TEXT_ELEMENTS})(?![a-z0-9-])[^<>]*(?:/>|<)", re.IGNORECASE)
"""A slash that closes such an element for the rewriter and, outside of foreign content, for no browser; or a tag where that is uncertain."""

SELECT_CLOSERS = frozenset({"select", "input", "keygen", "textarea"})
SELECT_CLOSERS_IN_TABLES = frozenset({"caption", "table", "tbody", "tfoot", "thead", "tr", "td", "th"})
"""Start tags that close a ``select`` for parsers before 2025, anywhere and inside tables (WHATWG HTML of 2024, 13.2.6.4.16 and 17)."""

SELECT = re.compile(r"<select(?![a-z0-9-])", re.IGNORECASE)
FRAMESET = re.compile(r"<frameset(?![a-z0-9-])[^<>]*>?", re.IGNORECASE)
NOSCRIPT = re.compile(r"<noscript(?![a-z0-9-])", re.IGNORECASE)
NOSCRIPT_END = re.compile(r"</noscript", re.IGNORECASE)
MAY_CONTINUE = re.compile(
    rf"<(?:[^a-z/]|(?:svg|math|select|frameset|template|{TEXT_ELEMENTS})(?![a-z0-9-])|[^<>]*$)", re.IGNORECASE
)
"""Markup that could continue behind the end of ``noscript``."""
OPEN_QUOTE = re.compile(r"<[^<>]*\"[^<>\"]*$|<[^<>]*'[^<>']*$")
BREAKOUT_END_TAG = re.compile(r"</(?:p|br)(?:[\s/][^<>]*)?>", re.IGNORECASE)
"""End tags that end foreign content since 2021."""

MAX_ROUNDS = 8
"""How often a page is parsed again after something was escaped. Once is already deliberate."""
MAX_IGNORED_TAGS = 20


def may_differ(html: str) -> bool:
    """Whether parsers could read the page differently. Decided on its characters alone, independent of any parser."""
    if leaves_open(html):
        return True
    first = AMBIGUOUS_ELEMENT.search(html)
    if first is None:
        return AMBIGUOUS_START.search(html) is not None
    place = first.start()
    if html.find(CDATA, place) != -1 or AMBIGUOUS_START.search(html):
        return True
    while opened := TEXT_START.search(html, place):
        end_tag = TEXT_END[opened[1].lower()].search(html, opened.end())
        place = end_tag.start() if end_tag else len(html)
        if TAG_LIKE.search(html, opened.end(), place):
            return True
    return False


def leaves_open(html: str) -> bool:
    """Whether a ``noscript`` contains something that could continue behind it for visitors without script."""
    for opened in NOSCRIPT.finditer(html):
        end_tag = NOSCRIPT_END.search(html, opened.end())
        inside = html[opened.end() : end_tag.start() if end_tag else len(html)]
        if MAY_CONTINUE.search(inside) or OPEN_QUOTE.search(inside):
            return True
    return False


def without_hidden_markup(html: str, context: RewriteContext, gate_fragment: GateFragment) -> str:
    """The page with markup escaped that only some parsers see, and a finding if there was any; the very same string if not."""
    before = context.checkpoint()
    platform = None
    for turn in range(MAX_ROUNDS):
        found = dict(
            sorted(tag for reading in readings(html) for tag in _loading_tags(reading, context, gate_fragment))
        )
        context.rollback(before)
        if not found:
            break
        platform = next(filter(None, found.values()), platform or "")
        html = _all_escaped(html, min(found)) if turn == MAX_ROUNDS - 1 else _escaped(html, list(found))
    if platform is not None:
        context.add_finding(Outcome.REMOVED, REGISTRY.get(platform), "hidden markup", reason=Reason.HIDDEN_MARKUP)
    return html


def readings(html: str) -> Iterator[tuple[str, bool]]:
    """The page as different parsers read it, and whether with script. All have the page's length, so positions hold in each of them."""
    variants = [html]
    if SELECT.search(html):
        closers = SELECT_CLOSERS, SELECT_CLOSERS | SELECT_CLOSERS_IN_TABLES
        variants += [_without_text_elements_in_select(html, closing) for closing in closers]
    if BREAKOUT_END_TAG.search(html):
        variants.append(_blanked(BREAKOUT_END_TAG, html))
    if frames := FRAMESET.search(html):
        # Whether a frameset counts depends on everything before it, which is not known for a piece of a page.
        variants += [" " * frames.start() + html[frames.start() :], _blanked(FRAMESET, html)]
    for variant in dict.fromkeys(variants):
        yield variant, False
        if NOSCRIPT.search(variant):
            yield variant, True


def _without_text_elements_in_select(html: str, closing: frozenset[str]) -> str:
    """The page for a parser that ignores tags such as ``style`` inside ``select``: what was their text is markup."""
    for _ in range(MAX_IGNORED_TAGS):
        found = _first_text_element_in_select(html, closing)
        if found is None:
            return html
        start, end = found
        html = f"{html[:start]}{' ' * (end - start)}{html[end:]}"
    return _blanked(re.compile(f"{TEXT_START.pattern}[^<>]*>?", re.IGNORECASE), html)


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


def _loading_tags(
    reading: tuple[str, bool], context: RewriteContext, gate_fragment: GateFragment
) -> Iterator[tuple[int, str]]:
    """The positions of tags that make a browser with this reading load something from a platform, and the platform's name.

    Decided by the same code as in the pass.
    """
    html, scripting = reading
    scratch = RewriteContext(
        settings=context.settings,
        language=context.language,
        follows_lang=False,
        base=context.base,
        controller=context.controller,
        numbers=count(1),
        references=context.references,
        presence=context.presence,
        harmless_values=context.harmless_values,
        policy_enforced=context.policy_enforced,
    )
    rewriter = ElementRewriter(scratch, gate_fragment)
    tree = parse(html, source_locations=True, scripting=scripting, allow_declarative_shadow_roots=False)
    nodes = tree.select("*")
    positions = _Positions(nodes, max(html.find("<"), 0))
    for index, node in enumerate(nodes):
        tag = node.tag.lower()
        attributes = tuple([(name, _value(value)) for name, value in node.attrs.items()])
        touched = _touched_by(rewriter, tag, attributes)
        platform = touched[0] if touched else None
        if platform is None and tag in EXAMINED_ELEMENTS and (scripting or tag != "noscript"):
            texts = dict.fromkeys((_own_text(node), node.text))
            judged = (platform_in_content(tag, attributes, text, scratch, gate_fragment) for text in texts)
            platform = next((name for name in judged if name is not None), None)
        if platform is not None:
            yield positions.of(index), platform


def _touched_by(rewriter: ElementRewriter, tag: str, attributes: Attributes) -> list[str]:
    """The platforms of whatever the pass would change at an element."""
    findings = rewriter.context.findings
    known = len(findings)
    rewriter.on_element(_ReadOnlyElement(tag, attributes))
    return [found.platform for found in findings[known:] if found.outcome is not Outcome.REPORTED]


class _Positions:
    """Where elements are in a page. Asking the parser takes longer than reading the element, so only those that matter are asked for."""

    def __init__(self, nodes: Sequence[Node], start: int) -> None:
        self._nodes = nodes
        self._asked = 0
        self._position = start

    def of(self, index: int) -> int:
        """The position of an element; indexes may only grow. An element made by the parser, a copy of one that was left open, is where the
        last one is.
        """
        for node in reversed(self._nodes[self._asked : index + 1]):
            if node.source_location and node.source_location.start_tag:
                self._position = node.source_location.start_tag.start_offset
                break
        self._asked = index + 1
        return self._position


def _value(value: object) -> str:
    if isinstance(value, str):
        return value
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


def _own_text(node: Node) -> str:
    """An element's own text. To a tokenizer elements and comments in between split it, to a browser they do not."""
    return "".join([child.data for child in node.children if isinstance(child, Text)])


def _escaped(html: str, positions: list[int]) -> str:
    """The page with the ``<`` at these positions escaped."""
    pieces, done = [], 0
    for position in positions:
        pieces += [html[done:position], "&lt;"]
        done = position + 1
    return "".join([*pieces, html[done:]])


def _all_escaped(html: str, start: int) -> str:
    return html[:start] + html[start:].replace("<", "&lt;")


class _ReadOnlyElement:
    """An element that is only examined: changes have no effect."""

    def __init__(self, tag: str, attrs: tuple[tuple[str, str | None], ...]) -> None:
        self.tag = tag
        self.attrs = attrs

    def before(self, content: str, /, *, html: bool = False) -> None: ...
    def after(self, content: str, /, *, html: bool = False) -> None: ...
    def replace(self, content: str, /, *, html: bool = False) -> None: ...
    def remove_and_keep_content(self) -> None: ...
    def set_attribute(self, name: str, value: str, /) -> None: ...
    def remove_attribute(self, name: str, /) -> None: ...


_: type[Element] = _ReadOnlyElement
