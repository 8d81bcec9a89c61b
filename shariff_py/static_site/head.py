"""Inserting elements into the head of a finished page: the policy before anything is fetched, the widget at the end.

What is inserted is between two marker comments, so that the next run finds and repoints it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from turbohtml import Token, TokenType, tokenize

from shariff_py.gate.rewrite.byte_fidelity import escape_for_rewriter, unescape_from_rewriter

HEAD_ELEMENTS_WITH_CONTENT = frozenset({"noframes", "noscript", "script", "style", "template", "title"})
VOID_HEAD_ELEMENTS = frozenset({"base", "basefont", "bgsound", "link", "meta"})
"""What may be in a head (WHATWG HTML 13.2.6.4.4). At anything else the body begins, with or without a tag."""

WHITE_SPACE = "\ufeff \t\n\r\f"


@dataclass(frozen=True, slots=True)
class _InsertionPoints:
    """Positions in a page's head: ``first`` is before anything that is fetched, ``last`` is the end."""

    first: int
    last: int


def with_policy(html: str, elements: str) -> str:
    """The page with ``elements`` before anything that is fetched. They come after the declaration of the character set, which has to be
    among the first 1024 bytes. A page without a head (a part of one) stays as it is."""
    return _with(html, "policy", elements, first=True)


def with_widget(html: str, elements: str) -> str:
    """The page with ``elements`` at the end of its head. A page without a head (a part of one) stays as it is."""
    return _with(html, "widget", elements, first=False)


def has_head(html: str) -> bool:
    """Whether this is a whole page: it has a doctype, or one of ``html``, ``head``, ``title``, ``body``."""
    return _insertion_points(escape_for_rewriter(html)) is not None


def _with(html: str, name: str, elements: str, *, first: bool) -> str:
    opening, closing = f"<!--shariff:{name}-->", f"<!--/shariff:{name}-->"
    block = f"{opening}{elements}{closing}"
    earlier = re.compile(f"{re.escape(opening)}.*?{re.escape(closing)}", re.DOTALL)
    if earlier.search(html):
        return earlier.sub(lambda _: block, html, count=1)
    source = escape_for_rewriter(html)
    points = _insertion_points(source)
    if points is None:
        return html
    at = points.first if first else points.last
    before, after = unescape_from_rewriter(source[:at]), unescape_from_rewriter(source[at:])
    gap = "" if after.startswith(("\r", "\n")) else "\n"
    return f"{before}{block}{gap}{after}"


def _insertion_points(source: str) -> _InsertionPoints | None:
    """Both positions in a page escaped by `escape_for_rewriter`; ``None`` for a part of a page."""
    first = position = depth = 0
    inside = ""
    whole = fetching = False
    for token in tokenize(source, resolve_references=False, capture_source=True):
        text = token.source if token.source is not None else token.data or ""
        start, position = position, position + len(text)
        tag = token.tag or ""
        if inside:
            depth += (tag == inside) * (1 if token.type is TokenType.START_TAG else -1)
            inside = inside if depth else ""
        elif token.type is TokenType.DOCTYPE or (token.type is TokenType.START_TAG and tag in {"html", "head"}):
            whole, first = True, position
        elif token.type is TokenType.START_TAG and tag in HEAD_ELEMENTS_WITH_CONTENT:
            inside, depth = tag, 1
            whole = whole or tag == "title"
            fetching = fetching or tag != "title"
        elif token.type is TokenType.START_TAG and tag in VOID_HEAD_ELEMENTS:
            if not fetching and _declares_charset(token):
                first = position
            fetching = fetching or tag != "meta"
        elif _ends_head(token, tag, text):
            whole = whole or tag in {"head", "body"}
            return _InsertionPoints(min(first, start), start) if whole else None
    return _InsertionPoints(first, position) if whole else None


def _ends_head(token: Token, tag: str, text: str) -> bool:
    if token.type is TokenType.TEXT:
        return bool(text.strip(WHITE_SPACE))
    return token.type is TokenType.START_TAG or (
        token.type is TokenType.END_TAG and tag in {"head", "body", "html", "br"}
    )


def _declares_charset(token: Token) -> bool:
    given = {name.lower(): value or "" for name, value in token.attrs or ()}
    return "charset" in given or given.get("http-equiv", "").lower() == "content-type"
