"""What a page's tags say about how the page is read, and which tag a place is in: decided on its text alone, before any element is parsed."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

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


_NAME, _OTHER_NAME, _UNQUOTED = r"[a-z][a-z0-9:-]*", r"[a-z_:@][a-z0-9_:.@-]*", r"[^\s\"'<>=`]"
START_TAG = re.compile(
    rf"<([a-z][a-z0-9:-]*)(?:\s+{_OTHER_NAME}(?:=(?:\"[^\"<>]*\"|'[^'<>]*'|{_UNQUOTED}+(?=\s)))?)*\s+({_NAME})=(?:\"[^\"<>]*|'[^'<>]*|{_UNQUOTED}*)".encode()
)
"""A start tag up to a position inside one of its attributes, in lower case and written in the usual way."""
TAG_NAME = re.compile(rb"[a-z][a-z0-9:-]*+")
MAX_TAG_BYTES = 4_000
"""Bytes before a span in which the start of its tag is looked for."""

HREF_VALUE = re.compile(rb"href=.(?:https?:)?//[^<>\s]*")
PLAIN_TEXT = re.compile(rb"[^<>\"'=]*")


class Candidate(NamedTuple):
    """A start tag with an attribute in which something of a platform may be: the tag's name, the attribute's (empty where it is the tag's name
    itself), and the platform's text."""

    tag: str
    attribute: str
    text: str


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


class TagReader:
    """Reads the tags around positions of a page in lower case."""

    def __init__(self, page: bytes) -> None:
        self._page = page

    def candidate(self, start: int, end: int) -> Candidate | None:
        """The start tag around a span, if it is written in the usual way."""
        page = self._page
        opened = page.rfind(b"<", max(0, start - MAX_TAG_BYTES), start)
        if opened == start - 1 and (name := TAG_NAME.match(page, start)):
            return Candidate(name[0].decode(), "", page[start:end].decode())
        tag = START_TAG.fullmatch(page, opened, start) if opened != -1 else None
        return Candidate(tag[1].decode(), tag[2].decode(), page[start:end].decode()) if tag else None

    def is_ordinary_link(self, start: int) -> bool:
        """Whether the tag around a position, known to be a link, is one whatever comes before it."""
        page = self._page
        opened = page.rfind(b"<", max(0, start - MAX_TAG_BYTES), start)
        href = page.rfind(b"href=", opened, start)
        if HREF_VALUE.fullmatch(page, href, start) is None:
            return False
        # The bracket before must have ended a tag: only text without quotes and equals signs may be between.
        before = page.rfind(b">", max(0, opened - MAX_TAG_BYTES), opened)
        return before != -1 and PLAIN_TEXT.fullmatch(page, before + 1, opened) is not None


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
