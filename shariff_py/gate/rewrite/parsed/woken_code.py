"""Code of a page that runs after gating and did not run before.

Markup can be asleep: as text in a ``style``, in a comment, behind a tag that a parser ignores. Whether it is depends on the tags before it,
so taking out one of them or putting another in its place can wake it. The page is therefore parsed before and after: what runs or loads
afterwards was there before, or is what the gate makes of that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from turbohtml import Document, DocumentFragment, Namespace, TokenType, escape, parse, parse_fragment, tokenize
from turbohtml import Element as Node

from shariff_py.gate.browser_rules.data_urls import STRIPPED_CHARACTERS
from shariff_py.gate.browser_rules.script_types import ContentKind, content_kind
from shariff_py.gate.rewrite.parsed.parser_readings import Reading

ACTIVE_ELEMENTS = frozenset(
    {"applet", "base", "embed", "fencedframe", "frame", "iframe", "link", "meta", "object", "portal", "script"}
)
"""Elements that run or load something, or say from where, by themselves. Any element with a handler or a ``javascript:`` URL does, too."""

ACTIVE_CONTENT = frozenset({ContentKind.CODE, ContentKind.URL_LIST})
HANDLER = frozenset({"on", "On", "oN", "ON"})
SCRIPT_SCHEME = "javascript:"
ORDINARY_SCHEMES = ("https://", "http://")
SHADOW_ROOT = "shadowrootmode"
"""What makes the content of a ``template`` part of the page (WHATWG HTML, declarative shadow roots)."""

MAX_DEPTH = 512
"""Elements around another up to which a template is looked for. Browsers build no deeper trees."""

ADDRESSES = frozenset({"src", "href", "xlink:href"})
"""Attributes of which one or the other is a script's address, in a drawing or outside: without any, the script is its text in both."""

UNCERTAIN = "<svg><foreignobject></foreignobject></svg>"
"""Foreign content behind which scripts are judged with their references resolved, too."""

DOCTYPE = re.compile(r"\s*+<!doctype", re.IGNORECASE)
"""How a whole page begins, which no script inserts as a fragment."""

PAGE_TAG = re.compile(r"<(?:html|body|head)(?![a-z0-9-])", re.IGNORECASE)
"""Tags whose attributes go to an element that is there already (WHATWG HTML 13.2.6.4.7)."""


class GateAlone(NamedTuple):
    """What the gate makes of one element on its own, without any look at how it is parsed, and what it made of a document in an attribute."""

    element: Callable[[str], str]
    documents: Callable[[str], Iterable[str]]


class Code(NamedTuple):
    """An element that runs or loads something: name, attributes and, of scripts, the text.

    ``inside_svg`` is said of an ``svg`` alone: its load event depends on it. ``inert`` says that it is inside a template, where it does
    nothing until a script of the page takes it from there.
    """

    namespace: Namespace
    tag: str
    attributes: frozenset[tuple[str, str]]
    text: str
    inside_svg: bool
    inert: bool


def woken_code(reading: Reading, gate_alone: GateAlone) -> Iterator[int]:
    """The positions of tags that run or load something after gating and did not before, in a document or inserted by a script.

    Without script nothing runs; there it is enough that it did before with script.
    """
    for whole in (True, False)[: 1 if DOCTYPE.match(reading.html) else 2]:
        after = dict(_code(reading.html, reading.scripting, whole=whole))
        if not after:
            continue
        ways = {reading.scripting}
        known = {code for scripting in ways for code, _ in _code(reading.before, scripting, whole=whole)}
        forms = _Forms(known, gate_alone)
        for code, position in after.items():
            if not forms.contain(code):
                yield from _positions(reading.html, code, position)


def _code(html: str, scripting: bool, *, whole: bool) -> Iterator[tuple[Code, int]]:
    """What runs or loads something, and where its tag starts."""
    # A piece of a page can stand directly in an element, whose shadow root its template would be.
    tree: Document | Node = (
        parse(html, source_locations=True, scripting=scripting)
        if whole
        else parse_fragment(html, source_locations=True, scripting=scripting, allow_declarative_shadow_roots=True)
    )
    lowered = html.lower()
    templates = "<template" in lowered
    nodes = list(_with_shadow_roots(tree)) if templates and SHADOW_ROOT in lowered else tree.select("*")
    for index, node in enumerate(nodes):
        attributes = node.attrs
        if (attributes or node.tag == "script") and _is_active(node, attributes):
            yield _as_code(node, attributes, templates=templates), _position(html, nodes, index)


