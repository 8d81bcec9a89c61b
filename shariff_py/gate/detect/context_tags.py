"""What a page's tags say about how the page is read: decided on its text alone, before any element is parsed."""

from __future__ import annotations

import re
from bisect import bisect_right

from shariff_py.gate.browser_rules.loading_attributes import DNS_PREFETCH_CONTROL
from shariff_py.gate.browser_rules.script_types import URL_LIST_TYPES
from shariff_py.gate.detect.obfuscation import CDATA
from shariff_py.gate.text_bytes import alike, find, places, places_of

TEXT_TAGS = alike((
    b"<script", b"<style", b"<select", b"<title", b"<textarea", b"<template", b"<noembed", b"<noframes", b"<noscript", b"<xmp", b"<iframe",
    b"<meta", b"<plaintext", b"<frameset",
))  # fmt: skip
"""How tags begin that change how what follows them, or other parts of the page, are read."""
NAMELESS_END_TAG, COMMENT, FORM, FORM_END, HEAD = b"</>", b"<!--", b"<form", b"</form", b"<head"
HANDLER = re.compile(rb"<head[\s/][^<>]*[\s/\"']on")
FORM_IN_VALUE = re.compile(rb"=\s*(?:\"[^\"]*</?form|'[^']*</?form)")
SPECULATION_RULES, DNS_PREFETCH = b"speculationrules", DNS_PREFETCH_CONTROL.encode()
"""With these, in a script's tag and in a ``meta`` element, a page has its browser contact hosts of links before they are followed."""

URL_LISTS = tuple(kind.encode() for kind in sorted(URL_LIST_TYPES))
JSON_ESCAPE = b"\\u"
"""The beginning of a letter as its number (RFC 8259, section 7)."""


class ContextTags:
    """What the tags of a page in lower case say.

    ``split_raw_text``: a style or a script contains something that splits its text where it is inside foreign content.
    ``escapes_addresses``: letters are written as their numbers in JSON from which browsers take addresses.
    """

    def __init__(self, page: bytes) -> None:
        self.noscript = self.srcdoc = self.odd = False
        self.prefetches_dns = self.speculates = self.escapes_addresses = False
        self.split_raw_text = find(CDATA, page) != -1
        self._code: list[int] = []
        done = end = 0
        ignored = False
        for start, tag in sorted(places_of(TEXT_TAGS, page)):
            name = tag[1:]
            self.noscript |= name == b"noscript"
            if start < end:
                # It begins inside the tag before, up to whose end everything was looked at.
                self.odd = True
            else:
                end = _found(page, b">", start)
                self._look_at(page[start:end])
            ignored |= name != b"meta" and not page.startswith(b"</" + name, page.find(b"<", end))
            if name in {b"script", b"style"} and start >= done:
                done = page.find(b"</" + name, end)
                self.split_raw_text |= page.find(b"<", end) != done
                if done == -1 or page.find(b"<!--", end, done) != -1:
                    # It is not certain where it ends.
                    done = len(page)
                self._code += [start, done]
                if JSON_ESCAPE in page[end:done] and any(kind in page[start:end] for kind in URL_LISTS):
                    self.escapes_addresses = True
        self.odd |= find(NAMELESS_END_TAG, page) != -1
        self.asleep = ignored or self.odd or find(CDATA, page) != -1 or _may_be_asleep(page)

    def _look_at(self, tag: bytes) -> None:
        self.odd |= tag.endswith(b"/") or tag.count(b'"') % 2 == 1 or tag.count(b"'") % 2 == 1
        self.srcdoc |= b"srcdoc" in tag
        self.prefetches_dns |= DNS_PREFETCH in tag
        self.speculates |= SPECULATION_RULES in tag

    def in_code(self, position: int) -> bool:
        """Whether a position is inside a script or a style, where what looks like a link is none."""
        return bisect_right(self._code, position) % 2 == 1


def _found(page: bytes, part: bytes, start: int) -> int:
    """Where a part begins; the page's length where it does not occur."""
    place = page.find(part, start)
    return len(page) if place == -1 else place


def _may_be_asleep(page: bytes) -> bool:
    """Whether there is a comment with tags in it, a form that begins inside another, or a ``head`` that may come too late for its handlers."""
    for start in places(COMMENT, page):
        next_tag = page.find(b"<", start + 1)
        if next_tag != -1 and page.find(b"-->", start, next_tag) == -1:
            return True
    return _may_hold_form_in_form(page) or any(HANDLER.match(page, head) for head in places(HEAD, page))


def _may_hold_form_in_form(page: bytes) -> bool:
    """Whether a form may begin inside another: also where what looks like the tag of one may be part of another tag."""
    in_form, last, forms = False, 0, 0
    for place, found in sorted((place, tag) for tag in (FORM, FORM_END) for place in places(tag, page)):
        starts = found == FORM
        if in_form is starts or page.rfind(b"<", last, place) > page.rfind(b">", last, place):
            return True
        in_form, last, forms = starts, place, forms + starts
    return in_form or (forms > 1 and FORM_IN_VALUE.search(page) is not None)
