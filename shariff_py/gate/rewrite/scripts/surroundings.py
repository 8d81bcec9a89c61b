"""What a place between the tags of a page is inside of."""

from __future__ import annotations

from typing import NamedTuple

from turbohtml import TokenType, tokenize

from shariff_py.gate.detect.embed_placeholders import CLOSING_PARAGRAPHS

HEAD_ELEMENTS = frozenset({"base", "head", "html", "link", "meta", "noscript", "script", "style", "template", "title"})
"""Elements that do not end a page's head (WHATWG HTML 13.2.6.4.4)."""
OF_PAGES = frozenset({"head", "html", "meta", "title"})
"""Those of which one at least begins a page, not a piece of one."""


class Surroundings(NamedTuple):
    """Whether a place is in a page's head, inside an open paragraph, inside a form."""

    in_head: bool
    in_paragraph: bool
    in_form: bool


def surroundings(html: str, place: int) -> Surroundings:
    """What a place is inside of, as the tags before it say. ``html`` must be escaped by `escape_for_rewriter`."""
    seen: set[str] = set()
    paragraph, forms = False, 0
    for token in tokenize(html[:place], resolve_references=False):
        tag = token.tag or ""
        if token.type is TokenType.START_TAG:
            seen.add(tag)
            forms += tag == "form"
            paragraph = tag == "p" if tag in CLOSING_PARAGRAPHS else paragraph
        elif token.type is TokenType.END_TAG:
            seen |= {"body"} if tag == "head" else set()
            forms = max(0, forms - (tag == "form"))
            paragraph = paragraph and tag != "p" and tag not in CLOSING_PARAGRAPHS
    return Surroundings(bool(seen & OF_PAGES) and seen <= HEAD_ELEMENTS, paragraph, forms > 0)