def _position(html: str, nodes: Sequence[Node], index: int) -> int:
    """Where a tag is. An element made by the parser, a copy of one that was left open, is where the last one before it is."""
    locations = (nodes[before].source_location for before in range(index, -1, -1))
    located = (location.start_tag.start_offset for location in locations if location and location.start_tag)
    return next(located, max(html.find("<"), 0))


def _with_shadow_roots(root: Document | DocumentFragment | Node) -> Iterator[Node]:
    if isinstance(root, Node) and root.shadow_root is not None:
        yield from _with_shadow_roots(root.shadow_root)
    for node in root.select("*"):
        yield node
        if node.shadow_root is not None:
            yield from _with_shadow_roots(node.shadow_root)


def _is_active(node: Node, attributes: Mapping[str, object]) -> bool:
    tag = node.tag
    if tag == "script" and node.namespace is not Namespace.MATHML:
        if content_kind(tag, [(name, _value(value)) for name, value in attributes.items()]) in ACTIVE_CONTENT:
            return True
    elif tag == "iframe":
        # Our own frame has no address until it is opened.
        if "src" in attributes or "srcdoc" in attributes:
            return True
    elif tag in ACTIVE_ELEMENTS:
        return True
    return any(name[:2] in HANDLER or _is_script_url(value) for name, value in attributes.items())


def _is_script_url(value: object) -> bool:
    if not isinstance(value, str) or ":" not in value or (value.startswith(ORDINARY_SCHEMES) and ";" not in value):
        return False
    # An animation has a list of them, with semicolons.
    return SCRIPT_SCHEME in value.translate(STRIPPED_CHARACTERS).lower()


def _as_code(node: Node, attributes: Mapping[str, object], *, templates: bool) -> Code:
    tag = node.tag.lower()
    given = frozenset((name.lower(), _value(value)) for name, value in attributes.items())
    above = node.parent
    inside_svg = tag == "svg" and isinstance(above, Node) and above.namespace is Namespace.SVG
    around = islice(node.ancestors, MAX_DEPTH) if templates else ()
    inert = any(type(ancestor) is DocumentFragment for ancestor in around)
    text = node.text if tag == "script" else ""
    return Code(node.namespace, tag, given, text, inside_svg, inert)


def _value(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


def _positions(html: str, code: Code, position: int) -> Iterator[int]:
    """Where the tag of some code is. Attributes of a second ``body`` go to the first, so then it is one of those behind that."""
    later = [found.start() for found in PAGE_TAG.finditer(html, position + 1)] if code.tag in {"html", "body"} else []
    yield from later or [position]


class _Forms:
    """Code that was there before, as it was, and what the gate makes of it: without an attribute, with another one, with another text."""

    def __init__(self, known: set[Code], gate_alone: GateAlone) -> None:
        self._known = known
        self._gate_alone = gate_alone
        self._forms: dict[tuple[Namespace, str], set[Code]] = {}

    def contain(self, code: Code) -> bool:
        """Whether it is among them. What is inert may have been live, and what is outside of a drawing may have run in it."""
        either = {code, code._replace(inert=False)}
        if code.tag == "script" and code.namespace is Namespace.HTML and ADDRESSES.isdisjoint(dict(code.attributes)):
            either |= {one._replace(namespace=Namespace.SVG) for one in either}
        if not either.isdisjoint(self._known):
            return True
        return any(not either.isdisjoint(self._forms_of(one.namespace, one.tag)) for one in either)

    def _forms_of(self, namespace: Namespace, tag: str) -> set[Code]:
        kind = namespace, tag
        if kind not in self._forms:
            alike = [known for known in self._known if (known.namespace, known.tag) == kind]
            self._forms[kind] = {form for known in alike for form in self._made_of(known)}
        return self._forms[kind]

    def _made_of(self, code: Code) -> Iterator[Code]:
        given = "".join(f' {name}="{escape(value)}"' for name, value in sorted(code.attributes))
        written = f"<{code.tag}{given}>{code.text}</{code.tag}>"
        yield from self._read(code, self._gate_alone.element(written))
        if "&" in code.text:
            yield from self._read(code, self._gate_alone.element(UNCERTAIN + written))

    def _read(self, code: Code, gated: str) -> Iterator[Code]:
        document = dict(code.attributes).get("srcdoc")
        form = None
        for token in tokenize(gated):
            if token.type is TokenType.START_TAG and token.tag == code.tag:
                attributes = {name: value or "" for name, value in reversed(token.attrs or [])}
                form = code._replace(attributes=frozenset(attributes.items()), text="")
                yield form
                if document is not None and "srcdoc" in attributes:
                    for other in self._gate_alone.documents(document):
                        yield form._replace(attributes=frozenset((attributes | {"srcdoc": other}).items()))
            elif form is not None and token.type is TokenType.TEXT:
                yield form._replace(text=token.data or "")
