"""Markup that some parsers see and the rewriter does not (parser differentials).

What a tag means can depend on its place in the tree. Inside ``svg`` and ``math`` elements such as ``style`` or ``title`` contain markup,
not text, and ``<![CDATA[`` is text, not a comment (WHATWG HTML 13.2.6.5). Inside ``frameset`` and, for parsers before 2025, inside
``select`` tags that begin text elsewhere are ignored. And for visitors without script what ``noscript`` leaves open continues behind it.
Where a page could hide something in such a difference, it is parsed to a tree in each of these ways. What only then appears is escaped to
text, which it is in every reading; so is code that was asleep and that the changes of the pass would wake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from turbohtml import Element as Node
from turbohtml import Text, parse, tokenize

from shariff_py.consent_ui.preview import nothing_kept
from shariff_py.gate.browser_rules.element_content import RAW_TEXT_ELEMENTS
from shariff_py.gate.browser_rules.foreign_content import unambiguous_until
from shariff_py.gate.browser_rules.script_types import EXAMINED_ELEMENTS
from shariff_py.gate.detect.embed_placeholders import shown_frame
from shariff_py.gate.findings import Outcome, Reason
from shariff_py.gate.rewrite.context import GateFragment, RewriteContext
from shariff_py.gate.rewrite.element_rules import ALWAYS_EXAMINED, ElementRewriter
from shariff_py.gate.rewrite.handles import Attributes, Element
from shariff_py.gate.rewrite.parsed.parser_readings import (
    FRAMESET,
    NOSCRIPT,
    SELECT,
    TEXT_ELEMENTS,
    TEXT_START,
    Reading,
    readings,
)
from shariff_py.gate.rewrite.parsed.woken_code import GateAlone, woken_code
from shariff_py.gate.rewrite.raw_text_elements import platform_in_content
from shariff_py.gate.rewrite.stubs import is_stub
from shariff_py.platforms.allowed_hosts import held_platform_of
from shariff_py.platforms.registry import REGISTRY, Table

TAG_LIKE = re.compile(r"<[A-Za-z/!?]")
CDATA = "<![CDATA["
TEXT_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in RAW_TEXT_ELEMENTS | {"script"}}
AMBIGUOUS_START = re.compile(rf"<(?:{TEXT_ELEMENTS})(?![a-z0-9-])[^<>]*(?:/>|<)", re.IGNORECASE)
"""A slash that closes such an element for the rewriter and, outside of foreign content, for no browser; or a tag where that is uncertain."""

NOSCRIPT_END = re.compile(r"</noscript", re.IGNORECASE)
MAY_CONTINUE = re.compile(
    rf"<(?:[^a-z/]|(?:svg|math|select|frameset|template|{TEXT_ELEMENTS})(?![a-z0-9-])|[^<>]*$)", re.IGNORECASE
)
"""Markup that could continue behind the end of ``noscript``."""
CLOSED_TEXT = re.compile(
    rf"<({'|'.join(sorted(RAW_TEXT_ELEMENTS - {'noscript', 'plaintext'}))})(?![a-z0-9-])"
    r"(?:[^<>\"'/]|/(?!>)|\"[^\"<>]*+\"|'[^'<>]*+')*+>[^<]*+</\1\s*+>",
    re.IGNORECASE,
)
"""An element with text that ends in it in every reading, such as the frame of a tag manager."""
CLOSED_TAG = re.compile(
    r"</?[a-z][^\s<>\"'=/]*+(?:[\s/]*+[^\s<>\"'=/]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s<>\"']++))?+)*+[\s/]*+>",
    re.IGNORECASE,
)
"""A tag whose quotes are all closed in it, wherever browsers see one."""

SENSITIVE = re.compile(
    r"<(?:(?:frameset|template)(?![a-z0-9-])|head(?=[\s/])[^<>]*[\s/\"']on"
    r"|select(?![a-z0-9-])(?![^<>]*>(?:[^<]|</?opt(?:ion|group)(?![a-z0-9-])[^<>]*>)*+</select\s*>))",
    re.IGNORECASE,
)
"""Elements in which other tags are ignored or inert, tags that are themselves ignored, and a ``select`` that holds more than options."""
SCRIPT, SCRIPT_END = re.compile("<script", re.IGNORECASE), re.compile("</script", re.IGNORECASE)
COMMENT = "<!--"
FORM_TAG = re.compile(r"<(/?)form(?![a-z0-9-])", re.IGNORECASE)

MAX_ROUNDS = 8
"""How often a page is parsed again after something was escaped. Once is already deliberate."""

READ_EACH_TIME = Table(lambda: ALWAYS_EXAMINED() | EXAMINED_ELEMENTS | {"base"})
"""Elements of which the attribute values do not tell everything."""

JudgedTexts = dict[tuple[str, Attributes, str], str | None]
"""What `platform_in_content` says of elements' texts: most are the same in each reading."""


def may_differ(html: str) -> bool:
    """Whether parsers could read the page differently. Decided on its characters alone, independent of any parser."""
    if leaves_open(html):
        return True
    ambiguous = (found.start() for pattern in (SELECT, FRAMESET) if (found := pattern.search(html)))
    place = min((unambiguous_until(html), *ambiguous))
    if place == len(html):
        return AMBIGUOUS_START.search(html) is not None
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
        inside = CLOSED_TEXT.sub("", html[opened.end() : end_tag.start() if end_tag else len(html)])
        if MAY_CONTINUE.search(inside) or TAG_LIKE.search(CLOSED_TAG.sub("", inside)):
            return True
    return False


