"""Escaping what the streaming rewriter would change, so that every byte we do not mean to change stays as it is.

The rewriter reproduces what it does not touch, with some exceptions (measured with turbohtml 1.15, most of them required by the
tokenizer's specification): carriage returns become line feeds, ``</>`` vanishes, NUL and lone surrogates become U+FFFD or an error, and a
tag that the input leaves unfinished is dropped. And it treats ``<title/>`` as closed, which browsers do inside foreign content only. All
but the unfinished tag is escaped before the pass, and unescaped afterwards.
"""

from __future__ import annotations

import re

from turbohtml import tokenize

from shariff_py.gate.browser_rules.foreign_content import unambiguous_until

_ESCAPES = {"\f": "\f\t", "\r": "\f\f", "</>": "</\f\n>"}
_UNESCAPES = {form: original for original, form in _ESCAPES.items()} | {"/\f >": "/>"}
_ESCAPED = re.compile("\f|\r|</>")
_NAMELESS_END_TAG = re.compile("</>")
"""A compiled pattern takes half the time of a string search."""
_UNESCAPED = re.compile("\f\t|\f\f|</\f\n>|/\f >")

SELF_CLOSED_TEXT_ELEMENT = re.compile(
    r"(<(?:title|textarea|style|script|xmp|noembed|noframes)(?![a-z0-9-])(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)(?<=/)>",
    re.IGNORECASE,
)
"""Raw text elements with a slash at the end of their start tag. ``iframe`` and ``noscript`` are read differently by the rewriter and by
browsers, too; those are left to `shariff_py.gate.rewrite.parsed.parser_differentials`."""

UNREPRESENTABLE = re.compile("[\0\ud800-\udfff]")
PRIVATE_USE = range(0x100000, 0x10FFFE)
"""Private use, plane 16 (Unicode 23.5)."""
PRIVATE_USE_CHARACTER = re.compile(f"[{chr(PRIVATE_USE.start)}-{chr(PRIVATE_USE.stop - 1)}]")


def escape_for_rewriter(html: str, *, odd_tags: bool = True) -> str:
    """The same markup in a form the rewriter reproduces byte for byte and reads as browsers do. Undone by `unescape_from_rewriter`.

    With ``odd_tags`` false it is known that no end tag lacks its name and no text element has a slash at the end of its start tag.
    """
    if "\r" in html or "\f" in html or (odd_tags and _NAMELESS_END_TAG.search(html)):
        html = _ESCAPED.sub(lambda match: _ESCAPES[match[0]], html)
    if odd_tags and "/>" in html and SELF_CLOSED_TEXT_ELEMENT.search(html):
        # Inside foreign content the slash closes the element.
        end = unambiguous_until(html)
        html = SELF_CLOSED_TEXT_ELEMENT.sub(r"\1\f >", html[:end]) + html[end:]
    return html


def unescape_from_rewriter(html: str) -> str:
    """The markup that `escape_for_rewriter` was given."""
    return _UNESCAPED.sub(lambda match: _UNESCAPES[match[0]], html) if "\f" in html else html


def placeholders(html: str) -> dict[int, int]:
    """A private-use character that the page does not contain, for NUL and each lone surrogate in it, as code points for `str.translate`.

    The rewriter takes Unicode text only, and replaces NUL by U+FFFD. No parser reads a private-use character as markup or as part of a
    host. Lone surrogates are how Python keeps undecodable bytes.
    """
    if "\0" in html or _contains_surrogates(html):
        used = set(map(ord, PRIVATE_USE_CHARACTER.findall(html)))
        free = (code for code in PRIVATE_USE if code not in used)
        return dict(zip(map(ord, sorted(set(UNREPRESENTABLE.findall(html)))), free, strict=False))
    return {}


def _contains_surrogates(html: str) -> bool:
    for encoding in ("latin-1", "utf-8"):  # The first is faster, and most pages of western Europe pass.
        try:
            html.encode(encoding)
        except UnicodeEncodeError:
            continue
        return False
    return True


def without_unfinished_tag(source: str) -> str:
    """The escaped text up to an unfinished tag at its end: the tokenizer yields no token for that last piece."""
    tokens = tokenize(source, resolve_references=False, capture_source=True)
    return source[: sum(len(t.source if t.source is not None else t.data or "") for t in tokens)]
