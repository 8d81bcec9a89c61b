"""Markup as sanitizers hand it over: what portals let editors' embed code pass through before it is gated."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import bleach
import nh3
from bleach.css_sanitizer import CSSSanitizer
from playwright.sync_api import Page

from support.paths import TESTS

DOMPURIFY = TESTS / "npm" / "node_modules" / "dompurify"

EDITORIAL = {
    "a", "annotation-xml", "b", "blockquote", "button", "caption", "desc", "div", "form", "g", "h1", "iframe", "image", "img", "input", "math", "mi", "mtext",
    "nobr", "noscript", "object", "option", "p", "select", "style", "svg", "table", "td", "template", "textarea", "title", "tr", "video",
}  # fmt: skip
"""Elements of a portal that allows much."""

ATTRIBUTES = {"alt", "class", "data-href", "encoding", "href", "id", "src", "style", "title"}

PURIFY = """
([markups, options]) => markups.map(markup => DOMPurify.sanitize(markup, options))
"""
PURIFY_OPTIONS = [{}, {"ADD_TAGS": ["iframe", "noscript", "title"], "ADD_ATTR": ["src"]}, {"SAFE_FOR_XML": False}]


def purified(page: Page, markups: Sequence[str]) -> list[str]:
    """The output of DOMPurify, each with one of its options."""
    page.set_content("<!DOCTYPE html><title>x</title>")
    page.add_script_tag(path=DOMPURIFY / "dist" / "purify.min.js")
    found: list[str] = []
    for number, options in enumerate(PURIFY_OPTIONS):
        found += page.evaluate(PURIFY, [list(markups[number :: len(PURIFY_OPTIONS)]), options])
    return found


def cleaned(markup: str) -> list[str]:
    """The output of nh3 and of bleach."""
    styled = EDITORIAL - {"style"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [
            nh3.clean(markup, tags=styled, attributes={"*": ATTRIBUTES}, clean_content_tags={"script"}, link_rel=None),
            bleach.clean(
                markup,
                tags=EDITORIAL,
                attributes=list(ATTRIBUTES),
                css_sanitizer=CSSSanitizer(["background", "content"]),
            ),
        ]