def may_wake(before: str, after: str) -> bool:
    """Whether what was changed in a page could wake code that was asleep in it: whether what a tag means depends on the tags around it."""
    if before == after:
        return False
    return (
        SENSITIVE.search(before) is not None
        or SELECT.search(before) is not None
        or unambiguous_until(before) < len(before)
        or AMBIGUOUS_START.search(before) is not None
        or leaves_open(before)
        or _holds_start_of_script(before)
        or _holds_form_tag_as_text(before)
        or _forms_overlap(before)
        or _forms_overlap(after)
    )


def _holds_start_of_script(html: str) -> bool:
    """Whether a script contains a comment and a tag of a script in it: then its end depends on both (WHATWG HTML 13.2.5.20 to 31)."""
    position = 0
    last = html.rfind(COMMENT)
    while (start := SCRIPT.search(html, position)) and start.start() < last:
        end = SCRIPT_END.search(html, start.end())
        position = end.start() if end else len(html)
        comment = html.find(COMMENT, start.end(), position)
        if comment != -1 and SCRIPT.search(html, comment, position):
            return True
    return False


def _holds_form_tag_as_text(html: str) -> bool:
    """Whether there are several forms, and a tag of one is no tag where it stands: in an attribute, a comment, a text element."""
    written = FORM_TAG.findall(html)
    if written.count("") < 2:
        return False
    return len(written) != sum(token.tag == "form" for token in tokenize(html, resolve_references=False))


def _forms_overlap(html: str) -> bool:
    """Whether a form may begin while another is open, where its tag is ignored (WHATWG HTML 13.2.6.4.7)."""
    ends = [found[1] == "/" for found in FORM_TAG.finditer(html)]
    return any(ends[::2]) or not all(ends[1::2])


def without_hidden_markup(
    html: str, before: str, context: RewriteContext, gate_fragment: GateFragment, gate_alone: GateAlone
) -> str:
    """The page with markup escaped that only some parsers see, or that runs only since it was changed, and a finding for each; the very
    same string if there is none. ``before`` is the page before anything was changed.
    """
    checkpoint = context.checkpoint()
    platform, woken = None, False
    judged: JudgedTexts = {}
    for turn in range(MAX_ROUNDS):
        hidden: dict[int, str] = {}
        asleep: set[int] = set()
        for reading in readings(html, before):
            hidden |= dict(_loading_tags(reading, context, gate_fragment, judged))
            if html != before:
                asleep.update(place for place in woken_code(reading, gate_alone) if not is_stub(html, place, context))
        context.rollback(checkpoint)
        found = sorted(hidden.keys() | asleep)
        if not found:
            break
        woken |= not asleep.issubset(hidden)
        if hidden:
            platform = next(filter(None, (hidden[place] for place in sorted(hidden))), platform or "")
        html = _all_escaped(html, found[0]) if turn == MAX_ROUNDS - 1 else _escaped(html, found)
    if platform is not None:
        context.findings.append(
            context.finding(Outcome.REMOVED, REGISTRY.get(platform), "hidden markup", reason=Reason.HIDDEN_MARKUP)
        )
    if woken:
        context.findings.append(context.finding(Outcome.REMOVED, None, "hidden markup", reason=Reason.WOULD_WAKE))
    return html


def _loading_tags(
    reading: Reading, context: RewriteContext, gate_fragment: GateFragment, judged: JudgedTexts
) -> Iterator[tuple[int, str]]:
    """The positions of tags that make a browser with this reading load something from a platform, and the platform's name.

    Decided by the same code as in the pass.
    """
    html, scripting = reading.html, reading.scripting
    # A page without ``noscript`` is read only once.
    runs_scripts = scripting or NOSCRIPT.search(html) is None
    # Nothing of this is shown: it takes no gate's number, no preview, and leaves frames of unknown hosts to the pass.
    info = context.info._replace(
        language_tag=context.language.code, numbers=None, frame_policy=None, previews=nothing_kept
    )
    scratch = RewriteContext(
        context.settings,
        info,
        context.language,
        context.base,
        presence=context.presence,
        harmless_values=context.harmless_values,
    )
    rewriter = ElementRewriter(scratch, gate_fragment)
    tree = parse(html, source_locations=True, scripting=scripting, allow_declarative_shadow_roots=False)
    nodes = tree.select("*")
    positions = _Positions(nodes, max(html.find("<"), 0))
    read_each_time = READ_EACH_TIME()
    for index, node in enumerate(nodes):
        tag = node.tag.lower()
        if tag not in read_each_time:
            values = " ".join(filter(None, map(_value, node.attrs.values())))
            if not values or values in scratch.harmless_values:
                continue
        attributes = tuple([(name, _value(value)) for name, value in node.attrs.items()])
        touched = _touched_by(rewriter, tag, attributes)
        platform = touched[0] if touched else None
        shown = shown_frame(tag, attributes, scratch.base) if platform is None and runs_scripts else None
        if shown is not None and held_platform_of(shown[1].frame, context.allow) and not _shows(node):
            # A script of the page puts the frame there. Whether an element is empty the pass reads from the tokens.
            platform = shown[1].platform.name
        if platform is None and tag in EXAMINED_ELEMENTS and (scripting or tag != "noscript"):
            for text in (_own_text(node), node.text):
                key = tag, attributes, text
                if key not in judged:
                    judged[key] = platform_in_content(tag, attributes, text, scratch, gate_fragment)
                platform = judged[key] if platform is None else platform
        if platform is not None:
            yield positions.of(index), platform


def _shows(node: Node) -> bool:
    """Whether an element has content: text, or elements in it."""
    return any(not isinstance(child, Text) or child.data.strip() for child in node.children)


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
