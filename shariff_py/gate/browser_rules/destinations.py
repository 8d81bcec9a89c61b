"""Where a finished page leads: the addresses of its links, forms and redirections by ``meta``.

Sources: the WHATWG HTML standard (``a``, ``area``, ``form``, ``formaction``, ``base``, refresh by ``meta``) and SVG 2 (``a``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from ada_url import URL
from turbohtml.rewrite import rewrite

from shariff_py.gate.browser_rules.loading_attributes import HREF_ATTRIBUTES, refresh_url

SELECTOR = "a,area,form,[formaction],base[href],[srcdoc],meta[content],script[src],noscript"
FORM_ATTRIBUTES = ("action", "formaction")
NOSCRIPT, NOSCRIPT_END = re.compile("<noscript(?![a-z0-9-])", re.IGNORECASE), re.compile("</noscript", re.IGNORECASE)
"""Text to a parser with scripting, markup to visitors without."""

SHARE_BUILDER = "shariff-compat"
"""In the file name of the widget's adapter, which makes share links in the browser."""

OF_THE_SAME_HOST = re.compile(r"/(?![/\\\t\n\r])|[#?]")
"""How an address begins that stays on the host of its base, whatever follows."""

MAX_DEPTH = 8
"""Documents within documents that are looked at."""


@dataclass(slots=True)
class Destinations:
    """The addresses that ``links``, ``forms`` and ``refreshes`` (redirections by ``meta``) lead to, absolute, each once, in document order.
    Most of those that stay on the page's own host are left out.

    ``built_by_script``: the page also has share links that are made in the browser, of which nothing is known here.
    """

    links: dict[str, None] = field(default_factory=dict)
    forms: dict[str, None] = field(default_factory=dict)
    refreshes: dict[str, None] = field(default_factory=dict)
    built_by_script: bool = False


NO_LETTER = re.compile("[\0\ud800-\udfff]")
"""Bytes of a page that are no text, as Python keeps them; browsers read U+FFFD in their place."""


def destinations(html: str, page: str, *, codec: str = "utf-8") -> Destinations:
    """Where a page leads whose own URL is ``page``. Addresses that no browser can read are left out.

    ``codec`` is Python's name of the page's encoding: what is not ASCII in a query is escaped in that (WHATWG URL, section 4.4).
    """
    found = Destinations()
    _collect(NO_LETTER.sub("\ufffd", html), page, page, codec, found, 0)
    return found


def _collect(html: str, own: str, page: str, codec: str, found: Destinations, depth: int) -> None:
    links: dict[str, None] = {}
    forms: dict[str, None] = {}
    refreshes: dict[str, None] = {}
    inner: list[str] = []
    bases: list[str] = []
    noscripts: list[str] = []

    def on_element(element: Any) -> None:
        attributes = {name: value or "" for name, value in reversed(element.attrs)}
        tag = element.tag
        if tag in {"a", "area"}:
            links.update((attributes[name], None) for name in HREF_ATTRIBUTES if name in attributes)
        elif tag == "base":
            bases.append(attributes.get("href", ""))
        elif tag == "meta" and attributes.get("http-equiv", "").strip().lower() == "refresh":
            refreshes[refresh_url(attributes["content"])] = None
        elif tag == "noscript":
            noscripts.append(tag)
        elif tag == "script":
            found.built_by_script |= SHARE_BUILDER in attributes["src"]
        # A form with an empty address posts to its own page, whatever the base.
        forms.update((attributes[name], None) for name in FORM_ATTRIBUTES if attributes.get(name, "").strip())
        if "srcdoc" in attributes:
            inner.append(attributes["srcdoc"])

    rewrite(html, elements=[(SELECTOR, on_element)])
    base = next(filter(None, (_absolute(bases[0], page) if bases else "", page)), page)
    for given, known in ((links, found.links), (forms, found.forms), (refreshes, found.refreshes)):
        for address in given:
            if base == own and OF_THE_SAME_HOST.match(address):
                continue
            if absolute := _absolute(address if address.isascii() else _with_query_in(codec, address), base):
                known[absolute] = None
    if depth < MAX_DEPTH:
        for document in (*inner, *(_in_noscript(html) if noscripts else ())):
            _collect(document, own, base, codec, found, depth + 1)


def _in_noscript(html: str) -> Iterator[str]:
    start = NOSCRIPT.search(html)
    while start:
        end = NOSCRIPT_END.search(html, start.end())
        # The rest of its tag is text here.
        yield html[start.end() : end.start() if end else len(html)]
        start = NOSCRIPT.search(html, end.end()) if end else None


def _with_query_in(codec: str, address: str) -> str:
    path, mark, rest = address.partition("?")
    query, hash_mark, fragment = rest.partition("#")
    escaped = "".join(c if c.isascii() else quote(c.encode(codec, "xmlcharrefreplace"), safe="") for c in query)
    return f"{path}{mark}{escaped}{hash_mark}{fragment}"


def _absolute(address: str, base: str) -> str:
    try:
        return str(URL(address, base=base).href)
    except (ValueError, UnicodeError):
        return ""
