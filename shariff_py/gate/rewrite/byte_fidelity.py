"""Keeping every byte that is not ours to change.

The streaming rewriter reproduces what it does not touch, with some exceptions (measured with turbohtml 1.15, most of them demanded by
the tokenizer's specification): carriage returns become line feeds, ``</>`` vanishes, NUL and lone surrogates become U+FFFD or an error,
and a tag that the input leaves unfinished is dropped. And it takes ``<title/>`` for ended, which browsers do inside pictures only. All
but the last dropped tag is written in another form for the pass, and written back afterwards.
"""

from __future__ import annotations

import re

from turbohtml import tokenize

from shariff_py.gate.browser_rules.foreign_content import certain_until

_TO = {"\f": "\f\t", "\r": "\f\f", "</>": "</\f\n>"}
_BACK = {form: original for original, form in _TO.items()} | {"/\f >": "/>"}
_WRITE = re.compile("\f|\r|</>")
_NO_NAME = re.compile("</>")
"""As a pattern it is found in half the time."""
_READ = re.compile("\f\t|\f\f|</\f\n>|/\f >")

ENDED_AT_ONCE = re.compile(
    r"(<(?:title|textarea|style|script|xmp|noembed|noframes)(?![a-z0-9-])(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)(?<=/)>",
    re.IGNORECASE,
)
"""Text elements with a slash at the end of their start tag. Of frames and ``noscript`` the pass and browsers make different things, too;
there it is left to a second reading (`shariff_py.gate.rewrite.parser_differentials`)."""

LONE = re.compile("[\0\ud800-\udfff]")
NOBODYS = range(0x100000, 0x10FFFE)
"""Private use, plane 16 (Unicode 23.5)."""


def written_for_the_pass(html: str, *, odd_tags: bool = True) -> str:
    """The same markup in a form the rewriter reproduces byte for byte, and reads as browsers do. Undone by `written_back`.

    Without ``odd_tags`` it is known that no end tag lacks its name, and no text element has a slash at the end of its start tag.
    """
    if "\r" in html or "\f" in html or (odd_tags and _NO_NAME.search(html)):
        html = _WRITE.sub(lambda match: _TO[match[0]], html)
    if odd_tags and "/>" in html and ENDED_AT_ONCE.search(html):
        # Inside a picture the slash ends the element.
        end = certain_until(html)
        html = ENDED_AT_ONCE.sub(r"\1\f >", html[:end]) + html[end:]
    return html


def written_back(html: str) -> str:
    """What `written_for_the_pass` was given."""
    return _READ.sub(lambda match: _BACK[match[0]], html) if "\f" in html else html


def stand_ins(html: str) -> dict[int, int]:
    """A letter the page does not use, of those nobody uses, for NUL and each lone surrogate in it: the rewriter takes Unicode text only,
    and makes U+FFFD of NUL. No parser takes any of them for markup or a letter of a host.

    Lone surrogates are how Python keeps bytes that are no letters.
    """
    if "\0" in html or _holds_surrogates(html):
        free = (code for code in NOBODYS if chr(code) not in html)
        return dict(zip(map(ord, sorted(set(LONE.findall(html)))), free, strict=False))
    return {}


def _holds_surrogates(html: str) -> bool:
    for encoding in ("latin-1", "utf-8"):  # The first is quicker, and most pages of western Europe pass.
        try:
            html.encode(encoding)
        except UnicodeEncodeError:
            continue
        return False
    return True


def without_unfinished_tag(source: str) -> str:
    """The text, in the form for the pass, up to an unfinished tag at its end: the tokenizer gives no token for that last piece."""
    tokens = tokenize(source, resolve_references=False, capture_source=True)
    return source[: sum(len(t.source if t.source is not None else t.data or "") for t in tokens)]
