"""What the content of ``script``, ``style`` and ``noscript`` is to a browser, by the element's name and type."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from enum import Enum

from shariff_py.errors import UNREADABLE

URL_LIST_TYPES = frozenset({"importmap", "speculationrules"})
"""Types that are no code but JSON with URLs a browser acts on (WHATWG HTML 8.1.6.2, speculation rules)."""

CODE_TYPES = re.compile(
    r"(?:module)?|(?:[\w.+-]+/)?[\w.+-]*script(?:1\.\d|[-/.;][\w.;= +-]*)?|[0-9a-f]+-module|text/(?:plain|babel|psajs|phast)"
    r"|application/consent"
)
"""Types of scripts that run, at once or later: none, modules and JavaScript's own (WHATWG MIME Sniffing), and those by which other tools hold
scripts back until their own script runs them (WP Rocket, LiteSpeed, Perfmatters, NitroPack, Cloudflare Rocket Loader, PageSpeed, consent
scripts that follow the ``text/plain`` convention). The latter may not run after consent either. JSON is data and stays."""

DATA_TYPES = re.compile(
    r"(?:image|audio|video|font|model)/.*+|(?:[\w.-]+/)?(?:[\w.-]+[+.-])?(?:json5?|ndjson|css|less|scss|xml|vtt|csv|ya?ml|toml|markdown"
    r"|graphql|sparql|turtle|tex|latex|wasm)",
    re.DOTALL,
)
"""Types of scripts that are data for the page's own scripts whatever they contain."""

TEMPLATE_TYPES = re.compile(
    r"text/(?:html|(?=[a-z.-]*(?:template|tmpl|handlebars|mustache|underscore|jsrender))[a-z.-]++)"
)
"""Types of scripts that are markup, which a script of the page inserts later."""

MARKUP_START = re.compile(r"\s*+(?:<!--(?:(?!-->).)*+-->\s*+)*+</?[a-z]", re.IGNORECASE | re.DOTALL)
JSON_START = re.compile(r"\s*+[\[{\"]")

MAX_TYPE_LENGTH = 100
"""Characters of a type that is looked at. No type in use is longer."""

EXAMINED_ELEMENTS = frozenset({"script", "noscript", "style"})
"""Elements whose content is text to the rewriter, and code, CSS or markup to a browser."""


class ContentKind(Enum):
    """How a browser uses the content of one of `EXAMINED_ELEMENTS`."""

    CODE = "code"
    URL_LIST = "JSON with URLs"
    CSS = "CSS"
    MARKUP = "markup"
    DATA = "nothing a browser acts on"
    BY_CONTENT = "of a type of the page's own"


def content_kind(tag: str, attributes: Sequence[tuple[str, str | None]]) -> ContentKind:
    """How a browser uses the content of such an element; ``attributes`` are in document order, names in lower case."""
    if tag == "noscript":
        return ContentKind.MARKUP
    if tag == "style":
        return ContentKind.CSS
    named = script_type(attributes)
    if len(named) > MAX_TYPE_LENGTH:
        return ContentKind.DATA
    if named in URL_LIST_TYPES:
        return ContentKind.URL_LIST
    if TEMPLATE_TYPES.fullmatch(named):
        return ContentKind.MARKUP
    if CODE_TYPES.fullmatch(named):
        return ContentKind.CODE
    return ContentKind.DATA if DATA_TYPES.fullmatch(named) else ContentKind.BY_CONTENT


def script_type(attributes: Sequence[tuple[str, str | None]]) -> str:
    """The type of a script in lower case; empty where it has none."""
    return (next((value for name, value in attributes if name == "type"), None) or "").strip().lower()


def kind_by_content(text: str) -> ContentKind:
    """What a script of an unknown type holds: JSON is data, what begins with a tag is markup, anything else may be code.

    Tools that delay scripts give them types of their own, and their script runs them later.
    """
    if MARKUP_START.match(text):
        return ContentKind.MARKUP
    if JSON_START.match(text):
        try:
            json.loads(text)
        except UNREADABLE:
            return ContentKind.CODE
        return ContentKind.DATA
    return ContentKind.CODE
